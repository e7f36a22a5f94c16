# SPDX-License-Identifier: Apache-2.0
"""Whether a machine's misreading of one figure explains what looks like a contradiction.

A failure rests on what the text states of its figures: of what, of which period, against what. Where that was only
inferred from words further off, and one plausible other reading makes everything fit, nobody need have erred.
A figure that is out as people err (a digit, a power of ten, a sign) was still read rightly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.mending.elsewhere import Index
from bamsat.core.check.mending.repairs import Suspected, suspected
from bamsat.core.check.mending.slips import ONE_DIGIT
from bamsat.core.check.model import Conflict, Constraint, Interval, Network, Slip, Stated, Variable
from bamsat.core.check.solving import bounds
from bamsat.core.check.ties.ratios import whole_of
from bamsat.core.check.ties.series import part_words
from bamsat.core.read.periods import mentions
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold

_NEAR = 2  # sentences before a figure whose periods and subjects it may share
_TELLING = Fraction(11, 10)  # an interval so narrow, that a number in it is hardly there by chance
_FAR = Fraction(1, 4)  # a level out by less is rather wrong than of another period
_FALLEN, _RISEN = Fraction(2, 3), Fraction(3, 2)  # what a value hardly passes from one year to the next
_RATIOS = ("growth", "index")
_COMPARED = re.compile(r"\b(so voi|cung ky|nam truoc|quy truoc|thang truoc)\b[^()]*\(\s*(?:[a-z]+ ){0,4}$")


@dataclass(frozen=True, slots=True)
class Misread:
    """One figure that may speak of another value than it was taken for; `sure`: that value is told, and is this."""

    figure: int
    meant: Variable
    slip: Slip
    sure: bool


def misread(network: Network, conflict: Conflict, index: Index, knowledge: Knowledge) -> Misread | None:
    """The most plausible misreading that would leave nothing to contradict; None where a slip explains it better."""
    if conflict.assumed:
        return None
    readings = _Readings(network, conflict, knowledge)
    found = [one for suspect in conflict.suspects if suspect.alone for one in readings.of(suspect.figure)]
    if sure := next((one for one in found if one.sure), None):
        return sure
    if not found or readings.of_a_size:
        return None
    ranked = suspected(network, conflict, index)
    if any(one.suspect.alone and _slipped(one) for one in ranked) and not readings.inequality:
        return None
    far = {one.suspect.figure for one in ranked if readings.inequality or _is_far(network, one)}
    return next((one for one in found if one.figure in far), None)


def _slipped(one: Suspected) -> bool:
    return one.rank <= ONE_DIGIT


def _is_far(network: Network, one: Suspected) -> bool:
    """Whether what the others leave for a figure is far from what it says."""
    value = Fraction(network.figures[one.suspect.figure].figure.value)
    ends = [end for end in (one.allowed.low, one.allowed.high) if end is not None]
    return bool(ends) and all(abs(end - value) > _FAR * max(abs(end), abs(value)) for end in ends)


class _Readings:
    """The other readings of the figures of one conflict."""

    def __init__(self, network: Network, conflict: Conflict, knowledge: Knowledge) -> None:
        self.network, self.conflict, self.knowledge = network, conflict, knowledge
        rows = [network.constraints[at] for at in conflict.constraints]
        self.inequality = any(one.figure is None and row.high is None for one in rows for row in one.rows) and not any(
            one.figure is not None and len(one.rows[0].terms) > 1 for one in rows
        )

    @property
    def of_a_size(self) -> bool:
        """Whether a growth stands between two levels of about one size: then they are of one thing, and it is wrong."""
        rows = [(one, row) for one in map(self._constraint, self.conflict.constraints) for row in one.rows]
        levels = {
            row.terms[0][0]: self.network.figures[one.figure].figure.value
            for one, row in rows if one.figure is not None and len(row.terms) == 1 and one.rule == "told_twice"
        }  # fmt: skip
        pairs = {
            (row.terms[0][0], row.terms[1][0])
            for one, row in rows if one.rule in _RATIOS and one.figure is not None and len(row.terms) == 2
        }  # fmt: skip
        return any(
            up in levels and low in levels and levels[low] > 0 and _FALLEN < Fraction(levels[up] / levels[low]) < _RISEN
            for up, low in pairs
        )

    def _constraint(self, at: int) -> Constraint:
        return self.network.constraints[at]

    def of(self, at: int) -> Iterator[Misread]:
        """The other values that a level may speak of, as far as the rest leaves room for it there."""
        stated = self.network.figures[at]
        told = (one for one in map(self._constraint, self.conflict.constraints) if one.figure == at)
        terms = next(told).rows[0].terms
        meant = (
            list(dict.fromkeys(self._levels(stated, self.network.variables[terms[0][0]]))) if len(terms) == 1 else []
        )
        if not meant:
            return
        own = [position for position, one in enumerate(self.network.constraints) if one.figure == at]
        left = bounds(self.network, own)
        for other, slip in meant:
            sure = self._fits(stated, other, left)
            if sure is not None:
                yield Misread(at, other, slip, sure)

    def _levels(self, stated: Stated, variable: Variable) -> Iterator[tuple[Variable, Slip]]:
        bracketed = _in_brackets_of_base(stated)
        if bracketed or not _period_said(stated):
            for period in self._periods(stated, variable, bracketed):
                yield replace(variable, period=period), "base" if bracketed else "period"
        if "indicator" in stated.figure.inferred:
            for code, part in self._subjects(stated, variable):
                yield replace(variable, indicator=code, breakdown=part), "other"

    def _periods(self, stated: Stated, variable: Variable, bracketed: bool) -> Iterator[str]:
        own = Period.parse(variable.period)
        yield own.shift_years(-1).code
        if own.length in (1, 3):
            yield own.before().code
        if bracketed:
            return
        for other in self._beside(stated):
            for code in (other.figure.period, other.figure.base):
                if code and code != variable.period and _parses(code):
                    yield code

    def _subjects(self, stated: Stated, variable: Variable) -> Iterator[tuple[str, str]]:
        if variable.breakdown:
            yield variable.indicator, ""
        if whole := whole_of(variable.indicator, self.knowledge):
            yield whole, ""
        for other in self._beside(stated):
            if other.figure.unit == stated.figure.unit and other.figure.start < stated.figure.start:
                named = self.knowledge.part_of(other.figure.indicator, part_words(other.figure, self.knowledge))
                if named != (variable.indicator, variable.breakdown):
                    yield named

    def _beside(self, stated: Stated) -> Iterator[Stated]:
        for other in self.network.figures:
            near = other.sentence >= 0 and 0 <= stated.sentence - other.sentence <= _NEAR
            if near and other.source == stated.source and other is not stated:
                yield other

    def _fits(self, stated: Stated, other: Variable, left: Sequence[Interval]) -> bool | None:
        """Whether a figure may say another value: True if that is known and is this, None if it is another."""
        at = self.network.places.get(other)
        if at is None:
            return False
        low, high = left[at].low, left[at].high
        figure = stated.figure
        if (low is not None and figure.upper < low) or (high is not None and figure.lower > high):
            return None
        return low is not None and high is not None and low > 0 and Fraction(high) <= Fraction(low) * _TELLING


def _parses(code: str) -> bool:
    try:
        Period.parse(code)
    except PeriodUnreadable:
        return False
    return True


def _period_said(stated: Stated) -> bool:
    """Whether the words before a number in its sentence say its period, or the reader took it from no other."""
    figure = stated.figure
    if "period" not in figure.inferred and "year" not in figure.inferred:
        return True
    before, found, _ = stated.near.partition(figure.number)
    if not found:
        return False
    named = list(mentions(before.lower()))
    if not named or not figure.period:
        return False
    period = Period.parse(figure.period)
    last = named[-1].resolve(period.end_year, period)
    return last is not None and last.code == figure.period


def _in_brackets_of_base(stated: Stated) -> bool:
    """Whether a level stands in brackets right behind what something is compared with."""
    before, found, _ = stated.near.partition(stated.figure.number)
    return bool(found) and _COMPARED.search(fold(before)) is not None
