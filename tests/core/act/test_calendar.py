# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.act.calendar import Calendar

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CALENDARS = st.builds(
    Calendar,
    off=st.frozensets(st.dates(date(2025, 1, 1), date(2025, 3, 31)), max_size=40),
    working=st.frozensets(st.dates(date(2025, 1, 1), date(2025, 3, 31)), max_size=20),
)
NEAR = st.dates(date(2024, 12, 15), date(2025, 4, 15))
MONDAY = date(2026, 10, 19)


@given(CALENDARS, NEAR, st.integers(1, 40))
def test_adding_lands_on_a_working_day(calendar, day, number):
    assert calendar.is_working(calendar.add_working_days(day, number))
    assert calendar.is_working(calendar.add_working_days(day, -number))


@given(CALENDARS, NEAR, st.integers(-20, 20))
def test_adding_more_days_or_from_a_later_day_never_comes_earlier(calendar, day, number):
    landed = calendar.add_working_days(day, number)
    assert landed < calendar.add_working_days(day, number + 1)
    assert landed <= calendar.add_working_days(day + timedelta(1), number)


@given(CALENDARS, NEAR, st.integers(0, 40))
def test_counting_undoes_adding(calendar, day, number):
    assert calendar.working_days_between(day, calendar.add_working_days(day, number)) == number


@given(CALENDARS, NEAR, NEAR)
def test_counting_is_what_one_finger_at_a_time_counts(calendar, today, due):
    first, last = sorted((today, due))
    counted = sum(calendar.is_working(first + timedelta(n)) for n in range(1, (last - first).days + 1))
    assert calendar.working_days_between(today, due) == (counted if due >= today else -counted)


@given(DAYS)
def test_without_exceptions_five_days_of_the_week_are_worked(day):
    assert sum(Calendar().is_working(day + timedelta(n)) for n in range(7)) == 5


@given(CALENDARS, NEAR)
def test_the_next_and_the_last_working_day_meet(calendar, day):
    following = calendar.next_working(day)
    assert calendar.last_working_before(following) <= day < following
    if calendar.is_working(day):
        assert calendar.last_working_before(following) == day


def test_an_office_counts_the_days_that_are_left():
    calendar = Calendar()
    assert calendar.working_days_between(MONDAY, MONDAY) == 0
    assert calendar.working_days_between(MONDAY, date(2026, 10, 20)) == 1
    assert calendar.working_days_between(date(2026, 10, 16), MONDAY) == 1


def test_an_office_counts_the_days_that_have_passed():
    calendar = Calendar()
    friday = date(2026, 10, 16)
    assert calendar.working_days_between(date(2026, 10, 17), friday) == 0
    assert calendar.working_days_between(MONDAY, friday) == -1


def test_a_day_that_is_both_off_and_worked_in_lieu_is_off():
    saturday = date(2026, 10, 17)
    assert not Calendar(off=frozenset({saturday}), working=frozenset({saturday})).is_working(saturday)
