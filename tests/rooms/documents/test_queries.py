# SPDX-License-Identifier: Apache-2.0
import pytest

from bamsat.rooms.documents.models import State
from bamsat.rooms.documents.queries import Tally, documents_for, figures_of, statements_of, tally, waiting
from bamsat.rooms.figures.actions import accept_all, reject
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_list_tells_how_much_of_each_document_is_done(cast: Cast) -> None:
    build.catalogue()
    document = build.document(cast.specialist, [stated(1), growth("2"), stated(3, doubt="?"), stated(4, period="2019")])
    reject(cast.specialist, document.figures.get(ordinal=4))
    accept_all(cast.head, document)
    told = documents_for(cast.specialist).get()
    assert (told.figures_total, told.figures_left, told.figures_doubt, told.figures_accepted) == (4, 1, 1, 2)
    assert tally(document) == Tally(
        total=4, waiting=0, doubt=1, editing=0, checked=0, returned=0, accepted=2, rejected=1, statements=0
    )
    assert tally(document).left == 1


def test_the_newest_document_comes_first_and_can_be_searched_for_without_tones(cast: Cast) -> None:
    first = build.document(cast.specialist, title="Báo cáo tháng 7")
    second = build.document(cast.specialist, title="Báo cáo tháng 8")
    build.received(cast.specialist)
    assert list(documents_for(cast.specialist, state=State.READ)) == [second, first]
    assert list(documents_for(cast.specialist, search="tháng 7")) == [first]
    assert set(documents_for(cast.specialist, search="cao bang")) == {first, second}
    assert not documents_for(cast.specialist, search="không có").exists()


def test_figures_and_statements_come_in_the_order_of_the_text(cast: Cast) -> None:
    document = build.document(cast.specialist, [stated(1, start=50, end=51), stated(2, start=9, end=10)])
    assert [figure.ordinal for figure in figures_of(document)] == [1, 2]
    assert list(statements_of(document)) == []


def test_what_waits_is_counted_over_all_documents_of_the_office(cast: Cast) -> None:
    build.document(cast.specialist, [stated(1), stated(2, doubt="?")])
    build.document(cast.specialist, [stated(1)])
    build.received(cast.specialist)
    told = waiting(cast.director)
    assert (told.documents, told.figures, told.doubts, told.reading, told.failed) == (2, 3, 1, 1, 0)


def test_the_list_takes_one_query_beside_those_for_the_rights(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(5):
        build.document(cast.specialist, [stated(1)])
    with django_assert_max_num_queries(5):
        assert len(documents_for(cast.specialist)) == 5
