# SPDX-License-Identifier: Apache-2.0
"""What a return's XML gives its cells: each value taken, or refused at its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bamsat.core.forms.cells import read_typed, read_words
from bamsat.core.forms.definition import Column, Row
from bamsat.core.forms.sheet import Pick, role_of, rows_of
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.submissions import period_words
from bamsat.rooms.submissions.files.findings import NotThisReturn, ReadReturn, Taken
from bamsat.rooms.submissions.files.labels import FormLabels
from bamsat.rooms.submissions.files.returns_in import Expected
from bamsat.rooms.submissions.files.values_in import same

_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_MOST_DIGITS = 18


def read_markup(said: Mapping[str, Any], expected: Expected) -> ReadReturn:
    """NotThisReturn where the file is of another form, place or period."""
    _same(said, expected)
    found = ReadReturn(note=said["note"] or None)
    for line, vi, en in said["troubles"]:
        found.trouble(f"dòng {line}", "", vi[:1].upper() + vi[1:], en[:1].upper() + en[1:])
    _Markup(expected, found).read(said["cells"])
    return found


def _same(said: Mapping[str, Any], expected: Expected) -> None:
    labels = expected.labels
    for name, value, wanted, shown in (
        ("form", said["form"], labels.code, labels.name),
        ("place", said["place"], expected.slug, expected.place),
        ("period", said["period"], labels.period.code, period_words.period_name(labels.period)),
    ):
        if value != wanted:
            raise NotThisReturn(
                vi=f"Phần <{name}> của tệp là “{value}”, phiếu này là “{wanted}” ({shown}). Hãy nạp đúng tệp.",
                en=f"<{name}> in the file is “{value}”, this return's is “{wanted}”. Send the right file.",
            )


class _Markup:
    def __init__(self, expected: Expected, found: ReadReturn) -> None:
        self.expected, self.found, self.labels = expected, found, expected.labels
        self.columns = {column.code: column for column in self.labels.definition.columns}
        self.seen: dict[str, int] = {}

    def read(self, cells: list[dict[str, Any]]) -> None:
        picks = {code: pick for cell in cells if (pick := _pick(code := cell["row"], self.labels))}
        self.found.picks = list(picks.values())
        rows = {row.code: row for row in rows_of(self.labels.definition, tuple(picks.values()))}
        for cell in cells:
            at = f"dòng {cell['line']}"
            row, column = rows.get(cell["row"]), self.columns.get(cell["column"])
            if row is None or column is None or not row.has(column.code):
                if cell["row"] and cell["column"]:
                    self._unknown(at, cell)
                continue
            if role_of(row, column) != "typed" or column.hidden:
                self.found.say(
                    at, f"Ô “{cell['row']}.{cell['column']}” không phải ô nhập nên bỏ qua.",
                    f"“{cell['row']}.{cell['column']}” is no cell to fill and was left out.",
                )  # fmt: skip
            else:
                self._cell(at, cell, row, column)

    def _unknown(self, at: str, cell: dict[str, Any]) -> None:
        self.found.trouble(
            at, "", f"Biểu không có ô “{cell['row']}.{cell['column']}”. Mã dòng và mã cột có trong tệp XML tải về.",
            f"The form has no cell “{cell['row']}.{cell['column']}”. The codes are in the XML that is downloaded.",
        )  # fmt: skip

    def _cell(self, at: str, cell: dict[str, Any], row: Row, column: Column) -> None:
        key = f"{row.code}.{column.code}"
        if key in self.seen:
            self.found.trouble(
                at, key, f"Ô “{key}” có hai lần, lần đầu ở dòng {self.seen[key]}.",
                f"The cell “{key}” is there twice, first in line {self.seen[key]}.",
            )  # fmt: skip
            return
        self.seen[key] = cell["line"]
        text = self._text(at, key, cell, row, column)
        why = cell.get("note")
        before = self.expected.texts.get(key, "")
        if text and not same(text, before, column, column.unit or row.unit):
            self.found.cells.append(Taken(key, text, at, why))
        elif why:
            self.found.cells.append(Taken(key, before, at, why))

    def _text(self, at: str, key: str, cell: dict[str, Any], row: Row, column: Column) -> str:
        unit = column.unit or row.unit
        if cell.get("value") is None:
            return self._words(at, key, str(cell.get("text") or ""), column, unit)
        said = str(cell["value"])
        if column.type != "number":
            return self._words(at, key, said, column, unit)
        if cell.get("unit") and fold(cell["unit"]) != fold(unit):
            self.found.trouble(
                at, key, f"Ô “{key}” ghi đơn vị “{cell['unit']}”, biểu dùng “{unit}”. Hãy đổi giá trị về đơn vị đó.",
                f"“{key}” is in “{cell['unit']}”, the form uses “{unit}”. Convert the value.",
            )  # fmt: skip
            return ""
        if not _DECIMAL.fullmatch(said) or sum(each.isdigit() for each in said) > _MOST_DIGITS:
            typed = read_typed(said, unit)
            mend = "" if typed.value is None else format(typed.value, "f")
            self.found.trouble(
                at, key, f"Ô “{key}”: “{said[:60]}” không phải số viết theo XML. Hãy viết như 1234.5.",
                f"“{key}”: “{said[:60]}” is no number as XML writes them. Write it as 1234.5.", mend,
            )  # fmt: skip
            return ""
        return format_number(Decimal(said))

    def _words(self, at: str, key: str, text: str, column: Column, unit: str) -> str:
        if column.type == "number":
            typed = read_typed(text, unit)
        else:
            listed = self.labels.lists.get(column.codelist)
            names = tuple(each[0] for each in listed.names.values()) if listed else column.choices
            typed = read_words({"yes": "có", "no": "không"}.get(text, text), column.type, names)
        if typed.is_wrong:
            self.found.trouble(at, key, typed.vi, typed.en, typed.mend, kept=True)
        return text


def _pick(code: str, labels: FormLabels) -> Pick | None:
    """The row that a code like "goods~coffee~CN" adds, if the form's lists have such codes."""
    name, *codes = code.split("~")
    pattern = next((row for row in labels.patterns if row.code == name), None)
    if pattern is None or not codes or len(codes) != len(pattern.pick):
        return None
    lists = [labels.lists.get(each) for each in pattern.pick]
    known = all(listed and each in listed.names for listed, each in zip(lists, codes, strict=True))
    return Pick(name, tuple(codes)) if known else None
