# SPDX-License-Identifier: Apache-2.0
"""The roles of users in words, for pages of rooms that know no places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bamsat.rooms.places.models import PlaceRole

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def in_words(users: Sequence[User]) -> dict[int, list[str]]:
    """Each user's roles as "chuyên viên, Cao Bằng", in one query."""
    told: dict[int, list[str]] = defaultdict(list)
    held = PlaceRole.objects.filter(user__in=[user.pk for user in users]).select_related("place")
    for role in held.order_by("place__sort_key", "role"):
        told[role.user_id].append(f"{role.get_role_display()}, {role.place.full_label}")
    return dict(told)
