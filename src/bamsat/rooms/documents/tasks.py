# SPDX-License-Identifier: Apache-2.0
"""Work that a worker does: reading documents."""

from __future__ import annotations

from django_tasks import task

from bamsat.rooms.documents.models import Document
from bamsat.rooms.documents.reading import read_document


@task()
def read_later(uuid: str) -> str:
    """Read a received document; the same again does nothing to one that was read."""
    return read_document(Document.objects.get(uuid=uuid)).state
