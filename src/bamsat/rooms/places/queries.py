# SPDX-License-Identifier: Apache-2.0
"""Which place a name means on a day, and which places a user may see or write for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q, QuerySet

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.models import Ancestor, Kind, Place, PlaceKind, PlaceName, PlaceVersion, Succession
from bamsat.rooms.places.rights import Function, Held, held_by, kept, roles_with, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("tinh ", (Kind.PROVINCE,)),
    # Cities that are provinces bear the word in their shipped spellings; any other city was below a province.
    ("thanh pho ", (Kind.DISTRICT,)),
    ("tp. ", (Kind.DISTRICT,)),
    ("tp ", (Kind.DISTRICT,)),
    ("tp.", (Kind.DISTRICT,)),
    ("huyen ", (Kind.DISTRICT,)),
    ("quan ", (Kind.DISTRICT,)),
    ("thi xa ", (Kind.DISTRICT,)),
    ("dac khu ", (Kind.COMMUNE,)),
    ("thi tran ", (Kind.COMMUNE,)),
    ("phuong ", (Kind.COMMUNE,)),
    ("xa ", (Kind.COMMUNE,)),
)
_COUNTRY = {"ca nuoc", "viet nam", "toan quoc", "nuoc ta"}
_ORDER = (Kind.COUNTRY, Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)  # above every facility


class NotAllowed(BamsatError, PermissionDenied):
    """The user has no role that covers this; a view that does not catch it answers 403."""


# Names.


@dataclass(frozen=True, slots=True)
class Named:
    """The versions of places that a name could mean, fetched once and asked for any day."""

    versions: tuple[PlaceVersion, ...]
    text: str = ""
    kinds: tuple[str, ...] = ()

    def on(self, day: date | None) -> Place | None:
        """Narrow down, each time only if something is left: kind word, letters, rank, day."""
        found = [v for v in self.versions if v.place.kind in self.kinds] or list(self.versions)
        found = [v for v in found if v.name.casefold() == self.text] or found
        highest = min((_rank(v.place.kind) for v in found), default=0)
        found = [v for v in found if _rank(v.place.kind) == highest]
        if day is None:
            latest = max((v.valid_from or date.min for v in found), default=date.min)
            found = [v for v in found if (v.valid_from or date.min) == latest]
        else:
            found = [v for v in found if v.holds_on(day)] or found
        places = {v.place_id: v.place for v in found}
        return next(iter(places.values())) if len(places) == 1 else None


def named(text: str) -> Named:
    """All that a name could mean: as a whole, else without its kind word, which then says the kind."""
    text = unicodedata.normalize("NFC", " ".join(text.replace("–", "-").split()))
    folded = fold(text)
    if folded in _COUNTRY:
        return Named(_versions(fold("Việt Nam")))
    if found := _versions(folded):
        return Named(found, text.casefold())
    for prefix, kinds in _PREFIXES:
        if folded.startswith(prefix):
            bare = text[len(prefix) :].strip()
            return Named(_versions(fold(bare)), bare.casefold(), kinds)
    return Named(())


def place_named(text: str, on: date | None = None) -> Place | None:
    """The place that this name meant on that day (any day, if none is given); None if nothing or several fit.

    Letters with their tones come before letters without. Without a kind word the higher kind wins: "Hà Giang" is the
    province, "thành phố Hà Giang" the town.
    """
    return named(text).on(on)


def _versions(folded: str) -> tuple[PlaceVersion, ...]:
    wanted = {folded, re.sub(r"\s*-\s*", " - ", folded)}
    spelled = PlaceName.objects.filter(folded__in=wanted).values("version_id")
    found = PlaceVersion.objects.filter(Q(folded__in=wanted) | Q(pk__in=spelled))
    return tuple(found.select_related("place").order_by("pk"))


def place_at(user: User | AnonymousUser, slug: str) -> Place:
    """The place at an address, if the user may see it; Place.DoesNotExist otherwise."""
    return scope(user).get(slug=slug)


def name_on(place: Place, day: date) -> str:
    """What the place was called on that day; its latest name where no version covers the day."""
    return next((v.name for v in place.versions.all() if v.holds_on(day)), place.name)


def called_on(places: Iterable[Place], day: date | None) -> None:
    """Let these places bear the names of a day while a page is shown, and not what they were renamed to since."""
    asked = {place.pk: place for place in places} if day else {}
    if not asked or day is None:
        return
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    held = PlaceVersion.objects.filter(begun, Q(valid_to=None) | Q(valid_to__gt=day), place__in=list(asked))
    for pk, name, english in held.values_list("place_id", "name", "name_en"):
        asked[pk].name, asked[pk].name_en = name, english


# Rights: a role reaches down the tree; it follows a place to its successors, and opens what the place was made of.


def roots(user: User | AnonymousUser, *functions: str) -> set[int]:
    """Ids of the places where the user's roles begin that may do all of these; of any role if none is named."""
    return _reached(user, frozenset(each.place for each in _held(user, functions)))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a user's roles of one kind go: from these places down, and for these indicator sets (None: for all)."""

    roots: frozenset[int]
    sets: frozenset[int] | None


def reaches(user: User | AnonymousUser, *functions: str) -> list[Reach]:
    """The two axes of data together: roles with the same indicator sets make one reach."""
    held: dict[frozenset[int] | None, set[int]] = {}
    for each in _held(user, functions):
        held.setdefault(each.sets or None, set()).add(each.place)
    return [Reach(frozenset(_reached(user, frozenset(places))), sets) for sets, places in held.items()]


def _held(user: User | AnonymousUser, functions: Iterable[str]) -> list[Held]:
    wanted = roles_with(*functions)
    return [each for each in held_by(user) if each.role in wanted]


def _reached(user: User | AnonymousUser, places: frozenset[int]) -> set[int]:
    """A role follows its place to what it became, and opens what that was made of."""
    return set(kept(user, ("reached", places), lambda: _closed(places)))


def reached_from(place: int) -> set[int]:
    """Ids of the places where a role at this one begins: those it became, and those they were made of."""
    return _closed(frozenset({place}))


def scope(user: User | AnonymousUser) -> QuerySet[Place]:
    """The places that a user may see."""
    if sees_everything(user):
        return Place.objects.all()
    return covered_by(roots(user))


def writing_scope(user: User | AnonymousUser, function: str = Function.JUDGE) -> QuerySet[Place]:
    """The places for which a user may accept, correct, replace and withdraw, or do another function."""
    if sees_everything(user):
        return Place.objects.all()
    return covered_by(roots(user, function))


def covered_by(ids: set[int]) -> QuerySet[Place]:
    """These places and everything that was ever below them."""
    return Place.objects.filter(under(ids, "pk")) if ids else Place.objects.none()


def under(ids: Iterable[int], path: str = "place") -> Q:
    """What a row must be for its place, at the end of `path`, to be one of these or ever below one of them."""
    ids = list(ids)
    below = Ancestor.objects.filter(ancestor__in=ids).values("place_id")
    return Q(**{f"{path}__in": ids}) | Q(**{f"{path}__in": below})


def may_accept(user: User | AnonymousUser, place: Place | None) -> bool:
    """Whether the user may write to the ledger for this place."""
    if place is None:
        return sees_everything(user)
    return writing_scope(user).filter(pk=place.pk).exists()


def may_upload(user: User | AnonymousUser, place: Place | None) -> bool:
    if place is None:
        return sees_everything(user)
    return writing_scope(user, Function.UPLOAD).filter(pk=place.pk).exists()


def home_places(user: User | AnonymousUser) -> list[Place]:
    """Where the user's roles of today are held, the highest kind first; every province for who sees everything."""
    if user.is_anonymous:
        return []
    held = Place.objects.filter(pk__in=[each.place for each in held_by(user)])
    if not held and sees_everything(user):
        held = Place.objects.filter(kind=Kind.PROVINCE)
    return sorted(held, key=lambda place: (_rank(place.kind), place.sort_key, place.slug))


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


_CLOSURE = """
WITH RECURSIVE became(id) AS (
    SELECT id FROM {place} WHERE id IN ({ids})
    UNION SELECT step.new_id FROM became JOIN {step} step ON step.old_id = became.id WHERE NOT {going_on}
), made_of(id) AS (
    SELECT id FROM became
    UNION SELECT step.old_id FROM made_of JOIN {step} step ON step.new_id = made_of.id WHERE NOT {going_on}
) SELECT id FROM made_of
"""
_GOING_ON = """EXISTS (
    SELECT 1 FROM {step} self WHERE self.old_id = step.old_id AND self.new_id = step.old_id AND self."on" = step."on"
)"""


def _closed(ids: frozenset[int]) -> set[int]:
    """The ids, all that succession leads to from them, and all that those were made of, in one query. A place that only
    gave a part away that day and goes on is no predecessor: whoever received the part has no say over the rest."""
    if not ids:
        return set()
    tables = {"place": Place._meta.db_table, "step": Succession._meta.db_table}
    sql = _CLOSURE.format(ids=", ".join(["%s"] * len(ids)), going_on=_GOING_ON.format(**tables), **tables)
    with connection.cursor() as cursor:
        cursor.execute(sql, sorted(ids))
        return {row[0] for row in cursor.fetchall()}


def kind_name(code: str) -> str:
    """The name of a kind of place in the language of the page."""
    kind = PlaceKind.objects.filter(code=code).first()
    return kind.name if kind else code
