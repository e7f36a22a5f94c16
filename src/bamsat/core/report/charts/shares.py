# SPDX-License-Identifier: Apache-2.0
"""Shares of a whole: one stacked column a period, its parts named at the right, where they lie in the last one."""

from __future__ import annotations

from collections.abc import Sequence

from bamsat.core.report.charts.look import INK_3, WIDTH, Spec, frame, wrapped
from bamsat.core.report.charts.values import LACKING, Value

_HEIGHT = 230
_NAMES = 250
_LINE = 15
# From the accent to white: neighbours differ in black and white too, a white line parts them.
_TONES = ("#1d4e89", "#9aa6b1", "#5480b5", "#c9d1d8", "#7b8793", "#a9c0dd", "#45525f", "#dfe4e8")
_DARK = {"#1d4e89", "#5480b5", "#7b8793", "#45525f"}


def shares(columns: Sequence[tuple[str, Sequence[Value]]], described: str = "") -> Spec:
    """Parts of 100 %, the same parts in each column, the first lowest. Numbers are percent."""
    data = [_part(column, name, value) for column, (name, values) in enumerate(columns) for value in _stacked(values)]
    band = (WIDTH - _NAMES - 4) / max(len(columns), 1)
    x: Spec = {
        "field": "column",
        "type": "ordinal",
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    width = min(band * 0.62, 110)
    layers: list[Spec] = [
        _sections(data, x, width),
        *_inside(data, x),
        _column_names(columns, x),
        *_names([part for part in data if part["column"] == len(columns) - 1], band, width),
    ]
    return frame(_HEIGHT, layers, {"left": 4, "right": _NAMES, "top": 10, "bottom": 28}, described)


def _stacked(values: Sequence[Value]) -> list[tuple[Value, float, float, str]]:
    reached = 0.0
    stacked = []
    for place, value in enumerate(values):
        end = reached + max(float(value.number or 0), 0.0)
        stacked.append((value, reached, end, _TONES[place % len(_TONES)]))
        reached = end
    return stacked


def _part(column: int, name: str, part: tuple[Value, float, float, str]) -> Spec:
    value, start, end, tone = part
    words = value.words if value.number is None or value.words.endswith("%") else f"{value.words}%"
    return {
        "column": column,
        "name": name,
        "label": value.label,
        "from": start,
        "to": end,
        "middle": (start + end) / 2,
        "words": words,
        "tone": tone,
        "known": value.number is not None,
    }


def _y(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [0, 100], "nice": False}}


def _sections(data: list[Spec], x: Spec, width: float) -> Spec:
    return {
        "data": {"values": data},
        "mark": {"type": "bar", "width": width, "stroke": "#ffffff", "strokeWidth": 1.5},
        "encoding": {
            "x": x,
            "y": _y("from"),
            "y2": {"field": "to"},
            "color": {"field": "tone", "type": "nominal", "scale": None, "legend": None},
        },
    }


def _inside(data: list[Spec], x: Spec) -> list[Spec]:
    """The number in its section where there is room; the last column's stand with the names."""
    last = max((part["column"] for part in data), default=0)
    high = [part for part in data if part["to"] - part["from"] >= 6.5 and part["column"] < last]
    return [
        {
            "data": {"values": [part for part in high if (part["tone"] in _DARK) == dark]},
            "mark": {"type": "text", "baseline": "middle", **({"color": "#ffffff"} if dark else {})},
            "encoding": {"x": x, "y": _y("middle"), "text": {"field": "words", "type": "nominal"}},
        }
        for dark in (True, False)
    ]


def _column_names(columns: Sequence[tuple[str, Sequence[Value]]], x: Spec) -> Spec:
    return {
        "data": {"values": [{"column": place, "name": name} for place, (name, _) in enumerate(columns)]},
        "mark": {"type": "text", "baseline": "top"},
        "encoding": {"x": x, "y": {"value": _HEIGHT + 8}, "text": {"field": "name", "type": "nominal"}},
    }


def _names(parts: list[Spec], band: float, width: float) -> list[Spec]:
    """Names beside the last column, each as near to its section as the others allow, tied to it by a hairline."""
    labels = [wrapped(f"{part['label']} {part['words'] if part['known'] else LACKING}", _NAMES - 24) for part in parts]
    heights = [_LINE * (label.count("\n") + 1) + 3 for label in labels]
    wanted = [_HEIGHT * (1 - min(part["middle"], 100) / 100) for part in parts]
    placed = _apart(wanted, heights)
    edge = -(band - width) / 2
    marks: list[Spec] = []
    for label, want, got in zip(labels, wanted, placed, strict=True):
        marks.append(_segment(edge + 1, want, edge + 12, want))
        marks.append(_segment(edge + 12, want, 2, got))
        marks.append(
            {
                "data": {"values": [{}]},
                "mark": {"type": "text", "align": "left", "baseline": "middle"},
                "encoding": {
                    "x": {"value": WIDTH - _NAMES - 4 + 8},
                    "y": {"value": got - _LINE * label.count("\n") / 2},
                    "text": {"value": label},
                },
            }
        )
    return marks


def _segment(x: float, y: float, x2: float, y2: float) -> Spec:
    right = WIDTH - _NAMES - 4
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": INK_3, "strokeWidth": 0.75},
        "encoding": {
            "x": {"value": right + x},
            "y": {"value": y},
            "x2": {"value": right + x2},
            "y2": {"value": y2},
        },
    }


def _apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Middles of labels that do not cover each other, lowest first, all within the chart as far as they can be."""
    placed: list[float] = []
    below = float(_HEIGHT)
    for want, height in zip(wanted, heights, strict=True):
        middle = min(want, below - height / 2)
        placed.append(middle)
        below = middle - height / 2
    above = 0.0
    for place in range(len(placed) - 1, -1, -1):
        middle = max(placed[place], above + heights[place] / 2)
        placed[place] = middle
        above = middle + heights[place] / 2
    return placed
