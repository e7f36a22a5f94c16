# SPDX-License-Identifier: Apache-2.0
"""What the views of this room share: the report of an address, an action that may be refused, a file sent out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from bamsat.rooms.reports import queries
from bamsat.rooms.reports.actions import Refused
from bamsat.rooms.reports.actions_issue import Uploaded
from bamsat.rooms.reports.models import Report, ReportPlan, Version

Sent = TypeVar("Sent", bound=HttpResponseBase)


def report_or_404(request: HttpRequest, uuid: UUID) -> Report:
    try:
        return queries.report_at(request.user, uuid)
    except Report.DoesNotExist:
        raise Http404 from None


def plan_or_404(request: HttpRequest, uuid: UUID) -> ReportPlan:
    try:
        return queries.plan_at(request.user, uuid)
    except ReportPlan.DoesNotExist:
        raise Http404 from None


def version_or_404(report: Report, uuid: UUID) -> Version:
    try:
        return queries.version_of(report, uuid)
    except Version.DoesNotExist:
        raise Http404 from None


def uploaded(request: HttpRequest, name: str = "tep") -> Uploaded:
    """The file that was sent; Refused where none was."""
    file: UploadedFile[Any] | None = request.FILES.get(name)
    if file is None:
        raise Refused(vi="Chưa chọn tệp nào. Hãy chọn tệp rồi gửi.", en="No file was chosen. Choose one, then send it.")
    return Uploaded(file.name or "", file.read())


def as_download(path: Path, name: str, plain: str, media: str, inline: bool = False) -> FileResponse:
    """A kept file under its Vietnamese name, with a plain one for what does not know such names."""
    if not path.exists():
        raise Http404
    return _named(FileResponse(path.open("rb"), content_type=media), name, plain, inline)


def download_of(content: bytes, name: str, plain: str, media: str) -> HttpResponse:
    """Bytes that are not kept, sent in the same way."""
    return _named(HttpResponse(content, content_type=media), name, plain)


def _named(answer: Sent, name: str, plain: str, inline: bool = False) -> Sent:
    how = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
