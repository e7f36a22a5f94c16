# SPDX-License-Identifier: Apache-2.0
"""How far a period has come: what was stated for it, or for its beginning, or what its months add up to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.comparison import Number, Shelf
from bamsat.rooms.figures.restated import RestatedShelf


@dataclass(frozen=True, slots=True)
class Reached:
    """A number, the period that it is of, and the months that lack before the last one that is there."""

    period: Period
    number: Number | None
    lacking: tuple[Period, ...] = ()
    summed: bool = False


def reached(shelf: Shelf, span: Period) -> Reached:
    """The number of a period; where there is none yet, of the longest part from its beginning."""
    stated = shelf.value(span)
    if stated is not None:
        return Reached(span, stated)
    within = [one for one in shelf.periods() if span.first <= one.first and one.last <= span.last]
    if shelf.indicator.adds_up != AddsUp.FLOW:
        told = ((one, shelf.value(one)) for one in within)
        return next((Reached(one, number) for one, number in told if number), Reached(span, None))
    return _of_flow(shelf, span, within)


def _of_flow(shelf: Shelf, span: Period, within: Sequence[Period]) -> Reached:
    months = {one.first for one in within if one.length == 1 and shelf.level(one)}
    run = run_of(months, span.first)
    begun = (one for one in within if one.first == span.first and one.length > 1)
    far = next((one for one in begun if shelf.level(one)), None)
    summed = run.last > (far.last if far else span.first - 1) if run else False
    period = (run if summed else far) or span
    if summed:
        add(shelf, period)
    number = shelf.level(period)
    after = (period.last if number else span.first - 1) + 1
    lacking = tuple(Period(at, at) for at in range(after, max(months, default=after)) if at not in months)
    return Reached(period, number, lacking, summed and period.length > 1)


def add(shelf: Shelf, period: Period) -> None:
    """Let a shelf of flows answer for a period that was not stated, where all of its months are there."""
    if period.length == 1 or shelf.indicator.adds_up != AddsUp.FLOW or shelf.level(period):
        return
    months = [shelf.level(Period(month, month)) for month in range(period.first, period.last + 1)]
    there = [month for month in months if month]
    if len(there) < period.length:
        return
    restated = any(month.pieces for month in there)
    if restated and isinstance(shelf, RestatedShelf) and len({month.unit for month in there}) == 1:
        shelf.join(period, there)
    elif not restated and len({(month.provider, month.unit) for month in there}) == 1:
        shelf.add_months(period, there)


def level_of(shelf: Shelf, period: Period) -> Number | None:
    """The level of exactly this period: stated, the sum of its months, or implied by the growth of the year after."""
    add(shelf, period)
    return shelf.level_or_derived(period) or shelf.value(period)


def run_of(months: Collection[int], first: int) -> Period | None:
    """The months from the first on, as far as none lacks."""
    last = first
    while last in months:
        last += 1
    return Period(first, last - 1) if last > first else None
