# SPDX-License-Identifier: Apache-2.0
"""Changes to users, each named and written to the trail."""

import secrets

from django.db import transaction

from . import audit
from .models import User


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
    """A new user; one who administers also sees the administrator's tables."""
    user = User.objects.create_user(
        username, password=password, display_name=display_name, is_staff=administers, is_superuser=administers
    )
    audit.record(by, "accounts.user.created", user, administers=administers)
    return user


def new_password() -> str:
    """Random, and easy to copy from a screen: four groups of four letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
