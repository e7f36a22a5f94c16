# SPDX-License-Identifier: Apache-2.0
"""The trail of changes: each record's digest covers the one before, so a row altered or removed shows."""

import hashlib
import json
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from .models import AuditRecord, User

START = "0" * 64
# Any fixed number will do: PostgreSQL lets one transaction at a time hold it.
CHAIN_LOCK = 7_219_054


@transaction.atomic
def record(by: User | None, action: str, object: models.Model, reason: str = "", **details: Any) -> AuditRecord:
    """Add a change to the trail; `details` must be values that JSON can hold."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditRecord.objects.order_by("-pk").first()
    row = AuditRecord(
        at=timezone.now(),
        by=by,
        action=action,
        object_type=object._meta.label_lower,
        object_id=str(object.pk),
        reason=reason,
        details=details,
        previous_digest=last.digest if last else START,
    )
    row.digest = digest(row)
    row.save()
    return row


def digest(row: AuditRecord) -> str:
    """SHA-256 over the previous digest and the row, written one way only."""
    told = [row.at.isoformat(), row.by_id, row.action, row.object_type, row.object_id, row.reason, row.details]
    text = row.previous_digest + json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> AuditRecord | None:
    """The first record that does not fit the chain, or None when the whole trail holds."""
    previous = START
    for row in AuditRecord.objects.order_by("pk").iterator():
        if row.previous_digest != previous or row.digest != digest(row):
            return row
        previous = row.digest
    return None
