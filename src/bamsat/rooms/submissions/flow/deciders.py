# SPDX-License-Identifier: Apache-2.0
"""Who checks and approves: by which role a user does a function with a return, and for whom; for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from bamsat.rooms.places.models import Ancestor, PlaceRole, Role
from bamsat.rooms.places.queries import reached_from, under
from bamsat.rooms.places.rights import kept, roles_of, roles_with, sees_everything
from bamsat.rooms.submissions.models import Return

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """A user may do it: as an administrator, in a role of the user's own, or in one held for somebody else."""

    acting_for: User | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    role: str
    sets: frozenset[int]
    roots: frozenset[int]
    acting_for: User | None


@dataclass(slots=True)
class Deciders:
    """The roles by which one user does one function, read once; the places above each place are read once too."""

    user: User
    function: str
    everything: bool = False
    _held: list[_Held] = field(default_factory=list)
    _above: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.everything = sees_everything(self.user)
        held = kept(self.user, "deciding roles", lambda: _all_held(self.user))
        self._held = [role for role in held if role.role in roles_with(self.function)]

    def learn(self, places: Iterable[int]) -> None:
        """Read what is above these places, all at once."""
        new = set(places) - self._above.keys()
        if not new:
            return
        for place in new:
            self._above[place] = {place}
        for place, above in Ancestor.objects.filter(place__in=new).values_list("place_id", "ancestor_id"):
            self._above[place].add(above)

    def standing(self, sent: Return, roles: Sequence[str] = ()) -> Standing | None:
        """By what the user may; None: not at all. A role of the user's own comes before one held for somebody else.

        `roles` are those that the form names for it; none: any role with the function.
        """
        if self.everything:
            return Standing(everything=True)
        self.learn([sent.place_id])
        above, found = self._above[sent.place_id], None
        for held in self._held:
            if roles and held.role not in roles:
                continue
            if (held.sets and sent.form.set_id not in held.sets) or above.isdisjoint(held.roots):
                continue
            if held.acting_for is None:
                return Standing()
            found = found or Standing(held.acting_for)
        return found

    def condition(self, roles: Sequence[str] = ()) -> Q:
        """What a return must be for the user to do it: for lists, in one query."""
        if self.everything:
            return Q()
        allowed = Q(pk__in=[])
        for held in self._held:
            if roles and held.role not in roles:
                continue
            part = under(held.roots)
            allowed |= part & Q(form__set__in=held.sets) if held.sets else part
        return allowed

    @property
    def places(self) -> set[int]:
        """Where the roles are held: the user's own places, without what is below them."""
        return {root for held in self._held for root in held.roots}


def _all_held(user: User) -> list[_Held]:
    rows = roles_of(user).order_by("pk").select_related("acting_for").prefetch_related("sets")
    return [_held(role) for role in rows]


def _held(role: PlaceRole) -> _Held:
    sets = frozenset(each.pk for each in role.sets.all())
    return _Held(role.role, sets, frozenset(reached_from(role.place_id)), role.acting_for)


def named(roles: Sequence[str]) -> str:
    """Roles in words: "trưởng phòng, giám đốc Sở"."""
    return ", ".join(str(Role(role).label) if role in Role.values else role for role in roles)
