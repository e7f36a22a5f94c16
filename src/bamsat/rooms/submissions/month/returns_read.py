# SPDX-License-Identifier: Apache-2.0
"""Who has sent which form: thousands of returns as sets of places, or one by one where each is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Aggregate, Case, CharField, ExpressionWrapper, F, When

from bamsat.rooms.submissions.models import Return, ReturnState

SENT = (ReturnState.SENT, ReturnState.CHECKED, ReturnState.APPROVED)
Key = tuple[int, int, int]  # form, first and last month


class Line(NamedTuple):
    """A return as far as it tells who has sent."""

    form: int
    first: int
    last: int
    place: int
    state: str
    is_late: bool
    told_uuid: UUID | str  # as the database has it: thousands are read, few are shown
    filled: int
    asked: int

    @property
    def uuid(self) -> UUID:
        return UUID(str(self.told_uuid))

    @property
    def is_sent(self) -> bool:
        return self.state in SENT


@dataclass(slots=True)
class Standing:
    """The places of one form and period by state, and those that sent late."""

    places: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    late: set[int] = field(default_factory=set)
    lines: dict[int, Line] = field(default_factory=dict)


class _Ids(Aggregate):
    """All ids of a group as one text, which is read in one go."""

    function = "GROUP_CONCAT"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "STRING_AGG(CAST(%(expressions)s AS TEXT), ',')"
        return super().as_sql(compiler, connection, template=template, **context)


_LATE_PLACE = Case(When(sent_at__gt=F("due"), then=F("place_id")))
_LATE = Case(When(sent_at__gt=F("due"), then=1), default=0)


def standings(wanted: Iterable[Key], one_by_one: Iterable[int] | None = None) -> Mapping[Key, Standing]:
    """All returns of these forms and periods in one query; with `one_by_one`, those of these places, each as a line."""
    found: dict[Key, Standing] = defaultdict(Standing)
    if one_by_one is None:
        # Grouped in the order of the index, so that the database sorts nothing.
        rows = _of(wanted).values_list("last_month", "form_id", "state", "first_month")
        for last, form, state, first, ids, late in rows.annotate(ids=_Ids("place_id"), late=_Ids(_LATE_PLACE)):
            standing = found[form, first, last]
            standing.places[state] |= set(map(int, ids.split(",")))
            standing.late |= set(map(int, late.split(","))) if late else set()
        return found
    for line in lines(_of(wanted).filter(place__in=one_by_one)):
        _add(found[line.form, line.first, line.last], line)
    return found


def every_line(wanted: Iterable[Key]) -> Mapping[Key, Standing]:
    """The same with a line for each return."""
    found: dict[Key, Standing] = defaultdict(Standing)
    for line in lines(_of(wanted)):
        _add(found[line.form, line.first, line.last], line)
    return found


def lines(rows: Any) -> Iterable[Line]:
    told = rows.annotate(late=_LATE, told_uuid=ExpressionWrapper(F("uuid"), output_field=CharField()))
    for row in told.values_list(
        "form_id", "first_month", "last_month", "place_id", "state", "late", "told_uuid", "filled", "asked"
    ):
        yield Line(*row)


def _add(standing: Standing, line: Line) -> None:
    standing.places[line.state].add(line.place)
    standing.lines[line.place] = line
    if line.is_late:
        standing.late.add(line.place)


def _of(wanted: Iterable[Key]) -> Any:
    """A little more than asked for, where forms have periods of different lengths: nobody asks for that part."""
    keys = list(wanted)
    months = [last for _form, _first, last in keys] or [0]
    rows = Return.objects.filter(last_month__gte=min(months), last_month__lte=max(months))
    return rows.filter(form__in={form for form, _first, _last in keys}).order_by()
