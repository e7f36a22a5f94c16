# SPDX-License-Identifier: Apache-2.0
"""What a network leaves for each true value and each ratio of two, with the figures that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from bamsat.core.check import solving
from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.mending.nearby import outward
from bamsat.core.check.model import RATIOS, Bound, Interval, Network, Stated, Variable
from bamsat.core.check.ties.intervals import ratio_span
from bamsat.core.check.words.naming import capital, indicator_name, uncapital
from bamsat.core.check.words.written import Language, grew, period_words, span

_HUNDRED = Fraction(100)


class Span(NamedTuple):
    """Where a number lies, exactly."""

    low: Fraction
    high: Fraction

    def over(self, other: Span) -> Span:
        """The quotient of two numbers above zero."""
        return Span(self.low / other.high, self.high / other.low)

    def times(self, other: Span) -> Span:
        return Span(self.low * other.low, self.high * other.high)

    def plus(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def within(self, other: Span) -> Span:
        return Span(max(self.low, other.low), min(self.high, other.high))

    def as_growth(self) -> Span:
        """A quotient as growth in percent."""
        return Span((self.low - 1) * _HUNDRED, (self.high - 1) * _HUNDRED)

    def as_percent(self) -> Span:
        return Span(self.low * _HUNDRED, self.high * _HUNDRED)


@dataclass(frozen=True, slots=True)
class Pair:
    """A ratio that a figure states: upper over lower."""

    figure: int
    upper: int
    lower: int
    rule: str
    quotient: Span


class Values:
    """The intervals of a network without what was dropped, and who says what; computed once for all findings."""

    def __init__(
        self, network: Network, knowledge: Knowledge, dropped: Collection[int], doubted: Collection[str]
    ) -> None:
        self.network, self.knowledge = network, knowledge
        self.dropped, self.doubted = frozenset(dropped), frozenset(doubted)
        self.intervals: list[Interval] = solving.bounds(network, sorted(self.dropped)) if network.variables else []
        self.levels: dict[int, list[int]] = defaultdict(list)
        self.pairs: dict[tuple[int, int, str], list[Pair]] = defaultdict(list)
        seen: set[int] = set()
        for at, constraint in enumerate(network.constraints):
            if constraint.figure is None or constraint.figure in seen or at in self.dropped:
                continue
            seen.add(constraint.figure)
            self._take(constraint.figure, constraint.rule, constraint.rows[0].terms)
        self.above: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.below: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for upper, lower, kind in self.pairs:
            self.above[upper].append((lower, kind))
            self.below[lower].append((upper, kind))
        self._areas = {one.place: one.figure.area for one in network.figures if one.figure.area}
        self._many_places = len({variable.place for variable in network.variables}) > 1

    def _take(self, figure: int, rule: str, terms: tuple[tuple[int, int], ...]) -> None:
        stated = self.network.figures[figure]
        if stated.key in self.doubted:
            return
        if rule == "told_twice":
            self.levels[terms[0][0]].append(figure)
        elif rule in RATIOS and len(terms) == 2:
            low, high = ratio_span(stated)
            if low > 0:
                quotient = Span(Fraction(low) / 100, Fraction(high) / 100)
                kind = "growth" if rule == "index" else rule
                pair = Pair(figure, terms[0][0], terms[1][0], kind, quotient)
                self.pairs[pair.upper, pair.lower, kind].append(pair)

    # ---- values

    def span(self, at: int | None) -> Span | None:
        """Where a value lies, where both ends are known and it is above zero or may be negative."""
        if at is None:
            return None
        low, high = self.intervals[at].low, self.intervals[at].high
        if low is None or high is None or (at not in self.network.signed and low <= 0):
            return None
        return Span(Fraction(low), Fraction(high))

    def as_written(self, at: int) -> Span | None:
        """Where a value told under a hedge lies if the written number is taken for it; None without a hedge."""
        hedged = [self.network.figures[figure].figure for figure in self.levels.get(at, ())]
        values = {Fraction(figure.value) for figure in hedged if figure.hedge and figure.value_high is None}
        if not values or any(figure.hedge is None for figure in hedged):
            return None
        return Span(min(values), max(values))

    def quotient(self, upper: int, lower: int) -> Span | None:
        """One value over another: from what is told of each, and from what is told of the two."""
        found: Span | None = None
        above, below = self.span(upper), self.span(lower)
        if above is not None and below is not None and above.low > 0 and below.low > 0:
            found = above.over(below)
        for kind in ("growth", "plan_ratio", "share"):
            for pair in self.pairs.get((upper, lower, kind), ()):
                found = pair.quotient if found is None else found.within(pair.quotient)
        return found if found is not None and found.low <= found.high else None

    def at(self, variable: Variable) -> int | None:
        return self.network.places.get(variable)

    def paired(self, at: int) -> bool:
        """Whether a ratio already says where a value lies."""
        return at in self.above or at in self.below

    # ---- figures

    def told(self, at: int) -> bool:
        return bool(self.levels.get(at))

    def stated(self, figures: Iterable[int]) -> list[Stated]:
        return [self.network.figures[at] for at in dict.fromkeys(figures)]

    def keys(self, figures: Iterable[int]) -> tuple[str, ...]:
        return tuple(one.key for one in self.stated(figures))

    def because(self, variables: Iterable[int]) -> list[int]:
        """The figures that a value is known from: its own levels first, then those it follows from."""
        found: dict[int, None] = {}
        for at in variables:
            found |= dict.fromkeys(self.levels.get(at, ()))
            for constraint in self.intervals[at].because:
                figure = self.network.constraints[constraint].figure
                if figure is not None:
                    found[figure] = None
        return list(found)

    # ---- words

    def name(self, at: int, language: Language = "vi", *, place: bool = True) -> str:
        """Indicator, part and (by default) place of a value: "Kim ngạch xuất khẩu của Cao Bằng"."""
        one = self.network.variables[at]
        if "+" in one.indicator:
            joined = " và " if language == "vi" else " and "
            codes = one.indicator.split("+")
            first = indicator_name(codes[0], language)
            told = joined.join([first, *(uncapital(indicator_name(code, language)) for code in codes[1:])])
        elif one.breakdown:
            told = getattr(self.knowledge.name(one.indicator, self._segment(at)), language)
        else:
            told = indicator_name(one.indicator, language)
        if place and self._many_places and one.place:
            told += f"{' của ' if language == 'vi' else ' of '}{self.area(at)}"
        return capital(told)

    def _segment(self, at: int) -> str:
        """The part's name: the knowledge's, or the words of the document."""
        one = self.network.variables[at]
        known = {part.breakdown for p in self.knowledge.partitions if p.indicator == one.indicator for part in p.parts}
        said = one.breakdown.partition(APART)[0]
        if said in known:
            return said
        own = (s.figure.segment for s in self.stated(self.because([at])) if s.figure.indicator == one.indicator)
        return next((words for words in own if words), said)

    def area(self, at: int) -> str:
        """The place as its figures said it."""
        place = self.network.variables[at].place
        return self._areas.get(place, place)

    def when(self, at: int, language: Language = "vi") -> str:
        """Kind and period: "kế hoạch năm 2021"."""
        one = self.network.variables[at]
        period = period_words(one.period, language)
        if one.kind == "actual":
            return period
        words = {"plan": ("kế hoạch", "the plan for"), "forecast": ("dự báo", "the forecast for")}[one.kind]
        return f"{words[language == 'en']} {period}"

    def level_bound(self, at: int, found: Span, note: tuple[str, str] = ("", "")) -> Bound:
        """Where a level must lie, in words: "Kim ngạch xuất khẩu, kế hoạch năm 2021: 305,9 – 306,2 triệu USD"."""
        one = self.network.variables[at]
        low, high = outward(found.low, found.high)
        said = {lang: span(found.low, found.high, one.unit, lang) for lang in LANGUAGES}
        return self._bound(at, "level", one.unit, low, high, said, note)

    def growth_bound(self, at: int, base: int, found: Span, note: tuple[str, str] = ("", "")) -> Bound:
        """Where a growth must lie, in words: "tăng 33,8 – 34,3% so với năm 2020"."""
        growth = found.as_growth()
        low, high = outward(growth.low, growth.high)
        said: dict[Language, str] = {
            "vi": f"{grew(growth.low, growth.high)} so với {self.when(base)}",
            "en": f"{grew(growth.low, growth.high, 'en')} on {self.when(base, 'en')}",
        }
        return self._bound(at, "growth", "%", low, high, said, note, base=self.network.variables[base].period)

    def ratio_bound(self, at: int, measure: str, found: Span, of: tuple[str, str]) -> Bound:
        """Where a share or a plan ratio must lie, in words: "43,4 – 43,5% tổng kim ngạch"."""
        percent = found.as_percent()
        low, high = outward(percent.low, percent.high)
        said: dict[Language, str] = {
            lang: f"{span(percent.low, percent.high, '%', lang)} {text}"
            for lang, text in zip(LANGUAGES, of, strict=True)
        }
        return self._bound(at, measure, "%", low, high, said, ("", ""))

    def _bound(
        self, at: int, measure: str, unit: str, low: object, high: object, said: dict[Language, str],
        note: tuple[str, str], base: str = "",
    ) -> Bound:  # fmt: skip
        one = self.network.variables[at]
        texts = {
            lang: f"{self.name(at, lang)}, {self.when(at, lang)}: {said[lang]}{extra and f' ({extra})'}"
            for lang, extra in zip(LANGUAGES, note, strict=True)
        }
        return Bound(
            one.indicator, self.area(at), one.period, measure, unit, low, high, texts["vi"], texts["en"],  # type: ignore[arg-type]
            one.breakdown, one.kind, base,
        )  # fmt: skip


LANGUAGES: tuple[Language, Language] = ("vi", "en")
AS_WRITTEN = ("lấy đúng số viết ra", "taking the number as it is written")


def listed(texts: Iterable[str]) -> str:
    return "; ".join(texts)
