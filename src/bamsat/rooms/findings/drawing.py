# SPDX-License-Identifier: Apache-2.0
"""The picture of a finding with its words: from what was kept of its figures to boxes, lines and bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from bamsat.rooms.findings.axis import Axis, Span, axis, distance
from bamsat.rooms.findings.models import Finding, Part, Severity
from bamsat.rooms.findings.naming import relation_name
from bamsat.rooms.findings.picture import NARROW, WIDE, Node, Picture, picture
from bamsat.rooms.findings.ties import Shown, ties
from bamsat.ui import words

_DASH = "\N{NO-BREAK SPACE}–\N{WORD JOINER}\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Both layouts of the picture with the sentence that says it, and the axis of the suspected value."""

    wide: Picture | None
    narrow: Picture | None
    says: str
    axis: Axis | None
    axis_says: str
    apart: str


def drawing(finding: Finding, parts: Sequence[Part], called: Sequence[str]) -> Drawing:
    drawn = finding.data.get("drawn", [])[: len(parts)]
    figures = [_shown(part, name, each) for part, name, each in zip(parts, called, drawn, strict=False)]
    found = ties(finding.rule, figures)
    said = [relation_name(tie.relation) for tie in found]
    suspect = next((each.get("figure") for each in finding.data.get("repairs", [])), None)
    nodes = [_node(figure, part.key == suspect, finding) for figure, part in zip(figures, parts, strict=False)]
    spans = _spans(finding, parts, figures)
    drawn_axis = axis([span for span, _unit in spans])
    wide, narrow = (picture(nodes, found, said, plan) if len(nodes) > 1 else None for plan in (WIDE, NARROW))
    apart = _apart(spans)
    return Drawing(wide, narrow, _says(figures, found, said), drawn_axis, _axis_says(spans, apart), apart)


def rounding(drawn: Mapping[str, str], number: str) -> str:
    """Between what the true value lies, as the digits and the hedge of the number say, in the unit that is written."""
    low, high = _number(drawn.get("lower")), _number(drawn.get("upper"))
    if low is not None and low == high:
        return _("đúng như viết")
    return between(low, high, drawn.get("unit", ""), number, _number(drawn.get("value")))


def between(low: Decimal | None, high: Decimal | None, unit: str, number: str, near: Decimal | None) -> str:
    """An interval in words: "5.299,5 – 5.300,5 tỷ đồng", "từ 68.800 tỷ đồng", "đến 5%"."""
    known = next((each for each in (near, high, low) if each is not None), Decimal(0))
    size, name = words.size_and_unit(known, unit, number)
    after = name if name == "%" else f" {name}" if name else ""
    if low is not None and high is not None:
        low, high = _outwards(low / size, high / size)
        size = Decimal(1)
        if low == high:
            return f"{words.number(low / size)}{after}"
        # The two ends stay on one line.
        return words.span(low / size, high / size).replace(" – ", _DASH) + after
    if low is not None:
        return _("từ %(value)s") % {"value": f"{words.number(low / size)}{after}"}
    if high is not None:
        return _("đến %(value)s") % {"value": f"{words.number(high / size)}{after}"}
    return ""


def _outwards(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """An interval that was computed, with no more digits than its width is worth; it never becomes narrower."""
    if low == high:
        return low, high
    grain = Decimal(1).scaleb((high - low).adjusted() - 1)
    return (low / grain).to_integral_value(ROUND_FLOOR) * grain, (high / grain).to_integral_value(ROUND_CEILING) * grain


def _shown(part: Part, name: str, drawn: Mapping[str, str]) -> Shown:
    said = {name: drawn.get(name, "") for name in
            ("measure", "indicator", "segment", "place", "period", "base", "status", "unit")}  # fmt: skip
    return Shown(
        part.number, name, **said, value=_number(drawn.get("value")), low=_number(drawn.get("lower")),
        high=_number(drawn.get("upper")),
    )  # fmt: skip


def _node(figure: Shown, suspect: bool, finding: Finding) -> Node:
    when = words.period(figure.period)
    name = figure.label
    for language in ("vi", words.language()):  # a label says measure and period at its end
        with translation.override(language):
            name = name.removesuffix(f", {words.period(figure.period)}").removesuffix(
                f", {words.measure(figure.measure)}"
            )
    if figure.measure != "level":
        when = f"{words.measure(figure.measure)} · {when}" if when else words.measure(figure.measure)
    if figure.status in ("estimate", "target", "plan", "forecast"):
        when = f"{when} · {words.status(figure.status)}" if when else words.status(figure.status)
    if not suspect:
        return Node(name, figure.number, when)
    error = finding.severity == Severity.ERROR
    return Node(name, figure.number, when, "bad" if error else "doubt", _("đáng ngờ nhất") if error else _("đáng hỏi"))


def _says(figures: Sequence[Shown], found: Sequence[Any], said: Sequence[str]) -> str:
    """The picture in words, for who does not see it: each relation with the figures that it ties."""
    told = [f"{relation}: {'; '.join(f'{figures[at].label} {figures[at].number}' for at in tie.all)}"
            for tie, relation in zip(found, said, strict=True)]  # fmt: skip
    return _("Các số liên hệ với nhau. %(ties)s.") % {"ties": ". ".join(told)}


# One value on one axis: what is printed, and what the others demand.

_Said = tuple[Span, tuple[str, str, Decimal | None]]  # with its unit, the number as written and a value near it


def _spans(finding: Finding, parts: Sequence[Part], figures: Sequence[Shown]) -> list[_Said]:
    if finding.rule == "told_twice" and len(figures) == 2 and figures[0].measure == figures[1].measure:
        return [_printed(figure, f"{part.source}: {figure.number}" if part.source else figure.number, kind)
                for figure, part, kind in zip(figures, parts, ("printed", "asked"), strict=True)]  # fmt: skip
    by_key = {part.key: figure for part, figure in zip(parts, figures, strict=False)}
    for repair in finding.data.get("repairs", []):
        figure, low, high = by_key.get(repair.get("figure")), _number(repair.get("low")), _number(repair.get("high"))
        if figure is not None and not (low is None and high is None):
            demanded = between(low, high, figure.unit, figure.number, figure.value)
            span = Span(_("Các số kia đòi: %(span)s") % {"span": demanded}, low, high, "asked")
            said = _("Viết: %(number)s") % {"number": figure.number}
            return [_printed(figure, said), (span, (figure.unit, figure.number, figure.value))]
    return []


def _printed(figure: Shown, said: str, kind: str = "printed") -> _Said:
    told = between(figure.low, figure.high, figure.unit, figure.number, figure.value)
    more = _("%(said)s (%(span)s)") % {"said": said, "span": told} if figure.low != figure.high else said
    return Span(more, figure.low, figure.high, kind), (figure.unit, figure.number, figure.value)


def _apart(spans: Sequence[_Said]) -> str:
    """How far the two are apart, in words; nothing where they meet."""
    if len(spans) < 2 or (far := distance(spans[0][0], spans[1][0])) is None:
        return ""
    far = far.quantize(Decimal(1).scaleb(far.adjusted() - 2), ROUND_FLOOR)  # never said to be farther than it is
    unit, number, near = spans[0][1]
    said = between(far, far, "point" if unit == "%" else unit, number if unit != "%" else "", near)
    return _("cách nhau %(distance)s") % {"distance": said}


def _axis_says(spans: Sequence[_Said], apart: str) -> str:
    told = [span.words for span, _unit in spans]
    return ". ".join([*told, words.capital(apart)] if apart else told) + "." if told else ""


def _number(text: str | None) -> Decimal | None:
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None
