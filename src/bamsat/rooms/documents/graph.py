# SPDX-License-Identifier: Apache-2.0
"""What a document is based on, carries out, amends or replaces, and what does so to it: two steps each way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bamsat.rooms.documents.models import Record, Relation
from bamsat.rooms.documents.searching import records_for

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

STEPS = 2
MOST_A_STEP = 60

# What a relation is called, seen from the document that relates and from the one that it relates to.
FORWARD = {
    "based_on": gettext_noop("Căn cứ vào"), "carries_out": gettext_noop("Thực hiện"),
    "amends": gettext_noop("Sửa đổi, bổ sung"), "replaces": gettext_noop("Thay thế"),
    "answers": gettext_noop("Trả lời"), "cites": gettext_noop("Viện dẫn"),
}  # fmt: skip
BACKWARD = {
    "based_on": gettext_noop("Là căn cứ của"), "carries_out": gettext_noop("Được thực hiện bằng"),
    "amends": gettext_noop("Được sửa đổi, bổ sung bởi"), "replaces": gettext_noop("Bị thay thế bởi"),
    "answers": gettext_noop("Được trả lời bởi"), "cites": gettext_noop("Được viện dẫn trong"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Graph:
    """Records around one: by step (-2, -1: what it rests on; 1, 2: what rests on it), and the relations among them."""

    centre: Record
    steps: dict[int, list[Record]]
    relations: list[Relation]

    @property
    def any(self) -> bool:
        return bool(self.relations)

    def step_of(self) -> dict[int, int]:
        return {record.pk: step for step, records in self.steps.items() for record in records}


def graph(user: User | AnonymousUser, record: Record) -> Graph:
    steps: dict[int, list[Record]] = {0: [record]}
    met = {record.pk}
    relations: dict[int, Relation] = {}
    for way in (-1, 1):
        at = [record]
        for step in range(1, STEPS + 1):
            found = _next(user, at, way)
            relations |= {relation.pk: relation for relation in found}
            ends = {each.pk: each for each in (relation.to if way < 0 else relation.of for relation in found)}
            at = [each for pk, each in ends.items() if pk not in met][:MOST_A_STEP]
            met |= {each.pk for each in at}
            if at:
                steps[way * step] = at
    kept = [one for one in relations.values() if one.of_id in met and one.to_id in met]
    return Graph(record, steps, sorted(kept, key=lambda one: one.pk))


def _next(user: User | AnonymousUser, at: list[Record], way: int) -> list[Relation]:
    """Relations from these records (back to what they rest on) or to them."""
    seen = records_for(user).values("pk")
    here = {"of__in": at} if way < 0 else {"to__in": at}
    there = {"to__in": seen} if way < 0 else {"of__in": seen}
    rows = Relation.objects.filter(**here, **there).select_related("of", "to", "citation").order_by("kind", "pk")
    return list(rows[:MOST_A_STEP])


@dataclass(frozen=True, slots=True)
class Tie:
    """One line of the list beside the picture: how the document stands to another."""

    relation: Relation
    word: str
    other: Record
    forward: bool


def ties(found: Graph) -> list[Tie]:
    """The relations of the document itself, what it rests on first."""
    centre = found.centre.pk
    away = [
        Tie(one, _(FORWARD.get(one.kind, one.kind)), one.to, True) for one in found.relations if one.of_id == centre
    ]
    back = [
        Tie(one, _(BACKWARD.get(one.kind, one.kind)), one.of, False) for one in found.relations if one.to_id == centre
    ]
    return [*away, *back]


def further(found: Graph) -> list[tuple[Record, str, Record]]:
    """The relations of the second step, in words."""
    centre = found.centre.pk
    return [
        (one.of, _(FORWARD.get(one.kind, one.kind)), one.to)
        for one in found.relations
        if centre not in (one.of_id, one.to_id)
    ]
