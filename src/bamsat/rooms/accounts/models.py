# SPDX-License-Identifier: Apache-2.0
"""Users, and the audit trail: one row a change, each carrying the digest of the row before it."""

from typing import Any, Never

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Someone who signs in. People are shown by their role title; what they may do is a role at a place."""

    display_name = models.CharField(_("chức danh"), max_length=120, blank=True)
    language = models.CharField(_("ngôn ngữ"), max_length=2, choices=settings.LANGUAGES, default="vi")

    def __str__(self) -> str:
        return self.display_name or self.username


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
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_of_an_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValueError("an audit record is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise ValueError("an audit record is never removed")
