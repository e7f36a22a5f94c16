# SPDX-License-Identifier: Apache-2.0
"""Files of one return: its workbook and XML out and in, what goes with it, and the published schema."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.access import signed_in
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.places.rights import Function
from bamsat.rooms.places.rights import may as may_use
from bamsat.rooms.submissions.asking import return_or_404
from bamsat.rooms.submissions.files import actions as actions_files
from bamsat.rooms.submissions.files import attached
from bamsat.rooms.submissions.files.actions import FileTaken, path_of
from bamsat.rooms.submissions.files.bundles import file_name, workbook_of
from bamsat.rooms.submissions.files.shown import told_lines
from bamsat.rooms.submissions.files.xml_out import MEDIA, as_xml, schema
from bamsat.rooms.submissions.grids import grid_of
from bamsat.rooms.submissions.models import Attachment, Return
from bamsat.rooms.submissions.naming_places import full_name
from bamsat.rooms.submissions.period_words import titled
from bamsat.rooms.submissions.queries import may
from bamsat.ui import sheets, words

_PRIVATE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


@may_use(Function.ENTER)
@require_GET
def files(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Everything that goes in and out of a return as a file."""
    return _page(request, return_or_404(request, uuid))


def _page(
    request: HttpRequest, sent: Return, taken: FileTaken | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "sent": sent, "title": titled(sent.form.name, sent.span, words.language() == "en"),
        "place_name": full_name(sent.place), "error": error, "taken": taken,
        "attachments": sent.attachments.filter(removed_at=None).select_related("by"), "largest": attached.LARGEST,
        "may_fill": may(request.user, Function.ENTER, sent.form, sent.place),
    }  # fmt: skip
    if taken is not None:
        context |= {"troubles": told_lines(taken.read.troubles), "notes": told_lines(taken.read.notes)}
    return render(request, "submissions/files_page.html", context, status=status)


@may_use(Function.ENTER)
@require_GET
def workbook(request: HttpRequest, uuid: UUID) -> HttpResponse:
    sent = return_or_404(request, uuid)
    return download(workbook_of(sent), sheets.XLSX, file_name(sent))


@may_use(Function.ENTER)
@require_GET
def xml(request: HttpRequest, uuid: UUID) -> HttpResponse:
    sent = return_or_404(request, uuid)
    return download(as_xml(grid_of(sent)), MEDIA, file_name(sent, "xml"))


def download(data: bytes, media: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **_PRIVATE}
    return HttpResponse(data, content_type=media, headers=headers)


@may_use(Function.ENTER)
@require_POST
def file_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A workbook, CSV or XML of this return; what was taken and what was not is told by cell."""
    sent = return_or_404(request, uuid)
    file = _file(request)
    if file is None:
        return _page(request, sent, error=_("Chưa chọn tệp nào."), status=422)
    try:
        taken = actions_files.take_file(who(request), sent, file.name or "", file.chunks())
    except BamsatError as error:
        return _page(request, sent, error=words.told(error), status=422)
    return _page(request, taken.sent_return, taken)


@may_use(Function.ENTER)
@require_POST
def attach(request: HttpRequest, uuid: UUID) -> HttpResponse:
    sent = return_or_404(request, uuid)
    file = _file(request)
    if file is None:
        messages.error(request, _("Chưa chọn tệp nào."))
        return redirect("submissions:files", uuid)
    try:
        signed = request.POST.get("da-ky") == "co"
        found = actions_files.attach(who(request), sent, file.name or "", file.chunks(), signed)
        messages.success(request, _("Đã kèm tệp “%(name)s”.") % {"name": found.name})
    except BamsatError as error:
        messages.error(request, words.told(error))
    return redirect("submissions:files", uuid)


@may_use(Function.ENTER)
@require_GET
def attachment(request: HttpRequest, uuid: UUID, file: UUID) -> FileResponse:
    """The file as it came, always as a download: nothing that was sent in runs in this site's name."""
    found = _attachment(return_or_404(request, uuid), file)
    path = path_of(found.sha256)
    if not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=found.name, content_type="application/octet-stream",
        headers=_PRIVATE,
    )  # fmt: skip


@may_use(Function.ENTER)
@require_POST
def detach(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponse:
    found = _attachment(return_or_404(request, uuid), file)
    try:
        actions_files.remove_attachment(who(request), found, request.POST.get("ly-do", ""))
        messages.success(request, _("Đã gỡ tệp “%(name)s”.") % {"name": found.name})
    except BamsatError as error:
        messages.error(request, words.told(error))
    return redirect("submissions:files", uuid)


@signed_in
@require_GET
def published_schema(request: HttpRequest) -> HttpResponse:
    """The schema by which returns are exchanged; it says nothing of anybody."""
    return HttpResponse(
        schema(), content_type=MEDIA, headers={"Content-Disposition": 'attachment; filename="return.xsd"'}
    )


def _attachment(sent: Return, uuid: UUID) -> Attachment:
    found = sent.attachments.filter(uuid=uuid, removed_at=None).select_related("sent_return__form", "by").first()
    if found is None:
        raise Http404
    found.sent_return = sent
    return found


def _file(request: HttpRequest) -> UploadedFile[Any] | None:
    return request.FILES.get("tep")
