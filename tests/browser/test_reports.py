# SPDX-License-Identifier: Apache-2.0
"""A report in a real browser: planned, drafted, edited in Word, submitted, approved by another, issued, verified."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bamsat.rooms.reports.models import Report, State
from bamsat.rooms.reports.outputs import bytes_of
from tests.browser import kept_reports
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.cast import Cast
from tests.rooms.reports.office import PDF, edited, with_figures

pytestmark = [pytest.mark.browser]


def taken(one: Visit, selector: str, folder: Path, name: str) -> Path:
    """What a link downloads, under this name."""
    with one.page.expect_download() as download:
        one.page.click(selector)
    file = folder / name
    download.value.save_as(file)
    return file


def test_a_report_from_its_plan_to_the_same_bytes_again(office: Cast, visit: Callable[..., Visit], tmp_path: Path):
    with_figures(office)
    assert office.clerk.pk
    writer, head, clerk = visit(), visit(PHONE), visit()

    # Planned by one click among the usual ones, with the deadline in words.
    writer.sign_in(office.specialist.username)
    writer.go("/bao-cao/ke-hoach/")
    writer.tab_to("form[action$='/de-nghi/']:has(input[value='nam']) button")
    writer.page.keyboard.press("Enter")
    assert "Hãy xem lại hạn và nơi nhận" in writer.said()
    assert "ngày 15/12 hằng năm" in writer.page.inner_text(".rp-plans")

    # Begun on request for a past year; the draft shows what it lacks.
    writer.go("/bao-cao/")
    writer.follow("text=Soạn theo yêu cầu")
    writer.page.select_option("select[name=kind]", "nam")
    writer.page.fill("input[name=period]", "năm 2021")
    writer.page.keyboard.press("Control+S")
    assert "Đã soạn bản đầu" in writer.said()
    report = Report.objects.get()
    where = f"/bao-cao/{report.uuid}/"
    assert "chưa có kế hoạch năm 2021" in writer.page.inner_text("section[aria-labelledby=h-lacking]")
    assert writer.violations() == []
    writer.picture("bao-cao-nhap")
    writer.page.click(".report .num-link:has-text('5.300')")
    writer.page.wait_for_url("**/but-toan/**")

    # The Word file goes out, is edited, and comes back.
    writer.go(where)
    file = taken(writer, ".head a:has-text('Tải tệp Word')", tmp_path, "Báo cáo năm 2021.docx")
    file.write_bytes(edited(file.read_bytes()))
    writer.page.click("summary:has-text('Nộp bản đã sửa')")
    writer.page.set_input_files("#tep-sua", file)
    writer.page.click("button:has-text('Nộp bản sửa')")
    assert "Đã nhận bản sửa" in writer.said()
    assert "Sửa trong Word" in writer.page.inner_text(".rp-versions")

    # Submitted with a note, approved by another on a phone.
    if not writer.page.is_visible("#ly-do-trinh"):  # open already where lint found errors
        writer.page.click("summary:has-text('Trình kèm ý kiến')")
    writer.page.fill("#ly-do-trinh", "Đã soát từng số")
    writer.page.click("#trinh button")
    assert "Đã trình" in writer.said()
    assert writer.page.locator("text=Duyệt báo cáo").count() == 0
    head.sign_in(office.head.username)
    head.go("/bao-cao/")
    head.picture("bao-cao-cho-duyet")
    head.follow("a:has-text('Xem để duyệt')")
    assert head.fits()
    head.page.keyboard.press("Control+Enter")
    assert "Đã duyệt" in head.said()

    # Issued with number and day, the signed paper beside it; the same bytes come back.
    clerk.sign_in(office.clerk.username)
    clerk.go(where)
    clerk.follow("text=Ghi số, ngày để ban hành")
    clerk.page.fill("input[name=number]", "7")
    clerk.page.set_input_files("input[name=signed]", {"name": "ky.pdf", "mimeType": "application/pdf", "buffer": PDF})
    clerk.page.keyboard.press("Control+S")
    assert "Đã ban hành" in clerk.said()
    assert "07/BC-SCT" in clerk.page.inner_text(".rp-issued")
    clerk.picture("bao-cao-ban-hanh")
    same = taken(clerk, ".rp-issued a[href*='/docx/']", tmp_path, "ban-hanh.docx")
    report.refresh_from_db()
    assert report.state == State.ISSUED
    assert same.read_bytes() == file.read_bytes() == bytes_of(report.issue.version.sha256)

    # Anybody who may open it can see whether a file is the one.
    clerk.follow("text=Đối chiếu một tệp")
    clerk.page.set_input_files("#tep", same)
    clerk.page.click("main button:has-text('Đối chiếu')")
    assert "Đúng là tệp đã ban hành" in clerk.page.inner_text("main")
    same.write_bytes(same.read_bytes() + b" ")
    clerk.page.set_input_files("#tep", same)
    clerk.page.click("main button:has-text('Đối chiếu')")
    clerk.page.wait_for_selector("text=Không phải tệp đã ban hành")


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone-dark"])
def test_axe_finds_nothing_on_the_pages_of_reports(
    office: Cast, visit: Callable[..., Visit], size: dict[str, int], dark: bool
):
    pages = kept_reports.addresses(office)
    person = visit(size=size, dark=dark)
    person.sign_in(office.head.username)
    assert person.walk(pages) == {}


def test_axe_finds_nothing_where_a_clerk_issues(office: Cast, visit: Callable[..., Visit]):
    assert office.clerk.pk
    pages = kept_reports.to_issue(office)
    person = visit()
    person.sign_in(office.clerk.username)
    assert person.walk(pages) == {}
