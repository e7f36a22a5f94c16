# SPDX-License-Identifier: Apache-2.0
"""Which true value each figure of one source speaks of: its unit, its price basis, and what a growth grows.

A growth, a plan ratio or a change speaks of the level told before it: in its unit and at its prices. Levels that differ
as two different things do are kept apart, as senses of one name; the sense told most is the main one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Kind, Stated, Variable
from bamsat.core.check.ties.alike import is_slip, overlap
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold

# A period is no part of anything.
_PERIOD = re.compile(r"(?:(?:ca )?nam|quy|thang|\d+ thang|nua)(?: (?:dau|cuoi|nam|[ivx\d/.-]+))*")
# "cùng kỳ năm trước đạt 120", not "so với cùng kỳ tăng 120".
_EARLIER = re.compile(r"(?<!so )(?<!với )\b(cùng kỳ|năm trước|quý trước|tháng trước)\b")
_LENGTHS = {"quý trước": 3, "tháng trước": 1}
_KINDS: dict[str, Kind] = {"target": "plan", "forecast": "forecast"}
_BESIDE = 40
_NEXT = 2  # sentences after a level in which the year before may be told
_LOOSE = Decimal("0.1")  # how far from each other a hedged number and another of the same value may be


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure and the series it belongs to: a true value without its unit and prices."""

    at: int
    stated: Stated
    series: Variable
    period: Period

    @property
    def figure(self) -> Figure:
        return self.stated.figure


@dataclass(slots=True)
class Sense:
    """Levels of one series that may be one value, and the true value that they bound."""

    variable: Variable
    members: list[Placed] = field(default_factory=list)


@dataclass(slots=True)
class Levels:
    """The levels of one source: their senses by series, unit and prices; which names have more than one sense."""

    senses: dict[Variable, list[Sense]] = field(default_factory=dict)
    doubled: set[Variable] = field(default_factory=set)

    def of_series(self, series: Variable) -> list[Sense]:
        """Every sense told of a series, in any unit and at any prices."""
        return self.senses.get(series, [])


def placed(at: int, stated: Stated, knowledge: Knowledge) -> Placed | None:
    """The series of a figure; None for what ties nothing: a number without a period, a ratio of counts.

    A family's free label names one thing within a sentence only.
    """
    figure = stated.figure
    free = knowledge.is_free(figure.indicator)
    if not figure.period or figure.measure == "ratio" or (free and stated.sentence < 0):
        return None
    try:
        period = Period.parse(figure.period)
    except PeriodUnreadable:
        return None
    code, breakdown = knowledge.part_of(figure.indicator, part_words(figure, knowledge))
    if code.startswith("product:"):
        code, breakdown = _product(code, breakdown, stated, knowledge)
    if figure.measure == "level" and "/" not in figure.unit and _is_mean(stated, knowledge):
        breakdown += APART
    if free:
        breakdown += f"{APART}{stated.sentence}"
    kind = _KINDS.get(figure.status, "actual")
    place = stated.place or fold(figure.area or "")
    return Placed(at, stated, Variable(code, place, period.code, breakdown, kind, source=stated.source), period)


def _is_mean(stated: Stated, knowledge: Knowledge) -> bool:
    """Whether the words say that a level is what each month or day comes to, which is no part of a total."""
    before, _, after = stated.near.partition(stated.figure.number)
    clause = re.split(r"[;.()]", before)[-1]
    said = f" {fold(clause)} {fold(after[:12])} "
    return any(f" {words} " in said for words in knowledge.means)


def part_words(figure: Figure, knowledge: Knowledge) -> str:
    """The words of a part; a period, a heading, who tells it or a word of the whole's own name is none."""
    segment = figure.segment or ""
    said = f" {fold(segment)} "
    who = ":" in segment or any(f" {words} " in said for words in knowledge.tellers)
    own = said.strip() in fold(knowledge.name(figure.indicator).vi).split()
    return "" if who or own or _PERIOD.fullmatch(said.strip()) else segment


def settled(figures: Sequence[Placed]) -> list[Placed]:
    """The figures of one source with what their neighbours say of them: a part that a level only inherits from another
    sentence may not be its own, and "cùng kỳ" beside a level is of the year before."""
    by_series: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in figures:
        if one.figure.measure == "level" and one.stated.sentence >= 0:
            by_series[one.series.indicator, one.series.breakdown].append(one)
    return [
        _settle(one, by_series[one.series.indicator, one.series.breakdown])
        if one.figure.measure == "level" and one.stated.sentence >= 0
        else one
        for one in figures
    ]


def _settle(one: Placed, levels: Sequence[Placed]) -> Placed:
    before = [
        (one.stated.sentence - other.stated.sentence, other)
        for other in levels
        if other.figure.start < one.figure.start
    ]
    series = one.series
    own = not (series.breakdown or series.indicator != one.figure.indicator)
    if "indicator" in one.figure.inferred and not own and all(apart for apart, _ in before):
        series = replace(series, breakdown=series.breakdown + APART)
    told = any(
        0 <= apart <= _NEXT and other.series == one.series and not _overlaps(other, one) for apart, other in before
    )
    if told and series.kind == "actual" and (base := _said_before(one)) is not None:
        return replace(one, series=replace(series, period=base.code), period=base)
    return replace(one, series=series)


def _said_before(one: Placed) -> Period | None:
    """The earlier period that the words before a level name as its own: "Quý trước, xuất khẩu đạt 120 triệu USD"."""
    before, found, _ = one.stated.near.partition(one.figure.number)
    clause = re.split(r"[;.(]", re.sub(r"\([^)]*\)", " ", before.lower()))[-1]
    said = [match[1] for match in _EARLIER.finditer(clause)] if found else []
    if not said:
        return None
    length = _LENGTHS.get(said[-1])
    if length is None:
        return one.period.shift_years(-1)
    return one.period.before() if one.period.length == length else None


def _overlaps(one: Placed, other: Placed) -> bool:
    return overlap((one.figure.lower, one.figure.upper), (other.figure.lower, other.figure.upper))


def _product(code: str, breakdown: str, stated: Stated, knowledge: Knowledge) -> tuple[str, str]:
    """A product sold, stored or priced is another series than the product made."""
    code = "product:" + fold(code.partition(":")[2])
    said = f" {fold(stated.figure.label)} {fold(_before(stated))} "
    other = next((word for word in knowledge.other_than_made if f" {word} " in said), "")
    return code, f"{breakdown} {other}".strip()


def _before(stated: Stated) -> str:
    """The words just before a number in its sentence."""
    before, found, _ = stated.near.partition(stated.figure.number)
    return before[-_BESIDE:] if found else ""


def levels_of(figures: Iterable[Placed], knowledge: Knowledge) -> Levels:
    """The levels of one source, by what they are levels of."""
    levels = Levels()
    grouped: dict[Variable, list[Placed]] = defaultdict(list)
    told = [one for one in figures if one.figure.measure == "level" and one.figure.unit not in ("%", "point")]
    bases = _price_bases(told)
    for one in told:
        known = bases[_prices_key(one)]
        joined = one.figure.price_basis or (next(iter(known)) if len(known) == 1 else "")
        grouped[replace(one.series, unit=one.figure.unit, price_basis=joined)].append(one)
    for variable, members in grouped.items():
        senses = _senses(variable, members, told)
        if len(senses) > 1:
            levels.doubled.add(variable)
        bare = replace(variable, unit="", price_basis="")
        levels.senses.setdefault(bare, []).extend(senses)
    return levels


def _prices_key(one: Placed) -> tuple[str, str]:
    """Parts are told at the prices of their whole."""
    return one.figure.indicator, one.series.place


def _price_bases(told: Iterable[Placed]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in told:
        known = found[_prices_key(one)]
        if one.figure.price_basis:
            known.add(one.figure.price_basis)
    return found


def _senses(variable: Variable, members: Sequence[Placed], told: Sequence[Placed]) -> list[Sense]:
    """Members in senses: the first is the main one, the others bear a mark in their breakdown."""
    groups: list[list[Placed]] = []
    for one in sorted(members, key=lambda member: member.figure.start):
        home = next((group for group in groups if all(same_value(one, other) for other in group)), None)
        if home is None:
            home = next((group for group in groups if any(same_value(one, other) for other in group)), None)
        if home is None:
            groups.append(home := [])
        home.append(one)
    groups = _with_headline(groups, told)
    groups.sort(key=lambda group: -len(group))
    senses = [Sense(variable, groups[0])]
    for number, group in enumerate(groups[1:], 2):
        senses.append(Sense(replace(variable, breakdown=f"{variable.breakdown}{APART}{number}"), group))
    return senses


def _with_headline(groups: list[list[Placed]], told: Sequence[Placed]) -> list[list[Placed]]:
    """A headline repeats the text: one whose number is nowhere in it repeats the value of the same name."""
    if len(groups) != 2:
        return groups
    head, rest = groups if groups[0][0].figure.start < groups[1][0].figure.start else groups[::-1]
    first = head[0]
    alone = len(head) == 1 and first.stated.sentence == 0 and all(one.stated.sentence > 0 for one in rest)
    repeated = any(one is not first and one.figure.unit == first.figure.unit and _overlaps(one, first) for one in told)
    return [[*head, *rest]] if alone and not repeated and first.figure.hedge is None else groups


def same_value(one: Placed, other: Placed) -> bool:
    """Whether two levels of one series are one value told twice, rightly, loosely or with a slip."""
    if _overlaps(one, other):
        return True
    if _in_one_sentence(one, other):
        return False
    loose = one.figure.hedge is not None or other.figure.hedge is not None
    return is_slip(one.figure.value, other.figure.value) or (loose and _close(one.figure.value, other.figure.value))


def _close(one: Decimal, other: Decimal) -> bool:
    return one * other > 0 and abs(one - other) <= _LOOSE * min(abs(one), abs(other))


def _in_one_sentence(one: Placed, other: Placed) -> bool:
    """No sentence tells one value twice: two numbers in it are two things whose difference the reader lost."""
    return one.stated.sentence >= 0 and one.stated.sentence == other.stated.sentence


def level_before(one: Placed, series: Variable, levels: Levels, knowledge: Knowledge) -> Variable | None:
    """The level that a ratio speaks of: the nearest before it in the text, else the only one there is."""
    own = levels.of_series(series)
    senses = [*own, *levels.of_series(replace(series, breakdown=series.breakdown + APART))]
    if wanted := _wanted_unit(one, knowledge):
        money = wanted == "value"
        senses = [sense for sense in senses if (sense.variable.unit in ("VND", "USD")) == money]
    before = [
        (member.figure.start, sense.variable)
        for sense in senses for member in sense.members if member.figure.start < one.figure.start
    ]  # fmt: skip
    if before:
        return max(before)[1]
    mains = {sense.variable for sense in own if sense in senses}
    return mains.pop() if len(mains) == 1 else None


def _wanted_unit(one: Placed, knowledge: Knowledge) -> str:
    """Whether the words beside a ratio say that it is of quantity or of value."""
    after = fold(one.stated.near.partition(one.figure.number)[2][:_BESIDE].partition(",")[0])
    if any(word in after for word in knowledge.by_volume):
        return "volume"
    return "value" if any(word in after for word in knowledge.by_value) else ""
