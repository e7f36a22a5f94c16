# SPDX-License-Identifier: Apache-2.0
"""What a form asks: columns (which value of which period), rows (which indicator and breakdown), rules, who, when.

A definition is data, kept as JSON with the form's version and shipped as YAML; docs/forms.md describes every field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bamsat.core.forms.formulas import Comparison, Formula
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LENGTHS = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}  # months of each frequency
FREQUENCIES = tuple(LENGTHS)
FILLS = ("typed", "known", "known_or_typed", "computed")
RELATIONS = (
    "this", "previous", "year_ago", "to_date", "to_date_previous", "to_date_year_ago", "year", "year_before",
)  # fmt: skip
KINDS = ("actual", "estimate", "plan", "forecast")
TYPES = ("number", "text", "date", "yes_no", "choice")
SEVERITIES = ("error", "doubt")
PARTS = "parts"  # in a row's formula: the rows one level below it
MOST_CELLS = 20_000


class DefinitionUnreadable(BamsatError):
    """A definition that makes no form; `troubles` are all that is wrong, each with where it stands."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        first = troubles[0]
        more = len(troubles) - 1
        super().__init__(
            vi=f"{first.where}: {first.vi}" + (f" (và {more} chỗ nữa)" if more else ""),
            en=f"{first.where}: {first.en}" + (f" (and {more} more)" if more else ""),
        )
        self.troubles = tuple(troubles)

    def __reduce__(self) -> tuple[object, ...]:
        return DefinitionUnreadable, (self.troubles,)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong in a definition: where ("cột now", "dòng food"), and how to mend it."""

    where: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Words:
    """A name in both languages; a column's may hold {month}, {year}, {last_year}, {quarter}, {period} ..."""

    vi: str
    en: str = ""

    def said(self, english: bool) -> str:
        return self.en if english and self.en else self.vi


@dataclass(frozen=True, slots=True)
class Column:
    """A column: which value of a row's indicator it holds, of which period beside the form's own, and how it is filled.

    `known` comes from the ledger, `known_or_typed` too, but where the ledger has nothing or something else holds it may
    be typed; `computed` is by formula over the columns of the same row. `indicator` is another one than the row's
    (sold beside produced); a ratio's `base` is the period that it is compared with, a relation as `period` is.
    """

    code: str
    name: Words
    fill: str = "typed"
    period: str = "this"
    kind: str = "actual"
    formula: Formula | None = None
    type: str = "number"
    segment: Mapping[str, str] = field(default_factory=dict)
    group: Words | None = None
    unit: str = ""
    decimals: int | None = None
    codelist: str = ""
    choices: tuple[str, ...] = ()
    record: bool = True  # whether an approved value goes into the ledger
    hidden: bool = False  # not shown; there for formulas
    indicator: str = ""
    base: str = ""
    number: str = ""  # of the row of column numbers (A, B, C, 1, 2 ...)

    @property
    def is_typed(self) -> bool:
        return self.fill in ("typed", "known_or_typed")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: an indicator with its breakdown; or a heading; or the sum of others; or a pattern for rows picked by code.

    `pick` are code lists: the sender adds a row for each combination of their codes ("cà phê", "Trung Quốc").
    `typed` are columns that are typed in this row though they are computed or known in others: an index has its
    ratios from the statistics office.
    """

    code: str
    name: Words
    number: str = ""
    level: int = 0
    heading: bool = False
    indicator: str = ""
    segment: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    measure: str = "level"
    price_basis: str = ""
    provider: str = ""
    formula: Formula | None = None
    columns: tuple[str, ...] = ()  # those that it has; none named: all
    optional: bool = False
    decimals: int | None = None
    pick: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()

    def has(self, column: str) -> bool:
        return not self.heading and (not self.columns or column in self.columns)

    def types(self, column: Column) -> bool:
        """Whether its cell in this column may be typed."""
        return self.has(column.code) and (column.code in self.typed or column.is_typed)

    def asks(self, column: Column) -> bool:
        """Whether its cell in this column has to be typed, or explained."""
        return not self.optional and self.has(column.code) and (column.fill == "typed" or column.code in self.typed)


@dataclass(frozen=True, slots=True)
class Rule:
    """What must be so between rows, in each of its columns; between columns, in each of its rows; or between single
    cells ("row.column")."""

    code: str
    says: Comparison
    severity: str
    message: Words
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A form as a whole."""

    frequency: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...] = ()
    senders: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deadline: Mapping[str, Any] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    approves: tuple[str, ...] = ()
    provider: str = "department"
    unit: Words | None = None

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Definition:
        """DefinitionUnreadable tells everything that is wrong at once."""
        from bamsat.core.forms.reading import read_definition

        return read_definition(data)

    def column(self, code: str) -> Column:
        return next(each for each in self.columns if each.code == code)

    def row(self, code: str) -> Row:
        return next(each for each in self.rows if each.code == code)

    def parts(self, row: Row) -> tuple[Row, ...]:
        """The rows one level below, up to the next row of its own level; headings do not count."""
        return tuple(parts_of(self.rows, row))


def parts_of(rows: Sequence[Row], row: Row) -> Iterator[Row]:
    at = rows.index(row)
    for below in rows[at + 1 :]:
        if below.level <= row.level:
            return
        if below.level == row.level + 1 and not below.heading:
            yield below


def key_of(row: str, column: str) -> str:
    """How a cell is called: "food.now", and of a picked row "goods~coffee~CN.volume"."""
    return f"{row}.{column}"


def picked(row: str, codes: Sequence[str]) -> str:
    """The code of a picked row.

    >>> picked("goods", ["coffee", "CN"])
    'goods~coffee~CN'
    """
    return "~".join((row, *codes))


def period_of(relation: str, period: Period) -> Period | None:
    """Which period a column's relation means for a form of this period; None for the months before January.

    >>> october = Period.month(2026, 10)
    >>> [period_of(each, october).code for each in ("previous", "year_ago", "to_date", "year")]
    ['2026-09', '2025-10', '2026-01/2026-10', '2026']
    >>> period_of("to_date_previous", Period.month(2026, 1)) is None
    True
    """
    if relation == "previous":
        return period.before()
    if relation == "year_ago":
        return period.shift_years(-1)
    if relation in ("year", "year_before"):
        return Period.year(period.end_year - (relation == "year_before"))
    if relation == "this":
        return period
    january = period.end_year * 12
    if relation == "to_date_previous":
        return Period(january, period.first - 1) if period.first > january else None
    to_date = Period(january, period.last)
    return to_date.shift_years(-1) if relation == "to_date_year_ago" else to_date
