# SPDX-License-Identifier: Apache-2.0
"""From what a shelf answers to what a report tells: each number at the size that its source wrote, with its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bamsat.core.report.facts import Fact, Topic
from bamsat.core.terms.numbers import NUMBER, read_number
from bamsat.core.terms.period import Period
from bamsat.core.terms.unit import unit_name
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.figures.asked_growth import asked_growth
from bamsat.rooms.figures.comparison import Number
from bamsat.rooms.figures.models import DEPARTMENT, EntryKind, Measure
from bamsat.rooms.reports.content.ledger import Held, Ledger
from bamsat.rooms.scoreboard.rows import held_against_plan

_STATUS = {EntryKind.PLAN: "target", EntryKind.ESTIMATE: "estimate", EntryKind.FORECAST: "forecast"}
_CALLED = {"USD": "USD"}  # what a report writes of a unit whose full name is longer
_SCALES = {1: "", 10**3: "nghìn ", 10**6: "triệu ", 10**9: "tỷ ", 10**12: "nghìn tỷ "}
_PERCENT = 2  # decimals of a computed percentage


@dataclass(frozen=True, slots=True)
class Teller:
    """Makes topics of what a ledger holds. `sources` are the names of providers, `highs` upper ends of ranges."""

    ledger: Ledger
    area: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    highs: Mapping[str, Decimal] = field(default_factory=dict)

    def topic(self, held: Held, segment: str = "", words: str = "") -> Topic:
        """One indicator in the period of the report, and since January where that is another span."""
        span, shelf = self.ledger.span, held.shelf
        if span.years:
            return self._of_years(held)
        asked, so_far = span.asked, span.so_far
        against = held_against_plan(shelf, span)
        made = self._about(held, asked, against == asked, words or segment)
        to_date = None
        if so_far is not None and so_far != asked and _runs_on(shelf.indicator):
            told = self._about(held, so_far, against == so_far, words or segment)
            to_date = told if told.facts() else None
        return replace(made, to_date=to_date, lacking=held.lacking)

    def target(self, held: Held, period: Period) -> Topic | None:
        """What the plan for a period wants, and the growth that it asks for; None where it says nothing."""
        shelf = held.shelf
        beside = [one for one in self.ledger.shelves if one is not shelf]
        plan, asked = shelf.plan(period), asked_growth(shelf, period, beside)
        if plan and (plan.period != period.code or (plan.derived and not plan.pieces)):
            plan = None
        growth = asked.stated if asked else None
        if asked and growth is None and plan and not plan.hedge and asked.computed and "+" not in asked.computed.how:
            growth = asked.computed
        if plan is None and growth is None:
            return None
        base = period.shift_years(-1)
        return Topic(
            shelf.indicator.code, shelf.indicator.name_vi, period,
            level=self.fact(held, plan, period, status="target"),
            growth=self.fact(held, growth, period, "growth", base, status="target"),
            adds_up=shelf.indicator.adds_up, good=shelf.indicator.good,
        )  # fmt: skip

    def _of_years(self, held: Held) -> Topic:
        """What was told of the years together; else of the last of them that anything was told of."""
        whole = self._about(held, self.ledger.span.asked, True, "")
        each = (self._about(held, year, True, "") for year in reversed(self.ledger.span.years[1:]))
        return whole if whole.facts() else next((topic for topic in each if topic.facts()), whole)

    def years(self, held: Held) -> list[tuple[Period, Fact | None, Fact | None]]:
        """The level of each year, and its growth on the year before."""
        return [
            (topic.period, topic.level, topic.growth)
            for topic in (self._about(held, year, False, "") for year in self.ledger.span.years)
        ]

    def _about(self, held: Held, period: Period, planned: bool, segment: str) -> Topic:
        one, shelf = held.indicator, held.shelf
        plan, ratio = (shelf.plan(period), shelf.plan_ratio(period)) if planned else (None, None)
        if plan and plan.derived and not plan.pieces:
            plan = None  # what follows from a stated ratio is nobody's plan
        year, before = period.shift_years(-1), period.before()
        on_last = shelf.growth_on_last(period) if before != year and period.length in (1, 3) else None
        value = shelf.value(period)
        share = value if value and value.measure == Measure.SHARE else None
        level = None if share else value

        def told(number: Number | None, measure: str = "", base: Period | None = None) -> Fact | None:
            fact = self.fact(held, number, period, measure, base, segment=segment)
            return self._as_sure(held, fact, level) if measure else fact

        return Topic(
            one.code, one.name_vi, period, level=told(level), growth=told(shelf.growth(period), "growth", year),
            growth_on_last=told(on_last, "growth", before), plan_ratio=told(ratio, "plan_ratio"), share=told(share),
            plan=self.fact(held, plan, Period.parse(plan.period), segment=segment) if plan else None,
            segment=segment, adds_up=one.adds_up, good=one.good,
        )  # fmt: skip

    def _as_sure(self, held: Held, fact: Fact | None, level: Number | None) -> Fact | None:
        """What is said about an estimate is one too; what was said of an estimate holds of the level that came of it
        where somebody has said the same of that."""
        if fact is None or level is None or fact.status == (level_status := status_of(level.kind)):
            return fact
        if level_status == "estimate":
            return replace(fact, status=level_status)
        same = self.ledger.confirmed(held, fact) if fact.status == "estimate" and level_status == "actual" else ()
        return replace(fact, status="actual", entries=(*same, *fact.entries)) if same else fact

    def months(self, held: Held, year: int, until: int) -> list[Fact | None]:
        """The level of each month of a year, of the provider that has most of them; None where nobody told."""
        found: dict[str, int] = defaultdict(int)
        for provider, month in held.months:
            found[provider] += month // 12 == year
        best = max(found, key=lambda code: found[code], default="")
        return [self._month(held, best, Period.month(year, at)) for at in range(1, until + 1)]

    def _month(self, held: Held, provider: str, period: Period) -> Fact | None:
        level, one = held.months.get((provider, period.first)), held.indicator
        if level is None:
            return None
        display = held.shelf.unit == one.unit and bool(one.display_unit)
        name, scale = (one.display_unit, Decimal(one.display_scale)) if display else ("", Decimal(1))
        own = held.shelf.price_basis if held.shelf.price_basis != one.price_basis else ""
        status = status_of(level.kind)
        return Fact(
            one.code, "level", level.value, held.shelf.unit, period, status=status,
            area=self.area, price_basis=own, low=level.low, high=level.high, written=(name, scale),
            places=_places((level.value / scale).normalize()), entries=(str(level.uuid),),
        )  # fmt: skip

    def fact(
        self, held: Held, number: Number | None, period: Period, measure: str = "", base: Period | None = None,
        segment: str = "", status: str = "",
    ) -> Fact | None:  # fmt: skip
        """A number of the shelf as it is told; None where there is none."""
        if number is None:
            return None
        indicator, shelf = held.indicator, held.shelf
        size, places = _written(number, indicator)
        own = shelf.price_basis if shelf.price_basis != indicator.price_basis else ""
        entries = _entries(held, number, period, base)
        high = None if number.derived else next((self.highs[one] for one in entries if one in self.highs), None)
        return Fact(
            indicator=indicator.code, measure=measure or number.measure, value=number.value, unit=number.unit,
            period=period, base=base, status=status or status_of(number.kind),
            hedge=number.hedge, value_high=high, of=number.of, segment=segment, area=self.area, price_basis=own,
            low=number.low, high=number.high, written=size, places=places, entries=entries, derived=number.derived,
            how=number.how, source=self.sources.get(number.provider, "") if number.provider != DEPARTMENT else "",
        )  # fmt: skip


def _entries(held: Held, number: Number, period: Period, base: Period | None) -> tuple[str, ...]:
    """The entries that a number comes from; those of every month where it follows from sums of months."""
    found = list(number.entries)
    for span in (period, base) if number.derived else ():
        level = held.shelf.level(span) if span else None
        if span and level and level.derived and not level.entries:
            found += held.behind(span, level.provider)
    found += [uuid for piece in number.pieces if piece.number for uuid in piece.number.entries]
    return tuple(dict.fromkeys(str(uuid) for uuid in found))


def status_of(kind: str) -> str:
    """The status of a figure by the kind of its entry."""
    return _STATUS.get(EntryKind(kind), "actual")


def _runs_on(indicator: Indicator) -> bool:
    """Whether a year so far says something else than its last month does."""
    return indicator.adds_up in (AddsUp.FLOW, AddsUp.INDEX)


def _written(number: Number, indicator: Indicator) -> tuple[tuple[str, Decimal], int | None]:
    """The unit of the text with its size, and the decimals: as the source wrote, else as the catalogue shows it."""
    if number.unit.startswith("%") or number.of is not None:
        places = _places(number.display)
        return ("", Decimal(1)), min(places, _PERCENT) if number.derived else places
    if not number.derived and (size := _as_source(number, indicator)):
        return size
    scale = indicator.display_scale if number.display_unit == indicator.display_unit and indicator.display_unit else 1
    name = indicator.display_unit if scale != 1 else ""
    return (name, Decimal(scale)), _places(number.display)


def _as_source(number: Number, indicator: Indicator) -> tuple[tuple[str, Decimal], int | None] | None:
    return written_as(number.written, number.value, number.unit, indicator)


def written_as(
    words: str, value: Decimal, unit: str, indicator: Indicator
) -> tuple[tuple[str, Decimal], int | None] | None:
    """The size at which these words write a value, and its decimals; None where they write another one."""
    digits = NUMBER.search(words)
    read = read_number(digits[0]) if digits else None
    if read is None or not read.value or value % read.value:
        return None
    scale = abs(value / read.value)
    if int(scale) not in _SCALES:
        return None
    if scale == indicator.display_scale and indicator.display_unit:
        name = indicator.display_unit
    else:
        called = _CALLED.get(unit) or unit_name(unit)
        name = _SCALES[int(scale)] + called if scale != 1 else ""
    return (name, scale), read.last_place


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
