# SPDX-License-Identifier: Apache-2.0
import pytest
from django.db import DatabaseError, connection

from bamsat.rooms.figures.actions import accept
from bamsat.rooms.figures.models import Entry
from tests import build
from tests.cast import Cast


@pytest.mark.django_db(transaction=True)
def test_the_refusal_holds_outside_a_transaction_too(cast: Cast) -> None:
    build.catalogue()
    accept(cast.head, build.figure(cast.specialist))
    with pytest.raises(DatabaseError, match="insert-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM figures_entry")
    assert Entry.objects.count() == 1
