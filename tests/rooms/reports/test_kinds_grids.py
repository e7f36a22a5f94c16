# SPDX-License-Identifier: Apache-2.0
"""The standard grid of a month and the return on markets, asked for as reports."""

import io

import pytest
from openpyxl import load_workbook

from bamsat.core.terms.period import Period
from bamsat.rooms.reports.content.asked import Asked
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.writing import write
from tests import build
from tests.build import stated
from tests.cast import Cast
from tests.rooms.reports import months

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forms(cast: Cast) -> None:
    build.forms()


def cells(cast: Cast, kind: str, period: Period) -> list[object]:
    data = write(compose(cast.specialist, Asked(kind, cast.home, period)), "xlsx")
    book = load_workbook(io.BytesIO(data))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_grid_of_a_month_is_a_workbook_whose_ratios_are_formulas(cast: Cast) -> None:
    months.recorded(cast.director, months.figures())
    told = cells(cast, "luoi-thang", Period.month(2026, 10))
    assert "Kim ngạch xuất khẩu" in told
    assert sum(str(one).startswith("=") for one in told) > 10


def test_the_return_on_markets_is_a_report_to_the_ministry(cast: Cast) -> None:
    for indicator, segment in (("markets", None), ("market_operators", "market_operator:board")):
        one = stated("66", indicator=indicator, segment=segment, unit="chợ", period="2025")
        months.recorded(cast.director, [one])
    made = compose(cast.specialist, Asked("bieu-10", cast.home, Period.year(2025)))
    assert made.report.frame.addressee == ("Bộ Công Thương (Vụ Thị trường trong nước)",)
    assert any("Tổng số chợ" in str(one) for one in cells(cast, "bieu-10", Period.year(2025)))
