# SPDX-License-Identifier: Apache-2.0
"""The targets of a plan as a CSV file: one line a target or part, values in base units, nothing rounded."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from bamsat.rooms.figures.models import Entry

HEAD = (
    "indicator", "name", "place", "place_name", "segment", "period", "measure", "base", "value", "unit", "hedge",
    "price_basis", "provider", "entry",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(entries: Iterable[Entry]) -> str:
    """With a mark at the start by which spreadsheets know that it is UTF-8."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(HEAD)
    for entry in entries:
        series = entry.series
        texts = [
            series.indicator.code, series.indicator.name, series.place.slug, series.place.label, series.segment,
            entry.period, series.measure, entry.base,
        ]  # fmt: skip
        rest = [series.unit, entry.hedge, series.price_basis, series.provider, str(entry.uuid)]
        value = format(entry.amount.normalize(), "f")
        writer.writerow([*map(_harmless, texts), value, *map(_harmless, rest)])
    return "\ufeff" + file.getvalue()


def _harmless(text: str) -> str:
    """Words that a spreadsheet would take for a formula begin with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text
