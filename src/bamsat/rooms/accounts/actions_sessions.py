# SPDX-License-Identifier: Apache-2.0
"""Signing users out: one's own other browsers, or somebody else's by an administrator who says why."""

from __future__ import annotations

from django.db import transaction

from . import access, audit, sessions
from .actions import explained
from .models import SignedIn, User


@transaction.atomic
def end_own(user: User, sign_in: SignedIn) -> None:
    """The user ends one of their own sign-ins."""
    if sessions.end(sessions.live(user).filter(pk=sign_in.pk)):
        audit.record(user, "accounts.session.ended_elsewhere", user, count=1, browser=sign_in.browser)


@transaction.atomic
def end_own_others(user: User, kept_key: str) -> int:
    """The user stays signed in only here."""
    count = sessions.end(sessions.live(user).exclude(session_key=kept_key))
    if count:
        audit.record(user, "accounts.session.ended_elsewhere", user, count=count)
    return count


@transaction.atomic
def sign_out(by: User, user: User, reason: str, sign_in: SignedIn | None = None) -> int:
    """An administrator ends a user's sign-ins, or one of them."""
    access.only_administrators(by)
    access.only_equals(by, user)
    explained(reason)
    rows = sessions.live(user)
    count = sessions.end(rows.filter(pk=sign_in.pk) if sign_in else rows)
    audit.record(by, "accounts.session.forced_out", user, reason, count=count)
    return count
