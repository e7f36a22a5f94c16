# SPDX-License-Identifier: Apache-2.0
"""What one cell of a file gives: a text for the return, nothing, or a trouble told at the cell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bamsat.core.forms.cells import Typed, read_typed, read_words
from bamsat.core.forms.definition import Column, Row
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.submissions.files.sheets_in import DAY, ERROR, NUMBER, PERCENT, UNCOMPUTED, YES_NO, Value

MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class CellIn:
    """The text to write ("" for nothing), or what is wrong; both where it is kept as it was typed, to be mended."""

    text: str = ""
    vi: str = ""
    en: str = ""
    mend: str = ""
    note_vi: str = ""
    note_en: str = ""


def cell_in(value: Value, row: Row, column: Column, choices: tuple[str, ...]) -> CellIn:
    """One cell, as its column asks."""
    if isinstance(value, list) and value[0] == UNCOMPUTED:
        return CellIn(
            vi="Công thức chưa có kết quả trong tệp. Hãy mở tệp bằng Excel, lưu lại rồi nạp lại, hoặc gõ thẳng số.",
            en="The formula has no result in the file. Open it in Excel, save it and send it again, or type the value.",
        )
    if isinstance(value, list) and value[0] == ERROR:
        return CellIn(
            vi=f"Ô báo lỗi {value[1]}. Hãy sửa công thức hoặc gõ thẳng số.",
            en=f"The cell says {value[1]}. Mend its formula or type the value.",
        )
    return _number(value, row, column) if column.type == "number" else _words(value, column, choices)


def _number(value: Value, row: Row, column: Column) -> CellIn:
    unit = column.unit or row.unit
    if isinstance(value, str):
        typed = read_typed(value, unit)
        return _wrong(value, typed) if typed.is_wrong else CellIn("" if typed.is_blank else value.strip())
    kind, said = value
    if kind == DAY:
        year, month, day = said.split("-")
        return CellIn(
            vi=f"Ô là ngày {day}/{month}/{year}, cần một số. Hãy đổi định dạng ô thành số rồi gõ lại.",
            en=f"The cell is a day, {day}/{month}/{year}; a number is needed. Format it as a number and type it again.",
        )
    if kind == YES_NO:
        return CellIn(vi="Ô là đúng/sai, cần một số.", en="The cell is true or false; a number is needed.")
    number = Decimal(said)
    text = format_number(number)
    if kind == PERCENT and unit != "%":
        return CellIn(
            vi=f"Ô hiện {text}% còn đơn vị là {unit or 'số'}. Hãy đổi định dạng ô thành số rồi xem lại giá trị.",
            en=f"The cell shows {text}%, but the unit is {unit or 'a number'}. Format it as a number and check it.",
            mend=format_number(number / 100),
        )
    if len(number.as_tuple().digits) > MOST_DIGITS or number.adjusted() > MOST_DIGITS:
        return _wrong(text, read_typed(text, unit), keep=False)
    return CellIn(text)


def _words(value: Value, column: Column, choices: tuple[str, ...]) -> CellIn:
    if isinstance(value, list):
        kind, said = value
        if kind == DAY:
            year, month, day = said.split("-")
            value = f"{day}/{month}/{year}"
        elif kind == YES_NO:
            value = "có" if said == "yes" else "không"
        else:
            value = f"{format_number(Decimal(said))}%" if kind == PERCENT else format_number(Decimal(said))
            if column.type == "text" and kind == NUMBER:
                value = said
    typed = read_words(value, column.type, choices)
    return _wrong(value, typed) if typed.is_wrong else CellIn(value.strip())


def _wrong(text: str, typed: Typed, keep: bool = True) -> CellIn:
    return CellIn(text.strip() if keep else "", typed.vi, typed.en, typed.mend)


def same(text: str, before: str, column: Column, unit: str) -> bool:
    """Whether a text says what stands there already, however it is written."""
    if text == before:
        return True
    if column.type != "number" or not before.strip():
        return " ".join(text.split()) == " ".join(before.split())
    one, other = read_typed(text, unit), read_typed(before, unit)
    return not one.is_wrong and not other.is_wrong and one.value == other.value
