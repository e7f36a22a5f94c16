# SPDX-License-Identifier: Apache-2.0
"""The ledger checked on its own: what stands of one place cannot all be so, whatever document or return brought it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import translation

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Finding as Found
from bamsat.core.check.model import Report, Stated
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.checking import entry_stands
from bamsat.rooms.figures.knowledge import knowledge
from bamsat.rooms.figures.known_stated import YEARS, came_in_bulk, standing_stated
from bamsat.rooms.figures.told_already import not_told_already
from bamsat.rooms.findings.actions import Kept, keep
from bamsat.rooms.findings.models import Finding, Origin
from bamsat.rooms.findings.queries import STANDING
from bamsat.rooms.places.models import Place

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

log = logging.getLogger(__name__)
MOST_FIGURES = 20_000  # of one place and year; more are checked an indicator at a time
MOST_KEPT = 200  # findings of one place and year, the loudest first
PATIENCE = 5.0  # seconds that contradictions of one place and year are looked for: a worker has other places to check
_PLANNED = ("target", "forecast")


def check_ledger(
    place: Place, periods: Iterable[str], by: User | None = None, known: Knowledge | None = None
) -> Kept | None:
    """Check what stands in the ledger of a place in the years of these periods (codes), and keep what wants a look.

    A finding belongs to the latest year of which it speaks, and is closed by the check of that year alone; the year
    after is checked too, whose growth these periods are the base of. None where the check itself failed, which goes
    to the log and leaves what was found before.
    """
    told = {Period.parse(code).end_year for code in periods}
    years = sorted(told | {year + 1 for year in told})
    if not years:
        return Kept()
    rows = standing_stated(place, years[0] - YEARS, years[-1])
    if not rows and not _standing(place).filter(period__in=map(str, years)).exists():
        return Kept()
    known = known or knowledge(place)
    kept = [_check_year(place, year, rows, known, by) for year in years]
    done = [each for each in kept if each is not None]
    if len(done) < len(kept):
        return None
    return Kept(sum(each.new for each in done), sum(each.closed for each in done), sum(each.standing for each in done))


def _check_year(place: Place, year: int, rows: Sequence[Stated], known: Knowledge, by: User | None) -> Kept | None:
    period = str(year)
    before = _standing(place).filter(period=period)
    now = [one for one in rows if _year_of(one) == year]
    if not now and not before.exists():
        return Kept()
    try:
        report = _report(year, now, rows, known)
    except Exception:
        log.exception("checking the ledger of place %s in %s failed", place.pk, year)
        return None
    loud = not_told_already(report.findings)[:MOST_KEPT]
    if not loud and not before.exists():
        return Kept()
    with translation.override("vi"):
        named = {key for found in loud for key in found.figures}
        parts = {one.key: entry_stands(one) for one in report.stated if one.key in named}
    return keep(
        Report(tuple(loud), report.stated), origin=Origin.LEDGER, place=place, period=period, parts=parts, by=by
    )


def _standing(place: Place) -> QuerySet[Finding]:
    return Finding.objects.filter(origin=Origin.LEDGER, place=place, state__in=STANDING)


def _report(year: int, now: Sequence[Stated], rows: Sequence[Stated], known: Knowledge) -> Report:
    """What wants a look among the figures of a year, beside the periods that they are compared with and the years
    before."""
    # The solver is loaded by those who check, not by every page.
    from bamsat.core.check.checking import check

    bases = {one.figure.base for one in now if one.figure.base}
    beside = [one for one in rows if _year_of(one) != year and one.figure.period in bases]
    past = [one for one in rows if year - YEARS <= _year_of(one) < year and one.figure.status not in _PLANNED]
    found: list[Found] = []
    told: list[Stated] = []
    for group in _groups([*map(_as_new, surest(now)), *surest(beside)]):
        report = check(group, (), known, past, patience=PATIENCE, implied=False)
        years = {one.key: _year_of(one) for one in group}
        found += [each for each in report.findings if each.needs_look and _latest(each, years) == year]
        told += report.stated
    return Report(tuple(found), tuple(told))


def _as_new(one: Stated) -> Stated:
    """What nobody looked at one by one is held against the years before like a number just typed."""
    return replace(one, weight=Decimal(1)) if came_in_bulk(one) else one


def _groups(told: list[Stated]) -> list[list[Stated]]:
    if len(told) <= MOST_FIGURES:
        return [told]
    by_indicator: dict[str, list[Stated]] = {}
    for one in told:
        by_indicator.setdefault(one.figure.indicator, []).append(one)
    return [group[:MOST_FIGURES] for group in by_indicator.values()]


def _latest(found: Found, years: dict[str, int]) -> int:
    return max((years[key] for key in found.figures if key in years), default=0)


def _year_of(one: Stated) -> int:
    return Period.parse(one.figure.period).end_year if one.figure.period else 0


def surest(told: Iterable[Stated]) -> list[Stated]:
    """Of each value the surest release of each source: an estimate that was followed by the result is no
    contradiction of it, whatever the two say."""
    best: dict[tuple[object, ...], Stated] = {}
    for one in told:
        value = _value_of(one)
        there = best.get(value)
        if there is None or one.weight > there.weight:
            best[value] = one
    return list(best.values())


def _value_of(one: Stated) -> tuple[object, ...]:
    figure = one.figure
    kind = figure.status if figure.status in _PLANNED else "actual"
    provider = one.source.rpartition(" (")[0]
    return (
        provider, figure.indicator, figure.segment, figure.measure, figure.unit, figure.price_basis, figure.period,
        figure.base, kind,
    )  # fmt: skip
