# SPDX-License-Identifier: Apache-2.0
"""Which facts one sentence can tell together, and which of its parts can stand behind a whole."""

from __future__ import annotations

from dataclasses import replace

from bamsat.core.report.facts import Fact, Topic
from bamsat.core.terms.period import Period

OWN = ("level", "growth_on_last", "growth", "plan_ratio", "share", "contribution")


def own_facts(topic: Topic) -> list[Fact]:
    """What is told of the topic itself, in the order in which it is told; its plan's own number stands in brackets."""
    return [fact for slot in OWN if (fact := getattr(topic, slot)) is not None]


def alike(topic: Topic) -> list[Topic]:
    """The topic cut into topics whose facts are of one period, status, place and prices."""
    groups: dict[tuple[Period, str, str, str], dict[str, Fact]] = {}
    for slot in OWN:
        fact: Fact | None = getattr(topic, slot)
        if fact is not None:
            groups.setdefault((fact.period, fact.status, *_setting_of(topic, fact)), {})[slot] = fact
    return [_only(topic, about[0], group) for about, group in groups.items()]


def _only(topic: Topic, period: Period, facts: dict[str, Fact]) -> Topic:
    """The topic with these facts alone, and with its parts."""
    return Topic(
        topic.indicator, topic.name, period, facts.get("level"), facts.get("growth"), facts.get("growth_on_last"),
        facts.get("plan_ratio"), None, facts.get("share"), facts.get("contribution"), topic.segment, topic.parts,
        adds_up=topic.adds_up, good=topic.good,
    )  # fmt: skip


def _setting_of(topic: Topic, fact: Fact) -> tuple[str, str]:
    """Prices and place; a ratio that names none is told with those of its level."""
    level = topic.level or fact
    return fact.price_basis or level.price_basis, fact.area or level.area


def beside(whole: Topic) -> tuple[list[Topic], list[Topic]]:
    """The parts that the sentence of their whole can tell, and those that need one of their own.

    These are of another period, place or prices, or of a kind of value that no word of the list would tell.
    """
    facts = own_facts(whole)
    if not facts:
        return [], list(whole.parts)
    about = (facts[0].period, *_setting_of(whole, facts[0]))
    status = facts[-1].status
    inside: list[Topic] = []
    apart: list[Topic] = []
    for part in whole.parts:
        told = own_facts(part)
        alike_ = told and all((fact.period, *_setting_of(part, fact)) == about for fact in told)
        if alike_ and all(_follows(fact, before) for fact, before in zip(told, (status, *_kinds(told)), strict=False)):
            inside.append(part)
            status = told[-1].status
        elif told:
            apart.append(part)
    return inside, apart


def _kinds(facts: list[Fact]) -> list[str]:
    return [fact.status for fact in facts]


def _follows(fact: Fact, status: str) -> bool:
    """Whether a word says that the fact is of its own kind, behind one of that kind."""
    if fact.status == status:
        return True
    said = fact.status == "estimate" or (fact.status == "actual" and fact.measure == "level")
    return said and status in ("actual", "estimate")


def parts_to_date(topic: Topic) -> Topic | None:
    """The months since January with their parts, which the parts of the month know."""
    if topic.to_date is None or topic.to_date.parts:
        return topic.to_date
    parts = [replace(part.to_date, segment=part.segment) for part in topic.parts if part.to_date is not None]
    return replace(topic.to_date, parts=tuple(parts))
