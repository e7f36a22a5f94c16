# SPDX-License-Identifier: Apache-2.0
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.act.calendar import Calendar
from bamsat.core.act.deadline_words import words
from bamsat.core.act.deadlines import DeadlineRule, DeadlineUnreadable, IfOff, Timeliness, due, timeliness
from bamsat.core.terms.period import Period

CALENDARS = st.builds(
    Calendar,
    off=st.frozensets(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=40),
    working=st.frozensets(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=20),
)
PERIODS = st.builds(
    lambda month, length: Period(month, month + length - 1),
    st.integers(2025 * 12, 2026 * 12 + 6),
    st.sampled_from([1, 3]),
)
TIMES = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))
BY_MONTH = st.builds(
    DeadlineRule,
    day=st.integers(1, 31),
    months_after=st.integers(0, 3),
    if_off=st.sampled_from(IfOff),
    time=TIMES,
)
BY_YEAR = st.builds(
    DeadlineRule,
    day=st.integers(1, 31),
    month=st.integers(1, 12),
    years_after=st.integers(0, 2),
    if_off=st.sampled_from(IfOff),
    time=TIMES,
)
BY_WORKING_DAYS = st.builds(DeadlineRule, working_days_after=st.integers(1, 30), time=TIMES)
RULES = BY_MONTH | BY_YEAR | BY_WORKING_DAYS
BY_DAY = BY_MONTH | BY_YEAR
SEPTEMBER = Period.month(2026, 9)


def with_(rule, if_off):
    return DeadlineRule(rule.day, rule.months_after, rule.month, rule.years_after, if_off=if_off)


@given(BY_DAY, PERIODS, CALENDARS)
def test_a_deadline_moves_off_a_day_off_in_the_direction_that_is_said(rule, period, calendar):
    before, same, after = (due(with_(rule, way), period, calendar) for way in (IfOff.BEFORE, IfOff.SAME, IfOff.AFTER))
    assert before <= same <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert calendar.is_working(same) == (before == same == after)


@given(BY_WORKING_DAYS, PERIODS, CALENDARS)
def test_so_many_working_days_after_a_period_are_counted_from_its_last_day(rule, period, calendar):
    day = due(rule, period, calendar)
    year, month = divmod(period.last + 1, 12)
    last = date(year, month + 1, 1) - timedelta(1)
    assert calendar.working_days_between(last, day) == rule.working_days_after


@given(RULES, PERIODS, CALENDARS)
def test_a_later_period_is_never_due_earlier(rule, period, calendar):
    assert due(rule, period, calendar) <= due(rule, Period(period.first + 1, period.last + 1), calendar)


@given(RULES)
def test_a_rule_is_read_back_as_it_was_written(rule):
    assert DeadlineRule.parse(rule.written()) == rule


@given(RULES, st.sampled_from([1, 3, 6, 9, 12]))
def test_every_rule_has_words_in_both_languages(rule, months):
    assert words(rule, "vi", months).startswith(("ngày ", f"{rule.time:%H:%M} ngày " if rule.time else "ngày "))
    assert "day " in words(rule, "en", months)


@given(
    st.dates(date(2026, 1, 1), date(2026, 1, 5)),
    TIMES,
    st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 5)),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 5)),
)
def test_what_was_sent_stays_as_timely_as_it_was(day, until, sent, now):
    found = timeliness(day, until, sent, now)
    assert found.is_sent == (sent is not None)
    if sent:
        assert found == timeliness(day, until, sent, now + timedelta(days=30))
    elif found is Timeliness.OVERDUE:
        assert timeliness(day, until, now, now) is Timeliness.LATE
    else:
        assert timeliness(day, until, now, now) is Timeliness.ON_TIME


@pytest.mark.parametrize(
    ("rule", "period", "day"),
    [
        ({"day": 20, "if_off": "before"}, SEPTEMBER, date(2026, 9, 18)),
        ({"day": 20, "if_off": "after"}, SEPTEMBER, date(2026, 9, 21)),
        ({"day": 20, "if_off": "same"}, SEPTEMBER, date(2026, 9, 20)),
        ({"day": 20}, SEPTEMBER, date(2026, 9, 21)),
        ({"day": 5, "months_after": 1}, Period.month(2026, 12), date(2027, 1, 5)),
        ({"day": 31, "if_off": "same"}, Period.month(2028, 2), date(2028, 2, 29)),
        ({"day": 20, "if_off": "same"}, Period.months(2026, 1, 6), date(2026, 6, 20)),
        ({"day": 20, "if_off": "same"}, Period.quarter(2026, 3), date(2026, 9, 20)),
        ({"day": 15, "month": 3, "years_after": 1}, Period.year(2026), date(2027, 3, 15)),
        ({"day": 15, "month": 11}, Period.year(2026), date(2026, 11, 16)),
        ({"day": 30, "month": 2, "years_after": 1, "if_off": "same"}, Period.year(2026), date(2027, 2, 28)),
        ({"working_days_after": 1}, SEPTEMBER, date(2026, 10, 1)),
        ({"working_days_after": 5}, Period.month(2026, 10), date(2026, 11, 6)),
    ],
)
def test_a_rule_means_a_day(rule, period, day):
    assert due(DeadlineRule.parse(rule), period, Calendar()) == day


def test_a_day_off_by_decision_moves_a_deadline():
    swap = Calendar(off=frozenset({date(2025, 5, 2)}), working=frozenset({date(2025, 4, 26)}))
    rule = DeadlineRule(day=2, months_after=1)
    assert due(rule, Period.month(2025, 4), swap) == date(2025, 5, 5)
    assert due(DeadlineRule(day=26), Period.month(2025, 4), swap) == date(2025, 4, 26)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("20", "“20”"),
        ({}, "thiếu ngày"),
        ({"day": 0}, "“day” là “0”"),
        ({"day": 32}, "1 đến 31"),
        ({"day": True}, "“day” là “True”"),
        ({"day": "20"}, "“day” là “20”"),
        ({"day": 20, "month": 13}, "1 đến 12"),
        ({"day": 20, "years_after": 1}, "cần có “month”"),
        ({"day": 20, "month": 3, "months_after": 1}, "“month” không đi cùng “months_after”"),
        ({"day": 20, "working_days_after": 5}, "“working_days_after” không đi cùng “day”"),
        ({"working_days_after": 5, "if_off": "before"}, "“working_days_after” không đi cùng “if_off”"),
        ({"day": 20, "if_off": "earlier"}, "before"),
        ({"day": 20, "time": 1020}, "ngoặc kép"),
        ({"day": 20, "time": "25:00"}, "“25:00”"),
        ({"day": 20, "hour": 5}, "không có mục “hour”"),
    ],
)
def test_a_rule_that_says_no_day_teaches_how_to_write_one(said, named):
    with pytest.raises(DeadlineUnreadable) as caught:
        DeadlineRule.parse(said)
    assert named in caught.value.vi
    assert caught.value.vi.startswith("Hạn gửi: ")
    assert caught.value.en.startswith("Deadline: ")


@pytest.mark.parametrize(
    ("rule", "months", "vi", "en"),
    [
        (
            DeadlineRule(day=20, if_off=IfOff.BEFORE, time=time(17)),
            1,
            "17:00 ngày 20 hằng tháng, trùng ngày nghỉ thì ngày làm việc liền trước",
            "17:00, day 20 of the month; if that is a day off, the last working day before it",
        ),
        (
            DeadlineRule(day=5, months_after=1),
            1,
            "ngày 05 tháng sau, trùng ngày nghỉ thì ngày làm việc liền sau",
            "day 5 of the next month; if that is a day off, the next working day",
        ),
        (
            DeadlineRule(day=31, if_off=IfOff.SAME),
            3,
            "ngày cuối cùng tháng cuối quý, kể cả khi là ngày nghỉ",
            "the last day of the last month of the quarter; a day off included",
        ),
        (
            DeadlineRule(day=15, month=3, years_after=1),
            12,
            "ngày 15/03 năm sau, trùng ngày nghỉ thì ngày làm việc liền sau",
            "day 15 of March of the next year; if that is a day off, the next working day",
        ),
        (
            DeadlineRule(working_days_after=5, time=time(17)),
            1,
            "17:00 ngày làm việc thứ 5 sau khi hết tháng",
            "17:00, working day 5 after the end of the month",
        ),
    ],
)
def test_a_rule_in_words(rule, months, vi, en):
    assert (words(rule, "vi", months), words(rule, "en", months)) == (vi, en)


def test_the_last_minute_of_the_deadline_is_still_in_time():
    day, until = date(2026, 10, 20), time(17)
    now = datetime(2026, 10, 21, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    at_five, past_five = (datetime(2026, 10, 20, 17, minute, tzinfo=now.tzinfo) for minute in (0, 1))
    assert timeliness(day, until, at_five, now) is Timeliness.ON_TIME
    assert timeliness(day, until, past_five, now) is Timeliness.LATE
    assert timeliness(day, None, past_five, now) is Timeliness.ON_TIME
    assert timeliness(day, until, None, at_five) is Timeliness.WAITING
    assert timeliness(day, until, None, past_five) is Timeliness.OVERDUE
