# SPDX-License-Identifier: Apache-2.0
"""Tasks and proposals as a user may see them: one's own, one's unit's, all; narrowed and searched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bamsat.core.act.tasks import Counts, State
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.directory.models import Body, BodyVersion, Holding
from bamsat.rooms.directory.models import standing as holding_on
from bamsat.rooms.documents.models import Document, ProposalState, ReadInstruction, Record
from bamsat.rooms.documents.queries import visible
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import covered_by
from bamsat.rooms.tasks.models import Step, Task
from bamsat.rooms.tasks.rights import seen_tasks
from bamsat.rooms.tasks.standing import Line, counted, lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MINE, UNIT, ALL = "mine", "unit", "all"
# Besides the states of core/act/tasks and the fields of its Counts, a list can be narrowed to these.
OPEN, ASKING, SOON = "open", "asking", "soon"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which tasks; every field narrows, an empty one does not."""

    whose: str = ALL  # mine | unit | all
    state: str = ""  # of core.act.tasks.State, a field of Counts, or open | asking | soon
    search: str = ""
    place: Place | None = None
    indicator: Indicator | None = None
    record: Record | None = None
    kind: str = ""
    due_from: date | None = None
    due_to: date | None = None
    parent: Task | None = None
    body: Body | None = None


def task_for(user: User | AnonymousUser, uuid: UUID | str) -> Task:
    """The task at an address; Task.DoesNotExist also when the user may not see it."""
    return seen_tasks(user).get(uuid=uuid)


def tasks_for(user: User | AnonymousUser, asked: Asked) -> QuerySet[Task]:
    """The tasks asked for, whatever their state, which no column holds."""
    found = seen_tasks(user).filter(_whose(user, asked.whose), _about(asked))
    for word in fold(asked.search).split():
        found = found.filter(Q(folded__contains=word) | Q(record__symbol__icontains=word))
    return found


def lines_for(user: User | AnonymousUser, asked: Asked, today: date) -> list[Line]:
    """The same with where each stands, and narrowed to a state; the nearest deadline first."""
    found = tasks_for(user, asked).prefetch_related("supporting")
    return [line for line in lines(found, today) if is_in(line, asked.state)]


def is_in(line: Line, state: str) -> bool:
    """Whether a line stands where a list was narrowed to."""
    if not state:
        return True
    if state == OPEN:
        return line.standing.state in (State.UNASSIGNED, State.RUNNING, State.REPORTED)
    if state == ASKING:
        return line.standing.asked is not None
    if state == SOON:
        return line.is_open and line.shape == "doubt"
    return state in (line.standing.state, line.counted_as)


def counts_for(user: User | AnonymousUser, asked: Asked, today: date) -> Counts:
    """How many of the tasks asked for stand where."""
    return counted(lines_for(user, asked, today))


def children_of(user: User | AnonymousUser, task: Task, today: date) -> list[Line]:
    return lines(seen_tasks(user).filter(parent=task), today)


def steps_of(task: Task) -> QuerySet[Step]:
    """What happened to a task that the user may see, the last first."""
    return task.steps.select_related("by", "record", "document").order_by("-pk")


def _whose(user: User | AnonymousUser, whose: str) -> Q:
    """Mine: I follow it, or nobody does and it is a task of the body in which I hold a post. My unit's: one of my
    bodies, or one below them, leads it or supports it."""
    if whose == MINE:
        held = list(_held_bodies(user).values_list("pk", flat=True))
        return Q(person=user.pk) | Q(person=None, lead__in=held)
    if whose == UNIT:
        units = list(units_of(user).values_list("pk", flat=True))
        supported = Task.supporting.through._default_manager.filter(task=OuterRef("pk"), body__in=units)
        return Q(person=user.pk) | Q(lead__in=units) | Q(Exists(supported))
    return Q()


def _about(asked: Asked) -> Q:
    found = Q()
    if asked.place:
        found &= Q(place__in=covered_by({asked.place.pk}).values("pk"))
    if asked.indicator:
        served = Task.indicators.through._default_manager.filter(task=OuterRef("pk"), indicator=asked.indicator)
        found &= Q(Exists(served))
    if asked.body:
        supported = Task.supporting.through._default_manager.filter(task=OuterRef("pk"), body=asked.body)
        found &= Q(lead=asked.body) | Q(Exists(supported))
    exact = {"record": asked.record, "kind": asked.kind, "parent": asked.parent}
    found &= Q(**{name: value for name, value in exact.items() if value})
    if asked.due_from:
        found &= Q(due__gte=asked.due_from)
    return found & Q(due__lte=asked.due_to) if asked.due_to else found


# Units.


def units_of(user: User | AnonymousUser) -> QuerySet[Body]:
    """The bodies in which the user holds a post today, and those below them."""
    today = timezone.localdate()
    found = set(_held_bodies(user).values_list("pk", flat=True))
    newest = found
    while newest:
        below = BodyVersion.objects.filter(holding_on(today), parent__in=newest).values_list("body_id", flat=True)
        newest = set(below) - found
        found |= newest
    return Body.objects.filter(pk__in=found)


def _held_bodies(user: User | AnonymousUser) -> QuerySet[Body]:
    held = Holding.objects.filter(holding_on(timezone.localdate()), user=user.pk).values("post__body")
    return Body.objects.filter(pk__in=held)


# Proposals.


def proposals(
    user: User | AnonymousUser, state: str = ProposalState.WAITING, document: Document | None = None, search: str = ""
) -> QuerySet[ReadInstruction]:
    """What documents that the user sees ask of somebody; the newest document first, in the order of its text."""
    found = ReadInstruction.objects.filter(document__in=visible(user).values("pk"))
    if state:
        found = found.filter(state=state)
    if document:
        found = found.filter(document=document)
    if search.strip():
        found = found.filter(Q(text__icontains=search.strip()) | Q(who__icontains=search.strip()))
    related = found.select_related("document", "document__holder", "document__place", "decided_by", "task")
    return related.order_by("-document__uploaded_at", "-document_id", "ordinal")


def proposal_for(user: User | AnonymousUser, uuid: UUID | str) -> ReadInstruction:
    """The proposal at an address; ReadInstruction.DoesNotExist also when the user may not see its document."""
    return proposals(user, state="").get(uuid=uuid)
