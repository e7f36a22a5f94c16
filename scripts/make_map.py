# SPDX-License-Identifier: Apache-2.0
"""Makes data/places/shapes_2008.csv and shapes_2025.csv, the outlines of the 63 and of the 34 provinces.

    .venv/bin/python scripts/make_map.py shapes_2008 vn63.geojson
    .venv/bin/python scripts/make_map.py shapes_2025 vn34.geojson

The GeoJSON comes from Natural Earth (1:10m, public domain; naturalearthdata.com), its provinces put together and keyed
by the codes of the statistics office. Each row is a province: its code, the point where its mark stands, and its
outline as an SVG path of whole numbers. One step is a hundredth of a degree of latitude; a degree of longitude is
shortened as it is at 16 degrees north, in the middle of the country. Points that neighbours share fall on the same
step, so that no gap opens between them. bamsat/ui/charts_map.py speaks of the same steps.
"""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/bamsat/data/places"
WEST, NORTH = 102.0, 23.5
ACROSS, DOWN = 96.1, 100.0  # steps of a degree of longitude, of latitude

Step = tuple[int, int]


def step(longitude: float, latitude: float) -> Step:
    return round((longitude - WEST) * ACROSS), round((NORTH - latitude) * DOWN)


def ring(points: Iterable[Sequence[float]]) -> list[Step]:
    """The steps of a closed line, none said twice in a row."""
    steps: list[Step] = []
    for longitude, latitude, *_ in points:
        at = step(longitude, latitude)
        if not steps or at != steps[-1]:
            steps.append(at)
    if len(steps) > 1 and steps[0] == steps[-1]:
        steps.pop()
    return steps


def path(rings: Iterable[list[Step]]) -> str:
    """ "M12 34l1 2-3 4z": where a line starts, and how far each of its points lies from the one before."""
    told = ""
    for steps in rings:
        (x, y), rest = steps[0], steps[1:]
        told += f"M{x} {y}l"
        moved = []
        for next_x, next_y in rest:
            moved += [next_x - x, next_y - y]
            x, y = next_x, next_y
        told += " ".join(str(number) for number in moved).replace(" -", "-") + "z"
    return told


def outline(geometry: dict[str, Any]) -> str:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = [ring(points) for polygon in polygons for points in polygon]
    # An islet smaller than a step is no line any more.
    return path(steps for steps in rings if len(steps) > 2)


def main(name: str, source: str) -> None:
    features = json.loads(Path(source).read_text("utf-8"))["features"]
    with (TARGET / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["code", "x", "y", "path"])
        for feature in sorted(features, key=lambda one: one["properties"]["code"]):
            said = feature["properties"]
            rows.writerow([said["code"], *step(said["lon"], said["lat"]), outline(feature["geometry"])])


if __name__ == "__main__":
    main(*sys.argv[1:])
