# SPDX-License-Identifier: Apache-2.0
"""Figures from tables: the heads, rows and units that departments use."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from bamsat.core.read.loaders import load
from bamsat.core.read.reader import figures
from bamsat.core.read.table_heads import decide, rules
from bamsat.core.terms.figure import Figure
from tests.core.read.loaders.specimens import workbook

MONTHLY = (
    *("STT", "Chỉ tiêu", "Đơn vị", "Tháng 7 năm trước", "Lũy kế 7 tháng năm trước", "Kế hoạch năm", "Tháng 6"),
    *("Tháng 7 (ước)", "Lũy kế 7 tháng", "TH tháng 7 so tháng trước (%)", "so cùng kỳ (%)"),
    *("Lũy kế so cùng kỳ (%)", "Lũy kế so KH năm (%)"),
)
TEN_VALUES = (900, 6000, 12000, 950, 1000.5, 6500, 105.3, 111.2, 108.3, 54.2)
TITLE = "KẾT QUẢ SẢN XUẤT CÔNG NGHIỆP THÁNG 7 NĂM 2021 TỈNH HÀ GIANG"
YEARLY = ("STT", "Chỉ tiêu", "ĐVT", "KH năm 2021", "Ước TH 2021", "So với 2020 (%)", "So KH (%)")

Rows = Sequence[Sequence[object]]


def sheet(title: str, rows: Rows, merge: Sequence[tuple[str, str]] = ()) -> dict[str, Figure]:
    """The figures of a workbook, by cell; the title stands in row 1, the table begins in row 2."""
    document = load(workbook(("S", [[title], *rows]), merge=merge), "bao-cao.xlsx")
    found = figures(document).figures
    cells = {cell.at for table in document.tables for row in table.rows for cell in row if cell is not None}
    for figure in found:
        assert document.text[figure.start : figure.end] == figure.number
    return {figure.at.split("!")[1]: figure for figure in found if figure.at in cells}


def told(figure: Figure, *names: str) -> tuple[object, ...]:
    return tuple(getattr(figure, name) for name in names)


@pytest.mark.parametrize("kind", ["roles", "measures", "periods", "bases", "statuses"])
def test_each_rule_keeps_its_examples(kind):
    for rule in rules(kind):
        for head in rule.says:
            assert decide(kind, head) == rule.means, head
        for head in rule.never:
            assert decide(kind, head) != rule.means, head


def test_the_monthly_grid_of_ten_values():
    found = sheet(
        TITLE,
        [
            MONTHLY,
            ["A", "B", "C", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
            ["I", "Giá trị sản xuất công nghiệp (giá so sánh 2010)", "Tỷ đồng", *TEN_VALUES],
        ],
    )
    assert [told(figure, "measure", "status", "period", "base") for figure in found.values()] == [
        ("level", "actual", "2020-07", None),
        ("level", "actual", "2020-01/2020-07", None),
        ("level", "target", "2021", None),
        ("level", "actual", "2021-06", None),
        ("level", "estimate", "2021-07", None),
        ("level", "actual", "2021-01/2021-07", None),
        ("index", "estimate", "2021-07", "2021-06"),
        ("index", "estimate", "2021-07", "2020-07"),
        ("index", "actual", "2021-01/2021-07", "2020-01/2020-07"),
        ("plan_ratio", "actual", "2021-01/2021-07", None),
    ]
    first = found["H4"]
    assert told(first, "indicator", "unit", "area", "price_basis", "doubt") == (
        "industrial_output", "VND", "Hà Giang", "constant:2010", None,
    )  # fmt: skip
    assert first.value == Decimal("1000500000000")
    assert first.lower < first.value < first.upper


def test_parts_stand_under_their_total_and_take_its_indicator():
    rest = ["Tỷ đồng", 90, 600, 1200, 95, 100, 650, 105.3, 111.1, 108.3, 54.2]
    found = sheet(
        TITLE,
        [
            MONTHLY,
            ["I", "Giá trị sản xuất công nghiệp", *rest],
            ["", "Trong đó:"],
            ["1", "- Khai khoáng", *rest],
            ["2", "- Chế biến, chế tạo", '"', *rest[1:]],
            ["II", "Sản phẩm chủ yếu"],
            ["1", "Xi măng", "1000 tấn", *rest[1:]],
        ],
    )
    assert told(found["H5"], "indicator", "segment") == ("industrial_output", "khai khoáng")
    assert told(found["H6"], "indicator", "segment", "unit") == ("industrial_output", "chế biến, chế tạo", "VND")
    assert told(found["H8"], "indicator", "unit", "value") == ("product:xi măng", "ton", Decimal(100_000))
    assert found["M8"].indicator == "product:xi măng"


def test_a_results_table_of_a_year():
    found = sheet(
        "Kết quả thực hiện năm 2021 tỉnh Thái Nguyên",
        [
            YEARLY,
            [1, "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ", "Tỷ đồng", 44019, "44.767,5", 111.5, 101.7],
            [2, "Giá trị hàng hóa xuất khẩu", "Tỷ USD", 28.17, "trên 28,85", 117.9, 102.4],
        ],
    )
    assert [told(f, "measure", "value", "status", "period", "base") for f in list(found.values())[:4]] == [
        ("level", Decimal(44_019_000_000_000), "target", "2021", None),
        ("level", Decimal(44_767_500_000_000), "estimate", "2021", None),
        ("index", Decimal("111.5"), "estimate", "2021", "2020"),
        ("plan_ratio", Decimal("101.7"), "estimate", "2021", None),
    ]
    assert told(found["E4"], "indicator", "hedge", "number", "unit") == ("exports", "over", "28,85", "USD")


def test_heads_of_two_levels():
    found = sheet(
        "Tình hình thương mại tỉnh Lâm Đồng",
        [
            ["TT", "Nội dung", "ĐVT", "Thực hiện", None, None, "So sánh (%)", None],
            [None, None, None, "Cùng kỳ 2022", "Tháng 4/2023", "Ước tháng 5/2023", "Tháng trước", "Cùng kỳ"],
            [1, "Doanh thu bán lẻ hàng hóa", "Tỷ đồng", 100.5, 110, 120.7, 109.7, 120.1],
            [2, "Chỉ số sản xuất công nghiệp (IIP)", "%", None, None, 107.2, 101.1, 107.2],
        ],
        merge=[
            ("D2:F2", "Thực hiện"),
            ("G2:H2", "So sánh (%)"),
            ("A2:A3", "TT"),
            ("B2:B3", "Nội dung"),
            ("C2:C3", "ĐVT"),
        ],
    )
    assert [told(figure, "period", "base", "status") for figure in list(found.values())[:5]] == [
        ("2022-05", None, "actual"),
        ("2023-04", None, "actual"),
        ("2023-05", None, "estimate"),
        ("2023-05", "2023-04", "estimate"),
        ("2023-05", "2022-05", "estimate"),
    ]
    assert told(found["F5"], "indicator", "measure", "base") == ("iip", "index", "2022-05")


def test_places_in_rows_take_the_subject_of_head_or_caption():
    found = sheet(
        "Bảng 2. Giá trị sản xuất công nghiệp 6 tháng đầu năm 2022 tỉnh Cao Bằng",
        [
            ["Huyện, thành phố", "Giá trị sản xuất (tỷ đồng)", "Tăng so với cùng kỳ (%)", "Cơ cấu (%)"],
            ["Huyện Bảo Lâm", 120.5, 6.1, 12.5],
            ["Thành phố Cao Bằng", 300, -2.5, 30],
            ["Tổng số", 964, 5, 100],
        ],
    )
    assert told(found["B3"], "area", "indicator", "period") == ("Huyện Bảo Lâm", "industrial_output", "2022-01/2022-06")
    assert told(found["C4"], "measure", "value", "base") == ("growth", Decimal("-2.5"), "2021-01/2021-06")
    assert told(found["D4"], "measure", "unit") == ("share", "%")
    assert told(found["B5"], "area", "indicator", "segment") == ("Cao Bằng", "industrial_output", None)


def test_twelve_months_in_columns():
    months = [f"Tháng {number}" for number in range(1, 13)]
    found = sheet(
        "Điện thương phẩm năm 2020 tỉnh Thái Bình",
        [
            ["Chỉ tiêu", "ĐVT", *months, "Cả năm"],
            ["Điện thương phẩm", "Triệu kWh", *[10.5 + n for n in range(12)], 192],
        ],
    )
    assert [figure.period for figure in found.values()] == [*(f"2020-{n:02}" for n in range(1, 13)), "2020"]
    assert {figure.indicator for figure in found.values()} == {"electricity_consumption"}


def test_years_in_rows_are_periods_and_no_figures():
    found = sheet(
        "Kim ngạch xuất nhập khẩu tỉnh Thái Bình giai đoạn 2018-2020",
        [["Năm", "Xuất khẩu (triệu USD)", "Nhập khẩu (triệu USD)"], [2018, 1200, 1100], [2019, 1300, 1150]],
    )
    assert {cell: told(figure, "indicator", "period") for cell, figure in found.items()} == {
        "B3": ("exports", "2018"),
        "C3": ("imports", "2018"),
        "B4": ("exports", "2019"),
        "C4": ("imports", "2019"),
    }


def test_price_indices_have_their_bases_under_one_head():
    found = sheet(
        "Chỉ số giá tiêu dùng tháng 7 năm 2022 tỉnh Bình Định",
        [
            ["", "Chỉ số giá tháng 7/2022 so với (%)", None, None, "Bình quân 7 tháng so cùng kỳ (%)"],
            [None, "Kỳ gốc 2019", "Tháng 12/2021", "Tháng 6/2022", None],
            ["CHỈ SỐ GIÁ TIÊU DÙNG", 110.2, 103.1, 100.4, 102.5],
            ["Giao thông", 120, 112, 98, 116],
        ],
        merge=[("B2:D2", "Chỉ số giá tháng 7/2022 so với (%)")],
    )
    assert [told(figure, "period", "base") for figure in list(found.values())[:4]] == [
        ("2022-07", "2019"),
        ("2022-07", "2021-12"),
        ("2022-07", "2022-06"),
        ("2022-01/2022-07", "2021-01/2021-07"),
    ]
    assert told(found["B5"], "indicator", "segment") == ("cpi", "giao thông")


def test_a_plan_beside_what_was_done():
    found = sheet(
        "Kế hoạch năm 2022 tỉnh Lạng Sơn",
        [
            ["Chỉ tiêu", "ĐVT", "TH 2020", "ƯTH 2021", "ƯTH 2021/TH 2020 (%)", "KH 2022", "KH 2022/ƯTH 2021 (%)"],
            ["Kim ngạch xuất khẩu", "Triệu USD", 250, 300, 120, 330, 110],
        ],
    )
    assert [told(figure, "measure", "status", "period", "base") for figure in found.values()] == [
        ("level", "actual", "2020", None),
        ("level", "estimate", "2021", None),
        ("index", "estimate", "2021", "2020"),
        ("level", "target", "2022", None),
        ("index", "target", "2022", "2021"),
    ]


def test_an_estimate_among_what_was_done_says_so_in_its_cell():
    found = sheet(
        "Kết quả năm 2022 tỉnh Lạng Sơn",
        [
            ["Chỉ tiêu", "Đơn vị tính", "Năm 2022"],
            ["Kim ngạch xuất khẩu", "Triệu USD", "ước 310"],
            ["Kim ngạch nhập khẩu", "Triệu USD", "205"],
        ],
    )
    assert [told(figure, "status", "value") for figure in found.values()] == [
        ("estimate", 310_000_000),
        ("actual", 205_000_000),
    ]


def test_the_index_by_industry():
    found = sheet(
        "Chỉ số sản xuất công nghiệp tỉnh Bình Định tháng 7 năm 2022",
        [
            ["", "Ước tháng 7/2022 so với tháng trước (%)", "7 tháng 2022 so với cùng kỳ (%)"],
            ["Toàn ngành công nghiệp", 101.2, 107.2],
            ["Khai khoáng", 101.2, 97.2],
            ["Sản xuất trang phục", 101, 115],
        ],
    )
    assert [told(found[cell], "indicator", "segment") for cell in ("B3", "B4", "B5")] == [
        ("iip", None), ("iip_mining", None), ("iip", "Sản xuất trang phục"),
    ]  # fmt: skip
    assert told(found["B3"], "status", "period", "base") == ("estimate", "2022-07", "2022-06")


def test_a_list_of_things_with_their_sides_and_places():
    found = sheet(
        "Danh sách cụm công nghiệp tỉnh Cao Bằng năm 2022",
        [
            ["TT", "Tên cụm công nghiệp", "Địa điểm", "Diện tích (ha)", "Tỷ lệ lấp đầy (%)"],
            [1, "CCN Miền Đông 1", "Huyện Quảng Hòa", 70, 30],
        ],
    )
    assert told(found["D3"], "label", "area", "unit") == ("Diện tích CCN Miền Đông 1", "Huyện Quảng Hòa", "ha")
    assert found["D3"].indicator.startswith("cluster:diện tích")
    assert told(found["E3"], "measure", "unit") == ("share", "%")


def test_prices_of_two_days_and_their_change():
    found = sheet(
        "Giá một số mặt hàng thiết yếu tháng 7 năm 2022 tỉnh Cao Bằng",
        [
            ["Mặt hàng", "ĐVT", "Giá ngày 15/7", "Giá ngày 15/6", "Tăng/giảm"],
            ["Gạo tẻ thường", "đồng/kg", 15000, 14000, 1000],
        ],
    )
    assert [told(figure, "measure", "unit", "period", "base") for figure in found.values()] == [
        ("level", "VND/kg", "2022-07", None),
        ("level", "VND/kg", "2022-06", None),
        ("change", "VND/kg", "2022-07", "2022-06"),
    ]
