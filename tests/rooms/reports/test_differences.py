# SPDX-License-Identifier: Apache-2.0
"""A draft beside the report issued before it: what differs, and the reason that the ledger gives for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bamsat.core.read.reader import read_text
from bamsat.core.report.outline import Told
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import PlaceRole, Role
from bamsat.rooms.reports import actions, actions_issue, actions_write
from bamsat.rooms.reports.actions_issue import Register
from bamsat.rooms.reports.comparing import Compared, differences_for, issued_before, paragraph_for
from bamsat.rooms.reports.comparing import compared as beside
from bamsat.rooms.reports.models import Report
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = Period.month(2026, 9), Period.month(2026, 10)


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def entered(cast: Cast, value: str, period: str, **more: Any) -> Entry:
    entry = figures.accept(cast.head, build.figure(cast.specialist, build.stated(value, period=period, **more)))
    assert entry is not None
    return entry


def number(entry: Entry, value: str, text: str, **more: Any) -> dict[str, Any]:
    """A number of a version, as it is kept."""
    return {
        "text": text, "indicator": entry.series.indicator.code, "segment": "", "measure": "level",
        "period": entry.period, "base": "", "value": value, "unit": "VND", "status": "actual", "hedge": "",
        "area": "", "price_basis": "", "entries": [str(entry.uuid)],
    } | more  # fmt: skip


def issued_and_next(cast: Cast) -> Report:
    """The report of September, issued, and that of October, begun."""
    september = actions.begin(cast.specialist, cast.home, "thang", SEPTEMBER)
    actions_write.write_draft(cast.specialist, september)
    actions.submit(cast.specialist, september)
    actions.approve(cast.head, september)
    register = Register("7", "BC-SCT", date(2026, 9, 30), "Giám đốc")
    actions_issue.issue(cast.clerk, september, register, date(2026, 10, 2))
    return actions.begin(cast.specialist, cast.home, "thang", OCTOBER)


def compared(cast: Cast, report: Report, user: User | None = None) -> Compared:
    actions_write.write_draft(cast.specialist, report)
    found = differences_for(user or cast.specialist, report)
    assert found is not None
    return found


def test_a_report_is_held_against_the_one_of_its_kind_and_place_issued_last(cast: Cast):
    entered(cast, "450000000000", "2026-09")
    report = issued_and_next(cast)
    before = issued_before(report)
    assert before is not None
    assert before.report.period == "2026-09"
    assert differences_for(cast.specialist, before.report) is None
    assert differences_for(cast.specialist, report) is None  # nothing is written yet


def test_two_numbers_of_one_subject_differ_because_the_entry_was_corrected(cast: Cast):
    old = entered(cast, "450000000000", "2026-09")
    new = figures.replace(cast.head, old, "455000000000", "cộng sót một cơ sở")
    report = actions.begin(cast.specialist, cast.home, "thang", SEPTEMBER)
    found = beside(cast.specialist, [number(new, "455000000000", "455 tỷ đồng")],
                   [number(old, "450000000000", "450 tỷ đồng")], report)  # fmt: skip
    [one] = found.found
    assert (one.why, one.because, one.by) == ("corrected", "cộng sót một cơ sở", str(cast.head))
    assert found.sentence.startswith("Một số khác với báo cáo tháng 9 năm 2026, vì số được đính chính ngày ")
    assert found.rows[0].before == "450 tỷ đồng"
    assert found.rows[0].now == "455 tỷ đồng"


def test_an_estimate_that_became_actual_is_told_so(cast: Cast):
    estimate = entered(cast, "450000000000", "2026-09", status="estimate")
    actual = entered(cast, "455000000000", "2026-09")
    report = actions.begin(cast.specialist, cast.home, "thang", SEPTEMBER)
    before = number(estimate, "450000000000", "450 tỷ đồng", status="estimate")
    [one] = beside(cast.specialist, [number(actual, "455000000000", "455 tỷ đồng")], [before], report).found
    assert one.why == "actual"


def test_a_withdrawn_number_is_told_though_the_draft_says_it_no_more(cast: Cast):
    old = entered(cast, "450000000000", "2026-09")
    figures.withdraw(cast.head, old, "nhập nhầm tỉnh")
    report = actions.begin(cast.specialist, cast.home, "thang", SEPTEMBER)
    [one] = beside(cast.specialist, [], [number(old, "450000000000", "450 tỷ đồng")], report).found
    assert (one.kind, one.why, one.because) == ("gone", "withdrawn", "nhập nhầm tỉnh")


def test_a_sum_differs_because_a_month_in_it_was_corrected(cast: Cast):
    august, september = entered(cast, "440000000000", "2026-08"), entered(cast, "450000000000", "2026-09")
    mended = figures.replace(cast.head, august, "441000000000", "số chính thức của thống kê")
    span = {"period": "2026-08/2026-09"}
    both = [str(august.uuid), str(september.uuid)]
    before = number(september, "890000000000", "890 tỷ đồng", **span, entries=both)
    now = number(september, "891000000000", "891 tỷ đồng", **span, entries=[str(mended.uuid), str(september.uuid)])
    report = actions.begin(cast.specialist, cast.home, "thang", SEPTEMBER)
    [one] = beside(cast.specialist, [now], [before], report).found
    assert (one.why, one.details["period"]) == ("part_corrected", "tháng 8 năm 2026")
    assert "số của tháng 8 năm 2026 trong đó được đính chính ngày" in one.reason()


def test_written_drafts_show_on_the_page_what_changed_and_why(cast: Cast):
    for month in range(1, 10):
        entered(cast, f"{440 + month}000000000", f"2025-{month:02}")
    old = {month: entered(cast, f"{450 + month}000000000", f"2026-{month:02}") for month in range(1, 10)}
    report = issued_and_next(cast)
    entered(cast, "470000000000", "2026-10")
    entered(cast, "449000000000", "2025-10")
    same = actions.begin(cast.specialist, cast.home, "chuyen-de", SEPTEMBER, IndicatorSet.objects.get(code="main"))
    assert issued_before(same) is None
    figures.replace(cast.head, old[9], "461000000000", "cộng sót một cơ sở")
    found = compared(cast, report)
    told = {(each.number.period, each.number.measure): each.why for each in found.found}
    assert told[("2026-09", "level")] == "corrected"
    page = cast.client(cast.specialist).get(f"/bao-cao/{report.uuid}/").content.decode()
    assert found.sentence in page.replace("&#x27;", "'").replace("&quot;", '"')


def test_numbers_of_other_fields_are_counted_and_not_shown(cast: Cast):
    old = entered(cast, "450000000000", "2026-09")
    new = figures.replace(cast.head, old, "455000000000", "đính chính")
    trade = IndicatorSet.objects.create(code="thu-xk", name_vi="Xuất khẩu")
    SetMember.objects.create(set=trade, indicator=Indicator.objects.get(code="exports"))
    give_role(None, cast.newcomer, cast.home, Role.SPECIALIST)
    PlaceRole.objects.get(user=cast.newcomer).sets.set([trade])
    report = actions.begin(cast.specialist, cast.home, "thang", SEPTEMBER)
    found = beside(cast.newcomer, [number(new, "455000000000", "455 tỷ đồng")],
                   [number(old, "450000000000", "450 tỷ đồng")], report)  # fmt: skip
    assert (len(found), found.hidden) == (0, 1)


def test_the_official_paragraph_reads_back_to_the_new_values_alone(cast: Cast):
    old = entered(cast, "450000000000", "2026-09")
    new = figures.replace(cast.head, old, "455000000000", "cộng sót một cơ sở")
    report = actions.begin(cast.specialist, cast.home, "thang", SEPTEMBER)
    found = beside(cast.specialist, [number(new, "455000000000", "455 tỷ đồng")],
                   [number(old, "450000000000", "450 tỷ đồng")], report)  # fmt: skip
    paragraph = paragraph_for(found, OCTOBER, "Cao Bằng")
    assert paragraph is not None
    text = "".join(piece.text for piece in paragraph.pieces)
    assert text.startswith("Một số số liệu được điều chỉnh so với báo cáo tháng 9 năm 2026. ")
    [read] = read_text(text, "bc.txt").figures
    assert (read.indicator, read.value, read.period, read.status) == (
        "industrial_output",
        455000000000,
        "2026-09",
        "actual",
    )
    [told] = [piece for piece in paragraph.pieces if isinstance(piece, Told)]
    assert told.entries == (str(new.uuid),)
