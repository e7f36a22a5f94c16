# SPDX-License-Identifier: Apache-2.0
"""Drafts are shown as drafts: beside what is in the ledger, counted in nothing."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from bamsat.core.terms.figure import Figure
from bamsat.rooms.documents.models import ReadFigure
from bamsat.rooms.figures import actions
from bamsat.rooms.figures import pending as drafts
from bamsat.rooms.figures.pending import Pending, pending
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def checked(cast: Cast, read: Figure) -> ReadFigure:
    figure = build.figure(cast.specialist, read, title="Báo cáo tháng")
    actions.accept(cast.specialist, figure)
    return figure


def test_a_checked_figure_is_a_draft_of_its_place_until_it_is_approved(cast: Cast):
    figure = checked(cast, stated("5400000000000", number="5.400 tỷ đồng"))
    (told,) = pending(cast.specialist, cast.home)
    assert (told.indicator, told.period, told.measure, told.kind, told.value) == (
        "industrial_output", "2021", "level", "actual", Decimal("5400000000000"),
    )  # fmt: skip
    assert (told.text, told.label, told.who) == ("5.400 tỷ đồng", "Báo cáo tháng", "Chuyên viên tổng hợp")
    assert told.address == f"/van-ban/{figure.document.uuid}/?so=1#cau-1"
    actions.approve(cast.head, figure)
    assert pending(cast.specialist, cast.home) == []


def test_what_was_returned_or_taken_back_is_no_draft(cast: Cast):
    actions.send_back(cast.head, checked(cast, stated(1)), "sai")
    actions.uncheck(cast.specialist, checked(cast, stated(2, period="2020")))
    assert pending(cast.specialist, cast.home) == []


def test_drafts_are_asked_for_by_indicator_and_period(cast: Cast):
    checked(cast, stated(1))
    checked(cast, growth("12.77"))
    checked(cast, stated(3, indicator="exports", unit="USD", period="2020"))
    assert len(pending(cast.head, cast.home)) == 3
    assert [one.text for one in pending(cast.head, cast.home, ["industrial_output"]) if one.measure == "growth"] == [
        "+12,77%"
    ]
    assert [one.indicator for one in pending(cast.head, cast.home, period="2020")] == ["exports"]


def test_who_may_not_open_the_document_sees_no_draft_of_it(cast: Cast):
    checked(cast, stated(1))
    for who in (cast.specialist_elsewhere, cast.newcomer, cast.reader):
        assert pending(who, cast.home) == []


def test_a_name_that_the_catalogue_does_not_have_is_a_draft_too(cast: Cast):
    checked(cast, stated(10, indicator="product:than bùn", unit="ton", label="than bùn"))
    assert [one.name for one in pending(cast.head, cast.home)] == ["Than bùn"]


@pytest.fixture
def _from_above() -> Iterator[None]:
    said = Pending(
        "industrial_output", "Giá trị sản xuất", "", "2021", "", "level", "actual", "VND", "", Decimal(7), "7", "đồng",
        "Phiếu của xã", "/phieu/1/",
    )  # fmt: skip
    drafts.pending_sources.append(lambda _user, _place, _indicators, _period: [said])
    yield
    drafts.pending_sources.pop()


@pytest.mark.usefixtures("_from_above")
def test_a_room_above_adds_its_drafts(cast: Cast):
    checked(cast, stated(1))
    assert [one.label for one in pending(cast.head, cast.home)] == ["Báo cáo tháng", "Phiếu của xã"]


def test_the_queries_are_as_many_for_a_hundred_drafts_as_for_one(cast: Cast, django_assert_max_num_queries):  # type: ignore[no-untyped-def]
    document = build.document(cast.specialist, [stated(n, period=str(1900 + n)) for n in range(1, 101)])
    actions.accept_all(cast.specialist, document)
    with django_assert_max_num_queries(9):
        assert len(pending(cast.specialist, cast.home)) == 100


def test_the_page_of_a_series_shows_its_drafts_apart(cast: Cast):
    actions.accept(cast.head, build.figure(cast.specialist, stated("5300000000000", number="5.300 tỷ đồng")))
    checked(cast, stated("5400000000000", number="5.400 tỷ đồng", period="2022"))
    page = " ".join(cast.client(cast.specialist).get("/so-lieu/industrial_output/cao-bang/").content.decode().split())
    assert "nháp: 5.400 tỷ đồng (mức, năm 2022), chờ duyệt" in page
    assert "5.400 tỷ đồng" not in page.replace("nháp: 5.400 tỷ đồng", "")
    assert "nháp" not in cast.client(cast.specialist).get(
        "/so-lieu/industrial_output/cao-bang/?biet=2020-01-01"
    ).content.decode().replace("chưa", "")
