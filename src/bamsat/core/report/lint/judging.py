# SPDX-License-Identifier: Apache-2.0
"""One number of a document held against the ledger: traced, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bamsat.core.report.lint import saying
from bamsat.core.report.lint.ground import Computed, Ground, computed
from bamsat.core.report.lint.model import KnownFigure, Remark, Severity
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period

_FACTORS = tuple(Decimal(10) ** power for power in (-9, -6, -3, 3, 6, 9))
_SIGNED = ("growth", "change", "contribution", "level")
_SLIP = tuple(Decimal(10) ** power for power in (-2, -1, 1, 2))


class Judge:
    """Holds numbers against what is known; entries of a tag are asked first."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    def remark(self, figure: Figure, tagged: Sequence[KnownFigure] = ()) -> Remark | None:
        """None where the ledger says the number, or it follows from the ledger."""
        alike = self._alike(figure, tagged)
        now = [one for one in alike if one.current]
        if traced := next((one for one in now if says(figure, one)), None):
            return saying.rounded(figure, traced) if is_coarser(figure, traced) else None
        follows = list(computed(figure, self.ground, tagged))
        standing = [one for one in follows if one.stands]
        if any(lies(figure, one.number.value) for one in standing) and not now:
            return None
        if old := next((one for one in alike if not one.current and says(figure, one)), None):
            return saying.stale(figure, old, self._in_place_of(old, now))
        if not now and (was := next((c for c in follows if not c.stands and lies(figure, c.number.value)), None)):
            return saying.stale_basis(figure, was, standing[0] if standing else None)
        return self._differs(figure, now) or self._computes_else(figure, standing) or self._elsewhere(figure, tagged)

    def _alike(self, figure: Figure, tagged: Sequence[KnownFigure]) -> list[KnownFigure]:
        """What is known of the same subject, measure, period and base; of what a tag names first."""
        about = self.ground.about(figure)
        found = [one for one in about if is_same(figure, one)]
        if not found and len(tagged) == 1:  # several make up a number that is computed
            found = [one for one in tagged if is_same(figure, one)]
        named = {one.entry for one in tagged}
        return sorted(found, key=lambda one: (one.entry not in named, not _same_status(figure, one)))

    def _in_place_of(self, old: KnownFigure, now: Sequence[KnownFigure]) -> KnownFigure | None:
        following = self.ground.entry(old.replaced_by)
        while following is not None and not following.current:
            following = self.ground.entry(following.replaced_by)
        return following or next(iter(now), None)

    @staticmethod
    def _differs(figure: Figure, now: Sequence[KnownFigure]) -> Remark | None:
        """How the number differs from what stands for the same thing."""
        if not now:
            return None
        for one in now:
            if figure.unit != one.unit or _is_slip(figure, one.value, _FACTORS):
                return saying.wrong_unit(figure, one.value, one.unit, one)
        for one in now:
            if is_turned(figure, one.value):
                return saying.wrong_direction(figure, one.value, one.unit, one)
        for one in now:
            if _is_slip(figure, one.value, _SLIP):
                return saying.wrong_unit(figure, one.value, one.unit, one)
        return saying.contradicts(figure, now[0])

    @staticmethod
    def _computes_else(figure: Figure, standing: Iterable[Computed]) -> Remark | None:
        found = list(standing)
        if not found:
            return None
        for one in found:
            if is_turned(figure, one.number.value):
                return saying.wrong_direction(figure, one.number.value, figure.unit, None)
            if _is_slip(figure, one.number.value, (*_FACTORS, *_SLIP)):
                return saying.wrong_unit(figure, one.number.value, figure.unit, None)
        possible = any(one.number.low <= figure.upper and figure.lower <= one.number.high for one in found)
        return saying.computes_else(figure, found[0], "question" if possible else "error")

    def _elsewhere(self, figure: Figure, tagged: Sequence[KnownFigure]) -> Remark:
        """The same number under another period, direction or name; else it cannot be traced."""
        about = [one for one in self.ground.about(figure) if one.current]
        for one in (*(one for one in tagged if one.current), *about):
            if one.measure == figure.measure and one.unit == figure.unit and says(figure, one):
                return self._misplaced(figure, one)
        for one in tagged:
            if one.measure == figure.measure and is_turned(figure, one.value):
                return saying.wrong_direction(figure, one.value, one.unit, one)
        if len(tagged) == 1 and tagged[0].measure == figure.measure and tagged[0].period.code == figure.period:
            return saying.contradicts(figure, tagged[0])
        if figure.measure == "level":
            for one in self.ground.everything():
                same = one.current and one.measure == "level" and one.unit == figure.unit
                if same and one.period.code == figure.period and says(figure, one) and _is_telling(figure):
                    return saying.wrong_indicator(figure, one)
        return saying.untraceable(figure, self._severity(figure))

    def _misplaced(self, figure: Figure, one: KnownFigure) -> Remark:
        about = any(other is one for other in self.ground.about(figure))
        return saying.wrong_period(figure, one) if about else saying.wrong_indicator(figure, one)

    def _severity(self, figure: Figure) -> Severity:
        """Of what the ledger keeps an error; of things that it may never have kept a question."""
        if figure.doubt or not self.ground.is_own(figure.area):
            return "question"
        return "question" if figure.indicator.partition(":")[1] and not self.ground.about(figure) else "error"


def is_same(figure: Figure, one: KnownFigure) -> bool:
    """Whether both tell the same thing of the same period, whatever they say of it."""
    if figure.measure != one.measure or figure.period != one.period.code:
        return False
    if (figure.status == "target") != (one.status == "target") and figure.measure != "plan_ratio":
        return False
    if figure.price_basis and one.price_basis and figure.price_basis != one.price_basis:
        return False
    if figure.measure in ("growth", "change", "index") and figure.unit != "%/year":
        usual = one.period.shift_years(-1).code
        return (figure.base or usual) == (one.base.code if one.base else usual)
    return True


def says(figure: Figure, one: KnownFigure) -> bool:
    """Whether the words of the figure can mean this value."""
    if figure.unit != one.unit:
        return False
    if figure.of is not None or one.of is not None:
        return figure.of == one.of and figure.value == one.value
    if figure.value_high is not None and one.value_high is not None:
        return (figure.value, figure.value_high) == (one.value, one.value_high)
    return lies(figure, one.value)


def lies(figure: Figure, value: Decimal) -> bool:
    """Whether a value is what the figure says, to the digits that it gives and within its hedge.

    Half a step above the last digit rounds up, so that the end itself is told by the next digit; both are taken.
    """
    return figure.lower <= value <= figure.upper


def is_coarser(figure: Figure, one: KnownFigure) -> bool:
    """Whether the number has fewer digits than its source."""
    return figure.value_high is None and figure.value != one.value and one.value_high is None


def is_turned(figure: Figure, value: Decimal) -> bool:
    """Whether the same size is told with the other sign; of a ratio on the other side of 100."""
    if figure.measure in ("plan_ratio", "index"):
        return value != 100 and _within(figure, 200 - value)
    return bool(value) and figure.measure in _SIGNED and _within(figure, -value)


def _within(figure: Figure, value: Decimal) -> bool:
    lower, upper = _plain_bounds(figure)
    return lower <= value <= upper


def _plain_bounds(figure: Figure) -> tuple[Decimal, Decimal]:
    """The bounds of the digits alone, both ways, however they were hedged."""
    reach = max(figure.upper - figure.value, figure.value - figure.lower, Decimal(0))
    return figure.value - reach, figure.value + reach


def _is_slip(figure: Figure, value: Decimal, factors: Iterable[Decimal]) -> bool:
    """Whether the same digits stand with another unit or another comma."""
    if not value or not figure.value or figure.of is not None:
        return False
    return any(figure.value == value * factor or figure.lower <= value * factor <= figure.upper for factor in factors)


def _same_status(figure: Figure, one: KnownFigure) -> bool:
    return figure.status == one.status


def _is_telling(figure: Figure) -> bool:
    """A number of three digits or more is hardly the same by chance."""
    return sum(char.isdigit() for char in figure.number) >= 3 and bool(figure.period)


def periods_of(figures: Iterable[Figure]) -> set[Period]:
    """Every period and base that is told, for whoever fetches what is known of them."""
    return {Period.parse(code) for one in figures for code in (one.period, one.base) if code}
