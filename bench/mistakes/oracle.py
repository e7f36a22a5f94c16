# SPDX-License-Identifier: Apache-2.0
"""Whether the numbers of reports can all be roundings of one truth: linear programming, apart from the product's check.

The unknowns are the months of what has no parts, and the plans; every number of a report says where a sum of them, or a
ratio of two, lies. No price, scope or revision is doubted here: it answers for made reports, not for real ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import highspy
import numpy

from bench.mistakes.render import Slot
from bench.mistakes.truth import Quantity, atoms

_WIDER = Decimal("1.2")
"""Intervals are taken this much wider, so that what is called impossible is so with room to spare."""
Row = dict[tuple, float]


def _sum(quantity: Quantity) -> Row:
    indicator, kind, year, first, last = quantity
    if kind == "plan":
        return {quantity: 1.0}
    months = range(first, last + 1)
    return {(atom, year, month): float(times) for atom, times in atoms(indicator).items() for month in months}


def rows(slot: Slot, factor: Decimal = Decimal(1)) -> list[tuple[Row, float, float]]:
    """The inequalities of one number, `factor` times which it says what it says."""
    if slot.hedged:
        return []
    half = _WIDER * Decimal(5).scaleb(-slot.decimals - 1)
    low, high = (slot.shown - half) * factor, (slot.shown + half) * factor
    upper = _sum(slot.upper)
    if slot.way == "v" or slot.lower is None:
        return [(upper, float(low), float(high))]
    lower = _sum(slot.lower)
    if slot.way == "d":
        return [(_less(upper, lower, 1.0), float(low), float(high))]
    gained = 100 if slot.way == "g" else 0
    inf = highspy.kHighsInf
    return [
        (_less(upper, lower, float(low + gained) / 100), 0.0, inf),
        (_less(upper, lower, float(high + gained) / 100), -inf, 0.0),
    ]


def _less(upper: Row, lower: Row, times: float) -> Row:
    row: Row = defaultdict(float, upper)
    for name, by in lower.items():
        row[name] -= times * by
    return row


def possible(slots: Iterable[Slot], changed: dict[Slot, Decimal] | None = None) -> bool:
    """Whether some truth has all of these numbers; `changed` are numbers whose unit is a multiple of the others'."""
    found = [row for slot in slots for row in rows(slot, (changed or {}).get(slot, Decimal(1)))]
    names: dict[tuple, int] = {}
    for terms, _, _ in found:
        for name in terms:
            names.setdefault(name, len(names))
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for _ in names:
        solver.addVar(0.0, highspy.kHighsInf)
    for terms, low, high in found:
        at = numpy.array([names[name] for name in terms], dtype=numpy.int32)
        solver.addRow(low, high, len(at), at, numpy.array(list(terms.values())))
    solver.run()
    return solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
