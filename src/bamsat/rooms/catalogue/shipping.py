# SPDX-License-Identifier: Apache-2.0
"""The rows that the product ships (bamsat/data/catalogue), as lines of the catalogue's own tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bamsat.core.terms.data import shipped
from bamsat.rooms.catalogue.planning import Line
from bamsat.rooms.catalogue.tables import INDICATORS

# Files of code lists, in the order of their lists on the page.
LIST_FILES = ("industries", "retail", "trade", "products")
FIRST_AFTER_THE_READ = 1000  # indicators that the reader reads come first
_STEP = 10
# What the reader knows as a branch is a section of industry, by the same wordings.
_SECTIONS = {
    ("industry", "B"): "iip_mining", ("industry", "C"): "iip_manufacturing", ("industry", "D"): "iip_electricity",
    ("industry", "E"): "iip_water", ("sector", "mining"): "iip_mining",
    ("sector", "manufacturing"): "iip_manufacturing", ("sector", "electricity"): "iip_electricity",
    ("sector", "water"): "iip_water",
}  # fmt: skip


def sheets() -> dict[str, list[Line]]:
    """Every shipped row by its table."""
    lists = [one for name in LIST_FILES for one in shipped(f"catalogue/{name}.yml")]
    sets = shipped("catalogue/sets.yml")
    return {
        "providers": _lines(map(_named, shipped("catalogue/providers.yml"))),
        "lists": _lines(_version(one, version) for one in lists for version in one["versions"]),
        "codes": _lines(row for one in lists for version in one["versions"] for row in _codes(one, version)),
        "indicators": _lines(_indicators()),
        "sets": _lines(_named({key: value for key, value in one.items() if key != "members"}) for one in sets),
        "members": _lines(_members(sets)),
        "identities": _lines(map(_identity, shipped("catalogue/identities.yml"))),
        "days": _lines(map(_named, shipped("catalogue/days_off.yml"))),
    }


def _lines(rows: Iterable[dict[str, str]]) -> list[Line]:
    return [Line(number, cells) for number, cells in enumerate(rows, start=1)]


def _named(entry: dict[str, Any]) -> dict[str, str]:
    name = entry.get("name", {})
    cells = {key: str(value) for key, value in entry.items() if key != "name"}
    return cells | {f"name_{language}": str(said) for language, said in name.items()}


def _version(one: dict[str, Any], version: dict[str, Any]) -> dict[str, str]:
    return _named({"code": one["code"], "name": one["name"]}) | {key: str(value) for key, value in version.items()}


def _codes(one: dict[str, Any], version: dict[str, Any]) -> Iterator[dict[str, str]]:
    order = 0
    waiting = [(row, "") for row in one["codes"]]
    while waiting:
        row, parent = waiting.pop(0)
        code, name_vi, name_en = row[:3]
        also, below, unit = _rest(row)
        also = list(dict.fromkeys([*also, *_as_branch(one["code"], str(code))]))
        order += _STEP
        yield {
            "codelist": f"{one['code']}/{version['version']}", "code": str(code), "name_vi": name_vi,
            "name_en": name_en, "parent": parent, "other_names": "; ".join(also), "unit": unit, "order": str(order),
        }  # fmt: skip
        waiting = [(each, str(code)) for each in below] + waiting


def _as_branch(codelist: str, code: str) -> list[str]:
    index = _SECTIONS.get((codelist, code))
    found = [entry for entry in shipped("phrases/branches.yml") if index and entry["means"].get("iip") == index]
    said = [wording for entry in found for wording in [entry["means"]["segment"], *entry["says"]]]
    return [wording for wording in said if ";" not in wording]


def _rest(row: list[Any]) -> list[Any]:
    """Other wordings, rows below and unit; a row says only as many as it has."""
    return (row[3:] + [[], [], ""][len(row) - 3 :])[:3]


def _indicators() -> Iterator[dict[str, str]]:
    for entry in shipped("catalogue/read_indicators.yml"):
        yield _indicator(entry)
    for number, entry in enumerate(shipped("catalogue/indicators.yml")):
        display = entry.get("display", {})
        yield _indicator({key: value for key, value in entry.items() if key != "display"}) | {
            "display_unit": str(display.get("unit", "")),
            "display_scale": str(display.get("scale", 1)),
            "order": str(FIRST_AFTER_THE_READ + _STEP * number),
        }


def _indicator(entry: dict[str, Any]) -> dict[str, str]:
    cells = _named({key: value for key, value in entry.items() if key != "dimensions"})
    known = {column.code for column in INDICATORS.fields}
    assert cells.keys() <= known, cells.keys() - known
    return cells | {"dimensions": "; ".join(entry.get("dimensions", []))}


def _members(sets: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    for one in sets:
        for number, indicator in enumerate(one["members"], start=1):
            yield {"set": one["code"], "indicator": indicator, "order": str(number * _STEP)}


def _identity(entry: dict[str, Any]) -> dict[str, str]:
    note = entry.get("note", {})
    return {"expression": entry["expression"], "note_vi": note.get("vi", ""), "note_en": note.get("en", "")}
