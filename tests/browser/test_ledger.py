# SPDX-License-Identifier: Apache-2.0
"""The ledger as people use it: a history, a file brought in cell by cell, and what a commune must not see."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from bamsat.rooms.figures import actions
from bamsat.rooms.figures.models import Entry, Intake
from tests import build
from tests.browser.conftest import Visit
from tests.browser.test_for_everyone import read_and_accepted
from tests.cast import Cast

pytestmark = [pytest.mark.browser]
DROP = """
(content) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], 'nam-nam.xlsx'));
  for (const kind of ['dragover', 'drop'])
    document.querySelector('.drop').dispatchEvent(
      new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));
}
"""


def workbook() -> str:
    """Two years of a province as an office keeps them: a title, a number column, a year a column; one name unknown."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Cao Bằng"
    for row in (
        ["Số liệu ngành Công Thương (minh họa)"],
        [],
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2020", "Năm 2021"],
        [1, "Giá trị sản xuất công nghiệp", "tỷ đồng", 4700.5, 5300],
        [2, "Chỉ tiêu không ai đặt", "cái", 1, 2],
    ):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return base64.b64encode(held.getvalue()).decode()


def test_the_history_of_a_number_keeps_the_former_one(
    office: Cast, visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
):
    eve = timezone.now() - timedelta(days=1)
    with monkeypatch.context() as yesterday:
        yesterday.setattr(Entry._meta.get_field("recorded_at"), "_get_default", lambda: eve, raising=False)
        first = actions.accept(office.head, build.figure(office.specialist))
    assert first.recorded_at == eve
    person = visit()
    page = person.page
    person.sign_in("truong-phong")
    person.go(f"/so-lieu/but-toan/{first.uuid}/")
    page.click("text=Thay bằng số khác")
    page.fill("#so-moi", "5.301")
    page.fill("#ly-do-thay", "Nơi gửi đính chính")
    page.click("button:has-text('Thay số')")
    person.said()
    assert "5.301" in page.inner_text(".hero")
    told = page.inner_text("main table")
    assert "5.300" in told
    assert "Nơi gửi đính chính" in told
    person.go("/so-lieu/industrial_output/cao-bang/")
    assert "5.301" in page.inner_text("main table")
    page.click(".known summary")
    page.fill("#biet", timezone.localtime(eve).strftime("%d/%m/%Y"))
    page.click("text=Xem như ngày đó")
    page.wait_for_url(re.compile("biet="))
    assert "5.300" in page.inner_text("main table")
    assert "5.301" not in page.inner_text("main")


def test_a_dropped_workbook_is_tried_confirmed_and_each_number_leads_to_its_cell(
    office: Cast, visit: Callable[..., Visit]
):
    assert office.specialist
    person = visit()
    page = person.page
    person.sign_in("chuyen-vien")
    person.go("/so-lieu/nap/")
    assert page.inner_text(".pickfile output") == "chưa chọn tệp nào"
    page.evaluate(DROP, workbook())
    assert page.inner_text(".pickfile output") == "nam-nam.xlsx"
    page.click("text=Xem thử tệp")
    page.wait_for_url(re.compile(r"/nap/[0-9a-f-]{36}/"))
    assert "2 số mới sẽ vào sổ" in page.inner_text(".lede")
    assert "Cao Bằng!D5" in page.inner_text("main")
    assert Entry.objects.count() == 0
    person.picture("import-tried")
    page.check("text=/Để lại 2 dòng lỗi/")
    page.click("text=Trình duyệt")
    page.wait_for_selector("text=Chờ duyệt: trưởng phòng")
    assert Entry.objects.count() == 0
    where = page.url
    person = visit()
    page = person.page
    person.sign_in("truong-phong")
    page.goto(where)
    person.picture("import-to-approve")
    page.click("text=Duyệt và ghi vào sổ")
    page.wait_for_selector("text=Đã ghi 2 số vào sổ")
    assert sorted(entry.amount for entry in Entry.objects.all()) == [Decimal(4_700_500_000_000), Decimal(5_300 * 10**9)]
    entry = Entry.objects.get(period="2020")
    person.go(f"/so-lieu/but-toan/{entry.uuid}/")
    assert "4.700,5" in page.inner_text(".hero")
    origin = page.locator("main", has_text="Cao Bằng!D4").locator(f"a[href*='{Intake.objects.get().uuid}']").first
    origin.click()
    assert page.inner_text("h1") == "nam-nam.xlsx"


def test_a_commune_official_who_changes_an_address_sees_nothing_outside_the_commune(
    office: Cast, visit: Callable[..., Visit]
):
    document, entry = read_and_accepted(office)
    assert office.commune_official.pk
    assert office.other_commune.name == "Xã Bên"
    person = visit()
    page = person.page
    person.sign_in("can-bo-xa")
    person.go("/dia-ban/xa-nha/")
    assert page.inner_text("h1") == "Xã Nhà"
    for address in (
        "/dia-ban/cao-bang/", "/dia-ban/xa-ben/", "/dia-ban/?trong=cao-bang", "/dia-ban/xa-nha/sua/",
        "/so-lieu/exports/cao-bang/", "/so-lieu/exports/lang-son/", "/so-lieu/exports/xa-ben/",
        "/so-lieu/?noi=cao-bang",
        "/bang-diem/?noi=cao-bang", "/bang-diem/?noi=xa-ben", f"/so-lieu/but-toan/{entry.uuid}/",
        f"/van-ban/{document.uuid}/", f"/van-ban/{document.uuid}/?so=6", "/dia-ban/thay-doi/moi/", "/nguoi-dung/",
        "/nhat-ky/", "/nguoi-dung/chuyen-vien/vai-tro/",
    ):  # fmt: skip
        answer = page.goto(person.base + address)
        assert answer is not None
        assert answer.status in (403, 404), address
        told = page.inner_text("main")
        assert "337,887" not in told, address
        assert "Xã Bên" not in told, address
    for address in (
        "/",
        "/so-lieu/",
        "/so-lieu/ke-hoach/",
        "/dia-ban/",
        "/dia-ban/?tim=xa",
        "/van-ban/",
        "/tim/?tim=xuat",
    ):
        person.go(address)
        told = page.inner_text("main")
        assert "337,887" not in told, address
        assert "Xã Bên" not in told, address
    person.troubles[:] = [trouble for trouble in person.troubles if not re.search("40[34]", trouble)]
