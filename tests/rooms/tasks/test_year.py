# SPDX-License-Identifier: Apache-2.0
"""A year of a department, played day by day: the same states however often it is replayed, and each reminder once."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import transaction

from bamsat.core.act.tasks import Counts, standing
from bamsat.rooms.accounts import audit
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.models import Reminder, Step, Task, Way
from bamsat.rooms.tasks.occurrences import start_due
from bamsat.rooms.tasks.reminding import remind
from bamsat.rooms.tasks.standing import counted, events, lines
from tests.cast import Cast
from tests.rooms.tasks.year import LAST, YEAR, Year
from tests.simulated import HERE

pytestmark = pytest.mark.django_db
FRIDAY = 4


def test_a_year_is_what_its_account_says_and_the_same_when_it_is_played_again():
    with transaction.atomic():
        first = _played(1, each_week=False)
        transaction.set_rollback(True)  # the second is played from the same start
    assert _played(1) == first


def test_another_year_is_what_its_account_says():
    _played(2)


def _played(seed: int, each_week: bool = True) -> list[object]:
    """All that a year came to, after it was held against its account."""
    year = Year(Cast(), seed)
    for day in year.play():
        if (each_week and day.weekday() == FRIDAY) or day == LAST:
            _as_the_account_says(year, day)
    assert sent(year) == sorted(year.sent)
    _was_a_year(year)
    _again_over_the_same_database(year)
    assert audit.verify() is None
    ended = [(line.task.what, line.standing, [step.act for step in line.steps]) for line in told(year, LAST)]
    return [*ended, *sent(year)]


def _as_the_account_says(year: Year, day: date) -> None:
    found = told(year, day)
    assert [line.standing.state for line in found] == [one.stands() for one in year.accounts]
    assert [line.counted_as for line in found] == [one.counted(day) for one in year.accounts]
    assert [(line.standing.due, line.standing.first_due, line.standing.asked) for line in found] == [
        (one.due, one.first_due, one.asked) for one in year.accounts
    ]
    assert [line.task.due for line in found] == [one.due for one in year.accounts]  # the column keeps step
    assert counted(found).total == len(year.accounts) == Task.objects.count()


def _was_a_year(year: Year) -> None:
    """Enough of everything happened for the rest to mean something."""
    found: Counts = counted(told(year, LAST))
    assert min(found.done_on_time, found.done_late, found.without_deadline, found.cancelled) > 0
    assert found.total > 60
    acts = set(Step.objects.values_list("act", flat=True))
    assert acts >= {
        "assigned", "progress", "extension_asked", "extended", "extension_refused", "reported", "returned", "closed",
        "cancelled",
    }  # fmt: skip
    assert {sent[2] for sent in year.sent} == {7, 3, 1, -1, -3, -7}
    assert len(set(year.sent)) == len(year.sent) > 150
    tet = date(YEAR, 2, 17)
    assert not any(sent[4] == tet for sent in year.sent)


def _again_over_the_same_database(year: Year) -> None:
    """The same days again: what was accepted is refused, what was begun or told is not begun or told again, and the
    steps of each day give the states that its evening had."""
    before = (Task.objects.count(), Step.objects.count(), Reminder.objects.count())
    with year.clock.running():
        year.clock.go_to(LAST, time(20))
        for one in year.accounts:
            if one.task.instruction_id:
                again = actions.accept_many(year.cast.specialist, [one.task.instruction], today=LAST)
                assert (len(again.tasks), len(again.left)) == (0, 1)
        for month in range(1, 13):
            assert start_due(date(YEAR, month, 28)) == []
        assert remind(datetime.combine(LAST, time(20), HERE)).is_nothing
    assert (Task.objects.count(), Step.objects.count(), Reminder.objects.count()) == before
    for line in told(year, LAST):
        task = Task.objects.get(pk=line.task.pk)
        again = standing(task.begins, task.first_due, task.time, events(task.steps.order_by("pk")), LAST)
        assert again == line.standing


def told(year: Year, day: date) -> list[Any]:
    tasks = Task.objects.in_bulk([one.task.pk for one in year.accounts])
    return lines([tasks[one.task.pk] for one in year.accounts], day)


def sent(year: Year) -> list[tuple[int, date, int, str, date]]:
    number = {one.task.pk: at for at, one in enumerate(year.accounts)}
    rows = Reminder.objects.filter(way=Way.PAGE).values_list("task_id", "due", "days", "to__username", "on")
    return sorted((number[row[0]], *row[1:]) for row in rows)
