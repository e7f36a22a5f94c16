# SPDX-License-Identifier: Apache-2.0
"""A return filled in a real browser: by keys alone, from a spreadsheet, the line cut, by two at once, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bamsat.rooms.submissions.filling.actions import Change, save_cells
from bamsat.rooms.submissions.models import Return, ReturnState
from tests.browser.conftest import PHONE, Visit
from tests.browser.filled import focused, is_saved, kept, opened, paste, retail_of_october, rows, text
from tests.cast import Cast

pytestmark = [pytest.mark.browser]


@pytest.fixture
def sent(office: Cast) -> Return:
    """The monthly retail form of a commune, where the month before is known."""
    return retail_of_october(office)


def test_it_is_filled_by_keys_alone_and_sent(sent: Return, visit: Callable[..., Visit]):
    person = visit()
    page = opened(person, sent)
    keys = page.keyboard
    person.tab_to('[data-key="food.now"]')
    wanted = rows(sent)
    for row in wanted[:-1]:
        assert focused(page) == f"{row}.now"
        keys.type("1.234,5" if row == "food" else "10")
        keys.press("Enter")
    keys.press("Control+s")
    is_saved(page)
    assert "Tới ô trống (1)" in page.inner_text("#gui")
    keys.press("Control+Enter")
    page.wait_for_selector(f'[data-mend-of="{wanted[-1]}.now"]')
    page.wait_for_function(f"document.activeElement.dataset.key === '{wanted[-1]}.now'")
    keys.type("10")
    keys.press("Control+s")
    page.wait_for_selector("#gui[data-ready]")
    assert page.inner_text("#gui") == "Gửi"
    keys.press("Control+Enter")
    page.wait_for_url("**/xem/")
    sent.refresh_from_db()
    assert sent.state == ReturnState.SENT
    assert sent.texts["food.now"] == "1.234,5"


def test_keys_go_between_cells_and_take_back(sent: Return, visit: Callable[..., Visit]):
    page = opened(visit(), sent)
    keys = page.keyboard
    page.focus('[data-key="food.now"]')
    keys.press("ArrowDown")
    assert focused(page) == "clothing.now"
    keys.press("Shift+Enter")
    assert focused(page) == "food.now"
    keys.press("Control+d")
    assert text(page, "food.now") == "1.310,4"
    keys.press("ArrowDown")
    keys.press("Alt+ArrowRight")
    assert text(page, "clothing.now") == "1.310,4"
    keys.press("Control+z")
    assert text(page, "clothing.now") == ""
    page.focus('[data-key="food.now"]')
    keys.press("Enter")
    keys.type("55")
    keys.press("Escape")
    assert text(page, "clothing.now") == ""
    keys.press("Alt+ArrowDown")
    assert focused(page) == "household.now"
    keys.press("F2")
    keys.type("adehjknrsx12")
    assert text(page, "household.now") == "adehjknrsx12"


def test_totals_run_while_one_types(sent: Return, visit: Callable[..., Visit]):
    page = opened(visit(), sent)
    page.focus('[data-key="food.now"]')
    page.keyboard.type("1.000,25")
    page.keyboard.press("Enter")
    page.keyboard.type("-")
    page.keyboard.press("Enter")
    page.keyboard.type("0,5")
    page.wait_for_function(
        """document.querySelector('[data-calc="goods.now"]').innerText === '1.000,8'"""
    )  # next frame
    assert "còn 9 ô chưa có số" in page.inner_text("#dong-goods .lacks")
    is_saved(page)
    assert page.inner_text('[data-calc="goods.now"]') == "1.000,8"


def test_a_block_is_pasted_from_a_spreadsheet(sent: Return, visit: Callable[..., Visit]):
    page = opened(visit(), sent)
    wanted = rows(sent)
    page.focus(f'[data-key="{wanted[0]}.now"]')
    lines = [str(10 + at) for at in range(len(wanted) + 2)]
    paste(page, "\r\n".join(f"{line}\tthừa" for line in lines) + "\r\n")
    said = page.inner_text("#vua-lam")
    assert f"Đã dán {len(wanted)} ô." in said
    assert "1 cột bên phải không có ô" in said
    is_saved(page)
    assert kept(sent)[f"{wanted[-1]}.now"] == str(10 + len(wanted) - 1)
    assert sent.cells[f"{wanted[0]}.now"]["o"] == "pasted"
    page.click("#vua-lam button")
    page.wait_for_function("document.querySelector('#da-luu').classList.contains('half')")
    is_saved(page)
    assert set(kept(sent).values()) == {""}


def test_a_block_with_its_totals_falls_on_its_own_rows(sent: Return, visit: Callable[..., Visit]):
    """Copied from the sheet of the form, the lines of totals are there too; they are computed, not typed."""
    page = opened(visit(), sent)
    page.focus('[data-key="repair.now"]')
    paste(page, "5\n30\n10\n20\n7")
    assert [text(page, f"{row}.now") for row in ("repair", "lodging", "food_services", "travel")] == [
        "5",
        "10",
        "20",
        "7",
    ]
    assert page.inner_text('[data-calc="lodging_food.now"]') == "30,0"
    is_saved(page)


def test_an_error_is_mended_by_its_button(sent: Return, visit: Callable[..., Visit]):
    page = opened(visit(), sent)
    page.focus('[data-key="household.now"]')
    page.keyboard.type("1,234.5")
    page.keyboard.press("Control+s")
    page.wait_for_selector('[data-key="household.now"][aria-invalid=true]')
    assert "loi-household.now" in page.get_attribute('[data-key="household.now"]', "aria-describedby")
    assert page.inner_text("#gui") == "Tới ô cần sửa (1)"
    page.click("text=Đổi thành 1.234,5")
    page.wait_for_selector('[data-mend-of="household.now"]', state="detached")
    assert kept(sent)["household.now"] == "1.234,5"


def test_many_cells_written_the_english_way_are_mended_at_once(sent: Return, visit: Callable[..., Visit]):
    page = opened(visit(), sent)
    page.focus('[data-key="food.now"]')
    paste(page, "1,234.5\n2,345.6\n3,456.7")
    page.click("text=Đổi cả 3 ô theo gợi ý")
    page.wait_for_selector(".mend-row", state="detached")
    assert kept(sent)["household.now"] == "3.456,7"
    assert page.locator("#doi-het").is_hidden()


def test_a_question_is_answered_with_a_reason(office: Cast, sent: Return, visit: Callable[..., Visit]):
    page = opened(visit(), sent)
    page.focus('[data-key="food.now"]')
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('[data-mend-of="food.now"][data-kind=missing]')
    page.click('[data-mend-of="food.now"] summary')
    page.keyboard.type("Ba chợ nghỉ cả tháng")
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-mend-of="food.now"][data-kind=explained]')
    sent.refresh_from_db()
    assert sent.cells["food.now"]["why"] == "Ba chợ nghỉ cả tháng"


def test_a_cut_line_loses_nothing(sent: Return, visit: Callable[..., Visit]):
    person = visit()
    page = opened(person, sent)
    page.focus('[data-key="food.now"]')
    page.keyboard.type("100")
    page.keyboard.press("Control+s")
    is_saved(page)
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.keyboard.type("200")
    page.keyboard.press("Enter")
    page.keyboard.type("300")
    page.keyboard.press("Control+s")
    page.wait_for_selector("#da-luu >> text=Mất mạng. 2 ô đang giữ trên máy này")
    assert "clothing.now" not in kept(sent)
    page.context.set_offline(False)
    is_saved(page)
    assert (kept(sent)["clothing.now"], sent.texts["household.now"]) == ("200", "300")
    assert page.evaluate("localStorage.length") == 0
    person.troubles.clear()  # the browser notes the cut line


def test_what_was_not_sent_comes_back_with_the_page(sent: Return, visit: Callable[..., Visit]):
    person = visit()
    page = opened(person, sent)
    page.context.route("**/luu/", lambda route: route.abort())
    page.focus('[data-key="food.now"]')
    page.keyboard.type("100")
    page.wait_for_selector("#da-luu >> text=Mất mạng")
    page.context.unroute("**/luu/")
    page.reload()
    page.wait_for_selector("#vua-lam >> text=Đã lấy lại 1 ô")
    is_saved(page)
    assert kept(sent)["food.now"] == "100"
    person.troubles.clear()


def test_who_was_signed_out_signs_in_elsewhere_and_loses_nothing(sent: Return, visit: Callable[..., Visit]):
    person = visit()
    page = opened(person, sent)
    page.context.clear_cookies(name="sessionid")
    page.focus('[data-key="food.now"]')
    page.keyboard.type("100")
    page.wait_for_selector("#da-luu >> text=Phiên làm việc đã hết")
    other = page.context.new_page()
    other.goto(person.base + "/dang-nhap/")
    other.fill("input[name=username]", "can-bo-xa")
    other.fill("input[name=password]", "mat-khau-thu")
    other.click("main button")
    other.wait_for_url(person.base + "/")
    other.close()
    is_saved(page)
    assert kept(sent)["food.now"] == "100"
    person.troubles.clear()


def test_two_people_at_one_cell_choose(office: Cast, sent: Return, visit: Callable[..., Visit]):
    page = opened(visit(), sent)
    save_cells(office.specialist, sent, [Change("clothing.now", "441,5")])
    page.focus('[data-key="clothing.now"]')
    page.keyboard.type("450")
    page.keyboard.press("Control+s")
    page.wait_for_selector("text=Chuyên viên tổng hợp vừa sửa ô này thành 441,5")
    assert text(page, "clothing.now") == "450"
    assert kept(sent)["clothing.now"] == "441,5"
    page.click("text=Giữ số của tôi: 450")
    page.wait_for_selector("[data-kind=conflict]", state="detached")
    assert kept(sent)["clothing.now"] == "450"
    save_cells(office.specialist, sent, [Change("clothing.now", "460", 2)])
    page.focus('[data-key="clothing.now"]')
    page.keyboard.press("Control+a")
    page.keyboard.type("470")
    page.keyboard.press("Control+s")
    page.click("text=Giữ số kia: 460")
    page.wait_for_selector("[data-kind=conflict]", state="detached")
    assert text(page, "clothing.now") == "460"
    assert kept(sent)["clothing.now"] == "460"


def test_on_a_phone_every_cell_says_its_name(sent: Return, visit: Callable[..., Visit]):
    person = visit(PHONE)
    page = opened(person, sent)
    assert person.fits()
    box = page.locator('[data-key="food.now"]').bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert page.get_attribute('[data-key="food.now"]', "inputmode") == "decimal"
    for row in rows(sent):
        page.fill(f'[data-key="{row}.now"]', "1.400")
    page.click("#luu")
    page.wait_for_selector("#gui[data-ready]")
    for name in ("luu", "gui"):
        size = page.locator(f"#{name}").bounding_box()
        assert size is not None
        assert size["height"] >= 44
    page.click("#gui")
    page.wait_for_url("**/xem/")
    sent.refresh_from_db()
    assert sent.state == ReturnState.SENT


def test_without_scripts_it_is_a_form_that_saves(sent: Return, visit: Callable[..., Visit]):
    person = visit(scripts=False)
    page = opened(person, sent)
    page.fill('[data-key="food.now"]', "1,234.5")
    person.follow("#luu")
    assert "Đã lưu" in person.said()
    person.follow("text=Đổi thành 1.234,5")
    assert text(page, "food.now") == "1.234,5"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("phone", [False, True])
def test_who_does_not_see_or_point_is_not_shut_out(sent: Return, visit: Callable[..., Visit], phone: bool, dark: bool):
    person = visit(PHONE, dark=dark) if phone else visit(dark=dark)
    page = opened(person, sent)
    page.fill('[data-key="food.now"]', "1,234.5")
    page.fill('[data-key="clothing.now"]', "20")
    page.keyboard.press("Control+s")
    page.wait_for_selector("[aria-invalid=true]")
    assert person.violations() == []
    assert person.fits()
    person.picture(f"fill-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")
    person.go(f"/phieu/{sent.uuid}/lay/?tu=last")
    assert person.violations() == []
    assert person.fits()
    person.picture(f"fill-pull-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")
