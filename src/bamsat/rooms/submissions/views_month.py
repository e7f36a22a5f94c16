# SPDX-License-Identifier: Apache-2.0
"""Who has sent and who has not; the year; chasing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bamsat.rooms.accounts.access import signed_in
from bamsat.rooms.submissions.month_page import FIRST_YEAR, LAST_YEAR, year_page


@signed_in
@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve months: what falls due when, and how much of it came."""
    year = min(max(year, FIRST_YEAR), LAST_YEAR - 1)
    months = year_page(request.user, year, timezone.now())
    return render(request, "submissions/month_year.html", {"year": year, "months": months})
