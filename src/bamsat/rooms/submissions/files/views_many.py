# SPDX-License-Identifier: Apache-2.0
"""Many files of returns: sending them in, how far they are read, what became of each; blank forms for everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.rights import Function
from bamsat.rooms.places.rights import may as may_use
from bamsat.rooms.submissions import queries
from bamsat.rooms.submissions.files import actions_many as many
from bamsat.rooms.submissions.files.bundles import blank, file_name, packed, workbook_of, workbooks
from bamsat.rooms.submissions.files.shown import file_told
from bamsat.rooms.submissions.files.views import download
from bamsat.rooms.submissions.filling.actions import fits
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Batch, BatchFile, BatchState, Form, FormVersion, Return
from bamsat.ui import sheets, words

A_PAGE, FILES_A_PAGE, MOST_PLACES = 30, 100, 5_000
_SHAPES = {BatchState.READING: "half", BatchState.READ: "good", BatchState.FAILED: "bad"}
_FILTERED = {"can-sua": Q(report__has_key="error") | ~Q(report__troubles=[]) | Q(report__has_key="left")}


@may_use(Function.ENTER)
@require_http_methods(["GET", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """Send many files in; all former batches."""
    error = ""
    if request.method == "POST":
        uploads = [(file.name or "", file.chunks()) for file in request.FILES.getlist("tep")]
        try:
            batch = many.receive(who(request), uploads, request.POST.get("gui-luon") == "co")
            return redirect("submissions:batch", batch.uuid)
        except BamsatError as trouble:
            error = words.told(trouble)
    found = many.visible(request.user).annotate(done=Count("files", filter=Q(files__done=True))).order_by("-pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page, "rows": [(each, _SHAPES[BatchState(each.state)]) for each in page], "error": error,
        "limit": settings.BAMSAT_UPLOAD_LIMIT, "most": many.MOST_FILES,
    }  # fmt: skip
    return render(request, "submissions/files_batches.html", context, status=422 if error else 200)


@may_use(Function.ENTER)
@require_GET
def batch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _batch(request, uuid)
    rows = found.files.select_related("filled__form", "filled__place").order_by("pk")
    chosen = request.GET.get("loc", "")
    shown = rows.filter(_FILTERED[chosen], done=True) if chosen in _FILTERED else rows
    page = Paginator(shown, FILES_A_PAGE).get_page(request.GET.get("trang"))
    context = _progress(found) | {
        "files": [file_told(each) for each in page], "page": page, "chosen": chosen,
        "to_mend": rows.filter(_FILTERED["can-sua"], done=True).count(), "mine": found.by_id == request.user.pk,
    }  # fmt: skip
    if any(each.unknown for each in context["files"]):
        context["forms"] = queries.forms(request.user).filter(ended=None)
    return render(request, "submissions/files_batch.html", context)


@may_use(Function.ENTER)
@require_GET
def batch_progress(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far it is, asked for again each second; the whole page once it is done."""
    found = _batch(request, uuid)
    if found.state != BatchState.READING:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return render(request, "submissions/files_progress.html", _progress(found))


def _progress(batch: Batch) -> dict[str, Any]:
    done = batch.files.filter(done=True)
    count, filled = done.count(), done.filter(filled__isnull=False).count()
    return {
        "batch": batch, "shape": _SHAPES[BatchState(batch.state)], "done": count, "filled": filled,
        "share": 100 * count // batch.total if batch.total else 100, "moving": batch.state == BatchState.READING,
    }  # fmt: skip


@may_use(Function.ENTER)
@require_POST
def batch_choose(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Say of which return a file is that nobody recognised."""
    file = BatchFile.objects.filter(batch=_batch(request, uuid), pk=pk).first()
    if file is None:
        raise Http404
    form = queries.forms(request.user).filter(code=request.POST.get("bieu", "")).first()
    try:
        period = Period.parse(request.POST.get("ky", "").strip()[:40])
        place = _place(request, form) if form else None
        if form is None or place is None:
            messages.error(request, _("Hãy chọn biểu và ghi đúng tên nơi gửi mà anh/chị nhập cho."))
        else:
            many.choose(who(request), file, form, place, period)
    except BamsatError as error:
        messages.error(request, words.told(error))
    return redirect("submissions:batch", uuid)


def _place(request: HttpRequest, form: Form) -> Place | None:
    """By its address or its name, among the places that the user fills this form for."""
    text = " ".join(request.POST.get("noi", "").split())[:200]
    allowed = queries.places_for(request.user, Function.ENTER, form)
    found = allowed.filter(Q(slug=text) | Q(name__iexact=text))[:2]
    return found[0] if len(found) == 1 else None


@may_use(Function.ENTER)
@require_GET
def form_workbooks(request: HttpRequest, code: str) -> HttpResponseBase:
    """The workbooks of a form and period for the places that the user fills it for: one, or all of them packed."""
    form = queries.forms(request.user).filter(code=code).first()
    try:
        period = Period.parse(request.GET.get("ky", "")[:40])
    except PeriodUnreadable:
        raise Http404 from None
    version = queries.version_for(form, period) if form else None
    if form is None or version is None or not fits(definition_of(version), period):
        raise Http404
    version.form = form
    places = queries.places_for(request.user, Function.ENTER, form).filter(
        kind__in=definition_of(version).senders, ended=None
    )
    if slug := request.GET.get("noi", "")[:120]:
        return _one_workbook(version, places.filter(slug=slug).first(), period)
    chosen = list(places[: MOST_PLACES + 1])
    if not chosen or len(chosen) > MOST_PLACES:
        raise Http404
    name = f"{form.code}_{period.code.replace('/', '_')}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(
        packed(workbooks(version, chosen, period)), content_type="application/zip", headers=headers
    )


def _one_workbook(version: FormVersion, place: Place | None, period: Period) -> HttpResponse:
    if place is None:
        raise Http404
    there = Return.objects.filter(form=version.form, place=place, period=period.code).select_related(
        "form", "version", "place"
    )
    sent = there.first() or blank(version, place, period)
    return download(workbook_of(sent), sheets.XLSX, file_name(sent))


def _batch(request: HttpRequest, uuid: UUID) -> Batch:
    try:
        return many.visible(request.user).get(uuid=uuid)
    except Batch.DoesNotExist:
        raise Http404 from None
