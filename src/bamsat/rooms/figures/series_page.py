# SPDX-License-Identifier: Apache-2.0
"""The page of a series: how it is asked for in the address, and what the template shows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from bamsat.rooms.figures import downloads, numbers, providers, series_parts
from bamsat.rooms.figures.histories import ROWS, Asked, History, HistoryRow
from bamsat.rooms.figures.known import Known, day_read
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.territory import put_together_on
from bamsat.ui import words

COLUMNS = 12
ALL = 100_000  # periods of a download
_KIND_WORDS = {"thang": "month", "quy": "quarter", "nam": "year", "luy-ke": "so_far", "khac": "other"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to look at the series, and the address that shows it."""

    name: str
    query: str
    current: bool


OF_EACH_TIME = "tung-thoi"


def asked_of(request: HttpRequest, known: Known, place: Place) -> Asked:
    """The question that an address puts. Without a word on boundaries, a place that was put together from others is
    shown on the boundaries that it has now, so that its years before are there too."""
    found = request.GET
    told = found.get("dia-gioi", "")[:20]
    on = day_read(told) if told else put_together_on(place)
    typed = found.get("trang", "1")
    page = max(1, int(typed)) if typed.isdecimal() and len(typed) < 5 else 1
    return Asked(
        price_basis=found.get("gia"), segment=found.get("phan-to", ""), provider=found.get("nguon", "")[:40],
        kind=_KIND_WORDS.get(found.get("kieu", ""), ""), page=page,
        size=COLUMNS if in_columns(request) else ROWS, known=known.moment, on=on,
    )  # fmt: skip


def in_columns(request: HttpRequest) -> bool:
    return request.GET.get("dang") == "cot"


def whole(asked: Asked) -> Asked:
    """All its periods on one page."""
    return replace(asked, page=1, size=ALL)


def context(request: HttpRequest, history: History, known: Known) -> dict[str, Any]:
    latest = next((row for row in history.rows if row.level or row.growth), None)
    number = (latest.level or latest.growth) if latest else None
    chosen = _chosen(history, request.GET.get("ky", ""), latest)
    return {
        "indicator": history.indicator, "place": history.place, "history": history, "known": known,
        "lines": numbers.lines(history, _called(history)), "in_columns": in_columns(request),
        "latest": latest, "number": number, "chosen": chosen,
        "hero": numbers.told(number, bool(latest and not latest.level), numbers.scale_of(number)) if number else None,
        "growth": numbers.without_sign(latest.growth) if latest and latest.level else None,
        "plan_ratio": numbers.told(latest.plan_ratio) if latest else None,
        "chart": numbers.chart_of(history), "sentence": numbers.sentence(history),
        "on": history.asked.on, "ending": history.ground.ending(), "refused": _refused(history),
        "parts": series_parts.breakdown(request.user, history, chosen) if chosen else [],
        "releases": series_parts.releases(request.user, history, chosen.period)
        if chosen and not (chosen.level and chosen.level.boundaries)
        else [],
        "downloads": list(downloads.WRITERS), "beside": series_parts.side_by_side(history),
        "pieces": series_parts.pieces(history),
        "segment_name": series_parts.segment_names([history.segment])[history.segment],
        **choices(request.GET, history),
    }  # fmt: skip


def _called(history: History) -> dict[str, str]:
    several = len(history.providers) > 1 and not history.asked.provider
    return providers.names(history.providers) if several else {}


def _chosen(history: History, code: str, latest: HistoryRow | None) -> HistoryRow | None:
    return next((row for row in history.rows if row.period == code), latest)


def _refused(history: History) -> list[tuple[str, list[str]]]:
    """Each reason once, and the periods that have it."""
    reasons: dict[str, list[str]] = {}
    for row in history.rows:
        if row.refusal:
            reasons.setdefault(row.refusal, []).append(row.period)
    return list(reasons.items())


def choices(query: QueryDict, history: History) -> dict[str, Sequence[Choice]]:
    """The ways in which this series can be looked at."""
    asked = history.asked
    kinds = {
        "month": _("Tháng"),
        "quarter": _("Quý"),
        "year": _("Năm"),
        "so_far": _("Lũy kế từ đầu năm"),
        "other": _("Kỳ khác"),
    }
    address = {kind: word for word, kind in _KIND_WORDS.items()}
    return {
        "kind_choices": [
            _choice(query, _("Mọi kỳ"), asked.kind == "", {"kieu": None}),
            *(_choice(query, kinds[kind], asked.kind == kind, {"kieu": address[kind]}) for kind in history.kinds),
        ]
        if len(history.kinds) > 1
        else [],
        "boundary_choices": _boundaries(query, history),
        "provider_choices": _providers(query, history),
        "shape_choices": [
            _choice(query, _("Kỳ theo hàng"), query.get("dang") != "cot", {"dang": None}),
            _choice(query, _("Kỳ theo cột"), query.get("dang") == "cot", {"dang": "cot"}),
        ],
        "segment_choices": _segments(query, history),
        "page_choices": [
            _choice(query, str(page), page == asked.page, {"trang": None if page == 1 else str(page)}, keep_page=True)
            for page in range(1, history.pages + 1)
        ]
        if history.pages > 1
        else [],
    }  # fmt: skip


def _boundaries(query: QueryDict, history: History) -> list[Choice]:
    days, on = history.ground.days(), history.asked.on
    if not days and on is None:
        return []
    shown = sorted({*days, *([on] if on else [])}, reverse=True)
    return [
        _choice(query, _("của từng thời"), on is None, {"dia-gioi": OF_EACH_TIME}),
        *(_choice(query, _boundary(day, days), on == day, {"dia-gioi": day.isoformat()}) for day in shown),
    ]


def _boundary(day: date, days: Sequence[date]) -> str:
    if days and day == days[0]:
        return _("hiện nay (từ %(day)s)") % {"day": words.day(day)}
    return _("từ %(day)s") % {"day": words.day(day)}


def _providers(query: QueryDict, history: History) -> list[Choice]:
    if len(history.providers) < 2 and not history.asked.provider:
        return []
    called = providers.names(history.providers)
    return [
        _choice(query, _("theo thứ tự ưu tiên"), history.asked.provider == "", {"nguon": None}),
        *(_choice(query, called[code], history.asked.provider == code, {"nguon": code}) for code in history.providers),
    ]


def _segments(query: QueryDict, history: History) -> list[Choice]:
    if not history.segments:
        return []
    called = series_parts.segment_names(history.segments[: series_parts.MOST_PARTS])
    named = sorted(called.items(), key=lambda one: one[1])
    return [
        _choice(query, _("Toàn bộ"), not history.segment, {"phan-to": None}),
        *(_choice(query, words.capital(name), s == history.segment, {"phan-to": s}) for s, name in named),
    ]


def _choice(
    query: QueryDict, name: str, current: bool, change: Mapping[str, str | None], keep_page: bool = False
) -> Choice:
    made = query.copy()
    if not keep_page:
        made.pop("trang", None)
    for key, value in change.items():
        if value is None:
            made.pop(key, None)
        else:
            made[key] = value
    return Choice(name, f"?{made.urlencode()}", current)
