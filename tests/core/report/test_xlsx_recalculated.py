# SPDX-License-Identifier: Apache-2.0
"""LibreOffice computes the same numbers from a workbook as we do, and others after somebody corrects a number."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from pathlib import Path

import openpyxl
import pytest

from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import Cell, Column, Row, Table, Told, Words
from bamsat.core.report.xlsx import Sheet, to_xlsx
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from tests.core.report import test_xlsx as small
from tests.core.report.recalculated import changed, recalculated

Amount = Decimal | None
Values = Mapping[str, Amount]
INPUTS = ("first", "second", "third")
GRIDS = 60


@dataclass(frozen=True)
class Made:
    """A formula made at random: its text, and how it is computed without reading that text."""

    text: str
    value: Callable[[Values], Amount]


def column(name: str) -> Made:
    return Made(name, lambda row: row[name])


def number(value: int) -> Made:
    return Made(str(value), lambda row: Decimal(value))


def formula(chance: random.Random, deep: int = 3) -> Made:
    if deep == 0 or chance.random() < 0.2:
        return column(chance.choice(INPUTS)) if chance.random() < 0.8 else number(chance.randint(1, 100))
    sign = chance.choice("+-*/")
    left, right = formula(chance, deep - 1), formula(chance, deep - 1)

    def value(row: Values) -> Amount:
        a, b = left.value(row), right.value(row)
        if a is None or b is None or (sign == "/" and b == 0):
            return None
        with localcontext(prec=50):
            return {"+": a + b, "-": a - b, "*": a * b}[sign] if sign != "/" else a / b

    return Made(f"({left.text}) {sign} ({right.text})", value)


def cell(value: Amount, made: str = "", places: int = 3) -> Cell:
    if value is None:
        return Cell((), made)
    text = format_number(value, places)
    fact = Fact(
        "exports", "level", value, "", Period.month(2026, 10), entries=(small.ENTRY,), derived=bool(made),
        written=("", Decimal(1)),
    )  # fmt: skip
    return Cell((Told(text, fact),), made)


@dataclass(frozen=True)
class Grid:
    table: Table
    expected: Mapping[tuple[int, int], Amount]


def grid(chance: random.Random, at: int) -> Grid:
    """Rows of inputs, some lacking, columns computed from them, and a last row that adds each column up."""
    formulas = [formula(chance) for _ in range(3)]
    count = chance.randint(2, 7)
    lacking = 0.15 if chance.random() < 0.5 else 0.0
    rows: list[dict[str, Amount]] = [
        {name: None if chance.random() < lacking else Decimal(chance.randint(-99999, 999999)) / 1000 for name in INPUTS}
        for _ in range(count)
    ]
    expected: dict[tuple[int, int], Amount] = {}
    lines = []
    for r, row in enumerate(rows):
        found = [made.value(row) for made in formulas]
        cells = [cell(row[name]) for name in INPUTS]
        cells += [cell(value, made.text) for value, made in zip(found, formulas, strict=True)]
        lines.append(Row((Cell((Words(f"Dòng {r}"),)), *cells)))
        expected |= {(r, 4 + i): value for i, value in enumerate(found)}
    totals = []
    for c in range(1, 7):
        values = [rows[r][INPUTS[c - 1]] if c < 4 else expected[r, c] for r in range(count)]
        whole = None if None in values else sum((v for v in values if v is not None), Decimal(0))
        totals.append(cell(whole, f"sum(R1:R{count})"))
        expected[count, c] = whole
    lines.append(Row((Cell((Words("Cộng"),)), *totals), "total"))
    columns = [Column(("Tên",)), *(Column((name,), number=True, code=name) for name in INPUTS)]
    columns += [Column((f"Tính {i}",), number=True, code=f"made{i}") for i in range(3)]
    return Grid(Table(f"Bảng {at}", tuple(columns), tuple(lines)), expected)


def near(found: object, wanted: Decimal) -> bool:
    if not isinstance(found, int | float):
        return False
    return abs(found - float(wanted)) <= 1e-9 * max(1.0, abs(float(wanted)))


def test_random_grids_come_to_the_same_numbers_in_libreoffice(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    grids = [grid(chance, at) for at in range(GRIDS)]
    data = to_xlsx([Sheet(f"B{at}", (one.table,)) for at, one in enumerate(grids)])
    (tmp_path / "as_written.xlsx").write_bytes(data)
    cached = openpyxl.load_workbook(tmp_path / "as_written.xlsx", data_only=True)
    formulas = openpyxl.load_workbook(tmp_path / "as_written.xlsx")
    book = recalculated(data, tmp_path)
    live = 0
    for at, one in enumerate(grids):
        page = book[f"B{at}"]
        top = next(row[0].row for row in page.iter_rows() if row[0].value == "Dòng 0")
        for (r, c), wanted in one.expected.items():
            found, said = page.cell(top + r, c + 1).value, cached[f"B{at}"].cell(top + r, c + 1).value
            live += str(formulas[f"B{at}"].cell(top + r, c + 1).value).startswith("=")
            where = f"B{at}, {one.table.rows[r].cells[c].formula}: {found!r}, {said!r}, {wanted}"
            if wanted is None:
                assert {found, said} <= {None, ""}, where
            else:
                assert all(near(each, wanted) for each in (found, said)), where
    assert live > 0.9 * sum(len(one.expected) for one in grids)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, object]:
    """The small sheet after somebody corrected a part of this year and filled in what was lacking of the last."""
    data = to_xlsx([small.SHEET])
    top = small.first_row(small.opened()["Lưới"])
    typed = {f"D{top + 1}": 1500.0, f"C{top + 3}": 20.0}
    return top, recalculated(changed(data, typed, "Lưới"), tmp_path_factory.mktemp("corrected"))["Lưới"]


def test_totals_and_ratios_follow_a_corrected_number(
    corrected: tuple[int, openpyxl.worksheet.worksheet.Worksheet],
) -> None:
    top, page = corrected
    assert page.cell(top, 4).value == pytest.approx(5500)
    assert page.cell(top, 5).value == pytest.approx(5500 / 4700 * 100)
    assert page.cell(top + 1, 5).value == pytest.approx(1500 / 1000.5 * 100)
    assert page.cell(top, 3).value == pytest.approx(4700)


def test_a_ratio_appears_when_its_base_is_filled_in(
    corrected: tuple[int, openpyxl.worksheet.worksheet.Worksheet],
) -> None:
    top, page = corrected
    assert page.cell(top + 3, 5).value == pytest.approx(25 / 20 * 100)
