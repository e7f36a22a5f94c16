# SPDX-License-Identifier: Apache-2.0
"""Where a statement of a document becomes a note on the situation, for who may write one at the document's place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bamsat.rooms.documents.models import Document, ReadStatement
from bamsat.rooms.places.queries import covered_by, reaches
from bamsat.rooms.places.rights import Function, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def may_note(user: User | AnonymousUser, document: Document) -> bool:
    if document.place_id is None:
        return False
    if sees_everything(user):
        return True
    roots = {root for reach in reaches(user, Function.ENTER) for root in reach.roots}
    return covered_by(roots).filter(pk=document.place_id).exists()


def note_address(document: Document, statement: ReadStatement) -> str:
    """The form of a note, with the sentence quoted, for the place and period that it is about."""
    asked: dict[str, object] = {"vb": document.uuid, "cau": statement.ordinal}
    if document.place:
        asked["noi"] = document.place.slug
    if period := statement.period or document.period:
        asked["ky"] = period
    return f"{reverse('situation:new')}?{urlencode(asked)}"
