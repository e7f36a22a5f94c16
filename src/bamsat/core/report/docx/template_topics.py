# SPDX-License-Identifier: Apache-2.0
"""What a template may ask of a report by code: its sections, and its numbers put together by indicator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Block, Heading, Report, told_in
from bamsat.core.terms.data import shipped
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold

_SLOTS = {"plan_ratio": "plan_ratio", "share": "share", "contribution": "contribution"}


@lru_cache(maxsize=1)
def shipped_names() -> dict[str, str]:
    """The names of the indicators that come with the product, where an office has no others."""
    files = ("catalogue/indicators.yml", "indicators.yml")
    return {row["code"]: str(row["name"]["vi"]) for name in files for row in shipped(name)}


@lru_cache(maxsize=1)
def shipped_sets() -> dict[str, tuple[str, ...]]:
    """The codes of their sets, each with its indicators in order."""
    return {row["code"]: tuple(row["members"]) for row in shipped("catalogue/sets.yml")}


def section_code(heading: str) -> str:
    """The code by which a template names a section: its heading without accents, without periods.

    >>> section_code("Sản xuất công nghiệp"), section_code("Tình hình {period}")
    ('san-xuat-cong-nghiep', 'tinh-hinh')
    """
    bare = fold(re.sub(r"\{[^}]*\}", "", heading))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def sections_of(report: Report) -> dict[str, tuple[Block, ...]]:
    """Each section of a report under its code: what stands below its heading, which the template writes itself."""
    found: dict[str, tuple[Block, ...]] = {}
    for at, block in enumerate(report.blocks):
        if isinstance(block, Heading):
            found.setdefault(section_code(block.text), tuple(_below(report.blocks[at + 1 :], block.level)))
    return found


def _below(blocks: Iterable[Block], level: int) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            return
        yield block


def section(sections: Mapping[str, tuple[Block, ...]], code: str) -> tuple[Block, ...]:
    """A section; one whose heading names its period is found by what stands before the period."""
    if code in sections:
        return sections[code]
    return next((blocks for each, blocks in sections.items() if each.startswith(f"{code}-")), ())


def period_of(report: Report) -> Period | None:
    """The period that the report is about: as it says itself, else the one that most of its numbers have."""
    said = report.attributes.get("period", "")
    if said:
        try:
            return Period.parse(said)
        except ValueError:
            pass
    met = Counter(told.fact.period for told in told_in(report.all_blocks()))
    return met.most_common(1)[0][0] if met else None


def topics_of(report: Report, names: Mapping[str, str] | None = None) -> dict[str, Topic]:
    """The numbers of a report by the code of their indicator, of its own place and period."""
    period = period_of(report)
    facts = list(dict.fromkeys(told.fact for told in told_in(report.all_blocks())))
    if period is None:
        return {}
    area = _area(facts)
    own = [fact for fact in facts if fact.area in ("", area)]
    found: dict[str, Topic] = {}
    for code in dict.fromkeys(fact.indicator for fact in own):
        name = (shipped_names() if names is None else names).get(code, code)
        of_code = [fact for fact in own if fact.indicator == code]
        whole = _topic(code, name, period, [fact for fact in of_code if not fact.segment])
        segments = dict.fromkeys(fact.segment for fact in of_code if fact.segment)
        parts = tuple(
            replace(_topic(code, each, period, [fact for fact in of_code if fact.segment == each]), segment=each)
            for each in segments
        )
        found[code] = replace(whole, parts=tuple(part for part in parts if part.facts()))
    return found


def _area(facts: list[Fact]) -> str:
    met = Counter(fact.area for fact in facts if fact.area)
    return met.most_common(1)[0][0] if met else ""


def _topic(code: str, name: str, period: Period, facts: list[Fact]) -> Topic:
    alone = _filled(Topic(code, name, period), [fact for fact in facts if fact.period == period])
    since = Period(period.first - period.first % 12, period.last)
    plans = [fact for fact in facts if fact.measure == "level" and fact.status == "target"]
    if alone.plan is None and plans:
        alone = replace(alone, plan=max(plans, key=lambda fact: fact.period.last))
    if since == period:
        return alone
    to_date = _filled(Topic(code, name, since), [fact for fact in facts if fact.period == since])
    if alone.plan_ratio is None:
        alone = replace(alone, plan_ratio=to_date.plan_ratio)
    return replace(alone, to_date=to_date) if to_date.facts() else alone


def _filled(topic: Topic, facts: list[Fact]) -> Topic:
    """The first fact of each sort; what a plan wants never stands where a result would."""
    slots: dict[str, Any] = {}
    for fact in facts:
        if slot := _slot(fact):
            slots.setdefault(slot, fact)
    return replace(topic, **slots)


def _slot(fact: Fact) -> str:
    if fact.status == "target":
        return "plan" if fact.measure == "level" else ""
    if fact.measure in ("level", "index", "ratio"):
        return "level" if fact.base is None else ""
    if fact.measure == "growth":
        return "growth" if fact.base == fact.period.shift_years(-1) else "growth_on_last"
    return _SLOTS.get(fact.measure, "")
