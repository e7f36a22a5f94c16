# SPDX-License-Identifier: Apache-2.0
"""Documents received: the list, sending files in, how far reading is, and the file itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.documents import actions, queries
from bamsat.rooms.documents.models import Document, State
from bamsat.rooms.places.rights import Function, may
from bamsat.ui import words

A_PAGE = 50


@may(Function.READ)
@require_GET
def list_of_documents(request: HttpRequest) -> HttpResponse:
    state, search = request.GET.get("trang-thai", ""), request.GET.get("tim", "").strip()[:200]
    state = state if state in State.values else ""
    found = queries.documents_for(request.user, search=search, state=state)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    waiting = queries.waiting(request.user)
    context = {
        "page": page,
        "state": state,
        "states": State.choices,
        "search": search,
        "filtered": bool(state or search),
        "waiting": waiting,
        "limit": settings.BAMSAT_UPLOAD_LIMIT,
    }
    return render(request, "documents/list.html", context)


@may(Function.UPLOAD)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """One file at a time from the script, with an answer it can show; any number from the plain form."""
    files = request.FILES.getlist("tep")
    if "application/json" in request.headers.get("Accept", ""):
        return _receive_one(request, files[0] if files else None)
    if not files:
        messages.error(request, _("Chưa chọn tệp nào. Hãy chọn tệp Word, PDF, Excel, trang web hoặc văn bản thuần."))
        return redirect("documents:list")
    received = [document for document in (_received(request, file) for file in files) if document]
    if len(files) == 1 and received:
        return redirect(address_of(received[0]))
    if received:
        count = len(received)
        told = ngettext("Đã nhận %(count)s tệp.", "Đã nhận %(count)s tệp.", count) % {"count": count}
        messages.success(request, told)
    return redirect("documents:list")


def _receive_one(request: HttpRequest, file: UploadedFile[Any] | None) -> HttpResponse:
    if file is None:
        return JsonResponse({"message": _("Chưa chọn tệp nào.")}, status=422)
    try:
        document = actions.receive(request.user, file.name or "", file.chunks())  # type: ignore[arg-type]
    except BamsatError as error:
        return JsonResponse({"message": words.told(error)}, status=422)
    told = _("đã nhận trước đây") if document.received_before else _("đã nhận")
    return JsonResponse({"message": told, "address": address_of(document)})


def _received(request: HttpRequest, file: UploadedFile[Any]) -> Document | None:
    try:
        return actions.receive(request.user, file.name or "", file.chunks())  # type: ignore[arg-type]
    except BamsatError as error:
        messages.error(request, words.told(error))
        return None


@may(Function.READ)
@require_GET
def status(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One line of the list, asked for again while the document is being read."""
    return _row(request, uuid)


def _row(request: HttpRequest, uuid: UUID) -> HttpResponse:
    document = queries.documents_for(request.user).filter(uuid=uuid).first()
    if document is None:
        raise Http404
    return render(request, "documents/row.html", {"document": document})


@may(Function.READ)
@require_GET
def original(request: HttpRequest, uuid: UUID) -> FileResponse:
    """The file as it came, always as a download: nothing that was sent in runs in this site's name."""
    document = document_or_404(request, uuid)
    if not document.path.exists():
        raise Http404
    return FileResponse(
        document.path.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


@may(Function.UPLOAD)
@require_POST
def again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    document = document_or_404(request, uuid)
    try:
        actions.read_again(request.user, document)  # type: ignore[arg-type]
    except BamsatError as error:
        messages.error(request, words.told(error))
    if request.headers.get("HX-Request"):
        return _row(request, uuid)
    return redirect(address_of(document) if request.POST.get("ve") == "trang-doc" else "documents:list")


@may(Function.JUDGE)
@require_POST
def provider(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Whose figures the document gives."""
    document = document_or_404(request, uuid)
    try:
        actions.set_provider(request.user, document, request.POST.get("nguon", ""))  # type: ignore[arg-type]
    except BamsatError as error:
        messages.error(request, words.told(error))
    return redirect(address_of(document))


def document_or_404(request: HttpRequest, uuid: UUID) -> Document:
    try:
        return queries.document_for(request.user, uuid)
    except Document.DoesNotExist:
        raise Http404 from None


def address_of(document: Document) -> str:
    """The reading page, which stands a floor above; the list where that page is not installed."""
    try:
        return reverse("figures:reading", args=[document.uuid])
    except NoReverseMatch:
        return reverse("documents:list")
