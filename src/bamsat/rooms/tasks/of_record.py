# SPDX-License-Identifier: Apache-2.0
"""What came of a document of the register, on its page: the tasks that it gave, and what of it still waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.rooms.documents.models import Record
from bamsat.rooms.documents.register_page import Section
from bamsat.rooms.places.rights import Function, holds
from bamsat.rooms.tasks.queries import proposals
from bamsat.rooms.tasks.rights import seen_tasks
from bamsat.rooms.tasks.standing import lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST = 50


def section(user: User | AnonymousUser, record: Record) -> Section | None:
    """Nothing for who does not work on tasks, or where nothing was asked."""
    if not holds(user, Function.WORK):
        return None
    found = lines(seen_tasks(user).filter(record=record).order_by("due", "pk")[:MOST], timezone.localdate())
    waiting = proposals(user, document=record.document).count() if record.document else 0
    if not found and not waiting:
        return None
    return Section(_("Nhiệm vụ"), "tasks/of_record.html", {"lines": found, "waiting": waiting})
