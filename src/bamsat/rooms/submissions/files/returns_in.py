# SPDX-License-Identifier: Apache-2.0
"""A return read from a workbook: the right sheet found, every cell to type in taken or refused by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from bamsat.core.forms.cells import read_typed
from bamsat.core.forms.definition import LENGTHS, Column, Row
from bamsat.core.forms.sheet import Pick, Sheet, rows_of
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.submissions import period_words
from bamsat.rooms.submissions.files.findings import NotThisReturn, ReadReturn, Taken
from bamsat.rooms.submissions.files.heads_in import Heads, find_heads
from bamsat.rooms.submissions.files.identity import Memory, Titles, memory_of, same_place, titles_of
from bamsat.rooms.submissions.files.labels import FormLabels
from bamsat.rooms.submissions.files.lines_in import Lines, find_lines
from bamsat.rooms.submissions.files.sheets_in import NUMBER, Opened, SheetIn
from bamsat.rooms.submissions.files.values_in import cell_in, same

_MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose return a file has to be: its form and period, its place, and what stands in it."""

    labels: FormLabels
    slug: str
    place: str  # its name
    names: tuple[str, ...] = ()  # all that it is called
    texts: Mapping[str, str] = field(default_factory=dict)
    picks: tuple[Pick, ...] = ()


@dataclass(frozen=True, slots=True)
class _Chosen:
    sheet: SheetIn
    heads: Heads
    titles: Titles


def read_return(opened: Opened, expected: Expected) -> ReadReturn:
    """NotThisReturn where the file as a whole is of something else, or nothing of the form is found in it."""
    memory = memory_of(opened)
    chosen = _choose(opened, expected, memory)
    found = ReadReturn()
    _look_at_heads(chosen, expected, found)
    lines = find_lines(chosen.sheet, chosen.heads, expected.labels, found)
    reader = _Reader(chosen, lines, expected, memory, found)
    reader.read()
    return found


# The sheet.


def _choose(opened: Opened, expected: Expected, memory: Memory | None) -> _Chosen:
    candidates = []
    length = LENGTHS[expected.labels.definition.frequency]
    for sheet in opened.sheets:
        if sheet.shown and not sheet.name.startswith("_") and (heads := find_heads(sheet, expected.labels)):
            candidates.append(_Chosen(sheet, heads, titles_of(sheet, heads.row, length)))
    if memory is not None and memory.form and memory.form != expected.labels.code:
        raise NotThisReturn(
            vi=f"Tệp là của biểu “{memory.form}”, không phải “{expected.labels.name}”. Hãy nạp vào đúng biểu đó.",
            en=f"The file is of the form “{memory.form}”, not “{expected.labels.name}”. Send it to that form.",
        )
    if not candidates:
        raise _no_form(opened, expected)
    fitting = [each for each in candidates if not _another_period(each, expected, memory, len(candidates))]
    if not fitting:
        raise NotThisReturn(**_another_period(candidates[0], expected, memory, len(candidates)))
    chosen = max(fitting, key=lambda each: (bool(each.titles.periods), len(each.heads.columns)))
    _same_place(chosen, expected, memory)
    return chosen


def _no_form(opened: Opened, expected: Expected) -> NotThisReturn:
    typed = [
        period_words.column_name(each.column, expected.labels.period)
        for each in expected.labels.columns
        if each.is_typed
    ]
    names = ", ".join(each.name for each in opened.sheets if each.shown)[:200] or "–"
    return NotThisReturn(
        vi=f"Không thấy biểu “{expected.labels.name}” trong tệp (trang tính: {names}): không có cột nào tên "
        f"“{'”, “'.join(typed[:4])}”. Hãy tải biểu về, chép số vào rồi nạp lại.",
        en=f"“{expected.labels.name}” is not in the file (sheets: {names}): no column is called "
        f"“{'”, “'.join(typed[:4])}”. Download the form, copy the values into it and send it again.",
    )


def _another_period(each: _Chosen, expected: Expected, memory: Memory | None, sheets: int) -> dict[str, str]:
    """What to say if a sheet is of another period than the return's; nothing if it is of this one, or does not say."""
    wanted = expected.labels.period
    told = each.titles.periods
    if not told:
        told = tuple(titles_of(SheetIn(each.sheet.name, {(0, 0): each.sheet.name}), 1, wanted.length).periods)
    made = memory.period if memory and (memory.sheet == each.sheet.name or sheets == 1) else ""
    own = period_words.period_name(wanted)
    if told and wanted not in told:
        other = period_words.period_name(told[0])
        at = each.titles.at.get("period", each.sheet.name)
        return {
            "vi": f"{at}: tệp là của {other}, phiếu này là {own}. Hãy nạp vào phiếu {other}, hoặc chọn đúng tệp.",
            "en": f"{at}: the file is of {told[0].code}, this return of {wanted.code}. Send it to that return.",
        }
    if made and made != wanted.code:
        return {
            "vi": f"Tệp được tải từ phiếu kỳ {made}, phiếu này là {own}. Hãy tải biểu {own} rồi chép số vào.",
            "en": f"The file was made for {made}, this return is of {wanted.code}. Download the form of that period.",
        }
    if each.heads.elsewhere and not told:
        column = next(iter(each.heads.elsewhere.values()))
        place = (each.heads.row, column)
        return {
            "vi": f"{each.sheet.at(place)}: cột ghi “{each.sheet.words(place)[:80]}”, phiếu này là {own}. "
            "Hãy kiểm tra có nhầm tệp của kỳ khác không.",
            "en": f"{each.sheet.at(place)}: the column says “{each.sheet.words(place)[:80]}”, this return is of "
            f"{wanted.code}. Check whether the file is of another period.",
        }
    return {}


def _same_place(chosen: _Chosen, expected: Expected, memory: Memory | None) -> None:
    said = chosen.titles.place
    names = (expected.place, *expected.names)
    other = ""
    if memory is not None and memory.place and memory.place != expected.slug:
        other = said or memory.place
    elif said and not same_place(said, names):
        other = said
    if other:
        at = chosen.titles.at.get("place", chosen.sheet.name)
        shown = chosen.sheet.words(_place_of(chosen, at)).partition(":")[2].strip() or other
        raise NotThisReturn(
            vi=f"{at}: tệp là của {shown}, phiếu này của {expected.place}. Hãy nạp tệp của {expected.place}.",
            en=f"{at}: the file is of {shown}, this return of {expected.place}. Send the file of {expected.place}.",
        )


def _place_of(chosen: _Chosen, at: str) -> tuple[int, int]:
    return next((place for place in chosen.sheet.cells if chosen.sheet.at(place) == at), (-1, -1))


def _look_at_heads(chosen: _Chosen, expected: Expected, found: ReadReturn) -> None:
    sheet, heads = chosen.sheet, chosen.heads
    for label in expected.labels.columns:
        if not label.is_typed:
            continue
        code = label.column.code
        name = period_words.column_name(label.column, expected.labels.period)
        if code not in heads.columns:
            found.trouble(
                sheet.at((heads.row, heads.name)), "",
                f"Không thấy cột “{name}”. Hãy ghi lại tên cột như mẫu.",
                f"The column “{name}” is not there. Write its head as in the form.",
            )  # fmt: skip
        elif code in heads.twice:
            _twice(sheet, heads, code, name, found)
    _units(chosen, expected, found)


def _twice(sheet: SheetIn, heads: Heads, code: str, name: str, found: ReadReturn) -> None:
    """A column that is there twice counts if all others of its name are empty."""
    filled = [
        column for column in heads.twice[code] if any(row > heads.row and at == column for row, at in sheet.cells)
    ]
    if len(filled) == 1:
        heads.columns[code] = filled[0]
    elif len(filled) > 1:
        del heads.columns[code]
        found.trouble(
            sheet.at((heads.row, filled[1])), "",
            f"Cột “{name}” có hai lần nên không rõ lấy cột nào. Hãy xóa một cột.",
            f"The column “{name}” is there twice; which one counts cannot be told. Remove one.",
        )  # fmt: skip


def _units(chosen: _Chosen, expected: Expected, found: ReadReturn) -> None:
    """A unit changed in the title would change every value: that is asked, never guessed."""
    unit = expected.labels.definition.unit
    said = chosen.titles.unit
    if unit is None or not said or fold(unit.vi) in said or (unit.en and fold(unit.en) in said):
        return
    raise NotThisReturn(
        vi=f"{chosen.titles.at['unit']}: tệp ghi đơn vị tính là “{said}”, biểu dùng “{unit.vi}”. "
        "Hãy đổi số về đơn vị của biểu và ghi lại dòng đơn vị tính.",
        en=f"{chosen.titles.at['unit']}: the file says the unit is “{said}”, the form uses “{unit.vi}”. "
        "Convert the values and correct that line.",
    )


# Its cells.


@dataclass
class _Reader:
    chosen: _Chosen
    lines: Lines
    expected: Expected
    memory: Memory | None
    found: ReadReturn

    def __post_init__(self) -> None:
        self.sheet, self.heads, self.labels = self.chosen.sheet, self.chosen.heads, self.expected.labels
        self.typed = [
            self.heads.columns[each.column.code]
            for each in self.labels.columns
            if each.is_typed and each.column.code in self.heads.columns
        ]

    def read(self) -> None:
        rows = [(row, self.lines.rows[row.code]) for row in self.labels.rows if row.code in self.lines.rows]
        added = [pick for pick, _ in self.lines.picks]
        places = {pick.code: at for pick, at in self.lines.picks}
        self.found.picks = [pick for pick, at in self.lines.picks if self._has_values(at)]
        if added:
            rows += [
                (row, places[row.code]) for row in rows_of(self.labels.definition, tuple(added)) if row.code in places
            ]
        for row, at in rows:
            if not self._same_unit(row, at):
                continue
            for column, key, role in self.labels.cells_of(row):
                if role != "computed" and column.code in self.heads.columns:
                    self._cell(row, column, key, role, (at, self.heads.columns[column.code]))
            if self.heads.reason >= 0:
                self._reason(row, at)
        self._hidden([at for _, at in rows])
        self._totals(rows)

    def _has_values(self, at: int) -> bool:
        return any((at, column) in self.sheet.cells for column in self.typed)

    def _cell(self, row: Row, column: Column, key: str, role: str, place: tuple[int, int]) -> None:
        if role == "known":
            self._changed_past(key, place)
            return
        value = self.sheet.cells.get(place, "")
        if (over := self.sheet.covered.get(place)) and not self._merged(over, place, key):
            return
        if value == "":
            return
        stood = self.memory.stood.get(key, "") if self.memory else ""
        if stood and isinstance(value, list) and value[0] == NUMBER and _equal(value[1], stood):
            return  # it only shows what the ledger knows
        choices = self._choices(column)
        read = cell_in(value, row, column, choices)
        at = self.sheet.at(place)
        if read.vi:
            self.found.trouble(at, key, read.vi, read.en, read.mend, kept=bool(read.text))
        if read.text and not same(read.text, self.expected.texts.get(key, ""), column, column.unit or row.unit):
            self.found.cells.append(Taken(key, read.text, at))

    def _reason(self, row: Row, at: int) -> None:
        """Why a row lacks a value, or why its values are unusual: said once for the line."""
        value = self.sheet.cells.get((at, self.heads.reason), "")
        if not isinstance(value, str) or not (why := value.strip()):
            return
        taken = {each.key: each for each in self.found.cells}
        before = self.expected.texts
        typed = [key for column, key, role in self.labels.cells_of(row) if role == "typed" and column.type == "number"]
        lacking = [key for key in typed if key not in taken and not before.get(key, "").strip()]
        place = self.sheet.at((at, self.heads.reason))
        for key in lacking or typed:
            if key in taken:
                self.found.cells.remove(taken[key])
            text = taken[key].text if key in taken else before.get(key, "")
            self.found.cells.append(Taken(key, text, taken[key].at if key in taken else place, why))

    def _choices(self, column: Column) -> tuple[str, ...]:
        listed = self.labels.lists.get(column.codelist)
        return tuple(names[0] for names in listed.names.values()) if listed else column.choices

    def _merged(self, over: tuple[tuple[int, int], tuple[int, int]], place: tuple[int, int], key: str) -> bool:
        """A merged cell gives its value if it covers one cell to type in only."""
        first, last = over
        lines = set(self.lines.rows.values()) | {at for _, at in self.lines.picks}
        cells = [
            (row, column)
            for row in range(first[0], last[0] + 1) if row in lines
            for column in range(first[1], last[1] + 1) if column in self.typed
        ]  # fmt: skip
        if len(cells) < 2:
            return True
        if place == cells[0] and self.sheet.cells.get(first, "") != "":
            self.found.trouble(
                self.sheet.at(first), key,
                f"Ô này gộp {len(cells)} ô cần nhập nên không rõ số của ô nào. Hãy bỏ gộp ô rồi gõ từng số.",
                f"This cell merges {len(cells)} cells to fill; whose value it is cannot be told. Unmerge them.",
            )  # fmt: skip
        return False

    def _changed_past(self, key: str, place: tuple[int, int]) -> None:
        if self.memory is None or place in self.sheet.formulas:
            return
        stood, value = self.memory.stood.get(key, ""), self.sheet.cells.get(place, "")
        now = value[1] if isinstance(value, list) and value[0] == NUMBER else value if isinstance(value, str) else "?"
        if now and not _equal(now, stood) and len(self.found.notes) < _MOST_TOLD:
            shown = _shown(stood) or "để trống"
            self.found.say(
                self.sheet.at(place), f"Số kỳ trước lấy từ sổ ({shown}); sửa trong tệp không có tác dụng.",
                f"Past values come from the ledger ({_shown(stood) or 'none'}); changed here they do nothing.",
            )  # fmt: skip

    def _same_unit(self, row: Row, at: int) -> bool:
        """Whether the line's own unit, where the sheet has such a column, is still that of the form."""
        if self.heads.unit < 0 or not row.unit:
            return True
        said = self.sheet.fold((at, self.heads.unit))
        if not said or said == fold(row.unit) or not self._has_values(at):
            return True
        self.found.trouble(
            self.sheet.at((at, self.heads.unit)), "",
            f"Dòng “{row.name.vi}” ghi đơn vị “{said}”, biểu dùng “{row.unit}”. Hãy đổi số về đơn vị của biểu.",
            f"The row “{row.name.said(english=True)}” says “{said}”, the form uses “{row.unit}”. Convert the value.",
        )  # fmt: skip
        return False

    def _hidden(self, lines: Sequence[int]) -> None:
        hidden = [at for at in lines if at in self.sheet.hidden_rows and self._has_values(at)]
        if hidden:
            told = ", ".join(str(at + 1) for at in hidden[:12])
            self.found.say(
                self.sheet.name, f"Dòng {told} đang ẩn trong tệp; số của các dòng này vẫn được nhập.",
                f"Lines {told} are hidden in the file; their values were taken all the same.",
            )  # fmt: skip

    def _totals(self, rows: Sequence[tuple[Row, int]]) -> None:
        """A number typed where the product computes: the computed one holds, and a difference is told."""
        typed = []
        for row, at in rows:
            for column, key, role in self.labels.cells_of(row):
                place = (at, self.heads.columns.get(column.code, -1))
                if role != "computed" or place in self.sheet.formulas or place not in self.sheet.cells:
                    continue
                number = _read(self.sheet.cells[place], column.unit or row.unit)
                if number is not None:
                    typed.append((key, place, number))
        if not typed:
            return
        texts = {**self.expected.texts, **{each.key: each.text for each in self.found.cells}}
        picks = tuple(dict.fromkeys((*self.expected.picks, *self.found.picks)))
        sheet = Sheet(self.labels.definition, texts, {}, picks)
        for key, place, number in typed:
            result = sheet.result(key)
            if result.value is None or result.lacking or abs(result.value - number) <= _last_digit(number):
                continue
            self.found.say(
                self.sheet.at(place),
                f"Tệp ghi {format_number(number)}, tính từ các ô được {format_number(result.value)}; lấy số máy tính.",
                f"The file says {format_number(number)}, the cells give {format_number(result.value)}; "
                "the computed value holds.",
            )


def _read(value: object, unit: str) -> Decimal | None:
    if isinstance(value, list):
        return Decimal(value[1]) if value[0] in (NUMBER, "p") else None
    return read_typed(value, unit).value if isinstance(value, str) and value.strip() else None


def _last_digit(number: Decimal) -> Decimal:
    """How far a rounded number may be from the computed one."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) / 2 if isinstance(exponent, int) and exponent < 0 else Decimal("0.5")


def _equal(one: str, other: str) -> bool:
    try:
        return abs(Decimal(one) - Decimal(other)) <= abs(Decimal(other)) * Decimal("1e-12")
    except InvalidOperation:
        return one == other


def _shown(stood: str) -> str:
    return format_number(Decimal(stood)) if stood else ""
