# SPDX-License-Identifier: Apache-2.0
"""How often one may guess: per name and machine, per name from everywhere, per address for every name.

Somebody who signed in from an address within 30 days is counted there by name and machine alone: neither a stranger who
guesses that name elsewhere, nor one who guesses other names behind the same office address, shuts them out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import clients, sessions


def name_mark(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The typed name as something to count by: a password typed into the wrong field is kept nowhere."""
    name = (credentials or request.POST).get("username")
    return None if name is None else mark_of(str(name))


def mark_of(username: str) -> str:
    return salted_hmac("bamsat.sign-in", username.strip().casefold()).hexdigest()


def forget(username: str) -> None:
    """Let this name try again at once, wherever it is."""
    AccessAttempt.objects.filter(username=mark_of(username)).delete()


class Throttle(AxesDatabaseHandler):
    """Counts three ways; a sign-in that succeeds clears only its own name on its own machine."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        here: int = super().get_failures(request, credentials)
        if here >= settings.AXES_FAILURE_LIMIT or not self._too_many_elsewhere(request, credentials):
            return here
        return int(settings.AXES_FAILURE_LIMIT)

    def _too_many_elsewhere(self, request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
        address = clients.address_of(request)
        by_name = self._count(username=name_mark(request, credentials))
        by_address = 0 if clients.is_local(address) else self._count(ip_address=address)
        if by_name < settings.BAMSAT_NAME_FAILURES and by_address < settings.BAMSAT_ADDRESS_FAILURES:
            return False
        name = (credentials or request.POST).get("username")
        return not sessions.is_known(str(name or ""), address)

    def _count(self, **fields: str | None) -> int:
        since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
        found = AccessAttempt.objects.filter(attempt_time__gte=since, **fields)
        return found.aggregate(total=Sum("failures_since_start"))["total"] or 0
