# SPDX-License-Identifier: Apache-2.0
"""What the office was given to do, in its reports: the four states, what is overdue, what was answered and how."""

from __future__ import annotations

from datetime import date

import pytest

from bamsat.core.report.outline import Table, told_in
from bamsat.core.terms.period import Period
from bamsat.rooms.reports.content.asked import Asked, NothingToTell
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.linting import linted
from bamsat.rooms.reports.writing import write
from bamsat.rooms.tasks.models import Act, Step, Task
from tests import build
from tests.cast import Cast
from tests.rooms.reports import months
from tests.rooms.reports.office import text_of

pytestmark = pytest.mark.django_db
OCTOBER = Period.month(2026, 10)


def given(cast: Cast, what: str, begins: date, due: date | None, *steps: tuple[str, date, str], **more: object) -> Task:
    """A task assigned on its first day, and what happened to it since: act, day, evidence."""
    task = Task.objects.create(
        place=cast.home, what=what, begins=begins, due=due, first_due=due, created_by=cast.head, **more
    )
    for act, on, evidence in ((Act.ASSIGNED, begins, ""), *steps):
        Step.objects.create(task=task, act=act, on=on, evidence=evidence, by=cast.head)
    return task


def done(on: date, evidence: str = "") -> tuple[tuple[str, date, str], ...]:
    return (Act.REPORTED, on, evidence), (Act.CLOSED, on, "")


def with_tasks(cast: Cast) -> None:
    given(cast, "Kế hoạch kết nối cung cầu năm 2026", date(2025, 12, 1), date(2026, 3, 31), *done(date(2026, 3, 30)))
    given(
        cast, "Báo cáo giải ngân vốn khuyến công, phấn đấu đạt 60% trước 30/9", date(2026, 8, 1), date(2026, 9, 30),
        *done(date(2026, 10, 5), "Báo cáo số 1873/BC-SCT ngày 05/10/2026"),
    )  # fmt: skip
    given(cast, "Rà soát 25 chợ hạng III trên địa bàn", date(2026, 9, 1), date(2026, 10, 20))
    given(cast, "Tham mưu kế hoạch hàng Tết", date(2026, 10, 10), date(2026, 11, 30))
    given(cast, "Thường xuyên nắm tình hình thông quan", date(2026, 1, 5), None, time="standing")
    given(cast, "Xong từ năm trước", date(2025, 1, 5), date(2025, 6, 1), *done(date(2025, 5, 30)))
    given(cast, "Giao sau ngày báo cáo", date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture
def ledger(cast: Cast) -> None:
    build.catalogue()
    months.recorded(cast.head, months.figures())


def asked(cast: Cast, kind: str = "thang", period: Period = OCTOBER) -> Asked:
    return Asked(kind, cast.home, period)


def words(cast: Cast, kind: str = "thang", period: Period = OCTOBER) -> str:
    return text_of(write(compose(cast.specialist, asked(cast, kind, period)), "docx"))


@pytest.mark.usefixtures("ledger")
def test_the_month_tells_the_four_states_with_their_denominator(cast: Cast) -> None:
    with_tasks(cast)
    said = words(cast)
    assert "Tình hình thực hiện nhiệm vụ được giao" in said
    assert "Từ ngày 01/01/2026 đến ngày 31/10/2026" in said
    assert "có 4 nhiệm vụ được giao có thời hạn, trong đó 1 từ trước chuyển sang" in said
    assert "Đã hoàn thành 2 nhiệm vụ (đúng hạn 1, quá hạn 1)" in said
    assert "đang thực hiện 2 nhiệm vụ (trong hạn 1, quá hạn 1)" in said
    assert "Tỷ lệ hoàn thành nhiệm vụ đến hạn: 2/3, đạt 66,67%" in said
    assert "Ngoài ra có 1 nhiệm vụ thường xuyên hoặc không ghi thời hạn" in said


@pytest.mark.usefixtures("ledger")
def test_what_is_overdue_and_what_was_done_in_the_month_stand_in_tables_with_their_documents(cast: Cast) -> None:
    with_tasks(cast)
    report = compose(cast.specialist, asked(cast)).report
    tables = {block.caption: block for block in report.blocks if isinstance(block, Table)}
    overdue, answered = tables["Nhiệm vụ quá hạn chưa hoàn thành"], tables["Nhiệm vụ hoàn thành trong kỳ"]
    assert [[cell.text for cell in row.cells] for row in overdue.rows] == [
        ["1", "Rà soát 25 chợ hạng III trên địa bàn", "chưa giao", "20/10/2026", "–"]
    ]
    assert [[cell.text for cell in row.cells][-2:] for row in answered.rows] == [
        ["05/10/2026", "Báo cáo số 1873/BC-SCT ngày 05/10/2026"]
    ]


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("kind", "period"),
    [
        ("thang", OCTOBER), ("quy", Period.quarter(2026, 3)), ("9-thang", Period.months(2026, 1, 9)),
        ("6-thang", Period.months(2026, 1, 6)), ("nam", Period.year(2025)), ("hoi-nghi", Period.year(2025)),
        ("mot-trang", Period.year(2025)),
    ],
)  # fmt: skip
def test_lint_has_nothing_to_say_of_the_tasks_of_any_kind_of_report(cast: Cast, kind: str, period: Period) -> None:
    with_tasks(cast)
    composed = compose(cast.specialist, asked(cast, kind, period))
    assert any(one.fact.counted for one in told_in(composed.report.all_blocks())), kind
    found = linted(cast.specialist, f"{kind}.docx", write(composed, "docx"), cast.home)
    assert [(remark.kind, remark.at, remark.words) for remark in found.remarks] == []


@pytest.mark.usefixtures("ledger")
def test_lint_calls_a_count_that_no_longer_holds(cast: Cast) -> None:
    with_tasks(cast)
    file = write(compose(cast.specialist, asked(cast)), "docx")
    given(cast, "Ghi sổ muộn", date(2026, 10, 1), date(2026, 10, 15))
    remarks = linted(cast.specialist, "thang.docx", file, cast.home).remarks
    assert {(one.kind, one.severity) for one in remarks} == {("contradicts", "error")}
    assert "4 nhiệm vụ" in {one.words for one in remarks}
    assert any("5 nhiệm vụ" in one.vi for one in remarks)


@pytest.mark.usefixtures("ledger")
def test_another_office_learns_no_count_by_linting(cast: Cast) -> None:
    with_tasks(cast)
    file = write(compose(cast.specialist, asked(cast)), "docx")
    remarks = linted(cast.specialist_elsewhere, "thang.docx", file, cast.home).remarks
    assert not any("sổ nhiệm vụ" in one.vi for one in remarks)


@pytest.mark.usefixtures("ledger")
def test_where_nothing_has_a_deadline_there_is_no_rate(cast: Cast) -> None:
    given(cast, "Thường xuyên nắm tình hình thông quan", date(2026, 1, 5), None, time="standing")
    said = words(cast)
    assert "Từ ngày 01/01/2026 đến ngày 31/10/2026" in said
    assert "có 1 nhiệm vụ thường xuyên hoặc không ghi thời hạn" in said
    assert "Tỷ lệ hoàn thành" not in said


@pytest.mark.usefixtures("ledger")
def test_without_tasks_the_section_is_not_there(cast: Cast) -> None:
    assert "nhiệm vụ được giao" not in words(cast)


@pytest.mark.usefixtures("ledger")
def test_one_page_tells_them_in_a_paragraph(cast: Cast) -> None:
    with_tasks(cast)
    said = words(cast, "mot-trang")
    assert "Nhiệm vụ được giao: " in said
    assert "Rà soát 25 chợ" not in said


def test_tasks_alone_make_no_report_of_figures(cast: Cast) -> None:
    build.catalogue()
    with_tasks(cast)
    with pytest.raises(NothingToTell):
        compose(cast.specialist, asked(cast))
