# SPDX-License-Identifier: Apache-2.0
"""The standing entries of one indicator and place, asked for level, growth, plan and plan ratio of a period.

What a report states comes first; what is missing is computed from what is there, and says so with its calculation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from bamsat.core.compare import arithmetic
from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.models import Entry, EntryKind, Measure
from bamsat.rooms.figures.shelf_numbers import (
    KINDS_DONE,
    Heard,
    Number,
    Piece,
    PlanState,
    Summed,
    earlier_first,
)  # fmt: skip

__all__ = [
    "KINDS_DONE",
    "Heard",
    "Number",
    "Piece",
    "PlanState",
    "Shelf",
    "Summed",
    "by_price_basis",
    "earlier_first",
    "shelves",
]

_DONE = KINDS_DONE


class Shelf:
    """Standing entries of one indicator at one place and one price basis.

    Where several providers give a value, the one that comes first in `providers` is heard first.
    """

    def __init__(
        self, indicator: Indicator, price_basis: str, entries: Iterable[Entry], providers: Sequence[str] = ()
    ) -> None:
        self.indicator, self.price_basis = indicator, price_basis
        self._providers = {code: rank for rank, code in enumerate(providers)}
        self._told: dict[tuple[str, Period], Number | None] = {}
        self._summed: dict[Period, Summed] = {}
        self._by: dict[tuple[str, int, int], list[Entry]] = defaultdict(list)
        units: dict[str, int] = defaultdict(int)
        for entry in entries:
            self._by[entry.series.measure, entry.first_month, entry.last_month].append(entry)
            if entry.series.measure == Measure.LEVEL:
                units[entry.series.unit] += 1
        # One unit a row: the catalogue's own, else the one that most entries have.
        self.unit = indicator.unit if indicator.unit in units else max(units, key=lambda u: units[u], default="")

    def periods(self) -> list[Period]:
        """All periods that any entry speaks of, the latest first, longer before shorter."""
        spans = {(first, last) for _, first, last in self._by}
        return [Period(first, last) for first, last in sorted(spans, key=lambda s: (-s[1], s[0]))]

    # What was stated.

    def level(self, period: Period) -> Number | None:
        """The level of a period: actual before estimate, official before preliminary."""
        return self._once("level", period, lambda: self._stated(Measure.LEVEL, period, _DONE, unit=self.unit))

    def _once(self, what: str, period: Period, find: Callable[[], Number | None]) -> Number | None:
        """Growth, plan ratio and state ask for the same numbers again and again."""
        if (what, period) not in self._told:
            self._told[what, period] = find()
        return self._told[what, period]

    def value(self, period: Period) -> Number | None:
        """What the period's number is: its level, or else so many of so many, or else a share."""
        return (
            self.level(period)
            or self._stated(Measure.RATIO, period, _DONE)
            or self._stated(Measure.SHARE, period, _DONE)
        )

    def forecast(self, period: Period) -> Number | None:
        return self._stated(Measure.LEVEL, period, (EntryKind.FORECAST,), unit=self.unit)

    def _stated(
        self, measure: str, period: Period, kinds: tuple[EntryKind, ...], unit: str | None = None, yearly: bool = False
    ) -> Number | None:
        against = ("", period.shift_years(-1).code)
        found = [
            entry
            for entry in self._by.get((measure, period.first, period.last), ())
            if entry.kind in kinds
            and (unit is None or entry.series.unit == unit)
            and (not yearly or entry.base in against)
        ]
        best = min(found, key=self._rank, default=None)
        if best is None and measure == Measure.LEVEL and kinds == _DONE:
            return self._sum_of_months(period)
        return self._number(best) if best else None

    def _rank(self, entry: Entry) -> tuple[int, int, int, int]:
        """Provider before kind, kind before release, release before what was said later."""
        return (self.heard(entry.series.provider), *earlier_first(entry.kind, entry.vintage), -entry.pk)

    def _number(self, entry: Entry) -> Number:
        scale, unit = self._display(entry.series.unit)
        value, low, high = entry.amount, entry.low, entry.high
        return Number(
            value=value, low=low, high=high, unit=entry.series.unit, display=_short(value / scale),
            display_low=_short(low / scale), display_high=_short(high / scale), display_unit=unit, period=entry.period,
            entries=(entry.uuid,), measure=entry.series.measure, of=entry.amount_of, kind=entry.kind,
            vintage=entry.vintage, hedge=entry.hedge, written=entry.source.number if entry.source else "",
            provider=entry.series.provider,
        )  # fmt: skip

    def _display(self, unit: str) -> tuple[int, str]:
        if unit and unit == self.indicator.unit and self.indicator.display_unit:
            return self.indicator.display_scale, self.indicator.display_unit
        return 1, unit

    # What its months add up to.

    def add_up(self, period: Period, summed: Summed) -> None:
        """Let the level of a period, where none was stated, be what its months came to."""
        self._summed[period] = summed
        self._told.pop(("level", period), None)

    def add_months(self, period: Period, parts: Sequence[Number]) -> None:
        """The same, from the levels of its months."""
        value, low, high = (
            sum(each, Decimal(0)) for each in zip(*((n.value, n.low, n.high) for n in parts), strict=True)
        )
        estimated = sum(part.kind == EntryKind.ESTIMATE for part in parts)
        self.add_up(period, Summed(value, low, high, 0, parts[0].provider, len(parts), estimated))

    def heard(self, provider: str) -> int:
        """The place of a provider among those that are believed."""
        return self._providers.get(provider, len(self._providers))

    def amount(self, period: Period) -> float | None:
        """The level in base units, for what needs no more than its size."""
        summed = self._summed.get(period)
        if summed and self.stands_alone(period) and (Measure.LEVEL, period.first, period.last) not in self._by:
            return float(summed.value) / 10.0**summed.scale
        level = self.level(period)
        return float(level.value) if level else None

    def _sum_of_months(self, period: Period) -> Number | None:
        summed = self._summed.get(period)
        if summed is None:
            return None
        scale, unit = self._display(self.unit)
        value, low, high = (Decimal(n).scaleb(-summed.scale) for n in (summed.value, summed.low, summed.high))
        return Number(
            value=value, low=low, high=high, unit=self.unit, display=_short(value / scale),
            display_low=_short(low / scale), display_high=_short(high / scale), display_unit=unit, period=period.code,
            entries=(), kind=summed.kind, derived=True, provider=summed.provider, months=summed.months,
            estimated=summed.estimated,
        )  # fmt: skip

    # What follows from it.

    def growth(self, period: Period) -> Number | None:
        """Against the same period of the year before: stated, or 100 off a stated index, or computed from levels."""
        return self._growth_told(period, _DONE) or self._grown(period, period.shift_years(-1))

    def growth_asked(self, period: Period) -> Number | None:
        """The growth on the year before that a plan states for the period."""
        return self._growth_told(period, (EntryKind.PLAN,))

    def _growth_told(self, period: Period, kinds: tuple[EntryKind, ...]) -> Number | None:
        stated = self._stated(Measure.GROWTH, period, kinds, yearly=True)
        if stated:
            return stated
        index = self._stated(Measure.INDEX, period, kinds, yearly=True)
        if index and index.unit == "%":
            off = Bounded(index.value - 100, index.low - 100, index.high - 100)
            return self._derived(off, "%", period, (index,), f"{_said(index)} − 100")
        return None

    def growth_on_last(self, period: Period) -> Number | None:
        """Against the period of the same length just before: stated, or computed from levels."""
        before = period.before()
        stated = [
            entry
            for entry in self._by.get((Measure.GROWTH, period.first, period.last), ())
            if entry.kind in _DONE and entry.base == before.code
        ]
        if stated and self.stands_alone(period):
            return self._number(min(stated, key=self._rank))
        return self._grown(period, before)

    def stands_alone(self, period: Period) -> bool:
        """Whether what was stated for the period is what is shown; not so where it is put on other boundaries."""
        return True

    def _grown(self, period: Period, base: Period) -> Number | None:
        """From two levels, if they are of one provider."""
        now, before = self.level(period), self.level(base)
        if not now or not before or now.provider != before.provider:
            return None
        grown = arithmetic.growth(now.bounded, before.bounded)
        if grown is None:
            return None
        return self._derived(grown, "%", period, (now, before), f"{_said(now)} ÷ {_said(before)} − 1")

    def plan(self, period: Period) -> Number | None:
        """The plan for the period; for part of a year, if it has none of its own, that of the year; else computed
        from the level and the stated plan ratio."""
        return self._once("plan", period, lambda: self._plan(period))

    def _plan(self, period: Period) -> Number | None:
        for span in (period, _year_of(period)):
            if span and (stated := self._planned(span)):
                return stated
        done, ratio = self.level(period), self._stated(Measure.PLAN_RATIO, period, _DONE)
        if done and ratio and (plan := arithmetic.plan_behind(done.bounded, ratio.bounded)):
            how = f"{_said(done)} ÷ {format_number(_short(ratio.value / 100))}"
            year = _year_of(period) or period
            return self._derived(plan, done.unit, year, (done, ratio), how)
        return None

    def _planned(self, span: Period) -> Number | None:
        """The level that a plan states; of an indicator without levels, the share or the so many of so many."""
        planned = (EntryKind.PLAN,)
        if level := self._stated(Measure.LEVEL, span, planned, unit=self.unit or None):
            return level
        if self.unit:
            return None
        return self._stated(Measure.RATIO, span, planned) or self._stated(Measure.SHARE, span, planned)

    def plan_ratio(self, period: Period) -> Number | None:
        """Percent of the plan: stated, or computed from level and plan."""
        return self._once("plan_ratio", period, lambda: self._plan_ratio(period))

    def plan_ratio_stated(self, period: Period) -> Number | None:
        return self._stated(Measure.PLAN_RATIO, period, _DONE)

    def _plan_ratio(self, period: Period) -> Number | None:
        stated = self._stated(Measure.PLAN_RATIO, period, _DONE)
        if stated:
            return stated
        done, plan = self.level(period) if self.unit else self.value(period), self.plan(period)
        if (
            done
            and plan
            and done.unit == plan.unit
            and (plan.pieces or not plan.derived)
            and (ratio := arithmetic.plan_ratio(done.bounded, plan.bounded))
        ):
            return self._derived(ratio, "%", period, (done, plan), f"{_said(done)} ÷ {_said(plan)}")
        return None

    def level_or_derived(self, period: Period) -> Number | None:
        """The level, or the one that next year's level and its stated growth imply."""
        stated = self.level(period)
        if stated:
            return stated
        after = period.shift_years(1)
        now, grown = self.level(after), self._stated(Measure.GROWTH, after, _DONE, yearly=True)
        if now and grown and (level := arithmetic.level_before(now.bounded, grown.bounded)):
            divisor = format_number(_short(1 + grown.value / 100))
            return self._derived(level, now.unit, period, (now, grown), f"{_said(now)} ÷ {divisor}")
        return None

    def own_plan(self, period: Period) -> bool:
        """Whether the plan is for this very period, not for the year around it."""
        plan = self.plan(period)
        return bool(plan and (plan.pieces or not plan.derived) and plan.period == period.code)

    def state(self, period: Period) -> PlanState:
        ratio = self.plan_ratio(period)
        over = self.own_plan(period) or period.length >= 12
        told = arithmetic.state_against_plan(ratio.bounded if ratio else None, self.indicator.good, over)
        return PlanState(told)

    def _derived(self, number: Bounded, unit: str, period: Period, of: tuple[Number, ...], how: str) -> Number:
        scale, display_unit = self._display(unit)
        display = Bounded(number.value / scale, number.low / scale, number.high / scale)
        shown = arithmetic.shown(display)
        low, high = (edge.quantize(shown) for edge in (display.low, display.high))
        return Number(
            value=number.value, low=number.low, high=number.high, unit=unit, display=_short(shown),
            display_low=_short(low), display_high=_short(high), display_unit=display_unit, period=period.code,
            entries=tuple(dict.fromkeys(uuid for each in of for uuid in each.entries)), kind=of[0].kind, derived=True,
            how=how, provider=of[0].provider,
            boundaries=next((each.boundaries for each in of if each.boundaries), None),
        )  # fmt: skip


def shelves(entries: Iterable[Entry], providers: Mapping[int, Sequence[str]] | None = None) -> list[Shelf]:
    """One shelf an indicator and price basis, in the catalogue's order. What states no price basis (a growth, a
    ratio) goes with the levels of the indicator, and with the first basis if there are several."""
    by_indicator: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_indicator[entry.series.indicator_id].append(entry)
    heard = providers or {}
    found = [shelf for key, group in by_indicator.items() for shelf in _by_price_basis(group, heard.get(key, ()))]
    return sorted(found, key=lambda s: (s.indicator.order, s.indicator.sort_key, s.indicator.code, s.price_basis))


def _by_price_basis(entries: list[Entry], providers: Sequence[str]) -> list[Shelf]:
    indicator = entries[0].series.indicator
    return [Shelf(indicator, basis, part, providers) for basis, part in by_price_basis(entries).items()]


def by_price_basis(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The entries of one indicator by the price basis of its levels."""
    bases = sorted({e.series.price_basis for e in entries if e.series.measure == Measure.LEVEL})
    if not bases:
        bases = sorted({e.series.price_basis for e in entries})[:1]
    return {
        basis: [e for e in entries if (e.series.price_basis if e.series.price_basis in bases else bases[0]) == basis]
        for basis in bases
    }


def _year_of(period: Period) -> Period | None:
    """The calendar year around part of a year."""
    if period.start_year != period.end_year or period.is_year:
        return None
    return Period.year(period.start_year)


def _said(number: Number) -> str:
    return format_number(number.display)


def _short(value: Decimal) -> Decimal:
    """Without closing zeros after the decimal sign, and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
