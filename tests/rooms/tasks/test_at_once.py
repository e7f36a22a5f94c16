# SPDX-License-Identifier: Apache-2.0
"""Several people act on the same tasks at the same moment: each step is taken once, and the others are told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.models import Act, Step, Task, Time
from bamsat.rooms.tasks.occurrences import start_due
from tests import build
from tests.rooms.tasks.told import TODAY, proposal, task

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_proposal_that_four_accept_at_once_is_one_task(cast):
    document = build.document(cast.specialist)
    found = [proposal(cast, document, ordinal) for ordinal in range(1, 6)]
    people = [cast.specialist, cast.head, cast.clerk, cast.deputy]
    done = at_once([lambda who=who: len(actions.accept_many(who, found, today=TODAY).tasks) for who in people])
    assert sum(done) == Task.objects.count() == len(found)
    assert audit.verify() is None


def test_a_report_that_leaders_confirm_return_and_cancel_at_once_has_one_end(cast):
    made = [task(cast, what=f"việc {number}") for number in range(4)]
    for each in made:
        actions.report_done(cast.specialist, each, TODAY, "xong", today=TODAY)
    leaders = [cast.head, cast.deputy, cast.director]
    steps: list[Callable[[Task], object]] = [
        lambda each: actions.close(leaders[0], each, today=TODAY),
        lambda each: actions.return_(leaders[1], each, "thiếu", today=TODAY),
        lambda each: actions.close(leaders[2], each, today=TODAY),
    ]
    taken = at_once([lambda step=step: sum(_taken(step, each) for each in made) for step in steps])
    assert sum(taken) == len(made)
    assert Step.objects.filter(act__in=[Act.CLOSED, Act.RETURNED]).count() == len(made)
    assert audit.verify() is None


def test_the_work_of_a_period_begins_once_though_two_machines_begin_it(cast):
    rule = {"frequency": "month", "deadline": {"day": 31}}
    standing = task(cast, by=cast.head, time=Time.STANDING, due=None, rule=rule)
    Task.objects.filter(pk=standing.pk).update(created_at="2026-09-01T08:00:00+07:00")
    made = at_once([lambda: len(start_due(date(2026, 11, 5)))] * 3)
    assert sum(made) == standing.children.count() == 3


def _taken(step: Callable[[Task], object], each: Task) -> int:
    try:
        step(each)
    except BamsatError:
        return 0
    return 1


def at_once(calls: list[Callable[[], int]]) -> list[int]:
    def run(call: Callable[[], int]) -> int:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [each.result() for each in [pool.submit(run, call) for call in calls]]
