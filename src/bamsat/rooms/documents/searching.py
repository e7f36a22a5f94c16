# SPDX-License-Identifier: Apache-2.0
"""Full-text search of the register: what a user may see, documents called by the words before those that hold them.

Within each of the two the newest come first, which the index gives by itself: no rank is worked out, so that a word of
every second document is found as fast as a rare one.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from bamsat.rooms.documents.models import Record
from bamsat.rooms.documents.search_words import Group, for_fts5, for_postgresql, groups_of
from bamsat.rooms.places.queries import covered_by, roots
from bamsat.rooms.places.rights import Function, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST_COUNTED = 1000  # nobody leafs through more; a page says "hơn 1.000"
_SQLITE = '"documents_recordwords"."id" IN (SELECT rowid FROM documents_recordtext WHERE documents_recordtext MATCH %s)'
_WITHIN = 'SELECT "documents_recordwords"."record_id" FROM "documents_recordwords" WHERE {}'
_POSTGRESQL = '"documents_recordwords"."vector" @@ %s::tsquery'


def records_for(user: User | AnonymousUser) -> QuerySet[Record]:
    """The lines of the registers of the offices that the user belongs to, or sees."""
    if sees_everything(user):
        return Record.objects.all()
    held = roots(user, Function.READ)
    return Record.objects.filter(holder__in=covered_by(held).values("pk")) if held else Record.objects.none()


def found(user: User | AnonymousUser, words: str) -> QuerySet[Record]:
    """Every record that the user may see and that fits the words, the newest first; none for no words."""
    groups = groups_of(words)
    return among(records_for(user), groups) if groups else Record.objects.none()


def among(records: QuerySet[Record], groups: tuple[Group, ...], head: bool = False) -> QuerySet[Record]:
    """Those of the records that fit, as a condition like any other: to be filtered on, counted, asked for inside."""
    asks = _asks(groups, head)
    return records.filter(pk__in=RawSQL(_WITHIN.format(asks.sql), asks.params))  # noqa: S611 - as in _asks


def fitting(records: QuerySet[Record], groups: tuple[Group, ...], head: bool | None = None) -> QuerySet[Record]:
    """Those of the records that fit: anywhere, in what they are called by (head), or only elsewhere (not head)."""
    if not groups:
        return records.none()
    rows = records.filter(words__isnull=False).filter(_asks(groups, bool(head)))
    if head is False:
        rows = rows.exclude(_asks(groups, True))
    return rows.order_by("-words__id")


def _asks(groups: tuple[Group, ...], head: bool) -> RawSQL:
    if connection.vendor == "postgresql":
        sql, asked = _POSTGRESQL, for_postgresql(groups, head)
    else:
        sql, asked = _SQLITE, for_fts5(groups, head)
    return RawSQL(sql, [asked], output_field=BooleanField())  # noqa: S611 - fixed text, the words are a parameter


class Found:
    """What fits, for a paginator: those called by the words first, then those in which they stand."""

    def __init__(self, records: QuerySet[Record], groups: tuple[Group, ...]) -> None:
        self.records, self.groups = records, groups

    @cached_property
    def _called(self) -> int:
        return fitting(self.records, self.groups, head=True).order_by()[: MOST_COUNTED + 1].count()

    @cached_property
    def _counted(self) -> int:
        if self._called > MOST_COUNTED:
            return self._called
        return fitting(self.records, self.groups).order_by()[: MOST_COUNTED + 1].count()

    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    __len__ = count

    @property
    def more(self) -> bool:
        """Whether there are more than are counted."""
        return self._counted > MOST_COUNTED

    def __getitem__(self, piece: slice) -> list[Record]:
        start, stop = piece.start or 0, min(piece.stop or MOST_COUNTED, MOST_COUNTED)
        shown: list[Record] = []
        if start < self._called:
            shown += fitting(self.records, self.groups, head=True)[start:stop]
        if self._called < stop and self._counted > self._called:
            rest = fitting(self.records, self.groups, head=False)
            shown += rest[max(start - self._called, 0) : stop - self._called]
        return shown
