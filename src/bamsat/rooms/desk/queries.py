# SPDX-License-Identifier: Apache-2.0
"""What the first page shows: what waits, what came in last, what was written last; a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.rooms.documents.models import Document
from bamsat.rooms.documents.queries import Waiting, documents_for, to_approve, waiting
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.queries import last_written
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.rights import remembering
from bamsat.rooms.scoreboard.board import places_with_figures

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

__all__ = ["Home", "Waiting", "home", "waiting"]


@dataclass(frozen=True, slots=True)
class Home:
    """What waits, what came in last, and what was written to the ledger last."""

    waiting: Waiting
    to_approve: tuple[Document, ...]  # with figures that wait for this user's approval
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    places: tuple[Place, ...]


def home(user: User | AnonymousUser) -> Home:
    with remembering(user):
        waits = waiting(user)
        with_drafts = documents_for(user).filter(pk__in=to_approve(user).values("document"))
        return Home(
            waiting=waits,
            to_approve=tuple(with_drafts[:8]) if waits.to_approve else (),
            documents=tuple(documents_for(user)[:8]),
            entries=tuple(last_written(user, 8)),
            places=tuple(places_with_figures(user)),
        )
