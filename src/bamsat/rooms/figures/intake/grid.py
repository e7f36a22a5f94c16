# SPDX-License-Identifier: Apache-2.0
"""Sheets as an office keeps them: title lines, merged heads, a column for each period, group rows, a foot."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bamsat.core.read.loaders.sheets import column_name
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.figures.intake.amounts import is_missing
from bamsat.rooms.figures.intake.fields import KIND_WORDS, Row, Unread, heading
from bamsat.rooms.figures.intake.spans import read_part, read_span
from bamsat.rooms.figures.intake.tidy import MOST_HEAD_ROWS, Names, columns_of

_COMPARES = re.compile(r"so sanh|so voi|so cung|toc do|ty le|%|tang[, /-]*giam|tang truong|ghi chu|binh quan")
_PLACE_IN_TITLE = re.compile(r"(?:tỉnh|thành phố|huyện|thị xã|xã|phường)\s+[^\W\d_][^,;:()\d\n]*", re.IGNORECASE)
_PLACE_SAID = re.compile(r"địa bàn\s*:\s*([^,;()\n]+)", re.IGNORECASE)
_UNIT_IN_TITLE = re.compile(r"(?:đvt|đơn vị tính|đơn vị)\s*:\s*([^();,\n]+)", re.IGNORECASE)
_YEAR_IN_TITLE = re.compile(r"nam ((?:19|20)\d\d)")
_YEAR = re.compile(r"(?:nam |ca nam )?((?:19|20)\d\d)")
_KIND_IN_HEAD = re.compile(r"\b(uoc thuc hien|thuc hien|ke hoach|du bao|uoc th|uoc|uth|th|kh)\b")
_MARK = re.compile(r"^\s*(?:[-–+*•]|\d+(?:\.\d+)*[.)]?(?=\s)|[IVXLC]+[.)]|[a-zđ][.)])\s*", re.IGNORECASE)
_BELOW = re.compile(r"^\s*(?:[-–+*•]|trong đó|\d+\.\d+)", re.IGNORECASE)
_OF_WHICH = re.compile(r"^(?:trong đó|chia ra|bao gồm)\s*:?\s*", re.IGNORECASE)
_MOST_NAME = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as rows of texts; typed numbers begin with "=". `top` and `left` are where its first cell stands."""

    name: str
    rows: list[list[str]]
    top: int = 0
    left: int = 0

    def at(self, row: int, column: int) -> str:
        place = f"{column_name(column + self.left)}{row + self.top + 1}"
        return f"{self.name[:60]}!{place}" if self.name else place


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of values: their period, and what the head says of their kind."""

    at: int
    period: Period
    kind: str


@dataclass(slots=True)
class Layout:
    """What was understood of a wide sheet."""

    head: int  # the last row of the heads
    name: int
    values: list[ValueColumn]
    unit: int = -1
    place: int = -1
    provider: int = -1
    segment: int = -1
    title_unit: str = ""
    title_place: str = ""
    again: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Wide:
    """All sheets of a workbook, each by itself: what cannot be understood is said, the rest goes on."""

    sheets: list[Sheet]
    names: Names
    unread: list[Unread] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        self.unread = []
        for sheet in self.sheets:
            yield from self._sheet(sheet)

    def _sheet(self, sheet: Sheet) -> Iterator[Row]:
        for number, cells in enumerate(sheet.rows[:MOST_HEAD_ROWS]):
            columns = columns_of(cells, self.names)
            if columns:
                for below, line in enumerate(sheet.rows[number + 1 :], number + 1):
                    if any(text.strip() for text in line):
                        yield columns.row(sheet.at(below, columns.value), list(line))
                return
        layout = _layout(sheet, self.names)
        if layout is None:
            if any(text.strip() for line in sheet.rows for text in line):
                self.unread.append(Unread(sheet.at(0, 0), "sheet", sheet.name))
            return
        for kind, column, said in _left_out(sheet, layout):
            self.unread.append(Unread(sheet.at(layout.head, column), kind, said))
        yield from _values(sheet, layout)


# Heads.


def _layout(sheet: Sheet, names: Names) -> Layout | None:
    """The heads are the first rows that give two columns, or one beside a unit, a period; and those that part them."""
    for row in range(min(len(sheet.rows), MOST_HEAD_ROWS)):
        for first in (row, max(row - 1, 0), max(row - 2, 0)):
            values, _ = _value_columns(sheet, first, row)
            named = _named_columns(sheet, first, row)
            if values and (len(values) > 1 or "unit" in named) and not _holds_numbers(sheet, row, values):
                lowest = _lowest(sheet, first, row, len(values))
                return _described(sheet, _highest(sheet, first, lowest), lowest, names)
    return None


def _lowest(sheet: Sheet, first: int, row: int, columns: int) -> int:
    """The last row of the heads: years may have their months below them."""
    while row + 1 < min(len(sheet.rows), first + 4):
        below, _ = _value_columns(sheet, first, row + 1)
        typed = [text for text in sheet.rows[row + 1] if text.startswith("=") and not _YEAR.fullmatch(text[1:])]
        if len(below) < columns or typed or not any(read_part(text.strip(), 2000) for text in sheet.rows[row + 1]):
            break
        row, columns = row + 1, len(below)
    return row


def _highest(sheet: Sheet, first: int, last: int) -> int:
    """The first row of the heads: "Kế hoạch" may stand over years."""
    values, _ = _value_columns(sheet, first, last)
    for above in (first - 1, first - 2):
        if above < 0:
            break
        more, _ = _value_columns(sheet, above, last)
        if len(more) >= len(values) and {each.kind for each in more} - {each.kind for each in values}:
            return above
    return first


def _value_columns(sheet: Sheet, first: int, last: int) -> tuple[list[ValueColumn], list[int]]:
    """The columns of values, and those that only repeat the head of an earlier one."""
    found: dict[tuple[Period, str], ValueColumn] = {}
    again = []
    year = _year_in_title(sheet, first)
    for column in range(max(len(line) for line in sheet.rows[first : last + 1])):
        parts = _head_parts(sheet, first, last, column)
        if parts and (read := _read_head(parts, year)):
            if read in found:
                again.append(column)
            else:
                found[read] = ValueColumn(column, *read)
    # A title merged over all columns heads none of them.
    return ([], []) if len(found) == 1 and again else (list(found.values()), again)


def _year_in_title(sheet: Sheet, first: int) -> int:
    """The year that the title lines name, where they name one only."""
    texts = {fold(text) for line in sheet.rows[:first] for text in line if text}
    years = {int(year) for text in texts for year in _YEAR_IN_TITLE.findall(text)}
    return years.pop() if len(years) == 1 else 0


def _head_parts(sheet: Sheet, first: int, last: int, column: int) -> list[str]:
    """The texts over a column from top to bottom; a merged cell says the same in every row, once."""
    texts = [line[column].strip() if column < len(line) else "" for line in sheet.rows[first : last + 1]]
    return list(dict.fromkeys(" ".join(text.split()) for text in texts if text))


def _read_head(parts: list[str], year: int = 0) -> tuple[Period, str] | None:
    """The period and the kind of the head of a column; None for one that compares, or says no period."""
    whole = fold(" ".join(parts))
    if _COMPARES.search(whole) or len(whole) > 60:
        return None
    kind = ""
    if said := _KIND_IN_HEAD.search(whole):
        kind = KIND_WORDS.get(said[1], "")
    bare = [text for text in (_KIND_IN_HEAD.sub("", fold(part)).strip(" :-,") for part in parts) if text]
    for text in (*reversed(bare), " ".join(reversed(bare)), " ".join(bare)):
        if (period := read_span(text)) and not _is_whole_year_over(text, bare):
            return period, kind
    years = [int(found[1]) for text in bare if (found := _YEAR.fullmatch(text.removeprefix("=")))]
    year = years[0] if years else year
    parts_of_year = [period for text in bare if year and not text.startswith("=") and (period := read_part(text, year))]
    return (parts_of_year[-1], kind) if parts_of_year else None


def _is_whole_year_over(text: str, parts: list[str]) -> bool:
    """A year that stands over months is no period of its own."""
    return len(parts) > 1 and _YEAR.fullmatch(text.removeprefix("=")) is not None


def _named_columns(sheet: Sheet, first: int, last: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in range(last, first - 1, -1):
        for column, text in enumerate(sheet.rows[row]):
            if text.strip() and (name := heading(text)) and name not in found:
                found[name] = column
    return found


def _holds_numbers(sheet: Sheet, row: int, values: list[ValueColumn]) -> bool:
    """A row of data whose numbers look like years."""
    texts = [sheet.rows[row][each.at] if each.at < len(sheet.rows[row]) else "" for each in values]
    typed = [text for text in texts if text.startswith("=")]
    return len(typed) > 1 and len({read_span(text) for text in typed}) < len(typed)


def _described(sheet: Sheet, first: int, head: int, names: Names) -> Layout:
    values, again = _value_columns(sheet, first, head)
    named = _named_columns(sheet, first, head)
    taken = {each.at for each in values}
    name = named.get("indicator", -1)
    if name < 0 or name in taken:
        name = _wordiest(sheet, head, taken | {at for key, at in named.items() if key != "indicator"})
    title = [text.strip() for line in sheet.rows[: head + 1] for text in dict.fromkeys(line) if text.strip()]
    unit = next((found[1].strip() for text in title if (found := _UNIT_IN_TITLE.search(text))), "")
    places = [place for text in title if (place := _place_in(text, names))]
    if not places and names.is_place(sheet.name.strip()):
        places = [sheet.name.strip()]
    return Layout(
        head, name, values, named.get("unit", -1), named.get("place", -1), named.get("provider", -1),
        named.get("segment", -1), unit, places[-1] if places else "", again,
    )  # fmt: skip


def _wordiest(sheet: Sheet, head: int, taken: set[int]) -> int:
    lengths: dict[int, int] = {}
    for line in sheet.rows[head + 1 : head + 200]:
        for column, text in enumerate(line):
            if column not in taken and not text.startswith("=") and len(text.strip()) > 3:
                lengths[column] = lengths.get(column, 0) + len(text.strip())
    return max(lengths, key=lambda column: lengths[column], default=0)


def _place_in(title: str, names: Names) -> str:
    """What "Địa bàn:" says, or the longest run of words from "tỉnh", "huyện" ... that is the name of a place."""
    if said := _PLACE_SAID.search(title):
        return said[1].strip()
    for found in _PLACE_IN_TITLE.finditer(title):
        words = found[0].split()
        for length in range(min(len(words), 7), 1, -1):
            if names.is_place(text := " ".join(words[:length])):
                return text
    return ""


def _left_out(sheet: Sheet, layout: Layout) -> Iterator[tuple[str, int, str]]:
    """Columns that are not taken: those that compare others, and those that repeat the head of another."""
    taken = {each.at for each in layout.values}
    for column in range(len(sheet.rows[layout.head])):
        said = " ".join(_head_parts(sheet, max(0, layout.head - 1), layout.head, column))
        if column in layout.again:
            yield "column_twice", column, said[:60]
        elif column not in taken and not heading(said) and _COMPARES.search(fold(said)) and "ghi chu" not in fold(said):
            yield "column", column, said[:60]


# Values.


def _values(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    above = ""  # the last row that stood by itself: rows marked with a dash are parts of it
    place = ""
    for number in range(layout.head + 1, len(sheet.rows)):
        line = sheet.rows[number]
        said = _cell(line, layout.name)
        if layout.place >= 0:
            place = _cell(line, layout.place) or place
        name, segment, above = _name(said, above)
        segment = _cell(line, layout.segment) or segment
        if not name:
            continue
        for value in layout.values:
            text = _cell(line, value.at)
            if is_missing(text) or (layout.values and _is_numbering(line, layout)):
                continue
            unit = _cell(line, layout.unit) or layout.title_unit
            yield (
                sheet.at(number, value.at), text, value.period.code, "", "", "", "", name[:_MOST_NAME],
                place or layout.title_place, segment[:_MOST_NAME], "", unit,
                "", _cell(line, layout.provider), value.kind, "",
            )  # fmt: skip


def _cell(line: list[str], at: int) -> str:
    return " ".join(line[at].split()) if 0 <= at < len(line) else ""


def _name(said: str, above: str) -> tuple[str, str, str]:
    """Indicator and segment of a row, and what rows with a dash below it are parts of."""
    if not said or said.startswith("="):
        return "", "", above
    bare = _MARK.sub("", said).strip(" :")
    part = _OF_WHICH.sub("", bare).strip(" :")
    if _BELOW.match(said) and above:
        return (above, part, above) if part else ("", "", above)
    return bare, "", bare


def _is_numbering(line: list[str], layout: Layout) -> bool:
    """The row below the heads that counts the columns: (1), (2), (3) or A, B, 1, 2."""
    texts = [_cell(line, each.at).strip("()=") for each in layout.values]
    numbers = [int(text) for text in texts if text.isdigit()]
    name = _cell(line, layout.name).strip("()=")
    steps = all(b - a == 1 for a, b in itertools.pairwise(numbers))
    return len(numbers) == len(texts) and steps and len(name) <= 2
