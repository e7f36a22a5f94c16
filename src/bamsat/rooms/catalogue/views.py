# SPDX-License-Identifier: Apache-2.0
"""Names of the catalogue, offered as one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts.access import signed_in
from bamsat.rooms.catalogue import queries
from bamsat.rooms.catalogue.families import FAMILIES


@signed_in
@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Lines of a list of choices; the last offers to add the typed words as a new name of a family."""
    typed = " ".join(request.GET.get("tim", "").split())[:150]
    family = request.GET.get("ho", "")
    found = queries.suggest(typed)
    known = any(fold(one.name) == fold(typed) or fold(one.matched) == fold(typed) for one in found)
    context = {
        "typed": typed,
        "found": found,
        "new_code": "" if known or not typed else f"{family if family in FAMILIES else 'other'}:{typed.lower()}",
    }
    return render(request, "catalogue/suggestions.html", context)
