# SPDX-License-Identifier: Apache-2.0
"""A line of years: each point with its number, an open point where it is an estimate, a dashed gap where none is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bamsat.core.report.charts.look import ACCENT, INK, INK_3, SIZE, Spec, frame, key
from bamsat.core.report.charts.values import LACKING, Value

_HEIGHT = 180


def course(values: Sequence[Value], described: str = "", plan_words: str = "Kế hoạch") -> Spec:
    """The course of an indicator over years, from zero; the plan of a year is a short black line."""
    data = [
        {
            "place": place,
            "label": value.label,
            "number": None if value.number is None else float(value.number),
            "words": value.words,
            "sure": value.state == "actual",
            "plan": None if value.plan is None else float(value.plan),
        }
        for place, value in enumerate(values)
    ]
    numbers = [float(number) for value in values for number in (value.number, value.plan) if number is not None]
    top, bottom = max([*numbers, 0.0]), min([*numbers, 0.0])
    top = top if top > bottom else 1.0
    y: Spec = _y("number", bottom, top)
    points = [datum for datum in data if datum["number"] is not None]
    entries = _key_of(values, plan_words)
    layers: list[Spec] = [
        *_lines(data, y),
        _points(points, y),
        _plans([datum for datum in data if datum["plan"] is not None], _y("plan", bottom, top)),
        *_numbers(points, y),
        *_lacking([datum for datum in data if datum["number"] is None]),
        _labels(data),
        {"data": {"values": [{}]}, "mark": {"type": "rule", "color": INK}, "encoding": {"y": _zero(bottom, top)}},
        *key(entries, -34),
    ]
    return frame(_HEIGHT, layers, {"left": 4, "right": 4, "top": 46 if entries else 24, "bottom": 26}, described)


def _key_of(values: Sequence[Value], plan_words: str) -> list[tuple[str, str]]:
    return [("—" + INK, plan_words)] if any(value.plan is not None for value in values) else []


def _zero(bottom: float, top: float) -> Spec:
    return {"value": _HEIGHT * top / (top - bottom)}


def _x() -> Spec:
    return {"field": "place", "type": "ordinal", "axis": None, "scale": {"type": "band", "padding": 0}}


def _y(field: str, bottom: float, top: float) -> Spec:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [bottom, top], "nice": False}}


def _lines(data: list[Spec], y: Spec) -> list[Spec]:
    """Solid between neighbours that are known, dashed across years that nobody reported."""
    layers: list[Spec] = []
    known = [datum for datum in data if datum["number"] is not None]
    for start, end in pairwise(known):
        dash = {} if end["place"] == start["place"] + 1 else {"strokeDash": [4, 4]}
        colour = ACCENT if not dash else INK_3
        mark = {"type": "line", "color": colour, "strokeWidth": 2 if not dash else 1.5, **dash}
        layers.append({"data": {"values": [start, end]}, "mark": mark, "encoding": {"x": _x(), "y": y}})
    return layers


def _points(points: list[Spec], y: Spec) -> Spec:
    fill = {"condition": {"test": "datum.sure", "value": ACCENT}, "value": "#ffffff"}
    mark = {"type": "point", "size": 55, "opacity": 1, "stroke": ACCENT, "strokeWidth": 2}
    return {"data": {"values": points}, "mark": mark, "encoding": {"x": _x(), "y": y, "fill": fill}}


def _plans(planned: list[Spec], y: Spec) -> Spec:
    mark = {"type": "tick", "orient": "horizontal", "color": INK, "thickness": 2.5, "width": 30}
    return {"data": {"values": planned}, "mark": mark, "encoding": {"x": _x(), "y": y}}


def _numbers(points: list[Spec], y: Spec) -> list[Spec]:
    words = [{**datum, "words": datum["words"] if datum["sure"] else f"ước {datum['words']}"} for datum in points]
    mark = {"type": "text", "baseline": "bottom", "dy": -9, "fontSize": _size(points)}
    return [{"data": {"values": words}, "mark": mark, "encoding": {"x": _x(), "y": y, "text": {"field": "words"}}}]


def _size(points: list[Spec]) -> float:
    return SIZE if len(points) <= 10 else 10.5


def _lacking(missing: list[Spec]) -> list[Spec]:
    mark = {"type": "text", "baseline": "bottom", "color": INK_3, "fontSize": 11, "lineHeight": 12}
    words = {"value": LACKING.replace(" ", "\n", 1)}
    return [
        {
            "data": {"values": missing},
            "mark": mark,
            "encoding": {"x": _x(), "y": {"value": _HEIGHT - 22}, "text": words},
        }
    ]


def _labels(data: list[Spec]) -> Spec:
    mark = {"type": "text", "baseline": "top"}
    encoding = {"x": _x(), "y": {"value": _HEIGHT + 7}, "text": {"field": "label", "type": "nominal"}}
    return {"data": {"values": data}, "mark": mark, "encoding": encoding}
