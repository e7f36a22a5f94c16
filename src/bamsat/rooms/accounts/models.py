# SPDX-License-Identifier: Apache-2.0
"""Users, where they are signed in, mails to them, and the audit trail: one row a change, each with the digest of the
one before."""

from typing import Any, Never

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Someone who signs in. People are shown by their role title; what they may do is a role at a place."""

    display_name = models.CharField(_("chức danh"), max_length=120, blank=True)
    language = models.CharField(_("ngôn ngữ"), max_length=2, choices=settings.LANGUAGES, default="vi")
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    password_changed_at = models.DateTimeField(_("đổi mật khẩu lúc"), null=True, editable=False)

    def __str__(self) -> str:
        return self.display_name or self.username


class PasswordUsed(models.Model):
    """A password that a user had, as hashed then, so that it is not chosen again too soon."""

    user = models.ForeignKey(User, models.CASCADE, related_name="passwords_used")
    encoded = models.CharField(max_length=128)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d %H:%M}"


class SignedIn(models.Model):
    """One sign-in of one user in one browser; kept a while after it ended, to know the address again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    # As the table of sessions has it, a digest: the browser's own key is kept nowhere.
    session_key = models.CharField(max_length=40, unique=True)
    started = models.DateTimeField()
    last_seen = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    address = models.CharField(max_length=45, blank=True)
    address_mark = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "last_seen"], name="sign_ins_of_a_user"),
            models.Index(fields=["user", "address_mark"], name="sign_ins_from_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.started:%Y-%m-%d %H:%M}"


class Mail(models.Model):
    """A mail that the program sends somebody; `key` says what about and of which day, so that it goes out once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="mails")
    key = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)  # until it was sent
    made_at = models.DateTimeField(default=timezone.now)
    sending_since = models.DateTimeField(null=True)  # while a worker has it
    sent_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)  # why it did not go out

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_mail_a_user_and_key")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"


class AuditRecord(models.Model):
    """One change that somebody made. Written by `audit.record`, never edited, never removed."""

    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("người làm"))
    action = models.CharField(_("việc"), max_length=80, db_index=True)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    reason = models.TextField(_("lý do"), blank=True)
    details = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        # Each ends with the key: a page of the trail is the newest rows of one index, however long the trail.
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_of_one_object"),
            models.Index(fields=["object_type", "id"], name="audit_of_a_kind"),
            models.Index(fields=["by", "id"], name="audit_by_a_user"),
            models.Index(fields=["action", "id"], name="audit_of_an_action"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValueError("an audit record is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise ValueError("an audit record is never removed")


class TrailCheck(models.Model):
    """One walk along the whole trail: how far it came, and what it found."""

    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    total = models.BigIntegerField(default=0)
    count = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    broken = models.BigIntegerField(null=True)
    # Where an earlier check ended and the chain no longer leads: rows were cut off the end.
    lost = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.started:%Y-%m-%d %H:%M} {self.count}"

    @property
    def holds(self) -> bool:
        return self.ended is not None and self.broken is None and not self.lost
