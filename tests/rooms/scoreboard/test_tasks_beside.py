# SPDX-License-Identifier: Apache-2.0
"""Tasks beside the figures that they serve: a mark in the row, who does it by when under “Vì sao”, a task for a gap."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures.models import Entry, EntryKind
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.behind import Gap, Mark, gap_said, marks, tasks_behind
from bamsat.rooms.tasks.models import Task
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _ledger(cast: Cast) -> None:
    """Exports of 2021 with their plan."""
    build.catalogue()
    told = [
        build.stated("300000000", indicator="exports", unit="USD", label="kim ngạch xuất khẩu"),
        build.stated("400000000", indicator="exports", unit="USD", label="kim ngạch xuất khẩu", status="target"),
    ]
    document = build.document(cast.specialist, told, title="Số liệu năm 2021")
    for figure in document.figures.order_by("ordinal"):
        figures.accept(cast.head, figure)


def exports() -> Indicator:
    return Indicator.objects.get(code="exports")


def plan() -> Entry:
    return Entry.objects.get(series__indicator=exports(), kind=EntryKind.PLAN)


def a_task(cast: Cast, what: str, due: date) -> Task:
    asked = TaskAsked(what=what, indicators=(exports(),), begins=date(2026, 1, 5), due=due)
    return actions.create(cast.specialist, cast.home, asked, today=date(2026, 1, 5))


def with_two(cast: Cast) -> None:
    a_task(cast, "Kết nối giao thương với Quảng Tây", timezone.localdate() - timedelta(days=3))
    a_task(cast, "Gỡ ách tắc ở cửa khẩu", timezone.localdate() + timedelta(days=30))


def page(client: Client, name: str, *args: str, **asked: str) -> str:
    return client.get(reverse(name, args=args), {"noi": "cao-bang", "ky": "2021"} | asked).content.decode()


def test_an_indicator_is_marked_with_its_open_and_overdue_tasks_in_one_query(
    cast: Cast, django_assert_num_queries: object
) -> None:
    late, soon = a_task(cast, "Quá hạn", date(2026, 5, 1)), a_task(cast, "Còn hạn", date(2026, 7, 1))
    over = a_task(cast, "Thôi", date(2026, 5, 1))
    actions.cancel(cast.head, over, "Không cần nữa", today=date(2026, 2, 1))
    boss, pk = cast.administrator, exports().pk
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert marks(boss, cast.home, [pk], TODAY) == {pk: Mark(2, 1)}
    assert [one.task for one in tasks_behind(boss, exports(), cast.home, TODAY)] == [late, soon, over]


def test_the_row_of_the_scoreboard_says_how_many_tasks_serve_it(cast: Cast) -> None:
    client = cast.client(cast.specialist)
    assert "quá hạn" not in page(client, "scoreboard:table")
    with_two(cast)
    assert "2 việc, 1 quá hạn" in page(client, "scoreboard:table")


def test_another_office_reads_no_task_in_the_row(cast: Cast) -> None:
    with_two(cast)
    build.role(cast.specialist_elsewhere, "cao-bang", "reader")
    shown = page(cast.client(cast.specialist_elsewhere), "scoreboard:table")
    assert "việc, 1 quá hạn" not in shown


def test_why_tells_who_does_what_by_when(cast: Cast) -> None:
    with_two(cast)
    shown = page(cast.client(cast.specialist), "scoreboard:why", "exports")
    assert "Nhiệm vụ phục vụ chỉ tiêu này" in shown
    assert "Kết nối giao thương với Quảng Tây" in shown
    assert "chưa giao đơn vị" in shown


def test_a_task_for_the_gap_begins_with_the_target_as_its_condition(cast: Cast) -> None:
    client = cast.client(cast.specialist)
    shown = page(client, "scoreboard:why", "exports")
    assert f"dich={plan().uuid}" in shown
    form = client.get(reverse("tasks:new"), {"noi": "cao-bang", "dich": str(plan().uuid)}).content.decode()
    assert "400.000.000" in form
    gap = gap_said(cast.specialist, {"dich": str(plan().uuid)})
    assert gap is not None
    condition = gap.typed["condition"]
    assert (condition.indicator, condition.comparison, condition.value, condition.period) == (
        "exports", ">=", Decimal(400_000_000), "2021",
    )  # fmt: skip
    assert gap.typed["due"] == date(2021, 12, 31)
    assert Period.parse(plan().period) == Period.year(2021)


def test_what_is_no_target_or_not_for_the_user_begins_no_task(cast: Cast) -> None:
    done = Entry.objects.get(series__indicator=exports(), kind=EntryKind.ACTUAL)
    assert gap_said(cast.specialist, {"dich": str(done.uuid)}) is None
    assert gap_said(cast.specialist_elsewhere, {"dich": str(plan().uuid)}) is None


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"dich": "x"},
        {"chi-tieu": "exports"},
        {"chi-tieu": "khong-co", "ky": "2021"},
        {"chi-tieu": "exports", "ky": "x"},
    ],
)
def test_an_address_that_names_nothing_begins_an_empty_form(cast: Cast, said: dict[str, str]) -> None:
    assert gap_said(cast.specialist, said) is None
    assert cast.client(cast.specialist).get(reverse("tasks:new"), said).status_code == 200


def test_a_plan_of_which_only_the_ratio_is_known_asks_for_all_of_it(cast: Cast) -> None:
    gap = gap_said(cast.specialist, {"chi-tieu": "exports", "ky": "2021"})
    assert isinstance(gap, Gap)
    condition = gap.typed["condition"]
    assert (condition.measure, condition.comparison, condition.value, gap.target) == ("plan_ratio", ">=", 100, None)


def test_who_only_reads_is_offered_no_task(cast: Cast) -> None:
    assert "dich=" not in page(cast.client(cast.reader), "scoreboard:why", "exports")
