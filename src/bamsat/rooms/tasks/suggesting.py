# SPDX-License-Identifier: Apache-2.0
"""What the machine proposes for a task: an instruction's own words, and the bodies of the directory that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from bamsat.core.terms.directive import Condition
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.directory.models import Body, BodyVersion, standing
from bamsat.rooms.documents.models import ReadInstruction, Record
from bamsat.rooms.places.models import Ancestor, Place
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.models import Time

_APART = re.compile(r"[,;]| và | phối hợp ")
_LEAST = 6  # letters of a name that may stand inside another


def suggest(instruction: ReadInstruction) -> TaskAsked:
    """The task that an instruction asks for, with what could be filled in; a person looks at it before it is one."""
    read: dict[str, Any] = instruction.as_read
    document = instruction.document
    record = Record.objects.filter(document=document).first()
    names = Names.of(document.office)
    supporting = names.each(read.get("supporting") or ())
    lead = names.first(instruction.who)
    due = instruction.due
    what = instruction.what or instruction.text
    return TaskAsked(
        what=what[:1].upper() + what[1:], words=instruction.text, product=read.get("product") or "",
        assigner=instruction.said_by or (record.issuer if record else ""), lead=lead,
        supporting=tuple(body for body in supporting if body != lead), begins=_begins(instruction, record, due),
        time=Time.DATE if due else _time(instruction.time), due=due, record=record,
        indicators=tuple(Indicator.objects.filter(code__in=read.get("indicators") or ())),
        condition=condition_of(read.get("condition")),
    )  # fmt: skip


def condition_of(said: dict[str, Any] | None) -> Condition | None:
    """The condition that a task or an instruction keeps as JSON."""
    return Condition(**said | {"value": Decimal(str(said["value"]))}) if said else None


def _time(said: str) -> str:
    """A day that was told but could not be computed is no deadline until somebody writes it."""
    return said if said in Time.values and said != Time.DATE else Time.NONE


def _begins(instruction: ReadInstruction, record: Record | None, due: date | None) -> date:
    """The day of the document; where nobody knows it, the day on which it came."""
    document = instruction.document
    dated = (record.dated if record else None) or document.dated
    came = timezone.localdate(document.uploaded_at)
    return dated or (min(came, due) if due else came)


# The names of bodies.


@dataclass(frozen=True, slots=True)
class Names:
    """The bodies near a place that stand today, by their folded names; the longest first."""

    known: tuple[tuple[str, Body], ...]

    @classmethod
    def of(cls, place: Place | None) -> Names:
        today = timezone.localdate()
        near = Q(body__place=None)
        if place:
            below = Ancestor.objects.filter(ancestor=place).values("place_id")
            above = Ancestor.objects.filter(place=place).values("ancestor_id")
            near |= Q(body__place=place) | Q(body__place__in=above) | Q(body__place__in=below)
        rows = BodyVersion.objects.filter(near, standing(today)).select_related("body__place")
        found: dict[str, list[Body]] = {}
        for version in rows.order_by("body__place", "pk"):
            for name in _spelled(version, place):
                if version.body not in (same := found.setdefault(name, [])):
                    same.append(version.body)
        # A name that several bodies bear means none of them, but for the place's own.
        sole = {name: body for name, same in found.items() if (body := _meant(same, place))}
        return cls(tuple(sorted(sole.items(), key=lambda each: (-len(each[0]), each[0]))))

    def first(self, said: str) -> Body | None:
        """The body that these words name: as a whole, else the first of several, else one inside the words."""
        return next(iter(self.each((said, *_APART.split(said)))), None)

    def each(self, said: Iterable[str]) -> list[Body]:
        found = [body for words in said if words.strip() and (body := self._named(fold(words.strip(" .:"))))]
        return list(dict.fromkeys(found))

    def _named(self, words: str) -> Body | None:
        exact = next((body for name, body in self.known if name == words), None)
        if exact:
            return exact
        return next((body for name, body in self.known if len(name) >= _LEAST and f" {name} " in f" {words} "), None)


def _spelled(version: BodyVersion, place: Place | None) -> set[str]:
    """A body's name, its short name, and the name without its own place at the end: "Sở Công Thương"."""
    name = fold(version.name)
    found = {name, fold(version.short_name)}
    where = version.body.place or place
    if where:
        bare = fold(where.name)
        for tail in (f" tinh {bare}", f" thanh pho {bare}", f" xa {bare}", f" phuong {bare}", f" {bare}"):
            if name.endswith(tail):
                found.add(name.removesuffix(tail))
    return {each for each in found if each}


def _meant(same: list[Body], place: Place | None) -> Body | None:
    if len(same) == 1:
        return same[0]
    own = [body for body in same if place and body.place_id == place.pk]
    return own[0] if len(own) == 1 else None
