# SPDX-License-Identifier: Apache-2.0
"""Walks along the trail: asked for, made by a worker, and themselves written to the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import access, audit
from .models import AuditRecord, TrailCheck, User

# A walk that said nothing for so long was cut off in the middle.
SILENT = timedelta(hours=1)


@transaction.atomic
def begin_check(by: User) -> TrailCheck:
    """Ask for a walk; the one under way, where there is one."""
    access.only_readers_of_trail(by)
    under_way = TrailCheck.objects.filter(ended=None, started__gte=timezone.now() - SILENT).order_by("-pk").first()
    return under_way or TrailCheck.objects.create(by=by, started=timezone.now(), total=_about())


def finish_check(check: TrailCheck) -> TrailCheck:
    """Walk the whole trail in bounded memory; where the last good walk ended must be met again."""
    if check.ended:
        return check
    sound = TrailCheck.objects.filter(broken=None, lost="").exclude(ended=None).exclude(head="").order_by("-pk").first()
    found = audit.walk(sound.head if sound else "", lambda count: _progress(check, count))
    check.count, check.head, check.lost, check.ended = found.count, found.head, found.lost, timezone.now()
    check.broken = found.broken.pk if found.broken else None
    with transaction.atomic():
        check.save()
        told: dict[str, Any] = {"count": found.count, "head": found.head, "holds": found.holds, "broken": check.broken}
        audit.record(check.by, "accounts.trail.verified", None, **told)
    return check


@transaction.atomic
def note_export(by: User, chosen: dict[str, str]) -> None:
    """Who took the trail away, and which part of it."""
    access.only_readers_of_trail(by)
    audit.record(by, "accounts.trail.exported", None, **chosen)


def _progress(check: TrailCheck, count: int) -> None:
    TrailCheck.objects.filter(pk=check.pk).update(count=count)


def _about() -> int:
    """How many records there may be: nothing is ever removed, so the newest number tells."""
    return AuditRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
