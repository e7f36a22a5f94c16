# SPDX-License-Identifier: Apache-2.0
"""Who has to send a form for a period: places of its kinds below the office, alive on its last day, with exceptions."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q

from bamsat.core.forms.definition import Definition
from bamsat.core.terms.period import Period
from bamsat.rooms.places.models import Ancestor, Place
from bamsat.rooms.submissions.models import Form, FormVersion, Sparing


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks of whom, as far as it matters here."""

    form: Form
    definition: Definition
    roots: frozenset[int]  # the office's places from which it is asked
    since: datetime | None = None  # when it was put in use


@dataclass(frozen=True, slots=True)
class _Exception:
    place: int
    required: bool
    first: int | None
    last: int | None

    def holds_in(self, period: Period) -> bool:
        return (self.first is None or self.first <= period.last) and (self.last is None or period.last <= self.last)


class _Replaced(NamedTuple):
    """An office that asks by a form of its own instead of everybody's, from a month on."""

    office: int
    first_month: int
    ended: date | None

    def holds_on(self, day: date) -> bool:
        return self.first_month <= day.year * 12 + day.month - 1 and (self.ended is None or day < self.ended)


class Sender(NamedTuple):
    """A place as far as it matters here."""

    pk: int
    kind: str
    ended: date | None
    attributes: Mapping[str, Any]


@dataclass(slots=True)
class Senders:
    """The places below some offices, read once, and asked for any of their forms and periods."""

    places: Mapping[int, Sender]
    _by_kind: Mapping[str, list[int]]
    _below: Mapping[int, list[tuple[int, date | None, date | None]]]
    _exceptions: Mapping[int, list[_Exception]]
    _replaced: Mapping[int, list[_Replaced]]
    _kept: dict[Any, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def read(cls, asked: Collection[Asked]) -> Senders:
        """Four queries, however many forms and places there are."""
        replaced = _replaced(each.form.pk for each in asked)
        exceptions = _exceptions(each.form.pk for each in asked)
        roots = {root for each in asked for root in each.roots}
        owners = {each.form.place_id for each in asked if each.form.place_id}
        owners |= {each.office for found in replaced.values() for each in found}
        below: dict[int, list[tuple[int, date | None, date | None]]] = defaultdict(list)
        rows = Ancestor.objects.filter(ancestor__in=roots | owners)
        for ancestor, pk, since, until in rows.values_list("ancestor_id", "place_id", "valid_from", "valid_to"):
            below[ancestor].append((pk, since, until))
        places = _places(asked, roots, exceptions)
        by_kind: dict[str, list[int]] = defaultdict(list)
        for place in places.values():
            by_kind[place.kind].append(place.pk)
        return cls(places, by_kind, below, exceptions, replaced)

    def of(self, asked: Asked, period: Period) -> frozenset[int]:
        """The places that have to send this form for this period."""
        definition, day = asked.definition, last_day(period)
        where = tuple((code, tuple(values)) for code, values in definition.where.items())
        key = (definition.senders, where, asked.roots, asked.form.place_id, self._instead(asked, day), day)
        if key not in self._kept:
            self._kept[key] = frozenset(self._usual(asked, day))
        found = self._kept[key]
        exceptions = [each for each in self._exceptions.get(asked.form.pk, ()) if each.holds_in(period)]
        if not exceptions:
            return found
        spared = {each.place for each in exceptions if not each.required}
        more = {each.place for each in exceptions if each.required}
        return (found - spared) | (self._there(asked, day) & more)

    def among(self, places: Iterable[int], asked: Asked, period: Period) -> list[int]:
        """Which of these few places have to send it."""
        day = last_day(period)
        told = {each.place: each.required for each in self._exceptions.get(asked.form.pk, ()) if each.holds_in(period)}
        there = self._there(asked, day)
        return [pk for pk in places if pk in there and told.get(pk, self._is_usual(pk, asked.definition))]

    def _usual(self, asked: Asked, day: date) -> Iterable[int]:
        there = self._there(asked, day)
        for kind in asked.definition.senders:
            found = there.intersection(self._by_kind.get(kind, ()))
            if asked.definition.where:
                found = frozenset(pk for pk in found if _fits(self.places[pk], asked.definition))
            yield from found

    def _is_usual(self, pk: int, definition: Definition) -> bool:
        place = self.places[pk]
        return place.kind in definition.senders and _fits(place, definition)

    def _there(self, asked: Asked, day: date) -> frozenset[int]:
        """The places below the office, and below the one whose form it is, that are there on that day."""
        owner, instead = asked.form.place_id, self._instead(asked, day)
        key = (asked.roots, owner, instead, day)
        if key not in self._kept:
            found = frozenset().union(*(self._under(root, day) for root in asked.roots))
            found = found.difference(*(self._under(office, day) for office in instead))
            self._kept[key] = found if owner is None else found & self._under(owner, day)
        return self._kept[key]

    def _instead(self, asked: Asked, day: date) -> tuple[int, ...]:
        """The offices that ask by a form of their own that day."""
        found = self._replaced.get(asked.form.pk, ())
        return tuple(sorted({each.office for each in found if each.holds_on(day)}))

    def _under(self, root: int, day: date) -> frozenset[int]:
        key = (root, day)
        if key not in self._kept:
            below = (
                pk for pk, since, until in self._below.get(root, ())
                if (since is None or since <= day) and (until is None or day < until)
            )  # fmt: skip
            self._kept[key] = frozenset(pk for pk in (root, *below) if self._is_alive(pk, day))
        return self._kept[key]

    def _is_alive(self, pk: int, day: date) -> bool:
        place = self.places.get(pk)
        return place is not None and (place.ended is None or day < place.ended)


def last_day(period: Period) -> date:
    year, month = divmod(period.last, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _replaced(forms: Iterable[int]) -> dict[int, list[_Replaced]]:
    """The offices that use a form of their own instead of one of these."""
    found: dict[int, list[_Replaced]] = defaultdict(list)
    rows = FormVersion.objects.filter(form__replaces__in=set(forms), in_use=True)
    for form, office, month, ended in rows.values_list(
        "form__replaces_id", "form__place_id", "first_month", "form__ended"
    ):
        if form is not None and office is not None:
            found[form].append(_Replaced(office, month, ended))
    return found


def _exceptions(forms: Iterable[int]) -> dict[int, list[_Exception]]:
    found: dict[int, list[_Exception]] = defaultdict(list)
    rows = Sparing.objects.filter(form__in=set(forms))
    for form, place, required, first, last in rows.values_list(
        "form_id", "place_id", "required", "first_month", "last_month"
    ):
        found[form].append(_Exception(place, required, first, last))
    return found


def _places(
    asked: Collection[Asked], roots: Collection[int], exceptions: Mapping[int, list[_Exception]]
) -> dict[int, Sender]:
    """Places of the kinds that send; their attributes only where a form asks for one."""
    kinds = {kind for each in asked for kind in each.definition.senders}
    required = {each.place for told in exceptions.values() for each in told if each.required}
    below = Ancestor.objects.filter(ancestor__in=roots).values("place_id")
    wanted = Q(kind__in=kinds) & (Q(pk__in=below) | Q(pk__in=roots))
    rows = Place.objects.filter(wanted | Q(pk__in=required)).order_by()
    told = rows.values_list("pk", "kind", "ended")
    if any(each.definition.where for each in asked):
        return {pk: Sender(pk, *more) for pk, *more in rows.values_list("pk", "kind", "ended", "attributes")}
    return {pk: Sender(pk, kind, ended, {}) for pk, kind, ended in told}


def _fits(place: Sender, definition: Definition) -> bool:
    return all(_written(place.attributes.get(code)) in values for code, values in definition.where.items())


def _written(value: object) -> str:
    """An attribute as a form's definition names it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
