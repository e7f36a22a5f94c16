# SPDX-License-Identifier: Apache-2.0
"""Figures of a place on the boundaries of another day, asked for in the same way as those of its own time.

Levels of flows and stocks add, ratios come from their parts, indices are weighted anew, growth and plan ratios are
computed from restated levels. What cannot be said carries the reason. Nothing stored is rewritten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language

from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.ledger.amounts import Amount
from bamsat.core.ledger.derived import ratio_of, ratio_without_parts, reweigh
from bamsat.core.ledger.outcomes import Derived, Part, Refusal, Restated
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.figures.comparison import Number, Piece, Shelf, by_price_basis
from bamsat.rooms.figures.ground import Ground, end_of
from bamsat.rooms.figures.models import Entry, EntryKind, Measure


class RestatedShelf(Shelf):
    """The entries of one indicator at a place and at the places it was made of, on the boundaries of one day."""

    def __init__(
        self, indicator: Indicator, price_basis: str, own: Iterable[Entry], parts: Mapping[int, Shelf],
        restating: Restating, providers: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(indicator, price_basis, own, providers)
        self.ground, self.on = restating.ground, restating.on
        self.parts, self._restating = dict(parts), restating
        self._joined: dict[Period, Number] = {}
        self.unit = self.unit or next((part.unit for part in parts.values() if part.unit), "")
        self.refusals: dict[str, Refusal] = {}

    def periods(self) -> list[Period]:
        found = {*super().periods(), *(period for part in self.parts.values() for period in part.periods())}
        return sorted(found, key=lambda period: (-period.last, period.first))

    def stands_alone(self, period: Period) -> bool:
        return not self.ground.changed(period, self.on)

    def part(self, place: int) -> Shelf:
        """The shelf of a place of the family; an empty one where it told nothing of the periods asked for."""
        if place not in self.parts:
            self.parts[place] = Shelf(self.indicator, self.price_basis, ())
        return self.parts[place]

    def refusal(self, period: Period) -> str:
        """Why there is no number for a period, in the language of the page."""
        refused = self.refusals.get(period.code)
        if refused is None:
            return ""
        return refused.en if (get_language() or "vi").startswith("en") else refused.vi

    def _stated(
        self, measure: str, period: Period, kinds: tuple[EntryKind, ...], unit: str | None = None, yearly: bool = False
    ) -> Number | None:
        if self.stands_alone(period):
            return super()._stated(measure, period, kinds, unit, yearly)
        found = self._of_parts(measure, period, kinds, unit, yearly)
        if measure == Measure.RATIO and (self.indicator.numerator_id or any(n.of is None for n in found.values())):
            return self._ratio(period, found)
        if measure == Measure.RATIO:
            return self._so_many_of_so_many(period, found)
        if measure == Measure.INDEX or (measure == Measure.LEVEL and self.indicator.adds_up == AddsUp.INDEX):
            return self._index(period, found)
        if measure == Measure.LEVEL:
            return self._ratio(period, found) if self.indicator.adds_up == AddsUp.RATIO else self._sum(period, found)
        return None

    def _of_parts(
        self, measure: str, period: Period, kinds: tuple[EntryKind, ...], unit: str | None, yearly: bool
    ) -> dict[int, Number]:
        asked = {pk: part._stated(measure, period, kinds, unit, yearly) for pk, part in self.parts.items()}
        return {pk: number for pk, number in asked.items() if number is not None}

    # Flows and stocks.

    def join(self, period: Period, months: Sequence[Number]) -> None:
        """Let a period inside which the place was put together be the sum of its months, those before restated."""
        value, low, high = (
            sum(each, Decimal(0)) for each in zip(*((n.value, n.low, n.high) for n in months), strict=True)
        )
        size, _unit = self._display(months[0].unit)
        self._joined[period] = replace(
            months[0], value=value, low=low, high=high, display=_short(value / size), display_low=_short(low / size),
            display_high=_short(high / size), period=period.code, kind=_kind(months), derived=True, hedge="",
            written="", how=" + ".join(format_number(month.display) for month in months), months=len(months),
            estimated=sum(month.kind == EntryKind.ESTIMATE for month in months), boundaries=self.on, pieces=(),
            entries=tuple(dict.fromkeys(uuid for month in months for uuid in month.entries)),
            provider=months[-1].provider,
        )  # fmt: skip
        self._told.pop(("level", period), None)

    def _sum_of_months(self, period: Period) -> Number | None:
        return self._joined.get(period) or super()._sum_of_months(period)

    def _sum(self, period: Period, found: Mapping[int, Number]) -> Number | None:
        outcome = self.added(period, found)
        return None if outcome is None else self._number_of(outcome[0], outcome[1], period, found)

    def added(self, period: Period, found: Mapping[int, Number]) -> tuple[Restated, int] | None:
        """What the parts add up to, in whole numbers, and the scale of those; the reason is kept where they do not."""
        if not found:
            return None
        scale = _scale(found.values())
        amounts: dict[Hashable, Amount] = {pk: _amount(number, scale) for pk, number in found.items()}
        outcome = self.ground.boundaries.restate(self.ground.place.pk, amounts, as_of=end_of(period), on=self.on)
        if isinstance(outcome, Refusal):
            self._refuse(period, outcome)
            return None
        return outcome, scale

    def _refuse(self, period: Period, refusal: Refusal) -> None:
        self.refusals.setdefault(period.code, refusal)

    def _number_of(self, outcome: Restated, scale: int, period: Period, found: Mapping[int, Number]) -> Number:
        bounds = Bounded(
            *(Decimal(n).scaleb(-scale) for n in (outcome.amount.value, outcome.amount.lower, outcome.amount.upper))
        )
        pieces = self._pieces(outcome.parts, scale, found)
        how = " + ".join(_told(piece) for piece in pieces)
        made = self._derived(
            bounds, next(iter(found.values())).unit, period, tuple(found[_pk(p.place)] for p in outcome.parts), how
        )
        # A sum of exact numbers is exact: it is shown as it is, not rounded to what a quotient would be sure of.
        size, _unit = self._display(made.unit)
        return replace(
            made, display=_short(bounds.value / size), display_low=_short(bounds.low / size),
            display_high=_short(bounds.high / size), kind=_kind(found.values()), boundaries=self.on, pieces=pieces,
        )  # fmt: skip

    def _pieces(self, parts: Iterable[Part], scale: int, found: Mapping[int, Number]) -> tuple[Piece, ...]:
        made = []
        for part in parts:
            number = found.get(_pk(part.place))
            size, _unit = self._display(number.unit) if number else (1, "")
            taken = None if part.taken is None else _short(Decimal(part.taken).scaleb(-scale) / size)
            made.append(Piece(self.ground.places[_pk(part.place)], number, part.share, taken))
        return tuple(made)

    # What does not add.

    def _so_many_of_so_many(self, period: Period, found: Mapping[int, Number]) -> Number | None:
        """25 of 79 and 10 of 20 are 35 of 99."""
        whole = {
            pk: replace(number, value=number.of, low=number.of, high=number.of)
            for pk, number in found.items()
            if number.of
        }
        above, below = self.added(period, found), self.added(period, whole)
        if above is None or below is None:
            return None
        number = self._number_of(above[0], above[1], period, found)
        return replace(number, measure=Measure.RATIO, of=Decimal(below[0].amount.value).scaleb(-below[1]))

    def _ratio(self, period: Period, found: Mapping[int, Number]) -> Number | None:
        shelves = self._restating.parts_of_ratio(self.indicator)
        above, below = (shelf.level(period) for shelf in shelves) if shelves else (None, None)
        if above is not None and below is not None:
            return self._quotient(period, above, below)
        refused = [shelf.refusals[period.code] for shelf in shelves or () if period.code in shelf.refusals]
        if found:
            without = ratio_without_parts(self.ground.place.pk, self._restating.names)
            self._refuse(period, refused[0] if refused else without)
        return None

    def _quotient(self, period: Period, above: Number, below: Number) -> Number | None:
        scale, place = _scale((above, below)), self.ground.place.pk
        times = Decimal(100) if self.indicator.unit == "%" else Decimal(1)
        upper, lower = (Restated(place, _amount(each, scale), (), ()) for each in (above, below))
        told = ratio_of(upper, lower, times)
        if isinstance(told, Refusal):
            self._refuse(period, told)
            return None
        bounds = Bounded(told.bounds.value, told.bounds.lower, told.bounds.upper)
        how = f"{format_number(above.display)} ÷ {format_number(below.display)}"
        made = self._derived(bounds, self.indicator.unit, period, (above, below), how)
        return replace(made, boundaries=self.on, pieces=(*above.pieces, *below.pieces))

    def _index(self, period: Period, found: Mapping[int, Number]) -> Number | None:
        if not found:
            return None
        scale = _scale(found.values())
        amounts: dict[Hashable, Amount] = {pk: _amount(number, scale) for pk, number in found.items()}
        outcome = reweigh(
            self.ground.boundaries, self.ground.place.pk, amounts, self._restating.weights(self.indicator),
            as_of=end_of(period), on=self.on, names=self._restating.names,
        )  # fmt: skip
        if isinstance(outcome, Refusal):
            self._refuse(period, outcome)
            return None
        return self._weighted(outcome, scale, period, found)

    def _weighted(self, outcome: Derived, scale: int, period: Period, found: Mapping[int, Number]) -> Number:
        bounds = outcome.bounds
        number = Bounded(*(n.scaleb(-scale) for n in (bounds.value, bounds.lower, bounds.upper)))
        one = next(iter(found.values()))
        pieces = tuple(replace(piece, taken=None) for piece in self._pieces(outcome.parts, scale, found))
        how = "; ".join(_told(piece) for piece in pieces)
        made = self._derived(number, one.unit, period, tuple(found.values()), how)
        return replace(made, measure=one.measure, kind=_kind(found.values()), boundaries=self.on, pieces=pieces)


class Restating:
    """Entries of a place and its family, put on the boundaries of a day, indicator by indicator."""

    def __init__(
        self, ground: Ground, on: date, entries: Iterable[Entry], providers: Mapping[int, Sequence[str]] | None = None
    ) -> None:
        self.ground, self.on, self._providers = ground, on, providers or {}
        self._entries: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        self._indicators: dict[int, Indicator] = {}
        for entry in entries:
            self._entries[entry.series.indicator_id, entry.series.place_id].append(entry)
            self._indicators[entry.series.indicator_id] = entry.series.indicator

    def names(self, place: Hashable) -> tuple[str, str]:
        found = self.ground.places[_pk(place)]
        return found.name, found.name_en or found.name

    def shelf(self, indicator: Indicator, price_basis: str) -> RestatedShelf:
        heard = self._providers.get(indicator.pk, ())
        by_place = {pk: self._of(indicator.pk, pk, price_basis) for pk in self.ground.places}
        parts = {pk: Shelf(indicator, price_basis, found, heard) for pk, found in by_place.items() if found}
        return RestatedShelf(indicator, price_basis, by_place[self.ground.place.pk], parts, self, heard)

    def price_bases(self, indicator: Indicator) -> list[str]:
        """Those that any place of the family has levels of."""
        found = [e for pk in self.ground.places for e in self._entries.get((indicator.pk, pk), ())]
        return list(by_price_basis(found)) if found else []

    def _of(self, indicator: int, place: int, price_basis: str) -> list[Entry]:
        found = self._entries.get((indicator, place), [])
        return by_price_basis(found).get(price_basis, []) if found else []

    def parts_of_ratio(self, indicator: Indicator) -> tuple[RestatedShelf, RestatedShelf] | None:
        above, below = (self._indicators.get(pk or 0) for pk in (indicator.numerator_id, indicator.denominator_id))
        return (self._any_basis(above), self._any_basis(below)) if above and below else None

    def _any_basis(self, indicator: Indicator) -> RestatedShelf:
        bases = self.price_bases(indicator)
        return self.shelf(indicator, indicator.price_basis if indicator.price_basis in bases else bases[0])

    def weights(self, indicator: Indicator) -> dict[Hashable, Decimal] | None:
        """The values of the base year by which its index is weighted, place by place; None where none are declared."""
        weight = self._indicators.get(indicator.weight_id or 0)
        if weight is None or indicator.base_year is None:
            return None
        year, found = Period.year(indicator.base_year), dict[Hashable, Decimal]()
        for pk in self.ground.places:
            for basis in self.price_bases(weight):
                level = Shelf(weight, basis, self._of(weight.pk, pk, basis)).level(year)
                if level is not None:
                    found.setdefault(pk, level.value)
        return found


def related(indicators: Iterable[Indicator]) -> set[int]:
    """The indicators that restating these takes: themselves, the parts of ratios, the weights of indices."""
    found = set[int]()
    for one in indicators:
        found |= {pk for pk in (one.pk, one.numerator_id, one.denominator_id, one.weight_id) if pk}
    return found


def _pk(place: Hashable) -> int:
    assert isinstance(place, int)
    return place


def _scale(numbers: Iterable[Number]) -> int:
    """So many decimals that every number and bound is whole."""
    return max(max(0, -int(n.as_tuple().exponent)) for each in numbers for n in (each.value, each.low, each.high))


def _amount(number: Number, scale: int) -> Amount:
    return Amount(*(int(each.scaleb(scale)) for each in (number.value, number.low, number.high)))


def _kind(numbers: Iterable[Number]) -> str:
    """Estimated if any part is."""
    kinds = [number.kind for number in numbers]
    return EntryKind.ESTIMATE if EntryKind.ESTIMATE in kinds else kinds[0]


def _told(piece: Piece) -> str:
    """ "Hà Giang 12", "Xã B 40 × 3/10"."""
    shown = format_number(piece.number.display) if piece.number else "?"
    return (
        f"{piece.place.label} {shown}"
        if piece.share == 1
        else f"{piece.place.label} {shown} × {share_words(piece.share)}"
    )


def share_words(share: Fraction) -> str:
    """ "3/10", "35,71%"."""
    if share.denominator <= 100:
        return f"{share.numerator}/{share.denominator}"
    return f"{format_number(Decimal(100 * share.numerator) / share.denominator, 2)}%"


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
