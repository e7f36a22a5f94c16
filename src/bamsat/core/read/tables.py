# SPDX-License-Identifier: Apache-2.0
"""Figures from tables: the head decides period, base, measure and status; the row decides indicator and segment."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bamsat.core.read.document import Cell, Document, Table
from bamsat.core.read.doubts import ROW_OF_WHAT, TABLE_WITHOUT_PERIOD, TABLE_WITHOUT_UNIT, joined
from bamsat.core.read.periods import mentions
from bamsat.core.read.table_columns import Column, Setting, base_of, head_unit, read_columns
from bamsat.core.read.table_heads import decide, head_rows, is_column_numbers
from bamsat.core.read.table_rows import Row, headings, names_indicator, price_basis, read_row, subject_words
from bamsat.core.read.table_values import by_values, is_english, measured, merged_away, read_value, says_value
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.interval import interval
from bamsat.core.terms.period import Period
from bamsat.core.terms.unit import UnitFound, unit_name

ReadWords = Callable[[str], Sequence[Figure]]

_NAME_OF_TABLE = re.compile(r"^(?:bảng|biểu|phụ lục|phụ biểu)(?:\s+số)?\s*[\d.IVX]*\s*[.:–-]?\s*", re.IGNORECASE)
_PROBE = "7654"  # a number that no label holds, by which a row's own figure is known again
_MOST_ASKED = 2_000  # different labels: a longer list is a register of things, not a report
_LAST_NUMBER = re.compile(r"\s+\d+$")
_DONE = re.compile(r"\b(?:th|thực hiện)\b", re.IGNORECASE)
_INDEXED = ("iip", "cpi")


@dataclass(frozen=True, slots=True)
class Subject:
    indicator: str
    segment: str | None
    label: str
    sure: bool


@dataclass(slots=True)
class TableReader:
    """Reads the tables of one document; `read_words` is the reader of prose, asked what a label means."""

    document: Document
    read_words: ReadWords
    area: str | None
    year: int
    month: int
    period: Period | None
    plan: bool = False
    known: dict[str, Subject] = field(default_factory=dict)

    def read(self) -> list[Figure]:
        return [figure for table in self.document.tables for figure in self._table(table)]

    def _setting(self, table: Table) -> Setting:
        """The caption's own period beats the document's."""
        found = [m for m in mentions(table.caption.lower()) if m.kind not in ("date", "this")]
        period = found[0].resolve(self.year, self.period) if found else None
        year = period.end_year if period else self.year
        within = period or self.period
        month = within.last % 12 + 1 if within is not None and not within.is_year and within.length < 12 else 0
        return Setting(year, month or self.month, period or self.period, period is not None)

    def _table(self, table: Table) -> list[Figure]:
        rows = head_rows(table)
        setting = self._setting(table)
        columns = read_columns(table, rows, setting)
        values = [column for column in columns if column.role == "value"]
        body = [row for row in table.rows[rows:] if not is_column_numbers(row)]
        if not values or len(body) == 0 or not any(column.role == "label" for column in columns):
            return []
        english = is_english(table)
        columns = [by_values(column, body, english) if column in values else column for column in columns]
        figures: list[Figure] = []
        for row, cells in self._rows(table, body, columns):
            for column in columns:
                cell = cells[column.index] if column.index < len(cells) else None
                if column.role != "value" or cell is None or merged_away(cells, cell, column):
                    continue
                figure = self._figure(table, row, column, cell, setting, english)
                if figure is not None:
                    figures.append(figure)
        return figures

    def _rows(
        self, table: Table, body: Sequence[tuple[Cell | None, ...]], columns: list[Column]
    ) -> list[tuple[Row, tuple[Cell | None, ...]]]:
        """The rows with values, each knowing what stands above it."""
        found: list[tuple[Row, tuple[Cell | None, ...]]] = []
        above: list[Row] = []
        section = ""
        unit_words = ""
        for cells in body:
            row = read_row(cells, columns, unit_words)
            if row is None:
                continue
            unit_words = row.unit_words
            while above and above[-1].depth >= row.depth:
                above.pop()
            has_values = any(
                column.role == "value" and column.index < len(cells) and says_value(cells[column.index])
                for column in columns
            )
            if not has_values:
                section = row.name if row.depth <= 1 else section
                if row.depth <= 1:
                    above = []
                if row.name.lower() not in headings():
                    above.append(row)
                continue
            if row.depth == 0:
                section = ""
            parents = tuple(other.name for other in above)
            found.append((replace(row, parents=parents, section=section), cells))
            above.append(row)
        return found

    def _figure(
        self, table: Table, row: Row, column: Column, cell: Cell, setting: Setting, english: bool
    ) -> Figure | None:
        read = read_value(cell, english)
        if read is None:
            return None
        value, high, of, digits, start, end, hedge, unit_in_cell = read
        doubts = [column.doubt] if column.doubt else []
        column, unit = measured(row, column, unit_in_cell, head_unit(table.caption.lower()), value)
        if unit is None:
            doubts.append(TABLE_WITHOUT_UNIT)
            unit = UnitFound("", Decimal(1), "counted", 0, 0)
        subject = self._subject(table, row, column, row.unit or unit)
        if not subject.sure:
            doubts.append(ROW_OF_WHAT)
        period = row.period or column.period
        base = base_of(replace(column, period=period)) if row.period else column.base
        if column.measure == "index" and subject.indicator.startswith(_INDEXED) and base is None and period is not None:
            base = period.shift_years(-1)
        scale = unit.scale
        value, high = value * scale, high * scale if high is not None else None
        low, up = interval(value, digits, scale, hedge, kind=unit.kind)
        if column.excess:
            value, low, up = value + 100, low + 100, up + 100
        if period is None:
            doubts.append(TABLE_WITHOUT_PERIOD)
        inferred = [
            name
            for name, told in (("period", row.period or column.stated or setting.stated), ("area", row.area))
            if not told
        ]
        text = self.document.text
        return Figure(
            doc=self.document.name,
            start=cell.start + start,
            end=cell.start + end,
            number=text[cell.start + start : cell.start + end],
            label=subject.label,
            indicator=subject.indicator,
            segment=subject.segment,
            measure="ratio" if of is not None else column.measure,
            value=value,
            value_high=high,
            of=of,
            unit=unit.code,
            lower=low,
            upper=up if high is None else max(up, high),
            status=self._status(row, column, cell.text[:start]),
            hedge=hedge,
            area=row.area or self.area,
            period=period.code if period else None,
            base=base.code if base and column.measure in ("growth", "index", "change", "contribution") else None,
            price_basis=price_basis(f"{row.label} {column.head} {table.caption}"),
            inferred=tuple(inferred),
            doubt=joined(doubts),
            at=cell.at,
        )

    def _status(self, row: Row, column: Column, before: str) -> str:
        """By the head, by the name of the row, by the words in front of the number in its cell: "ước 5.300"."""
        if column.status != "actual" or column.measure == "plan_ratio":
            return column.status
        past = column.period is not None and self.period is not None and column.period.last < self.period.first
        if self.plan and not past and not _DONE.search(column.head):
            return "target"
        estimated = "estimate" in (decide("statuses", row.label), decide("statuses", before))
        return "estimate" if estimated else "actual"

    def _subject(self, table: Table, row: Row, column: Column, unit: UnitFound) -> Subject:
        """The indicator by the words of the row; of a row that is a place or a period, by the head or the caption."""
        words = row.name
        if not row.named or row.period or words.lower() in headings():
            head = subject_words(column.head)
            words = head if names_indicator(head) else subject_words(_NAME_OF_TABLE.sub("", table.caption))
        elif not names_indicator(words) and names_indicator(head := subject_words(column.head)):
            found = self._ask((head,), "", unit)
            return Subject(found.indicator, row.name.lower(), row.name, found.sure)
        parents = row.parents[-2:]
        head = subject_words(column.head) if row.unit is None and column.measure != "growth" else ""
        if head and not names_indicator(words) and not names_indicator(table.caption):
            words = f"{head} {words}"  # a list of things, each column another of their sides
        if not any(names_indicator(name) for name in (words, row.section, *parents)):
            about = subject_words(_NAME_OF_TABLE.sub("", table.caption))
            parents = (about, *parents) if names_indicator(about) else parents
        key = "\n".join((row.section, *parents, words, unit.code))
        if key not in self.known:
            few = len(self.known) < _MOST_ASKED
            asked = self._ask((*parents, words), row.section, unit) if few else None
            self.known[key] = asked or Subject(f"other:{words.lower()}", None, words, False)
        return replace(self.known[key], label=words or row.label)

    def _ask(self, names: tuple[str, ...], section: str, unit: UnitFound) -> Subject:
        """Have the prose reader read the row as a sentence, under its parents, and take what it understood."""
        amount = _spoken(unit)
        lines = [f"{section}:"] if section and section not in names else []
        *parents, name = names
        over = [f"{parent} đạt 5 {amount}" for parent in parents]
        own: list[Figure] = []
        for spoken in dict.fromkeys((name, _LAST_NUMBER.sub("", name))):
            sentence = "; trong đó: ".join([*over, f"{spoken} đạt {_PROBE} {amount}"])
            figures = self.read_words("\n".join([*lines, f"{sentence}."]))
            own = [figure for figure in figures if figure.number.startswith(_PROBE)]
            if own and _is_about(own[-1], spoken):
                break
        if not own:
            return Subject(f"other:{name.lower()}", None, name, False)
        figure = own[-1]
        family, _, said = figure.indicator.partition(":")
        said = said.removeprefix(f"{unit.code} ") if said.startswith(f"{unit.code} {unit.code}") else said
        indicator = f"{family}:{said}" if said else family
        return Subject(indicator, figure.segment, name, family != "other")


def _is_about(figure: Figure, name: str) -> bool:
    """Whether a figure was named by the words of the row; a number at their end ("CCN 1") can hide them."""
    _, _, said = figure.indicator.partition(":")
    return not said or any(word in said for word in name.lower().split())


def _spoken(unit: UnitFound) -> str:
    """A unit in the words of a sentence."""
    large = {"VND": "tỷ đồng", "USD": "triệu USD", "": "đơn vị"}
    return large.get(unit.code) or unit_name(unit.code)


def table_figures(
    document: Document,
    read_words: ReadWords,
    *,
    area: str | None,
    year: int,
    month: Period | None,
    period: Period | None,
    plan: bool = False,
) -> list[Figure]:
    """The figures of all tables of a document, with the document's own place and period for what they leave open."""
    if not document.tables:
        return []
    last = month.last % 12 + 1 if month is not None else 0
    return TableReader(document, read_words, area, year, last, period, plan).read()
