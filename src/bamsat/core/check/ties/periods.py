# SPDX-License-Identifier: Apache-2.0
"""What periods tie: a running total is the sum of its months and quarters, and never less than any of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Constraint, Network, Row, Variable
from bamsat.core.check.ties.rows import at_least, equal
from bamsat.core.check.ties.scopes import out_by_a_slip, told_levels
from bamsat.core.terms.period import Period


def tie_periods(network: Network, knowledge: Knowledge, doubled: Collection[Variable]) -> None:
    """Tie the periods of each series that adds up over time, and what one source leaves to another."""
    doubtful = frozenset(doubled)
    by_series: dict[Variable, dict[str, set[Period]]] = defaultdict(lambda: defaultdict(set))
    for variable in network.variables:
        if knowledge.flows(variable.indicator, variable.unit) and APART not in variable.breakdown:
            series = replace(variable, period="", source="")
            by_series[series][variable.source].add(Period.parse(variable.period))
    for series, sources in by_series.items():
        everywhere = set().union(*sources.values())
        for source, own in sources.items():
            one = replace(series, source=source)
            _tie_series(network, one, own, doubtful)
            if len(sources) > 1:
                _tie_across(network, one, own, everywhere)


def tie_free_periods(network: Network, knowledge: Knowledge) -> None:
    """Tie the periods of what goes by a free name, where they would add up but for a slip of one number."""
    levels = told_levels(network)
    by_name: dict[Variable, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at in levels:
        one = network.variables[at]
        if knowledge.is_free(one.indicator) and one.kind == "actual":
            name = replace(one, breakdown=one.breakdown.partition(APART)[0], period="")
            by_name[name][one.period].append(at)
    for periods in by_name.values():
        told = {Period.parse(code): found[0] for code, found in periods.items() if len(found) == 1}
        for whole, at in told.items():
            path = cover(whole, [one for one in told if whole.first <= one.first and one.last <= whole.last])
            parts = [(told[one], 1) for one in path or ()]
            if len(parts) > 1 and out_by_a_slip(levels, at, parts):
                network.constraints.append(Constraint((equal(at, parts),), "months"))


def _tie_series(network: Network, series: Variable, periods: Collection[Period], doubtful: frozenset[Variable]) -> None:
    for row in _rows(network, series, periods):
        at = {position for position, _ in row.terms}
        unsure = doubtful and any(network.variables[position] in doubtful for position in at)
        network.constraints.append(Constraint((row,), "months", None, "scope" if unsure else ""))


def _rows(network: Network, series: Variable, periods: Collection[Period]) -> Iterator[Row]:
    for whole in sorted(periods):
        inside = [p for p in periods if p != whole and whole.first <= p.first and p.last <= whole.last]
        if not inside:
            continue
        path = cover(whole, inside)
        covered = {(p.first, p.last) for p in path or ()}
        if path:
            yield equal(_at(network, series, whole), _once(network, series, path))
        to_date = max((p for p in inside if p.first == whole.first), key=lambda p: p.last, default=None)
        if to_date is not None and (to_date.first, to_date.last) not in covered:
            rest = Period(to_date.last + 1, whole.last)
            yield equal(_at(network, series, whole), _once(network, series, (to_date, rest)))
            covered.add((to_date.first, to_date.last))
        apart = [p for p in _disjoint(inside) if not path]
        if apart and any((p.first, p.last) not in covered for p in apart):
            yield at_least(_at(network, series, whole), _once(network, series, apart))


def _once(network: Network, series: Variable, periods: Iterable[Period]) -> list[tuple[int, int]]:
    return [(_at(network, series, period), 1) for period in periods]


def _at(network: Network, series: Variable, period: Period) -> int:
    return network.variable(replace(series, period=period.code))


def cover(whole: Period, inside: Iterable[Period]) -> tuple[Period, ...] | None:
    """The fewest periods that fill a whole without a gap or an overlap.

    >>> months = [Period.month(2021, m) for m in (1, 2, 3)]
    >>> [p.code for p in cover(Period.months(2021, 1, 4), [*months, Period.quarter(2021, 1), Period.month(2021, 4)])]
    ['2021-Q1', '2021-04']
    """
    starts: dict[int, list[Period]] = defaultdict(list)
    for period in inside:
        if period != whole:
            starts[period.first].append(period)
    best: dict[int, tuple[Period, ...]] = {whole.first: ()}
    for month in range(whole.first, whole.last + 1):
        if month not in best:
            continue
        for period in starts.get(month, ()):
            reached = period.last + 1
            if period.last <= whole.last and (reached not in best or len(best[reached]) > len(best[month]) + 1):
                best[reached] = (*best[month], period)
    return best.get(whole.last + 1)


def _disjoint(inside: Iterable[Period]) -> list[Period]:
    """Periods without an overlap, the longest first."""
    taken: list[Period] = []
    for period in sorted(inside, key=lambda p: (-p.length, p.first)):
        if all(period.last < other.first or other.last < period.first for other in taken):
            taken.append(period)
    return taken


def _tie_across(network: Network, series: Variable, own: Collection[Period], everywhere: Collection[Period]) -> None:
    """A total of one source from parts that another source tells; the sources are tied to each other elsewhere."""
    for whole in sorted(own):
        path = cover(whole, [p for p in everywhere if whole.first <= p.first and p.last <= whole.last])
        if path and not set(path) <= set(own):
            row = equal(_at(network, series, whole), _once(network, series, path))
            network.constraints.append(Constraint((row,), "months", None, ""))
