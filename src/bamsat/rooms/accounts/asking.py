# SPDX-License-Identifier: Apache-2.0
"""Who asks: what the views of every room begin with."""

from __future__ import annotations

from django.http import HttpRequest

from bamsat.rooms.accounts.models import User


def who(request: HttpRequest) -> User:
    """The user; a view that declares who may lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user
