# SPDX-License-Identifier: Apache-2.0
"""Giving and taking roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bamsat.rooms.accounts import audit
from bamsat.rooms.places.ancestors import rebuild_ancestors
from bamsat.rooms.places.models import Place, PlaceRole, Role
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

__all__ = ["give_role", "rebuild_ancestors", "take_role"]


@transaction.atomic
def give_role(by: User | None, user: User, place: Place, role: str) -> PlaceRole:
    """Let the user do at the place, and below it, what the role allows; `by` is None at installation only."""
    _only_administrators(by)
    held, new = PlaceRole.objects.get_or_create(user=user, place=place, role=Role(role))
    if new:
        audit.record(by, "places.role.given", held, user=user.pk, place=place.slug, role=held.role)
    return held


@transaction.atomic
def take_role(by: User, held: PlaceRole, reason: str = "") -> None:
    _only_administrators(by)
    audit.record(by, "places.role.taken", held, reason, user=held.user_id, place=held.place.slug, role=held.role)
    held.delete()


def _only_administrators(by: User | None) -> None:
    if by is not None and not sees_everything(by):
        raise NotAllowed(
            vi="Chỉ quản trị được giao và thu vai trò. Hãy nhờ quản trị của đơn vị.",
            en="Only an administrator gives and takes roles. Ask the administrator of your office.",
        )
