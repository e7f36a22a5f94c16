# SPDX-License-Identifier: Apache-2.0
"""The scoreboards of four provinces from the shipped reports alone, read, checked and approved as an office does it.

What each board must say was worked out by hand from the figures of the press articles behind those reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import pytest

from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.documents.actions import read_document, receive
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.actions import accept, accept_all, approve, approve_all, correct
from bamsat.rooms.figures.asked_growth import Asked, asked_growth
from bamsat.rooms.figures.comparison import Number, PlanState, shelves
from bamsat.rooms.figures.models import Series
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.scoreboard.board import Scoreboard, scoreboard
from bamsat.rooms.scoreboard.rows import Row
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@dataclass
class Office:
    """The specialist and the head of a province, and what they made of its report."""

    cast: Cast
    place: Place

    def board(self, year: int) -> Scoreboard:
        return scoreboard(self.cast.specialist, self.place, year)

    def rows(self, year: int) -> Mapping[str, Row]:
        return {row.indicator.code: row for row in self.board(year).rows}

    def asked(self, code: str, year: int) -> Asked:
        there = Series.objects.filter(place=self.place, segment="").select_related("indicator")
        made = shelves(standing(there))
        shelf = next(shelf for shelf in made if shelf.indicator.code == code)
        found = asked_growth(shelf, Period.year(year), made)
        assert found
        return found

    def page(self, year: int) -> str:
        address = f"/bang-diem/?noi={self.place.slug}&ky={year}"
        return " ".join(self.cast.client(self.cast.specialist).get(address).content.decode().split())


def office(cast: Cast, name: str, data: bytes | None = None, **correction: str) -> Office:
    """The report received, read, looked at and approved; `correction` mends each figure that has a breakdown."""
    province = "-".join(name.split("-")[:2])
    if province != cast.home.slug:
        build.role(cast.specialist, province)
        build.role(cast.head, province, Role.HEAD)
    data = data or files("bamsat.data").joinpath("samples", name).read_bytes()
    document = read_document(receive(cast.administrator, name, data, build.place(province)))
    for figure in document.figures.exclude(segment="") if correction else ():
        correct(cast.specialist, figure, **correction)
    accept_all(cast.specialist, document)
    looked_at(cast, document)
    done = approve_all(cast.head, document)
    for one in done.left:
        approve(cast.head, one.figure)
    entry = Series.objects.filter(entries__source__document=document).select_related("place").first()
    assert entry
    return Office(cast, entry.place)


def looked_at(cast: Cast, document: Document) -> None:
    """What raised a question was read again beside the text, and is right; what cannot be true stays out."""
    for figure in document.figures.filter(state="doubt"):
        accept(cast.specialist, figure)


def said(number: Number | None) -> str:
    """ "trên 68.800", "703,06 suy ra"."""
    if number is None:
        return ""
    hedge = {"over": "trên ", "nearly": "gần "}.get(number.hedge, "")
    return f"{hedge}{format_number(number.display)}{' suy ra' if number.derived else ''}"


def between(number: Number | None) -> tuple[str, str]:
    assert number
    return format_number(number.display_low), format_number(number.display_high)


def told(row: Row) -> tuple[str, str, str, str, str, PlanState]:
    """Last year, this year, growth, plan, plan ratio and state."""
    return said(row.before), said(row.value), said(row.growth), said(row.plan), said(row.plan_ratio), row.state


class TestCaoBangIn2021:
    @pytest.fixture
    def there(self, cast: Cast) -> Office:
        return office(cast, "cao-bang-nam-2021.docx")

    def test_each_line_says_what_the_report_says_and_what_follows_from_it(self, there: Office):
        rows = there.rows(2021)
        assert told(rows["industrial_output"]) == (
            "4.699,8 suy ra", "5.300", "12,77", "5.300 suy ra", "100", PlanState.NEAR,
        )  # fmt: skip
        assert told(rows["retail_services"]) == (
            "8.525,63 suy ra", "8.871,77", "4,06", "", "", PlanState.NO_PLAN,
        )  # fmt: skip
        assert told(rows["trade_total"]) == (
            "639,11 suy ra", "777,792", "21,7", "703,06 suy ra", "110,63", PlanState.EXCEEDED,
        )  # fmt: skip
        assert told(rows["exports"]) == (
            "278,26 suy ra", "337,887", "21,43", "306,06 suy ra", "110,4", PlanState.EXCEEDED,
        )  # fmt: skip
        assert told(rows["imports"]) == ("166,15 suy ra", "178,925", "7,69", "", "", PlanState.NO_PLAN)
        assert told(rows["supervised_goods"]) == ("", "260,98", "", "", "", PlanState.NO_PLAN)

    def test_a_plan_met_to_the_printed_percent_may_be_missed_or_exceeded(self, there: Office):
        output = there.rows(2021)["industrial_output"]
        assert between(output.plan) == ("5.273", "5.327")
        assert between(there.rows(2021)["trade_total"].plan) == ("703,02", "703,09")

    def test_the_trade_plan_asked_for_ten_percent(self, there: Office):
        for code, low, high in (("trade_total", "9,96", "10,06"), ("exports", "9,94", "10,05")):
            assert between(there.asked(code, 2021).computed) == (low, high)
        assert between(there.asked("industrial_output", 2021).computed) == ("12,2", "13,3")

    def test_the_parts_of_trade_add_up_to_its_total(self, there: Office):
        rows = there.rows(2021)
        parts = [rows[code].value for code in ("exports", "imports", "supervised_goods")]
        total = rows["trade_total"].value
        assert total
        assert sum(part.value for part in parts if part) == total.value

    def test_coverage_is_so_many_of_so_many(self, there: Office):
        rows = there.rows(2021)
        told_ = {
            code.partition(":")[2]: f"{int(row.value.value)}/{int(row.value.of)}"
            for code, row in rows.items()
            if code.startswith("facility_coverage:") and row.value and row.value.of
        }
        assert told_ == {"nhà máy": "40/40", "siêu thị": "3/5", "chợ": "25/79", "nhà hàng": "38/232"}

    def test_relief_whose_window_contradicts_the_text_is_not_on_the_board(self, there: Office):
        assert not [code for code in there.rows(2021) if code.startswith("relief:")]

    def test_the_page_says_it(self, there: Office):
        page = there.page(2021)
        assert "Sát kế hoạch: Giá trị sản xuất công nghiệp." in page
        assert "Vượt kế hoạch: Kim ngạch xuất khẩu, Tổng kim ngạch xuất nhập khẩu." in page
        for number in ("5.300", "+12,77%", "8.871,77", "777,792", "703,06", "110,63%", "25/79"):
            assert number in page, number


class TestHaGiang:
    @pytest.fixture
    def there(self, cast: Cast) -> Office:
        # “Bán hàng ra nước ngoài còn khó hơn: giá trị xuất khẩu” names no part of exports.
        return office(cast, "ha-giang-dau-nam-2021.html", segment="")

    def test_2020_fell(self, there: Office):
        rows = there.rows(2020)
        assert told(rows["iip"]) == ("", "", "−9,16", "", "", PlanState.NO_PLAN)
        assert told(rows["industrial_output"]) == (
            "6.248,89 suy ra", "6.181,4", "−1,08", "", "", PlanState.NO_PLAN,
        )  # fmt: skip
        assert told(rows["exports"]) == ("392,7 suy ra", "242", "−38,38", "", "", PlanState.NO_PLAN)
        assert rows["industrial_output"].price_basis == "current"

    def test_a_volume_index_and_a_value_at_current_prices_are_two_lines(self, there: Office):
        rows = there.rows(2020)
        assert rows["iip"].growth != rows["industrial_output"].growth

    def test_the_target_of_industry_does_not_make_the_fall_good(self, there: Office):
        asked = there.asked("iip", 2021)
        assert (said(asked.stated), asked.computed) == ("6,8", None)
        assert asked.after_fall
        assert (said(asked.after_fall.left), between(asked.after_fall.left)) == ("−2,98 suy ra", ("−3,03", "−2,93"))
        assert said(asked.after_fall.recovery) == "10,08 suy ra"

    def test_trade_through_the_gates_is_not_held_against_exports_alone(self, there: Office):
        asked = there.asked("trade_total", 2021)
        assert (asked.stated, asked.computed) == (None, None)
        assert asked.refusal == (
            "Tổng kim ngạch xuất nhập khẩu năm 2020 chỉ biết Kim ngạch xuất khẩu 242 triệu USD, "
            "còn thiếu Kim ngạch nhập khẩu: phần không so được với tổng."
        )

    def test_a_target_without_a_number_of_last_year_stays_a_growth(self, there: Office):
        asked = there.asked("retail_services", 2021)
        assert (said(asked.stated), asked.computed, asked.target) == ("10,8", None, None)
        assert asked.refusal

    def test_2021_shows_every_target(self, there: Office):
        rows = there.rows(2021)
        assert {"iip", "retail_services", "trade_total"} <= set(rows)
        assert said(rows["trade_total"].plan) == "270"
        share = next(row for code, row in rows.items() if code.startswith("electrification:"))
        assert said(share.plan) == "85"

    def test_the_page_of_2021_says_what_the_targets_ask_for(self, there: Office):
        page = there.page(2021)
        assert "+6,8%" in page
        assert "đạt vẫn kém năm 2019 2,98%; muốn bằng phải tăng 10,08%" in page
        assert "phần không so được với tổng" in page


class TestThaiBinh:
    @pytest.fixture
    def there(self, cast: Cast) -> Office:
        return office(cast, "thai-binh-nam-2020.pdf")

    def test_2020_is_told_with_its_hedge(self, there: Office):
        rows = there.rows(2020)
        assert told(rows["industrial_output"])[:3] == ("69.990 suy ra", "trên 68.800", "−1,7")
        assert told(rows["retail_services"])[:3] == ("45.141 suy ra", "46.315", "2,6")
        assert told(rows["exports"])[:3] == ("1.719 suy ra", "1.456", "−15,3")
        assert told(rows["imports"])[:3] == ("1.589,3 suy ra", "1.246", "−21,6")
        assert {row.state for row in rows.values()} == {PlanState.NO_PLAN}

    def test_nearly_16_percent_is_what_79770_on_over_68800_is(self, there: Office):
        asked = there.asked("industrial_output", 2021)
        assert (said(asked.stated), said(asked.computed)) == ("gần 16", "15,94 suy ra")
        assert (asked.agree, asked.only_by_hedge) == (True, False)
        assert asked.after_fall
        assert asked.after_fall.made_good

    def test_retail_agrees_only_because_nearly_51000_is_less(self, there: Office):
        assert "mức kế hoạch cho 10,1%: khớp nhờ chữ “gần”, “trên”" in there.page(2021)
        asked = there.asked("retail_services", 2021)
        assert (said(asked.stated), between(asked.computed)) == ("9,7", ("8", "10,1"))
        assert (asked.agree, asked.only_by_hedge) == (True, True)

    def test_the_trade_target_is_held_against_exports_and_imports_together(self, there: Office):
        asked = there.asked("trade_total", 2021)
        assert asked.stated is None
        assert asked.computed
        assert asked.computed.how == "3.000 ÷ (1.456 + 1.246) − 1"
        assert round(asked.computed.high) == 11

    def test_2021_shows_its_targets(self, there: Office):
        rows = there.rows(2021)
        plans = {code: said(row.plan) for code, row in rows.items()}
        assert plans == {
            "industrial_output": "79.770", "retail_services": "gần 51.000", "trade_total": "gần 3.000",
        }  # fmt: skip


# The report in a table states the plans; in words, as the press told it, they follow from "bằng 100,38% KH năm".
IN_WORDS = (
    "Sở Công Thương tỉnh Thái Nguyên\n"
    "Báo cáo kết quả năm 2021\n"
    "Năm 2021, giá trị sản xuất công nghiệp của tỉnh đạt trên 844 nghìn tỷ đồng, tăng 7,7% so với năm 2020, "
    "bằng 100,38% so với kế hoạch năm 2021. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ đạt 44.767,5 tỷ đồng, "
    "tăng 11,5% so với năm 2020, bằng 101,7% kế hoạch năm. Kim ngạch xuất khẩu ước đạt 28,85 tỷ USD, tăng 17,9% so với "
    "năm 2020, bằng 102,4% kế hoạch năm.\n"
)


class TestThaiNguyenIn2021:
    def test_the_table_states_plan_growth_and_ratio(self, cast: Cast):
        rows = office(cast, "thai-nguyen-nam-2021.xlsx").rows(2021)
        assert told(rows["industrial_output"]) == (
            "783.658 suy ra", "trên 844.000", "7,7", "840.800", "100,38", PlanState.EXCEEDED,
        )  # fmt: skip
        assert told(rows["retail_services"])[1:] == ("44.767,5", "11,5", "44.019", "101,7", PlanState.EXCEEDED)
        assert told(rows["exports"])[1:] == ("28.850", "17,9", "28.170", "102,4", PlanState.EXCEEDED)

    def test_in_words_the_plans_follow_from_the_ratios(self, cast: Cast):
        there = office(cast, "thai-nguyen-trong-loi.txt", IN_WORDS.encode())
        rows = there.rows(2021)
        plans = {code: (said(row.plan), row.state) for code, row in rows.items()}
        assert plans == {
            "industrial_output": ("840.805 suy ra", PlanState.EXCEEDED),
            "retail_services": ("44.019 suy ra", PlanState.EXCEEDED),
            "exports": ("28.174 suy ra", PlanState.EXCEEDED),
        }
        asked = {code: between(there.asked(code, 2021).computed) for code in rows}
        assert asked == {
            "industrial_output": ("7,24", "7,35"), "retail_services": ("9,53", "9,74"), "exports": ("15,03", "15,24"),
        }  # fmt: skip
        assert rows["exports"].value
        assert rows["exports"].value.kind == "estimate"
