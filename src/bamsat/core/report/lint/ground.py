# SPDX-License-Identifier: Apache-2.0
"""Known figures by what they measure, and the numbers that follow from them: growth, ratio, share, sum, difference."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice, product

from bamsat.core.compare.arithmetic import Bounded, growth, plan_ratio, quotient
from bamsat.core.read.lexicon import lexicon
from bamsat.core.report.lint.model import Known, KnownFigure
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold

_HUNDRED = Decimal(100)
_DONE = ("actual", "estimate", "forecast")
_LIKE = 0.75  # of the words of two names, where neither is quite the other
_MOST_WAYS = 24  # pairs of levels tried for one number: vintages and providers make several of one level
_WORDS = re.compile(r"\w+")
_EMPTY = frozenset(
    ("hang", "nhom", "nganh", "khu", "vuc", "cac", "loai", "san", "pham", "doanh", "thu", "so", "tong", "luong", "cua")
)
# What a share is usually a share of, beside the same indicator as a whole.
WHOLES = {
    "retail_goods": ("retail_services",), "exports": ("trade_total",), "imports": ("trade_total",),
    "lodging_food_services": ("retail_services",), "travel_services": ("retail_services",),
    "other_services": ("retail_services",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Computed:
    """A number that follows from entries, and from which."""

    number: Bounded
    entries: tuple[str, ...]
    stands: bool = True  # whether all of them stand now


def key_words(words: str) -> frozenset[str]:
    """The words by which a name is known again, whatever stands around them.

    >>> key_words("Nhóm hàng dệt, may") == key_words("dệt may")
    True
    """
    said = _WORDS.findall(fold(words))
    return frozenset(said) - _EMPTY or frozenset(said)


def bounded(known: KnownFigure) -> Bounded:
    return Bounded(known.value, known.low, known.high)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


class Ground:
    """The known figures of a place."""

    def __init__(self, known: Known) -> None:
        self._by_code: dict[str, list[KnownFigure]] = defaultdict(list)
        self._by_name: dict[frozenset[str], list[KnownFigure]] = defaultdict(list)
        self._by_entry: dict[str, KnownFigure] = {}
        own = {fold(name) for name in (known.place, *known.place_names) if name}
        self._own = own
        for one in known.figures:
            if one.entry:
                self._by_entry[one.entry] = one
            self._by_code[one.indicator].append(one)
            for name in {key_words(name) for name in (*one.names, one.indicator.partition(":")[2]) if name}:
                self._by_name[name].append(one)
        self._all = known.figures

    def entry(self, entry: str) -> KnownFigure | None:
        return self._by_entry.get(entry)

    def is_own(self, area: str | None) -> bool:
        return not area or not self._own or fold(area) in self._own

    def about(self, figure: Figure) -> list[KnownFigure]:
        """Everything known of what the figure measures, at its place, in any period and measure."""
        found = self._named(figure.indicator)
        if not found and figure.segment is None:
            found = self._as_part(figure)
        elif figure.segment is not None:
            # a part may have an indicator of its own: services of lodging beside all retail
            names = {key_words(figure.segment), key_words(figure.label)}
            own = [one for name in names for one in self._by_name.get(name, ()) if not one.segment]
            found = [one for one in found if same_part(one, figure.segment)] + own
        else:
            found = [one for one in found if not one.segment]
        return [one for one in found if self._at(one, figure)]

    def everything(self) -> Iterable[KnownFigure]:
        return self._all

    def of(self, indicator: str, segment: str, place: str) -> list[KnownFigure]:
        return [one for one in self._by_code.get(indicator, ()) if one.segment == segment and one.place == place]

    def _named(self, code: str) -> list[KnownFigure]:
        """By its code; what the reader knows by its words alone, by the name that they fit best."""
        if code in self._by_code:
            return self._by_code[code]
        said = key_words(code.partition(":")[2])
        if not said or said in self._by_name:
            return self._by_name.get(said, [])
        best = max(self._by_name, key=lambda name: _likeness(name, said), default=frozenset[str]())
        return self._by_name[best] if _likeness(best, said) >= _LIKE else []

    def _as_part(self, figure: Figure) -> list[KnownFigure]:
        """What the reader calls by a name of its own and the ledger keeps as a part: "product:xi măng"."""
        words = figure.indicator.partition(":")[2]
        return [one for one in self._all if one.segment and same_part(one, words)] if words else []

    def _at(self, one: KnownFigure, figure: Figure) -> bool:
        if not one.place or not figure.area:
            return True
        if fold(one.place) == fold(figure.area):
            return True
        return fold(one.place) in self._own and fold(figure.area) in self._own


def same_part(one: KnownFigure, words: str) -> bool:
    said = part_words(words)
    return any(part_words(name) == said for name in (one.segment, *one.segment_names) if name)


@lru_cache(maxsize=4096)
def part_words(words: str) -> frozenset[str]:
    """The words of a part; an industry's by the name that the reader gives to all its wordings.

    >>> part_words("Công nghiệp chế biến, chế tạo") == part_words("ngành chế biến, chế tạo")
    True
    """
    known = lexicon().meaning(words.lower())
    named = known[1].get("segment") if known is not None and known[0] == "branch" else None
    return key_words(str(named or words))


def computed(figure: Figure, ground: Ground, tagged: Sequence[KnownFigure] = ()) -> Iterator[Computed]:
    """Every way in which the figure follows from known levels of the same subject, or from those that its tag names."""
    period = Period.parse(figure.period) if figure.period else None
    if period is None:
        return
    about = ground.about(figure)
    about += [one for one in tagged if not any(one is other for other in about)]
    levels = [one for one in about if one.measure == "level" and one.of is None]
    base = Period.parse(figure.base) if figure.base else None
    levels += _totals(tagged, {period, base or period.shift_years(-1)})
    match figure.measure:
        case "growth" | "index" if figure.unit == "%/year":
            yield from _yearly(levels, period)
        case "growth":
            yield from _grown(about, levels, period, base or period.shift_years(-1), Decimal(0), figure.status)
        case "index":
            yield from _grown(about, levels, period, base or period.shift_years(-1), _HUNDRED)
        case "change":
            yield from _changed(about, period, base or period.shift_years(-1), figure.unit)
        case "plan_ratio":
            yield from _planned(levels, period)
        case "share":
            yield from _shared(levels, about, ground, period)
        case "contribution":
            yield from _contributed(levels, about, ground, period, base or period.shift_years(-1))
        case "level":
            yield from _added(levels, period)
            yield from _traded(figure, ground, period)


def _done(levels: Iterable[KnownFigure], period: Period) -> list[KnownFigure]:
    """What was done in a period; where nobody says it, the sum of its months or quarters."""
    done = [one for one in levels if one.status in _DONE]
    return [one for one in done if one.period == period] or list(_sums(done, period))


def _sums(done: Sequence[KnownFigure], period: Period) -> Iterator[KnownFigure]:
    for length in (1, 3):
        if period.length <= length or period.length % length:
            continue
        steps = [Period(first, first + length - 1) for first in range(period.first, period.last + 1, length)]
        kinds = dict.fromkeys((one.indicator, one.segment, one.measure, one.unit, one.price_basis) for one in done)
        for kind in kinds:
            sides = [_latest(done, kind, step) for step in steps]
            if kind[2] == "level" and all(sides):
                yield _sum([one for one in sides if one is not None], period)


def _totals(tagged: Sequence[KnownFigure], periods: Iterable[Period]) -> Iterator[KnownFigure]:
    """What the entries of one tag make together where they are of several things: the whole of its parts."""
    told = [one for one in tagged if one.measure == "level" and one.of is None]
    kinds = dict.fromkeys((one.indicator, one.segment) for one in told)
    if len(kinds) < 2 or len({(one.unit, one.price_basis) for one in told}) > 1:
        return
    for period in periods:
        sides = [_done([one for one in told if (one.indicator, one.segment) == kind], period)[:1] for kind in kinds]
        if all(sides):
            yield _sum([side[0] for side in sides], period)


def _latest(done: Sequence[KnownFigure], kind: tuple[str, ...], step: Period) -> KnownFigure | None:
    told = [
        one for one in done
        if one.period == step and (one.indicator, one.segment, one.measure, one.unit, one.price_basis) == kind
    ]  # fmt: skip
    return min(told, key=lambda one: (not one.current, one.status != "actual"), default=None)


def _sum(parts: Sequence[KnownFigure], period: Period) -> KnownFigure:
    total = (sum((getattr(one, name) for one in parts), Decimal(0)) for name in ("value", "low", "high"))
    value, low, high = total
    old = next((one.replaced_by for one in parts if not one.current), "")
    return replace(
        parts[0], value=value, low=low, high=high, period=period, replaced_by=old,
        entry=" ".join(one.entry for one in parts),
    )  # fmt: skip


def _ways(*sides: Sequence[KnownFigure]) -> Iterator[tuple[KnownFigure, ...]]:
    return islice(product(*sides), _MOST_WAYS)


def _of(number: Bounded | None, *used: KnownFigure) -> Iterator[Computed]:
    if number is not None:
        yield Computed(number, tuple(one.entry for one in used), all(one.current for one in used))


def _grown(
    about: Sequence[KnownFigure],
    levels: Sequence[KnownFigure],
    period: Period,
    base: Period,
    start: Decimal,
    status: str = "actual",
) -> Iterator[Computed]:
    aimed = [one for one in levels if one.status == "target" and one.period == period]
    for now, before in _ways(aimed if status == "target" else _done(levels, period), _done(levels, base)):
        if now.price_basis == before.price_basis and now.unit == before.unit:
            yield from _of(_moved(growth(bounded(now), bounded(before)), start), now, before)
    other, shift = ("index", -_HUNDRED) if not start else ("growth", _HUNDRED)
    for one in about:
        if one.measure == other and one.period == period and (one.base or period.shift_years(-1)) == base:
            yield from _of(_moved(bounded(one), shift), one)


def _moved(number: Bounded | None, by: Decimal) -> Bounded | None:
    return None if number is None else Bounded(number.value + by, number.low + by, number.high + by)


def minus(one: Bounded, other: Bounded) -> Bounded:
    return Bounded(one.value - other.value, one.low - other.high, one.high - other.low)


def _changed(about: Sequence[KnownFigure], period: Period, base: Period, unit: str) -> Iterator[Computed]:
    measures = ("share", "growth") if unit == "point" else ("level",)
    told = [one for one in about if one.measure in measures]
    for now, before in _ways(_done(told, period), _done(told, base)):
        if now.measure == before.measure and now.unit == before.unit:
            yield from _of(minus(bounded(now), bounded(before)), now, before)


def _planned(levels: Sequence[KnownFigure], period: Period) -> Iterator[Computed]:
    plans = [
        one for one in levels
        if one.status == "target" and one.period.first <= period.first and period.last <= one.period.last
    ]  # fmt: skip
    for done, plan in _ways(_done(levels, period), plans):
        if done.unit == plan.unit:
            yield from _of(plan_ratio(bounded(done), bounded(plan)), done, plan)


def _wholes(about: Sequence[KnownFigure], ground: Ground) -> Iterator[KnownFigure]:
    for code, place, part in {(one.indicator, one.place, bool(one.segment)) for one in about}:
        if part:
            yield from ground.of(code, "", place)
        for whole in WHOLES.get(code, ()):
            yield from ground.of(whole, "", place)


def _shared(
    levels: Sequence[KnownFigure], about: Sequence[KnownFigure], ground: Ground, period: Period
) -> Iterator[Computed]:
    wholes = [one for one in _wholes(about, ground) if one.measure == "level"]
    for part, whole in _ways(_done(levels, period), _done(wholes, period)):
        if part.unit == whole.unit:
            yield from _of(_percent(quotient(bounded(part), bounded(whole))), part, whole)


def _percent(ratio: Bounded | None) -> Bounded | None:
    return None if ratio is None else Bounded(*(_HUNDRED * part for part in (ratio.value, ratio.low, ratio.high)))


def _contributed(
    levels: Sequence[KnownFigure], about: Sequence[KnownFigure], ground: Ground, period: Period, base: Period
) -> Iterator[Computed]:
    wholes = [one for one in _wholes(about, ground) if one.measure == "level"]
    for now, before, whole in _ways(_done(levels, period), _done(levels, base), _done(wholes, base)):
        if now.unit == before.unit == whole.unit and now.price_basis == before.price_basis == whole.price_basis:
            yield from _of(_percent(quotient(minus(bounded(now), bounded(before)), bounded(whole))), now, before, whole)


def _yearly(levels: Sequence[KnownFigure], period: Period) -> Iterator[Computed]:
    """The mean growth a year over a span: from the year before it to its last one."""
    years = period.length // 12
    if period.length % 12 or years < 2:
        return
    last, before = Period.year(period.end_year), Period.year(period.start_year - 1)
    for end, start in _ways(_done(levels, last), _done(levels, before)):
        ratio = quotient(bounded(end), bounded(start)) if start.low > 0 and end.low > 0 else None
        if ratio is not None and end.price_basis == start.price_basis:
            parts = ((part ** (Decimal(1) / years) - 1) * _HUNDRED for part in (ratio.value, ratio.low, ratio.high))
            yield from _of(Bounded(*parts), end, start)


def _added(levels: Sequence[KnownFigure], period: Period) -> Iterator[Computed]:
    """A sum of months or of quarters, and what was added since an earlier sum."""
    done = [one for one in levels if one.status in _DONE]
    for total in (*_sums(done, period), *(one for one in done if " " in one.entry and one.period == period)):
        yield Computed(bounded(total), tuple(total.entry.split()), total.current)
    longer = [one for one in levels if one.period.first < period.first and one.period.last == period.last]
    for whole in (one for one in longer if one.status != "target"):
        rest = [one for one in levels if (one.period.first, one.period.last) == (whole.period.first, period.first - 1)]
        for (part,) in _ways(rest):
            if part.status != "target" and part.unit == whole.unit and part.price_basis == whole.price_basis:
                yield from _of(minus(bounded(whole), bounded(part)), whole, part)


def _traded(figure: Figure, ground: Ground, period: Period) -> Iterator[Computed]:
    """The balance and the total of trade, from exports and imports."""
    if figure.indicator not in ("trade_balance", "trade_total") or figure.segment:
        return
    places = {one.place for one in ground.everything() if ground.is_own(one.place)}
    for place in places:
        sides = [
            [one for one in _done(ground.of(code, "", place), period) if one.measure == "level"]
            for code in ("exports", "imports")
        ]
        for sold, bought in _ways(*sides):
            out, back = bounded(sold), bounded(bought)
            if sold.unit != bought.unit:
                continue
            number = minus(out, back) if figure.indicator == "trade_balance" else Bounded(
                out.value + back.value, out.low + back.low, out.high + back.high
            )  # fmt: skip
            yield from _of(number, sold, bought)
