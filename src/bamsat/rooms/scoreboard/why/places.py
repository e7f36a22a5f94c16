# SPDX-License-Identifier: Apache-2.0
"""Up and down the tree from a number: the places above, and those below with their own numbers and ranks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.rooms.figures.numbers import KIND_OF_STATE, Told, told
from bamsat.rooms.places.models import Ancestor, Place
from bamsat.rooms.places.queries import scope
from bamsat.rooms.scoreboard.why.answer import Why
from bamsat.rooms.scoreboard.why.parts import PLACES, Member

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Below:
    """A place below, as a row."""

    name: str
    address: str
    value: Told | None
    growth: Told | None
    ratio: Told | None
    kind: str
    state: str
    rank: int | None


def above(user: User | AnonymousUser, place: Place, address: Callable[[str], str]) -> list[tuple[str, str]]:
    """Name and address of each place above that still holds it and that the user may see, the highest first."""
    ids = Ancestor.objects.filter(place=place, valid_to=place.ended).values("ancestor_id")
    found = scope(user).filter(pk__in=ids)
    ranks = {one.pk: Ancestor.objects.filter(place=one).count() for one in found}
    return [(one.label, address(one.slug)) for one in sorted(found, key=lambda one: ranks[one.pk])]


def places_table(found: Why, address: Callable[[Member], str]) -> list[Below]:
    """The places below, by their ratio to the plan where most have one, else by their growth; the best first."""
    members = next((one.breakdown.members for one in found.told if one.breakdown.code == PLACES), ())
    by_plan = 2 * sum(member.ratio is not None for member in members) > len(members)
    up = found.whole.indicator.good != "down"

    def key(member: Member) -> Decimal | None:
        number = member.ratio if by_plan else member.growth
        return number.value if number else None

    ordered = sorted(
        members, key=lambda one: (key(one) is None, -(key(one) or Decimal(0)) if up else key(one) or Decimal(0))
    )  # fmt: skip
    values = [value for member in ordered if (value := key(member)) is not None]
    return [
        Below(
            member.name, address(member), told(member.now), told(member.growth, sign=True), told(member.ratio),
            KIND_OF_STATE[member.state], str(member.state.label),
            values.index(value) + 1 if (value := key(member)) is not None else None,
        )
        for member in ordered
    ]  # fmt: skip
