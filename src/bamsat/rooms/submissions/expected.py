# SPDX-License-Identifier: Apache-2.0
"""Who has to send a form for a period: places of its kinds below the office, alive on its last day, with exceptions."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from bamsat.core.forms.definition import Definition
from bamsat.core.terms.period import Period
from bamsat.rooms.places.models import Ancestor, Place
from bamsat.rooms.submissions.models import Form, Sparing


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks of whom, as far as it matters here."""

    form: Form
    definition: Definition
    roots: frozenset[int]  # the office's places from which it is asked


@dataclass(frozen=True, slots=True)
class _Exception:
    place: int
    required: bool
    first: int | None
    last: int | None

    def holds_in(self, period: Period) -> bool:
        return (self.first is None or self.first <= period.last) and (self.last is None or period.last <= self.last)


@dataclass(slots=True)
class Senders:
    """The places below some offices, read once, and asked for any of their forms and periods."""

    places: Mapping[int, Place]
    _by_kind: Mapping[str, list[int]]
    _below: Mapping[int, Mapping[int, list[tuple[date | None, date | None]]]]
    _exceptions: Mapping[int, list[_Exception]]
    _replaced: Mapping[int, frozenset[int]]  # of a form of everybody: the offices that have one of their own instead
    _found: dict[Any, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def read(cls, asked: Collection[Asked]) -> Senders:
        """Three queries, however many forms and places there are."""
        exceptions = _exceptions(each.form.pk for each in asked)
        roots = {root for each in asked for root in each.roots}
        replaced = _replaced(each.form.pk for each in asked)
        owners = {each.form.place_id for each in asked if each.form.place_id}.union(*replaced.values())
        below: dict[int, dict[int, list[tuple[date | None, date | None]]]] = defaultdict(lambda: defaultdict(list))
        rows = Ancestor.objects.filter(ancestor__in=roots | owners)
        for place, ancestor, since, until in rows.values_list("place_id", "ancestor_id", "valid_from", "valid_to"):
            below[ancestor][place].append((since, until))
        places = _places(asked, roots, exceptions)
        by_kind: dict[str, list[int]] = defaultdict(list)
        for place in places.values():
            by_kind[place.kind].append(place.pk)
        return cls(places, by_kind, below, exceptions, replaced)

    def of(self, asked: Asked, period: Period) -> frozenset[int]:
        """The places that have to send this form for this period."""
        definition, day = asked.definition, last_day(period)
        where = tuple((code, tuple(values)) for code, values in definition.where.items())
        key = (definition.senders, where, asked.roots, asked.form.place_id, self._replaced.get(asked.form.pk), day)
        if key not in self._found:
            self._found[key] = frozenset(self._usual(asked, day))
        found = self._found[key]
        exceptions = [each for each in self._exceptions.get(asked.form.pk, ()) if each.holds_in(period)]
        if not exceptions:
            return found
        spared = {each.place for each in exceptions if not each.required}
        more = {
            each.place for each in exceptions
            if each.required and each.place in self.places and self._is_asked(each.place, asked, day)
        }  # fmt: skip
        return (found - spared) | more

    def among(self, places: Iterable[int], asked: Asked, period: Period) -> list[int]:
        """Which of these few places have to send it."""
        day, exceptions = last_day(period), {}
        for each in self._exceptions.get(asked.form.pk, ()):
            if each.holds_in(period):
                exceptions[each.place] = each.required
        found = []
        for pk in places:
            place = self.places.get(pk)
            if place is None or not self._is_asked(pk, asked, day):
                continue
            usual = place.kind in asked.definition.senders and _fits(place, asked.definition)
            if exceptions.get(pk, usual):
                found.append(pk)
        return found

    def _usual(self, asked: Asked, day: date) -> Iterable[int]:
        for kind in asked.definition.senders:
            for pk in self._by_kind.get(kind, ()):
                if _fits(self.places[pk], asked.definition) and self._is_asked(pk, asked, day):
                    yield pk

    def _is_asked(self, pk: int, asked: Asked, day: date) -> bool:
        ended, owner = self.places[pk].ended, asked.form.place_id
        if ended is not None and ended <= day:
            return False
        if not any(self._is_under(pk, root, day) for root in asked.roots):
            return False
        if any(self._is_under(pk, office, day) for office in self._replaced.get(asked.form.pk, ())):
            return False
        return owner is None or self._is_under(pk, owner, day)

    def _is_under(self, pk: int, root: int, day: date) -> bool:
        if pk == root:
            return True
        spans = self._below.get(root, {}).get(pk, ())
        return any((since is None or since <= day) and (until is None or day < until) for since, until in spans)


def last_day(period: Period) -> date:
    year, month = divmod(period.last, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _replaced(forms: Iterable[int]) -> dict[int, frozenset[int]]:
    """The offices that use a form of their own instead of one of these."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Form.objects.filter(replaces__in=set(forms), ended=None, versions__in_use=True).distinct()
    for form, office in rows.values_list("replaces_id", "place_id"):
        if office is not None:
            found[form].add(office)
    return {form: frozenset(offices) for form, offices in found.items()}


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
) -> dict[int, Place]:
    """Places of the kinds that send; their attributes only where a form asks for one."""
    kinds = {kind for each in asked for kind in each.definition.senders}
    required = {each.place for told in exceptions.values() for each in told if each.required}
    below = Ancestor.objects.filter(ancestor__in=roots).values("place_id")
    wanted = Q(kind__in=kinds) & (Q(pk__in=below) | Q(pk__in=roots))
    rows = Place.objects.filter(wanted | Q(pk__in=required))
    fields = ["slug", "kind", "name", "name_en", "sort_key", "ended"]
    if any(each.definition.where for each in asked):
        fields.append("attributes")
    return {place.pk: place for place in rows.only(*fields)}


def _fits(place: Place, definition: Definition) -> bool:
    return all(_written(place.attributes.get(code)) in values for code, values in definition.where.items())


def _written(value: object) -> str:
    """An attribute as a form's definition names it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
