# SPDX-License-Identifier: Apache-2.0
"""What words claim that numbers can contradict (phrases/wordings.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from bamsat.core.check.beside.passages import any_of
from bamsat.core.terms.data import shipped
from bamsat.core.terms.figure import Figure, Statement
from bamsat.core.terms.period import Period

Means = Literal["rises", "falls", "above_plan", "below_plan"]
Reach = Literal["one", "every", "several"]

_SIGNS = {"rises": "+", "falls": "-", "above_plan": "plan>100", "below_plan": "-"}
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, and whether it is of one thing, of every one of a list, or of several."""

    means: Means
    reach: Reach
    statement: Statement

    @property
    def of_prices(self) -> bool:
        return bool(patterns()["prices"].search(self.statement.text.lower()))

    def may_be_a_list(self) -> bool:
        return bool(patterns()["lists"].search(self.statement.text.lower()))

    def speaks_of(self, figure: Figure) -> bool:
        """Whether a figure is of the kind and the time that the claim is about."""
        if not figure.period:
            return False
        told = self.statement.period
        if told and Period.parse(told).end_year != Period.parse(figure.period).end_year:
            return False
        if self.means in ("above_plan", "below_plan"):
            return figure.measure == "plan_ratio" and Period.parse(figure.period).is_year
        return figure.measure in ("growth", "index") and figure.status in ("actual", "estimate")

    def denied_by(self, figure: Figure) -> bool:
        """Whether the whole interval of a figure lies on the other side of what is claimed."""
        even = 0 if figure.measure == "growth" else _HUNDRED
        upwards = self.means in ("rises", "above_plan")
        return figure.upper < even if upwards else figure.lower > even


def data() -> Any:
    return shipped("phrases/wordings.yml")


def name(means: str) -> dict[str, str]:
    named: dict[str, str] = next(row["name"] for row in data()["claims"] if row["means"] == means)
    return named


def word(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of(words)})(?![^\W_])")


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    told = data()
    found = {
        kind: word(told[kind]) for kind in ("several", "not_every", "lists", "prices", "exceptions", "balance_denied")
    }
    other = rf"(?!\s+(?:{any_of(told['not_before'])})(?![^\W_]))"
    found |= {
        row["means"]: re.compile(rf"{word(row['says']).pattern}{other}") for row in (*told["claims"], *told["balance"])
    }
    behind = rf"(?!\s+(?:{any_of(told['every_not_before'])})(?![^\W_]))"
    found["every"] = re.compile(word(told["every"]).pattern + behind)
    counted = r"\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
    found["all_of"] = re.compile(rf"(?<![^\W_])(?:{any_of(told['all_of'])})\s+(?:{counted})(?![^\W_])")
    return found


def claim_of(statement: Statement) -> Claim | None:
    """What a statement claims; None for soft words, and where it says itself that not all are meant."""
    low = statement.text.lower()
    found = patterns()
    if found["not_every"].search(low):
        return None
    last = None
    for means, sign in _SIGNS.items():
        hits = list(found[means].finditer(low)) if sign == statement.sign else []
        if hits and (last is None or hits[-1].end() > last[0]):
            last = hits[-1].end(), means
    if last is None:
        return None
    every = found["every"].search(low) or found["all_of"].search(low)
    reach: Reach = "every" if every else "several" if found["several"].search(low) else "one"
    return Claim(last[1], reach, statement)  # type: ignore[arg-type]
