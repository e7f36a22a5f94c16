# SPDX-License-Identifier: Apache-2.0
"""What an office issues again and again: who plans it, when it falls due, and what the month shows of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from bamsat.core.act.deadlines import DeadlineUnreadable
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.reports import actions, actions_plan
from bamsat.rooms.reports.actions import Refused
from bamsat.rooms.reports.due import due_in, due_lines, rows
from bamsat.rooms.reports.models import Report, ReportPlan, State
from bamsat.rooms.reports.periods import deadline_words, periods
from tests.cast import Cast

pytestmark = pytest.mark.django_db
BEFORE_22ND = {"day": 22, "months_after": 0, "if_off": "before", "time": "17:00"}
NOVEMBER = Period.month(2026, 11)


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour))


def said(**changes: Any) -> actions_plan.Said:
    told: dict[str, Any] = {
        "kind": "thang", "name": "Báo cáo tình hình công nghiệp, thương mại tháng", "frequency": "month",
        "since": date(2026, 10, 1), "deadline": BEFORE_22ND, "audience": "Bộ Công Thương\n\n Ủy ban nhân dân tỉnh ",
        "symbol": "BC-SCT", "authority": "KT. GIÁM ĐỐC", "post": "PHÓ GIÁM ĐỐC",
    }  # fmt: skip
    return actions_plan.Said(**told | changes)


def planned(cast: Cast, **changes: Any) -> ReportPlan:
    return actions_plan.add_plan(cast.specialist, cast.home, said(**changes))


def test_a_plan_is_added_changed_ended_and_resumed_and_each_is_in_the_trail(cast: Cast):
    plan = planned(cast)
    assert plan.audience == "Bộ Công Thương\nỦy ban nhân dân tỉnh"
    actions_plan.change_plan(cast.head, plan, said(name="Báo cáo tháng"))
    actions_plan.end_plan(cast.head, plan, date(2026, 12, 1), "Bộ không yêu cầu nữa")
    plan.refresh_from_db()
    assert (plan.name, plan.until) == ("Báo cáo tháng", date(2026, 12, 1))
    actions_plan.resume_plan(cast.head, plan)
    plan.refresh_from_db()
    assert plan.until is None
    trail = AuditRecord.objects.filter(action__startswith="reports.plan.").order_by("pk")
    assert [one.action.rpartition(".")[2] for one in trail] == ["added", "changed", "ended", "resumed"]
    assert trail[2].reason == "Bộ không yêu cầu nữa"


@pytest.mark.parametrize("who", ["reader", "clerk", "commune_official", "specialist_elsewhere", "newcomer"])
def test_nobody_plans_who_does_not_write_reports_there(cast: Cast, who: str):
    with pytest.raises(NotAllowed):
        actions_plan.add_plan(getattr(cast, who), cast.home, said())
    plan = planned(cast)
    with pytest.raises(NotAllowed):
        actions_plan.end_plan(getattr(cast, who), plan, date(2027, 1, 1), "thử")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "  "}, "tên báo cáo"),
        ({"kind": "khong-co"}, "loại báo cáo"),
        ({"frequency": "khong-co"}, "định kỳ"),
        ({"frequency": "year"}, "định kỳ"),
        ({"kind": "chuyen-de", "frequency": "quarter"}, "bộ chỉ tiêu"),
    ],
)
def test_a_plan_that_says_too_little_is_refused_with_what_is_missing(cast: Cast, changes: dict[str, Any], words: str):
    with pytest.raises(Refused, match=words):
        planned(cast, **changes)


def test_a_deadline_that_means_no_day_is_refused(cast: Cast):
    with pytest.raises(DeadlineUnreadable):
        planned(cast, deadline={"day": 45})


def test_no_place_has_two_plans_of_one_name(cast: Cast):
    first = planned(cast)
    with pytest.raises(Refused, match="đã có kế hoạch"):
        planned(cast, name=first.name.upper())
    actions_plan.end_plan(cast.specialist, first, date(2027, 1, 1), "đổi tên")
    assert planned(cast).pk


def test_a_plan_with_reports_keeps_its_kind(cast: Cast):
    plan = planned(cast)
    actions.begin_planned(cast.specialist, plan, NOVEMBER)
    with pytest.raises(Refused, match="không đổi loại"):
        actions_plan.change_plan(cast.head, plan, said(kind="quy", frequency="quarter"))


def test_late_periods_come_first_then_the_next_two(cast: Cast):
    planned(cast)
    lines = due_lines(cast.specialist, at(2026, 11, 25))
    # 22 November is a Sunday: the deadline was Friday the 20th; the plan began after September's.
    assert [(line.period.code, line.due and line.due.strftime("%d/%m %H:%M"), line.shape) for line in lines] == [
        ("2026-10", "22/10 17:00", "bad"), ("2026-11", "20/11 17:00", "bad"), ("2026-12", "22/12 17:00", "wait"),
        ("2027-01", "22/01 17:00", "wait"),
    ]  # fmt: skip
    assert lines[0].title == "Báo cáo tình hình công nghiệp, thương mại tháng 10/2026"
    assert lines[0].word == "Quá hạn, chưa soạn"


def test_a_period_close_to_its_deadline_says_so(cast: Cast):
    planned(cast, since=date(2026, 12, 1))
    assert [line.shape for line in due_lines(cast.specialist, at(2026, 12, 21))][:1] == ["doubt"]


def test_what_was_issued_owes_nothing_and_what_was_dropped_owes_again(cast: Cast):
    plan = planned(cast)
    report = actions.begin_planned(cast.specialist, plan, NOVEMBER)
    now = at(2026, 11, 25)
    assert {line.period.code: line.word for line in due_lines(cast.specialist, now)}["2026-11"] == "Quá hạn, đang soạn"
    Report.objects.filter(pk=report.pk).update(state=State.ISSUED)
    assert "2026-11" not in {line.period.code for line in due_lines(cast.specialist, now)}
    Report.objects.filter(pk=report.pk).update(state=State.DROPPED)
    assert {line.period.code: line.word for line in due_lines(cast.specialist, now)}["2026-11"] == "Quá hạn, chưa soạn"


def test_an_ended_plan_owes_nothing_from_its_end_on(cast: Cast):
    plan = planned(cast)
    actions_plan.end_plan(cast.head, plan, date(2026, 12, 1), "thôi")
    assert [line.period.code for line in due_lines(cast.specialist, at(2026, 11, 25))] == ["2026-10", "2026-11"]
    with pytest.raises(Refused, match="thôi làm"):
        actions.begin_planned(cast.specialist, plan, Period.month(2026, 12))


def test_the_month_names_the_reports_that_fall_due_in_it(cast: Cast):
    plan, now = planned(cast), at(2026, 11, 5)
    found = rows(cast.specialist, NOVEMBER, now)
    assert [(row.what, row.shape, row.group) for row in found] == [
        ("Báo cáo tình hình công nghiệp, thương mại tháng 11/2026", "wait", "out")
    ]
    assert found[0].owner == "Bộ Công Thương"
    actions.begin_planned(cast.specialist, plan, NOVEMBER)
    assert [line.word for line in due_in(cast.head, NOVEMBER, now)] == ["Đang soạn"]
    assert rows(cast.specialist_elsewhere, NOVEMBER, now) == []
    assert rows(cast.commune_official, NOVEMBER, now) == []


@pytest.mark.parametrize(
    ("frequency", "codes"),
    [
        ("month", 12), ("quarter", 4), ("half", ["2026-01/2026-06"]), ("nine_months", ["2026-01/2026-09"]),
        ("year", ["2026"]), ("once", []),
    ],
)  # fmt: skip
def test_a_year_has_the_periods_that_people_report(frequency: str, codes: list[str] | int):
    year = Period.year(2026)
    found = [period.code for period in periods(frequency, year.first, year.last)]
    assert len(found) == codes if isinstance(codes, int) else found == codes


def test_five_years_end_with_a_plan_of_five_years():
    span = Period.years(2021, 2030)
    assert [period.code for period in periods("five_years", span.first, span.last)] == ["2021/2025", "2026/2030"]


def test_a_deadline_is_said_in_words():
    assert deadline_words(BEFORE_22ND, "month") == (
        "17:00 ngày 22 hằng tháng, trùng ngày nghỉ thì ngày làm việc liền trước"
    )
    assert "tháng cuối kỳ" in deadline_words(BEFORE_22ND, "half")
    assert deadline_words({}, "month") == deadline_words({"day": 99}, "month") == ""
