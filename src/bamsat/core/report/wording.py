# SPDX-License-Identifier: Apache-2.0
"""Facts in official sentences that are true and read back to the same figures (docs/reports/wording.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

from bamsat.core.report.amounts import cell, hedged, told
from bamsat.core.report.clauses import Manner, Pieces, clause
from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.names import capital, counted, mid_sentence, part_name, topic_name, whole_name
from bamsat.core.report.outline import Piece
from bamsat.core.report.parts import alike, beside, own_facts, parts_to_date
from bamsat.core.report.period_words import base_words, listed, period_words
from bamsat.core.report.phrasebook import append, choose, fill, joined, plain
from bamsat.core.report.setting import Setting
from bamsat.core.report.summary import summary

__all__ = [
    "Setting",
    "base_words",
    "cell",
    "goals",
    "hedged",
    "listed",
    "paragraph",
    "period_words",
    "plain",
    "sentence",
    "summary",
    "told",
]


def sentence(topic: Topic, setting: Setting, style: int = 0) -> tuple[Piece, ...]:
    """One topic in one or more sentences: itself, its parts, the months since January, its plan, what is lacking."""
    return tuple(_sentences(topic, style, setting, set()))


def paragraph(topics: Sequence[Topic], setting: Setting, style: int = 0) -> tuple[Piece, ...]:
    """Several topics, one behind the other; what is only aimed at comes last."""
    ordered = sorted(topics, key=lambda topic: _status(topic) == "target")
    named: set[str] = set()
    styles = (style + 7 * at if style else at * 4 for at in range(len(ordered)))
    return tuple(joined((_sentences(*each, setting, named) for each in zip(ordered, styles, strict=True)), " "))


def goals(topics: Sequence[Topic], setting: Setting, style: int = 0) -> tuple[Piece, ...]:
    """What a period is to bring, as one list: "Phấn đấu năm 2022: kim ngạch xuất khẩu đạt ..., tăng ...; ..."."""
    period = topics[0].period if topics else setting.period
    manner = Manner(style, "target")
    told_: list[Pieces] = []
    for topic in topics:
        own = _clauses(topic, manner)
        facts = topic.facts()
        if not own or facts[0].status != "target" or topic.period != period:
            continue
        name = mid_sentence(topic_name(topic, facts[0], setting.area, again=False))
        told_.append(fill("{name} {told}", name=name, told=own))
        manner = replace(manner, said=next((fact.base for fact in facts if fact.base is not None), manner.said))
    words = period_words(period)
    listed_ = joined(told_, "; ")
    return tuple(fill(choose("goals", style), period=words, Period=capital(words), goals=listed_)) if told_ else ()


def _status(topic: Topic) -> str:
    facts = topic.facts()
    return facts[0].status if facts else ""


def _sentences(topic: Topic, style: int, setting: Setting, named: set[str]) -> Pieces:
    if style:  # each indicator takes its own turn: a report in one style does not repeat one pattern
        style += crc32(topic.indicator.encode()) % 97
    told_ = _with_parts(topic, style, setting, named, "openings")
    to_date = parts_to_date(topic)
    for one in [to_date] if to_date is not None else [part.to_date for part in topic.parts if part.to_date]:
        told_ += _with_parts(one, style, setting, named, "to_date")
    if topic.lacking or not any(told_):
        told_.append(_lacking(topic))
    return joined(told_, " ")


def _with_parts(topic: Topic, style: int, setting: Setting, named: set[str], opening: str) -> list[Pieces]:
    """The topic with the parts that fit into its sentence, then the other parts, and the parts of its parts."""
    groups = alike(topic)
    inside, apart = beside(groups[0]) if groups else ([], list(topic.parts))
    told_: list[Pieces] = []
    for at, group in enumerate(groups):
        about = replace(group, parts=() if at else tuple(inside), plan=None if at else topic.plan)
        told_.append(_told_alone(about, setting, style, named, opening))
    for part in apart:
        told_ += _with_parts(part, style, setting, named, opening)
    for part in inside:
        for sub in part.parts:
            told_ += _with_parts(sub, style, setting, named, opening)
    return told_


def _told_alone(topic: Topic, setting: Setting, style: int, named: set[str], opening: str) -> Pieces:
    """One sentence: an opening, the topic's facts, its plan, its parts."""
    facts = own_facts(topic)
    status = facts[0].status if facts else ""
    announced = status if status in ("target", "forecast") else ""
    if (rest := counted(topic)) is not None:
        return _counted(topic, rest, setting, style)
    told_ = _clauses(topic, Manner(style, announced, whole=whole_name(topic) if topic.segment else ""))
    if not told_:
        return []
    name = topic_name(topic, facts[0], setting.area, again=topic.indicator in named)
    named.add(topic.indicator)
    if announced:
        opening = f"{announced}_openings" + ("_of_growth" if announced == "target" and topic.level is None else "")
    elif opening == "openings" and topic.period.length > 12:
        opening = "openings_of_years"
    period = period_words(topic.period)
    pieces = fill(
        choose(opening, style), period=period, Period=capital(period), name=mid_sentence(name), Name=capital(name)
    )
    append(pieces, told_)
    return _ended(pieces, topic, Manner(style, announced))


def _ended(pieces: Pieces, topic: Topic, manner: Manner) -> Pieces:
    """The sentence with the plan and the parts behind it."""
    append(pieces, _plan(topic.plan) if topic.plan is not None else "")
    append(pieces, _parts(topic, manner))
    append(pieces, ".")
    return pieces


def _counted(topic: Topic, rest: str, setting: Setting, style: int) -> Pieces:
    """ "Năm 2021, có 25/79 chợ đạt tiêu chí": what is counted stands behind its number."""
    level = topic.level
    if level is None:
        return []
    place = f" tại {level.area}" if level.area and level.area != setting.area else ""
    period = period_words(topic.period)
    told_ = fill(
        choose("counted_openings", style), period=period, Period=capital(period), rest=place + rest,
        number=hedged(level, style), mood=choose(f"counted_mood.{level.status}", style),
    )  # fmt: skip
    others = _clauses(replace(topic, level=None), Manner(style, level.status))
    return _ended(joined((told_, others), ", "), topic, Manner(style, level.status))


def _clauses(topic: Topic, manner: Manner) -> Pieces:
    clauses: list[Pieces] = []
    for fact in own_facts(topic):
        one = clause(fact, manner)
        clauses.append(one)
        if one:
            said = manner.said if fact.base in (None, manner.said) else None
            manner = replace(manner, announced=fact.status, said=said, first=False)
    return joined(clauses, ", ")


def _parts(topic: Topic, manner: Manner) -> Pieces:
    """ ", trong đó: A đạt ...; B đạt ...": the base that the whole was held against need not be said again."""
    compared = [fact for fact in own_facts(topic) if fact.measure == "growth" and fact.base is not None]
    rises = bool(compared) and compared[-1].value > 0
    plainly = replace(
        manner, style=0, said=compared[-1].base if compared else None, whole=whole_name(topic), rises=rises
    )
    listed_ = joined((_part(part, plainly) for part in topic.parts), "; ")
    return fill(", " + choose("parts", manner.style), parts=listed_) if listed_ else []


def _part(part: Topic, manner: Manner) -> Pieces:
    own = _clauses(part, manner)
    return fill("{name} {told}", name=part_name(part), told=own) if own else []


def _plan(plan: Fact) -> Pieces:
    return fill(choose("plan", 0), period=period_words(plan.period), number=hedged(plan))


def _lacking(topic: Topic) -> Pieces:
    periods = topic.lacking or (topic.period,)
    return fill(choose("lacking", 0), name=mid_sentence(topic.name), periods=listed(periods))
