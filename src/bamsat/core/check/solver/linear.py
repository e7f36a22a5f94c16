# SPDX-License-Identifier: Apache-2.0
"""What intervals alone do not see: rows that close a ring, settled by a linear programme (HiGHS).

Values are shifted and scaled by their intervals, so that the solver's tolerance is a part of the rounding and not of
the value. What it says is only a hint: the rows that it names are looked at again in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import highspy
import numpy as np

from bamsat.core.check.solver.packed import EPS, Numbers, Packed, Positions, exact, groups, ranges
from bamsat.core.check.solver.propagate import Settled
from bamsat.core.check.solver.relation import Bound, contradiction

_TOLERANCE = 1e-9
_MOST_ROWS = 4000
# Parts of a proof smaller than this are noise of the solver.
_NOISE = 1e-10
_Box = tuple[Numbers, Numbers]


@dataclass(slots=True)
class Start:
    """Where the last programme ended: the next one differs little and begins there."""

    columns: dict[int, highspy.HighsBasisStatus] = field(default_factory=dict)
    rows: dict[int, highspy.HighsBasisStatus] = field(default_factory=dict)
    _ended: list[tuple[Positions, Positions, Any]] = field(default_factory=list)

    def ended(self, columns: Positions, rows: Positions, basis: Any) -> None:
        """Keeps where a programme ended; it is read when there is a next one."""
        self._ended.append((columns, rows, basis))

    def read(self) -> bool:
        """Whether it is known from where to begin."""
        for columns, rows, basis in self._ended:
            self.columns.update(zip(columns.tolist(), basis.col_status, strict=True))
            self.rows.update(zip(rows.tolist(), basis.row_status, strict=True))
        self._ended.clear()
        return bool(self.rows)


def impossible_rings(found: Settled, start: Start | None = None) -> Iterator[list[int]]:
    """Sets of rows that, as the solver says, cannot all hold, among those that the intervals did not settle."""
    for rows in rings(found):
        ray = _Programme(found, rows, (found.low, found.high), (found.low, found.high), start or Start()).ray()
        if ray is not None:
            sides = [(variable, side) for variable in ray[1] for side in (0, 1)]
            yield sorted(ray[0].union(found.traced(*sides).rows))


def shown(found: Settled, rows: Collection[int]) -> set[int] | None:
    """Of rows that cannot all hold some that contradict each other: the solver sees it, exact arithmetic confirms."""
    packed = found.rows
    low = np.where(packed.positive, np.longdouble(0), -np.inf)
    high = np.full(packed.variables, np.inf, np.longdouble)
    by: dict[tuple[int, int], int] = {}
    many = [row for row in rows if packed.width[row] > 1]
    for row in sorted(set(rows).difference(many)):
        variable, times = packed.rows[row].terms[0]
        least, most = packed.low[row] / times, packed.high[row] / times
        least, most = (least, most) if times > 0 else (most, least)
        if least > low[variable]:
            low[variable], by[variable, 0] = least, row
        if most < high[variable]:
            high[variable], by[variable, 1] = most, row
    if not many:
        return None
    ray = _Programme(found, np.array(sorted(many)), (low, high), _about(found, many), Start()).ray()
    if ray is None:
        return None
    lows, highs = ({at: _end(found, at, side, by.get((at, side))) for at in ray[1]} for side in (0, 1))
    positive = [at for at in ray[1] if packed.positive[at]]
    tied = {row: packed.rows[row] for row in sorted(ray[0])}
    return contradiction(
        tied, {at: b for at, b in lows.items() if b}, {at: b for at, b in highs.items() if b}, positive
    )


def _end(found: Settled, variable: int, side: int, row: int | None) -> Bound | None:
    """A bound of a value as a row of its own gives it, or its sign."""
    if row is None:
        return (Fraction(0), None) if side == 0 and found.rows.positive[variable] else None
    stated, times = exact(found.rows.rows[row]), found.rows.rows[row].terms[0][1]
    bound = stated[side if times > 0 else 1 - side]
    return None if bound is None else (bound / times, row)


def _about(found: Settled, rows: Collection[int]) -> tuple[Numbers, Numbers]:
    """Intervals to place the values of some rows by; for a value without any room left what there was before."""
    low, high = found.low.copy(), found.high.copy()
    used = {variable for row in rows for variable, _ in found.rows.rows[row].terms}
    for variable in used.intersection(found.empty):
        ends = [float(end) for side in (0, 1) if (end := found.bound(variable, side)) is not None]
        low[variable], high[variable] = min(ends), max(ends)
    return low, high


def rings(found: Settled) -> Iterator[Positions]:
    """The rows that still say something and are tied in rings; small groups that are not tied come together."""
    rows = found.rows
    open_ = _says_more(rows, found, rows.many[found.alive[rows.many]])
    if found.complete:
        open_ = _without_leaves(rows, open_)
    if len(open_) <= _MOST_ROWS // 2:
        if len(open_):
            yield open_
        return
    terms = ranges(rows.start[open_], rows.width[open_])
    columns, local = np.unique(rows.column[terms], return_inverse=True)
    ends = np.cumsum(rows.width[open_])
    parent = groups(
        len(columns), (local[end - size : end].tolist() for end, size in zip(ends, rows.width[open_], strict=True))
    )
    group = np.array(parent)[local[ends - 1]]
    order = np.argsort(group, kind="stable")
    cuts = [0]
    for end in (*np.flatnonzero(np.diff(group[order])) + 1, len(order)):
        if end - cuts[-1] > _MOST_ROWS // 4 or end == len(order):
            yield open_[order[cuts[-1] : end]]
            cuts.append(int(end))


def _says_more(rows: Packed, found: Settled, which: Positions) -> Positions:
    """Rows that not every choice within the intervals fulfils."""
    if not len(which):
        return which
    terms = ranges(rows.start[which], rows.width[which])
    starts = np.cumsum(rows.width[which]) - rows.width[which]
    variable, times = rows.column[terms], rows.times[terms]
    rises = times > 0
    with np.errstate(invalid="ignore"):
        least = np.add.reduceat(times * np.where(rises, found.low[variable], found.high[variable]), starts)
        most = np.add.reduceat(times * np.where(rises, found.high[variable], found.low[variable]), starts)
    return which[~((least >= rows.low[which]) & (most <= rows.high[which]))]


def _without_leaves(rows: Packed, which: Positions) -> Positions:
    """Leaves out rows that share at most one value with others: what the intervals say of those is all there is."""
    while len(which):
        terms = ranges(rows.start[which], rows.width[which])
        starts = np.cumsum(rows.width[which]) - rows.width[which]
        used = np.bincount(rows.column[terms], minlength=rows.variables)
        kept = np.add.reduceat(used[rows.column[terms]] > 1, starts, dtype=np.int64) > 1
        if kept.all():
            return which
        which = which[kept]
    return which


class _Programme:
    """Some rows as a linear programme without an aim: is there a point at all?"""

    def __init__(self, found: Settled, which: Positions, box: _Box, about: _Box, start: Start) -> None:
        self.found, self.which, self.start = found, which, start
        rows = found.rows
        terms = ranges(rows.start[which], rows.width[which])
        self.columns, local = np.unique(rows.column[terms], return_inverse=True)
        low, high = (side[self.columns] for side in box)
        middle, reach = _placed(*(side[self.columns] for side in about))
        starts = np.cumsum(rows.width[which]) - rows.width[which]
        share = rows.times[terms] * reach[local]
        size = np.maximum.reduceat(np.abs(share), starts)
        shift = rows.times[terms] * middle[local]
        at = np.add.reduceat(shift, starts)
        lost = np.add.reduceat(np.abs(shift), starts) * EPS * 8 / size
        row_low, row_high = (rows.low[which] - at) / size, (rows.high[which] - at) / size
        for row in np.flatnonzero(lost > _TOLERANCE):
            row_low[row], row_high[row] = self._exactly(int(which[row]), middle, size[row])
        self.share = (share / np.repeat(size, rows.width[which])).astype(np.float64)
        self.local, self.starts = local, starts
        self.solver = solver(**_OPTIONS)
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(self.columns), len(which)
        programme.col_cost_ = np.zeros(len(self.columns))
        programme.col_lower_ = _plain((low - middle) / reach)
        programme.col_upper_ = _plain((high - middle) / reach)
        programme.row_lower_, programme.row_upper_ = _plain(row_low), _plain(row_high)
        programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        programme.a_matrix_.start_ = np.append(starts, len(terms))
        programme.a_matrix_.index_ = local
        programme.a_matrix_.value_ = self.share
        self.solver.passModel(programme)

    def _exactly(self, row: int, middle: Numbers, size: np.longdouble) -> tuple[np.longdouble, np.longdouble]:
        """The bounds of a row after the shift, where long doubles would lose what matters."""
        packed = self.found.rows.rows[row]
        moved = Fraction(0)
        for variable, times in packed.terms:
            moved += times * Fraction(
                *np.longdouble(middle[np.searchsorted(self.columns, variable)]).as_integer_ratio()
            )
        scale = Fraction(*size.as_integer_ratio())
        bounds = (None if b is None else (Fraction(b, packed.over) - moved) / scale for b in (packed.low, packed.high))
        low, high = (None if bound is None else np.longdouble(float(bound)) for bound in bounds)
        return (-np.longdouble(np.inf) if low is None else low), (np.longdouble(np.inf) if high is None else high)

    def _begin(self) -> None:
        if self.start.read():
            status = highspy.HighsBasisStatus
            basis = highspy.HighsBasis()
            basis.col_status = [self.start.columns.get(at, status.kLower) for at in self.columns.tolist()]
            basis.row_status = [self.start.rows.get(at, status.kBasic) for at in self.which.tolist()]
            self.solver.setBasis(basis)

    def _end(self) -> None:
        basis = self.solver.getBasis()
        if basis.valid:
            self.start.ended(self.columns, self.which, basis)

    def ray(self) -> tuple[set[int], list[int]] | None:
        """Rows, and variables with their bounds, that as it says cannot all hold; None when there is a point."""
        self._begin()
        self.solver.run()
        self._end()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
            return None
        has, ray = self.solver.getDualRay()[1:3]
        if not has:
            return None
        ray = np.asarray(ray)
        ray = np.where(np.abs(ray) > _NOISE * np.abs(ray).max(), ray, 0)
        part = np.repeat(ray, np.diff(np.append(self.starts, len(self.local)))) * self.share
        pull = np.bincount(self.local, part, minlength=len(self.columns))
        most = np.bincount(self.local, np.abs(part), minlength=len(self.columns))
        bounded = self.columns[np.abs(pull) > 1e-9 * most]
        return set(self.which[np.flatnonzero(ray)].tolist()), bounded.tolist()


def solver(**options: bool | int | float | str) -> Any:
    """HiGHS, silent and on one core."""
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in {"output_flag": False, "threads": 1, **options}.items():
        made.setOptionValue(option, value)
    return made


_OPTIONS: dict[str, bool | int | float | str] = {
    "presolve": "off",
    "time_limit": 30.0,
    "solver": "simplex",
    "simplex_scale_strategy": 0,  # values are scaled by their intervals already
    "simplex_dual_edge_weight_strategy": 1,
    "primal_feasibility_tolerance": _TOLERANCE,
    "dual_feasibility_tolerance": _TOLERANCE,
}


def _placed(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Where each value is put, and what counts as one step of it."""
    below, above = np.isfinite(low), np.isfinite(high)
    with np.errstate(invalid="ignore"):
        middle = np.where(below & above, low + (high - low) / 2, np.where(below, low, np.where(above, high, 0)))
        reach = np.where(below & above, (high - low) / 2, np.maximum(1, np.abs(middle)))
    return middle, np.maximum(reach, np.maximum(np.abs(middle) * 64 * EPS, np.longdouble(1e-12)))


def _plain(values: Numbers) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return values.astype(np.float64)
