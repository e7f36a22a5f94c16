# SPDX-License-Identifier: Apache-2.0
"""The trail of changes: each record's digest covers the one before, so a row altered or removed shows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from .kept import kept, kept_text, written
from .models import AuditRecord, User

START = "0" * 64
# Any fixed number will do: PostgreSQL lets one transaction at a time hold it.
CHAIN_LOCK = 7_219_054
AT_ONCE = 2000


@transaction.atomic
def record(by: User | None, action: str, object: models.Model | None, reason: str = "", **details: Any) -> AuditRecord:
    """Add a change to the trail, once a batch: until the transaction ends nobody else can add another.

    Long lists among the details are cut, with a digest of the whole (see `kept`).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditRecord.objects.order_by("-pk").values_list("digest", flat=True).first()
    row = AuditRecord(
        at=timezone.now(),
        by=by,
        action=action,
        object_type=object._meta.label_lower if object else "",
        object_id=str(object.pk) if object else "",
        reason=kept_text(str(reason)),
        details=kept(details),
        previous_digest=last or START,
    )
    row.digest = digest(row)
    row.save(force_insert=True)
    return row


def digest(row: AuditRecord) -> str:
    """SHA-256 over the previous digest and the row, written one way only."""
    told = [row.at.isoformat(), row.by_id, row.action, row.object_type, row.object_id, row.reason, row.details]
    return hashlib.sha256((row.previous_digest + written(told)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk along the chain found: how many records held, the last good digest, and what did not hold."""

    count: int
    head: str
    broken: AuditRecord | None = None
    lost: str = ""

    @property
    def holds(self) -> bool:
        return self.broken is None and not self.lost


def walk(head: str = "", progress: Callable[[int], None] | None = None) -> Walk:
    """Follow the chain from its start. With the `head` of an earlier walk, rows cut off the end show too."""
    count, previous, met = 0, START, head in ("", START)
    for row in in_pieces(AuditRecord.objects.all()):
        if row.previous_digest != previous or row.digest != digest(row):
            return Walk(count, previous, row)
        count, previous = count + 1, row.digest
        met = met or row.digest == head
        if progress and count % AT_ONCE == 0:
            progress(count)
    return Walk(count, previous, lost="" if met else head)


def verify() -> AuditRecord | None:
    """The first record that does not fit the chain, or None when the whole trail holds."""
    return walk().broken


def in_pieces(rows: QuerySet[AuditRecord]) -> Iterator[AuditRecord]:
    """These records, oldest first, a few thousand at a time: no cursor stays open and memory stays the same."""
    after = 0
    while piece := list(rows.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield from piece
        after = piece[-1].pk
