# SPDX-License-Identifier: Apache-2.0
"""Mails to users: each is written down before it goes out, goes out once, and says why if it did not.

Rooms above write the words; a worker sends. What was refused stays until it is tried again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from .models import Mail, User

LOCAL = {"127.0.0.1", "localhost", "[::1]", "*"}
# A worker that was killed while it sent has not said so: after this its mail is anybody's again.
LOST = timedelta(minutes=10)


def site_address() -> str:
    """Where this installation is reached, for mails that no page asked for; nothing where only this machine knows."""
    host = next((host for host in settings.ALLOWED_HOSTS if host not in LOCAL and not host.startswith(".")), "")
    return f"{'https' if settings.BAMSAT_HTTPS else 'http'}://{host}/" if host else ""


def hand_over(user: User | None, subject: str, body: str) -> str:
    """Give a mail to the server; why it did not go out, or nothing."""
    if user is None or not user.email:
        return "Người nhận không còn địa chỉ thư điện tử."
    if not user.is_active:
        return "Tài khoản của người nhận đã khóa."
    try:
        EmailMessage(subject, body, to=[user.email]).send()
    except (OSError, SMTPException) as error:
        return f"Máy chủ thư không nhận: {type(error).__name__}: {error}"[:300]
    return ""


def write(user: User, key: str, subject: str, body: str) -> Mail | None:
    """Write a mail down, to be sent once this transaction is over; None if one with this key was written before."""
    mail, made = Mail.objects.get_or_create(user=user, key=key, defaults={"subject": subject[:300], "body": body})
    if not made:
        return None
    transaction.on_commit(lambda: send_later.enqueue([mail.pk]))
    return mail


def refused(users: Iterable[int] | None = None, key: str = "") -> QuerySet[Mail]:
    """Mails that did not go out, the latest first; of these users, or about this."""
    found = Mail.objects.filter(sent_at=None, key__startswith=key).exclude(note="").select_related("user")
    return (found if users is None else found.filter(user__in=users)).order_by("-pk")


def try_again(key: str = "") -> int:
    """Have what was refused or lost sent once more; how many there are."""
    found = list(to_send(key).exclude(note="", sending_since=None).values_list("pk", flat=True))
    if found:
        transaction.on_commit(lambda: send_later.enqueue(found))
    return len(found)


@task()
def send_later(ids: list[int]) -> int:
    """Send these mails; how many went out. The same again sends only what did not."""
    return send(ids)


def send(ids: Sequence[int]) -> int:
    """Each is taken before it goes out, so that two workers do not both send it."""
    count = 0
    for mail in Mail.objects.filter(pk__in=ids, sent_at=None).select_related("user").order_by("pk"):
        if not to_send().filter(pk=mail.pk).update(sending_since=timezone.now()):
            continue
        why = hand_over(mail.user, mail.subject, mail.body)
        # What was sent lies with its reader; we keep that it went out, not what it said.
        done = {"note": why} if why else {"note": "", "sent_at": timezone.now(), "body": ""}
        Mail.objects.filter(pk=mail.pk).update(sending_since=None, **done)
        count += not why
    return count


def to_send(key: str = "") -> QuerySet[Mail]:
    """What has not gone out and nobody is sending now."""
    lost = Q(sending_since__lt=timezone.now() - LOST)
    return Mail.objects.filter(Q(sending_since=None) | lost, sent_at=None, key__startswith=key)
