# SPDX-License-Identifier: Apache-2.0
"""A chart of the outline: its picture, a sentence for who cannot see it, its numbers as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bamsat.core.report.charts.values import Value
from bamsat.core.report.outline import Cell, Chart, Column, Piece, Row, Table, Told, Words


def charted(
    caption: str,
    spec: Mapping[str, Any],
    series: Sequence[tuple[str, Sequence[Value]]],
    unit: str = "",
    first: str = "Kỳ",
    note: str = "",
    sentence: str = "",
) -> Chart:
    """A chart with its table: one row a label, one column a series (name, values).

    >>> from decimal import Decimal
    >>> chart = charted("Sản lượng", {}, [("Thực hiện", [Value("2020", Decimal(12)), Value("2021")])], "nghìn tấn")
    >>> chart.sentence
    'Sản lượng: 2020: 12; 2021: chưa có số (nghìn tấn).'
    """
    said = sentence or _sentence(caption, series, unit)
    filled = {**spec, "description": spec.get("description") or said}
    return Chart(caption, filled, said, _table(caption, series, unit, first), note)


def _sentence(caption: str, series: Sequence[tuple[str, Sequence[Value]]], unit: str) -> str:
    told = []
    for name, values in series:
        words = "; ".join(f"{value.label}: {value.words}" for value in values)
        told.append(f"{name}: {words}" if len(series) > 1 else words)
    return f"{caption}: {'. '.join(told)}{f' ({unit})' if unit else ''}."


def _table(caption: str, series: Sequence[tuple[str, Sequence[Value]]], unit: str, first: str) -> Table:
    columns = (Column((first,)), *(Column((name,), number=True) for name, _ in series))
    labels = list(dict.fromkeys(value.label for _, values in series for value in values))
    found = [{value.label: value for value in values} for _, values in series]
    rows = tuple(
        Row((Cell((Words(label),)), *(Cell(_pieces(column.get(label))) for column in found))) for label in labels
    )
    return Table(caption, columns, rows, unit)


def _pieces(value: Value | None) -> tuple[Piece, ...]:
    if value is None:
        return (Words("–"),)
    return (Told(value.words, value.fact),) if value.fact is not None else (Words(value.words),)
