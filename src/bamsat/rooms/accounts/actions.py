# SPDX-License-Identifier: Apache-2.0
"""Changes to users, each named and written to the trail."""

from __future__ import annotations

import secrets

from django.db import transaction

from bamsat.core.terms.errors import BamsatError

from . import access, audit, sessions, throttle
from .models import User


class Refused(BamsatError):
    """A change to a user that would leave nobody in charge, or that nobody could explain later."""


@transaction.atomic
def choose_language(user: User, language: str) -> None:
    """Show pages to this user in this language from now on."""
    user.language = language
    user.save(update_fields=["language"])
    audit.record(user, "accounts.user.language", user, language=language)


@transaction.atomic
def create_user(
    username: str, display_name: str, *, password: str | None = None, administers: bool = False, by: User | None = None
) -> User:
    """A new user; one who administers also sees the administrator's tables. `by` is None at installation only.

    A password that somebody else made is changed at the first sign-in.
    """
    if by is not None:
        access.only_administrators(by)
        if administers and not by.is_superuser:
            raise access.NotAdministrator
    user = User(
        username=User.normalize_username(username),
        display_name=display_name,
        is_staff=administers,
        is_superuser=administers,
        must_change_password=by is not None,
    )
    user.set_password(password)
    user.save()
    audit.record(by, "accounts.user.created", user, administers=administers)
    return user


@transaction.atomic
def rename(by: User, user: User, display_name: str) -> None:
    """Show the user under another title: one's own, or anybody's by an administrator."""
    if by != user:
        access.only_administrators(by)
        access.only_equals(by, user)
    if display_name != user.display_name:
        before, user.display_name = user.display_name, display_name
        user.save(update_fields=["display_name"])
        audit.record(by, "accounts.user.renamed", user, before=before, after=display_name)


@transaction.atomic
def change_email(by: User, user: User, email: str) -> None:
    """Where mails to the user go; none: nowhere. The trail says that it changed, not the address."""
    if by != user:
        access.only_administrators(by)
        access.only_equals(by, user)
    if email != user.email:
        user.email = email
        user.save(update_fields=["email"])
        audit.record(by, "accounts.user.email", user, given=bool(email))


@transaction.atomic
def change_password(user: User, password: str, kept_key: str = "") -> None:
    """The user's own choice, already held against the rules; every other browser of theirs is signed out."""
    user.set_password(password)
    user.must_change_password = False
    user.save()
    count = sessions.end(sessions.live(user).exclude(session_key=kept_key))
    audit.record(user, "accounts.password.changed", user, signed_out=count)


@transaction.atomic
def reset_password(by: User, user: User, reason: str) -> str:
    """A new random password, told once to the administrator; the user must choose another with it."""
    access.only_administrators(by)
    access.only_equals(by, user)
    explained(reason)
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save()
    throttle.forget(user.username)
    audit.record(by, "accounts.password.reset", user, reason, signed_out=sessions.end(sessions.live(user)))
    return password


@transaction.atomic
def deactivate(by: User, user: User, reason: str) -> None:
    """The user comes in no more, from this moment on; nothing of theirs is lost."""
    access.only_administrators(by)
    access.only_equals(by, user)
    explained(reason)
    if by == user:
        raise Refused(
            vi="Không tự khóa tài khoản của mình được. Hãy nhờ một quản trị khác.",
            en="You cannot deactivate your own account. Ask another administrator.",
        )
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(by, "accounts.user.deactivated", user, reason, signed_out=sessions.end(sessions.live(user)))


@transaction.atomic
def reactivate(by: User, user: User, reason: str) -> None:
    """The user may come in again, with the password they had."""
    access.only_administrators(by)
    access.only_equals(by, user)
    explained(reason)
    user.is_active = True
    user.save(update_fields=["is_active"])
    throttle.forget(user.username)
    audit.record(by, "accounts.user.reactivated", user, reason)


def explained(reason: str) -> None:
    """What is done to somebody else's account says why."""
    if not reason.strip():
        raise Refused(
            vi="Chưa ghi lý do. Hãy ghi vì sao, để người xem nhật ký sau này hiểu.",
            en="The reason is missing. Say why, so that a later reader of the trail understands.",
        )


def new_password() -> str:
    """Random, and easy to copy from a screen: four groups of four letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
