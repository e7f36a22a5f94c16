# SPDX-License-Identifier: Apache-2.0
"""Opinions on a draft (lấy ý kiến): which units were asked until when, what each answered; silence is agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bamsat.rooms.tasks.drafting import AFTER_OPINIONS
from bamsat.rooms.tasks.models import Act, Step

ASKED, ANSWER = "asked", "answer"  # keys of Step.details


@dataclass(frozen=True, slots=True)
class Opinion:
    """A unit that was asked, and its answer; who says nothing by the day agrees."""

    slug: str
    name: str
    asked_on: date
    until: date
    letter: str  # that asked
    answer: Step | None

    @property
    def agrees(self) -> bool:
        return self.answer is None or bool(self.answer.details[ANSWER]["agrees"])

    def shape(self, today: date) -> str:
        """good where it agrees, doubt where it has something to say, wait until its day has passed."""
        if self.answer is None:
            return "wait" if today <= self.until else "good"
        return "good" if self.agrees else "doubt"


def opinions(steps: Iterable[Step]) -> list[Opinion]:
    """Every unit that was asked, by its last asking, with what it answered after that."""
    asked: dict[str, Opinion] = {}
    for step in steps:
        if step.act != Act.PROGRESS or step.stage != AFTER_OPINIONS:
            continue
        for unit in step.details.get(ASKED, ()):
            until = date.fromisoformat(unit["until"])
            asked[unit["slug"]] = Opinion(unit["slug"], unit["name"], step.on, until, step.evidence, None)
        if (answer := step.details.get(ANSWER)) and (one := asked.get(answer["slug"])):
            asked[one.slug] = Opinion(one.slug, one.name, one.asked_on, one.until, one.letter, step)
    return list(asked.values())
