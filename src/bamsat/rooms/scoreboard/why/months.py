# SPDX-License-Identifier: Apache-2.0
"""Sums of months of many series at once, for the parts of a whole that is such a sum itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bamsat.core.terms.period import Period
from bamsat.rooms.figures.compared import observations
from bamsat.rooms.figures.comparison import Summed
from bamsat.rooms.figures.models import EntryKind, Series, Vintage

_KINDS = {EntryKind.ACTUAL: 0, EntryKind.ESTIMATE: 1}
_VINTAGES = {Vintage.OFFICIAL: 0, Vintage.PRELIMINARY: 1, Vintage.ESTIMATE: 2}
_COLUMNS = ("first_month", "value", "lower", "upper")


@dataclass(frozen=True, slots=True)
class Sum:
    """What the months of a period come to in one series."""

    series: Series
    period: Period
    summed: Summed


def sums(series: Sequence[Series], span: Period, known: datetime | None) -> Iterator[Sum]:
    """For each series the sum of a period and of the same a year before, where every month is there; one query."""
    if span.length == 1 or not series:
        return
    asked = {one.pk: one for one in series}
    for pk, months in _months(asked, span, known).items():
        for period in (span, span.shift_years(-1)):
            there = [months[at] for at in range(period.first, period.last + 1) if at in months]
            if len(there) == period.length:
                yield _sum(asked[pk], period, there)


def _months(asked: dict[int, Series], span: Period, known: datetime | None) -> dict[int, dict[int, Any]]:
    """The month that stands of each series: actual before estimate, official before preliminary."""
    months = [*range(span.first, span.last + 1), *range(span.first - 12, span.last - 11)]
    codes = [Period(month, month).code for month in months]
    columns = ["series_id", "kind", "vintage", *(name if known else f"entry__{name}" for name in _COLUMNS)]
    rows = observations(Series.objects.filter(pk__in=list(asked)), known).filter(period__in=codes, kind__in=_KINDS)
    best: dict[int, dict[int, Any]] = defaultdict(dict)
    for pk, kind, vintage, month, *numbers in rows.values_list(*columns):
        rank = (_KINDS[kind], _VINTAGES[vintage])
        if month not in best[pk] or rank < best[pk][month][0]:
            best[pk][month] = (rank, *numbers)
    return best


def _sum(series: Series, period: Period, months: list[Any]) -> Sum:
    parts = [(rank, "", *numbers) for rank, *numbers in months]
    return Sum(series, period, Summed.of(parts, series, len(months), sum(bool(rank[0]) for rank, *_ in months)))
