# SPDX-License-Identifier: Apache-2.0
import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override

from bamsat.rooms.documents.models import ReadFigure
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_database_keeps_what_was_read_and_lets_the_rest_change(cast: Cast) -> None:
    figure = build.figure(cast.specialist)
    figure.period = "2020"
    figure.save()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ReadFigure.objects.update(as_read={"value": 1})
    assert ReadFigure.objects.get().as_read["period"] == "2021"


def test_a_document_is_called_by_its_title_and_without_one_by_its_file(cast: Cast) -> None:
    assert str(build.document(cast.specialist, title="Báo cáo năm 2021")) == "Báo cáo năm 2021"
    assert str(build.document(cast.specialist)) == "bc.txt"


def test_errors_and_progress_are_told_in_the_language_of_the_page(cast: Cast) -> None:
    document = build.received(cast.specialist)
    document.error_vi, document.error_en = "Tệp rỗng.", "The file is empty."
    assert (document.error, document.progress_sentence) == ("Tệp rỗng.", "Đang chờ tới lượt đọc.")
    with override("en"):
        assert (document.error, document.progress_sentence) == (
            "The file is empty.",
            "Waiting for its turn to be read.",
        )
