# SPDX-License-Identifier: Apache-2.0
"""The head of a table: which column holds what, of which period, compared with what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bamsat.core.read.document import Table
from bamsat.core.read.doubts import COLUMN_OF_WHEN
from bamsat.core.read.periods import mentions
from bamsat.core.read.table_heads import A_YEAR, decide, head_levels, is_number
from bamsat.core.terms.period import Period
from bamsat.core.terms.unit import UnitFound, read_unit

_SHORT_MONTH = re.compile(r"(?:^|\s)t(?:h(?:áng)?)?[. _]?(1[0-2]|0?[1-9])$")
_RATIOS = ("index", "growth")
_NOTHING = " \t\n\u00a0-–—−.…xX"  # marks of a cell that has no value: "–", "...", "x"
_COMPARES = re.compile(
    r"\bso(?: sánh)?(?: với)?\b|(?<!\d)\s*/\s*(?=th\b|kh\b|ck\b|kế|cùng)"
    r"|(?<=20\d\d)\s*/\s*(?=20\d\d|th\b|kh\b|ưth\b|ước)"
)
_BRACKETED = re.compile(r"\(([^()]{1,40})\)")
_UNIT_AFTER = re.compile(r"(?:đvt|đơn vị(?: tính)?)\s*:?\s*([^();]{1,40})")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document and the caption say of every cell of a table."""

    year: int
    month: int  # the last month told, 0 where the document is of a whole year or says none
    period: Period | None
    stated: bool  # whether the caption itself names the period


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds."""

    index: int
    head: str
    role: str  # ordinal | unit | note | label | value
    measure: str = "level"
    status: str = "actual"
    period: Period | None = None
    stated: bool = False  # the head itself names the period
    base: Period | None = None
    base_kind: str = ""
    unit: UnitFound | None = None
    excess: bool = False  # counts from 100 % of the plan
    doubt: str | None = None


def read_columns(table: Table, rows: int, setting: Setting) -> list[Column]:
    """Every column with its meaning; what a head leaves open is taken from the columns to its left."""
    width = max((len(row) for row in table.rows), default=0)
    setting = _latest_month(setting, [head_levels(table, rows, index) for index in range(width)])
    columns = [_column(index, head_levels(table, rows, index), setting) for index in range(width)]
    columns = [_by_cells(column, table, rows) for column in columns]
    if not any(column.role == "label" for column in columns):
        columns = _first_words_are_labels(columns, table, rows)
    summed = any(
        c.role == "value" and c.measure in _RATIOS and decide("periods", c.head) == "cumulative" for c in columns
    )
    for index, column in enumerate(columns):
        if column.role == "value":
            columns[index] = _from_the_left(column, columns[:index], setting, summed=summed)
    return _same_period(columns)


def _latest_month(setting: Setting, heads: list[list[str]]) -> Setting:
    """The month that the table is about: the estimated one, else the last that a head names."""
    told: list[tuple[bool, int, int]] = []
    for levels in heads:
        head = " ".join(levels).lower()
        if _COMPARES.search(head) or decide("periods", head) == "year_before":
            continue
        estimated = decide("statuses", head) == "estimate"
        if decide("statuses", head) == "target":
            continue
        for mention in mentions(head):
            if mention.kind in ("month", "span", "quarter") and mention.last:
                told.append((estimated, mention.year or setting.year, mention.last))
        if short := _SHORT_MONTH.search(head):
            told.append((estimated, setting.year, int(short[1])))
    if not told:
        return setting
    _, year, month = max(told)
    return replace(setting, year=year or setting.year, month=month)


def _same_period(columns: list[Column]) -> list[Column]:
    """A column that says "cùng kỳ" alone is of the current period, a year or more before."""
    current = [
        c.period for c in columns if c.role == "value" and c.measure == "level" and c.stated and c.base_kind != "same"
    ]
    estimated = [c.period for c in columns if c.role == "value" and c.status == "estimate" and c.measure == "level"]
    told = [period for period in (estimated[-1:] or current[-1:]) if period is not None]
    if not told:
        return columns
    return [
        replace(c, period=told[0].in_year(c.base.end_year) if c.base else told[0].shift_years(-1), base=None)
        if c.base_kind == "same" and c.role == "value"
        else c
        for c in columns
    ]


def _column(index: int, levels: list[str], setting: Setting) -> Column:
    head = " | ".join(levels)
    role = decide("roles", levels[-1]) or decide("roles", levels[0]) if levels else ""
    if role and not (role == "label" and len(levels) > 1 and index > 2):
        return Column(index, head, role)
    low = head.lower()
    measure = decide("measures", head) or "level"
    column = Column(index, head, "value", unit=head_unit(low))
    excess = measure == "plan_excess"
    if excess:
        measure = "plan_ratio"
    if measure == "growth" and column.unit is not None and column.unit.kind not in ("percent", "point"):
        measure = "change"
    column = replace(column, measure=measure, excess=excess)
    if measure in ("level", "share"):
        period = _period(low, setting)
        if "cùng kỳ" in low and not [m for m in mentions(low) if m.kind in ("month", "span", "quarter")]:
            year = A_YEAR.search(low)
            same = Period.year(int(year[0])) if year else None
            return replace(column, period=period, stated=True, base=same, base_kind="same")
        return replace(column, status=decide("statuses", head) or "actual", period=period, stated=period is not None)
    return _compared(column, [level.lower() for level in levels], setting)


def _compared(column: Column, levels: list[str], setting: Setting) -> Column:
    """A column of ratios: the period on one side of "so với", the base on the other, or on levels of their own."""
    own: list[str] = []
    base: list[str] = []
    opened = [level for level in levels if (found := _COMPARES.search(level)) and not _says_base(level[found.end() :])]
    told = any(next(mentions(level[: _COMPARES.search(level).start()]), None) for level in opened)  # type: ignore[union-attr]
    compares = any(_COMPARES.search(level) for level in levels)
    for level in levels:
        found = _COMPARES.search(level)
        if found is not None:
            own.append(level[: found.start()])
            base.append(level[found.end() :])
        elif compares and column.measure == "plan_ratio" and decide("statuses", level) == "target":
            base.append(level)  # "Kế hoạch năm 2021 | Thực hiện so với kế hoạch (%)": whose plan, not of when
        elif opened and (_says_base(level) or (told and next(mentions(level), None) is not None)):
            base.append(level)
        else:
            own.append(level)
    period = _period(" ".join(own), setting)
    words = " ".join(base) or (" ".join(own) if "cùng kỳ" in " ".join(own) else "")
    if not " ".join(base):
        period = _period(re.sub("cùng kỳ(?: năm trước)?", "", " ".join(own)), setting)
    kind = "" if column.measure == "plan_ratio" else decide("bases", words)
    told_base = column.measure != "plan_ratio" and kind != "month_before"
    stated_base = _period(words, setting, named=False) if told_base else None
    if "gốc" in words:
        kind = "origin"
    status = decide("statuses", " ".join(own))
    if status != "estimate" and not (status == "target" and column.measure == "index" and "/" in column.head):
        status = "actual"
    return replace(column, period=period, stated=period is not None, base=stated_base, base_kind=kind, status=status)


def _says_base(words: str) -> bool:
    return bool(decide("bases", words) or A_YEAR.search(words) or re.search(r"kế hoạch|\bkh\b|dự toán", words))


def _period(words: str, setting: Setting, *, named: bool = True) -> Period | None:
    """The period that words name; those without a year are of the table's year, or of the year before.

    `named` asks for periods named without a date too: "lũy kế", "tháng trước".
    """
    words = words.strip()
    kind = decide("periods", words)
    told = [mention for mention in mentions(words) if mention.kind not in ("this", "whole")]
    dated = [mention for mention in told if mention.kind != "date"] or told
    found = next((mention for mention in dated if mention.kind != "year"), next(iter(dated), None))
    # "Năm 2021 | TH 6 tháng": the wider of two mentions gives its year to the narrower
    year = next((mention.year for mention in dated if mention.year), setting.year)
    period = found.resolve(year, setting.period) if found is not None else None
    if period is None and (short := _SHORT_MONTH.search(words)) and year:
        period = Period.month(year, int(short[1]))
    if period is None and (stated := A_YEAR.search(words)):
        return Period.year(int(stated[0]))
    if period is not None and any(mention.year for mention in dated):
        return period
    if period is not None:
        if kind == "year_before" and not (found is not None and found.shift):
            return period.shift_years(-1)
        later = period.length == 1 and setting.month and period.first % 12 + 1 > setting.month
        return (
            period.shift_years(-1) if later and decide("statuses", words) != "target" and setting.month < 3 else period
        )
    return _named_period(kind, words, setting) if named else None


def _named_period(kind: str, words: str, setting: Setting) -> Period | None:
    year, month = setting.year, setting.month
    if not year:
        return None
    if kind == "cumulative":
        cumulative = Period.months(year, 1, month or 12)
        return cumulative.shift_years(-1) if "cùng kỳ" in words or "năm trước" in words else cumulative
    if kind == "month_before":
        return Period.month(year, month).before() if month else None
    if kind == "this_month":
        return Period.month(year, month) if month else setting.period
    if kind == "year_before":
        return setting.period.shift_years(-1) if setting.period and "cùng kỳ" in words else Period.year(year - 1)
    if decide("statuses", words) == "target" and re.search(r"\bnăm\b|^kế hoạch$|^kh$", words):
        return Period.year(year)
    return None


def head_unit(low: str) -> UnitFound | None:
    """The unit that a head or a caption names in brackets or after "ĐVT"."""
    candidates = [found[1] for found in _UNIT_AFTER.finditer(low)]
    candidates += [found[1] for found in _BRACKETED.finditer(low)]
    for words in candidates:
        if found := whole_unit(words):
            return found
    return whole_unit("%") if "%" in low else None


def whole_unit(words: str) -> UnitFound | None:
    """The unit that words are and nothing else: "1000 tấn", "Tr.đồng".

    >>> whole_unit("1000 tấn").scale, whole_unit("Tỷ đồng").code
    (Decimal('1000'), 'VND')
    """
    words = words.lower().strip(" .:;")
    thousand = re.match(r"(?:1\.?000|10\^?3|103)\s*(?=[^\W\d])", words)
    rest = words[thousand.end() :] if thousand else words
    found = read_unit(rest)
    if found is None or found.kind in ("scale", "time") or rest[found.end :].strip(" .)"):
        return None
    scale = found.scale * 1000 if thousand else found.scale
    return UnitFound(found.code, scale, found.kind, found.start, found.end)


def _by_cells(column: Column, table: Table, rows: int) -> Column:
    """A column without words below its head, or with nothing but row numbers, is no value column."""
    if column.role != "value":
        return column
    cells = [row[column.index] for row in table.rows[rows:] if column.index < len(row)]
    said = [cell for cell in cells if cell is not None and cell.text.strip(_NOTHING)]
    numbers = [cell for cell in said if is_number(cell)]
    if not numbers and said:
        units = sum(whole_unit(cell.text) is not None for cell in said)
        if not column.head and units * 2 > len(said):
            return replace(column, role="unit")
        hedged = sum(any(char.isdigit() for char in cell.text) and len(cell.text) < 30 for cell in said)
        return column if hedged * 2 > len(said) else replace(column, role="label")
    return column


def _first_words_are_labels(columns: list[Column], table: Table, rows: int) -> list[Column]:
    for column in columns:
        if column.role != "value":
            continue
        cells = [row[column.index] for row in table.rows[rows:] if column.index < len(row)]
        said = [cell for cell in cells if cell is not None and cell.text.strip()]
        if said and sum(is_number(cell) for cell in said) * 2 < len(said):
            return [replace(other, role="label") if other.index == column.index else other for other in columns]
    return columns


def _from_the_left(column: Column, before: list[Column], setting: Setting, *, summed: bool) -> Column:
    """The period, status and base that a head leaves to its neighbours."""
    values = [other for other in before if other.role == "value"]
    if column.measure in ("level", "share"):
        if column.period is None and column.status == "target" and setting.year:
            return replace(column, period=Period.year(setting.year))
        return column if column.period is not None else replace(column, period=setting.period)
    levels = [other for other in values if other.measure == "level" and other.status != "target"]
    if column.period is None:
        if column.base_kind == "month_before" or (summed and column.measure in _RATIOS):
            # beside "lũy kế so với cùng kỳ" the plain comparison is of the month alone
            months = [level for level in levels if level.period is not None and level.period.length == 1]
            levels = months or levels
        column = _unsaid_period(column, values, levels, setting)
    told = [level for level in levels if level.period == column.period]
    if told and column.status == "actual":
        column = replace(column, status=told[-1].status)
    return replace(column, base=base_of(column) if column.base or column.base_kind else _base_beside(column, levels))


def _unsaid_period(column: Column, values: list[Column], levels: list[Column], setting: Setting) -> Column:
    """The period of a ratio whose head says none: that of the ratio before it, else of the latest values beside it."""
    ratios = [other for other in values if other.measure not in ("level", "share") and other.period is not None]
    if ratios:
        return replace(column, period=ratios[-1].period, doubt=ratios[-1].doubt)
    dated = [(level.period.last, level.index, level.period) for level in levels if level.period is not None]
    if not dated:
        return replace(column, period=setting.period)
    chosen = max(dated)[2]
    overlaps = any(other != chosen and other.first <= chosen.last and chosen.first <= other.last for *_, other in dated)
    return replace(column, period=chosen, doubt=COLUMN_OF_WHEN if overlaps else None)


def _base_beside(column: Column, levels: list[Column]) -> Period | None:
    """Where a head names no base: last year's column if there is one, else the one before, else last year."""
    usual = base_of(column)
    if usual is None or column.period is None:
        return None
    earlier = [
        level.period
        for level in levels
        if level.period is not None and level.period.length == column.period.length and level.period < column.period
    ]
    return usual if usual in earlier or not earlier else max(earlier)


def base_of(column: Column) -> Period | None:
    """The period compared with, shaped like the column's own."""
    if column.measure in ("level", "plan_ratio", "share") or column.period is None:
        return None
    if column.base is not None:
        within = column.base.is_year and not column.period.is_year and column.base_kind != "origin"
        return column.period.in_year(column.base.end_year) if within else column.base
    if column.base_kind == "month_before":
        return column.period.before() if column.period.length == 1 else None
    return column.period.shift_years(-1)
