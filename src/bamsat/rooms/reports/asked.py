# SPDX-License-Identifier: Apache-2.0
"""What the views of this room share: the report of an address, and the file that was sent in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest

from bamsat.rooms.reports import queries
from bamsat.rooms.reports.actions import Refused
from bamsat.rooms.reports.actions_issue import Uploaded
from bamsat.rooms.reports.models import Report, ReportPlan, Version


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
