# SPDX-License-Identifier: Apache-2.0
import pytest
from django.db import DatabaseError, connection, transaction

from bamsat.rooms.accounts import actions, audit, triggers
from bamsat.rooms.accounts.models import AuditRecord
from tests.cast import Cast


@pytest.fixture
def trail(cast: Cast) -> list[AuditRecord]:
    for language in ("en", "vi", "en"):
        actions.choose_language(cast.specialist, language)
    return list(AuditRecord.objects.order_by("pk"))


def test_each_record_carries_the_digest_of_the_one_before(trail: list[AuditRecord]):
    assert trail[0].previous_digest == audit.START
    assert [row.previous_digest for row in trail[1:]] == [row.digest for row in trail[:-1]]
    assert audit.verify() is None


def test_the_database_refuses_to_change_or_remove_a_record(trail: list[AuditRecord]):
    for forge in (lambda rows: rows.update(reason="khác"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            forge(AuditRecord.objects.filter(pk=trail[-1].pk))


def test_a_record_changed_by_someone_who_rules_the_database_shows(trail: list[AuditRecord]):
    triggers.remove(connection)
    AuditRecord.objects.filter(pk=trail[-2].pk).update(details={"language": "vi", "added": True})
    assert audit.verify() == trail[-2]


def test_a_record_removed_by_someone_who_rules_the_database_shows(trail: list[AuditRecord]):
    triggers.remove(connection)
    AuditRecord.objects.filter(pk=trail[-2].pk).delete()
    assert audit.verify() == trail[-1]


def test_a_record_is_neither_edited_nor_removed(trail: list[AuditRecord]):
    with pytest.raises(ValueError, match="never changed"):
        trail[0].save()
    with pytest.raises(ValueError, match="never removed"):
        trail[0].delete()


def test_a_record_says_who_did_what_to_what(cast: Cast):
    row = audit.record(cast.director, "places.place.renamed", cast.home, "theo nghị quyết", name="Cao Bằng")
    assert (row.by, row.action, row.object_type, row.object_id) == (
        cast.director, "places.place.renamed", "places.place", str(cast.home.pk),
    )  # fmt: skip
    assert (row.reason, row.details) == ("theo nghị quyết", {"name": "Cao Bằng"})
