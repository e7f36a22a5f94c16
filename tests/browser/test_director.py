# SPDX-License-Identifier: Apache-2.0
"""The director's way: open, find the worst target, see why, go down to a place, look in other ways, print."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import PHONE, Visit
from tests.browser.year_so_far import YEAR, year_so_far
from tests.cast import Cast

pytestmark = [pytest.mark.browser]

BOARD = f"/bang-diem/?noi=cao-bang&ky={YEAR}"
EXPORTS = "Kim ngạch xuất khẩu"
Board = Callable[..., Visit]


@pytest.fixture
def board(office: Cast, visit: Callable[..., Visit]) -> Board:
    """The director at the board of the year."""
    year_so_far(office)
    assert office.director.pk

    def opened(**how: object) -> Visit:
        person = visit(**how)
        person.sign_in("giam-doc")
        person.go(BOARD)
        return person

    return opened


def worst_first(person: Visit) -> None:
    person.follow("nav.order a:has-text('xấu trước')")


def first_row(person: Visit) -> str:
    return " ".join(person.page.inner_text("table.board tbody tr:not(.group) >> nth=0").split())


def test_the_worst_target_is_found_and_told_with_its_pace_and_forecast(board: Board):
    person = board()
    assert "Có nguy cơ hụt kế hoạch: Kim ngạch xuất khẩu" in person.page.inner_text(".lede")
    worst_first(person)
    row = first_row(person)
    for said in (EXPORTS, "470", "214", "cộng 9 tháng", "45,5%", "nhịp 74,5%", "−29,6%", "283 – 304", "Nguy cơ"):
        assert said in row, (said, row)
    assert "3,59 lần" in row


def test_why_opens_under_the_row_and_leads_down_to_the_place_that_explains_it(board: Board):
    person = board()
    page = person.page
    worst_first(person)
    page.click("table.board .why-btn >> nth=0")
    page.wait_for_selector("table.board .why-in")
    assert page.locator("table.board .why-btn >> nth=0").get_attribute("aria-expanded") == "true"
    why = " ".join(page.inner_text("table.board .why-in").split())
    for said in ("Vì sao giảm 29,6%", "Xã Nhà −33", "Xã Bên +3", "Cộng −30", "Còn phải làm 256,0 triệu USD"):
        assert said in why, (said, why)
    assert "Cửa khẩu đóng hai mươi ngày" in why
    person.follow("table.board .why-in a:has-text('Xã Nhà') >> nth=0")
    assert "Xã Nhà" in page.inner_text("h1")
    assert EXPORTS in page.inner_text("main")
    assert "97" in page.inner_text("main")
    page.click(".crumb a:has-text('Bảng điểm')")
    page.wait_for_load_state()
    assert "Xã Nhà" in page.inner_text("h1")


def test_every_number_of_the_row_leads_to_where_it_comes_from(board: Board):
    person = board()
    worst_first(person)
    links = person.page.locator("table.board tbody tr >> nth=0 >> a[href]:not(.why-btn)")
    for address in [links.nth(n).get_attribute("href") for n in range(links.count())]:
        answer = person.page.request.get(person.base + str(address))
        assert answer.status == 200, address


def test_the_same_place_and_period_are_looked_at_in_other_ways(board: Board):
    person = board()
    names = person.page.locator("nav.ways a").all_inner_texts()
    assert names[:4] == ["Bảng", "Biểu đồ nhỏ", "Bản đồ", "Xếp hạng"]
    for name in names[1:]:
        person.go(BOARD)
        person.follow(f"nav.ways a:has-text('{name}')")
        assert person.page.inner_text("nav.ways [aria-current]") == name
        assert f"ky={YEAR}" in person.page.url
        assert person.violations() == []
        assert person.fits(), name


def test_a_ranking_puts_the_places_in_order(board: Board):
    person = board()
    person.follow("nav.ways a:has-text('Xếp hạng')")
    rows = person.page.locator("table.ranking tbody tr").all_inner_texts()
    assert [" ".join(row.split())[:8] for row in rows] == ["1 Xã Bên", "2 Xã Nhà"]


def test_on_paper_there_are_no_buttons_and_place_period_and_knowledge_are_told(board: Board):
    person = board()
    page = person.page
    page.emulate_media(media="print")
    assert page.locator("p.paper").is_visible()
    told = page.inner_text("p.paper")
    assert f"Cao Bằng, năm {YEAR}" in told
    assert "Sổ biết đến" in told
    for gone in ("nav.ways", "nav.order", ".side", ".top", ".why-btn >> nth=0", "[data-print]"):
        assert not page.locator(gone).is_visible(), gone
    head = page.evaluate("getComputedStyle(document.querySelector('table.board thead')).display")
    assert head == "table-header-group"  # which a browser repeats on each sheet
    assert EXPORTS in page.inner_text("table.board")
    person.go(f"{BOARD}&biet=15/08/{YEAR}")
    assert f"Sổ biết đến hết ngày 15/08/{YEAR}." in page.inner_text("p.paper")


def test_on_a_phone_the_worst_is_first_and_why_is_one_touch_away(board: Board):
    person = board(size=PHONE)
    page = person.page
    worst_first(person)
    assert person.fits()
    assert EXPORTS in first_row(person)
    page.click("table.board .why-btn >> nth=0")
    page.wait_for_selector("table.board .why-in")
    assert person.fits()
    assert "Xã Nhà" in page.inner_text("table.board .why-in")
    assert person.violations() == []


def test_the_way_goes_by_the_keyboard_alone(board: Board):
    person = board()
    page, keys = person.page, person.page.keyboard
    person.tab_to("nav.order a[href*='sap=xau']")
    keys.press("Enter")
    page.wait_for_url("**sap=xau**")
    person.tab_to("table.board .why-btn")
    keys.press("Enter")
    page.wait_for_selector("table.board .why-in")
    person.tab_to("table.board .why-in a[href*='xa-nha']")
    keys.press("Enter")
    page.wait_for_url("**xa-nha**")
    assert "Xã Nhà" in page.inner_text("h1")


def test_without_scripts_why_is_a_page_of_its_own(board: Board):
    person = board(scripts=False)
    worst_first(person)
    person.follow("table.board .why-btn >> nth=0")
    assert EXPORTS in person.page.inner_text("h1")
    assert "Vì sao giảm 29,6%" in person.page.inner_text("main")
    person.follow(".crumb a")
    assert "Bảng điểm: Cao Bằng" in person.page.inner_text("h1")
