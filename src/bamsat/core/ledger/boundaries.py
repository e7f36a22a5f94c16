# SPDX-License-Identifier: Apache-2.0
"""Figures on the boundaries of another day: values follow their places through every merger, split and transfer.

See docs/ledger/boundaries.md. Nothing stored is rewritten: a restated value says so and shows its parts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from bamsat.core.ledger.allocation import by_numerators
from bamsat.core.ledger.amounts import Amount
from bamsat.core.ledger.outcomes import Part, Portion, Refusal, Restated
from bamsat.core.ledger.succession import Changes, Event, Names, Step, listed, plain_name

Values = Mapping[Hashable, Amount]
_WHOLE = Fraction(1)
_DAY = timedelta(days=1)


@dataclass(slots=True)
class _Route:
    """How values of one day's places come together in one place of another day; found once, used for all periods."""

    target: Hashable
    shares: dict[Hashable, Fraction] = field(default_factory=dict)
    layers: list[dict[Hashable, tuple[Event, tuple[bool, ...]]]] = field(default_factory=list)
    steps: tuple[Step, ...] = ()
    adds: bool = True
    refusal: Refusal | None = None


class Boundaries:
    """The boundaries of a set of places over time.

    >>> merged = date(2025, 7, 1)
    >>> commune = Boundaries([Step("xã A", "xã C", merged), Step("xã B", "xã C", merged)])
    >>> figures = {"xã A": Amount.exactly(10), "xã B": Amount.exactly(20)}
    >>> def on(place, day): return commune.restate(place, figures, as_of=date(2024, 12, 31), on=day)
    >>> on("xã C", merged).amount.value, on("xã A", date(2024, 12, 31)).amount.value, on("xã A", merged).why
    (30, 10, 'gone')
    """

    def __init__(
        self, steps: Iterable[Step], names: Names = plain_name, since: Mapping[Hashable, date | None] | None = None
    ) -> None:
        self._changes = Changes(steps, names, since)
        self._names = names
        self._routes: dict[tuple[Hashable, int, int], _Route] = {}

    def restate(self, target: Hashable, values: Values, *, as_of: date, on: date) -> Restated | Refusal:
        """The value of a place on the boundaries of the day `on`, from values on the boundaries of the day `as_of`.

        For flows and stocks, which add; `as_of` is as a rule the last day of the period.
        """
        route = self._route(target, as_of, on)
        refusal = self._absent(target, on) or route.refusal
        if refusal:
            return refusal
        sources = {place: values[place] for place in route.shares if place in values}
        if len(sources) < len(route.shares):
            due = {place: share for place, share in route.shares.items() if self._is_due(route, place, as_of)}
            if not due.keys() <= values.keys():
                return self._missing(target, values, due)
            if not sources:
                return self._not_yet(target, as_of)
        amount = Amount.sum(sources.values()) if route.adds else _follow(route, sources)
        return Restated(target, amount, _parts(route, sources, amount.value), route.steps)

    def restate_all(self, values: Values, *, as_of: date, on: date) -> dict[Hashable, Restated | Refusal]:
        """The same for every place that the values lead to."""
        return {target: self.restate(target, values, as_of=as_of, on=on) for target in self._reached(values, as_of, on)}

    def territory(self, target: Hashable, *, on: date, as_of: date) -> tuple[Portion, ...] | Refusal:
        """Which places of the day `as_of`, and how much of each, make up the target on the boundaries of the day `on`.

        >>> from decimal import Decimal
        >>> day = date(2025, 7, 1)
        >>> steps = [Step("A", "A", day, Decimal("0.7")), Step("A", "B", day, Decimal("0.3")), Step("B", "B", day)]
        >>> [(p.place, str(p.share)) for p in Boundaries(steps).territory("B", on=day, as_of=date(2025, 6, 30))]
        [('A', '3/10'), ('B', '1')]
        """
        route = self._route(target, as_of, on)
        refusal = self._absent(target, on) or route.refusal
        if refusal:
            return refusal
        shares = route.shares.items()
        return tuple(Portion(place, share) for place, share in shares if self._is_due(route, place, as_of))

    def changed(self, target: Hashable, *, as_of: date, on: date) -> bool:
        """Whether the boundaries of a place differ between two days."""
        route = self._route(target, as_of, on)
        return bool(route.steps) or route.refusal is not None or self._absent(target, on) is not None

    def _is_due(self, route: _Route, place: Hashable, as_of: date) -> bool:
        """Whether a figure of a part must be there: it was a place by then, or nothing speaks against it."""
        was_there = self._changes.was_there(place, as_of)
        return was_there is True or (was_there is None and not route.steps)

    def _route(self, target: Hashable, as_of: date, on: date) -> _Route:
        # Between two days of change all days are alike: a few routes serve all periods.
        start, end = self._changes.count_until(as_of), self._changes.count_until(on)
        key = (target, start, end)
        if key not in self._routes:
            self._routes[key] = self._forward(target, start, end) if start <= end else self._back(target, start, end)
        return self._routes[key]

    def _forward(self, target: Hashable, start: int, end: int) -> _Route:
        route = _Route(target)
        shares, steps = {target: _WHOLE}, list[Step]()
        for at in range(end - 1, start - 1, -1):
            shares = self._one_day_back(route, at, shares, steps)
            if route.refusal:
                return route
        route.layers.reverse()
        route.shares, route.steps = shares, tuple(sorted(steps, key=lambda step: step.on))
        return route

    def _one_day_back(
        self, route: _Route, at: int, after: dict[Hashable, Fraction], steps: list[Step]
    ) -> dict[Hashable, Fraction]:
        """How much of each place before a day of change ends up in the target, from how much of each place after it."""
        events, arrivals = self._changes.events[at], self._changes.arrivals[at]
        before: dict[Hashable, Fraction] = {}
        layer: dict[Hashable, tuple[Event, tuple[bool, ...]]] = {}
        for place, share in after.items():
            for old in arrivals.get(place, ()):
                if old not in layer:
                    event = events[old]
                    before[old] = self._share_of(route, event, after)
                    layer[old] = (event, tuple(new in after for new in event.successors))
                    steps.extend(step for step in event.steps if step.new in after)
            if place not in events and self._changes.was_there(place, self._changes.days[at] - _DAY) is not False:
                before[place] = share
        route.layers.append(layer)
        return before

    def _share_of(self, route: _Route, event: Event, after: Mapping[Hashable, Fraction]) -> Fraction:
        gathered = [after.get(new, Fraction(0)) for new in event.successors]
        if event.flaw == "unstated" and all(share == 1 for share in gathered):
            return _WHOLE  # all of it comes together again, however it was split
        if event.flaw:
            route.refusal = Refusal(route.target, event.flaw, *event.told_flaw(self._names))
            return Fraction(0)
        if len(gathered) > 1 and len({*gathered, _WHOLE}) > 1:
            route.adds = False
        return sum((Fraction(a, event.below) * s for a, s in zip(event.above, gathered, strict=True)), Fraction(0))

    def _back(self, target: Hashable, start: int, end: int) -> _Route:
        """Values on later boundaries can be told for earlier ones only where places came out of the target alone."""
        route = _Route(target)
        places, steps = [target], list[Step]()
        for at in range(end, start):
            events, arrivals, day = self._changes.events[at], self._changes.arrivals[at], self._changes.days[at]
            after = dict.fromkeys(
                new for old in places for new in (events[old].successors if old in events else (old,))
            )
            others = {old for new in after for old in arrivals.get(new, ())} - set(places)
            others |= {
                new for new in after
                if new not in events and new not in places and self._changes.was_there(new, day - _DAY)
            }  # fmt: skip
            if others:
                route.refusal = self._merged(target, day, places, list(after), others)
                return route
            steps.extend(step for old in places if old in events for step in events[old].steps)
            places = list(after)
        route.shares, route.steps = dict.fromkeys(places, _WHOLE), tuple(steps)
        return route

    def _reached(self, values: Values, as_of: date, on: date) -> list[Hashable]:
        start, end = self._changes.count_until(as_of), self._changes.count_until(on)
        places: dict[Hashable, None] = dict.fromkeys(values)
        for at in range(start, end):
            events = self._changes.events[at]
            places = dict.fromkeys(n for p in places for n in (events[p].successors if p in events else (p,)))
        for at in range(start - 1, end - 1, -1):
            arrivals = self._changes.arrivals[at]
            places = dict.fromkeys(old for place in places for old in arrivals.get(place, (place,)))
        return list(places)

    def _absent(self, place: Hashable, day: date) -> Refusal | None:
        if self._changes.was_there(place, day) is not False:
            return None
        ended = self._changes.end_of(place, day)
        if ended is None:
            return self._not_yet(place, day)
        (vi, en), (new_vi, new_en) = self._names(place), listed(ended[1], self._names)
        since = ended[0].strftime("%d/%m/%Y")
        return Refusal(
            place, "gone",
            vi=f"{vi}: từ {since} thuộc {new_vi}. Hãy xem số của {new_vi} hoặc xem trên địa giới trước ngày đó.",
            en=f"{en}: part of {new_en} since {since}. Look at {new_en}, or at boundaries before that day.",
        )  # fmt: skip

    def _not_yet(self, place: Hashable, day: date) -> Refusal:
        (vi, en), told = self._names(place), day.strftime("%d/%m/%Y")
        return Refusal(
            place, "not_yet",
            vi=f"{vi}: chưa có vào ngày {told}. Hãy chọn địa giới của ngày sau khi thành lập.",
            en=f"{en}: not there yet on {told}. Take the boundaries of a day after it was founded.",
        )  # fmt: skip

    def _merged(
        self, target: Hashable, day: date, places: list[Hashable], after: list[Hashable], others: set[Hashable]
    ) -> Refusal:
        (vi, en), since = self._names(target), day.strftime("%d/%m/%Y")
        if after == places:
            vi_what, en_what = listed(sorted(others, key=str), self._names)
            why = f"từ {since} nhận thêm từ {vi_what}", f"took in from {en_what} on {since}"
        else:
            vi_what, en_what = listed(after, self._names)
            why = f"từ {since} thuộc {vi_what}", f"part of {en_what} since {since}"
        return Refusal(
            target, "merged",
            vi=f"{vi}: {why[0]}. Số theo địa giới mới không tách lại được theo địa giới cũ.",
            en=f"{en}: {why[1]}. Figures on the new boundaries cannot be taken apart onto the old ones.",
        )  # fmt: skip

    def _missing(self, target: Hashable, values: Values, due: Mapping[Hashable, Fraction]) -> Refusal:
        missing = tuple(place for place in due if place not in values)
        vi, en = listed(missing, self._names)
        return Refusal(
            target, "missing",
            vi=f"Chưa có số của {vi}. Hãy nhập đủ: tổng của một số phần không phải là tổng chung.",
            en=f"No figure for {en}. Enter it: the sum of some of the parts is not the total.",
            missing=missing,
            parts=tuple(Part(place, values.get(place), share) for place, share in due.items()),
        )  # fmt: skip


def _follow(route: _Route, sources: Values) -> Amount:
    """Values pushed through the days of change in order, each split to the last unit among all its successors."""
    amounts = dict(sources)
    for layer in route.layers:
        moved: dict[Hashable, Amount] = {}
        for place, amount in amounts.items():
            for new, piece in _pieces(layer, place, amount):
                moved[new] = moved[new] + piece if new in moved else piece
        amounts = moved
    return amounts[route.target]


def _pieces(
    layer: Mapping[Hashable, tuple[Event, tuple[bool, ...]]], place: Hashable, amount: Amount
) -> list[tuple[Hashable, Amount]]:
    if place not in layer:
        return [(place, amount)]
    event, kept = layer[place]
    if event.flaw or len(event.steps) == 1:
        return [(event.steps[0].new, amount)]
    values = by_numerators(amount.value, event.above, event.below)
    return [
        (step.new, Amount(value, amount.lower * above // event.below, -(-amount.upper * above // event.below)))
        for step, value, above, keep in zip(event.steps, values, event.above, kept, strict=True)
        if keep
    ]


def _parts(route: _Route, sources: Values, total: int) -> tuple[Part, ...]:
    if route.adds:
        return tuple(Part(place, a, _WHOLE, a.value) for place, a in sources.items())
    shares = [route.shares[place] for place in sources]
    exact = [amount.value * share for amount, share in zip(sources.values(), shares, strict=True)]
    taken = _rounded_to(total, exact)
    return tuple(Part(*part) for part in zip(sources, sources.values(), shares, taken, strict=True))


def _rounded_to(total: int, exact: list[Fraction]) -> list[int]:
    """Exact contributions as whole numbers that add up to the total; a long chain may leave more than one unit each."""
    taken = [number.__floor__() for number in exact]
    each, left = divmod(total - sum(taken), len(taken))
    nearest = sorted(range(len(exact)), key=lambda i: taken[i] - exact[i])
    for at in nearest[:left]:
        taken[at] += 1
    return [number + each for number in taken]
