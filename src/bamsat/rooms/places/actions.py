# SPDX-License-Identifier: Apache-2.0
"""Giving and taking roles, and keeping the table of ancestors."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bamsat.rooms.accounts import audit
from bamsat.rooms.places.models import Ancestor, Place, PlaceRole, PlaceVersion, Role
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


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


@transaction.atomic
def rebuild_ancestors() -> int:
    """Write the table of ancestors anew from the versions; how many rows it has then."""
    parents: dict[int, list[PlaceVersion]] = defaultdict(list)
    for version in PlaceVersion.objects.exclude(parent=None).only("place_id", "parent_id", "valid_from", "valid_to"):
        parents[version.place_id].append(version)
    rows = [
        Ancestor(place_id=place, ancestor_id=above, valid_from=start, valid_to=end)
        for place in parents
        for above, start, end in _above(place, None, None, parents, frozenset({place}))
    ]
    Ancestor.objects.all().delete()
    Ancestor.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _above(
    place: int,
    start: date | None,
    end: date | None,
    parents: dict[int, list[PlaceVersion]],
    seen: frozenset[int],
) -> list[tuple[int, date | None, date | None]]:
    """Each place above, with the days on which both it and the way up to it held."""
    found = []
    for version in parents.get(place, []):
        above = version.parent_id
        first = max((day for day in (start, version.valid_from) if day), default=None)
        last = min((day for day in (end, version.valid_to) if day), default=None)
        if above is None or above in seen or (first and last and first >= last):
            continue
        found.append((above, first, last))
        found += _above(above, first, last, parents, seen | {above})
    return found
