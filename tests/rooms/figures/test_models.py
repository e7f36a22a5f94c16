# SPDX-License-Identifier: Apache-2.0
import pytest
from django.db import DatabaseError, connection, transaction

from bamsat.rooms.figures.actions import accept, withdraw
from bamsat.rooms.figures.models import Confirmation, Entry, LedgerIsInsertOnly, Withdrawal
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast: Cast) -> Entry:
    build.catalogue()
    return accept(cast.head, build.figure(cast.specialist, stated(5300)))


def test_an_entry_is_not_saved_a_second_time(entry: Entry) -> None:
    entry.value = 1
    with pytest.raises(LedgerIsInsertOnly):
        entry.save()


def test_an_entry_is_not_deleted(entry: Entry) -> None:
    with pytest.raises(LedgerIsInsertOnly):
        entry.delete()


def test_entries_are_not_changed_or_deleted_in_bulk_either(entry: Entry) -> None:
    with pytest.raises(LedgerIsInsertOnly):
        Entry.objects.update(value=1)
    with pytest.raises(LedgerIsInsertOnly):
        Entry.objects.all().delete()
    with pytest.raises(LedgerIsInsertOnly):
        Entry.objects.bulk_update([entry], ["value"])


@pytest.mark.parametrize("table", ["figures_entry", "figures_confirmation", "figures_withdrawal"])
@pytest.mark.parametrize("change", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_itself_refuses_to_change_or_delete_the_ledger(
    cast: Cast, entry: Entry, table: str, change: str
) -> None:
    accept(cast.head, build.figure(cast.specialist, stated(5300)))
    withdraw(cast.head, entry, "sai")
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table=table))
    assert [model.objects.count() for model in (Entry, Confirmation, Withdrawal)] == [1, 1, 1]


def test_a_line_has_one_first_entry(entry: Entry) -> None:
    again = Entry(
        series=entry.series, period="2021", first_month=entry.first_month, last_month=entry.last_month, kind="actual",
        vintage="preliminary", value=1, lower=1, upper=1, by=entry.by,
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        again.save()


def test_an_entry_is_replaced_by_one_other_only(entry: Entry) -> None:
    same = {
        "series": entry.series, "period": "2021", "first_month": 1, "last_month": 2, "kind": "actual",
        "vintage": "preliminary", "value": 1, "lower": 1, "upper": 1, "by": entry.by, "replaces": entry,
    }  # fmt: skip
    Entry(**same).save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry(**same).save()
