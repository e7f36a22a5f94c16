# SPDX-License-Identifier: Apache-2.0
"""What a return says, as the check takes it: every number typed into it, with its place, period, measure and unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bamsat.core.check.model import Stated
from bamsat.core.forms.definition import RELATIONS, Column, Row, period_of
from bamsat.core.forms.sheet import Cell
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.core.terms.unit import read_unit
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.naming import CodeNames, code_names
from bamsat.rooms.figures.known_stated import place_key
from bamsat.rooms.figures.segment_words import segment_words
from bamsat.rooms.submissions.grids import Grid
from bamsat.rooms.submissions.known import base_of, coded, unit_of
from bamsat.rooms.submissions.period_words import titled

_STATUS = {"actual": "actual", "estimate": "estimate", "plan": "target", "forecast": "forecast"}


def stated_of(grid: Grid) -> list[Stated]:
    """The numbers typed into a return. Computed cells are none of their own: they say what these say already; cells
    that the ledger fills are its entries."""
    parts = any(row.segment for row in grid.sheet.rows) or any(each.segment for each in grid.definition.columns)
    telling = _Telling(grid, grid.sent_return.place.name, source_of(grid), code_names() if parts else None)
    return [stated for cell in grid.sheet.typed_cells() if (stated := _of_cell(cell, telling))]


def source_of(grid: Grid) -> str:
    """Who says what is typed; the same for all cells, for a return is one telling."""
    return f"phiếu “{titled(grid.sent_return.form.name_vi, grid.sent_return.span)}”"


class _Telling(NamedTuple):
    """What is the same for all cells of a return."""

    grid: Grid
    area: str
    source: str
    names: CodeNames | None


def _of_cell(cell: Cell, telling: _Telling) -> Stated | None:
    grid = telling.grid
    code = cell.column.indicator or cell.row.indicator
    span = period_of(cell.column.period, grid.sent_return.span)
    if cell.value is None or cell.typed is None or not code or cell.column.type != "number" or span is None:
        return None
    figure = _figure(cell, cell.value, code, span, telling)
    return Stated(cell.key, figure, telling.source, place_key(grid.sent_return.place))


def _figure(cell: Cell, value: Decimal, code: str, span: Period, telling: _Telling) -> Figure:
    grid = telling.grid
    row, column = cell.row, cell.column
    words = column.unit or row.unit
    unit, indicator = unit_of(words), grid.indicators.get(code)
    half = _half(value, words) * unit.scale
    base_units = value * unit.scale
    segment = segment_words(code, coded({**row.segment, **column.segment}), telling.names)
    return Figure(
        doc=telling.source, start=0, end=0, number=written(value, words), label=row.name.vi, indicator=code,
        segment=segment or None, measure=measure_of(row, column), value=base_units, value_high=None, of=None,
        unit=unit.code, lower=base_units - half, upper=base_units + half, status=_STATUS[column.kind], hedge=None,
        area=telling.area, period=span.code, base=base_of(column, grid.sent_return.span) or None,
        price_basis=row.price_basis or (indicator.price_basis if indicator else "") or None, at=cell.key,
    )  # fmt: skip


def written(value: Decimal, unit: str) -> str:
    """A number as it stands in a cell, all its decimals kept, with the unit of the form behind it.

    >>> written(Decimal("3164.0"), "triệu đồng"), written(Decimal("106.20"), "%")
    ('3.164,0 triệu đồng', '106,20%')
    """
    shown = format_number(value, _places(value))
    return f"{shown}{unit}" if unit.startswith("%") or not unit else f"{shown} {unit}"


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _half(value: Decimal, unit: str) -> Decimal:
    """How far the true value may be from a typed one: half of its last digit, nothing for what is counted."""
    places = _places(value)
    return Decimal(0) if not places and _counted(unit) else Decimal(5).scaleb(-places - 1)


@lru_cache(maxsize=512)
def _counted(unit: str) -> bool:
    """Whether things are counted in this unit, one by one; numbers in a unit that nobody knows may be rounded."""
    found = read_unit(unit.lower()) if unit else None
    return found is not None and found.kind == "counted" and found.scale == 1 and not unit[found.end :].strip()


def measure_of(row: Row, column: Column) -> str:
    """What a cell measures. A typed ratio beside levels is told by its unit and its base: 106,2% of last year's is an
    index, and a growth where its head says so."""
    if row.measure != "level" or column.unit != "%":
        return row.measure
    head = set(fold(column.name.vi).split())
    if column.base:
        return "growth" if "tang" in head else "index"
    return "plan_ratio" if "ke hoach" in fold(column.name.vi) or "kh" in head else row.measure


def mended(number: str, unit: str) -> str:
    """The text for a cell of a number as the check writes it, with its unit: the form has the unit in its head.

    >>> mended("3.605,5 triệu đồng", "triệu đồng"), mended("106,2%", "%"), mended("5,3 tỷ đồng", "triệu đồng")
    ('3.605,5', '106,2', '')
    """
    bare = number.removesuffix(unit).strip() if unit else number.strip()
    return bare if bare and all(sign.isdigit() or sign in ".,-−" for sign in bare) else ""


def periods_told(grid: Grid) -> list[str]:
    """The periods of which the ledger is asked: those of the columns, the one before, a year ago, the months of the
    year so far and the year's plan."""
    return sorted({span.code for span in _spans(grid)})


def _spans(grid: Grid) -> Iterator[Period]:
    own = grid.sent_return.span
    for relation in RELATIONS:
        span = period_of(relation, own)
        if span is not None:
            yield span
    january = own.end_year * 12
    if any(column.period.startswith("to_date") for column in grid.definition.columns):
        for first in range(january, own.last + 1, own.length):
            yield Period(first, first + own.length - 1)
