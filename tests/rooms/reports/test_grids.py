# SPDX-License-Identifier: Apache-2.0
"""A form's grid is filled from approved entries alone; its numbers, formulas and sources are those of the ledger."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from bamsat.core.report.outline import Row, Table, Told, told_in
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.reports.grids import NoSuchGrid, grid_sheet, grid_table
from tests import build
from tests.build import stated
from tests.cast import Cast
from tests.rooms.reports import months

pytestmark = pytest.mark.django_db
OCTOBER = Period.month(2026, 10)


@pytest.fixture(autouse=True)
def _forms(cast: Cast) -> None:
    build.forms()


def grid(cast: Cast, **more: object) -> Table:
    return grid_table(cast.specialist, "luoi-thang", cast.home, OCTOBER, **more)  # type: ignore[arg-type]


def row_called(table: Table, name: str) -> Row:
    return next(row for row in table.rows if row.cells[1].text == name)


def shown(table: Table, name: str) -> dict[str, str]:
    """The numbers of a row, by the code of their column."""
    cells = zip(table.columns, row_called(table, name).cells, strict=True)
    return {column.code: cell.text for column, cell in cells if column.number}


def test_the_monthly_grid_has_the_ten_values_of_each_indicator(cast: Cast) -> None:
    months.recorded(cast.director, months.figures())
    table = grid(cast)
    heads = [column.heads[-1] for column in table.columns]
    assert heads[3:8] == ["Tháng 10/2025 thực hiện", "10 tháng năm 2025", "Kế hoạch năm 2026", "Tháng 9/2026 thực hiện",
                          "Tháng 10/2026 ước"]  # fmt: skip
    exports = shown(table, "Kim ngạch xuất khẩu")
    now, before = months.amount("exports", 2026, 10), months.amount("exports", 2025, 10)
    assert exports["now"] == f"{now:f}".replace(".", ",").rstrip("0")
    to_date = sum(months.amount("exports", 2026, month) for month in range(1, 11))
    assert Decimal(exports["to_date"].replace(".", "").replace(",", ".")) == to_date
    assert exports["to_year_ago"] == f"{now / before * 100:.1f}".replace(".", ",")


def test_totals_and_ratios_have_formulas_of_the_form(cast: Cast) -> None:
    months.recorded(cast.director, months.figures())
    table = grid(cast)
    total = row_called(table, "Giá trị sản xuất công nghiệp (giá so sánh 2010)")
    formulas = {column.code: cell.formula for column, cell in zip(table.columns, total.cells, strict=True)}
    first = table.rows.index(total) + 2
    assert formulas["now"] == f"sum(R{first}:R{first + 3})"
    assert formulas["to_year_ago"] == "now / year_ago * 100"
    assert formulas["to_date"].endswith(" + now")  # what came before this month stands in no column
    balance = row_called(table, "Cán cân thương mại")
    at = table.rows.index(row_called(table, "Kim ngạch xuất khẩu")) + 1
    assert balance.cells[7].formula == f"R{at} - R{at + 1}"


def test_each_number_has_the_entries_that_it_comes_from(cast: Cast) -> None:
    months.recorded(cast.director, months.figures())
    table = grid(cast)
    known = {str(uuid) for uuid in Entry.objects.values_list("uuid", flat=True)}
    numbers = list(told_in((table,)))
    assert numbers
    assert all(told.entries and set(told.entries) <= known for told in numbers)
    assert all("bc.txt" in told.fact.source for told in numbers)
    cells = row_called(table, "Kim ngạch xuất khẩu").cells
    so_far = next(piece for piece in cells[8].pieces if isinstance(piece, Told))
    assert len(so_far.entries) == 10
    assert so_far.fact.how


def test_an_index_is_the_statistics_offices_and_never_added_or_computed(cast: Cast) -> None:
    months.recorded(cast.director, months.figures())
    index = row_called(grid(cast), "Chỉ số sản xuất công nghiệp (IIP)")
    assert [cell.text for cell in index.cells[3:8]] == ["x"] * 5
    assert shown(grid(cast), "Chỉ số sản xuất công nghiệp (IIP)")["to_year_ago"] == "108,4"
    assert not any(cell.formula for cell in index.cells)


def test_a_total_with_a_part_lacking_is_left_empty_rather_than_wrong(cast: Cast) -> None:
    months.recorded(cast.director, months.figures(lacking="industrial_output_mining"))
    table = grid(cast)
    total = shown(table, "Giá trị sản xuất công nghiệp (giá so sánh 2010)")
    assert (total["now"], total["to_date"], total["to_year_ago"]) == ("", "", "")
    assert total["previous"]
    assert "Ô trống" in table.note


def test_a_total_that_the_ledger_states_is_kept_as_stated(cast: Cast) -> None:
    months.recorded(cast.director, months.figures())
    said = stated(f"{600 * months.BILLION}", period="2026-10", status="estimate", price_basis="constant:2010")
    months.recorded(cast.director, [said])
    assert shown(grid(cast), "Giá trị sản xuất công nghiệp (giá so sánh 2010)")["now"] == "600,00"


def test_nothing_of_a_return_counts_before_it_is_approved(cast: Cast) -> None:
    version = build.form("luoi-thang")
    build.sent(cast.specialist, version, cast.home, "2026-10", {"exports.now": "45,5"})
    assert shown(grid(cast), "Kim ngạch xuất khẩu")["now"] == ""


def test_an_approved_return_is_in_the_grid(cast: Cast) -> None:
    version = build.form("luoi-thang")
    build.sent(cast.specialist, version, cast.home, "2026-10", {"exports.now": "45,5"}, until="approved")
    assert shown(grid(cast), "Kim ngạch xuất khẩu")["now"] == "45,5"


def test_the_grid_of_a_moment_holds_what_was_known_then(cast: Cast) -> None:
    then = timezone.now()
    months.recorded(cast.director, months.figures())
    assert shown(grid(cast, known=then), "Kim ngạch xuất khẩu")["now"] == ""
    assert shown(grid(cast, known=timezone.now()), "Kim ngạch xuất khẩu")["now"]


def test_a_product_that_the_ledger_has_is_a_row_of_its_own(cast: Cast) -> None:
    table = grid(cast)
    assert "Sản phẩm công nghiệp chủ yếu" not in [row.cells[1].text for row in table.rows]
    ore = stated(
        "12500", indicator="industrial_product_output", segment="product:iron_ore", unit="ton", period="2026-10"
    )
    months.recorded(cast.director, [ore])
    found = grid(cast)
    assert len(found.rows) == len(table.rows) + 2
    made = shown(found, "Quặng sắt")
    assert made["now"] == "12.500"
    assert made["to_date"] == ""  # nine months are not known


def test_who_may_not_see_a_place_gets_nothing_of_it(cast: Cast) -> None:
    months.recorded(cast.director, months.figures())
    with pytest.raises(Place.DoesNotExist):
        grid_table(cast.specialist_elsewhere, "luoi-thang", cast.home, OCTOBER)


def test_who_may_see_one_field_gets_its_rows_and_is_told_of_the_others(cast: Cast) -> None:
    months.recorded(cast.director, months.figures())
    user = cast.newcomer
    give_role(None, user, cast.home, Role.SPECIALIST, sets=list(IndicatorSet.objects.filter(code="electricity")))
    table = grid_table(user, "luoi-thang", cast.home, OCTOBER)
    names = [row.cells[1].text for row in table.rows]
    assert "Kim ngạch xuất khẩu" not in names
    assert "Điện sản xuất" in names
    assert "ngoài phạm vi được xem" in table.note


def test_a_form_or_period_that_does_not_fit_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(NoSuchGrid, match="danh sách biểu mẫu"):
        grid_table(cast.specialist, "khong-co", cast.home, OCTOBER)
    with pytest.raises(NoSuchGrid, match="mỗi kỳ 1 tháng"):
        grid_table(cast.specialist, "luoi-thang", cast.home, Period.year(2026))


def test_the_return_on_markets_has_its_number_basis_and_column_numbers(cast: Cast) -> None:
    for indicator, segment, value in (
        ("markets", None, "66"),
        ("markets", "market_grade:grade_3", "60"),
        ("market_operators", "market_operator:board", "9"),
    ):
        one = stated(value, indicator=indicator, segment=segment, unit="chợ", period="2025")
        months.recorded(cast.director, [one])
    sheet = grid_sheet(cast.specialist, "bieu-10-sct-bct", cast.home, Period.year(2025))
    assert sheet.left[0] == "Biểu 10/SCT-BCT"
    assert "34/2022/TT-BCT" in sheet.left[1]
    table = sheet.tables[0]
    assert table.numbered
    assert [column.heads[-1] for column in table.columns][3:] == [
        "Tổng số", "Hạng 1", "Hạng 2", "Hạng 3", "Chợ trong quy hoạch", "Chợ đầu mối",
    ]  # fmt: skip
    markets = shown(table, "Tổng số chợ")
    assert (markets["total"], markets["grade_3"]) == ("66", "60")
    assert len([row for row in table.rows if row.level == 0]) == 8
