# SPDX-License-Identifier: Apache-2.0
"""What growths, indices, plan ratios, shares, changes and contributions of one source tie together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Variable
from bamsat.core.check.ties.alike import explained, is_slip, overlap
from bamsat.core.check.ties.intervals import Said, ratio_said, ratio_span
from bamsat.core.check.ties.series import Levels, Placed, level_before
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold

# A plan ratio of part of a year without a word about its plan: beyond this it is hardly against the year's plan.
_MOST_OF_A_YEAR = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Tied:
    """A ratio figure with the true values that it ties: upper over lower, a change, or a contribution to `whole`."""

    one: Placed
    upper: Variable
    lower: Variable
    rule: str
    said: tuple[Said, ...]
    whole: Variable | None = None


def ties_of(figures: Iterable[Placed], levels: Levels, knowledge: Knowledge) -> list[Tied]:
    """The ties of one source's ratios; those that a sentence tells twice with two values are left out."""
    tied = [tie for one in figures if (tie := _tie(one, levels, knowledge)) is not None]
    return list(_told_alike(tied))


def _tie(one: Placed, levels: Levels, knowledge: Knowledge) -> Tied | None:
    figure = one.figure
    if one.series.indicator in knowledge.signed or (figure.measure != "change" and figure.unit not in ("%", "point")):
        return None
    if knowledge.is_free(figure.indicator) and level_before(one, one.series, levels, knowledge) is None:
        return None
    if figure.measure in ("growth", "index"):
        return _growth(one, levels, knowledge)
    if figure.measure == "plan_ratio":
        return _plan_ratio(one, levels, knowledge)
    if figure.measure == "share":
        return _share(one, levels, knowledge)
    if figure.measure == "change":
        return _change(one, levels, knowledge)
    return _contribution(one, levels, knowledge) if figure.measure == "contribution" else None


def _upper(one: Placed, levels: Levels, knowledge: Knowledge) -> Variable:
    """The true value that a ratio is of, with the unit and the prices of the level it follows."""
    told = level_before(one, one.series, levels, knowledge)
    if told is not None:
        return told
    unit, prices = knowledge.unit_of(one.series.indicator), one.figure.price_basis or ""
    if unit == "%":
        unit = ""
    return replace(one.series, unit=unit, price_basis=prices)


def _base(one: Placed) -> Period | None:
    """The period compared with, where it is one of the same length before this one."""
    try:
        base = Period.parse(one.figure.base or "")
    except PeriodUnreadable:
        return None
    return base if base.length == one.period.length and base.last < one.period.first else None


def _growth(one: Placed, levels: Levels, knowledge: Knowledge) -> Tied | None:
    base = _base(one)
    if base is None or one.figure.unit != "%":
        return None
    upper = _compared_with(one, base, _upper(one, levels, knowledge), levels)
    if upper.period != one.period.code:
        base = one.period
    lower = replace(upper, period=base.code, kind="actual")
    other_prices = upper.indicator in knowledge.several_prices and not _same_prices(one, upper)
    if other_prices and upper.indicator not in knowledge.real_growth:
        other_prices = not _both_told(upper, lower, levels)
    return Tied(one, upper, lower, one.figure.measure, tuple(ratio_said(one.stated, other_prices)))


def _compared_with(one: Placed, base: Period, upper: Variable, levels: Levels) -> Variable:
    """What really grew in "8/2020 là 3.747; 8/2019 là 3.686, tức tăng 1,6%": the level told before its own base."""
    shift = one.period.first - base.first
    later = Period(one.period.first + shift, one.period.last + shift).code
    now = replace(upper, period=later, kind="actual")
    if "base" in one.figure.inferred and _told_beside(one, upper, levels) and _told_beside(one, now, levels):
        return now
    return upper


def _told_beside(one: Placed, variable: Variable, levels: Levels) -> bool:
    """Whether a value is told in the same sentence as a ratio, before it."""
    return any(
        sense.variable == variable and 0 <= member.stated.sentence == one.stated.sentence
        for sense in levels.of_series(replace(variable, unit="", price_basis=""))
        for member in sense.members
        if member.figure.start < one.figure.start
    )


def _both_told(upper: Variable, lower: Variable, levels: Levels) -> bool:
    """Whether a document that says no prices tells both levels: what is told beside them is of them."""
    return all(
        any(sense.variable == variable for sense in levels.of_series(replace(variable, unit="", price_basis="")))
        for variable in (upper, lower)
    )


def _same_prices(one: Placed, upper: Variable) -> bool:
    """Whether a growth is surely at the prices of its level: said so, or a document that knows constant prices only."""
    if not upper.price_basis:
        return False
    return one.figure.price_basis == upper.price_basis or (
        one.figure.price_basis is None and upper.price_basis.startswith("constant")
    )


def _plan_ratio(one: Placed, levels: Levels, knowledge: Knowledge) -> Tied | None:
    if one.series.kind != "actual" or one.figure.unit != "%" or one.figure.lower <= 0:
        return None
    upper = _upper(one, levels, knowledge)
    period, assumed = _plan_period(one, knowledge)
    if period is None:
        return None
    said = ratio_said(one.stated)
    if assumed:
        said = [Said(each.low, each.high, assumed) for each in said[:1]]
    lower = replace(upper, period=period.code, kind="plan")
    return Tied(one, upper, lower, "plan_ratio", tuple(said))


def _plan_period(one: Placed, knowledge: Knowledge) -> tuple[Period | None, str]:
    """Whose plan it is: what the words beside the number say, else the year's, which is then assumed."""
    if one.period.length >= 12:
        return one.period, ""
    after = fold(one.stated.near.partition(one.figure.number)[2][:60])
    said = next((length for words, length in knowledge.plan_words if words in after), 0)
    year = Period.year(one.period.start_year)
    if said == 12:
        return year, ""
    if said:
        return (one.period, "") if said == one.period.length else (None, "")
    usual = Decimal(100) * one.period.length / 12
    return (year, "plan_period") if one.figure.value <= usual * _MOST_OF_A_YEAR else (None, "")


def _share(one: Placed, levels: Levels, knowledge: Knowledge) -> Tied | None:
    """A part over its whole; the whole of a part with a code of its own is what the partitions say."""
    whole = one.series.indicator if one.series.breakdown else whole_of(one.series.indicator, knowledge)
    if not whole or one.figure.unit != "%" or one.figure.lower < 0:
        return None
    told = level_before(one, one.series, levels, knowledge)
    series = replace(one.series, indicator=whole, breakdown="")
    mains = {s.variable for s in levels.of_series(series) if APART not in s.variable.breakdown}
    if told is not None:
        lower = replace(told, indicator=whole, breakdown="")
    elif len(mains) == 1:
        lower = mains.pop()
        told = replace(lower, indicator=one.series.indicator, breakdown=one.series.breakdown)
    else:
        told = _upper(one, levels, knowledge)
        lower = replace(told, indicator=whole, breakdown="")
    sure = bool(whole_of(one.series.indicator, knowledge)) or _listed(one.series, knowledge)
    sure = sure or (_told_beside(one, told, levels) and _nearly(one, told, lower, levels))
    said = ratio_said(one.stated)
    return Tied(one, told, lower, "share", tuple(said if sure else [Said(s.low, s.high, "scope") for s in said[:1]]))


def _nearly(one: Placed, part: Variable, whole: Variable, levels: Levels) -> bool:
    """Whether a share is that of two levels told, or is out as people err: then it is of them."""
    above, below = (
        [
            member.figure
            for sense in levels.of_series(replace(each, unit="", price_basis="")) if sense.variable == each
            for member in sense.members if member.figure.hedge is None
        ]
        for each in (part, whole)
    )  # fmt: skip
    if not above or not below or below[0].value <= 0:
        return False
    share = above[0].value / below[0].value * 100
    return overlap(ratio_span(one.stated), (share, share)) or explained(one.figure.value, share)


def whole_of(indicator: str, knowledge: Knowledge) -> str:
    """The indicator that an indicator is a part of, if the partitions know it as one."""
    codes = (p.indicator for p in knowledge.partitions if any(part.code == indicator for part in p.parts))
    return next(codes, "")


def _listed(series: Variable, knowledge: Knowledge) -> bool:
    return any(
        whole.indicator == series.indicator and any(part.breakdown == series.breakdown for part in whole.parts)
        for whole in knowledge.partitions
    )


def _change(one: Placed, levels: Levels, knowledge: Knowledge) -> Tied | None:
    """What was added since the base: only where the level beside it is told in the same unit."""
    base = _base(one)
    told = level_before(one, one.series, levels, knowledge)
    if base is None or told is None or told.unit != one.figure.unit or one.figure.hedge:
        return None
    upper = _compared_with(one, base, told, levels)
    if upper != told:
        base = one.period
    said = (Said(one.figure.lower, one.figure.upper, ""),)
    return Tied(one, upper, replace(upper, period=base.code, kind="actual"), "change", said)


def _contribution(one: Placed, levels: Levels, knowledge: Knowledge) -> Tied | None:
    """What a part added, over the whole of the base: of a part that the partitions know, told without a hedge."""
    known = _listed(one.series, knowledge) or whole_of(one.series.indicator, knowledge)
    if one.figure.hedge or not known or knowledge.adds_up.get(one.series.indicator) != "flow":
        return None  # an index adds up by weights that are not told
    base = _base(one) or one.period.shift_years(-1)
    now = _upper(one, levels, knowledge)
    then = replace(now, period=base.code, kind="actual")
    code = whole_of(now.indicator, knowledge) or now.indicator
    whole = replace(then, indicator=code, breakdown="")
    prices = "price_basis" if code in knowledge.several_prices and not now.price_basis else ""
    return Tied(one, now, then, "contribution", (Said(one.figure.lower, one.figure.upper, prices),), whole)


def _told_alike(tied: list[Tied]) -> Iterator[Tied]:
    """Ratios of one pair told several times: those that are one saying, rightly or with a slip."""
    groups: dict[tuple[object, ...], list[Tied]] = {}
    for tie in tied:
        key = (tie.upper, tie.lower, tie.whole, tie.rule if tie.rule not in ("growth", "index") else "ratio")
        groups.setdefault(key, []).append(tie)
    for group in groups.values():
        yield from group if len(group) == 1 else _one_saying(group)


def _one_saying(group: list[Tied]) -> list[Tied]:
    alike: list[list[Tied]] = []
    for tie in group:
        home = next((others for others in alike if any(_same(tie, other) for other in others)), None)
        if home is None:
            alike.append([tie])
        else:
            home.append(tie)
    alike.sort(key=len, reverse=True)
    if len(alike) > 1 and len(alike[1]) == len(alike[0]):
        # A headline cuts the digits of the text; of other pairs nothing says which has the name.
        return _finer(alike[0], alike[1]) if len(alike) == 2 else []
    return alike[0]


def _finer(some: list[Tied], others: list[Tied]) -> list[Tied]:
    """Of two sayings the one with more decimals, where the other is what is left when these are cut."""
    one, other = (each[0].one.figure.value for each in (some, others))
    places = [-int(value.normalize().as_tuple().exponent) for value in (one, other)]
    step = Decimal(1).scaleb(-max(0, min(places)))
    if places[0] == places[1] or abs(one - other) >= step:
        return []
    return some if places[0] > places[1] else others


def _same(one: Tied, other: Tied) -> bool:
    if overlap(ratio_span(one.one.stated), ratio_span(other.one.stated)):
        return True
    sentence = one.one.stated.sentence
    if sentence >= 0 and sentence == other.one.stated.sentence:
        return False
    return _slipped(one.one, other.one)


def _slipped(one: Placed, other: Placed) -> bool:
    """An index and a growth are compared as growths."""
    values = [
        each.figure.value - (Decimal(100) if each.figure.measure == "index" else Decimal(0)) for each in (one, other)
    ]
    return is_slip(values[0], values[1])
