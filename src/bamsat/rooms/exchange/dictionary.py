# SPDX-License-Identifier: Apache-2.0
"""The data dictionary of a publication: tables and columns, code lists, and what each indicator is, in both languages.

Concepts bear SDMX's names where SDMX has one. Names and words come from the catalogue and from data/analysis.yml.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models import Choices
from django.utils import translation

from bamsat.core.compare.published import PARTED_BY, path_of
from bamsat.core.compare.tables import OBSERVATIONS, TABLES, Column, Schema
from bamsat.rooms.catalogue.models import AddsUp, CodeList, Good, Indicator, PriceBasis, Provider, Unit
from bamsat.rooms.figures.models import EntryKind, Measure, Vintage
from bamsat.rooms.places.models import PlaceKind

NAME = "dictionary.json"
FORMAT = "bamsat-dictionary-1"

# Column: its concept in SDMX, and the code list below that its values are from.
_CONCEPTS = {
    ("observations", "first_month"): "TIME_PERIOD",
    ("observations", "last_month"): "TIME_PERIOD",
    ("observations", "value"): "OBS_VALUE",
    ("observations", "kind"): "OBS_STATUS",
    ("series", "indicator"): "INDICATOR",
    ("series", "place"): "REF_AREA",
    ("series", "unit"): "UNIT_MEASURE",
    ("series", "price_basis"): "PRICES",
    ("series", "provider"): "DATA_PROVIDER",
    ("series", "scale"): "DECIMALS",
}
_LISTS = {
    ("observations", "kind"): "kind",
    ("observations", "vintage"): "vintage",
    ("series", "measure"): "measure",
    ("series", "unit"): "unit",
    ("series", "price_basis"): "price_basis",
    ("series", "provider"): "provider",
    ("series", "adds_up"): "adds_up",
    ("places", "kind"): "place_kind",
    ("indicators", "unit"): "unit",
    ("indicators", "good"): "good",
}
_CHOICES: dict[str, type[Choices]] = {
    "kind": EntryKind,
    "vintage": Vintage,
    "measure": Measure,
    "adds_up": AddsUp,
    "price_basis": PriceBasis,
    "good": Good,
}
# The six fields by which Decree 94/2022/NĐ-CP describes an indicator; breakdowns stand apart.
_SIX = ("concept", "method", "publication", "source", "responsible", "higher_code")


def dictionary(indicators: Iterable[Indicator], units: Iterable[str]) -> dict[str, Any]:
    """Everything that a reader of the tables has to know, as plain values."""
    return {
        "format": FORMAT,
        "tables": [_table(table) for table in TABLES.values()],
        "code_lists": _code_lists(set(units)),
        "breakdowns": [
            {"code": each.code, "version": each.version, "vi": each.name_vi, "en": each.name_en, "act": each.act}
            for each in CodeList.objects.order_by("code", "version")
        ],
        "indicators": [_indicator(each) for each in indicators],
    }


def write(folder: Path, told: Mapping[str, Any]) -> None:
    (folder / NAME).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _table(table: Schema) -> dict[str, Any]:
    told: dict[str, Any] = {"name": table.name, "path": path_of(table), "vi": table.vi, "en": table.en}
    if table is OBSERVATIONS:
        told |= {"partitioned_by": PARTED_BY, "sorted_by": ["series", "last_month", "first_month"]}
    return told | {"columns": [_column(table, column) for column in table.columns]}


def _column(table: Schema, column: Column) -> dict[str, str]:
    at = table.name, column.name
    told = {"name": column.name, "type": column.type, "vi": column.vi, "en": column.en}
    if at in _CONCEPTS:
        told["concept"] = _CONCEPTS[at]
    if at in _LISTS:
        told["code_list"] = _LISTS[at]
    return told


def _code_lists(units: set[str]) -> dict[str, list[dict[str, str]]]:
    return {name: _choices(kind) for name, kind in _CHOICES.items()} | {
        "unit": [_named(u.code, u.name_vi, u.name_en) for u in Unit.objects.order_by("code") if u.code in units],
        "provider": [_named(p.code, p.name_vi, p.name_en) for p in Provider.objects.order_by("order", "code")],
        "place_kind": [_named(k.code, k.name_vi, k.name_en) for k in PlaceKind.objects.order_by("rank", "code")],
    }


def _choices(kind: type[Choices]) -> list[dict[str, str]]:
    said = {}
    for language in ("vi", "en"):
        with translation.override(language):
            said[language] = {str(each.value): str(each.label) for each in kind}
    return [_named(code, name, said["en"][code]) for code, name in said["vi"].items()]


def _named(code: str, vi: str, en: str) -> dict[str, str]:
    return {"code": code, "vi": vi, "en": en or vi}


def _indicator(each: Indicator) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": each.code, "vi": each.name_vi, "en": each.name_en or each.name_vi, "unit": each.unit,
        "display_unit": each.display_unit, "display_scale": each.display_scale, "adds_up": each.adds_up,
        "good": each.good, "price_basis": each.price_basis, "base_year": each.base_year,
        "numerator": each.numerator.code if each.numerator else "",
        "denominator": each.denominator.code if each.denominator else "",
        "weight": each.weight.code if each.weight else "", "breakdowns": list(each.dimensions),
    }  # fmt: skip
    return told | {name: getattr(each, name) for name in _SIX}
