# SPDX-License-Identifier: Apache-2.0
"""Columns over time: periods one after another, or the months of this year beside those of last year."""

from __future__ import annotations

from collections.abc import Sequence

from bamsat.core.report.charts.look import (
    ACCENT,
    COLOURS,
    INK,
    INK_3,
    PAST,
    STATE_WORDS,
    WIDTH,
    Spec,
    coloured,
    frame,
    key,
    outlined,
    words_width,
    wrapped,
)
from bamsat.core.report.charts.values import LACKING, Value

_HEIGHT = 190
_SIZE = 11.5
_BELOW = 24  # px under the lowest column, where its number stands


def periods(values: Sequence[Value], described: str = "", plan_words: str = "Kế hoạch") -> Spec:
    """Columns of periods: actual in the accent, estimated hatched, missing a dashed gap, the plan a black line."""
    top, bottom = _extent(values)
    data = [_datum(value, place, top - bottom) for place, value in enumerate(values)]
    band = (WIDTH - 8) / max(len(values), 1)
    entries = _key_of(values, plan_words)
    upright = max((words_width(value.words, _SIZE) for value in values), default=0) <= band - 2
    layers = [
        {"data": {"values": data}, "layer": _columns(upright, band, top, bottom)},
        *_zero(bottom),
        *key(entries, -26 - (0 if upright else 34)),
    ]
    return frame(_HEIGHT, layers, _padding(bool(entries), upright, data, bottom), described)


def beside(
    now: Sequence[Value], before: Sequence[Value], names: tuple[str, str], described: str = "", plan_words: str = ""
) -> Spec:
    """The months of this year with their numbers beside those of last year, grey."""
    past = {value.label: value for value in before}
    top, bottom = _extent([*now, *before])
    data: list[Spec] = []
    for place, value in enumerate(now):
        last = past.get(value.label, Value(value.label))
        data.append({**_datum(last, place, top - bottom), "state": "past", "side": 0})
        data.append({**_datum(value, place, top - bottom), "side": 1})
    band = (WIDTH - 8) / max(len(now), 1)
    upright = max((words_width(value.words, _SIZE) for value in now), default=0) <= band * 0.72
    entries = [(PAST, names[0]), *_key_of(now, plan_words, names[1], True)]
    layers = [
        {"data": {"values": data}, "layer": _pairs(upright, band, top, bottom)},
        *_zero(bottom),
        *key(entries, -26 - (0 if upright else 34)),
    ]
    return frame(_HEIGHT, layers, _padding(True, upright, data, bottom), described)


def _datum(value: Value, place: int, span: float) -> Spec:
    number = None if value.number is None else float(value.number)
    plan = None if value.plan is None else float(value.plan)
    # A plan's line just over the column would cut through the number: the number goes over the line.
    near = number is not None and plan is not None and 0 <= plan - number < span * 20 / _HEIGHT
    return {
        "place": place,
        "label": wrapped(value.label, 90),
        "number": number,
        "end": plan if near else number,
        "words": value.words,
        "state": value.state,
        "plan": plan,
    }


def _key_of(
    values: Sequence[Value], plan_words: str, actual: str = "Thực hiện", always: bool = False
) -> list[tuple[str, str]]:
    """Only what the chart shows, and nothing where all its columns are of one kind."""
    states = {value.state for value in values if value.number is not None}
    planned = any(value.plan is not None for value in values)
    if not always and states <= {"actual"} and not planned:
        return []
    entries = [(ACCENT, actual)] if "actual" in states or always else []
    entries += [(COLOURS[state], STATE_WORDS[state]) for state in ("estimate", "derived") if state in states]
    return [*entries, ("—" + INK, plan_words)] if planned else entries


def _extent(values: Sequence[Value]) -> tuple[float, float]:
    """Zero always belongs to the axis; room for the words over the highest column is in the padding."""
    numbers = [float(number) for value in values for number in (value.number, value.plan) if number is not None]
    return max([*numbers, 0.0]) or (0.0 if min([*numbers, 0.0]) < 0 else 1.0), min([*numbers, 0.0])


def _padding(keyed: bool, upright: bool, data: Sequence[Spec], bottom: float) -> dict[str, float]:
    lines = max((datum["label"].count("\n") for datum in data), default=0) + 1
    below = (_BELOW if bottom < 0 else 8) + (0 if upright or bottom >= 0 else 34) + 15 * lines
    return {"left": 4, "right": 4, "top": (38 if keyed else 18) + (0 if upright else 34), "bottom": below}


def _x() -> Spec:
    return {
        "field": "place",
        "type": "ordinal",
        "scale": {"paddingInner": 0, "paddingOuter": 0},
        "axis": None,
    }


def _y(field: str, top: float, bottom: float) -> Spec:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [bottom, top], "nice": False}}


def _columns(upright: bool, band: float, top: float, bottom: float) -> list[Spec]:
    width = min(band * 0.62, 64)
    x, y = _x(), _y("number", top, bottom)
    known = [{"filter": "isValid(datum.number)"}]
    return [
        {
            "transform": known,
            "mark": {"type": "bar", "width": width, "strokeWidth": 1},
            "encoding": {"x": x, "y": y, "color": coloured(), "stroke": outlined()},
        },
        *_numbers(known, x, _y("end", top, bottom), upright, None),
        _lacking([{"filter": "!isValid(datum.number)"}], x, width, None),
        *_plan(x, top, bottom, width),
        _labels(x, bottom),
    ]


def _pairs(upright: bool, band: float, top: float, bottom: float) -> list[Spec]:
    width = min(band * 0.36, 34)
    x, y = _x(), _y("number", top, bottom)
    layers: list[Spec] = []
    for side in (0, 1):
        mark = {"type": "bar", "width": width, "strokeWidth": 1, "xOffset": (side - 0.5) * width}
        known = [{"filter": f"datum.side == {side} && isValid(datum.number)"}]
        layers.append(
            {"transform": known, "mark": mark, "encoding": {"x": x, "y": y, "color": coloured(), "stroke": outlined()}}
        )
        if side:
            layers += _numbers(known, x, _y("end", top, bottom), upright, width / 2)
            layers.append(_lacking([{"filter": "datum.side == 1 && !isValid(datum.number)"}], x, width, width / 2))
    return [*layers, *_plan(x, top, bottom, 2 * width), _labels(x, bottom)]


def _numbers(known: list[Spec], x: Spec, y: Spec, upright: bool, offset: float | None) -> list[Spec]:
    """The number at the end of its column, on the side away from zero."""
    layers: list[Spec] = []
    for test, down in (("datum.number >= 0", False), ("datum.number < 0", True)):
        mark: Spec = {
            "type": "text",
            "fontSize": _SIZE,
            "baseline": "top" if down else "bottom",
            "dy": 4 if down else -4,
        }
        if not upright:
            mark |= {
                "angle": 270,
                "align": "right" if down else "left",
                "baseline": "middle",
                "dx": -4 if down else 4,
                "dy": 0,
            }
        if offset and not upright:
            mark["xOffset"] = offset
        encoding = {"x": x, "y": y, "text": {"field": "words", "type": "nominal"}}
        layers.append({"transform": [*known, {"filter": test}], "mark": mark, "encoding": encoding})
    return layers


def _lacking(missing: list[Spec], x: Spec, width: float, offset: float | None) -> Spec:
    """A dashed gap where nobody reported, with the words for it: inside, upright, where the gap is narrow."""
    height = 34.0 if offset is None else 66.0
    gap = {"type": "bar", "width": width, "fill": None, "stroke": INK_3, "strokeDash": [3, 3], "strokeWidth": 1}
    words: Spec = {"type": "text", "color": INK_3, "fontSize": 11, "lineHeight": 12}
    text, middle = LACKING.replace(" ", "\n", 1), _HEIGHT - height - 18
    if offset is not None:
        gap["xOffset"] = words["xOffset"] = offset
        text, middle = LACKING, _HEIGHT - height / 2
        words |= {"angle": 270, "baseline": "middle"}
    place = {"x": x, "y": {"value": _HEIGHT - height}, "y2": {"value": _HEIGHT}}
    said = {"x": x, "y": {"value": middle}, "text": {"value": text}}
    return {"transform": missing, "layer": [{"mark": gap, "encoding": place}, {"mark": words, "encoding": said}]}


def _plan(x: Spec, top: float, bottom: float, width: float) -> list[Spec]:
    tick = {"type": "tick", "orient": "horizontal", "color": INK, "thickness": 2.5, "width": width + 14}
    known = [{"filter": "isValid(datum.plan) && datum.side !== 0"}]
    return [{"transform": known, "mark": tick, "encoding": {"x": x, "y": _y("plan", top, bottom)}}]


def _labels(x: Spec, bottom: float) -> Spec:
    below = _HEIGHT + (_BELOW if bottom < 0 else 7)
    encoding = {"x": x, "y": {"value": below}, "text": {"field": "label", "type": "nominal"}}
    return {
        "transform": [{"filter": "datum.side !== 0"}],
        "mark": {"type": "text", "baseline": "top"},
        "encoding": encoding,
    }


def _zero(bottom: float) -> list[Spec]:
    """The line on which columns stand."""
    rule: Spec = {"mark": {"type": "rule", "color": INK, "strokeWidth": 1}, "data": {"values": [{"zero": 0}]}}
    if bottom < 0:
        return [{**rule, "encoding": {"y": {"field": "zero", "type": "quantitative"}}}]
    return [{**rule, "encoding": {"y": {"value": _HEIGHT}}}]
