# SPDX-License-Identifier: Apache-2.0
"""Loading the shipped catalogue, and adding names that reports bring with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from bamsat.core.terms.data import shipped
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold, sort_key
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue import shipping
from bamsat.rooms.catalogue.families import FAMILIES
from bamsat.rooms.catalogue.models import AddsUp, Good, Indicator, IndicatorName, Unit
from bamsat.rooms.catalogue.planning import Planner
from bamsat.rooms.catalogue.writing import write

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_MONEY_SCALES = {"VND": 0}
_OTHER_MONEY_SCALE = 2
_SCALE = 6


class IndicatorRefused(BamsatError):
    """A code or name that the catalogue cannot take."""


# Adding.


@transaction.atomic
def add_indicator(
    user: User,
    code: str,
    name_vi: str = "",
    *,
    name_en: str = "",
    unit: str = "",
    adds_up: str = AddsUp.FLOW,
    good: str = Good.NONE,
) -> Indicator:
    """An indicator of an open family ("product:xi măng"); the one that is there already, if it is."""
    found = Indicator.objects.filter(code=code).first()
    if found:
        return found
    family, colon, subject = code.partition(":")
    climbs = {".", ".."} & set(code.split("/"))  # the code stands in addresses, which browsers shorten
    if not colon or family not in FAMILIES or not subject.strip() or len(code) > 160 or climbs:
        raise IndicatorRefused(
            vi=f"Mã chỉ tiêu “{code}” không có trong danh mục. Hãy chọn một chỉ tiêu có sẵn, hoặc thêm tên mới thuộc "
            f"một nhóm, như “product:xi măng”. Các nhóm: {', '.join(FAMILIES)}.",
            en=f"The catalogue has no indicator “{code}”. Choose one that is there, or add a name within a family, "
            f"such as “product:xi măng”. Families: {', '.join(FAMILIES)}.",
        )
    name = (name_vi or subject).strip()
    indicator = Indicator.objects.create(
        code=code, name_vi=name[:1].upper() + name[1:300], name_en=name_en[:300], unit=unit, display_unit="",
        adds_up=adds_up, good=good,
    )  # fmt: skip
    audit.record(user, "catalogue.indicator.added", indicator, code=code, name=indicator.name_vi, unit=unit)
    return indicator


@transaction.atomic
def add_name(user: User, indicator: Indicator, text: str) -> IndicatorName:
    """Remember that reports call the indicator by this name too."""
    text = " ".join(text.split())
    if not text or len(text) > 300:
        raise IndicatorRefused(vi="Tên gọi khác cần từ 1 đến 300 ký tự.", en="Another name needs 1 to 300 characters.")
    name, new = IndicatorName.objects.get_or_create(indicator=indicator, text=text)
    if new:
        audit.record(user, "catalogue.name.added", indicator, name=text)
    return name


# Loading what the product ships. An administrator's own rows are never touched, nor anything deleted.


@transaction.atomic
def load_catalogue() -> dict[str, int]:
    """Bring every table up to what this version ships; the same again changes nothing."""
    loaded = {
        "units": load_units(shipped("units.yml")),
        "indicators": load_indicators(shipped("indicators.yml")),
    }
    sheets = shipping.sheets()
    write(Planner(shipped=True).plan(sheets), shipped=True)
    return loaded | {table: len(lines) for table, lines in sheets.items()}


def load_units(groups: dict[str, Any]) -> int:
    rows = [
        (group, entry)
        for group, entries in groups.items()
        if isinstance(entries, list)
        for entry in entries
        if isinstance(entry, dict) and "code" in entry
    ]
    units = [
        Unit(
            code=str(entry["code"])[:60],
            name_vi=_said(entry, "vi")[:120],
            name_en=_said(entry, "en")[:120],
            scale=_MONEY_SCALES.get(str(entry["code"]), _OTHER_MONEY_SCALE) if group == "money" else _SCALE,
            shipped=True,
        )
        for group, entry in rows
    ]
    # A scale that series already use must not move under them, so an existing unit keeps its own.
    known = set(Unit.objects.values_list("code", flat=True))
    new = {unit.code: unit for unit in units if unit.code not in known}
    Unit.objects.bulk_create(new.values())
    _update(Unit, [unit for unit in units if unit.code in known], "code", ["name_vi", "name_en"])
    return len({unit.code for unit in units})


def load_indicators(entries: list[dict[str, Any]]) -> int:
    indicators = [_indicator(order, entry) for order, entry in enumerate(entries, start=1)]
    known = set(Indicator.objects.values_list("code", flat=True))
    Indicator.objects.bulk_create([each for each in indicators if each.code not in known])
    fields = ["name_vi", "name_en", "unit", "display_unit", "display_scale", "adds_up", "good", "order", "folded",
              "sort_key", "shipped"]  # fmt: skip
    _update(Indicator, [each for each in indicators if each.code in known], "code", fields)
    ids = dict(Indicator.objects.filter(code__in=[each.code for each in indicators]).values_list("code", "pk"))
    names = [
        IndicatorName(indicator_id=ids[entry["code"]], text=alias[:300], folded=fold(alias)[:300], shipped=True)
        for entry in entries
        for alias in dict.fromkeys(str(alias) for alias in entry.get("aliases", []))
    ]
    IndicatorName.objects.bulk_create(names, ignore_conflicts=True, batch_size=500)
    return len(indicators)


def _indicator(order: int, entry: dict[str, Any]) -> Indicator:
    display = entry.get("display") or {}
    name = _said(entry, "vi")
    return Indicator(
        code=entry["code"], name_vi=name, name_en=_said(entry, "en"), unit=str(entry.get("unit") or ""),
        display_unit=str(display.get("unit") or ""), display_scale=int(display.get("scale") or 1),
        adds_up=entry.get("adds_up") or AddsUp.FLOW, good=entry.get("good") or Good.NONE, order=order,
        folded=fold(name)[:300], sort_key=sort_key(name)[:600], shipped=True,
    )  # fmt: skip


def _said(entry: dict[str, Any], language: str) -> str:
    name = entry.get("name") or {}
    return str(name.get(language) or (entry["code"] if language == "vi" else ""))


def _update(model: Any, rows: list[Any], key: str, fields: list[str]) -> None:
    """Write shipped fields over rows that the product shipped, and only over those that differ."""
    there = {getattr(row, key): row for row in model.objects.filter(shipped=True)}
    changed = []
    for row in rows:
        old = there.get(getattr(row, key))
        if old and any(getattr(old, field) != getattr(row, field) for field in fields):
            row.pk = old.pk
            changed.append(row)
    model.objects.bulk_update(changed, fields, batch_size=200)
