# SPDX-License-Identifier: Apache-2.0
"""Where the targets stand that notes are tied to: plan, what was done, how much of the plan, in what state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.comparison import Shelf, shelves
from bamsat.rooms.figures.models import Entry, Measure, Series
from bamsat.rooms.figures.numbers import KIND_OF_STATE, Told, scale_of, told
from bamsat.rooms.figures.providers import heard_first
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.situation.models import Note

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator that a note is tied to, with or without a target."""

    indicator: Indicator
    place: Place
    segment: str
    span: Period
    price_basis: str = ""
    growth: bool = False  # the target is a growth, not a level


@dataclass(frozen=True, slots=True)
class Line:
    """Where one of them stands, in words."""

    asked: Asked
    plan: Told | None
    done: Told | None
    ratio: Told | None
    kind: str
    state: str
    address: str


def lines_of(user: User | AnonymousUser, notes: Sequence[Note], known: datetime | None = None) -> dict[int, list[Line]]:
    """For each note, by its id, the lines of its targets, then of its other indicators; two queries for all."""
    asked = {note.pk: _asked(note) for note in notes}
    found = _shelves(user, [one for each in asked.values() for one in each], known)
    return {pk: [_line(one, found) for one in each] for pk, each in asked.items()}


def _asked(note: Note) -> list[Asked]:
    made = [_of_entry(entry) for entry in note.targets.all()]
    told_already = {one.indicator.pk for one in made}
    rest = [one for one in note.indicators.all() if one.pk not in told_already]
    return [*made, *(Asked(one, note.place, "", note.span) for one in rest)]


def _of_entry(entry: Entry) -> Asked:
    series = entry.series
    growth = series.measure == Measure.GROWTH
    return Asked(
        series.indicator, series.place, series.segment, Period.parse(entry.period), series.price_basis, growth
    )  # fmt: skip


_Key = tuple[int, int, str]


def _shelves(user: User | AnonymousUser, asked: Iterable[Asked], known: datetime | None) -> dict[_Key, list[Shelf]]:
    wanted = list(asked)
    if not wanted:
        return {}
    rows = series_of(user).filter(
        indicator__in={one.indicator.pk for one in wanted}, place__in={one.place.pk for one in wanted},
        segment__in={one.segment for one in wanted},
    )  # fmt: skip
    series: list[Series] = list(rows.select_related("indicator", "place"))
    codes = {span.code for one in wanted for span in (one.span, one.span.shift_years(-1))}
    codes |= {Period.year(one.span.end_year).code for one in wanted}
    entries: dict[_Key, list[Entry]] = defaultdict(list)
    for entry in standing(series, codes, known):
        entries[entry.series.indicator_id, entry.series.place_id, entry.series.segment].append(entry)
    return {key: shelves(each, heard_first(each)) for key, each in entries.items()}


def _line(asked: Asked, found: dict[_Key, list[Shelf]]) -> Line:
    there = found.get((asked.indicator.pk, asked.place.pk, asked.segment), [])
    shelf = next((each for each in there if each.price_basis == asked.price_basis), there[0] if there else None)
    address = reverse("figures:series", args=[asked.indicator.code, asked.place.slug])
    if shelf is None:
        return Line(asked, None, None, None, "none", "", address)
    plan, done, ratio = shelf.plan(asked.span), shelf.value(asked.span), shelf.plan_ratio(asked.span)
    scale, state = scale_of(done, plan), shelf.state(asked.span)
    return Line(
        asked, told(plan, scale=scale), told(done, scale=scale), told(ratio), KIND_OF_STATE[state], str(state.label),
        address,
    )  # fmt: skip
