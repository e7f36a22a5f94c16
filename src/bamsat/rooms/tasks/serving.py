# SPDX-License-Identifier: Apache-2.0
"""What the views of tasks share: the task of an address, an action that may be refused, a file sent out."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from bamsat.rooms.documents.models import ReadInstruction
from bamsat.rooms.tasks import queries
from bamsat.rooms.tasks.models import Task

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def task_or_404(request: HttpRequest, uuid: UUID) -> Task:
    try:
        return queries.task_for(request.user, uuid)
    except Task.DoesNotExist:
        raise Http404 from None


def proposal_or_404(request: HttpRequest, uuid: UUID) -> ReadInstruction:
    try:
        return queries.proposal_for(request.user, uuid)
    except ReadInstruction.DoesNotExist:
        raise Http404 from None


def as_download(content: bytes, name: str, plain: str, media: str) -> HttpResponse:
    """A file under its Vietnamese name, with a plain one for what does not know such names."""
    answer = HttpResponse(content, content_type=MEDIA[media])
    answer["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
