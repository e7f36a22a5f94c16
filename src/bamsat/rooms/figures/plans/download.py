# SPDX-License-Identifier: Apache-2.0
"""The targets of a plan as a CSV file: one line a target or part, values in base units, nothing rounded."""

from __future__ import annotations

from collections.abc import Iterable

from bamsat.rooms.figures.models import Entry
from bamsat.ui import sheets

HEAD = (
    "indicator", "name", "place", "place_name", "segment", "period", "measure", "base", "value", "unit", "hedge",
    "price_basis", "provider", "entry",
)  # fmt: skip


def csv_of(entries: Iterable[Entry]) -> bytes:
    return sheets.as_csv([HEAD, *map(_row, entries)])


def _row(entry: Entry) -> list[str]:
    series = entry.series
    return [
        series.indicator.code, series.indicator.name, series.place.slug, series.place.label, series.segment,
        entry.period, series.measure, entry.base, format(entry.amount.normalize(), "f"), series.unit, entry.hedge,
        series.price_basis, series.provider, str(entry.uuid),
    ]  # fmt: skip
