# SPDX-License-Identifier: Apache-2.0
"""Issuing: number and day of the register, bytes that never change, the signed PDF, a file held against them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bamsat.core.terms.errors import BamsatError, FileUnreadable
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents.actions_register import Line, enter
from bamsat.rooms.documents.models import Record
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.reports import actions, actions_issue, actions_write, queries
from bamsat.rooms.reports.actions import Refused
from bamsat.rooms.reports.actions_issue import Register, numbered
from bamsat.rooms.reports.models import Issue, Report, State
from bamsat.rooms.reports.outputs import bytes_of, in_form, outline_of
from tests.cast import Cast
from tests.rooms.reports.office import TODAY, a_pdf, a_report, edited, text_of, with_figures

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 15)


@pytest.fixture
def office(cast: Cast) -> Cast:
    with_figures(cast)
    return cast


def register(number: str = "7", day: date = DAY, symbol: str = "BC-SCT") -> Register:
    return Register(number, symbol, day, "Giám đốc")


def test_our_own_file_gets_number_and_day_and_its_numbers_stay(office: Cast):
    report = a_report(office, "approved")
    approved = actions.last_version(report)
    made = actions_issue.issue(office.clerk, report, register(), TODAY)
    text = text_of(bytes_of(made.version.sha256))
    assert "07/BC-SCT" in text
    assert "ngày 15 tháng 01 năm 2022" in text
    assert approved is not None
    assert made.version.numbers == approved.numbers
    assert made.version.pk != approved.pk
    assert outline_of(made.version)[1] == ()
    assert Report.objects.get(pk=report.pk).state == State.ISSUED
    record = AuditRecord.objects.get(action="reports.report.issued")
    assert record.details["sha256"] == made.version.sha256
    assert record.details["number"] == "07"


def test_an_edited_file_is_issued_byte_for_byte(office: Cast):
    report = a_report(office)
    version = actions.last_version(report)
    assert version is not None
    content = edited(bytes_of(version.sha256))
    sent = actions_write.take_edited(office.specialist, report, "C:\\bao cao\\Báo cáo năm.docx", content, "thêm câu")
    assert sent.name == "Báo cáo năm.docx"
    actions.submit(office.specialist, report, "đã xem")
    actions.approve(office.head, report)
    made = actions_issue.issue(office.clerk, report, register(), TODAY)
    assert made.version == sent
    assert bytes_of(made.version.sha256) == content


def test_the_same_file_is_not_taken_for_an_edited_one(office: Cast):
    report = a_report(office)
    version = actions.last_version(report)
    assert version is not None
    with pytest.raises(Refused, match="giống hệt"):
        actions_write.take_edited(office.specialist, report, "a.docx", bytes_of(version.sha256))


@pytest.mark.parametrize("content", [b"khong phai Word", b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused_with_a_way_out(office: Cast, content: bytes):
    report = a_report(office)
    with pytest.raises(FileUnreadable, match="không phải tệp Word"):
        actions_write.take_edited(office.specialist, report, "a.docx", content)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (register("0"), "không phải số"), (register("bảy"), "không phải số"), (register(symbol=" "), "ký hiệu"),
        (register(day=date(2022, 1, 21)), "chưa tới"), (register(day=date(2020, 12, 31)), "trước khi kỳ"),
    ],
)  # fmt: skip
def test_what_no_register_would_hold_is_refused(office: Cast, said: Register, words: str):
    report = a_report(office, "approved")
    with pytest.raises(Refused, match=words):
        actions_issue.issue(office.clerk, report, said, TODAY)
    assert not Issue.objects.exists()


def test_a_number_is_given_once_a_place_symbol_and_year(office: Cast):
    a_report(office, "issued")
    second = a_report(office, "approved")
    with pytest.raises(Refused, match="đã ghi cho"):
        actions_issue.issue(office.clerk, second, register("07"), TODAY)
    assert Report.objects.get(pk=second.pk).state == State.APPROVED
    assert actions_issue.issue(office.clerk, second, register("07", symbol="BC-SCT-KHTH"), TODAY).number == "07"
    third = a_report(office, "approved")
    assert actions_issue.issue(office.clerk, third, register("07", date(2021, 12, 30)), TODAY).year == 2021


def test_numbers_are_written_as_the_decree_writes_them():
    assert [numbered(typed) for typed in ("1", "09", "10", " 115 ", "12A")] == ["01", "09", "10", "115", "12a"]


@pytest.mark.parametrize("state", ["written", "submitted", "returned", "dropped"])
def test_only_what_was_approved_is_issued(office: Cast, state: str):
    report = a_report(office, state)
    with pytest.raises(Refused, match="đang ở bước"):
        actions_issue.issue(office.clerk, report, register(), TODAY)


@pytest.mark.parametrize("who", ["specialist", "head", "reader", "commune_official", "specialist_elsewhere"])
def test_who_does_not_issue_gives_no_number(office: Cast, who: str):
    report = a_report(office, "approved")
    with pytest.raises(NotAllowed):
        actions_issue.issue(getattr(office, who), report, register(), TODAY)


def test_an_issued_report_never_changes(office: Cast):
    report = a_report(office, "issued")
    for act in (
        lambda: actions_write.write_draft(office.specialist, report),
        lambda: actions.set_frame(office.specialist, report, {"signer": "x"}),
        lambda: actions.send_back(office.head, report, "thử"),
        lambda: actions.drop(office.head, report, "thử"),
        lambda: actions.submit(office.specialist, report),
        lambda: actions_issue.issue(office.clerk, report, register("8"), TODAY),
    ):
        with pytest.raises(Refused, match="đã ban hành"):
            act()


def test_the_signed_pdf_is_recorded_at_once_or_later_and_another_needs_a_reason(office: Cast):
    report = a_report(office, "issued")
    first = actions_issue.record_signed(office.clerk, report, a_pdf())
    with pytest.raises(Refused, match="lý do"):
        actions_issue.record_signed(office.clerk, report, a_pdf())
    actions_issue.record_signed(office.clerk, report, a_pdf("moi.pdf"), "quét lại")
    assert queries.signed_of(report) != first
    assert report.versions.filter(origin="signed").count() == 2
    other = a_report(office, "approved")
    made = actions_issue.issue(office.clerk, other, register("8"), TODAY, a_pdf())
    assert made.signed is not None


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"%PDF-1.7 cut off", b"<html>"])
def test_a_signed_paper_is_a_whole_pdf(office: Cast, content: bytes):
    report = a_report(office, "issued")
    with pytest.raises(FileUnreadable, match="không phải PDF"):
        actions_issue.record_signed(office.clerk, report, a_pdf(content=content))


def test_a_file_is_held_against_what_was_issued(office: Cast):
    report = a_report(office, "issued")
    issue = queries.issue_of(report)
    assert issue is not None
    actions_issue.record_signed(office.clerk, report, a_pdf())
    client, address = office.client(office.specialist), reverse("reports:verify", args=[report.uuid])
    draft = report.versions.earliest("pk")
    same = bytes_of(issue.version.sha256)
    for content, words in (
        (same, "Đúng là tệp đã ban hành"), (a_pdf().content, "Đúng là bản ký số"),
        (in_form(issue.version, "pdf").read_bytes(), "dạng khác"), (bytes_of(draft.sha256), "bản nháp"),
        (same[:-1], "Không phải tệp đã ban hành"),
    ):  # fmt: skip
        answer = client.post(address, {"tep": SimpleUploadedFile("a.docx", content)})
        assert words in answer.content.decode()
    assert issue.version.sha256 in client.get(address).content.decode()


def test_the_issued_file_is_served_as_it_was_kept(office: Cast):
    report = a_report(office, "issued")
    issue = queries.issue_of(report)
    assert issue is not None
    address = reverse("reports:download", args=[report.uuid, issue.version.uuid, "docx"])
    answer = office.client(office.clerk).get(address)
    assert b"".join(answer.streaming_content) == bytes_of(issue.version.sha256)  # type: ignore[attr-defined]
    assert answer["X-Content-Type-Options"] == "nosniff"
    said = answer["Content-Disposition"]
    assert said.startswith('attachment; filename="bao-cao-nam-cao-bang-2021-')
    assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o" in said
    for who in (office.specialist_elsewhere, office.reader, office.commune_official):
        assert office.client(who).get(address).status_code in (403, 404)


def test_an_issued_report_stands_in_the_register_of_issued_documents(office: Cast):
    made = actions_issue.issue(office.clerk, a_report(office, "approved"), register(), TODAY)
    line = Record.objects.get()
    assert (line.direction, line.holder, line.type) == ("issued", office.home, "Báo cáo")
    assert (line.symbol, line.number, line.dated, line.year) == ("07/BC-SCT", "07", DAY, 2022)
    assert (line.subject, line.signer, line.confirmed_by) == (made.report.title, "Giám đốc", office.clerk)
    assert AuditRecord.objects.filter(action="documents.record.issued").count() == 1


def test_a_number_that_the_register_gave_to_another_document_is_not_given_again(office: Cast):
    enter(office.clerk, office.home, Line("issued", type="Báo cáo", symbol="7/BC-SCT", dated=DAY, subject="Việc khác"))
    report = a_report(office, "approved")
    with pytest.raises(BamsatError, match="đã ghi cho “Việc khác”"):
        actions_issue.issue(office.clerk, report, register(), TODAY)
    assert Report.objects.get(pk=report.pk).state == State.APPROVED
    assert not Issue.objects.exists()
