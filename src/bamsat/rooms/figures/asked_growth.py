# SPDX-License-Identifier: Apache-2.0
"""The growth that a plan asks for: as the plan states it, and as it follows from its target and last year's level.

Both are intervals: "gần 51.000" beside 46.315 asks for anything from 7,96 to 10,12 percent, and so agrees with a stated
9,7. Where last year has no number of the same thing, nothing is computed, and the reason says what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.compare import arithmetic
from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.ledger.identities import Identity
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.comparison import Number, Shelf
from bamsat.rooms.figures.models import EntryKind, Measure
from bamsat.ui import words

_ONE, _HUNDRED = Decimal(1), Decimal(100)
_YEAR = 12


@dataclass(frozen=True, slots=True)
class AfterFall:
    """What is left of a fall when the plan is met."""

    left: Number  # against the year before the fall, in percent: below zero where the plan does not make it good
    recovery: Number  # the growth that would

    @property
    def made_good(self) -> bool:
        return self.left.low >= 0


@dataclass(frozen=True, slots=True)
class Asked:
    """The growth that a plan asks for, in percent against the same period of the year before."""

    stated: Number | None
    computed: Number | None
    refusal: str = ""  # why none was computed
    target: Number | None = None  # the level that the stated growth asks for, where the plan states no level
    after_fall: AfterFall | None = None

    @property
    def best(self) -> Number | None:
        """What the plan says, else what follows from it."""
        return self.stated or self.computed

    @property
    def agree(self) -> bool | None:
        """Whether both can be true; None where there is only one."""
        if self.stated is None or self.computed is None:
            return None
        return self.stated.low <= self.computed.high and self.computed.low <= self.stated.high

    @property
    def only_by_hedge(self) -> bool:
        """Whether they agree only because a hedge ("gần", "trên") is taken at its word."""
        if not self.agree or self.stated is None or self.computed is None:
            return False
        return not self.stated.low <= self.computed.value <= self.stated.high


def asked_growth(
    shelf: Shelf, period: Period, beside: Sequence[Shelf] = (), knowledge: Knowledge | None = None
) -> Asked | None:
    """What the plan for a period asks for; for part of a year without a plan of its own, that of the year.

    `beside` are the other shelves of the place: last year's level of a total may follow from its parts. None where no
    plan speaks of the period.
    """
    if period.length > _YEAR:  # the growth of several years is told a year on average, which is another thing
        return None
    for span in dict.fromkeys((period, Period.year(period.end_year))):
        stated, plan = shelf.growth_asked(span), shelf.plan(span)
        if plan is not None and plan.period != span.code:
            plan = None
        if stated or plan:
            return _asked(shelf, span, stated, plan, beside, knowledge or Knowledge.shipped())
    return None


def _asked(
    shelf: Shelf, span: Period, stated: Number | None, plan: Number | None, beside: Sequence[Shelf],
    knowledge: Knowledge,
) -> Asked:  # fmt: skip
    before = shelf.level_or_derived(span.shift_years(-1)) or _sum_of_parts(shelf, span, beside, knowledge)
    computed = _computed(shelf, span, plan, before)
    asked = Asked(stated, computed, target=_target(stated, before, span) if plan is None else None)
    if computed is None and asked.target is None:
        asked = replace(asked, refusal=_refusal(shelf, span, beside, knowledge))
    return replace(asked, after_fall=_after_fall(shelf, span, asked.best))


def _computed(shelf: Shelf, span: Period, plan: Number | None, before: Number | None) -> Number | None:
    if plan is None or before is None or shelf.unit == "%":
        return None
    if plan.derived and before.derived and (at_once := _from_ratios(shelf, span)):
        return at_once
    grown = arithmetic.growth(plan.bounded, before.bounded)
    below = f"({before.how})" if before.derived and "+" in before.how else format_number(before.display)
    if grown is None:
        return None
    return _percent(grown, span, (plan, before), f"{format_number(plan.display)} ÷ {below} − 1")


def _from_ratios(shelf: Shelf, span: Period) -> Number | None:
    """Of "tăng 7,7%, bằng 100,38% kế hoạch" the level falls out, and with it what its rounding leaves open."""
    grown, ratio = shelf.growth(span), shelf.plan_ratio(span)
    if grown is None or ratio is None or grown.derived or ratio.derived:
        return None
    asked = arithmetic.quotient(_factor(grown), Bounded(*(part / _HUNDRED for part in _parts(ratio))))
    how = f"{format_number(_ONE + grown.value / _HUNDRED)} ÷ {format_number(ratio.value / _HUNDRED)} − 1"
    return _percent(_off(asked), span, (grown, ratio), how) if asked else None


def _target(stated: Number | None, before: Number | None, span: Period) -> Number | None:
    """46.315 and "tăng 9,7%" ask for 50.807,6."""
    if stated is None or before is None:
        return None
    factor = _factor(stated)
    corners = [a * b for a in (before.low, before.high) for b in (factor.low, factor.high)]
    scale = before.value / before.display if before.display else _ONE
    bounds = Bounded(before.value * factor.value, min(corners), max(corners))
    shown = arithmetic.shown(Bounded(*(part / scale for part in (bounds.value, bounds.low, bounds.high))))
    return replace(
        before, value=bounds.value, low=bounds.low, high=bounds.high, display=shown,
        display_low=(bounds.low / scale).quantize(shown), display_high=(bounds.high / scale).quantize(shown),
        period=span.code, entries=(*before.entries, *stated.entries), kind=EntryKind.PLAN, hedge="", written="",
        derived=True, how=f"{format_number(before.display)} × {format_number(factor.value)}",
    )  # fmt: skip


def _after_fall(shelf: Shelf, span: Period, asked: Number | None) -> AfterFall | None:
    """6,8 percent on what fell by 9,16 leaves 2,98 percent below where it was."""
    fallen = shelf.growth(span.shift_years(-1))
    if asked is None or fallen is None or fallen.high >= 0 or fallen.low <= -_HUNDRED:
        return None
    first, second = _factor(fallen), _factor(asked)
    corners = [a * b for a in (first.low, first.high) for b in (second.low, second.high)]
    both = Bounded(first.value * second.value, min(corners), max(corners))
    back = arithmetic.quotient(Bounded.exactly(_ONE), first)
    assert back  # nothing falls by all there was
    how = f"{format_number(first.value)} × {format_number(second.value)} − 1"
    return AfterFall(
        _percent(_off(both), span, (asked, fallen), how),
        _percent(_off(back), span, (fallen,), f"1 ÷ {format_number(first.value)} − 1"),
    )


# Last year's level of a total, from its parts.


def _sum_of_parts(shelf: Shelf, span: Period, beside: Sequence[Shelf], knowledge: Knowledge) -> Number | None:
    """Exports and imports of last year, where their total is not stated; None unless every part is there."""
    identity = _identity(shelf, knowledge)
    if identity is None:
        return None
    last, parts = span.shift_years(-1), _shelves_of(identity, shelf, beside)
    found = {code: level for code, part in parts.items() if (level := part.level(last))}
    if not found or _lacking(identity, found, parts, knowledge):
        return None
    numbers = tuple(found.values())
    bounds = Bounded(*(sum(each, Decimal(0)) for each in zip(*(_parts(n) for n in numbers), strict=True)))
    display = Bounded(
        *(
            sum(each, Decimal(0))
            for each in zip(*((n.display, n.display_low, n.display_high) for n in numbers), strict=True)
        )
    )
    return replace(
        numbers[0], value=bounds.value, low=bounds.low, high=bounds.high, display=display.value,
        display_low=display.low, display_high=display.high, period=last.code,
        entries=tuple(uuid for n in numbers for uuid in n.entries), hedge="", written="", derived=True,
        how=" + ".join(format_number(n.display) for n in numbers),
    )  # fmt: skip


def _identity(shelf: Shelf, knowledge: Knowledge) -> Identity | None:
    of = shelf.indicator.code
    plain = (one for one in knowledge.identities if one.whole == of and all(term.times == 1 for term in one.terms))
    return next(plain, None)


def _shelves_of(identity: Identity, shelf: Shelf, beside: Sequence[Shelf]) -> dict[str, Shelf]:
    codes = {term.code for term in identity.terms}
    alike = (one for one in beside if (one.price_basis, one.unit) == (shelf.price_basis, shelf.unit))
    return {one.indicator.code: one for one in alike if one.indicator.code in codes}


def _lacking(
    identity: Identity, found: dict[str, Number], parts: dict[str, Shelf], knowledge: Knowledge
) -> tuple[str, ...]:
    """The parts without a level; one that is nil unless somebody speaks of it is not missed where nobody does."""
    return tuple(
        term.code
        for term in identity.terms
        if term.code not in found and (term.code not in knowledge.optional or term.code in parts)
    )


# Why not.


def _refusal(shelf: Shelf, span: Period, beside: Sequence[Shelf], knowledge: Knowledge) -> str:
    """What last year lacks, and what it has instead that is not the same thing."""
    last = span.shift_years(-1)
    told = {"name": shelf.indicator.name, "year": words.period(last.code)}
    for other in beside:
        same = other.indicator == shelf.indicator and other.price_basis != shelf.price_basis
        if same and other.level_or_derived(last):
            told |= {"plan": words.price_basis(shelf.price_basis), "done": words.price_basis(other.price_basis)}
            return _("Kế hoạch theo %(plan)s, %(year)s theo %(done)s: hai loại giá không so với nhau được.") % told
    identity = _identity(shelf, knowledge)
    parts = _shelves_of(identity, shelf, beside) if identity else {}
    found = {code: level for code, part in parts.items() if (level := part.level(last))}
    if identity and found:
        told["parts"] = ", ".join(f"{parts[code].indicator.name} {_told(level)}" for code, level in found.items())
        told["lacking"] = ", ".join(_name(code, knowledge) for code in _lacking(identity, found, parts, knowledge))
        return _("%(name)s %(year)s chỉ biết %(parts)s, còn thiếu %(lacking)s: phần không so được với tổng.") % told
    return _("%(name)s %(year)s chưa có số để so.") % told


def _told(level: Number) -> str:
    return f"{words.hedged(format_number(level.display), level.hedge)} {words.unit_name(level.display_unit)}"


def _name(code: str, knowledge: Knowledge) -> str:
    name = knowledge.name(code)
    return name.en if words.language() == "en" else name.vi


# Numbers.


def _parts(number: Number) -> tuple[Decimal, Decimal, Decimal]:
    return (number.value, number.low, number.high)


def _factor(percent: Number) -> Bounded:
    return Bounded(*(_ONE + part / _HUNDRED for part in _parts(percent)))


def _off(factor: Bounded) -> Bounded:
    return Bounded(*((part - _ONE) * _HUNDRED for part in (factor.value, factor.low, factor.high)))


def _percent(bounds: Bounded, span: Period, of: tuple[Number, ...], how: str) -> Number:
    shown = arithmetic.shown(bounds)
    return Number(
        value=bounds.value, low=bounds.low, high=bounds.high, unit="%", display=shown,
        display_low=bounds.low.quantize(shown), display_high=bounds.high.quantize(shown), display_unit="%",
        period=span.code, entries=tuple(dict.fromkeys(uuid for each in of for uuid in each.entries)),
        measure=Measure.GROWTH, kind=EntryKind.PLAN, derived=True, how=how, provider=of[0].provider,
    )  # fmt: skip
