# SPDX-License-Identifier: Apache-2.0
"""How charts look: the accent and the greys of the page, one typeface, one width, and lines of words that fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bamsat.core.report.charts.values import State

Spec = dict[str, Any]

ACCENT = "#1d4e89"  # tokens.css: --accent
PAST = "#9aa6b1"  # --bar-past
INK = "#15202b"  # --ink, --plan
INK_3 = "#5c6976"  # --ink-3
LINE = "#b8c1c9"  # --line-2

# Two colours that stand for hatching: whoever draws the specification replaces them by a pattern (drawing.py); whoever
# does not still shows a chart that can be read.
HATCHED = "#7795b8"
HATCHED_GREY = "#b3bcc4"

COLOURS: dict[State, str] = {"actual": ACCENT, "estimate": HATCHED, "derived": HATCHED_GREY, "past": PAST}
STATE_WORDS: dict[State, str] = {"estimate": "Ước", "derived": "Suy ra", "past": "Cùng kỳ năm trước", "actual": ""}

FONT = "Liberation Sans"  # the one family that the drawer carries: another name draws no words at all
SIZE = 12
WIDTH = 600  # px: 160 mm of a page at 96 px an inch


def words_width(text: str, size: float = SIZE) -> float:
    """About how wide words are drawn, in px: enough to know whether they fit."""
    return max((len(line) for line in text.split("\n")), default=0) * size * 0.54


def wrapped(text: str, width: float, size: float = SIZE) -> str:
    """The text in lines of at most this width.

    >>> wrapped("Giá trị sản xuất công nghiệp", 100)
    'Giá trị sản\\nxuất công\\nnghiệp'
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and words_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def frame(height: float, layers: Sequence[Spec], padding: Mapping[str, float], described: str) -> Spec:
    """A whole specification: fixed size, so that page, Word and PDF give it the same room."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": described,
        "width": WIDTH - padding["left"] - padding["right"],
        "height": height,
        "padding": dict(padding),
        "autosize": {"type": "none"},
        "background": "#ffffff",
        "layer": list(layers),
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "text": {"font": FONT, "fontSize": SIZE, "color": INK, "lineBreak": "\n", "lineHeight": SIZE + 2},
            "axis": {"labelFont": FONT, "labelFontSize": SIZE, "labelColor": INK, "domainColor": INK, "grid": False},
        },
    }


def key(entries: Sequence[tuple[str, str]], top: float, left: float = 0) -> list[Spec]:
    """What colours mean, in a line over the chart: only where the chart has more than one kind of bar.

    A name "—" before the colour stands for a line instead of a square.
    """
    layers: list[Spec] = []
    across = left
    for colour, words in entries:
        line = colour.startswith("—")
        mark: Spec = {"type": "rule", "color": colour[1:], "strokeWidth": 2.5} if line else _square(colour)
        place: Spec = {"x": {"value": across + (0 if line else 6)}, "y": {"value": top}}
        if line:
            place["x2"] = {"value": across + 14}
        layers.append(_one(mark, place))
        mark = {"type": "text", "align": "left", "baseline": "middle"}
        layers.append(_one(mark, {"x": {"value": across + 19}, "y": {"value": top}, "text": {"value": words}}))
        across += 19 + words_width(words) + 22
    return layers


def _square(colour: str) -> Spec:
    stroke = ACCENT if colour == HATCHED else INK_3 if colour == HATCHED_GREY else colour
    return {"type": "square", "size": 130, "color": colour, "opacity": 1, "stroke": stroke, "strokeWidth": 1}


def _one(mark: Spec, encoding: Spec) -> Spec:
    """A mark of its own that belongs to no value."""
    return {"data": {"values": [{}]}, "mark": mark, "encoding": encoding}


def coloured(field: str = "state") -> Spec:
    """The colour of a bar by what is known of it."""
    return {
        "field": field,
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())},
    }


def outlined(field: str = "state") -> Spec:
    """The edge of a bar: hatched bars need one."""
    return {
        "field": field,
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(COLOURS), "range": [ACCENT, ACCENT, INK_3, PAST]},
    }
