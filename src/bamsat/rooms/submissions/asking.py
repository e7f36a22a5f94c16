# SPDX-License-Identifier: Apache-2.0
"""For which return a view of this room is asked."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from bamsat.rooms.submissions import queries
from bamsat.rooms.submissions.models import Return


def return_or_404(request: HttpRequest, uuid: UUID) -> Return:
    try:
        return queries.return_at(request.user, uuid)
    except Return.DoesNotExist:
        raise Http404 from None
