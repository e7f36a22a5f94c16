# SPDX-License-Identifier: Apache-2.0
"""The table of the year says what the scoreboard says, and computes its ratios from its own cells."""

from __future__ import annotations

import pytest

from bamsat.core.report.outline import Row, Table, Told, told_in
from bamsat.core.report.xlsx import to_xlsx
from bamsat.rooms.places.models import Place
from bamsat.rooms.reports.grids_year import year_sheet, year_table
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast
from tests.rooms.reports import months

pytestmark = pytest.mark.django_db
BILLION = 10**9


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def record(cast: Cast, *figures: object) -> None:
    months.recorded(cast.director, list(figures))  # type: ignore[arg-type]


def of(table: Table, name: str) -> dict[str, tuple[str, str]]:
    """Text and formula of each number of a row, by the code of its column."""
    row: Row = next(row for row in table.rows if row.cells[1].text.startswith(name))
    cells = zip(table.columns, row.cells, strict=True)
    return {column.code: (cell.text, cell.formula) for column, cell in cells if column.number}


def test_the_year_of_cao_bang_as_its_report_tells_it(cast: Cast) -> None:
    record(cast, stated(5300 * BILLION, status="estimate"), growth("12.77"), plan_ratio("100"),
           stated(2500 * BILLION, indicator="retail_services"),
           stated(2400 * BILLION, indicator="retail_services", period="2020"),
           stated(2450 * BILLION, indicator="retail_services", status="target"))  # fmt: skip
    table = year_table(cast.specialist, cast.home, 2021)
    output = of(table, "Giá trị sản xuất công nghiệp")
    assert output["done"] == ("5.300", "")
    assert output["growth"] == ("+12,77", "")  # stated: last year follows from it
    assert output["before"][1] == "done / (100 + growth) * 100"
    assert output["plan"] == ("5.300", "done / ratio * 100")
    retail = of(table, "Tổng mức bán lẻ")
    assert (retail["plan"][0], retail["before"][0], retail["done"][0]) == ("2.450", "2.400", "2.500")
    assert retail["growth"][1] == "done / before * 100 - 100"
    assert retail["ratio"][1] == "done / plan * 100"
    assert all(told.entries for told in told_in((table,)))


def test_it_is_a_sheet_to_print_and_sign(cast: Cast) -> None:
    record(cast, stated(5300 * BILLION), growth("12.77"))
    sheet = year_sheet(cast.specialist, cast.home, 2021)
    assert sheet.headed == "THỦ TRƯỞNG ĐƠN VỊ"
    assert sheet.place == "Cao Bằng"
    assert to_xlsx([sheet])[:2] == b"PK"


def test_a_year_that_is_not_over_says_of_how_many_months_it_tells(cast: Cast) -> None:
    months.recorded(cast.director, months.figures())
    table = year_table(cast.specialist, cast.home, 2026)
    exports = next(row for row in table.rows if row.cells[1].text.startswith("Kim ngạch xuất khẩu"))
    assert "10 tháng" in exports.cells[1].text
    assert exports.cells[5].text
    assert all(told.entries for told in told_in((table,)))
    done = next(piece for piece in exports.cells[5].pieces if isinstance(piece, Told))
    assert len(done.entries) == 10
    assert exports.cells[6].formula == ""  # ten months cannot be held against a whole year


def test_who_may_not_see_a_place_gets_nothing_of_it(cast: Cast) -> None:
    record(cast, stated(5300 * BILLION))
    with pytest.raises(Place.DoesNotExist):
        year_table(cast.specialist_elsewhere, cast.home, 2021)
