# SPDX-License-Identifier: Apache-2.0
"""What a chart is made of: values with their words, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bamsat.core.report.facts import Fact
from bamsat.core.terms.numbers import format_number

State = Literal["actual", "estimate", "derived", "past"]

_OF_STATUS: dict[str, State] = {"actual": "actual", "estimate": "estimate", "target": "derived", "forecast": "derived"}


@dataclass(frozen=True, slots=True)
class Value:
    """One bar or point: its name, its number in the unit of the chart (None: nobody reported it) and its words."""

    label: str
    number: Decimal | None = None
    text: str = ""
    state: State = "actual"
    plan: Decimal | None = None  # where the plan's line stands, in the same unit
    fact: Fact | None = None

    @property
    def words(self) -> str:
        """The number as it is written: the source's own decimals where they are known.

        >>> Value("2021", Decimal("5300")).words, Value("2022").words
        ('5.300', 'chưa có số')
        """
        if self.text:
            return self.text
        return LACKING if self.number is None else format_number(self.number)


LACKING = "chưa có số"


def value_of(label: str, fact: Fact | None, plan: Fact | None = None, state: State | None = None) -> Value:
    """The value of a fact, in the unit in which it is written; without a fact, one that is missing.

    >>> from bamsat.core.terms.period import Period
    >>> fact = Fact("x", "level", Decimal(5300 * 10**9), "VND", Period.year(2021), written=("tỷ đồng", Decimal(10**9)))
    >>> value_of("2021", fact).words
    '5.300'
    """
    if fact is None:
        return Value(label)
    scale = fact.written[1]
    number = fact.value / scale
    return Value(
        label,
        number,
        format_number(number, fact.places),
        state or ("derived" if fact.derived and fact.measure == "level" else _OF_STATUS.get(fact.status, "actual")),
        None if plan is None else plan.value / scale,
        fact,
    )


def signed(value: Value) -> str:
    """Words of a growth or a contribution: the sign is always written."""
    words = value.words
    return f"+{words}" if value.number is not None and value.number > 0 and words[:1].isdigit() else words
