# SPDX-License-Identifier: Apache-2.0
"""Every page for people who listen, see little, read English, or have no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bamsat.rooms.documents.actions import receive
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures import actions
from bamsat.rooms.figures.models import Entry
from tests.browser import kept
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.report import FIGURES, FILE, TEXT
from tests.cast import Cast

pytestmark = [pytest.mark.browser]


def read_and_accepted(office: Cast) -> tuple[Document, Entry]:
    """One report in the ledger but for three figures: one waits for approval, one was rejected, one returned."""
    document = receive(office.specialist, FILE["name"], TEXT.encode())
    document.refresh_from_db()
    for figure in document.figures.filter(ordinal__gt=3):
        actions.accept(office.head, figure)
    for ordinal in (1, 3):
        actions.accept(office.specialist, document.figures.get(ordinal=ordinal))
    actions.send_back(office.head, document.figures.get(ordinal=3), "Xem lại kỳ")
    actions.reject(office.specialist, document.figures.get(ordinal=2), "said again")
    return document, Entry.objects.filter(series__indicator__code="exports", series__measure="level").get()


def addresses(document: Document, entry: Entry) -> list[str]:
    reading = f"/van-ban/{document.uuid}/"
    return [
        "/", "/van-ban/", "/van-ban/?tim=khong-co", reading, f"{reading}?so=1", f"{reading}?so=1&sua=1",
        f"{reading}?so=2", f"{reading}?so=3", f"{reading}?so=6", f"{reading}?hoi=nhan-het",
        f"{reading}?hoi=duyet-het", "/so-lieu/", "/so-lieu/exports/cao-bang/",
        f"/so-lieu/but-toan/{entry.uuid}/", "/bang-diem/", "/tim/?tim=xuat", "/tro-giup/", "/khong-co-trang-nay/",
    ]  # fmt: skip


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, False), (DESKTOP, True)])
def test_axe_finds_nothing(office: Cast, visit: Callable[..., Visit], size: dict[str, int], dark: bool):
    document, entry = read_and_accepted(office)
    person = visit(size=size, dark=dark)
    person.go("/dang-nhap/")
    found = {"/dang-nhap/": person.violations()}
    person.sign_in("truong-phong")
    for address in addresses(document, entry):
        person.go(address)
        found[address] = person.violations()
        assert person.fits(), address
    person.troubles[:] = [trouble for trouble in person.troubles if "404" not in trouble]
    assert {address: rules for address, rules in found.items() if rules} == {}


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_axe_finds_nothing_where_a_department_is_kept(
    office: Cast, visit: Callable[..., Visit], size: dict[str, int], dark: bool
):
    pages = kept.addresses(office)
    person = visit(size=size, dark=dark)
    person.sign_in("quan-tri")
    assert person.walk(pages) == {}


def test_nothing_vietnamese_is_left_in_the_english_pages(office: Cast, visit: Callable[..., Visit]):
    """Words of documents, places and names stay as they are; everything that the program says is English."""
    document, entry = read_and_accepted(office)
    doubtful = receive(office.specialist, "giam.txt", "Xuất khẩu năm 2021 của tỉnh Cao Bằng giảm 138%.".encode())
    person = visit()
    person.sign_in("chuyen-vien")
    person.page.click("text=English")
    assert person.page.get_attribute("html", "lang") == "en"
    # The documents' own words, the signs people write in, and the places of the help page's examples.
    theirs = "[lang=vi], .brand, .hint, .functions td"
    said = """(theirs) => { for (const e of document.querySelectorAll(theirs)) e.remove();
            return document.body.textContent; }"""
    vietnamese = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    for address in [*addresses(document, entry)[:-1], f"/van-ban/{doubtful.uuid}/?so=1"]:
        person.go(address)
        left = (
            person.page.evaluate(said, theirs)
            .replace("Chuyên viên tổng hợp", "")
            .replace("Trưởng phòng", "")
            .splitlines()
        )
        assert [line for line in left if vietnamese.search(line)] == [], address
    assert "a fall of more than 100%" in person.page.inner_text(".why-doubt")
    person.go("/")
    person.page.click("text=Tiếng Việt")
    assert person.page.get_attribute("html", "lang") == "vi"


def test_without_scripts_the_same_way_goes_by_plain_forms(office: Cast, visit: Callable[..., Visit]):
    person = visit(scripts=False)
    page = person.page
    person.sign_in("chuyen-vien")
    person.go("/van-ban/")
    page.set_input_files("#tep", FILE)
    person.follow("text=Gửi tệp")
    assert page.locator(".fg").count() == FIGURES
    person.follow("#cau-1")
    person.follow("#so-1 >> text=Sửa")
    page.fill("#value-1", "5.301")
    person.follow("#so-1 >> text=Lưu và chuyển duyệt")
    assert page.locator("#so-2.open").count() == 1
    person.follow("#so-2 >> text=Không phải số liệu")
    assert page.locator("#so-3.open").count() == 1
    person.follow("text=/Chuyển duyệt \\d+ số không có nghi ngờ/")
    person.follow(".ask button")
    assert "số chờ duyệt" in page.inner_text("ul.said")
    head = visit(scripts=False)
    head.sign_in("truong-phong")
    page = head.page
    head.follow("text=Duyệt số đang chờ")
    head.follow("#cau-1")
    head.follow("#so-1 >> button:has-text('Duyệt')")
    head.follow("text=/Duyệt \\d+ số/")
    head.follow(".ask button")
    assert "số vào sổ" in page.inner_text("ul.said")
    head.follow("text=Xem bảng điểm")
    assert "5.301" in page.inner_text("table.board")
