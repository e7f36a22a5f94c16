# SPDX-License-Identifier: Apache-2.0
"""Everything that the page of one body shows, on one day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bamsat.rooms.directory.models import (
    Authorisation,
    Body,
    BodySuccession,
    BodyVersion,
    CommitteeRole,
    Handover,
    Holding,
    Membership,
    Post,
    WorkItem,
    WorkState,
    standing,
)
from bamsat.rooms.directory.queries import bodies, holders_on, leaders_on, may_keep, name_on, version_on

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_ROLES = list(CommitteeRole.values)
SHAPES = {WorkState.PLANNED: "wait", WorkState.RUNNING: "half", WorkState.DONE: "good", WorkState.DROPPED: "none"}


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post, who held it on the day, who acted for it then, and everyone ever known to have held it."""

    post: Post
    holders: tuple[Holding, ...]
    acting: tuple[Authorisation, ...]
    history: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit below the body on the day, with its leader."""

    body: Body
    name: str
    post: Post | None
    holders: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member of a committee on the day; for a post, who held it then."""

    membership: Membership
    holders: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One thing of the programme, with the word and the shape of its state."""

    item: WorkItem
    word: str
    shape: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One body on one day."""

    body: Body
    day: date
    name: str
    version: BodyVersion | None
    parent: Body | None
    parent_name: str
    versions: tuple[BodyVersion, ...]
    posts: tuple[PostLine, ...]
    units: tuple[UnitLine, ...]
    predecessors: tuple[BodySuccession, ...]
    successors: tuple[BodySuccession, ...]
    seats: tuple[Membership, ...]
    members: tuple[MemberLine, ...]
    work: tuple[WorkLine, ...]
    handovers: tuple[Handover, ...]
    keeps: bool

    @property
    def exists(self) -> bool:
        return self.body.holds_on(self.day)

    @property
    def leader(self) -> PostLine | None:
        return next((line for line in self.posts if line.post.leads), None)

    @property
    def committee(self) -> bool:
        return self.body.kind_told.committee

    @property
    def tally(self) -> list[tuple[str, str, int]]:
        """Shape and word of each state in which something of the programme stands, and how much does."""
        return [(shape, word, count) for (shape, word), count in Counter((w.shape, w.word) for w in self.work).items()]


def profile(user: User | AnonymousUser, body: Body, day: date) -> Profile:
    """What the page of this body shows to this user on that day."""
    version = version_on(body, day)
    parent = version.parent if version else None
    visible = bodies(user)
    return Profile(
        body=body,
        day=day,
        name=name_on(body, day),
        version=version,
        parent=parent,
        parent_name=name_on(parent, day) if parent else "",
        versions=tuple(body.versions.select_related("parent")),
        posts=_posts(body, day),
        units=_units(body, visible.filter(standing(day)), day),
        predecessors=tuple(body.predecessors.filter(old__in=visible).select_related("old")),
        successors=tuple(body.successors.filter(new__in=visible).select_related("new")),
        seats=tuple(
            Membership.objects.filter(standing(day), Q(body=body) | Q(post__body=body), committee__in=visible)
            .select_related("committee", "post")
            .order_by("committee__sort_key")
        ),
        members=_members(body, day),
        work=tuple(_work_line(item, day) for item in body.work.select_related("lead")),
        handovers=tuple(
            Handover.objects.filter(Q(old__post__body=body) | Q(new__post__body=body)).select_related(
                "old__post", "new__post"
            )
        ),
        keeps=may_keep(user, body.place),
    )


def _posts(body: Body, day: date) -> tuple[PostLine, ...]:
    posts = list(body.posts.prefetch_related("holdings"))
    held = holders_on(posts, day)
    acting: dict[int, list[Authorisation]] = {post.pk: [] for post in posts}
    for one in Authorisation.objects.filter(standing(day), post__in=posts).select_related("to_post__body"):
        acting[one.post_id].append(one)
    return tuple(
        PostLine(post, tuple(held.get(post.pk, [])), tuple(acting[post.pk]), tuple(post.holdings.all()))
        for post in posts
    )


def _units(body: Body, visible: QuerySet[Body], day: date) -> tuple[UnitLine, ...]:
    below = BodyVersion.objects.filter(standing(day), parent=body, body__in=visible).select_related("body")
    found = sorted(below, key=lambda version: (version.body.kind_told.rank, version.sort_key))
    leaders = leaders_on([version.body for version in found], day)
    told = []
    for version in found:
        post, holders = leaders.get(version.body_id, (None, []))
        told.append(UnitLine(version.body, version.label, post, tuple(holders)))
    return tuple(told)


def _work_line(item: WorkItem, day: date) -> WorkLine:
    """Its state; what should have been done before that day and is neither done nor dropped is late."""
    if item.due and item.due < day and item.state in (WorkState.PLANNED, WorkState.RUNNING):
        return WorkLine(item, _("quá hạn"), "bad")
    return WorkLine(item, item.get_state_display(), SHAPES[WorkState(item.state)])


def _members(body: Body, day: date) -> tuple[MemberLine, ...]:
    found = list(body.members.filter(standing(day)).select_related("post__body", "body"))
    found.sort(key=lambda member: (_ROLES.index(member.role), member.pk))
    held = holders_on([member.post for member in found if member.post], day)
    return tuple(MemberLine(member, tuple(held.get(member.post_id or 0, []))) for member in found)
