# SPDX-License-Identifier: Apache-2.0
"""Which reports tell more than a user who works for some fields alone may see: those stay closed to that user whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.scopes import condition
from bamsat.rooms.reports.models import Issue, Origin, Report, Version

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_AT_ONCE = 5_000  # entries that are asked for in one query


def others_versions(user: User | AnonymousUser) -> QuerySet[Version]:
    """What somebody else put into a report; not its copy with number and day, nor its signed paper."""
    copies = Issue.objects.filter(version=OuterRef("pk"))
    found = Version.objects.exclude(by=user.pk).exclude(origin=Origin.SIGNED)
    return found.exclude(Exists(copies), origin=Origin.GENERATED)


def telling_too_much(user: User | AnonymousUser, reports: QuerySet[Report]) -> set[int]:
    """Reports into which somebody else put a Word file, whose numbers nobody can name, or a number that the user may
    not see in the ledger."""
    closed: set[int] = set()
    told: dict[str, set[int]] = defaultdict(set)
    rows = others_versions(user).filter(report__in=reports.values("pk"))
    for pk, origin, numbers in rows.values_list("report_id", "origin", "numbers"):
        entries = [number.get("entries") or () for number in numbers]
        if origin != Origin.GENERATED or not all(entries):
            closed.add(pk)
            continue
        for entry in {entry for each in entries for entry in each}:
            told[str(entry)].add(pk)
    seen = _seen(user, told)
    return closed.union(*(reports for entry, reports in told.items() if entry not in seen))


def _seen(user: User | AnonymousUser, entries: Iterable[str]) -> set[str]:
    allowed = condition(user, through="series__")
    asked, found = [UUID(one) for one in entries], set[str]()
    for at in range(0, len(asked), _AT_ONCE):
        rows = Entry.objects.filter(uuid__in=asked[at : at + _AT_ONCE])
        rows = rows if allowed is None else rows.filter(allowed)
        found |= {str(uuid) for uuid in rows.values_list("uuid", flat=True)}
    return found
