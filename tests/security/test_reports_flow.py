# SPDX-License-Identifier: Apache-2.0
"""The way of a report cannot be bent: nothing is approved unread, numbered twice, or changed once it was issued."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.reports import actions, actions_issue, actions_write
from bamsat.rooms.reports.actions_issue import Register, numbered
from bamsat.rooms.reports.models import Issue, Report, State
from bamsat.rooms.reports.outputs import path_of
from tests.cast import Cast
from tests.rooms.reports.office import TODAY, a_pdf, a_report, edited, with_figures


@pytest.fixture(autouse=True)
def _ledger(cast: Cast) -> None:
    with_figures(cast)


def step(cast: Cast, user, report: Report, what: str, **said: str):
    address = reverse("reports:step", args=[report.uuid, what])
    return cast.client(user).post(address, said, follow=True).content.decode()


def test_what_was_taken_back_and_submitted_anew_is_not_approved_unread(cast: Cast):
    report = a_report(cast, "submitted")
    page = cast.client(cast.head).get(reverse("reports:report", args=[report.uuid])).content.decode()
    looked_at = actions.last_version(report)
    assert looked_at
    assert f'name="ban" value="{looked_at.uuid}"' in page
    actions.take_back(cast.specialist, report)
    actions_write.write_draft(cast.specialist, report)
    actions.submit(cast.specialist, report)
    assert "trình lại sau khi anh/chị mở trang" in step(cast, cast.head, report, "duyet", ban=str(looked_at.uuid))
    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    now = actions.last_version(report)
    assert now
    step(cast, cast.head, report, "duyet", ban=str(now.uuid))
    report.refresh_from_db()
    assert report.state == State.APPROVED


def test_the_same_request_again_changes_nothing(cast: Cast):
    report = a_report(cast, "submitted")
    for _again in range(3):
        step(cast, cast.head, report, "duyet")
    assert report.steps.filter(state=State.APPROVED).count() == 1
    said = {"number": "7", "symbol": "BC-SCT", "issued_on": "15/01/2022"}
    for _again in range(3):
        cast.client(cast.clerk).post(reverse("reports:issue", args=[report.uuid]), said)
    assert Issue.objects.filter(report=report).count() == 1


@pytest.mark.parametrize("what", ["trinh", "lay-lai", "tra-lai", "duyet", "thoi", "soan-tiep"])
@pytest.mark.parametrize("until", ["issued", "dropped"])
def test_no_step_changes_what_was_issued_and_none_but_one_what_was_dropped(cast: Cast, until: str, what: str):
    report = a_report(cast, until)
    step(cast, cast.director, report, what, **{"ly-do": "thử"})
    report.refresh_from_db()
    assert report.state == (State.DRAFT if (until, what) == ("dropped", "soan-tiep") else until)


@pytest.mark.parametrize("until", ["submitted", "approved", "issued", "dropped"])
def test_no_file_comes_into_a_report_that_is_not_being_written(cast: Cast, until: str):
    report = a_report(cast, until)
    content = edited(path_of(report.versions.order_by("pk")[0].sha256).read_bytes())
    before = report.versions.count()
    client = cast.client(cast.director)
    for name in ("edited", "write"):
        client.post(reverse(f"reports:{name}", args=[report.uuid]), {"tep": SimpleUploadedFile("a.docx", content)})
    client.post(reverse("reports:frame", args=[report.uuid]), {"title": "Đổi"})
    report.refresh_from_db()
    assert (report.versions.count(), report.title == "Đổi") == (before, False)


@pytest.mark.parametrize("typed", ["07", " 7 ", "0000007", "٧", "７", "7\u00a0"])
def test_one_number_of_the_register_is_one_however_it_is_written(typed: str):
    assert numbered(typed) == "07"


@pytest.mark.parametrize(
    "typed", ["", "0", "-7", "7.5", "1e3", "9" * 7, "7/BC", "7 8", "²", "Ⅶ", "7\u200b", "bảy", "7ſ"]
)
def test_what_is_no_number_of_a_register_is_refused(typed: str):
    with pytest.raises(actions.Refused):
        numbered(typed)


@pytest.mark.parametrize("symbol", ["BC-SCT\u200b", "BC\u202eSCT", "BC-SCT\u00ad", "BC\x07", "", "/", "B C"])
def test_a_symbol_is_made_of_what_can_be_seen(cast: Cast, symbol: str):
    report = a_report(cast, "approved")
    with pytest.raises(BamsatError):
        actions_issue.issue(cast.clerk, report, Register("7", symbol, TODAY, ""), TODAY)


def test_two_reports_never_share_a_number_however_its_symbol_is_composed(cast: Cast):
    first, second = a_report(cast, "approved"), a_report(cast, "approved")
    actions_issue.issue(cast.clerk, first, Register("7", "BC-SỞ", TODAY, ""), TODAY)
    with pytest.raises(actions.Refused, match="đã ghi cho"):
        actions_issue.issue(cast.clerk, second, Register("007", "BC-S\u01a0\u0309", TODAY, ""), TODAY)


@pytest.mark.parametrize("day", [date(2022, 1, 21), date(2020, 12, 31), date(1, 1, 1), date(9999, 12, 31)])
def test_no_report_is_issued_before_its_period_or_in_the_future(cast: Cast, day: date):
    report = a_report(cast, "approved")
    with pytest.raises(actions.Refused):
        actions_issue.issue(cast.clerk, report, Register("7", "BC-SCT", day, ""), TODAY)


def test_a_period_far_outside_the_calendar_is_told_so_and_breaks_nothing(cast: Cast):
    client = cast.client(cast.specialist)
    for period in ("năm 99999", "năm 0", "99999999999", "tháng 13/2026", "năm 9999", "2021-99999999", "quý V/2026"):
        said = {"kind": "nam", "place": cast.home.slug, "period": period, "field": ""}
        assert client.post(reverse("reports:new"), said).status_code in (200, 302), period


def test_a_file_is_kept_under_a_name_that_ends_as_what_it_is(cast: Cast):
    report = a_report(cast)
    content = edited(path_of(report.versions.get().sha256).read_bytes())
    assert actions_write.take_edited(cast.specialist, report, "x/..\\bao cao.hta", content).name == "bao cao.hta.docx"
    issued = a_report(cast, "issued")
    paper = actions_issue.record_signed(cast.clerk, issued, a_pdf("ky\r\nX: y\u202efdp.exe"))
    assert paper.name == "kyX: yfdp.exe.pdf"
    answer = cast.client(cast.clerk).get(reverse("reports:download", args=[issued.uuid, paper.uuid, "pdf"]))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; ")
