# SPDX-License-Identifier: Apache-2.0
"""The periods of a form's frequency, and how long after one its return can fall due."""

from __future__ import annotations

from collections.abc import Iterator

from bamsat.core.forms.definition import LENGTHS, Definition
from bamsat.core.terms.period import Period


def longest_wait(definition: Definition) -> int:
    """So many months, at most, lie between the end of a period and its deadline; days off may add one."""
    rule = definition.deadline
    if rule.get("working_days_after"):
        return int(rule["working_days_after"]) // 18 + 2
    if rule.get("month"):
        return int(rule.get("years_after", 0)) * 12 + 12
    return int(rule.get("months_after", 0)) + 1


def periods(frequency: str, first: int, last: int) -> Iterator[Period]:
    """Periods of a kind that end in these months."""
    length = LENGTHS[frequency]
    for end in range(first, last + 1):
        ends = end % 12 == 8 if frequency == "nine_months" else (end + 1) % length == 0
        if ends:
            yield Period(end - length + 1, end)
