# SPDX-License-Identifier: Apache-2.0
"""From a report dropped on the page to a number on the scoreboard, and back to its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bamsat.rooms.documents.models import Document, FigureState
from bamsat.rooms.figures.models import Entry
from tests.browser.conftest import PHONE, Visit
from tests.browser.report import FIGURES, FILE, TEXT
from tests.cast import Cast

pytestmark = [pytest.mark.browser]
DROP = """
(text) => {
  const data = new DataTransfer();
  data.items.add(new File([text], 'bao-cao-2021.txt', {type: 'text/plain'}));
  for (const kind of ['dragenter', 'dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));
}
"""


def sent(visit: Callable[..., Visit], how: str = "drop", who: str = "truong-phong", **window: object) -> Visit:
    """Somebody (a head, who approves at once) has signed in and sent the report; its reading page is open."""
    person = visit(**window)
    person.sign_in(who)
    person.go("/van-ban/")
    if how == "drop":
        person.page.evaluate(DROP, TEXT)
    else:
        person.page.set_input_files("#tep", FILE)
    person.page.wait_for_url(re.compile(r"/van-ban/[0-9a-f-]{36}/"))
    person.page.wait_for_selector("#cau-1")
    return person


def states() -> set[str]:
    return set(Document.objects.get().figures.values_list("state", flat=True))


def test_a_dropped_report_is_corrected_checked_approved_and_found_again(office: Cast, visit: Callable[..., Visit]):
    person = sent(visit, who="chuyen-vien")
    page = person.page
    assert page.locator(".fg").count() == FIGURES
    assert page.inner_text("#tien-do .big") == f"Đã xem 0/{FIGURES} số liệu"
    person.picture("reading")

    # A mark opens its card; the card is corrected in place.
    page.click("#cau-4")
    person.opened(4)
    page.click("#so-4 >> text=Sửa")
    page.wait_for_selector("#so-4 form.mend :focus")
    page.fill("#value-4", "8.872")
    person.picture("correct")
    page.click("#so-4 >> text=Lưu và chuyển duyệt")
    person.opened(5)
    assert "is-half" in str(page.get_attribute("#cau-4", "class"))
    assert page.inner_text("#tien-do .big") == f"Đã xem 1/{FIGURES} số liệu"

    # The rest at once; it asks first, in the page.
    page.click("text=/Chuyển duyệt \\d+ số không có nghi ngờ/")
    page.wait_for_selector(".ask")
    person.picture("ask")
    page.click(".ask button")
    page.wait_for_selector("ul.said")
    assert states() == {FigureState.CHECKED}
    assert Entry.objects.count() == 0

    # The head finds what waits on the first page, returns one figure and approves the others.
    head = visit()
    head.sign_in("truong-phong")
    assert f"{FIGURES} số chờ anh/chị duyệt" in head.page.inner_text("main")
    head.picture("home-to-approve")
    head.page.click("text=Duyệt số đang chờ")
    head.page.wait_for_selector("#cau-1")
    head.page.click("#cau-4")
    head.opened(4)
    head.picture("approve")
    head.page.click("#so-4 >> text=Trả lại người kiểm tra")
    head.page.fill("#y-kien-4", "Xem lại số tròn")
    head.page.click("#so-4 button:text-is('Trả lại')")
    head.opened(5)
    head.page.click(f"text=Duyệt {FIGURES - 1} số")
    head.page.wait_for_selector(".ask")
    head.page.click(".ask button")
    head.said()
    assert Entry.objects.count() == FIGURES - 1

    # The specialist reads why, corrects and hands on again; then it is approved.
    page.reload()
    page.click("#cau-4")
    person.opened(4)
    assert "Xem lại số tròn" in page.inner_text("#so-4")
    person.picture("returned")
    page.click("#so-4 >> text=Sửa")
    page.wait_for_selector("#so-4 form.mend :focus")
    page.fill("#value-4", "8.872")
    page.click("#so-4 >> text=Lưu và chuyển duyệt")
    page.wait_for_selector("#so-4.is-half")
    page = (person := head).page
    page.reload()
    page.click("#cau-4")
    person.opened(4)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#so-4.is-good")
    assert (states(), Entry.objects.count()) == ({FigureState.ACCEPTED}, FIGURES)

    # On the scoreboard, against plan and last year.
    page.click("text=Xem bảng điểm")
    page.wait_for_url(re.compile("/bang-diem/"))
    row = page.locator("tr", has=page.locator("th", has_text="Kim ngạch xuất khẩu")).first
    shown = row.inner_text()
    assert "337,887" in shown
    assert "110,4%" in shown
    assert "+21,43%" in shown
    assert "Vượt kế hoạch" in shown
    assert "8.872" in page.inner_text("table.board")
    person.picture("scoreboard")

    # Back: the series, its history, the sentence.
    row.locator("a.drill").click()
    assert "337,887 triệu USD" in page.inner_text("blockquote mark")
    person.picture("series")
    page.click("text=Lịch sử của số này")
    page.wait_for_url(re.compile("/but-toan/"))
    person.picture("entry")
    page.click("text=Mở đúng chỗ này trong văn bản")
    page.wait_for_selector(".fg[aria-current]")
    assert "337,887 triệu USD" in page.inner_text(".fg[aria-current]")
    assert page.locator(".fg[aria-current]").is_visible()


def test_a_number_can_be_replaced_and_withdrawn_but_not_lost(office: Cast, visit: Callable[..., Visit]):
    page = sent(visit).page
    page.keyboard.press("Control+Alt+Enter")
    page.wait_for_selector(".ask")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("ul.said")
    page.click("details:has(#nhom-accepted) summary")
    page.click("#so-6 > a")
    page.click("#so-6 >> text=Xem trong sổ")
    page.click("text=Thay bằng số khác")
    page.fill("#so-moi", "338,1")
    page.fill("#ly-do-thay", "Nơi gửi đính chính")
    page.click("text=Thay số")
    page.wait_for_selector("ul.said")
    assert "338,1" in page.inner_text(".hero")
    assert "337,887" in page.inner_text("table")
    page.click("text=Rút khỏi sổ")
    page.fill("#ly-do-rut", "Đính chính nhầm")
    page.click("text=Rút số này")
    page.wait_for_selector(".hero .struck")
    assert "Đính chính nhầm" in page.inner_text("table")


def test_what_cannot_be_taken_says_why_beside_its_field(office: Cast, visit: Callable[..., Visit]):
    page = sent(visit).page
    page.click("#cau-1")
    page.wait_for_selector("#so-1.open")
    page.keyboard.press("F2")
    page.wait_for_selector("#so-1 form.mend :focus")
    page.fill("#period-1", "mùa xuân")
    page.click("#so-1 >> text=Lưu và nhận")
    page.wait_for_selector("#so-1 .wrong")
    assert "mùa xuân" in page.inner_text("#so-1 .wrong")
    assert page.input_value("#period-1") == "mùa xuân"
    assert Entry.objects.count() == 0


def test_the_catalogue_offers_names_while_one_types(office: Cast, visit: Callable[..., Visit]):
    page = sent(visit).page
    page.click("#cau-1")
    page.wait_for_selector("#so-1.open")
    page.keyboard.press("F2")
    page.wait_for_selector("#chi-tieu-1")
    page.fill("#chi-tieu-1", "")
    page.locator("#chi-tieu-1").press_sequentially("kim ngach nhap", delay=20)
    page.wait_for_selector("#so-1 [role=option][aria-selected=true]")
    page.keyboard.press("Enter")
    assert page.input_value("#chi-tieu-1") == "Kim ngạch nhập khẩu"
    page.keyboard.press("Control+s")
    page.wait_for_selector("#so-1 dl.facts")
    assert Document.objects.get().figures.get(ordinal=1).indicator == "imports"


def test_on_a_phone_the_document_comes_first_and_a_mark_opens_its_card(office: Cast, visit: Callable[..., Visit]):
    person = sent(visit, how="file", size=PHONE)
    page = person.page
    assert person.fits()
    assert page.locator(".doc").bounding_box()["y"] < page.locator("#may-hieu").bounding_box()["y"]  # type: ignore[index]
    page.click("#cau-2")
    person.opened(2)
    assert page.locator("#so-2").bounding_box()["y"] < PHONE["height"]  # type: ignore[index]
    person.picture("reading-phone")
    for address in ("/", "/van-ban/", "/so-lieu/", "/bang-diem/", "/tro-giup/"):
        person.go(address)
        assert person.fits(), address


def test_a_file_that_cannot_be_read_says_what_is_wrong(office: Cast, visit: Callable[..., Visit]):
    person = visit()
    person.sign_in("chuyen-vien")
    person.go("/van-ban/")
    broken = {"name": "bao-cao.docx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 cut off"}
    empty = {"name": "rong.txt", "mimeType": "text/plain", "buffer": b""}
    person.page.set_input_files("#tep", [broken, empty])
    person.page.wait_for_selector(".docs .state.bad")
    assert "bao-cao.docx" in person.page.inner_text(".docs")
    assert "rong.txt" in person.page.inner_text(".sending .why")
    person.troubles.clear()  # the browser itself notes the refused file
