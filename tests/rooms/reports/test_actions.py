# SPDX-License-Identifier: Apache-2.0
"""The way of a report: who may take which step, what is refused and why, and that every step is in the trail."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.figures.models import LedgerIsInsertOnly
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.reports import actions, actions_issue, actions_write, queries, rights
from bamsat.rooms.reports.actions import Refused
from bamsat.rooms.reports.actions_issue import Register
from bamsat.rooms.reports.models import Report, State, Version
from bamsat.rooms.reports.outputs import bytes_of, in_form, outline_of
from tests.cast import Cast
from tests.rooms.reports.office import TODAY, YEAR, a_report, plan_of, text_of, with_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(cast: Cast) -> Cast:
    with_figures(cast)
    return cast


def test_a_report_goes_from_plan_to_approval_and_every_step_is_signed(office: Cast):
    report = a_report(office, "approved", plan_of(office))
    assert report.state == State.APPROVED
    assert [(step.state, step.by) for step in queries.steps(report)] == [
        ("submitted", office.specialist), ("approved", office.head),
    ]  # fmt: skip
    assert all(step.version == actions.last_version(report) for step in queries.steps(report))
    trail = AuditRecord.objects.filter(action__regex=r"reports\.(report|version)\.").order_by("pk")
    assert [one.action for one in trail] == [
        "reports.report.begun", "reports.version.written", "reports.report.submitted", "reports.report.approved",
    ]  # fmt: skip
    assert report.frame["recipients"] == ["Bộ Công Thương;", "Ủy ban nhân dân tỉnh;", "Lưu: VT, KHTCTH."]


def test_a_version_keeps_its_bytes_its_outline_and_every_number_with_its_entry(office: Cast):
    report = a_report(office)
    version = report.versions.get()
    text = text_of(bytes_of(version.sha256))
    assert "5.300 tỷ đồng" in text
    assert "12,77%" in text
    assert {"5.300 tỷ đồng", "12,77%"} <= {number["text"].replace("\xa0", " ") for number in version.numbers}
    assert all(number["entries"] for number in version.numbers)
    outline, _lacking = outline_of(version)
    assert outline.frame.subject
    with pytest.raises(LedgerIsInsertOnly):
        version.delete()


@pytest.mark.parametrize("media", ["pdf", "xlsx"])
def test_other_forms_are_made_when_first_asked_for_without_a_trace(office: Cast, media: str):
    version = a_report(office).versions.get()
    first = in_form(version, media)
    assert in_form(version, media) == first
    assert first.read_bytes().startswith(b"%PDF" if media == "pdf" else b"PK")
    assert version.renderings.count() == 0


def test_forms_of_what_was_issued_are_kept_with_it(office: Cast):
    issued = a_report(office, "issued").issue.version
    kept = {one.media: one.sha256 for one in issued.renderings.all()}
    assert set(kept) == {"pdf", "xlsx", "html"}
    assert sha256(in_form(issued, "pdf").read_bytes()).hexdigest() == kept["pdf"]


def test_one_period_of_a_plan_is_begun_once_until_it_is_dropped(office: Cast):
    plan = plan_of(office)
    first = actions.begin_planned(office.specialist, plan, YEAR)
    with pytest.raises(Refused, match="đã có người soạn"):
        actions.begin_planned(office.head, plan, YEAR)
    actions.drop(office.specialist, first, "nhầm")
    second = actions.begin_planned(office.head, plan, YEAR)
    with pytest.raises(Refused, match="đã có người soạn"):
        actions.take_up(office.specialist, first)
    actions.drop(office.head, second, "thôi")
    assert actions.take_up(office.specialist, first).state == State.DRAFT


@pytest.mark.parametrize(
    ("kind", "period", "words"),
    [("thang", YEAR, "không hợp với kỳ"), ("khong-co", YEAR, "loại báo cáo"), ("chuyen-de", YEAR, "bộ chỉ tiêu")],
)
def test_what_cannot_be_written_is_not_begun(office: Cast, kind: str, period: Period, words: str):
    with pytest.raises(Refused, match=words):
        actions.begin(office.specialist, office.home, kind, period)


def test_a_report_without_a_version_is_not_submitted(office: Cast):
    report = a_report(office, "begun")
    with pytest.raises(Refused, match="Chưa có bản nào"):
        actions.submit(office.specialist, report)


def test_errors_of_lint_are_mended_or_explained_before_it_is_submitted(office: Cast):
    report = a_report(office, "begun")
    Version.objects.create(
        report=report, origin="edited", media="docx", name="a.docx", sha256="0" * 64, size=1, by=office.specialist,
        remarks=[{"severity": "error", "vi": "Không rõ nguồn", "en": "Untraceable"}],
    )  # fmt: skip
    with pytest.raises(Refused, match="còn 1 lỗi"):
        actions.submit(office.specialist, report)
    actions.submit(office.specialist, report, "Số do Bộ cung cấp")
    assert actions.last_step(report, State.SUBMITTED).reason == "Số do Bộ cung cấp"  # type: ignore[union-attr]


def test_whoever_submitted_does_not_approve(office: Cast):
    report = a_report(office)
    actions.submit(office.head, report)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        actions.approve(office.head, report)
    assert actions.approve(office.director, report).state == State.APPROVED


def test_an_office_of_one_administrator_can_work(office: Cast):
    report = a_report(office)
    actions.submit(office.administrator, report)
    assert actions.approve(office.administrator, report).state == State.APPROVED


def test_a_submission_is_taken_back_by_its_sender_alone(office: Cast):
    report = a_report(office, "submitted")
    with pytest.raises(NotAllowed, match="người trình lấy lại"):
        actions.take_back(office.head, report)
    assert actions.take_back(office.specialist, report).state == State.DRAFT


def test_a_report_is_returned_with_a_reason_also_after_approval(office: Cast):
    report = a_report(office, "approved")
    with pytest.raises(Refused, match="lý do"):
        actions.send_back(office.head, report, " ")
    assert actions.send_back(office.head, report, "Sửa mục II").state == State.RETURNED
    actions_write.write_draft(office.specialist, report)
    assert actions.submit(office.specialist, report).state == State.SUBMITTED


def test_nothing_is_written_while_somebody_decides(office: Cast):
    report = a_report(office, "submitted")
    for act in (
        lambda: actions_write.write_draft(office.specialist, report),
        lambda: actions_write.take_edited(office.specialist, report, "a.docx", b"x"),
        lambda: actions.set_frame(office.specialist, report, {"signer": "x"}),
    ):
        with pytest.raises(Refused, match="Đã trình"):
            act()


WRITERS = ("clerk", "reader", "commune_official", "facility_clerk", "specialist_elsewhere", "newcomer", "api_client")


@pytest.mark.parametrize("who", WRITERS)
def test_who_does_not_write_reports_there_takes_no_step(office: Cast, who: str):
    user, report = getattr(office, who), a_report(office, "submitted")
    steps: tuple[Callable[[], object], ...] = (
        lambda: actions.begin(user, office.home, "nam", YEAR),
        lambda: actions.submit(user, report),
        lambda: actions.approve(user, report),
        lambda: actions.send_back(user, report, "thử"),
        lambda: actions.drop(user, report, "thử"),
        lambda: actions_write.write_draft(user, report),
        lambda: actions.set_frame(user, report, {"signer": "x"}),
    )
    for step in steps:
        with pytest.raises(NotAllowed):
            step()
    assert Report.objects.get(pk=report.pk).state == State.SUBMITTED


def test_a_specialist_does_not_approve(office: Cast):
    report = a_report(office, "submitted")
    other = office.newcomer
    give_role(None, other, office.home, Role.SPECIALIST)
    with pytest.raises(NotAllowed):
        actions.approve(other, report)


def test_who_works_for_one_field_opens_reports_of_it_and_their_own(office: Cast):
    whole = a_report(office)
    mine = office.newcomer
    field = IndicatorSet.objects.filter(code="import_export").first() or IndicatorSet.objects.order_by("pk")[0]
    give_role(None, mine, office.home, Role.SPECIALIST, sets=IndicatorSet.objects.filter(pk=field.pk))
    assert rights.seen_reports(mine).count() == 0
    own = actions.begin(mine, office.home, "nam", YEAR)
    assert list(rights.seen_reports(mine)) == [own]
    actions_write.write_draft(mine, own)
    actions.submit(mine, own)
    actions.approve(office.head, own)
    actions_issue.issue(office.clerk, own, Register("9", "BC-SCT", TODAY), TODAY)
    assert list(rights.seen_reports(mine)) == [own]
    other = actions.begin(mine, office.home, "nam", YEAR)
    actions_write.write_draft(office.head, other)  # now it tells what its first writer may not see
    assert list(rights.seen_reports(mine)) == [own]
    assert whole in rights.seen_reports(office.head)


def test_the_frame_is_set_by_lines_and_shows_in_the_next_version(office: Cast):
    report = a_report(office, "begun")
    actions.set_frame(
        office.specialist, report,
        {"title": "Báo cáo năm 2021", "addressee": "Bộ Công Thương\n\nỦy ban nhân dân tỉnh", "signer": " Giám  đốc ",
         "number": "99", "organ": ""},
    )  # fmt: skip
    assert report.refresh_from_db() is None
    assert report.frame == {"addressee": ["Bộ Công Thương", "Ủy ban nhân dân tỉnh"], "signer": "Giám đốc"}
    version = actions_write.write_draft(office.specialist, report)
    assert "Giám đốc" in text_of(bytes_of(version.sha256))


def test_what_waits_for_each_is_counted(office: Cast):
    a_report(office, "submitted")
    assert queries.waiting_count(office.head) == queries.waiting_count(office.director) == 1
    assert queries.waiting_count(office.specialist) == queries.waiting_count(office.clerk) == 0
    actions.approve(office.head, Report.objects.get())
    assert (queries.waiting_count(office.head), queries.waiting_count(office.clerk)) == (0, 1)
    actions.send_back(office.head, Report.objects.get(), "sửa")
    assert (queries.waiting_count(office.specialist), queries.waiting_count(office.clerk)) == (1, 0)


def test_who_submitted_is_not_asked_to_approve(office: Cast):
    report = a_report(office)
    actions.submit(office.head, report)
    assert queries.waiting_count(office.head) == 0
    assert queries.waiting_count(office.deputy) == 1


@pytest.mark.parametrize("table", ["step", "version", "issue", "rendering", "template"])
def test_what_was_kept_has_triggers_that_refuse_every_change(office: Cast, table: str):
    a_report(office, "issued")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM reports_{table}")
        if not cursor.fetchone()[0]:
            return
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            cursor.execute(f"DELETE FROM reports_{table}")
