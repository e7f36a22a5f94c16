# SPDX-License-Identifier: Apache-2.0
import pytest

from bamsat.rooms.documents import queries
from bamsat.rooms.documents.models import Document, ReadFigure
from bamsat.rooms.documents.queries import may_judge
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_document_is_seen_by_its_office_and_by_nobody_elsewhere(cast: Cast) -> None:
    document = build.document(cast.specialist, [stated(1)])
    figure = document.figures.get()
    for user in (cast.specialist, cast.clerk, cast.director, cast.administrator):
        assert queries.document_for(user, document.uuid) == document
        assert queries.figure_for(user, figure.uuid) == figure
        assert queries.figure_at(user, document, 1) == figure
    for stranger in (cast.specialist_elsewhere, cast.newcomer):
        assert not queries.documents_for(stranger).exists()
        assert queries.waiting(stranger).figures == 0
        with pytest.raises(Document.DoesNotExist):
            queries.document_for(stranger, document.uuid)
        with pytest.raises(ReadFigure.DoesNotExist):
            queries.figure_for(stranger, figure.uuid)
        with pytest.raises(ReadFigure.DoesNotExist):
            queries.figure_at(stranger, document, 1)


def test_a_document_about_another_province_is_still_of_the_office_that_received_it(cast: Cast) -> None:
    document = build.document(cast.specialist, area="Lạng Sơn")
    assert document.place == cast.elsewhere
    assert document.office == cast.home
    assert not queries.documents_for(cast.specialist_elsewhere).exists()


def test_a_document_that_no_office_holds_is_seen_at_the_place_it_is_about(cast: Cast) -> None:
    build.document(cast.administrator, area="Cao Bằng")
    assert queries.documents_for(cast.specialist).count() == 1
    assert not queries.documents_for(cast.specialist_elsewhere).exists()


def test_the_office_may_judge_but_not_its_clerk(cast: Cast) -> None:
    document = build.document(cast.clerk)
    told = {user.username: may_judge(user, document) for user in (cast.specialist, cast.director, cast.administrator)}
    assert all(told.values())
    assert not any(may_judge(user, document) for user in (cast.clerk, cast.specialist_elsewhere, cast.newcomer))
