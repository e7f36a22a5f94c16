# SPDX-License-Identifier: Apache-2.0
"""What the views of tasks share: the task or proposal of an address, and the types of files sent out."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

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
