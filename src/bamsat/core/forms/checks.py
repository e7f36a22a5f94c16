# SPDX-License-Identifier: Apache-2.0
"""What is wrong or worth asking in a filled form, cell by cell, each with the way to mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bamsat.core.forms.definition import PARTS, Rule, key_of
from bamsat.core.forms.formulas import COMPARISONS
from bamsat.core.forms.sheet import Cell, Sheet, is_pattern
from bamsat.core.terms.numbers import format_number

Severity = Literal["error", "doubt", "missing"]
TIMES = 10  # how many times last period's value is worth asking about


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend or explain at a cell; `mend` is the text that it should probably hold."""

    key: str
    severity: Severity
    kind: str
    vi: str
    en: str
    mend: str = ""


def check(sheet: Sheet, before: Mapping[str, Decimal], explained: Collection[str] = ()) -> list[Remark]:
    """Everything to say about a sheet, in the order of its cells; `before` are the values of the period before by key.

    Errors have to be mended before it can be sent; doubts, and cells without a value, mended or explained.
    """
    found = [remark for cell in sheet.typed_cells() for remark in _of_cell(cell, before)]
    found += [remark for rule in sheet.definition.rules for remark in _of_rule(sheet, rule)]
    kept = [each for each in found if each.severity == "error" or each.key not in explained]
    if not kept:
        return kept
    order = {key: at for at, key in enumerate(sheet.keys())}
    return sorted(kept, key=lambda each: order.get(each.key, len(order)))


def _of_cell(cell: Cell, before: Mapping[str, Decimal]) -> Iterator[Remark]:
    if cell.typed and cell.typed.is_wrong:
        yield Remark(cell.key, "error", "unreadable", cell.typed.vi, cell.typed.en, cell.typed.mend)
    elif cell.value is None and not (cell.typed and cell.typed.words):
        if cell.row.asks(cell.column):
            yield Remark(
                cell.key, "missing", "missing",
                "Chưa có số. Không phát sinh thì gõ 0; chưa thu thập được thì ghi lý do.",
                "No value. Type 0 if there is none; if it is not known yet, say why.",
            )  # fmt: skip
    elif cell.value is not None and (last := before.get(cell.key)):
        yield from _beside_last(cell, cell.value, last)


def _beside_last(cell: Cell, value: Decimal, last: Decimal) -> Iterator[Remark]:
    if not value or (abs(value) < TIMES * abs(last) and TIMES * abs(value) > abs(last)):
        return
    times, up = (value / last, True) if abs(value) >= abs(last) else (last / value, False)
    said, shown, than = format_number(times, 1), format_number(value), format_number(last)
    mended = value / TIMES if up else value * TIMES
    mend = format_number(mended) if abs(last) / 3 < abs(mended) < abs(last) * 3 else ""
    if up:
        vi = f"Gấp {said} lần kỳ trước: {shown} ÷ {than} = {said}." + (" Thừa một số 0?" if mend else "")
        en = f"{said} times the period before: {shown} ÷ {than} = {said}." + (" One zero too many?" if mend else "")
    else:
        vi = f"Kỳ trước gấp {said} lần: {than} ÷ {shown} = {said}." + (" Thiếu một số 0?" if mend else "")
        en = f"The period before was {said} times it: {than} ÷ {shown} = {said}." + (" A zero missing?" if mend else "")
    yield Remark(cell.key, "doubt", "far_from_last", vi, en, mend)


def _of_rule(sheet: Sheet, rule: Rule) -> Iterator[Remark]:
    if any("." in name for name in rule.says.names):
        yield from _tested(sheet, rule, "")
        return
    names = set(rule.says.names)
    if names <= {column.code for column in sheet.definition.columns} and not names <= {row.code for row in sheet.rows}:
        yield from _of_rows(sheet, rule)
        return
    for column in sheet.definition.columns:
        wanted = column.code in rule.columns if rule.columns else column.is_typed and column.type == "number"
        if wanted:
            yield from _tested(sheet, rule, column.code)


def _of_rows(sheet: Sheet, rule: Rule) -> Iterator[Remark]:
    """A rule between columns, in each row that has them; a picked row keeps those of its pattern."""
    for row in sheet.rows:
        wanted = not rule.rows or row.code.partition("~")[0] in rule.rows
        if wanted and not is_pattern(row) and all(row.has(name) for name in rule.says.names):
            yield from _tested(sheet, rule, row=row.code)


def _tested(sheet: Sheet, rule: Rule, column: str = "", row: str = "") -> Iterator[Remark]:
    keys = {
        name: name if "." in name else key_of(row or name, name if row else column)
        for name in rule.says.names
        if name != PARTS
    }
    left = rule.says.left.compute(lambda name: sheet.result(keys[name]))
    right = rule.says.right.compute(lambda name: sheet.result(keys[name]))
    if left.value is None or right.value is None or left.lacking or right.lacking:
        return
    tolerance = sum((_half_a_digit(sheet, key) for key in keys.values()), Decimal(0))
    if rule.says.holds(left.value, right.value, tolerance):
        return
    at = _blamed(sheet, list(keys.values()))
    told = f"{format_number(left.value)} {COMPARISONS[rule.says.sign]} {format_number(right.value)}"
    severity: Severity = "error" if rule.severity == "error" else "doubt"
    yield Remark(
        at, severity, f"rule:{rule.code}", f"{rule.message.vi} (cần {told})",
        f"{rule.message.said(english=True)} (needed: {told})",
    )  # fmt: skip


def _blamed(sheet: Sheet, keys: list[str]) -> str:
    """A rule speaks of several cells; it is told at the first that can be typed."""
    for key in keys:
        row, _, column = key.rpartition(".")
        if sheet.cell(row, column).role == "typed":
            return key
    return keys[0]


def _half_a_digit(sheet: Sheet, key: str) -> Decimal:
    """How far a rounded number may be from the true one; whole numbers are counted, not rounded."""
    value = sheet.result(key).value
    exponent = value.as_tuple().exponent if value is not None else 0
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) and exponent < 0 else Decimal(0)
