# SPDX-License-Identifier: Apache-2.0
"""The constraints of a conflict in the shapes that a sentence knows, and what follows from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from bamsat.core.check.model import Conflict, Constraint, Network, Row
from bamsat.core.check.told.ranges import Range


@dataclass(frozen=True, slots=True)
class Level:
    """A figure says where one true value lies."""

    figure: int | None
    variable: int
    range: Range


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure says where upper / lower lies."""

    figure: int | None
    upper: int
    lower: int
    range: Range


@dataclass(frozen=True, slots=True)
class Change:
    """A figure says where now - before lies."""

    figure: int | None
    now: int
    before: int
    range: Range


@dataclass(frozen=True, slots=True)
class Sum:
    """A relation known beforehand: the whole is its parts together, or not less than they are."""

    rule: str
    whole: int
    parts: tuple[tuple[int, Fraction], ...]
    equal: bool

    @property
    def variables(self) -> tuple[int, ...]:
        return (self.whole, *(part for part, _ in self.parts))


@dataclass(frozen=True, slots=True)
class Contribution:
    """A figure says where 100 * (now - before) / whole lies."""

    figure: int | None
    now: int
    before: int
    whole: int
    range: Range


@dataclass(frozen=True, slots=True)
class Loose:
    """Whatever else: rows of any kind."""

    figure: int | None
    rule: str
    row: Row


Tie = Ratio | Change | Contribution | Sum
Saying = Level | Ratio | Change | Contribution


@dataclass(frozen=True, slots=True)
class Step:
    """How a value was derived: from which shape, into which variable, out of what was known by then."""

    shape: Tie
    variable: int
    inputs: tuple[int, ...]


@dataclass(slots=True)
class Shapes:
    """What a conflict consists of; values that a relation says are one stand under one number."""

    levels: list[Level] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    same: dict[int, int] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    signed: Collection[int] = ()

    @classmethod
    def of(cls, network: Network, conflict: Conflict) -> Shapes:
        told = [network.constraints[at] for at in conflict.constraints]
        shapes = cls(signed=network.signed)
        for one in told:
            shapes.rules.append(one.rule)
            if one.figure is not None and one.figure not in shapes.figures:
                shapes.figures.append(one.figure)
            elif one.figure is None:
                shapes._join(one)
        for one in told:
            rows = list(_packed(one))
            if one.rule == "contribution" and one.figure is not None:
                shapes._contributes(one)
                continue
            tying = [row for row in rows if len(row.terms) > 1] or rows  # that a base is above zero goes without saying
            for row in tying:
                shapes._add(one, row)
        return shapes

    def root(self, variable: int) -> int:
        while variable in self.same:
            variable = self.same[variable]
        return variable

    def _join(self, one: Constraint) -> None:
        for row in one.rows:
            if _ties(row):
                first, second = (self.root(variable) for variable, _ in row.terms)
                if first != second:
                    self.same[max(first, second)] = min(first, second)

    def _add(self, one: Constraint, row: Row) -> None:
        terms = [(self.root(variable), times) for variable, times in row.terms]
        figure = one.figure
        if len(terms) == 1:
            self.levels.append(Level(figure, terms[0][0], _bounds(row, terms[0][1])))
        elif figure is None and _ties(row):
            return
        elif figure is None and 0 in (row.low, row.high) and (row.low == row.high or None in (row.low, row.high)):
            self.sums.append(_sum(one.rule, row, terms, self.signed))
        elif figure is not None and len(terms) == 2 and terms[0][1] * terms[1][1] < 0:
            if row.low in (0, None) and row.high in (0, None):
                self._ratio(figure, terms, row)
            elif terms[0][1] == -terms[1][1]:
                self.changes.append(Change(figure, terms[0][0], terms[1][0], _bounds(row, terms[0][1])))
            else:
                self.loose.append(Loose(figure, one.rule, row))
        else:
            self.loose.append(Loose(figure, one.rule, row))

    def _ratio(self, figure: int, terms: list[tuple[int, int]], row: Row) -> None:
        (upper, above), (lower, below) = terms
        value = Fraction(-below, above)
        ends = (row.low, row.high) if above > 0 else (row.high, row.low)
        found = Range(None if ends[0] is None else value, None if ends[1] is None else value)
        for at, one in enumerate(self.ratios):
            if (one.figure, one.upper, one.lower) == (figure, upper, lower):
                self.ratios[at] = Ratio(figure, upper, lower, one.range.within(found))
                return
        self.ratios.append(Ratio(figure, upper, lower, found))

    def _contributes(self, one: Constraint) -> None:
        """Two rows of three values: now, before, and the whole that the difference is measured by."""
        low: Fraction | None = None
        high: Fraction | None = None
        members: tuple[int, int, int] | None = None
        for row in one.rows:
            if len(row.terms) == 3:
                now, before, whole = (self.root(variable) for variable, _ in row.terms)
                members = (now, before, whole)
                bound = Fraction(-100 * row.terms[2][1], row.terms[0][1])
                low, high = (bound, high) if row.low is not None else (low, bound)
        if members is not None:
            self.contributions.append(Contribution(one.figure, *members, Range(low, high)))

    @property
    def ties(self) -> tuple[Tie, ...]:
        return (*self.ratios, *self.changes, *self.contributions, *self.sums)

    # ---- what follows

    def derived(self, without: Collection[int | None], one: int | None = None) -> tuple[dict[int, Range], list[Step]]:
        """Where each value lies by all figures but some, and the steps that led to those without a figure.

        `one` is a value taken for 1: of ratios alone nothing but quotients can be told.
        """
        known: dict[int, Range] = {} if one is None else {one: Range(Fraction(1), Fraction(1))}
        for level in self.levels:
            if level.figure not in without or level.figure is None:
                known[level.variable] = known.get(level.variable, Range()).within(level.range)
        steps: list[Step] = []
        at_least = False  # what mere parts leave comes after everything that the whole sums say
        while True:
            found = self._next(known, without, at_least)
            if found is not None:
                known[found[0].variable] = found[1]
                steps.append(found[0])
                at_least = False
            elif at_least:
                return known, steps
            else:
                at_least = True

    def _next(
        self, known: dict[int, Range], without: Collection[int | None], at_least: bool
    ) -> tuple[Step, Range] | None:
        for shape in self.ties:
            if isinstance(shape, Sum):
                follows = _least(shape, known, self.signed) if at_least else _follows_sum(shape, known)
            elif shape.figure in without:
                continue
            else:
                follows = _follows(shape, known)
            for variable, where in follows:
                if variable not in known and not where.is_open:
                    return Step(shape, variable, tuple(at for at in members(shape) if at in known)), where
        return None

    def implied(self, figure: int) -> tuple[Range, list[Step], Saying] | None:
        """What the others leave for a figure, a ratio as a plain quotient, and the steps that lead there.

        None where they do not say, or leave what is printed.
        """
        sayings: tuple[Saying, ...] = (*self.levels, *self.ratios, *self.changes, *self.contributions)
        for saying in sayings:
            if saying.figure == figure:
                known, steps = self.derived((figure,), self.unit_of(saying))
                where = _measured(saying, known)
                if where is not None and not where.meets(saying.range):
                    return where, _needed(steps, [at for at in variables(saying) if at in known]), saying
        return None

    def unit_of(self, saying: Saying) -> int | None:
        """The value to take for 1 where nothing but ratios are told."""
        if not isinstance(saying, Ratio) or self.levels:
            return None
        lowers = [one.lower for one in self.ratios if one.figure != saying.figure]
        return max(lowers, key=lowers.count, default=saying.lower)


def _measured(saying: Saying, known: dict[int, Range]) -> Range | None:
    """Where what a figure says of lies, by what is known of its values."""
    if any(at not in known for at in variables(saying)):
        return None
    if isinstance(saying, Level):
        return known[saying.variable]
    if isinstance(saying, Ratio):
        return known[saying.upper].quotient(known[saying.lower])
    less = known[saying.now].plus(known[saying.before], Fraction(-1))
    return less if isinstance(saying, Change) else less.by(known[saying.whole]).times(Fraction(100))


def _packed(one: Constraint) -> Iterator[Row]:
    """The rows of a constraint; of one value or one difference, several rows as one."""
    by_terms: dict[tuple[tuple[int, int], ...], Row] = {}
    for row in one.rows:
        other = by_terms.get(row.terms)
        if other is not None and other.over == row.over and len(row.terms) == 1:
            low = max((end for end in (row.low, other.low) if end is not None), default=None)
            high = min((end for end in (row.high, other.high) if end is not None), default=None)
            by_terms[row.terms] = Row(row.terms, low, high, row.over)
        elif other is not None:
            yield row
        else:
            by_terms[row.terms] = row
    yield from by_terms.values()


def _ties(row: Row) -> bool:
    return row.low == row.high == 0 and len(row.terms) == 2 and row.terms[0][1] == -row.terms[1][1]


def _bounds(row: Row, times: int) -> Range:
    low = None if row.low is None else Fraction(row.low, row.over * times)
    high = None if row.high is None else Fraction(row.high, row.over * times)
    return Range(low, high) if times > 0 else Range(high, low)


def _sum(rule: str, row: Row, terms: list[tuple[int, int]], signed: Collection[int]) -> Sum:
    """The whole is the value that may be negative (a balance), else the one whose sign stands alone."""
    ups, downs = ([at for at, (_, times) in enumerate(terms) if times * sign > 0] for sign in (1, -1))
    whole = ups[0] if len(ups) == 1 else downs[0] if len(downs) == 1 else 0
    if row.low == row.high:
        whole = next((at for at, (variable, _) in enumerate(terms) if variable in signed and len(terms) > 2), whole)
        if len(ups) == len(downs) == 1:
            whole = 0
    elif len(ups) == len(downs) == 1:
        whole = ups[0] if row.low == 0 else downs[0]
    base = Fraction(terms[whole][1])
    parts = tuple((variable, -times / base) for at, (variable, times) in enumerate(terms) if at != whole)
    return Sum(rule, terms[whole][0], parts, row.low == row.high)


def _least(shape: Sum, known: dict[int, Range], signed: Collection[int]) -> Iterator[tuple[int, Range]]:
    """What follows where members are missing that are not negative."""
    floor = Range(Fraction(0), None)
    filled = {at: known.get(at, Range() if at in signed else floor) for at in shape.variables}
    for at in shape.variables:
        if at not in known:
            others = {other: where for other, where in filled.items() if other != at}
            for variable, where in _follows_sum(shape, others):
                if where.high is not None or (where.low or 0) > 0:
                    yield variable, where


def _follows(shape: Ratio | Change | Contribution, known: dict[int, Range]) -> Iterator[tuple[int, Range]]:
    if isinstance(shape, Ratio):
        if shape.lower in known:
            yield shape.upper, known[shape.lower].product(shape.range)
        if shape.upper in known:
            yield shape.lower, known[shape.upper].quotient(shape.range)
    elif isinstance(shape, Change):
        if shape.before in known:
            yield shape.now, known[shape.before].plus(shape.range)
        if shape.now in known:
            yield shape.before, known[shape.now].plus(shape.range, Fraction(-1))
    else:
        yield from _follows_contribution(shape, known)


def _follows_contribution(shape: Contribution, known: dict[int, Range]) -> Iterator[tuple[int, Range]]:
    if shape.whole in known:
        share = shape.range.times(Fraction(1, 100)).spread(known[shape.whole])
        if shape.before in known:
            yield shape.now, known[shape.before].plus(share)
        if shape.now in known:
            yield shape.before, known[shape.now].plus(share, Fraction(-1))
    elif shape.now in known and shape.before in known:
        grown = known[shape.now].plus(known[shape.before], Fraction(-1))
        if grown.low is not None and grown.low > 0:
            yield shape.whole, grown.times(Fraction(100)).by(shape.range)


def _follows_sum(shape: Sum, known: dict[int, Range]) -> Iterator[tuple[int, Range]]:
    """An equal sum gives any member from the others; of mere parts, what they come to is the least of the whole."""
    missing = [variable for variable in shape.variables if variable not in known]
    if len(missing) != 1:
        return
    at = missing[0]
    total = Range(Fraction(0), Fraction(0))
    for part, times in shape.parts:
        if part != at:
            total = total.plus(known[part], times)
    if at == shape.whole:
        yield at, total if shape.equal else Range(total.low, None)
        return
    times = next(times for part, times in shape.parts if part == at)
    rest = known[shape.whole].plus(total, Fraction(-1)).times(1 / times)
    yield at, rest if shape.equal else Range(Fraction(0) if times > 0 else None, rest.high if times > 0 else None)


def _needed(steps: list[Step], wanted: list[int]) -> list[Step]:
    """The steps that lead to some values, in order, without those that lead elsewhere."""
    by_variable = {step.variable: step for step in steps}
    queue, kept = list(wanted), set[int]()
    while queue:
        at = queue.pop()
        step = by_variable.get(at)
        if step is None or at in kept:
            continue
        kept.add(at)
        queue += step.inputs
    return [step for step in steps if step.variable in kept]


def members(shape: Tie) -> tuple[int, ...]:
    return shape.variables if isinstance(shape, Sum) else variables(shape)


def variables(saying: Saying) -> tuple[int, ...]:
    """The values that a figure speaks of."""
    if isinstance(saying, Level):
        return (saying.variable,)
    if isinstance(saying, Ratio):
        return (saying.upper, saying.lower)
    if isinstance(saying, Change):
        return (saying.now, saying.before)
    return (saying.now, saying.before, saying.whole)
