# SPDX-License-Identifier: Apache-2.0
"""The address of one's calendar feed: made, made anew, revoked; it is told once, and only its digest is kept."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from bamsat.rooms.accounts import audit
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, holds
from bamsat.rooms.tasks.feed import digest
from bamsat.rooms.tasks.models import Feed

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

BYTES = 32  # nobody guesses it, however often they ask


@transaction.atomic
def make_address(user: User) -> str:
    """The secret of a new address; the one before leads nowhere from now on."""
    if not holds(user, Function.WORK):
        raise NotAllowed(
            vi="Anh/chị chưa có vai trò làm nhiệm vụ nên chưa có lịch để đăng ký.",
            en="You have no role that works on tasks, so there is no calendar to subscribe to.",
        )
    secret = secrets.token_urlsafe(BYTES)
    found, made = Feed.objects.update_or_create(
        user=user, defaults={"secret": digest(secret), "made_at": timezone.now()}
    )
    audit.record(user, "tasks.feed.made" if made else "tasks.feed.renewed", found)
    return secret


@transaction.atomic
def revoke_address(user: User) -> bool:
    """Whether there was one."""
    found = Feed.objects.select_for_update().filter(user=user).first()
    if found is None:
        return False
    audit.record(user, "tasks.feed.revoked", found)
    found.delete()
    return True
