# SPDX-License-Identifier: Apache-2.0
"""Bars in rows, a name before each: plan ratios against 100, growth on both sides of zero, contributions added up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bamsat.core.report.charts.look import (
    ACCENT,
    COLOURS,
    INK,
    INK_3,
    STATE_WORDS,
    WIDTH,
    Spec,
    coloured,
    frame,
    key,
    outlined,
    wrapped,
)
from bamsat.core.report.charts.values import LACKING, Value, signed
from bamsat.core.terms.numbers import format_number

_NAMES = 210  # px before the bars
_BAR = 15
_ROW = 30
_AFTER = 66  # px behind the longest bar, for its number


def plan_ratios(values: Sequence[Value], described: str = "") -> Spec:
    """How much of its plan each indicator has reached, with the line of 100 %."""
    rows = [_row(value, place, 0.0, value.number, _percent(value.words)) for place, value in enumerate(values)]
    top = max([100.0, *(row["to"] for row in rows if row["to"] is not None)])
    low = min([0.0, *(row["to"] for row in rows if row["to"] is not None)])
    across = (100 - low) / (top - low) * (WIDTH - _NAMES - _AFTER - (_AFTER if low < 0 else 0))
    more = [_line(100, low, top, INK, 2), _one_word("100% kế hoạch", across, -9)]
    return _framed(rows, low, top, more, 24, described)


def growths(values: Sequence[Value], described: str = "") -> Spec:
    """Growth of each, to the right where it rose and to the left where it fell."""
    rows = [_row(value, place, 0.0, value.number, _percent(signed(value))) for place, value in enumerate(values)]
    return _framed(rows, *_both_sides(rows), [], 8, described)


def contributions(values: Sequence[Value], total: Value, described: str = "") -> Spec:
    """What each part adds to the whole: bars begin where the one before ended, then the sum."""
    rows: list[Spec] = []
    reached = Decimal(0)
    for place, value in enumerate(values):
        end = None if value.number is None else reached + value.number
        rows.append(_row(value, place, float(reached), end, signed(value)))
        reached = reached if end is None else end
    rows.append({**_row(total, len(rows), 0.0, total.number, signed(total)), "sum": True})
    unexplained = (total.number or Decimal(0)) - reached
    if total.number is not None and abs(unexplained) >= _smallest(values):
        rest = Value("Phần còn lại", unexplained, format_number(unexplained), "past")
        rows.insert(-1, _row(rest, len(rows) - 1, float(reached), total.number, signed(rest)))
        rows[-1] = {**rows[-1], "place": len(rows) - 1}
    return _framed(rows, *_both_sides(rows), [], 8, described)


def _smallest(values: Sequence[Value]) -> Decimal:
    """Half a unit of the last decimal of each part: less than that is rounding, not a part of its own."""
    places = [-int(value.number.as_tuple().exponent) for value in values if value.number is not None]
    return Decimal(len(values)).scaleb(-max(places, default=0)) / 2


def _row(value: Value, place: int, start: float, end: Decimal | None, words: str) -> Spec:
    return {
        "place": place,
        "label": wrapped(value.label, _NAMES - 14),
        "from": start,
        "to": None if end is None or value.number is None else float(end),
        "words": words if value.number is not None else LACKING,
        "state": value.state,
        "sum": False,
    }


def _percent(words: str) -> str:
    return words if words == LACKING or words.endswith("%") else f"{words}%"


def _row_height(row: Spec) -> float:
    return float(max(_ROW, 12 + 14 * (row["label"].count("\n") + 1)))


def _both_sides(rows: Sequence[Spec]) -> tuple[float, float]:
    ends = [0.0, *(row[end] for row in rows for end in ("from", "to") if row[end] is not None)]
    return (min(ends), max(ends)) if max(ends) > min(ends) else (0.0, 1.0)


def _framed(rows: list[Spec], low: float, top: float, more: list[Spec], above: float, described: str) -> Spec:
    left = _AFTER if low < 0 else 0
    middle = 0.0
    for row in rows:  # where names are long, rows are higher
        row["y"] = middle + _row_height(row) / 2
        middle += _row_height(row)
        row["down"] = (row["to"] or 0) < row["from"]
    entries = _key_of(rows)
    padding = {"left": _NAMES + left, "right": _AFTER, "top": above + (24 if entries else 0), "bottom": 6}
    x = _x("from", low, top)
    layers = [
        {"data": {"values": rows}, "layer": _bars(x, left)},
        _line(0, low, top, INK, 1),
        *more,
        *key(entries, -above - 10, -_NAMES - left + 4),
    ]
    return frame(middle, layers, padding, described)


def _key_of(rows: Sequence[Spec]) -> list[tuple[str, str]]:
    states = {row["state"] for row in rows if row["to"] is not None}
    shown = [state for state in ("estimate", "derived") if state in states]
    if not shown:
        return []
    actual = [(ACCENT, "Thực hiện")] if "actual" in states else []
    return [*actual, *((COLOURS[state], STATE_WORDS[state]) for state in shown)]  # type: ignore[index]


def _x(field: str, low: float, top: float) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [low, top], "nice": False, "zero": False},
    }


def _y() -> Spec:
    return {"field": "y", "type": "quantitative", "axis": None, "scale": None}


def _bars(x: Spec, left: float) -> list[Spec]:
    known = {"filter": "isValid(datum.to)"}
    end = {**x, "field": "to"}
    words = {"field": "words", "type": "nominal"}
    layers: list[Spec] = [
        {
            "transform": [known],
            "mark": {"type": "bar", "orient": "horizontal", "height": _BAR, "strokeWidth": 1},
            "encoding": {"x": x, "x2": {"field": "to"}, "y": _y(), "color": coloured(), "stroke": outlined()},
        }
    ]
    for test, mark in (
        ("!datum.down", {"align": "left", "dx": 5}),
        ("datum.down", {"align": "right", "dx": -5}),
    ):
        for heavy in (False, True):
            layers.append(
                {
                    "transform": [known, {"filter": f"{test} && datum.sum === {str(heavy).lower()}"}],
                    "mark": {"type": "text", "baseline": "middle", **_weight(heavy), **mark},
                    "encoding": {"x": end, "y": _y(), "text": words},
                }
            )
    for heavy in (False, True):
        layers.append(
            {
                "transform": [{"filter": f"datum.sum === {str(heavy).lower()}"}],
                "mark": {"type": "text", "align": "left", "baseline": "middle", **_weight(heavy)},
                "encoding": {
                    "x": {"value": -_NAMES - left + 4},
                    "y": _y(),
                    "text": {"field": "label", "type": "nominal"},
                },
            }
        )
    return [*layers, *_lacking(x)]


def _weight(heavy: bool) -> Spec:
    return {"fontWeight": "bold"} if heavy else {}


def _lacking(x: Spec) -> list[Spec]:
    missing = [{"filter": "!isValid(datum.to)"}]
    rule = {"type": "rule", "stroke": INK_3, "strokeDash": [3, 3], "strokeWidth": 1.5}
    words = {"type": "text", "align": "left", "baseline": "middle", "dx": 58, "color": INK_3, "fontSize": 11}
    return [
        {
            "transform": missing,
            "mark": {**rule, "x2Offset": 52},
            "encoding": {"x": x, "x2": {"field": "from"}, "y": _y()},
        },
        {"transform": missing, "mark": words, "encoding": {"x": x, "y": _y(), "text": {"value": LACKING}}},
    ]


def _line(at: float, low: float, top: float, colour: str, width: float) -> Spec:
    """An upright line at a value, as high as the chart."""
    return {
        "data": {"values": [{"at": at}]},
        "mark": {"type": "rule", "color": colour, "strokeWidth": width},
        "encoding": {"x": _x("at", low, top)},
    }


def _one_word(words: str, across: float, up: float) -> Spec:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "text", "align": "center", "baseline": "middle", "fontSize": 11},
        "encoding": {"x": {"value": across}, "y": {"value": up}, "text": {"value": words}},
    }
