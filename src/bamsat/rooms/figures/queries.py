# SPDX-License-Identifier: Apache-2.0
"""The ledger as a user may see it: entries and their trail, what stands of a series, and what stood on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.models import Confirmation, Entry, Latest, Series
from bamsat.rooms.figures.scopes import condition, may_approve, series_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_WITH_ALL = ("series__indicator", "series__place", "source__document", "intake", "plan", "by")


# Entries.


def visible_entries(user: User | AnonymousUser) -> QuerySet[Entry]:
    allowed = condition(user, through="series__")
    found = Entry.objects.all() if allowed is None else Entry.objects.filter(allowed)
    return found.select_related(*_WITH_ALL)


def entry_for(user: User | AnonymousUser, uuid: UUID | str) -> Entry:
    """The entry at an address; Entry.DoesNotExist also when the user may not see its place."""
    return visible_entries(user).select_related("withdrawal", "replaces", "source__document__place").get(uuid=uuid)


def may_change(user: User | AnonymousUser, entry: Entry) -> bool:
    """Whether the user may replace or withdraw it: who could have approved it."""
    return may_approve(user, entry.series.place, entry.series.indicator)


def is_standing(entry: Entry) -> bool:
    return Latest.objects.filter(entry=entry).exists()


def trail(entry: Entry, known: datetime | None = None) -> list[Entry]:
    """Every entry of the line, the latest first: what was said when, by whom, from where and why it changed.

    With a moment only what was known then; `taken_back` says whether an entry was withdrawn by then.
    """
    line = Entry.objects.filter(
        series=entry.series_id, period=entry.period, base=entry.base, kind=entry.kind, vintage=entry.vintage
    )
    if known is not None:
        line = line.filter(recorded_at__lte=known)
    found = list(line.select_related(*_WITH_ALL, "withdrawal__by", "source__checked_by").order_by("-pk"))
    for each in found:
        each.taken_back = each.withdrawn and (known is None or each.withdrawal.at <= known)  # type: ignore[attr-defined]
    return found


def releases(entry: Entry, known: datetime | None = None) -> list[Entry]:
    """The standing entries of the same series and period in every kind and vintage: plan, estimate, official."""
    return standing([entry.series], [entry.period], known)


def confirmations(entry: Entry, known: datetime | None = None) -> QuerySet[Confirmation]:
    """Other documents that say the same."""
    found = entry.confirmations.select_related("source__document", "by")
    return found if known is None else found.filter(at__lte=known)


def entries_of(document: Document) -> dict[int, Entry]:
    """For each figure of a document that was accepted: the entry that it made or confirmed."""
    confirmed = Confirmation.objects.filter(source__document=document, entry__withdrawal=None).select_related("entry")
    made = Entry.objects.filter(source__document=document, withdrawal=None).order_by("pk")
    found = {each.source_id: each.entry for each in confirmed}
    return found | {entry.source_id: entry for entry in made if entry.source_id}


def told_by(series: QuerySet[Series], known: datetime | None) -> QuerySet[Series]:
    """Without the series of which nobody had told anything at a moment; all of them where none is named."""
    if known is None:
        return series
    return series.filter(Exists(Entry.objects.filter(series=OuterRef("pk"), recorded_at__lte=known)))


def as_of(moment: datetime, series: Iterable[Series], periods: Collection[str] | None = None) -> list[Entry]:
    """The entries that stood at a moment: recorded by then, not withdrawn by then, the last of each line."""
    asked = {one.pk: one for one in series}
    known = Entry.objects.filter(series__in=list(asked), recorded_at__lte=moment).exclude(withdrawal__at__lte=moment)
    if periods is not None:
        known = known.filter(period__in=list(periods))
    newest: dict[tuple[int, str, str, str, str], Entry] = {}
    for entry in known.select_related("source").order_by("pk"):
        entry.series = asked[entry.series_id]
        newest[entry.series_id, entry.period, entry.base, entry.kind, entry.vintage] = entry
    return sorted(newest.values(), key=lambda entry: entry.pk)


def standing(
    series: Iterable[Series], periods: Collection[str] | None = None, known: datetime | None = None
) -> list[Entry]:
    """The entries of these series that stand now, or stood at a moment, in one query; of some periods, or of all."""
    asked = {one.pk: one for one in series}
    if not asked:
        return []
    if known is not None:
        return as_of(known, asked.values(), periods)
    wanted = {"latest__series__in": list(asked)} | ({} if periods is None else {"latest__period__in": list(periods)})
    # Put in order here: a database asked to do it might begin with the entries.
    found = sorted(Entry.objects.filter(**wanted).select_related("source").order_by(), key=attrgetter("pk"))
    for entry in found:
        entry.series = asked[entry.series_id]
    return found


def last_written(user: User | AnonymousUser, most: int) -> list[Entry]:
    """What was written to the ledger last, among the latest entries of all: a ledger of millions is not searched."""
    found: list[int] = []
    for reach in (100, 5_000):
        # In two steps: asked at once, a database would begin with all entries of the user's series.
        newest = list(Entry.objects.order_by("-pk").values_list("pk", "series_id")[:reach])
        seen = series_of(user).filter(pk__in={series for _, series in newest})
        allowed = set(seen.values_list("pk", flat=True))
        found = [pk for pk, series in newest if series in allowed][:most]
        if len(found) == most or len(newest) < reach:
            break
    return list(Entry.objects.filter(pk__in=found).select_related(*_WITH_ALL).order_by("-pk"))
