# SPDX-License-Identifier: Apache-2.0
"""What rows from a form or a file would do to the tables: row by row added, changed, left as it is, or wrong and why.

Nothing is written here. A plan holds rows that are ready for `writing.write`: what was shown is what happens.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from bamsat.rooms.catalogue.cells import CellWrong, value_of, within_limits
from bamsat.rooms.catalogue.rules import complaints
from bamsat.rooms.catalogue.tables import BY_CODE, TABLES, Field, Kind, Table, key_of, written

LIST_CODES = "list codes"


class Outcome(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it came: where it stood, and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be taken."""

    column: str
    label: str
    message: str


@dataclass(slots=True)
class Change:
    """What one line does to its row."""

    table: Table
    line: Line
    key: str
    row: Any = None
    outcome: Outcome = Outcome.LEFT
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)

    def complain(self, column: str, message: str) -> None:
        label = self.table.label(self.table.field(column)) if column else ""
        self.wrong.append(Wrong(column, label, message))
        self.outcome = Outcome.WRONG


@dataclass(slots=True)
class Plan:
    """What a whole file, or a single form, does."""

    changes: list[Change] = field(default_factory=list)

    def counted(self, outcome: Outcome) -> int:
        return sum(change.outcome is outcome for change in self.changes)

    def to_write(self) -> list[Change]:
        return [change for change in self.changes if change.outcome in (Outcome.ADDED, Outcome.CHANGED)]

    @property
    def digest(self) -> str:
        """The same plan has the same digest: what is applied is what was shown."""
        told = [(c.table.code, c.key, c.outcome.value, sorted(c.before.items()), sorted(c.after.items()))
                for c in self.to_write()]  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()


class Planner:
    """Compares rows with the tables as they are now. One planner makes one plan.

    `shipped`: the rows are the product's own: they are trusted, and never touch a row that a person made or changed.
    """

    def __init__(self, *, shipped: bool = False) -> None:
        self.shipped = shipped
        self._rows: dict[str, dict[str, Any]] = {}

    def plan(self, sheets: Mapping[str, Iterable[Line]]) -> Plan:
        """The plan for these lines, tables in the order in which they refer to each other."""
        plan = Plan()
        for table in TABLES:
            if table.code in sheets:
                plan.changes += self._table(table, list(sheets[table.code]))
        self._drop_what_leans_on_wrong_rows(plan)
        return plan

    def find(self, table: str, key: str) -> Any:
        """The row with this key, whether it is there already or about to be added."""
        if table == LIST_CODES:
            return next((row for row in self.rows("lists").values() if row.code == key), None)
        return self.rows(table).get(key)

    def rows(self, table: str) -> dict[str, Any]:
        if table not in self._rows:
            described = BY_CODE[table]
            self._rows[table] = {key_of(described, row): row for row in described.rows()}
        return self._rows[table]

    # One table, in two passes: a row may refer to one that stands below it.

    def _table(self, table: Table, lines: list[Line]) -> list[Change]:
        seen: set[str] = set()
        changes = []
        for line in lines:
            change = self._named(table, line)
            if change.outcome is not Outcome.WRONG and change.key in seen:
                change.complain(table.keys[-1].code, _("Dòng này đã có ở trên, trong cùng tệp."))
            seen.add(change.key)
            changes.append(change)
        for change in changes:
            if change.outcome is not Outcome.WRONG and not self._belongs_to_people(change):
                self._fill(change)
        return changes

    def _named(self, table: Table, line: Line) -> Change:
        """The row that the line speaks of: the one that is there, or a new one with the same key."""
        keys: dict[str, Any] = {}
        change = Change(table, line, "")
        for column in table.keys:
            try:
                keys[column.code] = value_of(table, column, line.cells.get(column.code, ""), self.find)
                if not self.shipped:
                    within_limits(table, column, keys[column.code], table.model(**keys))
            except CellWrong as wrong:
                change.complain(column.code, str(wrong))
        if change.wrong:
            change.key = " / ".join(line.cells.get(column.code, "") for column in table.keys)
            return change
        row = table.model(**keys)
        change.key = key_of(table, row)
        there = self.rows(table.code).get(change.key)
        change.row = there or row
        if there is None:
            change.outcome = Outcome.ADDED
            self.rows(table.code)[change.key] = row
        return change

    def _belongs_to_people(self, change: Change) -> bool:
        """An upgrade leaves alone what a person made or changed, and the members of a set that a person changed."""
        if not self.shipped:
            return False
        owner = getattr(change.row, "set", None)
        if owner is not None and owner.pk and not owner.shipped:
            change.outcome = Outcome.LEFT
            return True
        return bool(change.row.pk and not getattr(change.row, "shipped", True))

    def _fill(self, change: Change) -> None:
        """Put the other cells into the row; columns that the line does not have stay as they are."""
        values: dict[Field, Any] = {}
        for column in change.table.fields:
            if column.key or not (column.code in change.line.cells or change.outcome is Outcome.ADDED):
                continue
            try:
                values[column] = self._value(change, column)
            except CellWrong as wrong:
                change.complain(column.code, str(wrong))
        if change.wrong:
            self._forget(change)
            return
        self._put(change, values)
        if not self.shipped:
            for name, message in complaints(change.table, change.row, self.find):
                change.complain(name, message)
        if change.wrong:
            self._forget(change)

    def _value(self, change: Change, column: Field) -> Any:
        text = change.line.cells.get(column.code)
        if text is None:
            if change.table.column(column).blank or change.table.column(column).has_default():
                return getattr(change.row, column.code)
            raise CellWrong(_("Dòng mới cần cột này."))
        if column.within and text.strip():
            shared = change.table.field(column.within)
            text = f"{written(shared, change.row)}/{text.strip()}"
        value = value_of(change.table, column, text, self.find)
        if column.fixed and change.row.pk and value != getattr(change.row, column.code):
            raise CellWrong(_("Cột này chọn một lần, vì số trong sổ dựa vào nó. Hãy thêm dòng mới với mã khác."))
        if not self.shipped:
            within_limits(change.table, column, value, change.row)
        return value

    def _put(self, change: Change, values: dict[Field, Any]) -> None:
        for column, value in values.items():
            before = written(column, change.row)
            if _differs(column, getattr(change.row, column.code), value):
                change.before[column.code] = before
            setattr(change.row, column.code, value)
            if column.code in change.before:
                change.after[column.code] = written(column, change.row)
        if change.outcome is Outcome.ADDED:
            change.before = {}
            change.after = {c.code: text for c in change.table.fields if (text := written(c, change.row))}
        elif change.after:
            change.outcome = Outcome.CHANGED

    def _forget(self, change: Change) -> None:
        """A wrong row is nobody's to refer to."""
        if not (change.row and change.row.pk):
            self.rows(change.table.code).pop(change.key, None)

    def _drop_what_leans_on_wrong_rows(self, plan: Plan) -> None:
        """A row that refers to a new row which turned out wrong cannot be written either; nor what refers to it."""
        wrong = {id(c.row) for c in plan.changes if c.outcome is Outcome.WRONG and c.row is not None and not c.row.pk}
        again = bool(wrong)
        while again:
            again = False
            for change in plan.to_write():
                leaning = [
                    column
                    for column in change.table.fields
                    if column.kind is Kind.REFERENCE and id(getattr(change.row, column.code)) in wrong
                ]
                if leaning:
                    change.complain(leaning[0].code, _("Dòng được nhắc tới ở đây có lỗi. Hãy sửa dòng ấy trước."))
                    wrong.add(id(change.row))
                    again = True


def _differs(column: Field, old: Any, new: Any) -> bool:
    if column.kind is Kind.REFERENCE:
        return (old and (old.pk or id(old))) != (new and (new.pk or id(new)))
    return bool(old != new)
