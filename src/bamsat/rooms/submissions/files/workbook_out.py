# SPDX-License-Identifier: Apache-2.0
"""A return as a workbook to fill: white cells to type in, everything else locked, totals that compute as one types."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils import timezone
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from bamsat.core.forms.definition import Column, Row
from bamsat.core.forms.sheet import Cell, is_pattern
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.submissions import period_words
from bamsat.rooms.submissions.files import layout as places
from bamsat.rooms.submissions.files.excel_formulas import Formulas
from bamsat.rooms.submissions.files.layout import Layout
from bamsat.rooms.submissions.files.lists import Listed
from bamsat.rooms.submissions.files.styles import Styles
from bamsat.rooms.submissions.grids import Grid
from bamsat.rooms.submissions.models import Form
from bamsat.ui import sheets

MARK, EDITION, HIDDEN, LISTS = "bamsat", "1", "_bamsat", "_danh_muc"
HOW = "Chỉ gõ vào ô trắng. Không phát sinh thì gõ 0; chưa có số thì để trống. Ô xám là số đã có hoặc máy tính."
REASON = "Lý do, nếu thiếu số hoặc số khác thường"
_NAME_WIDTH, _WIDTH = 46, 15  # letters
_EXACT_DIGITS = 15  # a spreadsheet keeps no more
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']+")


def workbook(grid: Grid, lists: Mapping[str, Listed]) -> bytes:
    """The workbook of a return, or of a form that nobody has opened yet."""
    out = io.BytesIO()
    with Workbook(out, sheets.WORDS_ONLY) as book:
        _Writer(book, grid, lists).write()
    return out.getvalue()


def sheet_name(form: Form) -> str:
    """What the sheet is called: the form's number, as far as a spreadsheet allows."""
    return " ".join(_NOT_IN_A_NAME.sub("-", form.number or "Biểu").split())[:31].strip("- ") or "Biểu"


@dataclass
class _Writer:
    book: Workbook
    grid: Grid
    lists: Mapping[str, Listed]

    def __post_init__(self) -> None:
        self.definition, self.sent = self.grid.definition, self.grid.sent_return
        self.layout = Layout(self.definition, self.sent.chosen)
        self.title = sheet_name(self.sent.form)
        self.sheet = self.book.add_worksheet(self.title)
        self.styles = Styles(self.book)
        self.formulas = Formulas(self.layout, frozenset(self.grid.known))
        self.ranges: dict[tuple[str, ...], str] = {}
        self.names: set[str] = set()

    def write(self) -> None:
        self._top()
        self._heads()
        for line in self.layout.lines:
            if line.spare:
                self._spare(line.at, line.row)
            else:
                self._line(line.at, line.row)
        self._foot()
        self._page()
        self._memory()

    # Title lines and heads.

    def _top(self) -> None:
        form, sent, style = self.sent.form, self.sent, self.styles
        last = self.layout.last_column
        self.sheet.merge_range(places.TITLE, 0, places.TITLE, last, form.name_vi, style.of("title"))
        told = {
            places.NUMBER: f"Biểu số: {form.number}" if form.number else "",
            places.SENDER: f"Nơi gửi: {sent.place.name}",
            places.PERIOD: f"Kỳ báo cáo: {period_words.period_name(sent.span)}",
            places.UNIT: f"Đơn vị tính: {self.definition.unit.vi}" if self.definition.unit else "",
            places.DUE: f"Hạn gửi: {_moment(sent.due)}" if sent.due else "",
        }
        for at, text in told.items():
            self.sheet.write_string(at, 0, text, style.of("told"))
        self.sheet.write_string(places.HOW, 0, HOW, style.of("how"))

    def _heads(self) -> None:
        first, last = places.HEAD, self.layout.last_head
        self._head(first, 0, last, 0, "STT")
        picking = next((row.pick for row in self.definition.rows if len(row.pick) > 1), ())
        self._head(first, 1, last, 1, "Chỉ tiêu")
        for more in range(1, max(self.layout.picking, 1)):
            listed = self.lists.get(picking[more])
            self._head(first, 1 + more, last, 1 + more, listed.name if listed else picking[more])
        if self.layout.has_units:
            self._head(first, self.layout.unit_at, last, self.layout.unit_at, "Đơn vị tính")
        self._head(first, self.layout.reason_at, last, self.layout.reason_at, REASON)
        columns = self.layout.columns
        self._high(last, [(self._column_name(column), _WIDTH * 0.85) for _, column in columns if not column.hidden])
        start = 0
        while start < len(columns):
            group = period_words.group_name(columns[start][1], self.sent.span)
            end = start + 1
            while group and end < len(columns) and period_words.group_name(columns[end][1], self.sent.span) == group:
                end += 1
            if group:
                self._head(first, columns[start][0], first, columns[end - 1][0], group)
            for at, column in columns[start:end]:
                self._head(last if group else first, at, last, at, self._column_name(column))
            start = end

    def _column_name(self, column: Column) -> str:
        name = period_words.column_name(column, self.sent.span)
        return f"{name} ({column.unit})" if column.unit else name

    def _head(self, top: int, left: int, bottom: int, right: int, text: str) -> None:
        style = self.styles.of("head")
        if (top, left) == (bottom, right):
            self.sheet.write_string(top, left, text, style)
        else:
            self.sheet.merge_range(top, left, bottom, right, text, style)

    def _high(self, at: int, texts: Iterable[tuple[str, float]]) -> None:
        """Room for texts that do not fit into one line of their column."""
        lines = max((ceil(len(text) / width) for text, width in texts), default=1)
        if lines > 1:
            self.sheet.set_row(at, 16.5 * lines + 3)

    # Lines.

    def _line(self, at: int, row: Row) -> None:
        self._high(at, [(row.name.vi, _NAME_WIDTH * (0.85 if row.name.vi.isupper() else 1.15) - row.level)])
        loud = row.heading or row.level == 0 or bool(row.formula)
        self.sheet.write_string(at, 0, row.number, self.styles.of("number", bold=loud))
        names = row.name.vi.split(", ") if "~" in row.code and self.layout.picking > 1 else [row.name.vi]
        if "~" in row.code:
            names = self._picked_names(row)
        for more in range(max(self.layout.picking, 1)):
            text = names[more] if more < len(names) else ""
            indent = max(row.level, 0) if not more else 0
            self.sheet.write_string(at, 1 + more, text, self.styles.of("name", bold=loud, indent=indent))
        if self.layout.has_units:
            unit = "" if row.heading else row.unit
            self.sheet.write_string(at, self.layout.unit_at, unit, self.styles.of("unit"))
        for x, column in self.layout.columns:
            if row.heading or is_pattern(row) or not row.has(column.code):
                self.sheet.write_blank(at, x, None, self.styles.of("none"))
            else:
                self._cell(at, x, self.grid.sheet.cell(row.code, column.code))
        if not row.heading and not is_pattern(row) and not row.formula:
            self._reason(at, row)

    def _reason(self, at: int, row: Row) -> None:
        """Where the sender says why; what was said before stands there."""
        keys = [f"{row.code}.{column.code}" for _, column in self.layout.columns]
        told = dict.fromkeys(why for key in keys if (why := self.sent.cells.get(key, {}).get("why", "")))
        self.sheet.write_string(at, self.layout.reason_at, "; ".join(told), self.styles.of("pick"))

    def _picked_names(self, row: Row) -> list[str]:
        pattern, *codes = row.code.split("~")
        lists = self.layout.by_code[pattern].pick
        found = []
        for codelist, code in zip(lists, codes, strict=False):
            listed = self.lists.get(codelist)
            found.append(listed.names.get(code, (code,))[0] if listed else code)
        return found

    def _cell(self, at: int, x: int, cell: Cell) -> None:
        role = {"typed": "entry", "known": "known", "computed": "computed"}[cell.role]
        format_ = self.styles.cell(role, cell.row, cell.column, bold=bool(cell.row.formula))
        if cell.role == "computed":
            self._computed(at, x, cell, format_)
        elif cell.role == "typed" and cell.column.type != "number":
            self._words(at, x, cell, format_)
        else:
            self._number(at, x, cell.value, cell.text, format_)
        if cell.role == "typed":
            self._entry(at, x, cell)

    def _computed(self, at: int, x: int, cell: Cell, format_: Any) -> None:
        known = cell.column.fill in ("known", "known_or_typed") and cell.key in self.grid.known
        formula = "" if known else self.formulas.of(cell.row, cell.column)
        if formula:
            value = float(cell.value) if cell.value is not None else ""
            self.sheet.write_formula(at, x, formula, format_, value)
        else:
            self._number(at, x, cell.value, "", format_)

    def _number(self, at: int, x: int, value: Decimal | None, text: str, format_: Any) -> None:
        if value is not None and len(value.as_tuple().digits) <= _EXACT_DIGITS:
            self.sheet.write_number(at, x, float(value), format_)
        elif value is not None or text.strip():
            self.sheet.write_string(at, x, text or str(value), format_)
        else:
            self.sheet.write_blank(at, x, None, format_)

    def _words(self, at: int, x: int, cell: Cell, format_: Any) -> None:
        words = cell.typed.words if cell.typed else ""
        if words and cell.column.type == "date":
            self.sheet.write_datetime(at, x, datetime.combine(date.fromisoformat(words), datetime.min.time()), format_)
        elif words and cell.column.type == "yes_no":
            self.sheet.write_string(at, x, {"yes": "có", "no": "không"}[words], format_)
        else:
            self.sheet.write_string(at, x, words or cell.text, format_)

    def _entry(self, at: int, x: int, cell: Cell) -> None:
        base = name = "o_" + re.sub(r"\W+", "_", fold(cell.key))
        while name in self.names:
            name = f"{base}_{len(self.names)}"
        self.names.add(name)
        place = xl_rowcol_to_cell(at, x, row_abs=True, col_abs=True)
        self.book.define_name(name, f"='{self.title}'!{place}")
        self._validate(at, x, at, cell.column, cell.row)

    def _validate(self, at: int, x: int, last: int, column: Column, row: Row) -> None:
        said: dict[str, Any] = {"ignore_blank": True, "input_title": self._column_name(column)[:32]}
        unit = column.unit or row.unit
        if column.type == "number":
            said |= {
                "validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
                "input_message": f"Theo {unit or 'đơn vị của biểu'}. Không phát sinh thì gõ 0; chưa có thì để trống.",
                "error_title": "Ô này nhận một số",
                "error_message": "Hãy gõ số, như 1.234,5. Không phát sinh thì gõ 0; chưa có số thì để trống.",
            }  # fmt: skip
        elif column.type == "date":
            said |= {
                "validate": "date", "criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(2200, 1, 1),
                "input_message": "Ngày/tháng/năm, như 05/09/2026.", "error_title": "Ô này nhận một ngày",
                "error_message": "Hãy gõ ngày/tháng/năm, như 05/09/2026.",
            }  # fmt: skip
        elif column.type in ("yes_no", "choice"):
            said |= {
                "validate": "list", "source": self._choices(column), "input_message": "Chọn trong danh sách.",
                "error_title": "Chọn trong danh sách", "error_message": "Hãy chọn một mục trong danh sách của ô.",
            }  # fmt: skip
        else:
            return
        said["input_message"] = said["input_message"][:255]
        self.sheet.data_validation(at, x, last, x, said)

    def _choices(self, column: Column) -> list[str] | str:
        if column.type == "yes_no":
            return ["có", "không"]
        listed = self.lists.get(column.codelist)
        names = tuple(each[0] for each in listed.names.values()) if listed else column.choices
        return self._listed(names)

    def _listed(self, names: tuple[str, ...]) -> list[str] | str:
        """A short list as it is; a long one, or one with a comma in a name, on a sheet of its own."""
        if len(",".join(names)) < 250 and not any("," in name for name in names):
            return list(names)
        if names not in self.ranges:
            sheet = self.book.get_worksheet_by_name(LISTS) or self.book.add_worksheet(LISTS)
            sheet.hide()
            at = len(self.ranges)
            for row, name in enumerate(names):
                sheet.write_string(row, at, name)
            first, last = (xl_rowcol_to_cell(row, at, True, True) for row in (0, len(names) - 1))
            self.ranges[names] = f"={LISTS}!{first}:{last}"
        return self.ranges[names]

    def _spare(self, at: int, pattern: Row) -> None:
        self.sheet.write_blank(at, 0, None, self.styles.of("number"))
        for more in range(max(self.layout.picking, 1)):
            chosen = more < len(pattern.pick)
            self.sheet.write_blank(at, 1 + more, None, self.styles.of("pick" if chosen else "name"))
            if chosen and (listed := self.lists.get(pattern.pick[more])):
                source = self._listed(tuple(each[0] for each in listed.names.values()))
                self.sheet.data_validation(
                    at, 1 + more, at, 1 + more,
                    {"validate": "list", "source": source, "input_title": listed.name[:32], "error_type": "warning",
                     "input_message": "Chọn trong danh sách; mỗi dòng một mục."},
                )  # fmt: skip
        if self.layout.has_units:
            self.sheet.write_string(at, self.layout.unit_at, pattern.unit, self.styles.of("unit"))
        for x, column in self.layout.columns:
            if not pattern.has(column.code):
                self.sheet.write_blank(at, x, None, self.styles.of("none"))
                continue
            role = "entry" if column.is_typed else "known"
            self.sheet.write_blank(at, x, None, self.styles.cell(role, pattern, column))
            if column.is_typed:
                self._validate(at, x, at, column, pattern)
        self.sheet.write_blank(at, self.layout.reason_at, None, self.styles.of("pick"))

    # The rest.

    def _foot(self) -> None:
        at = self.layout.lines[-1].at + 2
        right = max(self.layout.last_column - 1, 2)
        self.sheet.write_string(at, 1, "Người lập biểu", self.styles.of("signer"))
        self.sheet.write_string(at, right, "Thủ trưởng đơn vị", self.styles.of("signer"))
        self.sheet.write_string(at + 1, 1, "(Ký, họ tên)", self.styles.of("signed"))
        self.sheet.write_string(at + 1, right, "(Ký, đóng dấu, họ tên)", self.styles.of("signed"))

    def _page(self) -> None:
        sheet, layout = self.sheet, self.layout
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 1, _NAME_WIDTH)
        if layout.picking > 1:
            sheet.set_column(2, layout.picking, 22)
        if layout.has_units:
            sheet.set_column(layout.unit_at, layout.unit_at, 13)
        for at, column in layout.columns:
            width = 24 if column.type == "text" else _WIDTH
            sheet.set_column(at, at, width, None, {"hidden": True} if column.hidden else {})
        sheet.set_column(layout.reason_at, layout.reason_at, 26)
        sheet.freeze_panes(layout.last_head + 1, 2)
        sheet.repeat_rows(places.HEAD, layout.last_head)
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        if len(layout.columns) > 4:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RTrang &P/&N")
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        sheet.activate()

    def _memory(self) -> None:
        """What the sheet is of, and what stood in it when it was made; nobody needs to see it."""
        sheet = self.book.add_worksheet(HIDDEN)
        told = [
            (MARK, EDITION), ("form", self.sent.form.code), ("version", str(self.sent.version.number)),
            ("place", self.sent.place.slug), ("period", self.sent.period), ("sheet", self.title),
        ]  # fmt: skip
        for at, (name, value) in enumerate(told):
            sheet.write_row(at, 0, [name, value])
        for at, (key, stood) in enumerate(self._stood(), len(told)):
            sheet.write_row(at, 0, [key, stood])
        sheet.very_hidden()

    def _stood(self) -> Iterator[tuple[str, str]]:
        """Cells that show a value which nobody typed into them."""
        for key in self.layout.places:
            row, _, column = key.rpartition(".")
            if self.layout.by_code[row].has(column):
                cell = self.grid.sheet.cell(row, column)
                if cell.value is not None and (cell.role == "known" or (cell.role == "typed" and cell.typed is None)):
                    yield key, str(cell.value)


def _moment(when: datetime) -> str:
    local = timezone.localtime(when)
    return f"{local:%H} giờ {local:%M} ngày {local:%d/%m/%Y}"
