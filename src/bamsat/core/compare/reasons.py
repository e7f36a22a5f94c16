# SPDX-License-Identifier: Apache-2.0
"""Why a comparison has no number: a small integer beside each result, so that nothing is left out in silence."""

from __future__ import annotations

from enum import IntEnum


class Reason(IntEnum):
    """The `*_why` columns of comparisons; 0 where the number is there."""

    TOLD = 0
    MONTHS_LACK = 1
    DOES_NOT_ADD = 2
    NO_BASE = 3
    BASE_NOT_POSITIVE = 4
    NO_PLAN = 5
    PLANS_DIFFER = 6
    PARTS_LACK = 7
    SHARE_UNKNOWN = 8
    NO_FIGURE = 9

    @property
    def vi(self) -> str:
        return _SAID[self][0]

    @property
    def en(self) -> str:
        return _SAID[self][1]


_SAID = {
    Reason.TOLD: ("", ""),
    Reason.MONTHS_LACK: ("còn thiếu số của một số tháng", "months are missing"),
    Reason.DOES_NOT_ADD: ("chỉ số và tỷ lệ không cộng được", "indices and ratios do not add"),
    Reason.NO_BASE: ("chưa có số của kỳ so sánh", "the period compared with has no figure"),
    Reason.BASE_NOT_POSITIVE: ("số đem so sánh bằng 0 hoặc âm", "what is compared with is zero or negative"),
    Reason.NO_PLAN: ("chưa có kế hoạch", "there is no plan"),
    Reason.PLANS_DIFFER: ("có nhiều kế hoạch của các nguồn khác nhau", "several providers give a plan"),
    Reason.PARTS_LACK: ("còn thiếu số của một số phần", "parts are missing"),
    Reason.SHARE_UNKNOWN: ("chưa rõ phần của nơi cũ thuộc nơi mới", "the share of a former place is unknown"),
    Reason.NO_FIGURE: ("chưa có số", "there is no figure"),
}


def months_in(bits: int) -> tuple[int, ...]:
    """The months that a `present` column says are there: bit 0 is January.

    >>> months_in(0b101), months_in(0)
    ((1, 3), ())
    """
    return tuple(month for month in range(1, 13) if bits >> (month - 1) & 1)


def months_lacking(bits: int, until: int = 12) -> tuple[int, ...]:
    """The months up to one that are not there.

    >>> months_lacking(0b101, until=4)
    (2, 4)
    """
    return tuple(month for month in range(1, until + 1) if not bits >> (month - 1) & 1)
