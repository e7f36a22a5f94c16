# SPDX-License-Identifier: Apache-2.0
"""Where users are signed in: begun, seen, ended. Who may end a sign-in, and the trail, are the actions' matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from . import clients
from .models import SignedIn, User
from .session_store import kept_as

SEEN_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=90)
KNOWN = timedelta(days=30)


def key_of(request: HttpRequest) -> str:
    """The request's session as the tables have it."""
    return kept_as(request.session.session_key or "")


def begin(request: HttpRequest, user: User) -> SignedIn:
    """Write down a sign-in; what has been over for long is forgotten on the way."""
    now, address = timezone.now(), clients.address_of(request)
    Session.objects.filter(expire_date__lt=now).delete()
    SignedIn.objects.filter(user=user, last_seen__lt=now - KEPT).delete()
    told = {
        "user": user, "started": now, "last_seen": now, "ended": None, "address": clients.shortened(address),
        "address_mark": clients.mark(address), "browser": clients.browser_of(request)[:80],
    }  # fmt: skip
    return SignedIn.objects.update_or_create(session_key=key_of(request), defaults=told)[0]


def seen(request: HttpRequest, user: User) -> None:
    """Note that the user is at work, at most every few minutes: most requests only look."""
    now = timezone.now()
    row = SignedIn.objects.filter(session_key=key_of(request)).only("last_seen").first()
    if row is None:  # a session that changed its key in the middle, as the administrator's tables do
        begin(request, user)
    elif now - row.last_seen >= SEEN_EVERY:
        SignedIn.objects.filter(pk=row.pk).update(last_seen=now)


def moved(request: HttpRequest, old_key: str) -> None:
    """The session goes on under a new key."""
    SignedIn.objects.filter(session_key=key_of(request)).delete()
    SignedIn.objects.filter(session_key=old_key).update(session_key=key_of(request))


def live(user: User) -> QuerySet[SignedIn]:
    """Where the user is signed in now, the latest seen first."""
    there = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return SignedIn.objects.filter(Exists(there), user=user, ended=None).order_by("-last_seen", "-pk")


@transaction.atomic
def end(rows: Iterable[SignedIn]) -> int:
    """Their next request finds no session; how many there were."""
    ended = list(rows)
    keys = [row.session_key for row in ended]
    Session.objects.filter(session_key__in=keys).delete()
    SignedIn.objects.filter(session_key__in=keys).update(ended=timezone.now())
    return len(ended)


def is_known(username: str, address: str | None) -> bool:
    """Whether this user came in from this address lately."""
    since = timezone.now() - KNOWN
    return SignedIn.objects.filter(
        user__username=username, address_mark=clients.mark(address) or "-", last_seen__gte=since
    ).exists()
