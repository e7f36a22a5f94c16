# SPDX-License-Identifier: Apache-2.0
"""The monthly grid as a workbook computes the numbers of the ledger again, and follows what somebody corrects in it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bamsat.core.report.xlsx import to_xlsx
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.reports.grids import grid_sheet
from tests import build
from tests.cast import Cast
from tests.core.report.recalculated import changed, recalculated
from tests.rooms.reports import months

pytestmark = pytest.mark.django_db


def named(page: Any, text: str) -> int:
    """The row of the sheet with this name."""
    found: int = next(row[1].row for row in page.iter_rows() if row[1].value == text)
    return found


def test_the_grid_computes_again_what_the_ledger_says_and_follows_a_correction(cast: Cast, tmp_path: Path) -> None:
    build.forms()
    months.recorded(cast.director, months.figures())
    sheet = grid_sheet(cast.specialist, "luoi-thang", cast.home, Period.month(2026, 10))
    data = to_xlsx([replace(sheet, name="Lưới")])
    written = openpyxl.load_workbook(io.BytesIO(data))["Lưới"]
    cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Lưới"]
    again = recalculated(data, tmp_path / "again")["Lưới"]
    formulas = [cell for row in written.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) > 80
    for cell in formulas:
        ours, theirs = cached[cell.coordinate].value, again[cell.coordinate].value
        assert (theirs or "") == (ours or "") or theirs == pytest.approx(ours, rel=1e-9), cell.coordinate

    exports, imports, balance = (
        named(written, name) for name in ("Kim ngạch xuất khẩu", "Kim ngạch nhập khẩu", "Cán cân thương mại")
    )
    typed = changed(data, {f"H{exports}": 100.0}, "Lưới")
    page = recalculated(typed, tmp_path / "typed")["Lưới"]
    before = float(months.amount("exports", 2025, 10))
    assert page[f"K{exports}"].value == pytest.approx(100 / before * 100)
    assert page[f"H{balance}"].value == pytest.approx(100 - page[f"H{imports}"].value)
    so_far = sum(float(months.amount("exports", 2026, month)) for month in range(1, 10))
    assert page[f"I{exports}"].value == pytest.approx(so_far + 100)

    known = {str(uuid) for uuid in Entry.objects.values_list("uuid", flat=True)}
    noted = [cell for row in written.iter_rows() for cell in row if cell.comment]
    assert len(noted) > 140
    assert all(any(uuid in cell.comment.text for uuid in known) for cell in noted)
