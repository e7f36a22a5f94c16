# SPDX-License-Identifier: Apache-2.0
"""Maps: outlines of provinces on a field of whole steps, and where points and words stand over it, in percent.

Outlines come from Natural Earth (public domain), made small by scripts/make_map.py, which lays down what a step is.
Only they are on a field with a viewBox; marks and words stand over it and keep their size at any width.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from bamsat.ui.charts import percent

WEST, NORTH = 102.0, 23.5
ACROSS, DOWN = 96.1, 100.0
STEPS = 5  # of one hue
# Two archipelagos of Viet Nam that stand on every map of it: name, code of the province, points of its islands.
ISLANDS = (
    ("Hoàng Sa", "48", ((112.135, 16.568), (111.60, 16.53), (112.33, 16.83), (112.73, 16.67), (111.20, 15.78))),
    ("Trường Sa", "56", (
        (114.45, 9.71), (114.33, 11.43), (114.37, 10.38), (112.89, 9.55), (111.92, 8.64), (115.82, 10.82),
    )),
)  # fmt: skip
_MOVES = re.compile(r"([Ml])([^Mlz]*)")
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Outline:
    """A province on the field: where its mark stands, and the path around it."""

    code: str
    x: int
    y: int
    path: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the field that a map shows."""

    left: int
    top: int
    width: int
    height: int

    @property
    def box(self) -> str:
        return f"{self.left} {self.top} {self.width} {self.height}"

    def x(self, step: float) -> str:
        return percent(100 * (step - self.left) / self.width)

    def y(self, step: float) -> str:
        return percent(100 * (step - self.top) / self.height)

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height


COUNTRY = Frame(0, 0, 1350, 1560)


def steps(longitude: float | Decimal, latitude: float | Decimal) -> tuple[float, float]:
    return (float(longitude) - WEST) * ACROSS, (NORTH - float(latitude)) * DOWN


@cache
def outlines(name: str) -> dict[str, Outline]:
    """The provinces by their code: "shapes_2008" the 63 of before July 2025, "shapes_2025" the 34 since."""
    text = resources.files("bamsat").joinpath("data", "places", f"{name}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: Outline(row["code"], int(row["x"]), int(row["y"]), row["path"]) for row in rows}


def frame_around(path: str, points: Iterable[tuple[float, float]] = (), margin: float = 0.06) -> Frame:
    """The frame of one province, with the points that lie near it; what is far away stands in a box of its own."""
    corners = list(_corners(path))
    left, right = min(x for x, _y in corners), max(x for x, _y in corners)
    top, bottom = min(y for _x, y in corners), max(y for _x, y in corners)
    reach = max(right - left, bottom - top)
    near = [
        (x, y)
        for x, y in points
        if left - reach / 3 <= x <= right + reach / 3 and top - reach / 3 <= y <= bottom + reach / 3
    ]
    left, right = min([left, *(x for x, _y in near)]), max([right, *(x for x, _y in near)])
    top, bottom = min([top, *(y for _x, y in near)]), max([bottom, *(y for _x, y in near)])
    room = max(right - left, bottom - top) * margin
    return Frame(
        round(left - room), round(top - room), round(right - left + 2 * room), round(bottom - top + 2 * room)
    )  # fmt: skip


def _corners(path: str) -> Iterable[tuple[float, float]]:
    """
    >>> list(_corners("M12 34l1 2-3 4z"))
    [(12, 34), (13, 36), (10, 40)]
    """
    x = y = 0
    for how, told in _MOVES.findall(path):
        numbers = [int(number) for number in _NUMBER.findall(told)]
        for move_x, move_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = (move_x, move_y) if how == "M" else (x + move_x, y + move_y)
            yield x, y


# Classes of values.


def limits(numbers: Sequence[Decimal]) -> list[Decimal]:
    """At most four limits between five classes of about as many places each, in round numbers, the lowest first.

    >>> [str(limit) for limit in limits([Decimal(n) for n in (3, 14, 27, 38, 49, 61, 77, 83, 90, 112)])]
    ['27', '49', '77', '90']
    >>> limits([Decimal(5), Decimal(5)])
    []
    """
    ordered = sorted(numbers)
    found: list[Decimal] = []
    for part in range(1, STEPS) if ordered else ():
        at = ordered[len(ordered) * part // STEPS]
        # A number that rounding would put outside its neighbours is a limit as it is.
        for limit in (_round(at, ordered), at):
            if max([ordered[0], *found]) < limit <= ordered[-1]:
                found.append(limit)
                break
    return found


def _round(number: Decimal, ordered: Sequence[Decimal]) -> Decimal:
    """Two digits that matter, by the size of the whole range."""
    reach = ordered[-1] - ordered[0]
    if not reach:
        return number
    step = Decimal(1).scaleb(reach.adjusted() - 1)
    rounded = (number / step).to_integral_value() * step
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def step_of(number: Decimal, between: Sequence[Decimal]) -> int:
    """The class of a number, 1 to 5; where there are fewer, middle ones are left out, so that the ends stay apart."""
    at = sum(number >= limit for limit in between)
    return 1 + round(at * (STEPS - 1) / len(between)) if between else 3
