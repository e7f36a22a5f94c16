# SPDX-License-Identifier: Apache-2.0
"""What a target can be divided into: months and quarters of its period, places below its place, codes of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import AddsUp, Code, CodeList
from bamsat.rooms.figures.models import Entry, Measure
from bamsat.rooms.figures.plans import queries
from bamsat.rooms.figures.plans.known import Cell, Done, Known
from bamsat.rooms.figures.plans.segments import codes_of, segment_of
from bamsat.rooms.places.models import Place, PlaceKind, PlaceVersion
from bamsat.rooms.places.queries import name_on
from bamsat.ui import words


class NotDivided(BamsatError):
    """This target cannot be divided in this way; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where one share of a target goes."""

    key: str  # a period's code, a place's address, a code of a list
    name: str
    period: Period
    place: Place
    segment: str

    @property
    def line(self) -> tuple[str, int, str]:
        return (self.period.code, self.place.pk, self.segment)


def parts_of(target: Entry, over: str, codelist: str = "") -> list[Part]:
    """Every part of a target in one way of dividing it; refused where that makes no sense, with the reason."""
    why_not(target, over)
    if over in ("months", "quarters"):
        found = _spans(target, 1 if over == "months" else 3)
    elif over == "places":
        found = _places(target)
    else:
        found = _codes(target, codelist)
    if not found:
        raise NotDivided(
            vi="Không có phần nào để chia: chỉ tiêu này đã ở mức nhỏ nhất của cách chia này.",
            en="There is nothing to divide into: this target is already at the lowest level of this division.",
        )
    return found


def why_not(target: Entry, over: str) -> None:
    """Refuse a division whose parts would not add up to the target; a growth has no sum to keep."""
    indicator, measure = target.series.indicator, target.series.measure
    name, name_en = indicator.name_vi, indicator.name_en or indicator.name_vi
    if measure == Measure.GROWTH:
        return
    if indicator.adds_up in (AddsUp.INDEX, AddsUp.RATIO) or measure not in (Measure.LEVEL, Measure.CHANGE):
        kind = ("chỉ số", "an index") if indicator.adds_up == AddsUp.INDEX else ("tỷ lệ", "a ratio")
        raise NotDivided(
            vi=f"{name} là {kind[0]}, các phần không cộng lại thành tổng nên không chia được. Hãy giao tăng trưởng cho "
            "từng phần.",
            en=f"{name_en} is {kind[1]}: its parts do not add up to a total, so it cannot be divided. Give each part a "
            "growth of its own.",
        )
    if indicator.adds_up == AddsUp.STOCK and over in ("months", "quarters"):
        raise NotDivided(
            vi=f"{name} là số tại một thời điểm: số các tháng không cộng lại thành số của năm. Chỉ chia được theo nơi "
            "hoặc phân tổ.",
            en=f"{name_en} is a stock at one moment: its months do not add up to a year. Divide it by places or a "
            "breakdown.",
        )


def ways(target: Entry) -> list[tuple[str, str, str]]:
    """The divisions that make sense for a target: over what, by which list, and the words for it."""
    offered = [("months", "", _("theo tháng")), ("quarters", "", _("theo quý")), ("places", "", _("theo nơi"))]
    lists = CodeList.objects.filter(code__in=target.series.indicator.dimensions or []).order_by("code", "-version")
    offered += [("breakdown", each.code, each.name) for each in {each.code: each for each in lists}.values()]
    found = []
    for over, codelist, name in offered:
        try:
            parts_of(target, over, codelist)
        except BamsatError:
            continue
        found.append((over, codelist, name))
    return found


def last_year(user: User | AnonymousUser, target: Entry, parts: Sequence[Part]) -> dict[str, Done]:
    """For each part, by its key, the level of the same months of the year before, where the ledger has it."""
    if not parts:
        return {}
    first, last = min(p.period.first for p in parts), max(p.period.last for p in parts)
    known = Known(user, [target.series.indicator_id], {p.place.pk for p in parts}, first, last)
    found = {}
    for part in parts:
        cell: Cell = (target.series.indicator_id, part.place.pk, part.segment)
        if level := known.level(target.series, part.period.shift_years(-1), cell):
            found[part.key] = level
    return found


def _spans(target: Entry, length: int) -> list[Part]:
    whole = queries.period_of(target)
    if whole.length <= length or whole.length % length or whole.first % length:
        return []
    spans = [Period(first, first + length - 1) for first in range(whole.first, whole.last + 1, length)]
    place, segment = target.series.place, target.series.segment
    return [Part(span.code, words.capital(words.period(span.code)), span, place, segment) for span in spans]


def _places(target: Entry) -> list[Part]:
    """Administrative units directly below the place on the last days of the period."""
    day = queries.last_day(target.last_month)
    kinds = PlaceKind.objects.filter(administrative=True).values("code")
    holds = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gt=day))
    below = PlaceVersion.objects.filter(holds, parent=target.series.place_id).values("place_id")
    places = Place.objects.filter(pk__in=below, kind__in=kinds).prefetch_related("versions").order_by("sort_key", "pk")
    period, segment = queries.period_of(target), target.series.segment
    return [Part(place.slug, name_on(place, day), period, place, segment) for place in places]


def _codes(target: Entry, codelist: str) -> list[Part]:
    codes = codes_of(target.series.segment)
    if codes is None:
        raise NotDivided(
            vi=f"Phân tổ “{target.series.segment}” ghi bằng lời, không theo mã: không chia tiếp theo danh mục được.",
            en=f"The breakdown “{target.series.segment}” is in words, not in codes: it cannot be divided by a list.",
        )
    day = queries.last_day(target.last_month)
    newest = CodeList.objects.filter(code=codelist).filter(Q(valid_from=None) | Q(valid_from__lte=day))
    chosen = newest.order_by("valid_from", "version").last()
    rows = Code.objects.filter(codelist=chosen) if chosen else Code.objects.none()
    rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))
    rows = rows.filter(parent__code=codes[codelist]) if codelist in codes else rows.filter(parent=None)
    place, period = target.series.place, queries.period_of(target)
    return [Part(row.code, row.name, period, place, segment_of(codes | {codelist: row.code})) for row in rows]
