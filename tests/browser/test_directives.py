# SPDX-License-Identifier: Apache-2.0
"""A directive in a real browser: received, read, entered, proposed, accepted, assigned, reminded of, answered with
evidence, confirmed by another, and told in the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents.models import Document, ProposalState, ReadInstruction, Record, State
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.tasks.models import Reminder, Task
from bamsat.rooms.tasks.reminding import remind
from tests import build
from tests.browser import kept_tasks, letter
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.letter import OTHERS, PLAN, SCHEMES, STANDING, TASKS, Days, said
from tests.browser.test_english import SAID, vietnamese_messages
from tests.cast import Cast
from tests.rooms.directory.office import department, division
from tests.rooms.reports.office import text_of

pytestmark = [pytest.mark.browser]

ANSWER = "412/BC-SCT"
TREE = "/nhiem-vu/"


@pytest.fixture
def when(office: Cast) -> Days:
    """The office has a department with a division; everybody of the way is there."""
    assert office.clerk.pk
    division(department(office))
    return letter.days()


def signed_in(visit: Callable[..., Visit], who: Any, **window: Any) -> Visit:
    person = visit(**window)
    person.sign_in(who.username)
    return person


# Its steps, each by whoever does it.


def receives(clerk: Visit, when: Days) -> None:
    """The clerk gives the letter in; it is read; its line of the register gets its arrival number."""
    clerk.go("/van-ban/")
    clerk.page.set_input_files("#tep", letter.file(letter.letter(when)))  # type: ignore[arg-type]
    clerk.page.wait_for_url(re.compile(r"/van-ban/[0-9a-f-]{36}/"))
    assert clerk.page.inner_text("h1").startswith("Công văn 2915/UBND-KT: đôn đốc")
    clerk.picture("chi-dao-1-trang-doc")
    clerk.go("/so-van-ban/")
    line = clerk.page.locator(".reg-lines tbody tr").first
    assert "2915/UBND-KT" in line.inner_text()
    assert "Máy đọc, chờ xem" in line.inner_text()
    clerk.picture("chi-dao-2-so")
    line.locator("th a").click()
    assert clerk.page.input_value("[name=symbol]") == "2915/UBND-KT"
    assert clerk.page.input_value("[name=dated]") == said(when.today)
    clerk.page.fill("[name=arrival]", "17")
    clerk.picture("chi-dao-3-dong-so")
    clerk.page.keyboard.press("Control+S")
    assert "Đã vào sổ" in clerk.said()
    assert "số đến 17" in clerk.page.inner_text(".meta")
    assert clerk.page.is_visible(f"a:has-text('Xem {TASKS} đề xuất')")


def chooses(writer: Visit, when: Days) -> None:
    """What the letter asks stands with its words and their place: accepted, mended, dismissed, taken back."""
    page = writer.page
    writer.go(TREE)
    writer.follow(f"a:has-text('Xem {TASKS} đề xuất')")
    shown = page.inner_text("main")
    assert f"“{PLAN}" in shown.replace("a) ", "")
    assert said(when.soon) in shown
    assert page.locator(".tk-proposal").count() == TASKS
    assert writer.violations() == []
    writer.picture("chi-dao-4-de-xuat")

    # The place of the words in the document.
    page.click(".tk-proposal >> nth=0 >> css=.quiet a")
    page.wait_for_url(re.compile(r"/van-ban/[0-9a-f-]{36}/"))
    writer.go(f"{TREE}de-xuat/")

    # One by the keyboard alone.
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Enter")
    assert "Đã thành nhiệm vụ" in writer.said()

    # One with other words.
    writer.follow(f".tk-proposal:has-text('{SCHEMES}') a:has-text('Sửa rồi nhận')")
    page.fill("[name=what]", "Báo cáo kết quả giải ngân các đề án khuyến công")
    writer.picture("chi-dao-5-sua-roi-nhan")
    page.keyboard.press("Control+S")
    assert "Đã thành nhiệm vụ" in writer.said()
    assert SCHEMES in page.inner_text("blockquote")

    # One is not for this office; a mistake is taken back.
    for words, reason in ((OTHERS, "Việc của Sở Tài chính"), (STANDING, "Bấm nhầm")):
        writer.go(f"{TREE}de-xuat/")
        one = page.locator(".tk-proposal", has_text=words)
        one.locator("summary").click()
        one.locator("[name=reason]").fill(reason)
        one.locator("details button").click()
        assert "Đã bỏ qua" in writer.said()
    page.click(".tk-dismissed summary")
    writer.picture("chi-dao-6-bo-qua")
    assert "Việc của Sở Tài chính" in page.inner_text(".tk-dismissed")
    page.locator(".tk-dismissed li", has_text=STANDING).locator("button").click()
    assert "Đã lấy lại" in writer.said()
    states = ReadInstruction.objects.values_list("state", flat=True)
    assert sorted(states) == sorted([ProposalState.ACCEPTED] * 2 + [ProposalState.DISMISSED] + [ProposalState.WAITING])


def assigns(head: Visit, task: Task, when: Days) -> None:
    """The head says which unit, who and until when."""
    head.go(f"{TREE}{task.uuid}/")
    page = head.page
    assert page.input_value("#giao-due") in ("", said(when.soon))
    page.select_option("#giao-lead", label="Phòng Quản lý công nghiệp")
    page.select_option("#giao-person", label="Chuyên viên tổng hợp")
    page.fill("#giao-due", said(when.soon))
    page.fill("#giao-note", "Làm sớm để trình kịp")
    head.picture("chi-dao-7-giao")
    page.click("#giao button")
    assert "Đã giao nhiệm vụ" in head.said()
    assert "Phòng Quản lý công nghiệp" in page.inner_text("dl.facts")


def is_reminded(writer: Visit, task: Task, when: Days) -> None:
    """Three working days before its end the task is told of, on the page and by one mail, and not twice."""
    at = timezone.make_aware(datetime.combine(when.morning, time(8)))
    told = remind(at)
    assert (told.on_page, told.by_mail) == (1, 1)
    assert remind(at).is_nothing
    assert Reminder.objects.get(way="page").days == 3
    [sent] = mail.outbox
    assert PLAN in sent.subject + sent.body
    writer.go(f"/?thang={when.soon:%Y-%m}")
    row = writer.page.locator("tr, li", has_text=PLAN).first
    assert f"đã nhắc ngày {when.morning:%d/%m}" in row.inner_text()
    writer.picture("chi-dao-8-thang-nay")
    writer.follow(f"a:has-text('{PLAN[:30]}')")
    assert str(task.uuid) in writer.page.url


def works(writer: Visit, head: Visit, task: Task, when: Days) -> None:
    """Progress is noted, more time asked for and granted; the first deadline stays on record."""
    page = writer.page
    writer.go(f"{TREE}{task.uuid}/")
    page.click("#tien-do summary")
    page.fill("#tien-do-note", "Đã lấy ý kiến các doanh nghiệp")
    page.fill("#tien-do-percent", "60")
    page.click("#tien-do button")
    assert "Đã ghi tiến độ" in writer.said()
    assert "ước đạt 60%" in page.inner_text(".meta")
    page.click("#xin-gia-han summary")
    page.fill("#xin-gia-han-due", said(when.until))
    page.fill("#xin-gia-han-reason", "Chờ số liệu dự trữ của hai doanh nghiệp")
    page.click("#xin-gia-han button")
    assert "chờ quyết định" in writer.said()
    head.go(f"{TREE}{task.uuid}/")
    assert head.page.input_value("#xet-gia-han-due") == said(when.until)
    head.picture("chi-dao-9-xet-gia-han")
    head.page.click("#xet-gia-han button[value=cho]")
    assert "Đã ghi quyết định" in head.said()
    facts = head.page.inner_text("dl.facts")
    assert said(when.until) in facts
    assert f"hạn gốc {said(when.soon)}" in facts


def answers(clerk: Visit, writer: Visit, task: Task, when: Days) -> None:
    """The answering document is entered among those issued; with it the task is reported done."""
    clerk.go("/so-van-ban/vao-so/?so=di")
    clerk.page.fill("[name=type]", "Báo cáo")
    clerk.page.fill("[name=symbol]", ANSWER)
    clerk.page.fill("[name=dated]", said(when.today))
    clerk.page.fill("[name=subject]", "Kế hoạch dự trữ hàng hóa, bình ổn thị trường")
    clerk.page.fill("[name=received_on]", "")
    clerk.page.keyboard.press("Control+S")
    assert "Đã vào sổ" in clerk.said()
    writer.go(f"{TREE}{task.uuid}/")
    page = writer.page
    if not page.is_visible("#bao-xong-on"):
        page.click("#bao-xong summary")
    page.fill("#bao-xong-on", said(when.today))
    page.select_option("#bao-xong-record", str(Record.objects.get(symbol=ANSWER).pk))
    writer.picture("chi-dao-10-bao-xong")
    page.click("#bao-xong button")
    assert "chờ xác nhận" in writer.said()
    assert page.locator("#xac-nhan").count() == 0


def confirms(head: Visit, task: Task) -> None:
    """On a phone, from the list of what waits."""
    head.go(f"{TREE}?tt=waiting")
    assert head.fits()
    head.go(f"{TREE}{task.uuid}/")
    assert head.fits()
    assert head.violations() == []
    head.picture("chi-dao-11-xac-nhan")
    assert ANSWER in head.page.inner_text(".tk-trail")
    head.follow("dl.facts a:has-text('2915/UBND-KT')")
    assert "Chờ xác nhận" in head.page.inner_text(f".reg-ties li:has-text('{PLAN}')")
    head.picture("chi-dao-11a-dong-so")
    head.page.go_back()
    head.page.keyboard.press("Control+Enter")
    assert "Đã xác nhận hoàn thành" in head.said()
    assert "so với hạn" in head.page.inner_text(".lede")
    head.picture("chi-dao-12-da-xong")


def is_in_the_report(writer: Visit, folder: Path, when: Days) -> str:
    """The words of the year's report as Word, drafted on request."""
    writer.go("/bao-cao/moi/")
    writer.page.select_option("select[name=kind]", "nam")
    writer.page.fill("input[name=period]", f"năm {when.today.year}")
    writer.page.keyboard.press("Control+S")
    assert "Đã soạn bản đầu" in writer.said()
    writer.picture("chi-dao-14-bao-cao")
    with writer.page.expect_download() as download:
        writer.page.click(".head a:has-text('Tải tệp Word')")
    file = folder / "bao-cao.docx"
    download.value.save_as(file)
    return text_of(file.read_bytes())


def test_a_directive_from_the_letter_to_the_report(
    office: Cast, visit: Callable[..., Visit], when: Days, settings: Any, tmp_path: Path
):
    settings.BAMSAT_MAIL = True
    office.specialist.email = "chuyen-vien@so.example"
    office.specialist.save(update_fields=["email"])
    clerk, writer = signed_in(visit, office.clerk), signed_in(visit, office.specialist)
    head, phone = signed_in(visit, office.head), signed_in(visit, office.head, size=PHONE)

    receives(clerk, when)
    chooses(writer, when)
    task = Task.objects.get(due=when.soon)
    assert (task.record, task.begins) == (Record.objects.get(arrival=17), when.today)
    writer.go(TREE)
    before = writer.page.inner_text(".head")
    assert "2 nhiệm vụ có hạn = 0 đã xong (0 đúng hạn + 0 quá hạn) + 2 chưa xong (2 trong hạn + 0 quá hạn)" in before
    assert "chưa tính được" in before

    assigns(head, task, when)
    is_reminded(writer, task, when)
    works(writer, head, task, when)
    answers(clerk, writer, task, when)
    confirms(phone, task)

    writer.go(TREE)
    after = writer.page.inner_text(".head")
    assert "2 nhiệm vụ có hạn = 1 đã xong (1 đúng hạn + 0 quá hạn) + 1 chưa xong (1 trong hạn + 0 quá hạn)" in after
    assert "100% = 1 / 1 nhiệm vụ đã đến hạn" in after
    writer.page.click(".tk-rates summary")
    assert "50% = 1 / 2 nhiệm vụ có hạn" in writer.page.inner_text(".tk-rates")
    writer.picture("chi-dao-13-danh-sach")
    for person, name in ((writer, "may-tinh"), (phone, "dien-thoai")):
        for address, what in ((TREE, "danh-sach"), (f"{TREE}bang/", "bang"), (f"{TREE}lich/", "lich")):
            person.go(address)
            assert person.fits(), address
            person.picture(f"chi-dao-{what}-{name}")

    output = build.stated("5300000000000", period=str(when.today.year))
    figures.accept(office.head, build.figure(office.specialist, output))
    told = is_in_the_report(writer, tmp_path, when)
    assert "Đã hoàn thành 1 nhiệm vụ (đúng hạn 1, quá hạn 0); đang thực hiện 1 nhiệm vụ" in told
    assert "Tỷ lệ hoàn thành nhiệm vụ đến hạn: 1/1, đạt 100,00%." in told
    _before, table = told.split("Nhiệm vụ hoàn thành trong kỳ")
    assert PLAN in table
    assert ANSWER in table


def test_without_scripts_a_directive_goes_by_plain_forms(office: Cast, visit: Callable[..., Visit], when: Days):
    clerk = signed_in(visit, office.clerk, scripts=False)
    clerk.go("/van-ban/")
    clerk.page.set_input_files("#tep", letter.file(letter.letter(when)))  # type: ignore[arg-type]
    clerk.follow("text=Gửi tệp")
    writer, head = (signed_in(visit, who, scripts=False) for who in (office.specialist, office.head))
    writer.go(f"{TREE}de-xuat/")
    writer.follow(f".tk-proposal:has-text('{PLAN}') button:has-text('Nhận')")
    assert "Đã thành nhiệm vụ" in writer.page.inner_text("ul.said")
    task = Task.objects.get()
    where = f"{TREE}{task.uuid}/"

    head.go(where)
    head.page.select_option("#giao-person", label="Chuyên viên tổng hợp")
    head.follow("#giao button")
    assert "Đã giao nhiệm vụ" in head.page.inner_text("ul.said")

    writer.go(where)
    if not writer.page.is_visible("#bao-xong-on"):
        writer.page.click("#bao-xong summary")
    writer.follow("#bao-xong button")
    assert "Hãy ghi ngày" in writer.page.inner_text("#bao-xong")
    writer.page.fill("#bao-xong-on", said(when.today))
    writer.page.fill("#bao-xong-evidence", ANSWER)
    writer.follow("#bao-xong button")
    assert "chờ xác nhận" in writer.page.inner_text("ul.said")
    writer.troubles.clear()  # the browser itself notes the refused form

    head.go(where)
    head.follow("#xac-nhan button")
    assert "Đã xác nhận hoàn thành" in head.page.inner_text("ul.said")


def test_a_document_marked_secret_is_refused_and_nothing_of_it_stays(
    office: Cast, visit: Callable[..., Visit], when: Days, settings: Any
):
    content = letter.letter(when, mark="MẬT")
    clerk = signed_in(visit, office.clerk)
    clerk.go("/van-ban/")
    clerk.page.set_input_files("#tep", letter.file(content, "chuyen-mat.docx"))  # type: ignore[arg-type]
    clerk.page.wait_for_selector("text=/độ mật/")
    clerk.picture("chi-dao-mat")
    assert PLAN not in clerk.page.inner_text("main")
    document = Document.objects.get()
    assert (document.state, document.text) == (State.REFUSED, "")
    kept = [file for file in Path(settings.BAMSAT_DATA).rglob("*") if file.is_file() and file.read_bytes() == content]
    assert kept == []
    assert not Record.objects.exists()
    assert not ReadInstruction.objects.exists()
    assert AuditRecord.objects.filter(action="documents.document.refused").exists()

    # The same bytes again.
    clerk.go("/van-ban/")
    assert "chuyen-mat" not in clerk.page.inner_text("main")
    clerk.page.set_input_files("#tep", letter.file(content, "doi-ten.docx"))  # type: ignore[arg-type]
    clerk.page.wait_for_selector(".sending .why")
    assert "đã bị từ chối" in clerk.page.inner_text(".sending .why")
    assert Document.objects.count() == 1
    clerk.troubles.clear()  # the browser itself notes the refused file


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone-dark"])
def test_axe_finds_nothing_on_the_pages_of_tasks_and_the_register(
    office: Cast, visit: Callable[..., Visit], size: dict[str, int], dark: bool
):
    pages = kept_tasks.addresses(office)
    person = visit(size=size, dark=dark)
    person.sign_in(office.head.username)
    assert person.walk(pages) == {}


def test_axe_finds_nothing_where_a_clerk_keeps_the_register(office: Cast, visit: Callable[..., Visit]):
    pages = kept_tasks.to_register(office)
    person = visit(size=PHONE)
    person.sign_in(office.clerk.username)
    assert person.walk(pages) == {}


def test_the_pages_of_tasks_and_the_register_speak_english(office: Cast, visit: Callable[..., Visit]):
    pages = kept_tasks.addresses(office)
    person, vietnamese, left = visit(size=PHONE), vietnamese_messages(), {}
    person.sign_in(office.head.username)
    person.page.click("text=English")
    for address in pages:
        person.go(address)
        assert person.page.get_attribute("html", "lang") == "en"
        assert person.fits(), address
        if found := vietnamese & set(person.page.evaluate(SAID)):
            left[address] = found
    assert left == {}
