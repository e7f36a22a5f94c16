# SPDX-License-Identifier: Apache-2.0
"""Sign-ins, failures and lock-outs in the trail. Signing in is Django's own act, so its signals are listened to here.

Whoever guesses does not fill the trail: one failure and one lock-out a user are told in the time of a lock-out,
and all of them together at most `MOST` times; the last of these says that the rest is not.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from . import audit, clients, sessions
from .models import AuditRecord, SignedIn, User

FAILED, LOCKED, FLOOD = "accounts.sign_in.failed", "accounts.sign_in.locked", "accounts.sign_in.flood"
MOST = 100


@receiver(user_logged_in, dispatch_uid="bamsat.sign-ins")
def came_in(sender: Any, request: HttpRequest, user: User, **_rest: Any) -> None:
    row = sessions.begin(request, user)
    audit.record(user, "accounts.session.started", user, address=row.address, browser=row.browser)


@receiver(user_logged_out, dispatch_uid="bamsat.sign-outs")
def went_out(sender: Any, request: HttpRequest, user: User | None, **_rest: Any) -> None:
    if user is not None:
        SignedIn.objects.filter(session_key=sessions.key_of(request)).update(ended=timezone.now())
        audit.record(user, "accounts.session.ended", user)


@receiver(user_login_failed, dispatch_uid="bamsat.failures")
def failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any) -> None:
    if request is not None and not getattr(request, "axes_locked_out", False) and (user := _named(credentials)):
        _tell(FAILED, user, request)


@receiver(user_locked_out, dispatch_uid="bamsat.lock-outs")
def locked(sender: Any, request: HttpRequest, **_rest: Any) -> None:
    _tell(LOCKED, _named(getattr(request, "axes_credentials", None) or {}), request)


def _named(credentials: dict[str, Any]) -> User | None:
    """The user whose name was typed; what is nobody's name may be somebody's password, and is not told."""
    name = str(credentials.get("username") or "")
    return None if "\0" in name else User.objects.filter(username=name[:150]).first()


def _tell(action: str, user: User | None, request: HttpRequest) -> None:
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    lately = AuditRecord.objects.filter(action__in=(FAILED, LOCKED, FLOOD), at__gte=since)
    address = clients.shortened(clients.address_of(request))
    same = lately.filter(action=action, details__address=address) if user is None else lately.filter(action=action)
    same = same.filter(object_id=str(user.pk) if user else "")
    if same.exists() or (told := lately.count()) >= MOST:
        return
    if told == MOST - 1:
        audit.record(None, FLOOD, None, most=MOST, minutes=round(settings.AXES_COOLOFF_TIME * 60))
    else:
        audit.record(None, action, user, address=address)
