# SPDX-License-Identifier: Apache-2.0
"""Tables as Parquet files that DuckDB and Spark both read: zstd, plain types, statistics by row group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bamsat.core.compare.published import PARTED_BY, path_of
from bamsat.core.compare.tables import OBSERVATIONS, Schema

# DuckDB's own size of a row group: one thread's work. All years together keep no more than MOST rows waiting.
ROW_GROUP = 122_880
MOST = 1_000_000
APART = 50_000  # so many are laid apart by year at once
_TYPES = {"int64": pa.int64(), "string": pa.string()}
# Values hardly repeat; everything else does.
_REPEATS = [column.name for column in OBSERVATIONS.columns if column.name not in (PARTED_BY, "value", "lower", "upper")]


def write_table(folder: Path, table: Schema, rows: Iterable[Sequence[Any]]) -> int:
    """A small table as one file; how many rows it has."""
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    with pq.ParquetWriter(folder / path_of(table), schema_of(table), **_OPTIONS) as writer:
        made = _table(table, columns)
        writer.write_table(made, ROW_GROUP)
    return int(made.num_rows)


class Years:
    """Writes observations apart by the year of their last month, each year in the order in which they come."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.rows = folder / path_of(OBSERVATIONS), 0
        self.series: set[int] = set()
        self._writers: dict[int, pq.ParquetWriter] = {}
        self._new: list[pa.Table] = []
        self._waiting: dict[int, list[pa.Table]] = {}
        self._count: dict[int, int] = {}

    def __enter__(self) -> Years:
        return self

    def __exit__(self, *_error: object) -> None:
        for writer in self._writers.values():
            writer.close()

    def add(self, batch: Sequence[Sequence[Any]]) -> None:
        columns = list(zip(*batch, strict=True))
        self.series.update(columns[0])
        self._new.append(_table(OBSERVATIONS, columns))
        self.rows += len(batch)
        if len(batch) * len(self._new) >= APART:
            self._lay_apart()

    def finish(self) -> None:
        self._lay_apart()
        for year in sorted(year for year, count in self._count.items() if count):
            self._write(year)

    def _lay_apart(self) -> None:
        new = pa.concat_tables([schema_of(OBSERVATIONS).empty_table(), *self._new])
        self._new = []
        years, new = new[PARTED_BY], new.drop_columns([PARTED_BY])
        for year in pc.unique(years).to_pylist():
            of_year = new.filter(pc.equal(years, year))
            self._waiting.setdefault(year, []).append(of_year)
            self._count[year] = self._count.get(year, 0) + of_year.num_rows
            if self._count[year] >= ROW_GROUP:
                self._write(year, whole_groups=True)
        while sum(self._count.values()) > MOST:
            self._write(max(self._count, key=lambda year: self._count[year]))

    def _write(self, year: int, whole_groups: bool = False) -> None:
        """What waits of a year, or as much of it as makes whole row groups."""
        waiting = pa.concat_tables(self._waiting[year])
        count = waiting.num_rows // ROW_GROUP * ROW_GROUP if whole_groups else waiting.num_rows
        if count:
            self._writer(year).write_table(waiting.slice(0, count), ROW_GROUP)
        rest = waiting.slice(count)
        self._waiting[year] = [rest] if rest.num_rows else []
        self._count[year] = rest.num_rows

    def _writer(self, year: int) -> pq.ParquetWriter:
        if year not in self._writers:
            folder = self.folder / f"{PARTED_BY}={year}"
            folder.mkdir(parents=True)
            self._writers[year] = pq.ParquetWriter(
                folder / "part-0.parquet", _IN_FILES, **_OPTIONS | {"use_dictionary": _REPEATS}
            )
        return self._writers[year]


def schema_of(table: Schema) -> pa.Schema:
    return pa.schema([(column.name, _TYPES[column.type]) for column in table.columns])


def _table(table: Schema, columns: Sequence[Sequence[Any]]) -> pa.Table:
    schema = schema_of(table)
    arrays = [pa.array(values, each.type) for values, each in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


# The Arrow schema is left out: it repeats what Parquet's own says.
_OPTIONS: dict[str, Any] = {"compression": "zstd", "version": "2.6", "store_schema": False}
_IN_FILES = schema_of(OBSERVATIONS).remove(schema_of(OBSERVATIONS).get_field_index(PARTED_BY))
