# SPDX-License-Identifier: Apache-2.0
"""Who asks, and for which return: what the views of this room begin with."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from bamsat.rooms.accounts.models import User
from bamsat.rooms.submissions import queries
from bamsat.rooms.submissions.models import Return


def who(request: HttpRequest) -> User:
    """The user; a view that declares who may lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def return_or_404(request: HttpRequest, uuid: UUID) -> Return:
    try:
        return queries.return_at(request.user, uuid)
    except Return.DoesNotExist:
        raise Http404 from None
