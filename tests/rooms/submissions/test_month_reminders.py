# SPDX-License-Identifier: Apache-2.0
"""Reminding: who may, whom it reaches, once a day; the mail, the words to paste, the letter."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from docx import Document

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord, User
from bamsat.rooms.directory.shipped import load_directory
from bamsat.rooms.places.models import Kind, Place, Role
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.submissions.models import Channel, FormVersion, Reminder, Return
from bamsat.rooms.submissions.month.actions import NobodyToRemind, Owed, remind, remind_all
from bamsat.rooms.submissions.month.reminding import remind_of_deadlines
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db

OCTOBER = Period.month(2026, 10)
SITE = "https://bamsat.example/"


def at(day: int, hour: int = 9, minute: int = 41, month: int = 10) -> datetime:
    return timezone.make_aware(datetime(2026, month, day, hour, minute))


@pytest.fixture(autouse=True)
def _office(cast: Cast, settings: Any) -> None:
    settings.BAMSAT_MAIL = True
    build.forms()
    FormVersion.objects.exclude(form__code="ban-le-thang").update(in_use=False)
    assert cast.commune.pk
    assert cast.other_commune.pk


@pytest.fixture
def version() -> FormVersion:
    return build.form()


def with_mail(user: User, email: str = "can-bo@xa.example") -> User:
    user.email = email
    user.save()
    return user


def begun(version: FormVersion, place: Place, state: str = "draft", **cells: str) -> Return:
    return Return.objects.create(
        form=version.form, version=version, place=place, period=OCTOBER.code, first_month=OCTOBER.first,
        last_month=OCTOBER.last, state=state, filled=len(cells), asked=24, due=at(20, 17, 0),
        cells={f"{row}.now": {"t": text} for row, text in cells.items()},
    )  # fmt: skip


def test_a_specialist_reminds_the_places_below_and_it_is_written_down(cast: Cast, version: FormVersion):
    done = remind(cast.specialist, version.form, OCTOBER, [cast.commune, cast.other_commune], Channel.PAGE, now=at(19))
    assert done.places == 2
    assert Reminder.objects.filter(channel="page", by=cast.specialist, delivered=True).count() == 2
    record = AuditRecord.objects.filter(action="submissions.reminder.sent").get()
    assert sorted(record.details["places"]) == sorted([cast.commune.pk, cast.other_commune.pk])


@pytest.mark.parametrize(
    "who", ["reader", "clerk", "commune_official", "specialist_elsewhere", "newcomer", "api_client"]
)
def test_who_neither_checks_nor_approves_there_reminds_nobody(cast: Cast, version: FormVersion, who: str):
    with pytest.raises(NotAllowed):
        remind(getattr(cast, who), version.form, OCTOBER, [cast.commune], Channel.PAGE)
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("who", ["specialist", "head", "deputy", "director", "administrator"])
def test_who_checks_or_approves_may_remind(cast: Cast, version: FormVersion, who: str):
    assert remind(getattr(cast, who), version.form, OCTOBER, [cast.commune], Channel.PAGE).places == 1


def test_nothing_is_reminded_twice_a_day_in_one_way(cast: Cast, version: FormVersion):
    remind(cast.specialist, version.form, OCTOBER, [cast.commune], Channel.PAGE, now=at(19))
    again = remind(cast.head, version.form, OCTOBER, [cast.commune, cast.other_commune], Channel.PAGE, now=at(19, 15))
    assert [one.place for one in again.made] == [cast.other_commune]
    assert [(one.place, one.at) for one in again.before] == [(cast.commune, at(19))]
    assert remind(cast.head, version.form, OCTOBER, [cast.commune], Channel.PAGE, now=at(20)).places == 1
    assert remind(cast.head, version.form, OCTOBER, [cast.commune], Channel.TEXT, now=at(20)).places == 1


def test_who_has_sent_meanwhile_is_left_in_peace(cast: Cast, version: FormVersion):
    begun(version, cast.commune, "sent")
    done = remind(cast.specialist, version.form, OCTOBER, [cast.commune, cast.other_commune], Channel.PAGE)
    assert [one.place for one in done.made] == [cast.other_commune]
    with pytest.raises(NobodyToRemind, match="đều đã gửi"):
        remind(cast.specialist, version.form, OCTOBER, [cast.commune], Channel.PAGE)


def test_one_mail_a_person_tells_all_that_is_owed(
    cast: Cast, version: FormVersion, django_capture_on_commit_callbacks: Any
):
    official = with_mail(cast.commune_official)
    second = build.form("gia-ca", name_vi="Giá cả thị trường tháng")
    sent = begun(version, cast.commune, food="1", clothing="2")
    owed = [Owed(each.form, OCTOBER, (cast.commune, cast.other_commune)) for each in (version, second)]
    with django_capture_on_commit_callbacks(execute=True):
        done = remind_all(cast.specialist, owed, Channel.MAIL, SITE, at(19))
    [letter] = mail.outbox
    assert letter.to == [official.email]
    assert letter.subject == "Đôn đốc gửi 2 biểu"
    for words in (
        "Kính gửi: Cán bộ xã", "Bán lẻ hàng hóa và dịch vụ tiêu dùng tháng 10/2026", "Giá cả thị trường tháng 10/2026",
        "Hạn: 17:00 thứ Ba, 20/10/2026 (còn 1 ngày làm việc)", "Đã nhập 2/24 ô; còn thiếu: Đồ dùng, dụng cụ",
        f"https://bamsat.example/phieu/{sent.uuid}/",
    ):  # fmt: skip
        assert words in letter.body, words
    assert list(done.without_address) == [cast.other_commune]
    assert set(Reminder.objects.values_list("delivered", flat=True)) == {True}
    assert not Reminder.objects.filter(place=cast.other_commune).exists()


def test_a_market_without_an_account_is_reminded_through_its_commune(
    cast: Cast, django_capture_on_commit_callbacks: Any
):
    with_mail(cast.commune_official)
    version = build.form("cho", senders={"kinds": ["market"]})
    with django_capture_on_commit_callbacks(execute=True):
        remind(cast.specialist, version.form, OCTOBER, [cast.facility], Channel.MAIL)
    assert "Nơi gửi: Chợ Nhà" in mail.outbox[0].body


def test_a_mail_that_fails_is_kept_with_the_reason_and_shown(
    cast: Cast, version: FormVersion, settings: Any, django_capture_on_commit_callbacks: Any
):
    with_mail(cast.commune_official)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        remind(cast.specialist, version.form, OCTOBER, [cast.commune], Channel.MAIL)
    told = Reminder.objects.get()
    assert not told.delivered
    assert "Máy chủ thư không nhận: ConnectionRefusedError" in told.note
    page = cast.client(cast.specialist).get("/don-doc/bieu/ban-le-thang/?ky=2026-10").content.decode()
    assert "Thư chưa tới:" in page
    assert "ConnectionRefusedError" in page
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        remind(cast.specialist, version.form, OCTOBER, [cast.commune], Channel.MAIL)
    told.refresh_from_db()
    assert (told.delivered, told.note) == (True, "")
    assert len(mail.outbox) == 1


def test_without_a_mail_server_the_page_offers_text_and_letter(cast: Cast, version: FormVersion, settings: Any):
    settings.BAMSAT_MAIL = False
    with pytest.raises(NobodyToRemind, match="BAMSAT_MAIL_URL"):
        remind(cast.specialist, version.form, OCTOBER, [cast.commune], Channel.MAIL)
    page = cast.client(cast.specialist).get("/don-doc/bieu/ban-le-thang/?ky=2026-10").content.decode()
    for words in ("Chưa có máy chủ thư", "Chép lời nhắc để dán vào Zalo", "Soạn công văn đôn đốc"):
        assert words in page


# The pages.


def pressed(client: Client, channel: str, **more: Any) -> Any:
    told = {"muc": "ban-le-thang|2026-10", "tu": "mot", "kenh": channel} | more
    return client.post("/don-doc/nhac/", told, follow=True)


def test_the_second_press_of_a_day_says_when_the_first_was(cast: Cast, version: FormVersion):
    client = cast.client(cast.specialist)
    assert "Đã nhắc trên trang: 2 nơi." in pressed(client, "page").content.decode()
    first = timezone.localtime(Reminder.objects.earliest("at").at)
    assert f"đã nhắc hôm nay lúc {first:%H:%M}" in pressed(client, "page").content.decode()


def test_a_place_can_be_left_out(cast: Cast, version: FormVersion):
    pressed(cast.client(cast.specialist), "page", tru="xa-ben")
    assert [one.place for one in Reminder.objects.all()] == [cast.commune]


def test_the_sender_sees_the_reminder_at_home(cast: Cast, version: FormVersion):
    today = timezone.localdate()
    month = Period.month(today.year, today.month)
    remind(cast.specialist, version.form, month, [cast.commune], Channel.PAGE)
    page = cast.client(cast.commune_official).get("/").content.decode()
    assert f"Sở nhắc ngày {today:%d/%m}" in page


def test_words_to_paste_stand_by_commune_with_deadline_and_address(cast: Cast):
    build.form("cho", name_vi="Giá cả tại chợ", senders={"kinds": ["market", "commune"]})
    assert cast.facility.pk
    page = pressed(cast.client(cast.specialist), "text", muc="cho|2026-10").content.decode()
    for words in (
        "Giá cả tại chợ tháng 10/2026",
        "Hạn: 17:00",
        "- Xã Bên",
        "- Xã Nhà: ",
        "Chợ Nhà",
        "http://testserver/",
    ):
        assert words in page, words
    assert Reminder.objects.filter(channel="text").count() == 3
    assert "đã nhắc hôm nay" in pressed(cast.client(cast.specialist), "text", muc="cho|2026-10").content.decode()


@pytest.mark.parametrize("who", ["commune_official", "facility_clerk", "reader", "clerk"])
def test_chasing_is_closed_to_who_does_not_judge(cast: Cast, version: FormVersion, who: str):
    client = cast.client(getattr(cast, who))
    for address in ("/don-doc/", "/don-doc/bieu/ban-le-thang/?ky=2026-10", "/tinh-hinh-gui/"):
        assert client.get(address).status_code == 403
    assert pressed(client, "page").status_code == 403
    assert not Reminder.objects.exists()


def test_another_office_chases_nobody_here(cast: Cast, version: FormVersion):
    client = cast.client(cast.specialist_elsewhere)
    assert client.get("/don-doc/bieu/ban-le-thang/?ky=2026-10").status_code == 404
    assert pressed(client, "page").status_code == 404


@pytest.mark.parametrize("told", [{"ky": "mua-xuan"}, {"ky": ""}, {"ky": "2026-Q3"}])
def test_a_period_that_the_form_has_not_leads_nowhere(cast: Cast, version: FormVersion, told: dict[str, str]):
    assert cast.client(cast.specialist).get("/don-doc/bieu/ban-le-thang/", told).status_code == 404
    assert pressed(cast.client(cast.specialist), "fax").status_code == 404


# The letter.


def words_of(content: bytes) -> tuple[str, list[list[str]]]:
    document = Document(io.BytesIO(content))
    tables = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return "\n".join(paragraph.text for paragraph in document.paragraphs), tables


def test_the_letter_bears_the_names_of_the_office_and_who_lacks_what(cast: Cast, version: FormVersion):
    load_directory()
    begun(version, cast.commune, food="1")
    answer = pressed(cast.client(cast.specialist), "letter", **{"nguoi-ky": "kt"})
    assert answer["Content-Disposition"].endswith('.docx"')
    text, rows = words_of(answer.content)
    flat = "\n".join(cell for row in rows for cell in row)
    for words in (
        "ỦY BAN NHÂN DÂN\nTỈNH CAO BẰNG", "SỞ CÔNG THƯƠNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "/SCT", "V/v đôn đốc gửi biểu", "Cao Bằng, ngày", "Nơi nhận:", "- Lưu: VT",
        "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC",
    ):  # fmt: skip
        assert words in flat, words
    assert "Kính gửi:" in text
    assert "- Ủy ban nhân dân xã Nhà." in text
    assert "Sở Công Thương tỉnh Cao Bằng" in text
    assert text.rstrip().endswith("để được hướng dẫn./.")
    table = [row for row in rows if len(row) == 5]
    assert table[0] == ["TT", "Đơn vị", "Biểu, kỳ báo cáo", "Hạn gửi", "Tình trạng"]
    assert {(row[1], row[4]) for row in table[1:]} == {("Xã Nhà", "đã nhập 1/24 ô"), ("Xã Bên", "chưa mở biểu")}
    assert Reminder.objects.filter(channel="letter").count() == 2


def test_the_letter_is_on_paper_as_the_decree_asks(cast: Cast, version: FormVersion):
    document = Document(io.BytesIO(pressed(cast.client(cast.specialist), "letter").content))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= section.top_margin.mm <= 25
    assert 30 <= section.left_margin.mm <= 35
    assert 15 <= section.right_margin.mm <= 20
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert section.different_first_page_header_footer


def test_the_letter_is_in_vietnamese_on_an_english_page_too(cast: Cast, version: FormVersion):
    client = cast.client(cast.specialist)
    client.cookies["django_language"] = "en"
    text, _rows = words_of(pressed(client, "letter").content)
    assert "đề nghị" in text
    assert "Department" not in text


# By itself.


@pytest.mark.parametrize(
    ("day", "reminded"), [(14, 0), (15, 2), (16, 0), (17, 0), (18, 0), (19, 2), (20, 0), (21, 2), (22, 0)]
)
def test_it_reminds_three_and_one_working_days_before_and_one_after(
    cast: Cast, version: FormVersion, day: int, reminded: int
):
    """20 October 2026 is a Tuesday: three working days before it is the Thursday."""
    assert cast.specialist.pk
    assert remind_of_deadlines(at(day, 7)).on_page == reminded
    assert remind_of_deadlines(at(day, 17)).on_page == 0
    assert Reminder.objects.count() == reminded


def test_by_itself_it_mails_those_who_have_an_address(
    cast: Cast, version: FormVersion, django_capture_on_commit_callbacks: Any
):
    assert cast.specialist.pk
    with_mail(cast.commune_official)
    with django_capture_on_commit_callbacks(execute=True):
        done = remind_of_deadlines(at(19), SITE)
    assert (done.on_page, done.by_mail, done.without_address) == (2, 1, 1)
    assert [letter.to for letter in mail.outbox] == [["can-bo@xa.example"]]


def test_the_staff_of_the_office_is_not_reminded_of_what_it_sends_itself(cast: Cast):
    build.form("so-gui", senders={"kinds": ["province"]})
    with_mail(cast.specialist, "chuyen-vien@so.example")
    FormVersion.objects.exclude(form__code="so-gui").update(in_use=False)
    assert remind_of_deadlines(at(19)).on_page == 0


def test_the_command_says_what_it_did(cast: Cast, version: FormVersion, monkeypatch: Any, capsys: Any):
    assert cast.specialist.pk
    monkeypatch.setattr("bamsat.rooms.submissions.management.commands.remind.timezone.now", lambda: at(19))
    call_command("remind")
    assert "Đã nhắc trên trang 2 phiếu" in capsys.readouterr().out
    call_command("remind", address=SITE)
    assert "Đã nhắc trên trang 0 phiếu" in capsys.readouterr().out


def test_an_office_without_people_reminds_nobody(cast: Cast, version: FormVersion):
    cast._below("xa-lang-son", Kind.COMMUNE, "Xã ở Lạng Sơn", cast.elsewhere)
    build.role(cast.newcomer, "cao-bang", Role.HEAD)
    remind_of_deadlines(at(19))
    assert not Reminder.objects.filter(place__slug="xa-lang-son").exists()
