# SPDX-License-Identifier: Apache-2.0
"""Which relation ties which figures of a finding: what the picture draws between them.

A finding names one rule and its figures; the ties between these follow from what the figures say of themselves: a
growth hangs between the values of its period and of its base, a total over its parts, a running total over its months.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from bamsat.core.terms.period import Period, PeriodUnreadable

# Rules whose relation is between the values themselves; any other rule names the kind of a figure, or no relation.
_OVER = {"share", "contribution"}
_OF_TIME = {"growth", "change", "index"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of a finding as the picture takes it; `low` and `high` are where its rounding lets the value lie."""

    number: str
    label: str
    measure: str = "level"
    indicator: str = ""
    segment: str = ""
    place: str = ""
    period: str = ""
    base: str = ""
    status: str = ""
    unit: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def of_what(self) -> tuple[str, str, str]:
        return self.indicator, self.segment, self.place

    @property
    def planned(self) -> bool:
        return self.status in ("target", "plan", "forecast")


@dataclass(frozen=True, slots=True)
class Tie:
    """Figures, by position, that one relation holds together: those it starts from, and what they come to."""

    relation: str
    of: tuple[int, ...]
    to: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        return (*self.of, *self.to)


def ties(rule: str, figures: Sequence[Shown]) -> tuple[Tie, ...]:
    """All ties between the figures; each figure is in one at least, where there are two figures or more."""
    if len(figures) < 2:
        return ()
    levels = [at for at, figure in enumerate(figures) if figure.measure == "level"]
    found = [tie for at, figure in enumerate(figures) if figure.measure != "level"
             for tie in _of_ratio(at, figure, figures, levels)]  # fmt: skip
    found += _between_levels(figures, levels, found)
    return (*found, *_rest(rule, figures, found))


def _of_ratio(at: int, ratio: Shown, figures: Sequence[Shown], levels: Iterable[int]) -> Iterable[Tie]:
    """A growth, an index, a share or a plan ratio with the values that it compares, as far as they are published."""
    own = [each for each in levels if figures[each].of_what == ratio.of_what]
    upper = [each for each in own if figures[each].period == ratio.period and not figures[each].planned]
    if ratio.measure in _OF_TIME:
        lower = [each for each in own if ratio.base and figures[each].period == ratio.base]
    elif ratio.measure == "plan_ratio":
        lower = [each for each in own if figures[each].planned]
    elif ratio.measure in _OVER:
        lower = [each for each in levels if each not in own and figures[each].period == ratio.period]
    else:
        lower = [each for each in own if each not in upper]
    if upper:
        yield Tie(ratio.measure, (*lower, at), tuple(upper))
    elif lower:
        yield Tie(ratio.measure, (at,), tuple(lower))


def _between_levels(figures: Sequence[Shown], levels: Sequence[int], found: Sequence[Tie]) -> list[Tie]:
    """Values tied to one another: said twice, months of a year, parts of a whole, places of a place."""
    together = {frozenset(pair) for tie in found for pair in combinations(tie.all, 2)}
    groups: dict[tuple[str, tuple[str, ...]], set[int]] = {}
    for one, other in combinations(levels, 2):
        if frozenset((one, other)) not in together and (kind := _kind(figures[one], figures[other])):
            groups.setdefault(kind, set()).update((one, other))
    # Parts of a whole that are themselves in a sum with it need no tie of their own.
    sums = [group for (relation, _key), group in groups.items() if relation == "sum"]
    return [
        _tie(relation, figures, sorted(group))
        for (relation, _key), group in groups.items()
        if not any(group < more for more in sums)
    ]


def _kind(one: Shown, other: Shown) -> tuple[str, tuple[str, ...]] | None:
    """The relation between two values and what is the same in both; None where there is none."""
    if one.planned != other.planned:
        return None
    if one.period != other.period:
        if one.of_what == other.of_what and _contains(one.period, other.period):
            return "months", one.of_what
        return None
    if one.of_what == other.of_what:
        return "told_twice", (*one.of_what, one.period)
    if one.indicator != other.indicator:
        return ("sum", (one.place, one.period)) if one.place == other.place else None
    if one.place != other.place:
        return "places", (one.indicator, one.segment, one.period)
    return "parts", (one.indicator, one.place, one.period)


def _tie(relation: str, figures: Sequence[Shown], group: Sequence[int]) -> Tie:
    whole = group[-1] if relation == "told_twice" else max(group, key=lambda at: _size(relation, figures[at]))
    return Tie(relation, tuple(at for at in group if at != whole), (whole,))


def _size(relation: str, figure: Shown) -> tuple[int, Decimal]:
    """The whole is the longest period, the value without a segment, or the largest."""
    value = abs(figure.value) if figure.value is not None else Decimal(0)
    if relation == "months":
        return _months(figure.period), value
    return int(relation == "parts" and not figure.segment), value


def _rest(rule: str, figures: Sequence[Shown], found: Sequence[Tie]) -> Iterable[Tie]:
    """Figures that nothing ties yet: the rule of the finding ties them to the figure that most is said of."""
    tied = [at for tie in found for at in tie.all]
    left = [at for at in range(len(figures)) if at not in tied]
    if not left:
        return
    if tied:
        yield Tie(rule, tuple(left), (max(sorted(set(tied)), key=tied.count),))
    elif len(left) > 1:
        yield Tie(rule, tuple(left[:-1]), (left[-1],))


def _contains(one: str, other: str) -> bool:
    try:
        first, second = Period.parse(one), Period.parse(other)
    except PeriodUnreadable:
        return False
    within = first.first <= second.first and second.last <= first.last
    return within or (second.first <= first.first and first.last <= second.last)


def _months(code: str) -> int:
    try:
        return Period.parse(code).length
    except PeriodUnreadable:
        return 0
