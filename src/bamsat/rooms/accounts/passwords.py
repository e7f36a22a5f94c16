# SPDX-License-Identifier: Apache-2.0
"""Rules for passwords beyond Django's own: none of the last few again, and changed when it is time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import PasswordUsed, User


class LongEnough:
    """A password of a length that is not guessed letter by letter."""

    def __init__(self, least: int = 10) -> None:
        self.least = least

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.least:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        return _("Mật khẩu cần ít nhất %(least)s ký tự. Một câu ngắn dễ nhớ là tốt.") % {"least": self.least}


class NotUsedLately:
    """A password that is none of the user's last few. Django calls it before and after every change."""

    def __init__(self, last: int = 5) -> None:
        self.last = last

    def validate(self, password: str, user: Any = None) -> None:
        if not isinstance(user, User) or user.pk is None:
            return
        used = user.passwords_used.order_by("-pk")[: self.last].values_list("encoded", flat=True)
        kept = {*used, *User.objects.filter(pk=user.pk).values_list("password", flat=True)}
        if any(check_password(password, encoded) for encoded in kept):
            raise ValidationError(
                _("Mật khẩu này đã dùng gần đây. Hãy chọn mật khẩu khác %(last)s mật khẩu trước."),
                code="password_used",
                params={"last": self.last},
            )

    def get_help_text(self) -> str:
        told = ngettext(
            "Không dùng lại %(last)s mật khẩu gần nhất.", "Không dùng lại %(last)s mật khẩu gần nhất.", self.last
        )
        return told % {"last": self.last}

    def password_changed(self, password: str, user: Any = None) -> None:
        if not isinstance(user, User) or not user.has_usable_password():
            return
        user.password_changed_at = timezone.now()
        User.objects.filter(pk=user.pk).update(password_changed_at=user.password_changed_at)
        PasswordUsed.objects.create(user=user, encoded=user.password, at=user.password_changed_at)
        older = user.passwords_used.order_by("-pk")[self.last :].values_list("pk", flat=True)
        PasswordUsed.objects.filter(pk__in=list(older)).delete()


def must_change(user: User) -> bool:
    """Whether the user does nothing else before choosing a new password."""
    return user.must_change_password or is_expired(user)


def is_expired(user: User) -> bool:
    days = settings.BAMSAT_PASSWORD_DAYS
    since = user.password_changed_at or user.date_joined
    return bool(days) and timezone.now() - since >= timedelta(days=days)
