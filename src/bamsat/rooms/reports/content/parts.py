# SPDX-License-Identifier: Apache-2.0
"""The parts of indicators: components that an identity adds up, and breakdowns; of all asked for at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.rooms.catalogue.naming import code_names
from bamsat.rooms.figures.comparison import Shelf, shelves
from bamsat.rooms.figures.models import Entry, Series
from bamsat.rooms.figures.providers import heard_first
from bamsat.rooms.figures.queries import standing, told_by
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.figures.segment_words import segment_words
from bamsat.rooms.reports.content.ledger import Held, Ledger, months_behind
from bamsat.rooms.scoreboard.why.components import components_of
from bamsat.rooms.scoreboard.why.months import Sum, sums
from bamsat.rooms.scoreboard.why.segments import groups_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST = 12  # parts of one group that a report names


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an indicator: one of its own, or a breakdown in words."""

    held: Held
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """By indicator and price basis; `components` are told inside their whole and not once more by themselves."""

    of: dict[tuple[int, str], tuple[Part, ...]]
    components: frozenset[str]


def parts_of(user: User | AnonymousUser, ledger: Ledger, wholes: Sequence[Held]) -> Parts:
    """What the ledger has of the parts of these indicators. Three queries for all breakdowns together."""
    made: dict[tuple[int, str], list[Part]] = defaultdict(list)
    inside: set[str] = set()
    for one in wholes:
        found = _components(ledger, one)
        if found:
            made[_key(one.shelf)] += [Part(part) for part in found]
            inside.update(part.indicator.code for part in found)
    for part in _segments(user, ledger, wholes):
        made[_key(part.held.shelf)].append(part)
    return Parts({key: tuple(parts) for key, parts in made.items()}, frozenset(inside))


def _key(shelf: Shelf) -> tuple[int, str]:
    return shelf.indicator.pk, shelf.price_basis


def _components(ledger: Ledger, whole: Held) -> list[Held]:
    """Only where something of the whole is told, else each stands by itself."""
    if not _tells(whole.shelf, ledger):
        return []
    codes = [one.code for one in components_of(whole.indicator)]
    found = [one for code in codes for one in ledger.of(code) if _tells(one.shelf, ledger)]
    basis = whole.shelf.price_basis
    return [one for one in found if one.shelf.price_basis in (basis, "", one.indicator.price_basis)]


def _tells(shelf: Shelf, ledger: Ledger) -> bool:
    spans = [span for span in (ledger.span.asked, ledger.span.so_far) if span]
    return any(shelf.value(span) or shelf.growth(span) for span in spans)


def _segments(user: User | AnonymousUser, ledger: Ledger, wholes: Sequence[Held]) -> list[Part]:
    named = {one.indicator.pk: one.indicator for one in wholes}
    rows = series_of(user).filter(place=ledger.place, indicator__in=list(named)).exclude(segment="")
    series = list(told_by(rows, ledger.known))
    if not series:
        return []
    for one in series:
        one.place, one.indicator = ledger.place, named[one.indicator_id]
    found = _shelves(ledger, series)
    months = months_behind(series, ledger.span, ledger.known)
    names = code_names()
    made: list[Part] = []
    for indicator in named.values():
        mine = {segment for pk, segment in found if pk == indicator.pk}
        for group in groups_of(indicator, "", mine):
            shown = [segment for segment in group.segments if (indicator.pk, segment) in found][:MOST]
            for segment in shown:
                words = segment_words(indicator.code, segment, names)
                for shelf in found[indicator.pk, segment]:
                    if _tells(shelf, ledger):
                        behind = months.get((indicator.pk, segment, shelf.price_basis), {})
                        made.append(Part(Held(shelf, months=behind), words))
    return made


def _shelves(ledger: Ledger, series: Sequence[Series]) -> dict[tuple[int, str], list[Shelf]]:
    """The shelves of each breakdown, with what its months come to where the whole of the period was not told."""
    entries = standing(series, ledger.span.codes(), ledger.known)
    by_segment: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_segment[entry.series.indicator_id, entry.series.segment].append(entry)
    heard = heard_first(entries)
    found = {key: shelves(told, heard) for key, told in by_segment.items()}
    levels = [one for one in series if one.measure == "level"]
    if ledger.span.so_far is not None:
        for made in sums(levels, ledger.span.so_far, ledger.known):
            _give(found, made)
    return found


def _give(found: dict[tuple[int, str], list[Shelf]], made: Sum) -> None:
    series = made.series
    beside = found.setdefault((series.indicator_id, series.segment), [])
    shelf = next((one for one in beside if one.price_basis == series.price_basis), None)
    if shelf is None:
        shelf = Shelf(series.indicator, series.price_basis, ())
        beside.append(shelf)
    shelf.unit = shelf.unit or series.unit
    if shelf.unit == series.unit:
        shelf.add_up(made.period, made.summed)
