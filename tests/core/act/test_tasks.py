# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.act.calendar import Calendar
from bamsat.core.act.deadlines import Timeliness
from bamsat.core.act.tasks import (
    MILESTONES,
    Counts,
    Event,
    Standing,
    State,
    counted_as,
    counts,
    milestone_day,
    reminders,
    standing,
)

BEGUN = date(2026, 3, 2)
ACTS = (
    "assigned", "progress", "extension_asked", "extended", "extension_refused", "reported", "returned", "closed",
    "cancelled", "reopened", "stage", "changed", "unknown",
)  # fmt: skip
DAYS = st.dates(BEGUN, date(2026, 12, 31))
EVENTS = st.builds(
    Event, act=st.sampled_from(ACTS), on=DAYS, due=st.none() | DAYS, stage=st.sampled_from(["", "drafted"])
)
HISTORIES = st.lists(EVENTS, max_size=14)
DUES = st.none() | DAYS
TIMES = st.sampled_from(["date", "standing", "event", "soon", "none"])
STANDINGS = st.builds(
    lambda due, time, events, today: standing(BEGUN, due, time, events, today), DUES, TIMES, HISTORIES, DAYS
)
CALENDARS = st.builds(Calendar, off=st.frozensets(DAYS, max_size=25), working=st.frozensets(DAYS, max_size=10))


def told(
    *events: Event, due: date | None = date(2026, 3, 31), time: str = "date", today: date = date(2026, 4, 15)
) -> Standing:
    return standing(BEGUN, due, time, events, today)


def event(act: str, day: int, month: int = 3, due: date | None = None) -> Event:
    return Event(act, date(2026, month, day), due)


# What is written in facts.


def test_the_four_states_of_2017_add_up_and_the_quoted_rate_is_of_what_fell_due() -> None:
    found = Counts(done_on_time=14_068, done_late=1_983, running_within=5_640, running_overdue=223)
    assert (found.total, found.done, found.running) == (21_914, 16_051, 5_863)
    quoted = found.rate("fell_due")
    assert (quoted.numerator, quoted.denominator) == (16_051, 16_051 + 223)
    exact = Decimal(100 * quoted.numerator) / quoted.denominator
    assert str(exact)[:5] == "98.62"  # as it was quoted: cut after two decimals
    assert quoted.percent == Decimal("98.63")  # rounded
    assert found.rate("done").percent == Decimal("73.25")  # of all: quite another number


# Single stories.


def test_work_confirmed_late_that_was_done_in_time_is_on_time() -> None:
    found = told(event("assigned", 3), event("reported", 31), event("closed", 10, 4))
    assert (found.state, found.timeliness, found.finished_on) == (State.DONE, Timeliness.ON_TIME, date(2026, 3, 31))


def test_a_report_that_waits_grows_no_later() -> None:
    found = told(event("assigned", 3), event("reported", 31), today=date(2026, 12, 1))
    assert (found.state, found.timeliness, found.days_left) == (State.REPORTED, Timeliness.WAITING, None)


def test_after_a_return_the_day_of_the_second_report_counts() -> None:
    found = told(
        event("assigned", 3),
        event("reported", 30),
        event("returned", 31),
        event("reported", 5, 4),
        event("closed", 6, 4),
    )
    assert (found.timeliness, found.finished_on) == (Timeliness.LATE, date(2026, 4, 5))


def test_lateness_is_told_by_the_extended_deadline_and_by_the_first() -> None:
    longer = event("extended", 30, due=date(2026, 4, 30))
    found = told(event("assigned", 3), longer, event("reported", 20, 4), event("closed", 21, 4))
    assert (found.timeliness, found.against_first) == (Timeliness.ON_TIME, Timeliness.LATE)
    assert (found.due, found.first_due, found.is_extended) == (date(2026, 4, 30), date(2026, 3, 31), True)


def test_whoever_assigns_may_ask_for_it_sooner_but_not_later() -> None:
    assert told(event("assigned", 3, due=date(2026, 3, 20))).due == date(2026, 3, 20)
    assert told(event("assigned", 3, due=date(2026, 5, 20))).due == date(2026, 3, 31)
    assert told(event("assigned", 3, due=date(2026, 5, 20)), due=None).first_due == date(2026, 5, 20)


def test_a_request_waits_until_it_is_decided_or_the_work_is_reported() -> None:
    asked = event("extension_asked", 20, due=date(2026, 4, 10))
    assert told(asked).asked == date(2026, 4, 10)
    for then in ("extended", "extension_refused", "reported", "cancelled"):
        assert told(asked, event(then, 21, due=date(2026, 4, 10))).asked is None


def test_nothing_that_cannot_happen_changes_anything() -> None:
    assert told(event("closed", 5)) == told()
    assert told(event("reported", 5), event("closed", 6), event("cancelled", 7)).state is State.DONE
    assert told(event("cancelled", 5), event("reported", 6)).state is State.CANCELLED
    assert told(event("reported", 5), event("extended", 6, due=date(2026, 9, 1))).due == date(2026, 3, 31)


def test_standing_work_is_never_late_nor_on_time() -> None:
    found = told(event("assigned", 3), time="standing", today=date(2026, 12, 31))
    assert (found.due, found.timeliness, counted_as(found)) == (None, None, "without_deadline")


# Whatever happens.


@given(DUES, TIMES, HISTORIES, DAYS)
def test_any_history_gives_one_state_and_the_same_each_time(due, time, events, today) -> None:
    first, second = (standing(BEGUN, due, time, events, today) for _ in range(2))
    assert first == second
    assert first.state in State
    assert (first.finished_on is not None) == (first.state is State.DONE)
    assert (first.timeliness is None) == (first.due is None or first.state is State.CANCELLED)
    assert (first.timeliness in (Timeliness.ON_TIME, Timeliness.LATE)) == (
        first.state is State.DONE and first.due is not None
    )
    assert (first.days_left is not None) == (first.state.is_open and first.due is not None)


@given(DUES, TIMES, HISTORIES, EVENTS, DAYS)
def test_what_was_told_first_is_derived_before_what_came_after(due, time, events, last, today) -> None:
    """One more event changes the state by at most that event: nothing is undone that it does not name."""
    before, after = standing(BEGUN, due, time, events, today), standing(BEGUN, due, time, [*events, last], today)
    allowed = {
        "assigned": {(State.UNASSIGNED, State.RUNNING)},
        "reported": {(State.UNASSIGNED, State.REPORTED), (State.RUNNING, State.REPORTED)},
        "closed": {(State.REPORTED, State.DONE)},
        "returned": {(State.REPORTED, State.RUNNING), (State.REPORTED, State.UNASSIGNED)},
        "cancelled": {(state, State.CANCELLED) for state in (State.UNASSIGNED, State.RUNNING, State.REPORTED)},
        "reopened": {(old, new) for old in (State.DONE, State.CANCELLED) for new in (State.RUNNING, State.UNASSIGNED)},
    }
    if before.state != after.state:
        assert (before.state, after.state) in allowed[last.act]


@given(DUES, TIMES, HISTORIES, DAYS, DAYS, DAYS)
def test_a_later_extension_never_makes_on_time_late(due, time, events, on, until, today) -> None:
    before = standing(BEGUN, due, time, events, today)
    after = standing(BEGUN, due, time, [*events, Event("extended", on, until)], today)
    if before.timeliness in (Timeliness.ON_TIME, Timeliness.WAITING):
        assert after.timeliness is before.timeliness
    assert after.first_due == before.first_due
    assert after.against_first is before.against_first
    if before.due and after.due:
        assert after.due >= before.due


@given(st.lists(STANDINGS, max_size=30), st.lists(STANDINGS, max_size=30))
def test_counts_add_up_and_each_task_is_in_one(some, others) -> None:
    found = counts([*some, *others])
    assert found.total == len(some) + len(others)
    assert found == counts(some) + counts(others)
    assert found.with_deadline == found.done_on_time + found.done_late + found.running_within + found.running_overdue
    assert found.total == found.with_deadline + found.without_deadline + found.cancelled
    assert found.without_deadline == sum(
        one.due is None and one.state is not State.CANCELLED for one in [*some, *others]
    )


@given(st.lists(STANDINGS, max_size=30))
def test_no_rate_is_above_the_whole_and_their_denominators_stand_in_order(some) -> None:
    found = counts(some)
    for rate in found.rates:
        assert 0 <= rate.numerator <= rate.denominator
        assert (rate.percent is None) == (rate.denominator == 0)
        assert rate.percent is None or 0 <= rate.percent <= 100
    assert found.rate("on_time").denominator <= found.rate("fell_due").denominator <= found.rate("done").denominator


# Reminding.


@given(DAYS, st.lists(st.integers(0, 9), min_size=1, max_size=60), CALENDARS)
def test_nothing_is_reminded_twice_nor_lost_however_days_are_skipped(due, gaps, calendar) -> None:
    """Held against a plain account: whenever somebody looks, the last milestone that came is what was told last."""
    today, done = due - timedelta(days=30), []
    for gap in gaps:
        today += timedelta(days=gap)
        owed = reminders(due, today, set(done), calendar)
        if owed is not None:
            assert owed not in done
            done.append(owed)
        came = [each for each in MILESTONES if milestone_day(due, each, calendar) <= today]
        assert done[-1:] == came[-1:]
        assert reminders(due, today, set(done), calendar) is None
    assert done == sorted(done, reverse=True)


@given(DAYS, CALENDARS)
def test_who_looks_every_day_is_told_of_each_milestone_on_its_day(due, calendar) -> None:
    done: dict[int, date] = {}
    for ahead in range(-80, 80):
        today = due + timedelta(days=ahead)
        owed = reminders(due, today, done.keys(), calendar)
        if owed is not None:
            done[owed] = today
    assert done == {each: milestone_day(due, each, calendar) for each in MILESTONES}
