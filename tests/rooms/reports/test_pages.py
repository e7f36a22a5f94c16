# SPDX-License-Identifier: Apache-2.0
"""Pages of reports: what each person finds there, what the buttons do, and who does not get in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.reports import actions, actions_plan, actions_write, queries
from bamsat.rooms.reports.models import Report, ReportPlan, State
from bamsat.rooms.reports.outputs import bytes_of
from tests.cast import Cast
from tests.rooms.reports.office import PDF, a_report, edited, plan_of, text_of, with_figures

pytestmark = pytest.mark.django_db
EMPLOYED = ("specialist", "head", "director", "clerk", "administrator")


@pytest.fixture
def office(cast: Cast) -> Cast:
    with_figures(cast)
    return cast


def shown(client: Client, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def at(name: str, report: Report, *more: Any) -> str:
    return reverse(f"reports:{name}", args=[report.uuid, *more])


def posted(client: Client, address: str, **said: Any) -> str:
    answer = client.post(address, said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


# The list.


@pytest.mark.parametrize("who", EMPLOYED)
def test_whoever_writes_approves_or_issues_finds_the_report_with_one_filled_button(office: Cast, who: str):
    report = a_report(office, "submitted")
    page = shown(office.client(getattr(office, who)), reverse("reports:list"))
    assert report.title in page
    assert page.count('class="btn main"') <= 1


@pytest.mark.parametrize("who", ["reader", "commune_official", "facility_clerk", "newcomer"])
def test_others_have_no_such_page(office: Cast, who: str):
    client = office.client(getattr(office, who))
    assert client.get(reverse("reports:list")).status_code == 403
    assert 'href="/bao-cao/"' not in client.get("/").content.decode()


def test_another_office_sees_none_of_it(office: Cast):
    report = a_report(office, "issued", plan_of(office))
    client = office.client(office.specialist_elsewhere)
    assert report.title not in shown(client, reverse("reports:list"))
    assert report.title not in shown(client, reverse("reports:plans"))
    for name in ("report", "frame", "verify"):
        assert client.get(at(name, report)).status_code == 404


def test_a_plan_falls_due_and_is_begun_by_one_button(office: Cast):
    today = timezone.localdate()
    said = actions_plan.Said(
        "nam", "Báo cáo năm", "year", date(2021, 1, 1), deadline={"day": 31, "month": 1, "years_after": 1}
    )
    plan = actions_plan.add_plan(office.specialist, office.home, said)
    ReportPlan.objects.filter(pk=plan.pk).update(since=today - timedelta(days=400))
    client = office.client(office.specialist)
    page = shown(client, reverse("reports:list"))
    assert "Quá hạn, chưa soạn" in page or "Chưa soạn" in page
    period = "2021"
    page = posted(client, reverse("reports:begin"), **{"ke-hoach": plan.uuid, "ky": period})
    assert "Đã soạn bản đầu" in page
    report = Report.objects.get()
    assert (report.plan, report.period, report.versions.count()) == (plan, period, 1)


def test_a_report_whose_ledger_is_empty_says_so_and_stays_to_be_written_later(cast: Cast):
    page = posted(
        cast.client(cast.specialist), reverse("reports:new"), kind="nam", place=cast.home.slug, period="năm 2019",
    )  # fmt: skip
    report = Report.objects.get()
    assert report.versions.count() == 0
    assert "Chưa có bản nào" in page


def test_a_report_on_request_is_asked_for_by_kind_place_and_period(office: Cast):
    client = office.client(office.specialist)
    page = posted(client, reverse("reports:new"), kind="nam", place=office.home.slug, period="năm nay nọ")
    assert "wrong" in page
    page = posted(client, reverse("reports:new"), kind="nam", place=office.home.slug, period="tháng 7/2021")
    assert "không hợp với kỳ" in page
    page = posted(client, reverse("reports:new"), kind="nam", place=office.home.slug, period="năm 2021")
    assert Report.objects.get().title in page
    assert "5.300" in page


def test_issued_reports_are_found_without_tones_and_by_year_kind_and_place(office: Cast):
    a_report(office, "issued")
    client, address = office.client(office.clerk), reverse("reports:list")
    for asked in ({"tim": "tinh hinh cong nghiep"}, {"tim": "07/bc-sct"}, {"nam": "2022"}, {"loai": "nam"}):
        assert "07/BC-SCT" in shown(client, address, **asked), asked
    for asked in ({"tim": "giao thong"}, {"nam": "2020"}, {"loai": "thang"}, {"noi": "lang-son"}, {"nam": "²"}):
        assert "Không có báo cáo đã ban hành nào như vậy" in shown(client, address, **asked), asked


# One report.


def test_every_number_on_the_page_leads_to_its_entry(office: Cast):
    report = a_report(office)
    page = shown(office.client(office.specialist), at("report", report))
    entries = {entry for number in queries.versions(report)[0].numbers for entry in number["entries"]}
    assert entries
    for entry in entries:
        assert f'href="/so-lieu/but-toan/{entry}/"' in page


def test_a_draft_says_what_it_lacks_with_a_way_to_mend_it(office: Cast):
    report = a_report(office)
    page = shown(office.client(office.specialist), at("report", report))
    assert "Còn thiếu, còn ước" in page
    assert "chưa có kế hoạch năm 2021" in page
    assert 'href="/so-lieu/ke-hoach/"' in page


def test_the_way_goes_by_buttons_from_draft_to_issue(office: Cast):
    report = a_report(office)
    writer, head, clerk = (office.client(one) for one in (office.specialist, office.head, office.clerk))
    assert "Đã trình" in posted(writer, at("step", report, "trinh"))
    assert "Lấy lại để sửa" in shown(writer, at("report", report))
    assert "Duyệt báo cáo" not in shown(writer, at("report", report))
    page = shown(head, at("report", report))
    assert "Duyệt báo cáo" in page
    assert "Ghi số, ngày" not in page
    posted(head, at("step", report, "tra-lai"), **{"ly-do": "Xem lại mục II"})
    assert "Xem lại mục II" in shown(writer, at("report", report))
    posted(writer, at("write", report))
    posted(writer, at("step", report, "trinh"))
    assert "Đã duyệt" in posted(head, at("step", report, "duyet"))
    page = shown(clerk, at("issue", report))
    assert "duyệt lúc" in page
    page = posted(
        clerk, at("issue", report), number="12", symbol="BC-SCT", issued_on="15/01/2022", signer="Giám đốc",
        signed=SimpleUploadedFile("ky.pdf", PDF, "application/pdf"),
    )  # fmt: skip
    assert "12/BC-SCT" in page
    issue = queries.issue_of(report)
    assert issue is not None
    assert issue.version.sha256 in page
    assert "12/BC-SCT" in shown(clerk, reverse("reports:list"))


def test_a_number_given_before_is_refused_on_the_form(office: Cast):
    a_report(office, "issued")
    second = a_report(office, "approved")
    page = posted(office.client(office.clerk), at("issue", second), number="7", symbol="BC-SCT", issued_on="16/01/2022")
    assert "đã ghi cho" in page
    assert Report.objects.get(pk=second.pk).state == State.APPROVED


def test_a_version_edited_in_word_comes_back_and_is_looked_through(office: Cast):
    report = a_report(office)
    version = actions.last_version(report)
    assert version is not None
    content = edited(bytes_of(version.sha256), "Kim ngạch xuất khẩu năm 2021 đạt 999 triệu USD.")
    client = office.client(office.specialist)
    page = posted(client, at("edited", report), tep=SimpleUploadedFile("Báo cáo sửa.docx", content))
    assert "Đã nhận bản sửa" in page
    last = actions.last_version(report)
    assert last is not None
    assert last.origin == "edited"
    assert last.remarks
    assert "Soát bản sửa với sổ" in page
    assert "999" in page
    answer = client.get(at("download", report, last.uuid, "docx"))
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
    assert client.get(at("download", report, last.uuid, "pdf")).status_code == 404
    assert "Chưa chọn tệp" in posted(client, at("edited", report))


def test_numbers_that_changed_since_are_counted_and_taken_by_writing_again(office: Cast):
    report = a_report(office)
    entry = Entry.objects.get(series__indicator__code="exports")
    figures.withdraw(office.head, entry, "nhập nhầm")
    client = office.client(office.specialist)
    assert "1 số của bản này đã có số mới hơn trong sổ" in shown(client, at("report", report))
    posted(client, at("write", report))
    assert "đã có số mới hơn" not in shown(client, at("report", report))
    assert report.versions.count() == 2


@pytest.mark.parametrize(
    ("media", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!doctype")]
)
def test_a_version_is_taken_away_in_four_forms(office: Cast, media: str, start: bytes):
    report = a_report(office)
    version = report.versions.get()
    answer = office.client(office.head).get(at("download", report, version.uuid, media))
    assert b"".join(answer.streaming_content).startswith(start)  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    assert office.client(office.head).get(at("download", report, version.uuid, "exe")).status_code == 404


def test_the_submission_slip_names_the_report_and_its_numbers(office: Cast):
    report = a_report(office)
    answer = office.client(office.specialist).get(at("slip", report))
    text = text_of(answer.content)
    assert "PHIẾU TRÌNH" in text
    assert report.title in text


def test_the_frame_is_typed_and_shown_in_the_next_version(office: Cast):
    report = a_report(office)
    client = office.client(office.specialist)
    said = {"title": report.title, "addressee": "Bộ Công Thương", "recipients": "Như trên\nLưu: VT", "symbol": "BC-SCT"}
    assert "Đã lưu thể thức" in posted(client, at("frame", report), **said)
    version = actions_write.write_draft(office.specialist, Report.objects.get())
    assert "Kính gửi: Bộ Công Thương" in text_of(bytes_of(version.sha256))


def test_an_issued_report_offers_nothing_that_would_change_it(office: Cast):
    report = a_report(office, "issued")
    page = shown(office.client(office.administrator), at("report", report))
    for word in ("Soạn lại", "Trình", "Thể thức:", "Thôi soạn"):
        assert word not in page
    assert "Lưu bản ký số" in page


def test_steps_that_do_not_exist_are_not_found(office: Cast):
    report = a_report(office)
    assert office.client(office.specialist).post(at("step", report, "bay")).status_code == 404


def test_a_step_of_somebody_without_the_right_is_forbidden(office: Cast):
    report = a_report(office, "submitted")
    assert office.client(office.clerk).post(at("step", report, "duyet")).status_code == 403


# Plans.


def test_usual_reports_are_offered_and_taken_up_by_one_click(office: Cast):
    client = office.client(office.specialist)
    page = shown(client, reverse("reports:plans"))
    assert "Báo cáo thường có của Sở" in page
    assert not ReportPlan.objects.exists()
    page = posted(client, reverse("reports:plan_propose"), noi=office.home.slug, loai="thang")
    plan = ReportPlan.objects.get()
    assert (plan.kind, plan.deadline["day"], plan.deadline["if_off"]) == ("thang", 22, "before")
    assert "luoi-thang" in plan.forms
    assert 'value="thang"' not in page
    assert client.post(reverse("reports:plan_propose"), {"noi": "lang-son", "loai": "quy"}).status_code == 404


def test_a_plan_is_typed_changed_and_ended_on_its_page(office: Cast):
    client = office.client(office.specialist)
    said = {
        "name": "Báo cáo quý", "place": office.home.slug, "kind": "quy", "frequency": "quarter", "since": "01/01/2026",
        "shape": "working", "working_days_after": "5", "audience": "Bộ Công Thương",
    }  # fmt: skip
    assert "Đã thêm" in posted(client, reverse("reports:plan_add"), **said)
    plan = ReportPlan.objects.get()
    assert plan.deadline == {"working_days_after": 5}
    address = reverse("reports:plan_edit", args=[plan.uuid])
    assert 'value="5"' in shown(client, address)
    wrong = said | {"shape": "month", "day": "", "frequency": "year"}
    page = posted(client, address, **wrong)
    assert "thiếu ngày" in page
    assert "có định kỳ" in page
    posted(client, address, **said | {"name": "Báo cáo quý của Sở"})
    page = posted(client, reverse("reports:plan_end", args=[plan.uuid]), ngay="hôm nay", **{"ly-do": "thôi"})
    assert "Hãy viết ngày như" in page
    posted(client, reverse("reports:plan_end", args=[plan.uuid]), ngay="01/12/2026", **{"ly-do": "thôi"})
    plan.refresh_from_db()
    assert (plan.name, plan.until) == ("Báo cáo quý của Sở", date(2026, 12, 1))
    posted(client, reverse("reports:plan_resume", args=[plan.uuid]))
    plan.refresh_from_db()
    assert plan.until is None


def test_the_clerk_reads_plans_and_changes_none(office: Cast):
    plan = plan_of(office)
    client = office.client(office.clerk)
    assert plan.name in shown(client, reverse("reports:plans"))
    assert client.get(reverse("reports:plan_edit", args=[plan.uuid])).status_code == 403


def test_the_month_of_the_office_names_what_it_has_to_issue(office: Cast):
    today = timezone.localdate()
    said = actions_plan.Said("thang", "Báo cáo tháng", "month", today.replace(day=1), deadline={"day": 31})
    actions_plan.add_plan(office.specialist, office.home, said)
    page = shown(office.client(office.specialist), "/")
    assert "Sở phải gửi đi" in page
    assert f"Báo cáo tháng {today.month}/{today.year}" in page
