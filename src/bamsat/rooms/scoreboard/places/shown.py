# SPDX-License-Identifier: Apache-2.0
"""What ranking and map show alike: numbers of places in words, what may be chosen, what must be said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bamsat.core.terms.period import Period
from bamsat.rooms.figures import providers
from bamsat.rooms.figures.numbers import KIND_OF_STATE
from bamsat.rooms.scoreboard.asked import Asked, ways
from bamsat.rooms.scoreboard.places.asked import (
    BELOW,
    BESIDE,
    BY,
    DEEP,
    GROWTH,
    NOW,
    PART,
    PLAN,
    STATE,
    Kept,
    PlacesAsked,
)
from bamsat.rooms.scoreboard.places.levels import ADDS
from bamsat.rooms.scoreboard.places.standings import Standing, Standings
from bamsat.ui import words

MERGER = "2025-07-01"
_SELECTED = SafeString(" selected")


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A place in words."""

    standing: Standing
    address: str
    number: str  # what it stands by
    done: str
    growth: str
    plan: str
    plan_ratio: str
    kind: str
    state: str
    moved: str  # since the year before
    here: bool


@dataclass(frozen=True, slots=True)
class Size:
    """In what the levels are said."""

    size: Decimal
    unit: str


def size_of(asked: PlacesAsked, found: Standings) -> Size:
    indicator, unit = asked.indicator, asked.kept.unit
    if unit == indicator.unit and indicator.display_unit:
        return Size(Decimal(indicator.display_scale), words.unit_name(indicator.display_unit))
    largest = max((abs(one.done.value) for one in found.every if one.done), default=Decimal(0))
    return Size(*words.size_and_unit(largest, unit))


def line(asked: PlacesAsked, one: Standing, size: Size) -> Line:
    level = asked.indicator.adds_up in ADDS
    period = asked.span.so_far if level and asked.span.so_far else asked.span.asked
    address = reverse("figures:series", args=[asked.indicator.code, one.place.slug])
    return Line(
        standing=one, address=f"{address}?ky={period.code}", number=number_in_words(asked, one.number, size),
        done=_level(one.done.value, size) if one.done else "",
        growth=f"{words.signed(one.growth)}%" if one.growth is not None else "",
        plan=_level(one.plan.value, size) if one.plan else "",
        plan_ratio=f"{words.number(one.plan_ratio)}%" if one.plan_ratio is not None else "",
        kind=KIND_OF_STATE[one.state], state=str(one.state.label), moved=_moved(one),
        here=one.place == asked.asked.place,
    )  # fmt: skip


def number_in_words(asked: PlacesAsked, number: Decimal | None, size: Size) -> str:
    if number is None:
        return ""
    if asked.by == GROWTH:
        return f"{words.signed(number)}%"
    if asked.by == PART:
        return words.signed(number)
    return f"{words.number(number)}%" if asked.by in (PLAN, STATE) else _level(number, size)


def _level(value: Decimal, size: Size) -> str:
    told = value / size.size
    # Source figures keep their digits; what was divided among places has more than anybody wrote.
    return words.number(round(told, 2) if int(str(told.as_tuple().exponent)) < -4 else told)


def _moved(one: Standing) -> str:
    """ "lên 2 bậc": since the year before."""
    if not one.rank or not one.rank_before:
        return ""
    steps = one.rank_before - one.rank
    if steps == 0:
        return _("giữ hạng")
    return _("lên %(steps)s bậc") % {"steps": steps} if steps > 0 else _("xuống %(steps)s bậc") % {"steps": -steps}


def unit_of(asked: PlacesAsked, size: Size) -> str:
    if asked.by == PART:
        return _("điểm %")
    return "" if asked.by in (GROWTH, PLAN, STATE) else size.unit


def when(asked: PlacesAsked) -> str:
    """The part of the year that the numbers are of; of indices and ratios the period itself."""
    so_far = asked.span.so_far if asked.indicator.adds_up in ADDS else None
    return (so_far or asked.span.asked).code


def boundary(asked: PlacesAsked) -> str:
    """By which boundaries the places are told."""
    if f"{asked.day:%Y-%m-%d}" >= MERGER:
        return _("địa giới từ 01/07/2025")
    return _("địa giới trước 01/07/2025")


def context(
    request: HttpRequest, wanted: Asked, asked: PlacesAsked, found: Standings, ways_by: Sequence[str]
) -> dict[str, Any]:
    size = size_of(asked, found)
    query = request.GET
    return {
        "asked": asked, "known": wanted.known, "place": wanted.place, "places": wanted.places,
        "ways": ways(request.path), "indicator": asked.indicator, "found": found,
        "when": when(asked), "before": Period.parse(when(asked)).shift_years(-1).code, "boundary": boundary(asked),
        "ranked": [line(asked, one, size) for one in found.ranked],
        "without": [line(asked, one, size) for one in found.without],
        "unit": size.unit, "unit_by": unit_of(asked, size), "by_name": _(BY[asked.by]),
        "price": words.price_basis(asked.kept.price_basis), "cautions": cautions(asked, found),
        "by_choices": [_choice(query, _(BY[by]), asked.by == by, theo=by) for by in ways_by],
        "level_choices": _levels(query, asked), "kept_choices": _kept(query, asked),
        "boundary_choices": _boundaries(query, asked), "options": _options(asked),
        "field_choices": [
            _choice(query, one.set.name if one.set else "", one.code == wanted.field, bo=one.code, **{"chi-tieu": None})
            for one in asked.fields
        ],
        "kept_query": [(name, query[name]) for name in query if name not in ("chi-tieu", "trang")],
    }  # fmt: skip


def cautions(asked: PlacesAsked, found: Standings) -> list[str]:
    """What a reader must know before comparing these places."""
    said = []
    if asked.kept.unit == "VND" and not asked.kept.price_basis:
        said.append(
            _("Các số này không nêu giá hiện hành hay giá so sánh: có thể không cùng một giá, hãy đọc với điều đó.")
        )
    if asked.others:
        told = "; ".join(_name(one) for one in asked.others)
        said.append(_("Không xếp lẫn giá, đơn vị hoặc nguồn số liệu khác nhau. Còn có số: %(told)s.") % {"told": told})
    if found.restated:
        said.append(_("Số của nơi đã đổi địa giới được quy đổi từ các nơi lúc đó (%(on)s).") % {"on": boundary(asked)})
    if asked.by == PART and not found.of_whole:
        said.append(_("Chưa có số chung của cả địa bàn: đóng góp tính trên tổng các nơi có đủ số hai năm."))
    return said


def _name(kept: Kept) -> str:
    basis = words.price_basis(kept.price_basis) or _("không nêu giá")
    return ", ".join((basis, words.unit_name(kept.unit), providers.names([kept.provider])[kept.provider]))


# What may be chosen.


def _choice(query: QueryDict, name: str, current: bool, **change: str | None) -> Choice:
    made = query.copy()
    made.pop("trang", None)
    for key, value in change.items():
        made.pop(key, None)
        if value is not None:
            made[key] = value
    return Choice(name, f"?{made.urlencode()}", current)


def _levels(query: QueryDict, asked: PlacesAsked) -> list[Choice]:
    if len(asked.levels) < 2:
        return []
    place = asked.asked.place.label
    names = {
        BELOW: _("Các nơi trực thuộc %(place)s") % {"place": place},
        DEEP: _("Mọi xã, phường của %(place)s") % {"place": place},
        BESIDE: _("%(place)s và các nơi cùng cấp") % {"place": place},
    }  # fmt: skip
    return [_choice(query, names[level], asked.level == level, cap=level) for level in asked.levels]


def _kept(query: QueryDict, asked: PlacesAsked) -> list[Choice]:
    if not asked.others:
        return []
    return [
        _choice(query, words.capital(_name(one)), one == asked.kept, gia=one.price_basis, nguon=one.provider)
        for one in (asked.kept, *asked.others)
    ]


def _boundaries(query: QueryDict, asked: PlacesAsked) -> list[Choice]:
    """Old periods may be told on the boundaries of today."""
    if asked.asked.period is None or f"{_end(asked.asked.period)}" >= MERGER:
        return []
    return [
        _choice(query, _("của kỳ này"), not asked.restated, **{"dia-gioi": None}),
        _choice(query, _("hiện nay (từ 01/07/2025)"), asked.restated, **{"dia-gioi": NOW}),
    ]


def _end(period: Period) -> str:
    return f"{period.last // 12:04}-{period.last % 12 + 1:02}-28"


def _options(asked: PlacesAsked) -> SafeString:
    """The indicators to choose from: there may be hundreds."""
    return format_html_join(
        "", '<option value="{}"{}>{}</option>',
        ((one.code, _SELECTED if one.pk == asked.indicator.pk else "", one.name) for one in asked.indicators),
    )  # fmt: skip
