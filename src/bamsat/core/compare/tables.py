# SPDX-License-Identifier: Apache-2.0
"""The tables that comparisons are written over: what the ledger holds, as any database or data file can hold it.

Expressions name these tables and are bound to none. The rooms bind them to the ledger, publishing writes them as
Parquet files; what their columns mean is in data/analysis.yml. Months are counted from year 0: 2021-03 is
2021 * 12 + 2. Values are integers at the scale of their series; nothing here is a date, a decimal or a word of one
language.
"""

from __future__ import annotations

from dataclasses import dataclass

from bamsat.core.terms.data import shipped


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str  # int64 or string
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A table: its name, what one row is, and its columns in their order."""

    name: str
    vi: str
    en: str
    columns: tuple[Column, ...]

    @property
    def types(self) -> dict[str, str]:
        return {column.name: column.type for column in self.columns}


def _shipped() -> dict[str, Schema]:
    return {
        name: Schema(
            name, table["vi"], table["en"], tuple(Column(column, **said) for column, said in table["columns"].items())
        )
        for name, table in shipped("analysis.yml").items()
    }


TABLES = _shipped()
OBSERVATIONS, SERIES = TABLES["observations"], TABLES["series"]
PLACES, INDICATORS, BOUNDARIES = TABLES["places"], TABLES["indicators"], TABLES["boundaries"]
CODES = TABLES["codes"]
