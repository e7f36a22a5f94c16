# SPDX-License-Identifier: Apache-2.0
"""What the reading page lets somebody say of a finding without leaving the document."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures import reading
from bamsat.rooms.findings import actions, queries
from bamsat.rooms.findings.models import Finding
from bamsat.rooms.places.rights import Function, may
from bamsat.ui import words


@may(Function.JUDGE)
@require_POST
def leave(request: HttpRequest, uuid: UUID, finding: UUID) -> HttpResponse:
    """Leave the figures of a finding as they are, for a reason; the page stays at the figure that was open."""
    document = reading.document_or_404(request, uuid)
    found = _of(request, document, finding)
    opened = request.POST.get("so", "")
    ordinal = int(opened) if opened.isascii() and opened.isdigit() and len(opened) < 9 else None
    try:
        actions.accept_as_is(request.user, found, request.POST.get("ly-do", ""))  # type: ignore[arg-type]
    except BamsatError as error:
        messages.error(request, words.told(error))
    else:
        messages.success(request, _("Đã để nguyên, kèm lý do."))
        if request.headers.get("HX-Request"):
            return reading.answer_whole(request, document, ordinal, {found.pk})
    back = reading.address_of(document, ordinal)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": back})
    return redirect(back)


def _of(request: HttpRequest, document: Document, uuid: UUID) -> Finding:
    try:
        return queries.findings(request.user).get(document=document, uuid=uuid)
    except Finding.DoesNotExist:
        raise Http404 from None
