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
_TOLD_OF = re.compile(r"[ \u00a0]?\(([^()]{3,24})\)")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:tp|tr|tt|st|ths|ts|gs|q|p|h|tx)\.$")

_BASE_REACHES = ("", "là", "đạt", "mới", "chỉ", "chỉ đạt", "mới đạt", "sản xuất", "tiêu thụ", "khai thác", "thực hiện")


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
    head_plan: Comparison | None = None
    base_level: bool = False  # "(cùng kỳ 268 nghìn lượt)": the level of the base itself
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


def _names_base(low: str, start: int, event: Event) -> bool:
    """ "tăng 10% so với (ước) thực hiện năm nay": the words say of what year the base is, and tell nothing else."""
    if not low.endswith("thực hiện", event.start, event.end) or not low.startswith(" năm nay", event.end):
        return False
    before = low[max(start, event.start - 24) : event.start].rstrip(" \u00a0")
    return before.endswith(("so với", "so", "so với mức", "so với số", "so với kết quả", "so với ước"))


def _split(
    low: str, before: Quantity, gap_start: int, gap_end: int, events: list[Event], groups: list[Comparison]
) -> int:
    """Where the tail of the number before ends."""
    group_spans = [(g.start, g.end) for g in groups]
    # nor does "và" part "tổng mức bán lẻ hàng hóa và doanh thu dịch vụ"
    closed = [*group_spans, *((e.start, e.end) for e in events if e.kind == "indicator")]
    separators = [
        m for m in _SEPARATOR.finditer(low, gap_start, gap_end) if not any(a <= m.start() < b for a, b in closed)
    ]
    first = separators[0].start() if separators else gap_end
    predicate = next(
        (
            e for e in events
            if e.kind in PREDICATES
            and not (e.kind == "than" and any(a <= e.start < b for a, b in group_spans))
            and not (e.kind == "estimate" and low[max(gap_start, e.start - 5) : e.start].strip() == "mức")
            and not (e.kind == "reach" and low[max(gap_start, e.start - 4) : e.start].strip() == "về")
            and not (e.kind in ("reach", "estimate") and _names_base(low, gap_start, e))
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
    stops = [*(quantity.start for quantity in quantities), end]
    starts = [start, *(quantity.end for quantity in quantities)]
    gaps = [within(events, one, other) for one, other in zip(starts, stops, strict=True)]
    groups: list[list[Comparison]] = []
    borders = [start]
    for index, gap in enumerate(gaps):
        inside = [m for m in periods if starts[index] <= m.start < stops[index]] if periods else []
        compared = comparisons(low, gap, inside, starts[index], stops[index]) if gap or inside else []
        groups.append(compared)
        if index:
            told = _TOLD_OF.match(low, starts[index], stops[index])
            if told is not None and any((m.start, m.end) == told.span(1) for m in inside):
                borders.append(told.end())  # "tăng 3,11% (năm 2017) và 8,16% (năm 2018)"
            else:
                borders.append(_split(low, quantities[index - 1], starts[index], stops[index], gap, compared))
    found = []
    for index, quantity in enumerate(quantities):
        clause = Clause(quantity, borders[index], borders[index + 1])
        clause.named = [*groups[index], *(groups[-1] if index == len(quantities) - 1 else ())]
        heads = [g for g in groups[index] if g.start >= clause.head_start]
        tails = [g for g in groups[index + 1] if g.end <= clause.tail_end]
        _brackets(clause, low, start)
        _events(
            clause, gaps[index], gaps[index + 1], [(g.start, g.end) for g in heads], [(g.start, g.end) for g in tails]
        )
        _compare(clause, low, start if not index else -1, heads, tails)
        if periods:
            _mentions(clause, periods, [(g.start, g.end) for g in (*heads, *tails)])
        found.append(clause)
    return found


def _brackets(clause: Clause, low: str, start: int) -> None:
    """Whether the number stands in brackets, and the brackets that were closed before it."""
    at = clause.quantity.start
    opened = max(low.rfind("(", start, at), low.rfind("[", start, at))
    if opened < 0:
        return
    closed = max(low.rfind(")", start, at), low.rfind("]", start, at))
    clause.bracketed = opened > closed
    if clause.head_start <= opened < closed:
        clause.aside = (opened, closed + 1)  # "hàng hóa giám sát (quá cảnh, tạm nhập tái xuất) khoảng ..."


def _events(
    clause: Clause,
    before: list[Event],
    after: list[Event],
    head_spans: list[tuple[int, int]],
    tail_spans: list[tuple[int, int]],
) -> None:
    """The events of head and tail, less those of comparisons and of closed brackets."""
    head = [e for e in before if e.start >= clause.head_start]
    if clause.aside:
        opened, closed = clause.aside
        clause.asides = [e for e in head if opened <= e.start < closed]
        head = [e for e in head if not opened <= e.start < closed]
    clause.head = _outside(head, head_spans)
    clause.tail = _outside([e for e in after if e.start < clause.tail_end], tail_spans)


def _outside(events: list[Event], spans: list[tuple[int, int]]) -> list[Event]:
    for one, other in spans:
        events = [e for e in events if not one <= e.start < other]
    return events


def _compare(clause: Clause, low: str, opening: int, heads: list[Comparison], tails: list[Comparison]) -> None:
    """The comparisons that are the number's own; `opening` is where its sentence starts, for the first number."""
    clause.tail_compare = tails[0] if tails else None
    if not heads:
        return
    head_start, at = clause.head_start, clause.quantity.start
    clause.head_plan = next((g for g in heads if g.kind == "plan"), None)
    clause.plan_opens = opening >= 0 and any(
        g.kind == "plan" and not g.versus and g.start - opening <= 16 for g in heads
    )
    strong = max(low.rfind(mark, head_start, at) for mark in ";)\n")
    colon = low.rfind(":", head_start, at)
    near = [
        g
        for g in heads
        if (g.start > strong or head_start == strong) and (g.versus or g.kind != "plan" or g.start > colon)
    ]
    clause.head_compare = near[-1] if near else None
    compare = clause.head_compare
    if compare is None or compare.kind not in ("prev_year", "prev") or compare.versus or tails:
        return
    if low[head_start : compare.start].strip(" \u00a0,;(") in ("", "trong khi", "còn", "khi"):
        rest = low[compare.end : at].strip(" \u00a0:")
        clause.base_level = rest in _BASE_REACHES or _told_of_base(
            clause, compare, low[head_start : compare.start].strip(" \u00a0") in ("", ";")
        )
        clause.last_year = compare.kind == "prev_year" and _tells_last_year(clause, compare)


def _told_of_base(clause: Clause, compare: Comparison, opens: bool) -> bool:
    """ "Quý trước, doanh thu bán lẻ đạt 9.120 tỷ đồng": the words that open the clause name the period of its level."""
    after = [e.kind for e in clause.head if e.start >= compare.end]
    return opens and "reach" in after and not {"than", "direction", "equal", "times", "exceed"}.intersection(after)


def _tells_last_year(clause: Clause, compare: Comparison) -> bool:
    """ "..., trong khi cùng kỳ năm trước tăng 14,5%": the words name the period, not the base."""
    acts = any(e.kind == "direction" and e.start >= compare.end for e in clause.head)
    than = any(e.kind in ("than", "direction") and e.end <= compare.start for e in clause.head)
    return acts and not than


def _mentions(clause: Clause, periods: list[Mention], spans: list[tuple[int, int]]) -> None:
    """The period phrases of head and tail that no comparison holds."""
    at, aside = clause.quantity.start, clause.aside
    for mention in periods:
        if any(one <= mention.start < other for one, other in spans):
            continue
        if aside and aside[0] <= mention.start < aside[1] - 1:
            continue  # "hộ nghèo (chuẩn 2016 - 2020)"
        if clause.head_start <= mention.start < at:
            clause.mentions.append(mention)
            clause.mention = mention if mention.kind != "date" or clause.mention is None else clause.mention
        elif clause.quantity.end <= mention.start < clause.tail_end and clause.tail_mention is None:
            clause.tail_mention = mention
