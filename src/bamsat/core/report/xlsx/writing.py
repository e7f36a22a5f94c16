# SPDX-License-Identifier: Apache-2.0
"""Sheets written as a workbook: real numbers, formulas that compute again, a note at every number, ready to print."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook

from bamsat.core.report.outline import Cell, Column, Row, Table, Told
from bamsat.core.report.xlsx import heads
from bamsat.core.report.xlsx.cells import Number, note_of, number_of
from bamsat.core.report.xlsx.formulas import Live
from bamsat.core.report.xlsx.sheet import Sheet, named
from bamsat.core.report.xlsx.styles import Styles
from bamsat.core.report.xlsx.widths import lines_of, widths_of

# A workbook in which words are words: a name that begins with "=" is no formula, and an address no link.
WORDS_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ESTIMATED = "Số in nghiêng là số ước thực hiện."
CONTENTS, MANY = "Mục lục", 4  # from so many sheets on, a list of them stands first
_KNOWN_PROPERTIES = ("title", "subject", "author", "company", "category", "keywords", "comments")
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # the same report is the same file, whenever it is written
_MARGINS = {"left": 1.18, "right": 0.59, "top": 0.79, "bottom": 0.79}  # inches: 30, 15, 20 and 20 mm
_LINE, _ROW = 15.75, 16.5  # points of a line of text, and of a row with one
_LETTER = 5.25  # points of a column of one letter
_LONG, _SHORT = 842, 595  # points of A4
_SMALLEST = 0.55  # letters of 12 points are then 6.6 points high; smaller ones nobody reads


def to_xlsx(sheets: Sequence[Sheet], properties: Mapping[str, str] | None = None) -> bytes:
    """The workbook of these sheets. `properties`: title, subject, author, company ...; others are kept as named."""
    out = io.BytesIO()
    sheets = named(sheets)
    with Workbook(out, WORDS_ONLY) as book:
        _describe(book, properties or {})
        book.set_calc_mode("auto")
        styles = Styles(book)
        if len(sheets) >= MANY:
            _contents(book, styles, sheets)
        for sheet in sheets:
            _Writer(book, styles, sheet).write()
        if not sheets:
            book.add_worksheet("Trống").write_string(0, 0, "Báo cáo không có bảng số liệu.", styles.of("caption"))
    return out.getvalue()


def _describe(book: Workbook, properties: Mapping[str, str]) -> None:
    told: dict[str, Any] = {name: properties[name] for name in _KNOWN_PROPERTIES if properties.get(name)}
    book.set_properties(told | {"created": _NO_DAY})
    for name, value in properties.items():
        if name not in _KNOWN_PROPERTIES and value:
            book.set_custom_property(name[:255], value[:255], "text")


def _contents(book: Workbook, styles: Styles, sheets: Sequence[Sheet]) -> None:
    """A list of the sheets, each a step away."""
    page = book.add_worksheet(CONTENTS)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, "MỤC LỤC", styles.of("caption"))
    for at, sheet in enumerate(sheets, 2):
        page.write_url(at, 0, f"internal:'{sheet.name}'!A1", styles.of("link"), sheet.name)
        captions = dict.fromkeys(table.caption for table in sheet.tables if table.caption)
        page.write_string(at, 1, sheet.title or "; ".join(captions), styles.of("caption"))
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(**_MARGINS)


class _Writer:
    """Writes one sheet from the top down; `at` is the next row."""

    def __init__(self, book: Workbook, styles: Styles, sheet: Sheet) -> None:
        self.styles, self.sheet = styles, sheet
        self.page = book.add_worksheet(sheet.name)
        self.page.set_comments_author("Bám Sát")
        self.page.set_default_row(_ROW)
        self.widths = widths_of(sheet.tables)
        self.last = max(len(self.widths) - 1, 1)
        self.at = 0
        self.tall = 0.0  # points by which rows are higher than one line
        self.head: tuple[int, int] | None = None

    def write(self) -> None:
        for at, width in enumerate(self.widths):
            self.page.set_column(at, at, width)
        self._top()
        for table in self.sheet.tables:
            self._table(table)
        if self.sheet.prepared or self.sheet.headed:
            self._signatures()
        self._print()

    # Over the tables.

    def _top(self) -> None:
        sheet = self.sheet
        middle = self._half()
        for line in range(max(len(sheet.left), len(sheet.right))):
            self._corner(sheet.left, line, 0, middle)
            self._corner(sheet.right, line, middle + 1, self.last)
            both = ((sheet.left, self.widths[: middle + 1]), (sheet.right, self.widths[middle + 1 :]))
            texts = [(lines[line], sum(widths)) for lines, widths in both if line < len(lines)]
            self.high(self.at, max(lines_of(text, width) for text, width in texts))
            self.at += 1
        if sheet.left or sheet.right:
            self.at += 1
        if sheet.title:
            self._across(sheet.title, "title")
        for line_ in sheet.subtitles:
            self._across(line_, "subtitle")
        if sheet.title or sheet.subtitles:
            self.at += 1

    def _half(self) -> int:
        """The last column of the left half."""
        whole, so_far = sum(self.widths), 0.0
        for at, width in enumerate(self.widths):
            so_far += width
            if so_far >= whole / 2:
                return min(at, self.last - 1)
        return 0

    def _corner(self, lines: Sequence[str], line: int, left: int, right: int) -> None:
        if line < len(lines):
            loud = max((i for i, text in enumerate(lines) if text.isupper()), default=0)
            self._merge(self.at, left, right, lines[line], self.styles.of("organ", bold=line == loud))

    def _across(self, text: str, look: str) -> None:
        self._merge(self.at, 0, self.last, text, self.styles.of(look))
        self.high(self.at, lines_of(text, sum(self.widths) * (0.8 if look == "title" else 1)))
        self.at += 1

    def _merge(self, at: int, left: int, right: int, text: str, style: Any) -> None:
        if right > left:
            self.page.merge_range(at, left, at, right, "", style)
        self.page.write_string(at, left, text, style)

    def high(self, at: int, lines: int) -> None:
        if lines > 1:
            self.page.set_row(at, _LINE * lines + 3)
            self.tall += _LINE * (lines - 1)

    # A table.

    def _table(self, table: Table) -> None:
        if table.caption and table.caption.casefold() != self.sheet.title.casefold():
            self._across(table.caption, "caption")
        if table.unit:
            self._across(f"Đơn vị tính: {table.unit}", "unit")
        top = self.at
        self._heads(table)
        if self.head is None:
            self.head = (top, self.at - 1)
        numbers = {
            (r, c): number
            for r, row in enumerate(table.rows)
            for c, cell in enumerate(row.cells)
            if (number := number_of(cell))
        }
        live = Live(table, {at: (each.value, each.shown, each.places) for at, each in numbers.items()})
        cells = _Cells(self, table, numbers, live, self.at)
        for r, row in enumerate(table.rows):
            cells.row(r, row)
        self.at += len(table.rows)
        notes = [table.note] if table.note else []
        if any(number.estimated for number in numbers.values()):
            notes.append(ESTIMATED)
        for note in notes:
            self._across(note, "note")
        self.at += 1

    def _heads(self, table: Table) -> None:
        style = self.styles.of("head")
        lines = [1] * heads.depth(table.columns)
        for head in heads.merged(table.columns):
            box = (self.at + head.top, head.left, self.at + head.bottom, head.right)
            if box[:2] != box[2:]:
                self.page.merge_range(*box, "", style)
            self.page.write_string(*box[:2], head.text, style)
            width = sum(self.widths[head.left : head.right + 1]) * 0.85
            high = lines_of(head.text, width) - (head.bottom - head.top)
            lines[head.bottom] = max(lines[head.bottom], high)
        for more, count in enumerate(lines):
            self.high(self.at + more, count)
        self.at += len(lines)
        if table.numbered:
            for at, text in enumerate(column_numbers(table.columns)):
                label(self.page, self.at, at, text, self.styles.of("number_of_column"))
            self.at += 1

    # Under the tables.

    def _signatures(self) -> None:
        sheet, middle = self.sheet, self._half()
        self._merge(self.at, middle + 1, self.last, sheet.dated, self.styles.of("place"))
        both = ((0, middle, sheet.prepared, "(Ký, ghi rõ họ tên)", ""),
                (middle + 1, self.last, sheet.headed, "(Ký, đóng dấu, ghi rõ họ tên)", sheet.signer))  # fmt: skip
        for left, right, who, how, name in both:
            if who:
                self._merge(self.at + 1, left, right, who, self.styles.of("signer"))
                self._merge(self.at + 2, left, right, how, self.styles.of("signed"))
                self._merge(self.at + 6, left, right, name, self.styles.of("signer"))
        self.at += 7

    def _fits(self) -> bool:
        """Whether all of it may stand on one page, so that nobody signs on an empty one."""
        wide, high = (_LONG - 128, _SHORT - 114) if self.sheet.landscape else (_SHORT - 128, _LONG - 114)
        scale = min(wide / (sum(self.widths) * _LETTER), high / (self.at * _ROW + self.tall))
        return scale >= _SMALLEST

    def _print(self) -> None:
        page = self.page
        page.set_paper(9)
        if self.sheet.landscape:
            page.set_landscape()
        page.fit_to_pages(1, 1 if self._fits() else 0)
        page.set_margins(**_MARGINS)
        page.center_horizontally()
        page.set_header('&C&"Times New Roman,Regular"&13&P', {"margin": 0.4})
        page.print_area(0, 0, max(self.at - 1, 0), self.last)
        page.hide_gridlines(2)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{self.at + 1}"})  # "7.1" is the number of a row
        if self.head:
            page.repeat_rows(*self.head)
        if self.head and len(self.sheet.tables) == 1:
            columns = self.sheet.tables[0].columns
            words = next((at for at, column in enumerate(columns) if column.number), 0)
            page.freeze_panes(self.head[1] + 1, words)


class _Cells:
    """Writes the rows of one table, whose first stands in the sheet's row `top`."""

    def __init__(
        self, writer: _Writer, table: Table, numbers: Mapping[tuple[int, int], Number], live: Live, top: int
    ) -> None:
        self.page, self.styles, self.widths, self.writer = writer.page, writer.styles, writer.widths, writer
        self.table, self.numbers, self.live, self.top = table, numbers, live, top
        self.name = name_column(table)

    def row(self, r: int, row: Row) -> None:
        loud = row.kind != "body"
        lines = 1
        for c, column in enumerate(self.table.columns):
            cell = row.cells[c] if c < len(row.cells) else Cell()
            if not column.number and self.widths[c]:
                width = (self.widths[c] - (2 * row.level if c == self.name else 0)) * (1.0 if loud else 1.12)
                lines = max(lines, lines_of(cell.text, width))
            self._cell((r, c), row, column, cell, loud)
        self.writer.high(self.top + r, lines)

    def _cell(self, at: tuple[int, int], row: Row, column: Column, cell: Cell, loud: bool) -> None:
        x, y, number = self.top + at[0], at[1], self.numbers.get(at)
        live = bool(cell.formula) and self.live.has(at)
        formula = self.live.excel(at, self.top) if live else ""
        if number:
            style = self.styles.of("number", bold=loud, italic=number.estimated, shown=number.format)
            value = self.live.value(at) if live else number.value
            assert value is not None
            if formula:
                self.page.write_formula(x, y, formula, style, float(value))
            else:
                self.page.write_number(x, y, float(value), style)
        elif formula:
            self.page.write_formula(x, y, formula, self.styles.of("number", bold=loud, shown=self._usual(y)), "")
        else:
            self._words(x, y, row, column, cell, loud)
        if any(isinstance(piece, Told) for piece in cell.pieces):
            beside = self.live.computed(at) if cell.formula and not live else None
            self.page.write_comment(x, y, note_of(cell, beside), {"x_scale": 2.6, "y_scale": 1.1, "font_size": 9})

    def _words(self, x: int, y: int, row: Row, column: Column, cell: Cell, loud: bool) -> None:
        look = "words" if y == self.name or (len(cell.text) > 12 and not column.number) else "short"
        indent = row.level if y == self.name else 0
        style = self.styles.of(look, bold=loud, indent=indent)
        if cell.text:
            label(self.page, x, y, cell.text, style)
        else:
            self.page.write_blank(x, y, None, style)

    def _usual(self, y: int) -> str:
        """The format of the column, for a cell that has no number yet."""
        places = [number.places for at, number in self.numbers.items() if at[1] == y]
        body = "." + "0" * max(places) if any(places) else ""
        return f"[$-42A]#,##0{body}_ "


def label(page: Any, x: int, y: int, text: str, style: Any) -> None:
    """Words; a bare number of a row or column as a number, which a spreadsheet would else call text by mistake."""
    if text.isascii() and text.isdecimal() and (text == "0" or text[0] != "0") and len(text) < 10:
        page.write_number(x, y, int(text), style)
    else:
        page.write_string(x, y, text, style)


def column_numbers(columns: Sequence[Column]) -> list[str]:
    """What stands in the row of column numbers: letters over words, numbers over numbers.

    >>> column_numbers([Column(("TT",)), Column(("Chỉ tiêu",)), Column(("Tổng số",), number=True)])
    ['A', 'B', '1']
    """
    letters, count, found = 0, 0, []
    for column in columns:
        if column.number:
            count += 1
            found.append(str(count))
        else:
            found.append(chr(ord("A") + letters % 26))
            letters += 1
    return found


def name_column(table: Table) -> int:
    """The column with the names of the rows: that of words with the longest."""
    longest = {
        at: max((len(row.cells[at].text) for row in table.rows if at < len(row.cells)), default=0)
        for at, column in enumerate(table.columns)
        if not column.number
    }
    return max(longest, key=lambda at: longest[at], default=0)
