# SPDX-License-Identifier: Apache-2.0
"""Between two numbers: where the words that finish one figure end and those that open the next begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bamsat.core.read.lexicon import Event, within
from bamsat.core.read.periods import Mention
from bamsat.core.read.quantities import Quantity

_SEPARATOR = re.compile(
    r"[;:()\[\]\n]|,(?!\d)|\.(?=\s|$)"
    r"|[ \u00a0](?:và|còn|nhưng|song|trong khi|trong đó|riêng|với|mà|dù|tuy)(?=[ \u00a0])"
    r"|[ \u00a0][-–—](?=[ \u00a0])"
)
PREDICATES = frozenset(
    ("direction", "more", "than", "exceed", "times", "reach", "equal", "share", "contribution", "estimate", "balance")
)
COMPARERS = frozenset(("versus", "base", "plan", "forecast_base"))
_RELATIVE = frozenset(["percent", "times", "none", "point"])
_BREAK = re.compile(r"[;:()\n,]|\.\s")
_SENTENCE = re.compile(r"[.!?…][ \u00a0]+(?=[^\W\d_]|[“\"(\-+•\d])|[\t\n]+")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:tp|tr|tt|st|ths|ts|gs|q|p|h|tx)\.$")


@dataclass(slots=True)
class Comparison:
    """What a figure is compared with: the words' span, the sort of base, and a period where one is named."""

    start: int
    end: int
    kind: str  # prev_year prev december period plan forecast
    mention: Mention | None = None
    versus: bool = False


@dataclass(slots=True)
class Clause:
    """One quantity with the words before it (head) and after it (tail)."""

    quantity: Quantity
    head_start: int
    tail_end: int
    head: list[Event] = field(default_factory=list)
    tail: list[Event] = field(default_factory=list)
    head_compare: Comparison | None = None
    tail_compare: Comparison | None = None
    mention: Mention | None = None
    mentions: list[Mention] = field(default_factory=list)
    aside: tuple[int, int] | None = None  # brackets that were closed before the number
    asides: list[Event] = field(default_factory=list)  # events in brackets that were closed before the number
    named: list[Comparison] = field(default_factory=list)  # every comparison around the number
    tail_mention: Mention | None = None
    bracketed: bool = False
    last_year: bool = False  # "trong khi cùng kỳ năm trước tăng 14,5%": told of the year before
    opens: str = ""  # the separator that the head follows
    head_plan: Comparison | None = None
    plan_opens: bool = False  # the sentence opens with the plan: "Kế hoạch kinh phí năm 2016 là ..."


def sentences(text: str, low: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a block; an abbreviation's full stop ends none."""
    spans, at = [], start
    for match in _SENTENCE.finditer(text, start, end):
        stop = match.start() if match[0].isspace() else match.start() + 1
        if text[match.end() : match.end() + 1].islower() or _ABBREVIATED.search(low, max(start, stop - 5), stop):
            continue
        if stop > at:
            spans.append((at, stop))
        at = match.end()
    if at < end:
        spans.append((at, end))
    return spans


def _follows_closely(low: str, one_end: int, other_start: int) -> bool:
    """Whether only small words and no separator stand between two known wordings."""
    return other_start - one_end <= 18 and _BREAK.search(low, one_end, other_start) is None


def comparisons(low: str, events: list[Event], periods: list[Mention], start: int, end: int) -> list[Comparison]:
    """The groups of words in a span that name a base or a plan: "so với cùng kỳ năm 2020", "KH năm 2021"."""
    items: list[tuple[int, int, str, Event | Mention]] = [
        (e.start, e.end, "than" if e.kind == "direction" else e.kind, e)
        for e in events
        if e.kind in COMPARERS
        or e.kind == "than"
        or (e.kind == "direction" and low[e.end - 3 : e.end] in ("hơn", "kém"))
    ]
    items += [(m.start, m.end, "period", m) for m in periods if start <= m.start < end]
    items.sort(key=lambda item: (item[0], -item[1]))
    groups: list[Comparison] = []
    group: Comparison | None = None
    for at, stop, kind, item in items:
        if group is not None and at < group.end:
            if isinstance(item, Mention) and stop > group.end:  # "kế hoạch năm | 2024"
                group.mention, group.end = item, stop
            continue
        joins = group is not None and (
            _follows_closely(low, group.end, at)
            or (kind == group.kind == "plan" and low[group.end : at].strip() == "(")
        )
        if kind == "than":
            group = Comparison(stop, stop, "than")  # the word itself stays outside: it is the verb
            continue
        if kind == "versus":
            if group is not None and joins and group.kind == "than":
                group.end, group.versus = stop, True
                continue
            group = Comparison(at, stop, "than", versus=True)
            continue
        if kind == "period":
            assert isinstance(item, Mention)
            if group is None or not joins or item.kind == "this":
                group = None
                continue
            if group.mention is None or group.kind == "plan":
                group.mention = item
            group.end = stop
            if group.kind == "than":
                group.kind = "period"
                groups.append(group)
            continue
        assert isinstance(item, Event)
        if group is not None and joins and group.kind == "than":
            group.end = stop
            group.kind = "plan" if kind == "plan" else "forecast" if kind == "forecast_base" else item.means["base"]
            groups.append(group)
            continue
        if kind == "plan" and group is not None and joins and group.kind == "plan":
            group.end = stop
            continue
        if kind == "base" and group is not None and joins and group.kind in ("prev_year", "prev"):
            group.end = stop
            continue
        group = Comparison(
            at, stop, "plan" if kind == "plan" else "forecast" if kind == "forecast_base" else item.means["base"]
        )
        if kind == "forecast_base":
            group = None
            continue
        groups.append(group)
    return [g for g in groups if g.kind != "than"]


def _split(
    low: str, before: Quantity, gap_start: int, gap_end: int, events: list[Event], groups: list[Comparison]
) -> int:
    """Where the tail of the number before ends."""
    group_spans = [(g.start, g.end) for g in groups]
    separators = [
        m for m in _SEPARATOR.finditer(low, gap_start, gap_end) if not any(a <= m.start() < b for a, b in group_spans)
    ]
    first = separators[0].start() if separators else gap_end
    predicate = next(
        (
            e for e in events
            if e.kind in PREDICATES
            and not (e.kind == "than" and any(a <= e.start < b for a, b in group_spans))
            and not (e.kind == "estimate" and low[max(gap_start, e.start - 5) : e.start].strip() == "mức")
        ),
        None,
    )  # fmt: skip
    # "tăng 7,7%, so với cùng kỳ; ...": a comparison after a comma still belongs to the number before it
    if separators and low[first] in ",(" and before.kind in _RELATIVE:
        after = next(
            (
                g
                for g in groups
                if (g.start >= first and g.start - first <= 3 and g.kind != "plan")
                or (g.start >= first and g.start - first <= 3 and g.versus)
            ),
            None,
        )
        if after is not None:
            rest = [m.start() for m in separators if m.start() >= after.end]
            until = rest[0] if rest else gap_end
            acts = predicate is not None and after.end <= predicate.start < until
            if not acts and (rest or gap_end == until) and low[after.end : until].strip(" \u00a0") == "" and rest:
                return until
    if predicate is not None and predicate.start < first:
        # a comparison that stands before the predicate opens it: "đạt 142 tỷ so với cùng kỳ tăng 5%"
        lead = next(
            (g for g in groups if g.end <= predicate.start and _follows_closely(low, g.end, predicate.start)), None
        )
        return lead.start if lead is not None and before.kind not in _RELATIVE else predicate.start
    return first


def clauses(
    low: str, start: int, end: int, quantities: list[Quantity], events: list[Event], periods: list[Mention]
) -> list[Clause]:
    """Each quantity of a sentence with its head and its tail."""
    found: list[Clause] = []
    borders = [start]
    gap_groups: list[list[Comparison]] = []
    for index, quantity in enumerate(quantities):
        gap_start = quantities[index - 1].end if index else start
        gap_events = within(events, gap_start, quantity.start)
        gap_periods = [m for m in periods if gap_start <= m.start < quantity.start]
        groups = comparisons(low, gap_events, gap_periods, gap_start, quantity.start)
        gap_groups.append(groups)
        if index:
            borders.append(_split(low, quantities[index - 1], gap_start, quantity.start, gap_events, groups))
    last_groups = comparisons(
        low, within(events, quantities[-1].end, end), [m for m in periods if quantities[-1].end <= m.start < end],
        quantities[-1].end, end,
    )  # fmt: skip
    gap_groups.append(last_groups)
    tail_stop = _split(
        low, quantities[-1], quantities[-1].end, end, within(events, quantities[-1].end, end), last_groups
    )
    for index, quantity in enumerate(quantities):
        head_start = borders[index]
        tail_end = borders[index + 1] if index + 1 < len(borders) else tail_stop
        clause = Clause(quantity, head_start, tail_end)
        clause.opens = low[head_start : head_start + 1] if head_start < quantity.start else ""
        strong = max(low.rfind(mark, head_start, quantity.start) for mark in ";)\n")
        heads = [g for g in gap_groups[index] if g.start >= head_start]
        tails = [g for g in gap_groups[index + 1] if g.end <= tail_end]
        spans = [(g.start, g.end) for g in (*heads, *tails)]
        opened = max(low.rfind("(", start, quantity.start), low.rfind("[", start, quantity.start))
        closed = max(low.rfind(")", start, quantity.start), low.rfind("]", start, quantity.start))
        clause.bracketed = opened > closed
        asides = list(spans)
        if not clause.bracketed and head_start <= opened < closed:
            clause.aside = (opened, closed + 1)
            asides.append((opened, closed))  # "hàng hóa giám sát (quá cảnh, tạm nhập tái xuất) khoảng ..."
        clause.head = [
            e for e in within(events, head_start, quantity.start) if not any(a <= e.start < b for a, b in asides)
        ]
        clause.asides = [
            e
            for e in within(events, head_start, quantity.start)
            if len(asides) > len(spans) and opened <= e.start < closed
        ]
        clause.named = [*gap_groups[index], *(gap_groups[-1] if index == len(quantities) - 1 else [])]
        clause.tail = [e for e in within(events, quantity.end, tail_end) if not any(a <= e.start < b for a, b in spans)]
        clause.head_plan = next((g for g in heads if g.kind == "plan"), None)
        clause.plan_opens = not index and any(
            g.kind == "plan" and not g.versus and g.start - start <= 16 for g in heads
        )
        colon = low.rfind(":", head_start, quantity.start)
        near = [
            g
            for g in heads
            if (g.start > strong or head_start == strong) and (g.versus or g.kind != "plan" or g.start > colon)
        ]
        clause.head_compare = near[-1] if near else None
        clause.tail_compare = tails[0] if tails else None
        compare = clause.head_compare
        if compare is not None and compare.kind == "prev_year" and not compare.versus and not tails:
            lead = low[head_start : compare.start].strip(" \u00a0,;(")
            acts = any(
                e.kind == "direction" and e.start >= compare.end for e in within(events, head_start, quantity.start)
            )
            than = any(
                e.kind in ("than", "direction") and e.end <= compare.start
                for e in within(events, head_start, quantity.start)
            )
            clause.last_year = acts and not than and lead in ("", "trong khi", "còn", "khi")
        for mention in periods:
            if any(a <= mention.start < b for a, b in spans):
                continue
            if not clause.bracketed and opened <= mention.start < closed:
                continue  # "hộ nghèo (chuẩn 2016 - 2020)"
            if head_start <= mention.start < quantity.start:
                clause.mentions.append(mention)
                clause.mention = mention if mention.kind != "date" or clause.mention is None else clause.mention
            elif quantity.end <= mention.start < tail_end and clause.tail_mention is None:
                clause.tail_mention = mention
        found.append(clause)
    return found
