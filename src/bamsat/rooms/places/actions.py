# SPDX-License-Identifier: Apache-2.0
"""Giving and taking roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.places.ancestors import rebuild_ancestors
from bamsat.rooms.places.models import Place, PlaceRole, Role
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.catalogue.models import IndicatorSet

__all__ = ["give_role", "rebuild_ancestors", "take_role"]


class RoleRefused(BamsatError):
    """A role that cannot be held as it was told."""


@transaction.atomic
def give_role(
    by: User | None, user: User, place: Place, role: str, *, sets: Iterable[IndicatorSet] = (),
    valid_from: date | None = None, valid_to: date | None = None, acting_for: User | None = None, act: str = "",
    reason: str = "",
) -> PlaceRole:  # fmt: skip
    """Let the user do at the place, and below it, what the role allows; `by` is None at installation only.

    A role held already takes the new days, sets and act. `valid_to` is the first day without it.
    """
    _only_administrators(by)
    _check_role(user, valid_from, valid_to, acting_for, act)
    told = {"valid_from": valid_from, "valid_to": valid_to, "acting_for": acting_for, "act": act}
    held, new = PlaceRole.objects.get_or_create(user=user, place=place, role=Role(role), defaults=told)
    wanted = {each.pk for each in sets}
    before = set(held.sets.values_list("pk", flat=True))
    same = all(getattr(held, name) == value for name, value in told.items()) and before == wanted
    if new or not same:
        for name, value in told.items():
            setattr(held, name, value)
        held.save()
        held.sets.set(wanted)
        action = "places.role.given" if new else "places.role.changed"
        audit.record(by, action, held, reason, **_in_words(held))
    return held


@transaction.atomic
def take_role(by: User, held: PlaceRole, reason: str = "") -> None:
    _only_administrators(by)
    audit.record(by, "places.role.taken", held, reason, **_in_words(held))
    held.delete()


def _check_role(
    user: User, valid_from: date | None, valid_to: date | None, acting_for: User | None, act: str
) -> None:  # fmt: skip
    if valid_from and valid_to and valid_to <= valid_from:
        raise RoleRefused(
            vi="Ngày hết hiệu lực phải sau ngày bắt đầu. Hãy sửa một trong hai ngày.",
            en="The role ends before it begins. Mend one of the two days.",
        )
    if acting_for is not None and (acting_for.pk == user.pk or not act.strip()):
        raise RoleRefused(
            vi="Làm thay cho người khác cần văn bản giao quyền, và không thay cho chính mình. Hãy ghi số văn bản.",
            en="Acting for someone needs the act that says so, and nobody acts for themselves. Write its number.",
        )


def _in_words(held: PlaceRole) -> dict[str, Any]:
    """A role as the trail keeps it; what was not told is left out."""
    told = {
        "user": held.user_id, "place": held.place.slug, "role": held.role, "act": held.act,
        "from": held.valid_from.isoformat() if held.valid_from else "",
        "to": held.valid_to.isoformat() if held.valid_to else "", "acting_for": held.acting_for_id,
        "sets": sorted(held.sets.values_list("code", flat=True)),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _only_administrators(by: User | None) -> None:
    if by is not None and not sees_everything(by):
        raise NotAllowed(
            vi="Chỉ quản trị được giao và thu vai trò. Hãy nhờ quản trị của đơn vị.",
            en="Only an administrator gives and takes roles. Ask the administrator of your office.",
        )
