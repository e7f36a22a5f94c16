# SPDX-License-Identifier: Apache-2.0
"""Working days as offices count them: weekends, days off, and weekend days that are worked in lieu (lịch làm việc)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off from Monday to Friday, and the Saturdays and Sundays that are worked instead.

    Which days these are is decided anew each year, so that they come in from outside. A day that stands in both is off.

    >>> swap = Calendar(off=frozenset({date(2025, 5, 2)}), working=frozenset({date(2025, 4, 26)}))
    >>> swap.is_working(date(2025, 5, 2)), swap.is_working(date(2025, 4, 26)), swap.is_working(date(2025, 4, 27))
    (False, True, False)
    """

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        return day not in self.off and (day.weekday() < _SATURDAY or day in self.working)

    def next_working(self, day: date) -> date:
        """The first working day after a day, whether or not that day is worked itself.

        >>> Calendar().next_working(date(2026, 10, 16)).isoformat()
        '2026-10-19'
        """
        day += _DAY
        while not self.is_working(day):
            day += _DAY
        return day

    def last_working_before(self, day: date) -> date:
        """The last working day before a day, whether or not that day is worked itself.

        >>> Calendar().last_working_before(date(2026, 10, 19)).isoformat()
        '2026-10-16'
        """
        day -= _DAY
        while not self.is_working(day):
            day -= _DAY
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """The n-th working day after a day; before it if the number is negative; the day as it is for none.

        >>> Calendar().add_working_days(date(2026, 10, 16), 3).isoformat()
        '2026-10-21'
        """
        for _ in range(abs(number)):
            day = self.next_working(day) if number > 0 else self.last_working_before(day)
        return day

    def working_days_between(self, today: date, due: date) -> int:
        """Working days left until a day (“còn 3 ngày làm việc”), negative once it has passed (“quá 1 ngày làm việc”).

        Today is not counted, the other day is: due today gives 0, due on the next working day 1. A day after the
        deadline that is not worked adds nothing, so that on the Saturday after a Friday the answer is still 0: whether
        a deadline has passed is asked of `timeliness`.

        >>> monday = date(2026, 10, 19)
        >>> [Calendar().working_days_between(monday, date(2026, 10, day)) for day in (15, 16, 18, 19, 20, 22, 30)]
        [-2, -1, -1, 0, 1, 3, 9]
        """
        if due < today:
            return -self.working_days_between(due, today)
        exceptions = sum(today < day <= due and day.weekday() < _SATURDAY for day in self.off)
        in_lieu = sum(today < day <= due and day.weekday() >= _SATURDAY for day in self.working if day not in self.off)
        return _weekdays_until(due) - _weekdays_until(today) - exceptions + in_lieu


def _weekdays_until(day: date) -> int:
    """Days from Monday to Friday since the Monday that Python counts from, up to and with a day."""
    weeks, last = divmod(day.toordinal(), 7)  # day 1 was a Monday
    return weeks * _SATURDAY + min(last, _SATURDAY)
