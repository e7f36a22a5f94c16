# SPDX-License-Identifier: Apache-2.0
"""Which bodies a user sees or keeps, who holds a post on a day, and what a body is on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.directory.kinds import kinds
from bamsat.rooms.directory.models import (
    Authorisation,
    Body,
    BodyVersion,
    Holding,
    HoldingKind,
    Post,
    standing,
)
from bamsat.rooms.places.models import Ancestor, Place, Succession
from bamsat.rooms.places.queries import covered_by, roots, writing_scope
from bamsat.rooms.places.rights import Function, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.catalogue.models import IndicatorSet

_WIDE = ("country", "province")
_SEAT = {HoldingKind.APPOINTED: 0, HoldingKind.ACTING: 1, HoldingKind.IN_CHARGE: 2}


# Rights.


def bodies(user: User | AnonymousUser) -> QuerySet[Body]:
    """The bodies a user may see: all of them, for the directory of offices is public among offices.

    Who works for a commune or a facility alone sees the central bodies, those of the places above, and their own; who
    has no role, or none any more, the central ones.
    """
    if user.is_anonymous:
        return Body.objects.none()
    held = roots(user)
    if sees_everything(user) or Place.objects.filter(pk__in=held, kind__in=_WIDE).exists():
        return Body.objects.all()
    above = Ancestor.objects.filter(place__in=held).values("ancestor_id")
    own = covered_by(held).values("pk")
    central = Q(place=None) | Q(place__kind="country")
    return Body.objects.filter(central | Q(place__in=above) | Q(place__in=own))


def body_at(user: User | AnonymousUser, slug: str) -> Body:
    """The body at an address, if the user may see it; Body.DoesNotExist otherwise."""
    return bodies(user).select_related("place").get(slug=slug)


def keeping_scope(user: User | AnonymousUser) -> QuerySet[Place]:
    """The places whose bodies a user may add and change; central bodies are for administrators."""
    return writing_scope(user, Function.DIRECTORY)


def may_keep(user: User | AnonymousUser, place: Place | None) -> bool:
    """Whether the user may change bodies of this place; of no place, whether they may change central ones."""
    if place is None:
        return sees_everything(user)
    return keeping_scope(user).filter(pk=place.pk).exists()


def bodies_near(user: User | AnonymousUser, body: Body) -> QuerySet[Body]:
    """What a form about a body can offer: bodies of its place, of the places above, of those it became, and central."""
    if body.place is None:
        return bodies(user).filter(place=None)
    above = Ancestor.objects.filter(place=body.place).values("ancestor_id")
    became = Succession.objects.filter(old=body.place).values("new_id")
    return bodies(user).filter(Q(place=None) | Q(place=body.place) | Q(place__in=above) | Q(place__in=became))


def places_with_bodies(user: User | AnonymousUser) -> list[Place]:
    """The places by which the list can be narrowed."""
    return list(Place.objects.filter(pk__in=bodies(user).values("place")))


# A post on a day.


def holders_on(posts: Iterable[Post], day: date) -> dict[int, list[Holding]]:
    """Who held each of these posts on that day, by the post's id; the appointed first, then acting, then in charge.

    Someone whom a source only names with the post counts for the days of the source, no longer.
    """
    begun = Q(valid_from__lte=day) | Q(valid_from=None, attested_from=None) | Q(valid_from=None, attested_from__lte=day)
    lasts = Q(valid_to__gt=day) | Q(valid_to=None, attested_to=None) | Q(valid_to=None, attested_to__gte=day)
    found: dict[int, list[Holding]] = defaultdict(list)
    for holding in Holding.objects.filter(begun, lasts, post__in=list(posts)).select_related("user"):
        found[holding.post_id].append(holding)
    for held in found.values():
        held.sort(key=lambda one: _SEAT[HoldingKind(one.kind)])
    return found


def holder_on(post: Post, day: date) -> Holding | None:
    """Who held the post on that day: the appointed one, else the one acting or in charge; None if nobody is known."""
    return next(iter(holders_on([post], day).get(post.pk, [])), None)


def acting_for(post: Post, day: date) -> list[Authorisation]:
    """Every authorisation to act for the holder of the post that holds on that day."""
    found = Authorisation.objects.filter(standing(day), post=post).select_related("to_post__body")
    return list(found.order_by("valid_from", "pk"))


@dataclass(frozen=True, slots=True)
class Signatory:
    """Someone who may sign for a post on a day: its holder (no authorisation), or one authorised and for what."""

    person: str
    title: str
    authorisation: Authorisation | None = None


def who_signs(post: Post, day: date) -> list[Signatory]:
    """The holder first, then everyone who acts for the post on that day; a vacant post that acts has no person."""
    held = holder_on(post, day)
    found = [Signatory(held.person, post.label)] if held else []
    for one in acting_for(post, day):
        other = holder_on(one.to_post, day) if one.to_post else None
        person = other.person if other else one.person
        found.append(Signatory(person, str(one.to_post) if one.to_post else "", one))
    return found


# A body on a day.


def version_on(body: Body, day: date) -> BodyVersion | None:
    """What the body was called and where it belonged on that day."""
    return next((version for version in body.versions.all() if version.holds_on(day)), None)


def name_on(body: Body, day: date) -> str:
    """Its name on that day; the latest where no version covers the day."""
    version = version_on(body, day)
    return version.label if version else body.label


def leaders_on(found: Iterable[Body], day: date) -> dict[int, tuple[Post, list[Holding]]]:
    """The leading post of each body and who held it on that day."""
    posts = Post.objects.filter(body__in=list(found), leads=True).order_by("-order", "-pk")
    by_body = {post.body_id: post for post in posts}
    held = holders_on(by_body.values(), day)
    return {body: (post, held.get(post.pk, [])) for body, post in by_body.items()}


def in_charge_of(code: str, place: Place, day: date) -> list[Body]:
    """The bodies of a place that were in charge of an indicator set on that day."""
    return list(Body.objects.filter(standing(day), sets__code=code, place=place))


def in_charge_anywhere(indicator_set: IndicatorSet) -> list[Body]:
    """The bodies of any place that are in charge of an indicator set today."""
    held = Body.objects.filter(standing(timezone.localdate()), sets=indicator_set).select_related("place")
    return list(held.order_by("place__sort_key", "sort_key"))


# The list.


@dataclass(frozen=True, slots=True)
class Line:
    """One body in the list: under its parent, `depth` steps from the top of its place."""

    body: Body
    name: str
    short_name: str
    depth: int
    post: Post | None
    holders: tuple[Holding, ...]


def lines(
    user: User | AnonymousUser, day: date, *, search: str = "", kind: str = "", place: Place | None = None
) -> list[Line]:
    """The bodies that existed on that day: central ones, the user's own, the others; each under its parent."""
    versions = Prefetch("versions", BodyVersion.objects.filter(standing(day)), to_attr="on_the_day")
    found = bodies(user).filter(standing(day)).select_related("place").prefetch_related(versions)
    if kind:
        found = found.filter(kind=kind)
    if place:
        found = found.filter(place__in=covered_by({place.pk}))
    for word in fold(search).split():
        found = found.filter(pk__in=BodyVersion.objects.filter(standing(day), folded__contains=word).values("body"))
    return _told(_ordered(list(found), roots(user)), day)


def _ordered(found: list[Body], own: set[int]) -> list[tuple[Body, int]]:
    """Depth first: a body stands under its parent when the parent is of the same place and in the list."""
    there = {body.pk: body for body in found}
    children: dict[int | None, list[Body]] = defaultdict(list)
    for body in found:
        parent = there.get(_parent(body) or 0)
        children[parent.pk if parent and parent.place_id == body.place_id else None].append(body)
    for brood in children.values():
        brood.sort(key=lambda body: _place_in_list(body, own))
    return list(_below(None, 0, children))


def _below(parent: int | None, depth: int, children: dict[int | None, list[Body]]) -> Iterator[tuple[Body, int]]:
    for body in children.get(parent, []):
        yield body, depth
        yield from _below(body.pk, depth + 1, children)


def _place_in_list(body: Body, own: set[int]) -> tuple[int, str, str, int, str]:
    """The centre, then the user's own places, then the others by their names; within a place by rank and name."""
    where = body.place
    if where is None:
        return 0, "", "", kinds()[body.kind].rank, body.sort_key
    return 1 + (where.pk not in own), where.sort_key, where.slug, kinds()[body.kind].rank, body.sort_key


def _parent(body: Body) -> int | None:
    on_the_day: list[BodyVersion] = body.on_the_day  # type: ignore[attr-defined]
    return on_the_day[0].parent_id if on_the_day else None


def _told(ordered: list[tuple[Body, int]], day: date) -> list[Line]:
    leaders = leaders_on([body for body, _depth in ordered], day)
    told = []
    for body, depth in ordered:
        version: BodyVersion | None = next(iter(body.on_the_day), None)  # type: ignore[attr-defined]
        post, holders = leaders.get(body.pk, (None, []))
        name, short = (version.label, version.short_name) if version else (body.label, "")
        told.append(Line(body, name, short, depth, post, tuple(holders)))
    return told
