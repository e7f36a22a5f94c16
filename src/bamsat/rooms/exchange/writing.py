# SPDX-License-Identifier: Apache-2.0
"""A publication written to an empty folder: figures, then what they speak of, the dictionary, the page, the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from bamsat import __version__
from bamsat.core.compare.tables import BOUNDARIES, CODES, INDICATORS, OBSERVATIONS, PLACES, SERIES
from bamsat.rooms.exchange import dictionary, page, tables
from bamsat.rooms.exchange.asked import Asked
from bamsat.rooms.exchange.manifest import Manifest, digest_of, listed
from bamsat.rooms.exchange.reading import in_batches, observed, one_moment
from bamsat.rooms.exchange.refused import PublishRefused

Progress = Callable[[int], object]


def write(part: Path, asked: Asked, known: datetime, progress: Progress = lambda _rows: None) -> Manifest:
    """Everything that is asked for, as one moment saw it."""
    with one_moment():
        rows = _tables(part, asked, timezone.localtime(known), progress)
    digest = digest_of(listed(part))
    page.write(part, asked, known, rows, digest)
    manifest = Manifest(__version__, known.isoformat(), asked.told, rows, listed(part), digest)
    manifest.write(part)
    return manifest


def _tables(part: Path, asked: Asked, known: datetime, progress: Progress) -> dict[str, int]:
    from bamsat.rooms.exchange.parquet import Years, write_table

    with Years(part) as years:
        for batch in in_batches(observed(asked)):
            years.add(batch)
            progress(len(batch))
        years.finish()
    if not years.rows:
        raise PublishRefused(
            vi="Sổ chưa có số nào như đã chọn; không có gì để công bố.",
            en="The ledger has no such figure; there is nothing to publish.",
        )
    series = list(tables.series_with(years.series))
    of = {column.name: [row[at] for row in series] for at, column in enumerate(SERIES.columns)}
    indicators = tables.indicators_with(set(of["indicator"]))
    boundaries = tables.boundary_rows(set(of["place"]), known.date())
    places = tables.place_rows(asked, known.date())
    dictionary.write(part, dictionary.dictionary(indicators, {*of["unit"], *(each.unit for each in indicators)}))
    beside_them = {
        SERIES: series, PLACES: places, INDICATORS: list(tables.indicator_rows(indicators)), BOUNDARIES: boundaries,
        CODES: tables.code_rows(),
    }  # fmt: skip
    counts = {table.name: write_table(part, table, rows) for table, rows in beside_them.items()}
    return {OBSERVATIONS.name: years.rows} | counts
