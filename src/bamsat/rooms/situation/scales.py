# SPDX-License-Identifier: Apache-2.0
"""The scales by which a risk is judged, as the product ships them (data/situation.yml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from bamsat.core.terms.data import shipped


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scale, or a level that two of them make."""

    value: int
    vi: str
    en: str
    code: str = ""
    shape: str = ""

    @property
    def name(self) -> str:
        return self.en if (get_language() or "vi").startswith("en") else self.vi

    def __str__(self) -> str:
        return self.name


@cache
def scale(name: str) -> tuple[Step, ...]:
    """The steps of "likelihood" or "impact", the lowest first."""
    return tuple(Step(**told) for told in shipped("situation.yml")[name])


@cache
def levels() -> tuple[Step, ...]:
    """The levels of a risk, the lowest first; `value` is the product from which each begins."""
    return tuple(Step(told.pop("from"), **told) for told in map(dict, shipped("situation.yml")["levels"]))


def level_of(likelihood: int | None, impact: int | None) -> Step | None:
    """The level of a risk; None where one of the two was not judged."""
    if not likelihood or not impact:
        return None
    return max((level for level in levels() if level.value <= likelihood * impact), key=lambda level: level.value)


def step_of(name: str, value: int | None) -> Step | None:
    return next((step for step in scale(name) if step.value == value), None)
