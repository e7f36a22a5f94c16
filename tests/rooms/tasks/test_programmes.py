# SPDX-License-Identifier: Apache-2.0
"""A programme of several years: its committee, what each year has to do, what came of it by the ledger."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.directory.models import Body, BodyVersion
from bamsat.rooms.documents.models import Direction, Record, Relation
from bamsat.rooms.tasks import actions, programmes
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.models import Kind, Task
from tests import build
from tests.cast import Cast
from tests.rooms.reports.office import with_figures

pytestmark = pytest.mark.django_db
BEGUN, TODAY = date(2021, 1, 15), date(2023, 6, 1)


def committee(cast: Cast) -> Body:
    made = Body.objects.create(
        slug="ban-chi-dao-thu", kind="steering_committee", place=cast.home, name="Ban Chỉ đạo chương trình công nghiệp"
    )
    BodyVersion.objects.create(body=made, name=made.name)
    return made


def a_programme(cast: Cast, period: str = "2021/2025", **more: object) -> Task:
    asked = TaskAsked(
        what="Chương trình phát triển công nghiệp",
        kind=Kind.PROGRAMME,
        period=period,
        begins=BEGUN,
        time="none",
        **more,
    )
    return actions.create(cast.specialist, cast.home, asked, today=BEGUN)


def part(cast: Cast, programme: Task, what: str, due: date | None, done: date | None = None) -> Task:
    asked = TaskAsked(what=what, parent=programme, begins=BEGUN, due=due, time="date" if due else "standing")
    made = actions.create(cast.specialist, cast.home, asked, today=BEGUN)
    if done:
        actions.assign(cast.head, made, None, person=cast.specialist, today=BEGUN)
        actions.report_done(cast.specialist, made, done, "Đã xong", today=done)
        actions.close(cast.head, made, today=done)
    return made


def with_parts(cast: Cast) -> Task:
    programme = a_programme(cast, committee=committee(cast))
    part(cast, programme, "Kế hoạch năm 2021", date(2021, 3, 31), done=date(2021, 3, 30))
    part(cast, programme, "Kế hoạch năm 2022", date(2022, 3, 31), done=date(2022, 4, 5))
    part(cast, programme, "Sơ kết giữa kỳ", date(2023, 5, 1))
    part(cast, programme, "Nắm tình hình doanh nghiệp", None)
    return programme


def test_the_list_tells_the_years_that_are_over_and_its_parts_with_their_denominator(cast: Cast) -> None:
    with_parts(cast)
    [one] = programmes.programmes(cast.specialist, TODAY)
    assert one.passed(TODAY) == (2, 5)
    assert (one.counts.done, one.counts.with_deadline, one.counts.running_overdue, one.counts.without_deadline) == (
        2, 3, 1, 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("today", "over"), [(date(2019, 1, 1), 0), (date(2021, 12, 31), 0), (date(2026, 1, 1), 5), (date(2040, 1, 1), 5)]
)
def test_years_are_never_fewer_than_none_nor_more_than_all(cast: Cast, today: date, over: int) -> None:
    a_programme(cast)
    [one] = programmes.programmes(cast.specialist, today)
    assert one.passed(today) == (over, 5)


def test_every_year_of_the_span_has_its_parts(cast: Cast) -> None:
    programme = with_parts(cast)
    [one] = programmes.programmes(cast.specialist, TODAY)
    children = programmes.lines(programme.children.all(), TODAY)
    laid_out = programmes.years(one, children, TODAY)
    assert [(year.year, len(year.lines)) for year in laid_out] == [
        (2021, 2), (2022, 1), (2023, 1), (2024, 0), (2025, 0),
    ]  # fmt: skip
    assert [year.year for year in laid_out if year.is_now] == [2023]


def test_of_a_long_span_the_years_around_today_are_laid_out(cast: Cast) -> None:
    a_programme(cast, "2021/2050")
    [one] = programmes.programmes(cast.specialist, TODAY)
    laid_out = [year.year for year in programmes.years(one, [], TODAY)]
    assert len(laid_out) == programmes.MOST_YEARS
    assert 2023 in laid_out
    assert laid_out[0] == 2021


def test_a_year_narrows_the_list_to_what_runs_in_it(cast: Cast) -> None:
    a_programme(cast)
    page = cast.client(cast.specialist)
    url = reverse("tasks:programmes")
    assert "Chương trình phát triển công nghiệp" in page.get(url, {"nam": "2024"}).content.decode()
    assert "Không có chương trình nào" in page.get(url, {"nam": "2026"}).content.decode()
    assert page.get(url, {"nam": "²⁰²⁴"}).status_code == 200


def test_results_are_figures_of_the_ledger_year_by_year(cast: Cast) -> None:
    with_figures(cast)
    output = Indicator.objects.get(code="industrial_output")
    a_programme(cast, indicators=(output,))
    [one] = programmes.programmes(cast.specialist, TODAY)
    [result] = programmes.results(cast.specialist, one, [2020, 2021, 2022])
    told = [done.text if done else "" for done, _plan, _ratio in result.cells]
    assert told == ["4.700", "5.300", ""]
    assert result.unit == "tỷ đồng"


def test_an_indicator_without_figures_stands_there_without_any(cast: Cast) -> None:
    build.catalogue()
    a_programme(cast, indicators=(Indicator.objects.get(code="exports"),))
    [one] = programmes.programmes(cast.specialist, TODAY)
    [result] = programmes.results(cast.specialist, one, [2021])
    assert result.cells == ((None, None, None),)


def test_the_documents_behind_it_are_those_of_the_register(cast: Cast) -> None:
    decision, plan = (
        Record.objects.create(holder=cast.home, direction=Direction.RECEIVED, type=kind, symbol=symbol)
        for kind, symbol in (("Quyết định", "259/QĐ-TTg"), ("Kế hoạch", "1130/KH-UBND"))
    )
    Relation.objects.create(of=plan, to=decision, kind="carries_out")
    programme = a_programme(cast, record=decision)
    assert programmes.records(cast.specialist, programme) == [("", decision), ("is_carries_out", plan)]
    assert programmes.records(cast.specialist_elsewhere, programme) == [("", decision)]


def test_the_page_of_a_programme_shows_years_committee_and_results(cast: Cast) -> None:
    programme = with_parts(cast)
    page = cast.client(cast.specialist).get(reverse("tasks:task", args=[programme.uuid])).content.decode()
    for words in ("Việc từng năm", "Ban Chỉ đạo chương trình công nghiệp", "Sơ kết giữa kỳ", "Kết quả theo chỉ tiêu"):
        assert words in page


def test_its_committee_and_years_are_mended_on_its_page(cast: Cast) -> None:
    programme, body = a_programme(cast), committee(cast)
    url = reverse("tasks:draft_step", args=[programme.uuid, "thong-tin"])
    answer = cast.client(cast.specialist).post(url, {"committee": str(body.pk), "period": "2021-2030"})
    assert answer.status_code == 302
    programme.refresh_from_db()
    assert (programme.committee, programme.period) == (body, "2021/2030")


def test_years_that_nobody_can_read_come_back(cast: Cast) -> None:
    programme = a_programme(cast)
    url = reverse("tasks:draft_step", args=[programme.uuid, "thong-tin"])
    assert cast.client(cast.specialist).post(url, {"committee": "", "period": "lâu lâu"}).status_code == 422


def test_another_office_sees_no_programme(cast: Cast) -> None:
    a_programme(cast)
    assert programmes.programmes(cast.specialist_elsewhere, TODAY) == []


def test_the_page_of_a_committee_shows_the_programmes_that_it_leads(cast: Cast) -> None:
    with_parts(cast)
    url = reverse("directory:body", args=["ban-chi-dao-thu"])
    page = cast.client(cast.specialist).get(url).content.decode()
    assert "Chương trình phát triển công nghiệp" in page
    assert "2/3 việc có hạn đã xong" in page
    assert "Chương trình phát triển công nghiệp" not in cast.client(cast.specialist_elsewhere).get(url).content.decode()
