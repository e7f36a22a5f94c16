# SPDX-License-Identifier: Apache-2.0
"""Finding each row of a form on a sheet: by name and number, sorted, moved, written a little differently."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from bamsat.core.forms.cells import read_typed
from bamsat.core.forms.definition import Row
from bamsat.core.forms.sheet import Pick, is_pattern
from bamsat.rooms.submissions.files.findings import ReadReturn
from bamsat.rooms.submissions.files.heads_in import Heads, alike, label_at
from bamsat.rooms.submissions.files.labels import FormLabels, clean, numbering
from bamsat.rooms.submissions.files.sheets_in import SheetIn

_ALIKE, _ALIKE_WITH_NUMBER = 0.86, 0.6
_TOTALS = ("cong", "tong cong", "tong so", "tong", "total")
_MOST_LINES = 5_000


@dataclass(slots=True)
class _Line:
    at: int
    name: str
    label: str
    number: str
    filled: bool  # whether there is something in a column to type in


@dataclass(slots=True)
class Lines:
    """The line of the sheet for each row of the form."""

    rows: dict[str, int] = field(default_factory=dict)
    picks: list[tuple[Pick, int]] = field(default_factory=list)


def find_lines(sheet: SheetIn, heads: Heads, labels: FormLabels, found: ReadReturn) -> Lines:
    """Lines that cannot be told apart, or that the form does not have, are told as troubles at their names."""
    return _Finder(sheet, heads, labels, found).find()


class _Finder:
    def __init__(self, sheet: SheetIn, heads: Heads, labels: FormLabels, found: ReadReturn) -> None:
        self.sheet, self.heads, self.labels, self.found = sheet, heads, labels, found
        self.typed = [
            heads.columns[each.column.code]
            for each in labels.columns
            if each.is_typed and each.column.code in heads.columns
        ]
        self.lines = [line for line in self._lines() if not _counts_columns(line, self)]
        self.result = Lines()
        self.free: list[_Line] = []

    def _lines(self) -> list[_Line]:
        lines = []
        for row in range(self.heads.row + 1, min(self.sheet.height, self.heads.row + _MOST_LINES)):
            name = label_at(self.sheet, (row, self.heads.name))
            number = numbering(self.sheet.words((row, self.heads.number))) if self.heads.number >= 0 else ""
            filled = any((row, column) in self.sheet.cells for column in self.typed)
            if name or filled:
                lines.append(_Line(row, name, clean(name), number, filled))
        return lines

    def find(self) -> Lines:
        groups: dict[str, list[_Line]] = defaultdict(list)
        for line in self.lines:
            groups[line.label].append(line)
        for label, lines in groups.items():
            rows = self.labels.by_name.get(label, []) if label else []
            if rows:
                self._pair(rows, lines)
            else:
                self.free.extend(lines)
        self._by_likeness()
        self._rest()
        self._missing()
        return self.result

    def _pair(self, rows: list[Row], lines: list[_Line]) -> None:
        """Rows and lines of one name: by number, else in order where there are as many of both."""
        rows = [row for row in rows if row.code not in self.result.rows]
        if len(rows) == 1:
            if (line := self._one(rows[0], lines)) is not None:
                self.result.rows[rows[0].code] = line.at
            return
        numbers = [numbering(row.number) for row in rows]
        for row in list(rows):
            fitting = [line for line in lines if line.number and line.number == numbering(row.number)]
            if len(fitting) == 1 and numbers.count(numbering(row.number)) == 1:
                self.result.rows[row.code] = fitting[0].at
                rows.remove(row)
                lines.remove(fitting[0])
        if len(rows) == len(lines) and self._in_order():
            self.result.rows |= {row.code: line.at for row, line in zip(rows, lines, strict=True)}
            return
        for line in lines:
            if line.filled:
                self.found.trouble(
                    self.sheet.at((line.at, self.heads.name)), "",
                    f"Biểu có {len(rows)} dòng “{line.name[:80]}” nên không rõ đây là dòng nào. "
                    "Hãy giữ số thứ tự và thứ tự dòng như mẫu.",
                    f"The form has {len(rows)} rows “{line.name[:80]}”; which one this is cannot be told. "
                    "Keep their numbers and order as in the form.",
                )  # fmt: skip

    def _one(self, row: Row, lines: list[_Line]) -> _Line | None:
        """The line of a row; said twice it has to say the same, or one of them nothing."""
        filled = [line for line in lines if line.filled]
        if len(filled) < 2:
            return filled[0] if filled else lines[0]
        told = {tuple(str(self.sheet.cells.get((line.at, column), "")) for column in self.typed) for line in filled}
        if len(told) > 1:
            numbered = [line for line in filled if line.number and line.number == numbering(row.number)]
            first = numbered[0] if len(numbered) == 1 else filled[0]
            for line in filled:
                if line is not first or len(numbered) != 1:
                    self.found.trouble(
                        self.sheet.at((line.at, self.heads.name)), "",
                        f"Dòng “{line.name[:80]}” có {len(filled)} lần với số khác nhau. Hãy giữ một dòng.",
                        f"The row “{line.name[:80]}” is there {len(filled)} times with different values. Keep one.",
                    )  # fmt: skip
            return first if len(numbered) == 1 else None
        return filled[0]

    def _in_order(self) -> bool:
        """Whether the rows found so far stand in the order of the form, so that nobody sorted it."""
        order = {row.code: at for at, row in enumerate(self.labels.definition.rows)}
        places = [at for _, at in sorted((order[code], at) for code, at in self.result.rows.items())]
        return places == sorted(places)

    def _by_likeness(self) -> None:
        left = [row for row in self.labels.rows if row.code not in self.result.rows]
        for line in list(self.free):
            row = self.labels.by_other_name.get(line.label)
            if row is not None and row in left:
                self._settle(row, line, left)
        for line in list(self.free):
            if line.label and left and (row := self._likest(line, left)):
                self._settle(row, line, left)
                if line.filled:
                    self.found.say(
                        self.sheet.at((line.at, self.heads.name)),
                        f"“{line.name[:80]}” được hiểu là dòng “{row.name.vi}”.",
                        f"“{line.name[:80]}” was taken for the row “{row.name.said(english=True)}”.",
                    )

    def _likest(self, line: _Line, left: list[Row]) -> Row | None:
        scores = sorted(((alike(clean(row.name.vi), line.label), -at) for at, row in enumerate(left)), reverse=True)
        best, at = scores[0]
        row = left[-at]
        if line.number and line.number == numbering(row.number) and best >= _ALIKE_WITH_NUMBER:
            return row
        clear = len(scores) == 1 or scores[1][0] < best - 0.05
        return row if best >= _ALIKE and clear else None

    def _settle(self, row: Row, line: _Line, left: list[Row]) -> None:
        self.result.rows[row.code] = line.at
        left.remove(row)
        self.free.remove(line)

    def _rest(self) -> None:
        """Lines that no row of the form is: rows that the sender added, totals, notes, and those that cannot be."""
        taken: dict[str, int] = {}
        last = max(self.result.rows.values(), default=-1)
        for line in self.free:
            if line.at > last and not self._has_numbers(line):
                continue  # who signs, where and when
            pick = self._picked(line) if self.labels.patterns and line.label else None
            at = self.sheet.at((line.at, self.heads.name))
            if pick is not None and pick.code in taken and line.filled:
                self.found.trouble(
                    at, "", f"Dòng “{line.name[:80]}” đã có ở dòng {taken[pick.code] + 1}. Hãy cộng vào một dòng.",
                    f"The row “{line.name[:80]}” is there already, in line {taken[pick.code] + 1}. Keep one.",
                )  # fmt: skip
            elif pick is not None:
                taken.setdefault(pick.code, line.at)
                self.result.picks.append((pick, line.at))
            elif line.filled and line.label.startswith(_TOTALS):
                self.found.say(
                    at, f"Dòng “{line.name[:80]}” không có trong biểu; máy tự cộng nên bỏ qua.",
                    f"The form has no row “{line.name[:80]}”; totals are computed, so it was left out.",
                )  # fmt: skip
            elif line.filled:
                self._unknown(line, at)

    def _has_numbers(self, line: _Line) -> bool:
        values = [self.sheet.cells.get((line.at, column), "") for column in self.typed]
        return any(
            isinstance(value, list) or (value and not (told := read_typed(value)).is_wrong and not told.is_blank)
            for value in values
        )

    def _unknown(self, line: _Line, at: str) -> None:
        if not line.label:
            self.found.trouble(
                at, "", "Dòng này có số nhưng không có tên. Hãy ghi lại tên chỉ tiêu như mẫu.",
                "This line has values but no name. Write the name of the row as in the form.",
            )  # fmt: skip
            return
        near = max(self.labels.rows, key=lambda row: alike(clean(row.name.vi), line.label), default=None)
        hint = f" Có phải dòng “{near.name.vi}”?" if near and alike(clean(near.name.vi), line.label) > 0.5 else ""
        self.found.trouble(
            at, "", f"Biểu không có dòng “{line.name[:80]}”, số của dòng này không nhập được.{hint}",
            f"The form has no row “{line.name[:80]}”; its values cannot be taken.",
        )  # fmt: skip

    def _picked(self, line: _Line) -> Pick | None:
        """The row that the sender added by a pattern: every one of its lists has to know its words."""
        for pattern in self._patterns_for(line):
            codes = []
            for more, codelist in enumerate(pattern.pick):
                listed = self.labels.lists.get(codelist)
                said = line.name if not more else self.sheet.words((line.at, self.heads.name + more))
                codes.append(listed.code_of(said) if listed and said else "")
            if len(codes) > 1 and not all(codes) and len(parts := line.name.split(", ")) == len(codes):
                lists = [self.labels.lists.get(codelist) for codelist in pattern.pick]
                codes = [each.code_of(said) if each else "" for each, said in zip(lists, parts, strict=True)]
            if codes and all(codes):
                return Pick(pattern.code, tuple(codes))
        return None

    def _patterns_for(self, line: _Line) -> list[Row]:
        """The pattern under whose name the line stands first."""
        places = {row.code: self.result.rows.get(row.code, -1) for row in self.labels.patterns}
        return sorted(self.labels.patterns, key=lambda row: (places[row.code] > line.at, -places[row.code]))

    def _missing(self) -> None:
        for row in self.labels.definition.rows:
            wanted = not row.heading and not is_pattern(row) and not row.formula
            if (
                wanted
                and row.code not in self.result.rows
                and any(f"{row.code}.{each.column.code}" in self.labels.typed for each in self.labels.columns)
            ):
                self.found.say(
                    self.sheet.name, f"Không thấy dòng “{row.name.vi}” trong tệp; ô của dòng này giữ như đang có.",
                    f"The row “{row.name.said(english=True)}” is not in the file; its cells stay as they are.",
                )  # fmt: skip


def _counts_columns(line: _Line, finder: _Finder) -> bool:
    """The line under the heads that counts the columns: A, B, 1, 2 ..."""
    if line.label and not (len(line.label) == 1 or line.label.isdigit()):
        return False
    texts = [numbering(finder.sheet.words((line.at, column))) for column in finder.typed]
    told = [text for text in texts if text]
    return bool(line.label) and bool(told) and all(text.isdigit() and len(text) < 3 for text in told)
