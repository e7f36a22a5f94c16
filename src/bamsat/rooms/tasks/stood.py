# SPDX-License-Identifier: Apache-2.0
"""How the tasks of an office stood on a day, for its reports: counted anew from their steps, then and now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.core.act.tasks import Counts, Standing, State, counts, standing
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.places.models import Place
from bamsat.rooms.tasks.models import Act, Kind, Step, Task
from bamsat.rooms.tasks.rights import OPENS, may
from bamsat.rooms.tasks.standing import events

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

UNIT = "nhiệm vụ"
_KEY, _PARTS = "tasks", 5
_MOST_SPANS = 4  # of one file: a report tells of one


@dataclass(frozen=True, slots=True)
class Stood:
    """A task, where it stood on the day, and the step that said it was done."""

    task: Task
    standing: Standing
    report: Step | None

    @property
    def answer(self) -> str:
        """The document that answered: as it was written down, else the one of the register."""
        if self.report is None:
            return ""
        return self.report.evidence or (str(self.report.record) if self.report.record else "")


@dataclass(frozen=True, slots=True)
class Span:
    """The tasks of a place's own office that a report of these days tells of, as they stood on the last of them."""

    place: Place
    first: date
    last: date

    def key(self, name: str) -> str:
        """By which one of its counts is counted again (core.report.facts.Fact.counted)."""
        return ":".join((_KEY, self.place.slug, self.first.isoformat(), self.last.isoformat(), name))


def may_count(user: User | AnonymousUser, place: Place) -> bool:
    """Whether the numbers are for the user: of all tasks of an office, for who works or assigns there."""
    return any(may(user, place, function) for function in OPENS)


def stood(span: Span) -> list[Stood]:
    """Every task that was given until the last day and not done with before the first; programmes hold tasks and are
    none. Two queries."""
    rows = Task.objects.filter(place=span.place, begins__lte=span.last).exclude(kind=Kind.PROGRAMME)
    tasks = list(rows.select_related("lead", "record").order_by("due", "pk"))
    steps: dict[int, list[Step]] = defaultdict(list)
    told = Step.objects.filter(task__place=span.place, task__begins__lte=span.last, on__lte=span.last)
    for step in told.select_related("record").order_by("pk"):
        steps[step.task_id].append(step)
    made = (_stood(task, steps[task.pk], span.last) for task in tasks)
    return [one for one in made if not _was_over(one, steps[one.task.pk], span.first)]


def _stood(task: Task, steps: list[Step], day: date) -> Stood:
    now = standing(task.begins, task.first_due, task.time, events(steps), day)
    said = [one for one in steps if one.act == Act.REPORTED]
    return Stood(task, now, said[-1] if said and now.finished_on else None)


def _was_over(one: Stood, steps: Iterable[Step], first: date) -> bool:
    if one.standing.state is State.DONE:
        return one.standing.finished_on is not None and one.standing.finished_on < first
    if one.standing.state is State.CANCELLED:
        return max(step.on for step in steps if step.act == Act.CANCELLED) < first
    return False


# In words: what a report says, and what lint holds it against.


def counted(found: list[Stood], first: date) -> dict[str, str]:
    """Each count as a report writes it."""
    return _words(counts(one.standing for one in found), _carried_over(found, first))


def _words(found: Counts, carried: int) -> dict[str, str]:
    """A rate with what it is a share of, and none where that is nothing."""
    fell_due = found.rate("fell_due")
    with_unit = {
        "given": found.with_deadline, "done": found.done, "running": found.running,
        "without_deadline": found.without_deadline, "cancelled": found.cancelled,
    }  # fmt: skip
    alone = {
        "carried": carried, "done_on_time": found.done_on_time, "done_late": found.done_late,
        "running_within": found.running_within, "running_overdue": found.running_overdue,
    }  # fmt: skip
    told = {name: f"{format_number(number)} {UNIT}" for name, number in with_unit.items()}
    told |= {name: format_number(number) for name, number in alone.items()}
    if fell_due.percent is not None:
        told["fell_due"] = f"{format_number(fell_due.numerator)}/{format_number(fell_due.denominator)}"
        told["fell_due_rate"] = f"{format_number(fell_due.percent, 2)}%"
    return told


def _carried_over(found: Iterable[Stood], first: date) -> int:
    """Of those with a deadline, how many were given before the first day."""
    return sum(one.task.begins < first for one in found if one.standing.timeliness is not None)


def counted_again(keys: Iterable[str], place: Place) -> dict[str, str]:
    """What is counted now by each key that speaks of the place; of a key that nobody can follow, nothing."""
    spans: dict[Span, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        if found := _span_of(key, place):
            spans[found].append(key)
    told: dict[str, str] = {}
    for span, asked in list(spans.items())[:_MOST_SPANS]:
        words = counted(stood(span), span.first)
        told |= {key: words[name] for key in asked if (name := key.rpartition(":")[2]) in words}
    return told


def _span_of(key: str, place: Place) -> Span | None:
    parts = key.split(":")
    if len(parts) != _PARTS or parts[:2] != [_KEY, place.slug]:
        return None
    try:
        return Span(place, date.fromisoformat(parts[2]), date.fromisoformat(parts[3]))
    except ValueError:
        return None
