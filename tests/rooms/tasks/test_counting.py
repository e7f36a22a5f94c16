# SPDX-License-Identifier: Apache-2.0
"""What the database counts is what the core derives, of any history that can have happened."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest

from bamsat.core.act.tasks import Event, State, counts, standing
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.tasks import counting, listing
from bamsat.rooms.tasks.listing import Filters, Listed
from bamsat.rooms.tasks.models import Act, Step, Task, Time
from bamsat.rooms.tasks.queries import is_in
from bamsat.rooms.tasks.standing import lines
from tests.rooms.tasks.told import TODAY

pytestmark = pytest.mark.django_db
_ACTS = [act.value for act in Act if act not in (Act.CHANGED, Act.STAGE)]
_LIFE = ["assigned", "progress", "extension_asked", "extended", "reported", "closed"]


def made(cast, number, seed):
    """Tasks with any history of things that could happen where they stood."""
    draw, steps = random.Random(seed), []
    for n in range(number):
        begins = TODAY - timedelta(days=draw.randrange(120))
        time = draw.choice([Time.DATE, Time.DATE, Time.DATE, Time.STANDING, Time.NONE])
        due = begins + timedelta(days=draw.randrange(150)) if time == Time.DATE else None
        day, events = begins, []
        for act in draw.choice([_LIFE, draw.choices(_ACTS, k=draw.randrange(9)), _LIFE[: draw.randrange(6)]]):
            day = min(day + timedelta(days=draw.randrange(20)), TODAY)
            now = standing(begins, due, time, events, TODAY)
            until = now.due + timedelta(days=draw.randrange(1, 30)) if now.due and act.startswith("exten") else None
            event = Event(act, day, until)
            changed = standing(begins, due, time, [*events, event], TODAY) != now
            if changed or (act in ("progress", "assigned") and now.state.is_open):
                events.append(event)
        end = standing(begins, due, time, events, TODAY)
        task = Task.objects.create(
            place=cast.home, what=f"Việc {n}", begins=begins, time=time, due=end.due, first_due=due,
            created_by=cast.specialist,
        )  # fmt: skip
        steps += [Step(task=task, act=e.act, on=e.on, due=e.due, by=cast.specialist) for e in events]
    Step.objects.bulk_create(steps)


@pytest.mark.parametrize("seed", range(4))
def test_the_four_states_counted_by_the_database_are_those_that_the_core_counts(cast, seed):
    made(cast, 150, seed)
    found = lines(Task.objects.all(), TODAY)
    tally = counting.tally(Task.objects.all(), TODAY)
    assert tally.counts == counts(line.standing for line in found)
    assert {s: n for s, n in tally.states.items() if n} == Counter(line.standing.state for line in found)
    assert tally.total == 150


@pytest.mark.parametrize("seed", range(4, 7))
def test_a_list_narrowed_by_the_database_is_the_one_that_the_core_narrows(cast, seed):
    made(cast, 120, seed)
    found = lines(Task.objects.all(), TODAY)
    workdays = calendar(TODAY.year - 2, TODAY.year + 6)
    for state, _name in listing.state_choices():
        asked = counting.in_state(counting.judged(Task.objects.all()), state, TODAY, workdays)
        told = {line.task.pk for line in found if is_in(line, state)}
        assert set(asked.values_list("pk", flat=True)) == told, state


def test_the_pages_of_a_list_hold_every_task_once_what_has_to_be_done_first(cast):
    made(cast, 130, 11)
    listed = Listed(cast.specialist, Filters(), TODAY)
    keys = [key for start in range(0, len(listed), 7) for key in listed[start : start + 7]]
    assert sorted(keys) == sorted(Task.objects.values_list("pk", flat=True))
    by_key = {line.task.pk: line for line in lines(Task.objects.all(), TODAY)}
    ranks = [_rank(by_key[key].standing.state) for key in keys]
    assert ranks == sorted(ranks)
    open_ = [by_key[key].standing.due for key in keys if by_key[key].is_open and by_key[key].task.due]
    assert open_ == sorted(open_)


def _rank(state):
    return {State.REPORTED: 1, State.DONE: 2, State.CANCELLED: 3}.get(state, 0)
