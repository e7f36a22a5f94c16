# SPDX-License-Identifier: Apache-2.0
"""What places have done of one indicator by a month, in one comparison; on other boundaries where they have changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q
from ibis.expr.types import Table

from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.compare.expressions import years
from bamsat.core.compare.reasons import Reason
from bamsat.core.ledger.amounts import Amount
from bamsat.core.ledger.boundaries import Boundaries
from bamsat.core.ledger.outcomes import Refusal
from bamsat.core.ledger.vintages import VINTAGES
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.compared import compared, observations, series_rows
from bamsat.rooms.figures.ground import end_of
from bamsat.rooms.figures.models import EntryKind, Measure, Series
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Succession
from bamsat.rooms.places.territory import names_of, since, steps_for
from bamsat.rooms.scoreboard.places.asked import PlacesAsked

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

ADDS = (AddsUp.FLOW, AddsUp.STOCK)
LARGEST_MONTH = 2**63 // 13  # twelve of them still fit into an integer of any database
_LEVEL = Measure.LEVEL.value
_PARTS = ("series", "first_month", "last_month", "kind", "vintage", "value", "lower", "upper")
_DONE = (EntryKind.ACTUAL, EntryKind.ESTIMATE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number, or why there is none, in both languages."""

    number: Bounded | None = None
    vi: str = ""
    en: str = ""
    restated: bool = False

    @classmethod
    def lacks(cls, reason: Reason | Refusal) -> Spoken:
        return cls(None, reason.vi, reason.en)


@dataclass(frozen=True, slots=True)
class OneYear:
    """One place in one year, as it was reported."""

    to_date: Bounded | None
    total: Bounded | None
    plan: Bounded | None
    why: Reason
    plan_why: Reason


@dataclass(slots=True)
class Levels:
    """What each place did by a month of each year, and its plan of the year, on the boundaries of one day."""

    month: int
    on: date
    adds: bool
    told: Mapping[tuple[int, int], OneYear]
    months: Mapping[tuple[int, int], Bounded]  # place and month, where boundaries changed inside a year
    stated: Mapping[tuple[int, str, int], Bounded]  # growth and plan ratio of a place and year, as reported
    boundaries: Boundaries
    _kept: dict[tuple[int, int], Spoken] = field(default_factory=dict)
    _amounts: dict[tuple[str, int, int], tuple[dict[Hashable, Amount], int]] = field(default_factory=dict)

    def done(self, place: int, year: int) -> Spoken:
        if (place, year) not in self._kept:
            self._kept[place, year] = self._done(place, year)
        return self._kept[place, year]

    def _done(self, place: int, year: int) -> Spoken:
        end = end_of(Period(year * 12, year * 12 + self.month - 1))
        if self.boundaries.changed(place, as_of=end, on=self.on):
            return self._restated(place, end, ("to_date", year, 0))
        own = self.told.get((place, year))
        if own and own.to_date:
            return Spoken(own.to_date)
        return self._joined(place, year) or Spoken.lacks(own.why if own else Reason.NO_FIGURE)

    def total(self, place: int, year: int) -> Bounded | None:
        """What was done in the whole of a former year."""
        end = end_of(Period.year(year))
        if self.boundaries.changed(place, as_of=end, on=self.on):
            return self._restated(place, end, ("total", year, 0)).number
        own = self.told.get((place, year))
        return own.total if own else None

    def plan(self, place: int, year: int) -> Spoken:
        own = self.told.get((place, year))
        if own and own.plan:
            return Spoken(own.plan)
        # A plan is given at the year's beginning, on the boundaries of then.
        begun = end_of(Period(year * 12, year * 12))
        if self.boundaries.changed(place, as_of=begun, on=self.on):
            return self._restated(place, begun, ("plan", year, 0))
        return Spoken.lacks(own.plan_why if own else Reason.NO_PLAN)

    def _restated(self, place: int, as_of: date, what: tuple[str, int, int]) -> Spoken:
        if not self.adds:
            return Spoken.lacks(Reason.DOES_NOT_ADD)
        if what not in self._amounts:
            self._amounts[what] = _whole(self._values(*what))
        amounts, scale = self._amounts[what]
        found = self.boundaries.restate(place, amounts, as_of=as_of, on=self.on)
        if isinstance(found, Refusal):
            return Spoken.lacks(found)
        bounds = (found.amount.value, found.amount.lower, found.amount.upper)
        return Spoken(Bounded(*(Decimal(number).scaleb(-scale) for number in bounds)), restated=True)

    def _values(self, name: str, year: int, until: int) -> dict[int, Bounded]:
        """What all places told of a year; or of its months before one, where all of these are there."""
        if name != "months":
            told = ((place, getattr(one, name)) for (place, each), one in self.told.items() if each == year)
            return {place: number for place, number in told if number is not None}
        wanted = range(year * 12, until)
        found = {}
        for place in {place for place, _month in self.months}:
            parts = [self.months[place, month] for month in wanted if (place, month) in self.months]
            if len(parts) == len(wanted):
                found[place] = added(parts)
        return found

    def _joined(self, place: int, year: int) -> Spoken | None:
        """A year inside which the place was put together: the months before from what it was made of, then its own."""
        first, last = year * 12, year * 12 + self.month - 1
        own = [month for month in range(first, last + 1) if (place, month) in self.months]
        if not self.adds or not own or own != list(range(own[0], last + 1)) or own[0] == first:
            return None
        before = end_of(Period(own[0] - 1, own[0] - 1))
        if not self.boundaries.changed(place, as_of=before, on=self.on):
            return None
        part = self._restated(place, before, ("months", year, own[0]))
        if part.number is None:
            return part
        return Spoken(added([part.number, *(self.months[place, month] for month in own)]), restated=True)


def added(numbers: Iterable[Bounded]) -> Bounded:
    told = list(numbers)
    return Bounded(*(sum((getattr(one, name) for one in told), Decimal(0)) for name in ("value", "low", "high")))


def _whole(values: Mapping[int, Bounded]) -> tuple[dict[Hashable, Amount], int]:
    """The same as whole numbers, and how many decimals of each were made whole."""
    exponents = (number.as_tuple().exponent for one in values.values() for number in (one.value, one.low, one.high))
    scale = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    scale = max(scale, 0)
    made: dict[Hashable, Amount] = {
        pk: Amount(*(int(number.scaleb(scale)) for number in (one.value, one.low, one.high)))
        for pk, one in values.items()
    }
    return made, scale


@dataclass(frozen=True, slots=True)
class Told:
    """A series of the indicator at one of the places."""

    pk: int
    place: int
    measure: str
    price_basis: str
    unit: str
    provider: str
    scale: int


def levels_of(user: User | AnonymousUser, asked: PlacesAsked, back: int = 2) -> Levels:
    """Of the places and the one above them, in this year and so many before."""
    span, year = asked.span, asked.span.asked.end_year
    month = span.month or 12
    places = [one.pk for one in asked.places] + ([asked.above.pk] if asked.above else [])
    boundaries, family, changed = _boundaries(places, date(max(year - back, 1), 1, 1), asked.day)
    rows = series_of(user).filter(indicator=asked.indicator, segment="", place__in=family)
    names = ("pk", "place_id", "measure", "price_basis", "unit", "provider", "scale")
    there = [Told(*row) for row in rows.values_list(*names)]
    kept, moment, adds = asked.kept, asked.asked.known.moment, asked.indicator.adds_up in ADDS
    levels = [one for one in there if (one.measure, one.price_basis, one.unit) == (_LEVEL, kept.price_basis, kept.unit)]
    own = [one for one in levels if one.provider == kept.provider]
    every = [year - each for each in range(back + 1) if year - each > 0]
    of_one = [one for one in there if one.provider == kept.provider]
    told = _summed(levels, own, every, month, moment) if adds else _own(of_one, span.asked, every, moment)
    months = {}
    if changed and adds:
        months = _monthly(own, sorted({day.year for day in changed if day.year in every}), month, moment)
    return Levels(month, asked.day, adds, told, months, _stated(of_one, asked, every, month, moment), boundaries)


def _boundaries(places: Sequence[int], first: date, on: date) -> tuple[Boundaries, set[int], list[date]]:
    """The changes that touch these places between two days; none, and one query, where there are none."""
    moved = Q(new__in=places) | Q(old__in=places)
    days = list(Succession.objects.filter(moved, on__gt=first, on__lte=on).values_list("on", flat=True).distinct())
    if not days:
        return Boundaries(()), set(places), []
    steps = tuple(steps_for(*places))
    begun: dict[Hashable, date | None] = dict(since(steps, *places).items())
    called = names_of(int(str(place)) for place in begun)

    def names(each: Hashable) -> tuple[str, str]:
        return called.get(int(str(each)), (str(each), str(each)))

    family = {int(str(place)) for place in begun}
    return Boundaries(steps, names, begun), family, days


def _expression(month: int) -> Callable[[], Table]:
    return lambda: years(month)


# One function a month: the SQL of each is made once.
EXPRESSIONS = {month: _expression(month) for month in range(1, 13)}


def _summed(
    series: Sequence[Told], own: Sequence[Told], every: Sequence[int], month: int, moment: datetime | None
) -> dict[tuple[int, int], OneYear]:
    """Plans may be another provider's: all series take part, and those of the one asked for are kept."""
    about = {one.pk: one for one in own}
    codes = [Period.month(year, at).code for year in every for at in range(1, 13)]
    codes += [code for year in every for code in (Period.year(year).code, Period.months(year, 1, month).code)]
    there = Series.objects.filter(pk__in=[one.pk for one in series])
    rows = observations(there, moment).filter(period__in=list(dict.fromkeys(codes)))
    rows = rows.exclude(_too_large("" if moment else "entry__"))
    found = {}
    for row in compared(EXPRESSIONS[month], observations=rows, series=series_rows(there)) if series else ():
        if one := about.get(row["series"]):
            found[one.place, row["year"]] = OneYear(
                _bounds(row, "to_date", one.scale), _bounds(row, "total", one.scale), _bounds(row, "plan", one.scale),
                Reason(row["to_date_why"]), Reason(row["plan_why"]),
            )  # fmt: skip
    return found


def _too_large(at: str) -> Q:
    """Months that no database could add up: one such slip must not take the numbers of all other places with it."""
    month = Q(**{f"{at}last_month": F(f"{at}first_month")})
    return month & (Q(**{f"{at}upper__gt": LARGEST_MONTH}) | Q(**{f"{at}lower__lt": -LARGEST_MONTH}))


def _bounds(row: Mapping[str, Any], name: str, scale: int) -> Bounded | None:
    if row[name] is None:
        return None
    return Bounded(*(Decimal(row[column]).scaleb(-scale) for column in (name, f"{name}_lower", f"{name}_upper")))


def _best(
    series: Sequence[Told], codes: Iterable[str], moment: datetime | None, bases: Iterable[str] = ("",)
) -> dict[tuple[int, int, int], Bounded]:
    """What was done in each place and period, by first and last month: actual before estimate, the last release."""
    about = {one.pk: one for one in series}
    if not about:
        return {}
    best: dict[tuple[int, int, int], tuple[tuple[int, int], Bounded]] = {}
    rows = observations(Series.objects.filter(pk__in=list(about)), moment, _PARTS)
    wanted = rows.filter(period__in=list(codes), base__in=list(bases), kind__in=_DONE)
    for pk, first, last, kind, vintage, *bounds in wanted:
        rank = (_DONE.index(kind), -VINTAGES.index(vintage))
        key = (about[pk].place, first, last)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, Bounded(*(Decimal(number).scaleb(-about[pk].scale) for number in bounds)))
    return {key: number for key, (_rank, number) in best.items()}


def _own(
    series: Sequence[Told], asked: Period, every: Sequence[int], moment: datetime | None
) -> dict[tuple[int, int], OneYear]:
    """Indices and ratios are as they were told for the period itself."""
    found: dict[tuple[int, int], OneYear] = {}
    codes = [asked.in_year(year).code for year in every]
    for measure in (Measure.LEVEL, Measure.INDEX, Measure.RATIO, Measure.SHARE):
        those = [one for one in series if one.measure == measure]
        for (place, _first, last), number in _best(those, codes, moment).items():
            one = OneYear(number, None, None, Reason.TOLD, Reason.NO_PLAN)
            found.setdefault((place, last // 12), one)
    return found


def _monthly(
    series: Sequence[Told], inside: Sequence[int], month: int, moment: datetime | None
) -> dict[tuple[int, int], Bounded]:
    codes = [Period.month(year, at).code for year in inside for at in range(1, month + 1)]
    return {(place, last): number for (place, _first, last), number in _best(series, codes, moment).items()}


def _stated(
    series: Sequence[Told], asked: PlacesAsked, every: Sequence[int], month: int, moment: datetime | None
) -> dict[tuple[int, str, int], Bounded]:
    """Growths and plan ratios that reports state for the same part of the year, of the same source and prices."""
    whole = asked.span.asked if asked.indicator.adds_up not in ADDS else Period(0, month - 1)
    periods = [whole.in_year(year) for year in every]
    bases = ("", *(period.shift_years(-1).code for period in periods))
    found = {}
    for measure in (Measure.GROWTH, Measure.PLAN_RATIO):
        those = [one for one in series if one.measure == measure and one.price_basis in ("", asked.kept.price_basis)]
        for (place, _first, last), number in _best(those, [one.code for one in periods], moment, bases).items():
            found[place, measure.value, last // 12] = number
    return found
