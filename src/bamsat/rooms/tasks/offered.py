# SPDX-License-Identifier: Apache-2.0
"""What the forms and filters of tasks offer: bodies that can do something, people who can follow it, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.directory.models import Body, standing
from bamsat.rooms.directory.queries import bodies
from bamsat.rooms.documents.models import Direction, Record
from bamsat.rooms.documents.searching import records_for
from bamsat.rooms.places.models import Ancestor, PlaceRole
from bamsat.rooms.places.queries import covered_by, reached_from
from bamsat.rooms.places.rights import Function, roles_with
from bamsat.rooms.tasks.models import Task
from bamsat.rooms.tasks.rights import seen_tasks

if TYPE_CHECKING:
    from bamsat.rooms.places.models import Place

MOST, MOST_RECORDS = 400, 60


def bodies_of(user: User, place: Place) -> list[Body]:
    """Who can be given a task of a place: the bodies of the place and of those below it, then those above."""
    above = Ancestor.objects.filter(place=place).exclude(ancestor=place).values("ancestor_id")
    near = covered_by({place.pk}).values("pk")
    found = bodies(user).filter(standing(timezone.localdate())).select_related("place")
    here = list(found.filter(place__in=near).order_by("place__sort_key", "sort_key", "slug")[:MOST])
    return here + list(found.filter(Q(place=None) | Q(place__in=above)).order_by("sort_key", "slug")[:MOST])


def people_of(place: Place) -> list[User]:
    """Who can follow a task of a place: whoever's role of today lets them write its progress."""
    today = timezone.localdate()
    near = reached_from(place.pk)
    above = Ancestor.objects.filter(place__in=near).values("ancestor_id")
    begun = Q(valid_from=None) | Q(valid_from__lte=today)
    held = PlaceRole.objects.filter(
        begun, Q(valid_to=None) | Q(valid_to__gt=today), Q(place__in=near) | Q(place__in=above),
        role__in=roles_with(Function.WORK),
    )  # fmt: skip
    found = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    return list(found.order_by("display_name", "username")[:MOST])


def issued_of(user: User, place: Place) -> list[Record]:
    """The last documents that the office issued, for who reads its register: what a task is answered with."""
    found = records_for(user).filter(holder=place, direction=Direction.ISSUED)
    return list(found.order_by("-dated", "-pk")[:MOST_RECORDS])


def bodies_with_tasks(user: User | AnonymousUser) -> QuerySet[Body]:
    """The bodies of the user's directory that lead a task of the list: by which it can be narrowed."""
    led = seen_tasks(user).filter(lead=OuterRef("pk"))
    return bodies(user).filter(Exists(led)).order_by("sort_key", "slug")


def indicators_with_tasks(user: User | AnonymousUser) -> QuerySet[Indicator]:
    """The indicators that some task of the list serves."""
    through = Task.indicators.through._default_manager
    served = through.filter(task__in=seen_tasks(user).order_by().values("pk")).values("indicator_id")
    return Indicator.objects.filter(pk__in=served).order_by("order", "code")
