# SPDX-License-Identifier: Apache-2.0
"""Notes that a user may see, at a place, around a period, as known now or at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.figures.scopes import condition
from bamsat.rooms.places.models import Ancestor, Place
from bamsat.rooms.places.queries import reaches, scope, under
from bamsat.rooms.places.rights import Function, remembering, sees_everything
from bamsat.rooms.situation.models import Act, Kind, Note, Thread

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def notes(
    user: User | AnonymousUser, place: Place, period: Period | str, indicator: Indicator | None = None,
    field: IndicatorSet | None = None, known: datetime | None = None,
) -> list[Note]:  # fmt: skip
    """What was noted of a place in a period that touches the asked one, the nearest period first.

    Of an indicator: the notes tied to it. Of a field: those of the field, and those tied to one of its indicators. As
    known at a moment: what had been said by then and not been withdrawn by then. A note shows only where the user may
    see its place, its field, every indicator and every target that it is tied to.
    """
    span = Period.parse(period) if isinstance(period, str) else period
    with remembering(user):
        found = told(visible(user, known)).filter(
            thread__place=place, first_month__lte=span.last, last_month__gte=span.first
        )
    if indicator is not None:
        found = found.filter(pk__in=tied_to(Q(indicator=indicator)))
    if field is not None:
        members = SetMember.objects.filter(set=field).values("indicator_id")
        found = found.filter(Q(field=field) | Q(pk__in=tied_to(Q(indicator__in=members))))
    return sorted(found, key=lambda note: (far(note, span), -note.recorded_at.timestamp(), -note.pk))


def far(note: Note, span: Period) -> int:
    """How many months a note's period differs from this one at both ends."""
    return abs(note.first_month - span.first) + abs(note.last_month - span.last)


def tied_to(indicators: Q) -> QuerySet[Any]:
    """Ids of the notes that are tied to these indicators."""
    return Note.indicators.through.objects.filter(indicators).values("note_id")


def told(found: QuerySet[Note]) -> QuerySet[Note]:
    """These notes with all that a page tells of them."""
    return found.select_related("thread__place", "field", "document", "by", "parent").prefetch_related(
        "indicators", "targets__series__indicator", "about"
    )


def standing(known: datetime | None = None) -> QuerySet[Note]:
    """The last row of each thread, as known now or at a moment, that was not withdrawn."""
    return last(known).exclude(act=Act.WITHDRAWN)


def last(known: datetime | None = None) -> QuerySet[Note]:
    """The last row of each thread, as known now or at a moment, withdrawn or not."""
    later = Note.objects.filter(replaces=OuterRef("pk"))
    if known is None:
        return Note.objects.filter(~Exists(later))
    return Note.objects.filter(~Exists(later.filter(recorded_at__lte=known)), recorded_at__lte=known)


def visible(user: User | AnonymousUser, known: datetime | None = None) -> QuerySet[Note]:
    """Standing notes that the user may see."""
    return seen_by(user, standing(known))


def seen_by(user: User | AnonymousUser, rows: QuerySet[Note]) -> QuerySet[Note]:
    """Those of the rows that the user may see: both axes of a role, for the place, the field and all that is tied."""
    if sees_everything(user):
        return rows
    seen = Q(pk__in=[])
    for reach in reaches(user, Function.SEE):
        part = under(reach.roots, "thread__place")
        if reach.sets is not None:
            part &= Q(field=None) | Q(field__in=reach.sets)
        seen |= part
    return rows.filter(seen, ~Exists(_ties_hidden(user)), ~Exists(_targets_hidden(user)))


def _ties_hidden(user: User | AnonymousUser) -> QuerySet[Any]:
    """What ties a note to an indicator that none of the user's roles lets them see at the note's place."""
    covered = Q(pk__in=[])
    for reach in reaches(user, Function.SEE):
        part = under(reach.roots, "note__thread__place")
        if reach.sets is not None:
            part &= Q(indicator__in=SetMember.objects.filter(set__in=reach.sets).values("indicator_id"))
        covered |= part
    return Note.indicators.through.objects.filter(~covered, note=OuterRef("pk"))


def _targets_hidden(user: User | AnonymousUser) -> QuerySet[Any]:
    """What ties a note to a target of a series that the user may not see."""
    allowed = condition(user, through="entry__series__")
    rows = Note.targets.through.objects.filter(note=OuterRef("pk"))
    return rows if allowed is None else rows.filter(~allowed)


# Threads.


def note_at(user: User | AnonymousUser, uuid: UUID | str, known: datetime | None = None) -> Note:
    """What the note at an address says last, withdrawn or not; Note.DoesNotExist also when the user may not see it."""
    return told(seen_by(user, last(known))).get(thread__uuid=uuid)


def history(user: User | AnonymousUser, note: Note, known: datetime | None = None) -> list[Note]:
    """Every row of the note's thread that the user may see, the latest first."""
    rows = Note.objects.filter(thread=note.thread_id)
    if known is not None:
        rows = rows.filter(recorded_at__lte=known)
    return list(told(seen_by(user, rows)).order_by("-pk"))


def said_by(user: User | AnonymousUser, threads: Iterable[int], known: datetime | None = None) -> dict[int, Note]:
    """What these threads say, where the user may see it."""
    return {note.thread_id: note for note in told(visible(user, known).filter(thread__in=list(threads)))}


def objectives_over(user: User | AnonymousUser, place: Place) -> QuerySet[Note]:
    """Objectives of the place and of those above it, under which an objective of the place can stand."""
    above = Ancestor.objects.filter(place=place).values("ancestor_id")
    at = Q(thread__place=place) | Q(thread__place__in=above)
    return visible(user).filter(at, kind=Kind.OBJECTIVE).select_related("thread__place")


def threads_above(thread: Thread) -> set[int]:
    """The thread and every objective above it."""
    parents = dict(standing().filter(kind=Kind.OBJECTIVE).values_list("thread_id", "parent_id"))
    found: set[int] = set()
    at: int | None = thread.pk
    while at is not None and at not in found:
        found.add(at)
        at = parents.get(at)
    return found


# Choices of a page.


def places_with_notes(user: User | AnonymousUser, most: int = 300) -> list[Place]:
    """Places that have notes which the user may see."""
    ids = visible(user).values("thread__place")
    return list(scope(user).filter(pk__in=ids).order_by("sort_key", "slug")[:most])


def periods(user: User | AnonymousUser, place: Place, known: datetime | None = None) -> list[str]:
    """The periods of the place's notes, the latest first, longer before shorter."""
    rows = visible(user, known).filter(thread__place=place).order_by()
    spans = set(rows.values_list("first_month", "last_month").distinct())
    return [Period(first, last).code for first, last in sorted(spans, key=lambda span: (-span[1], span[0]))]


def last_year(user: User | AnonymousUser, place: Place, known: datetime | None = None) -> Period | None:
    """The last year with a note of no more than a year; of frames of several years, their first."""
    rows = visible(user, known).filter(thread__place=place).order_by()
    spans = [Period(first, last) for first, last in rows.values_list("first_month", "last_month").distinct()]
    within = [span.end_year for span in spans if span.length <= 12] or [span.start_year for span in spans]
    return Period.year(max(within)) if within else None
