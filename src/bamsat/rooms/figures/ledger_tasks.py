# SPDX-License-Identifier: Apache-2.0
"""When the ledger is checked on its own: after an import was written, after an approval, after a replacement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from django.db import transaction
from django_tasks import task

from bamsat.rooms.figures.checking_ledger import check_ledger
from bamsat.rooms.figures.knowledge import knowledge
from bamsat.rooms.figures.models import Entry, Intake, Series
from bamsat.rooms.places.models import Kind, Place

PIECE = 60  # years of places that one task checks: others wait a few seconds for it at most
MOST_YEARS = 10  # of a place that an import brings, the latest; older ones are checked by `bamsat check_ledger`
_BEHIND = -10  # documents that somebody waits for are read first


class Touched(TypedDict):
    """A place by its key in the database, and the years of the entries that changed there."""

    place: int
    years: list[int]


@task(priority=_BEHIND)
def check_places(touched: list[Touched]) -> str:
    """Check the ledger of some places in some years; the same again finds the same."""
    places = Place.objects.in_bulk([each["place"] for each in touched])
    everywhere = knowledge()
    new = closed = 0
    for each in touched:
        place = places.get(each["place"])
        if place is None:
            continue
        known = everywhere if place.kind == Kind.COMMUNE else None
        if kept := check_ledger(place, (f"{year:04}" for year in each["years"]), known=known):
            new, closed = new + kept.new, closed + kept.closed
    return f"{new} {closed}"


@task(priority=_BEHIND)
def check_intake(uuid: str) -> int:
    """Have the places checked to which an import wrote, a piece at a time; how many pieces there are."""
    intake = Intake.objects.get(uuid=uuid)
    pieces = list(_pieces(touched_by(intake)))
    for piece in pieces:
        check_places.enqueue(piece)
    return len(pieces)


def check_later(touched: Mapping[int, Iterable[int]]) -> None:
    """Have a worker check the ledger of these places (keys) in these years, once the transaction holds."""
    pieces = list(_pieces(touched))
    if pieces:
        transaction.on_commit(lambda: _enqueue(pieces))


def check_entries_later(entries: Iterable[Entry]) -> None:
    """The same for the places and years of some entries."""
    told = {(entry.series_id, entry.last_month // 12) for entry in entries}
    if not told:
        return
    places = dict(Series.objects.filter(pk__in={series for series, _ in told}).values_list("pk", "place_id"))
    touched: dict[int, set[int]] = {}
    for series, year in told:
        touched.setdefault(places[series], set()).add(year)
    check_later(touched)


def check_intake_later(intake: Intake) -> None:
    """The same for everything that an import wrote."""
    uuid = str(intake.uuid)
    transaction.on_commit(lambda: _enqueue_intake(uuid))


def touched_by(intake: Intake) -> dict[int, list[int]]:
    """The places to which an import wrote, each with the latest years of what it wrote. One question, of the entries
    that are younger than its dry run."""
    rows = Entry.objects.filter(pk__gt=intake.report.get("mark", 0), intake=intake.pk).order_by()
    found: dict[int, set[int]] = {}
    for place, month in rows.values_list("series__place", "last_month").distinct().iterator():
        found.setdefault(place, set()).add(month // 12)
    return {place: sorted(years)[-MOST_YEARS:] for place, years in sorted(found.items())}


def _enqueue(pieces: list[list[Touched]]) -> None:
    for piece in pieces:
        check_places.enqueue(piece)


def _enqueue_intake(uuid: str) -> None:
    check_intake.enqueue(uuid)


def _pieces(touched: Mapping[int, Iterable[int]]) -> Iterator[list[Touched]]:
    piece: list[Touched] = []
    count = 0
    for place, told in touched.items():
        years = sorted(told)
        if piece and count + len(years) > PIECE:
            yield piece
            piece, count = [], 0
        piece.append({"place": place, "years": years})
        count += len(years)
    if piece:
        yield piece
