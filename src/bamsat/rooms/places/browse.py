# SPDX-License-Identifier: Apache-2.0
"""The tree as pages show it, on a day: one level at a time, found by name, and one place in full; always within the
user's reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.models import (
    Ancestor,
    BoundaryChange,
    Place,
    PlaceKind,
    PlaceLink,
    PlaceRole,
    PlaceVersion,
    Succession,
)
from bamsat.rooms.places.previewing import percent
from bamsat.rooms.places.queries import scope, writing_scope
from bamsat.rooms.places.territory import Part, continued_by, made_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_WORDS = ("thanh pho ", "thi tran ", "dac khu ", "thi xa ", "phuong ", "huyen ", "tinh ", "quan ", "tp ", "xa ")


@dataclass(frozen=True, slots=True)
class Line:
    """A place of one level, as it was on the day, and how much stands below it."""

    version: PlaceVersion
    kind: str
    below: int

    @property
    def place(self) -> Place:
        return self.version.place

    @property
    def told(self) -> list[str]:
        """Its code, and its kind where the word before its name does not say it."""
        return [word for word in (self.version.code, "" if self.version.word else self.kind) if word]


def on_day(day: date) -> Q:
    """Versions that hold on the day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return begun & (Q(valid_to=None) | Q(valid_to__gt=day))


def versions(user: User | AnonymousUser, day: date | None) -> QuerySet[PlaceVersion]:
    """Versions on the day (of any day, if none is given) of the places that the user may see."""
    found = PlaceVersion.objects.filter(place__in=scope(user)).select_related("place", "parent")
    return found.filter(on_day(day)) if day else found


def level(user: User | AnonymousUser, day: date, parent: Place | None) -> QuerySet[PlaceVersion]:
    """What stands directly below a place; without one, the highest places that the user may see."""
    found = versions(user, day)
    if parent is not None:
        return found.filter(parent=parent).order_by("place__kind", "sort_key", "pk")
    return found.exclude(parent__in=scope(user)).order_by("sort_key", "pk")


def search(user: User | AnonymousUser, day: date | None, text: str, kind: str = "") -> QuerySet[PlaceVersion]:
    """Places whose name has all the words, whatever their tones; a word that says the kind of unit may lead."""
    found = versions(user, day)
    if kind:
        found = found.filter(place__kind=kind)
    return found.filter(_named(text) | Q(code=text.strip())).order_by("sort_key", "pk")


def suggest(
    user: User, day: date, text: str, kinds: Iterable[str], function: str = "", limit: int = 8
) -> list[PlaceVersion]:
    """Places to choose from as one types, the shortest fitting names first; only those the function may write for."""
    if not text.strip():
        return []
    reach = writing_scope(user, function) if function else scope(user)
    found = PlaceVersion.objects.filter(on_day(day), _named(text) | Q(code=text.strip()), place__in=reach)
    wanted = list(kinds)
    if wanted:
        found = found.filter(place__kind__in=wanted)
    typed = _bare(text)
    listed = found.select_related("place", "parent").order_by("sort_key")[:200]
    return sorted(listed, key=lambda each: (not each.folded.startswith(typed), len(each.folded), each.sort_key))[:limit]


def _named(text: str) -> Q:
    whole = Q()
    for word in _bare(text).split():
        whole &= Q(folded__contains=word)
    return whole


def _bare(text: str) -> str:
    folded = fold(text)
    lead = next((word for word in _WORDS if folded.startswith(word)), "")
    return folded[len(lead) :] or folded


def lines(found: Iterable[PlaceVersion], day: date) -> list[Line]:
    """The same with the kind in words and the number of places below, in one query more."""
    listed = list(found)
    below = PlaceVersion.objects.filter(on_day(day), parent__in=[each.place_id for each in listed])
    counts = dict(below.values_list("parent").annotate(Count("pk")))
    names = kind_names()
    return [Line(each, names.get(each.place.kind, each.place.kind), counts.get(each.place_id, 0)) for each in listed]


def kind_names() -> dict[str, str]:
    return {kind.code: kind.name for kind in PlaceKind.objects.all()}


def above(place: Place, day: date) -> list[PlaceVersion]:
    """The units above a place on the day, the highest first."""
    held = Ancestor.objects.filter(on_day(day), place=place).values("ancestor_id")
    ranks = dict(PlaceKind.objects.values_list("code", "rank"))
    found = PlaceVersion.objects.filter(on_day(day), place__in=held).select_related("place")
    return sorted(found, key=lambda each: ranks.get(each.place.kind, 0))


@dataclass(frozen=True, slots=True)
class Dated:
    """A version of the place with the act that began it."""

    version: PlaceVersion
    act: str
    change: BoundaryChange | None


@dataclass(frozen=True, slots=True)
class Profile:
    """One place in full, on a day."""

    place: Place
    kind: PlaceKind | None
    now: PlaceVersion | None
    above: list[PlaceVersion]
    versions: list[Dated]
    made_of: list[Part]
    became: list[Part]
    below: list[tuple[str, str, int]]
    facilities: list[PlaceVersion]
    links: list[PlaceLink]
    linked: list[PlaceLink]
    roles: list[PlaceRole]


def profile(user: User | AnonymousUser, place: Place, day: date) -> Profile:
    """Everything about a place that its page shows; some twenty queries, whatever the size of the tree."""
    listed = list(place.versions.select_related("parent").order_by("valid_from"))
    listed.sort(key=lambda each: each.valid_from or date.min)
    children = PlaceVersion.objects.filter(on_day(day), parent=place)
    kinds = {kind.code: kind for kind in PlaceKind.objects.all()}
    counts = children.values_list("place__kind").annotate(n=Count("pk")).order_by("place__kind")
    facilities = children.exclude(place__kind__in=[kind.code for kind in kinds.values() if kind.administrative])
    return Profile(
        place=place,
        kind=kinds.get(place.kind),
        now=next((each for each in listed if each.holds_on(day)), None),
        above=above(place, day),
        versions=_dated(place, listed),
        made_of=made_of(place),
        became=continued_by(place),
        below=[(code, kinds[code].name if code in kinds else code, number) for code, number in counts],
        facilities=list(facilities.select_related("place").order_by("sort_key")[:100]),
        links=list(place.links.select_related("to")),
        linked=list(place.linked.select_related("place")[:200]),
        roles=list(place.roles.select_related("user", "acting_for").prefetch_related("sets").order_by("role", "user")),
    )


def _dated(place: Place, listed: list[PlaceVersion]) -> list[Dated]:
    """Each version with the change or the shipped succession of its first day."""
    days = [each.valid_from for each in listed if each.valid_from]
    changes: dict[date, BoundaryChange] = {}
    for change in BoundaryChange.objects.filter(on__in=days).order_by("pk"):
        if "withdrawn" not in change.told and place.pk in change.told.get("touched", []):
            changes[change.on] = change
    acts = {step.on: step.act for step in Succession.objects.filter(new=place, on__in=days)}
    found = []
    for each in listed:
        begun = changes.get(each.valid_from) if each.valid_from else None
        act = begun.act if begun else acts.get(each.valid_from, "") if each.valid_from else ""
        found.append(Dated(each, act, begun))
    return found


def changes_seen(user: User | AnonymousUser) -> list[BoundaryChange]:
    """Changes that touch a place within the user's reach, the latest first."""
    mine = set(scope(user).values_list("pk", flat=True))
    listed = BoundaryChange.objects.select_related("by")
    return [change for change in listed if mine & set(change.told.get("touched", [])) or not change.told]


def successions_of(change: BoundaryChange) -> dict[Place, list[tuple[Place, str]]]:
    """Who followed whom by a change, with the share as people write it, by the place that was followed."""
    found: dict[Place, list[tuple[Place, str]]] = defaultdict(list)
    for step in change.successions.select_related("old", "new").order_by("pk"):
        found[step.old].append((step.new, percent(step.share)))
    return dict(found)
