# SPDX-License-Identifier: Apache-2.0
"""Who may have an import written: who approves at every place, and for every set, for which its sender imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import Reach, covered_by, reaches
from bamsat.rooms.places.rights import Function, sees_everything

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bamsat.rooms.accounts.models import User


def covers(user: User | AnonymousUser, sender: User) -> bool:
    """Whether whatever the sender may import is the user's to approve."""
    if sees_everything(user):
        return True
    if sees_everything(sender):
        return False
    mine, theirs = reaches(user, Function.IMPORT, Function.APPROVE), reaches(sender, Function.IMPORT)
    return bool(theirs) and all(_within(each, mine) for each in theirs)


def _within(reach: Reach, mine: list[Reach]) -> bool:
    roots: set[int] = set()
    for one in mine:
        if one.sets is None or (reach.sets is not None and reach.sets <= one.sets):
            roots |= one.roots
    allowed = covered_by(roots)
    return not Place.objects.filter(pk__in=reach.roots).exclude(pk__in=allowed.values("pk")).exists()
