# SPDX-License-Identifier: Apache-2.0
"""Who has sent, on time or late, and who has not: by form, kind of place or place, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import sort_key
from bamsat.rooms.places.models import Kind, Place, PlaceKind
from bamsat.rooms.places.queries import covered_by, scope
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import ReturnState
from bamsat.rooms.submissions.month.duties import Duty, duties_between
from bamsat.rooms.submissions.month.laggards import communes_of
from bamsat.rooms.submissions.month.returns_read import SENT, Line
from bamsat.rooms.submissions.month.rows import address
from bamsat.rooms.submissions.naming_places import full_names
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

FORM, KIND, PLACE, PERIOD = "form", "kind", "place", "period"
WAYS = (FORM, KIND, PLACE, PERIOD)


@dataclass(slots=True)
class Cell:
    """So many of so many in one month; of a single place its return."""

    total: int = 0
    done: int = 0
    late: int = 0
    drafts: int = 0
    overdue: int = 0  # not sent though it was due
    line: Line | None = None
    href: str = ""

    def add(self, places: Set[int], duty: Duty, now: datetime) -> None:
        sent = places & duty.places_in(*SENT)
        self.total += len(places)
        self.done += len(sent)
        self.late += len(sent & duty.standing.late)
        self.drafts += len(places & duty.places_in(ReturnState.DRAFT, ReturnState.RETURNED))
        if duty.due is not None and duty.due < now:
            self.overdue += len(places) - len(sent)

    @property
    def shape(self) -> str:
        if self.overdue:
            return "bad"
        if self.done == self.total:
            return "good"
        return "half" if self.done or self.drafts else "wait"

    @property
    def text(self) -> str:
        """ "41/56"; of a single place its state in words."""
        if self.total == 1:
            return self.word
        return f"{words.number(self.done)}/{words.number(self.total)}"

    @property
    def word(self) -> str:
        if self.line is not None and self.line.is_sent:
            state = str(ReturnState(self.line.state).label)
            return _("%(state)s, muộn") % {"state": state} if self.late else state
        if self.line is not None and self.line.state == ReturnState.RETURNED:
            return _("Trả lại")
        if self.line is not None:
            return _("Đang nhập")
        return _("Đã gửi") if self.done else _("Quá hạn") if self.overdue else _("Chưa mở")


@dataclass(slots=True)
class MatrixRow:
    """One form, kind, place or month."""

    name: str
    sub: str = ""
    href: str = ""
    cells: dict[int, Cell] = field(default_factory=lambda: defaultdict(Cell))  # by the last month of the period
    all: Cell = field(default_factory=Cell)
    order: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """Rows over months, with what stands at the foot."""

    by: str
    months: tuple[int, ...]
    rows: tuple[MatrixRow, ...]
    all: Cell

    def table(self) -> list[list[str]]:
        """For a file: a name and two columns a month, then the sums."""
        heads = [_("Tên"), *(words.month_of(month) for month in self.months), _("Đã gửi"), _("Phải gửi"), _("Gửi muộn")]
        return [heads, *([*self._line(row)] for row in self.rows)]

    def _line(self, row: MatrixRow) -> list[str]:
        told = [row.cells[month].text if month in row.cells else "" for month in self.months]
        return [row.name, *told, str(row.all.done), str(row.all.total), str(row.all.late)]

    def lines(self) -> list[tuple[MatrixRow, list[tuple[str, Cell | None]]]]:
        """For the page: each cell with the name of its month, which it says itself on a phone."""
        names = [(month, words.capital(words.month_of(month))) for month in self.months]
        return [(row, [(name, row.cells.get(month)) for month, name in names]) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of all that is looked at."""

    form: str = ""
    kind: str = ""
    commune: Place | None = None


def overview(user: User, first: int, last: int, by: str, now: datetime, narrowed: Narrowed = Narrowed()) -> Overview:
    """The periods that end in these months. A fixed number of queries."""
    every = duties_between(user, first, last, one_by_one=by == PLACE)
    found = [duty for duty in every if not narrowed.form or duty.form.code == narrowed.form]
    allowed = _allowed(found, narrowed)
    kind_of = _kinds(found) if by == KIND else {}
    rows: dict[object, MatrixRow] = {}
    foot = Cell()
    for duty in found:
        expected = duty.expected if allowed is None else duty.expected & allowed
        if not expected:
            continue
        foot.add(expected, duty, now)
        for key, places in _split(by, duty, expected, kind_of):
            row = rows.setdefault(key, MatrixRow(""))
            row.cells[duty.period.last].add(places, duty, now)
            row.all.add(places, duty, now)
            _lead(row.cells[duty.period.last], by, duty, places)
            if by == FORM:
                row.name, row.order = duty.form.name, (duty.form.order, duty.form.code)
                row.href = "?" + urlencode({"bieu": duty.form.code, "theo": PLACE})
    _name(rows, by)
    months = sorted({month for row in rows.values() for month in row.cells}) if by != PERIOD else []
    ordered = sorted(rows.values(), key=lambda row: row.order)
    return Overview(by, tuple(months), tuple(ordered), foot)


def _allowed(found: Sequence[Duty], narrowed: Narrowed) -> set[int] | None:
    if not narrowed.kind and narrowed.commune is None:
        return None
    rows = covered_by({narrowed.commune.pk}) if narrowed.commune else Place.objects.all()
    if narrowed.kind:
        rows = rows.filter(kind=narrowed.kind)
    return set(rows.values_list("pk", flat=True))


def _kinds(found: Sequence[Duty]) -> dict[int, str]:
    every = frozenset().union(*(duty.expected for duty in found))
    return dict(Place.objects.filter(pk__in=every).values_list("pk", "kind"))


def _split(by: str, duty: Duty, expected: frozenset[int], kind_of: dict[int, str]) -> Iterable[tuple[object, Set[int]]]:
    """The rows to which a duty adds, with the places that it adds."""
    if by == FORM:
        return [(duty.form.pk, expected)]
    if by == PERIOD:
        return [(duty.period.last, expected)]
    if by == PLACE:
        return [(pk, {pk}) for pk in expected]
    groups: dict[str, set[int]] = defaultdict(set)
    for pk in expected:
        groups[kind_of[pk]].add(pk)
    return list(groups.items())


def _lead(cell: Cell, by: str, duty: Duty, places: Set[int]) -> None:
    """Of one return to itself, of several to who has not sent."""
    if by == PLACE and cell.total == 1:
        cell.line = duty.standing.lines.get(next(iter(places)))
        cell.href = address("submissions:review", cell.line.uuid) if cell.line else ""
    elif by == FORM:
        cell.href = address("submissions:chase", duty.form.code) + "?" + urlencode({"ky": duty.period.code})
    else:
        cell.line, cell.href = None, ""


def _name(rows: dict[object, MatrixRow], by: str) -> None:
    if by == PERIOD:
        for key, row in rows.items():
            month = int(str(key))
            row.name, row.order = words.capital(words.period(Period(month, month).code)), (-month,)
    if by == KIND:
        kinds = {kind.code: kind for kind in PlaceKind.objects.all()}
        for key, row in rows.items():
            kind = kinds.get(str(key))
            row.name, row.order = words.capital(kind.name if kind else str(key)), (kind.rank if kind else 0, str(key))
            row.href = "?" + urlencode({"loai": str(key), "theo": PLACE})
    if by == PLACE:
        ids = [int(str(key)) for key in rows]
        names, communes = full_names(ids), communes_of(ids)
        for key, row in rows.items():
            pk = int(str(key))
            row.name = names.get(pk, str(pk))
            commune = communes.get(pk, "")
            row.sub = commune if commune and not row.name.endswith(commune) else ""
            row.order = (-row.all.overdue, sort_key(row.name))


def forms_and_kinds(user: User, first: int, last: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What the page can be narrowed to."""
    found = duties_between(user, first, last)
    held = {duty.form.code: duty.form for duty in found}
    chosen = [(form.code, form.name) for form in sorted(held.values(), key=lambda form: (form.order, form.code))]
    kinds = PlaceKind.objects.filter(code__in={code for duty in found for code in _senders(duty)})
    return chosen, [(kind.code, words.capital(kind.name)) for kind in kinds]


def _senders(duty: Duty) -> Sequence[str]:
    return definition_of(duty.version).senders


def commune_named(user: User, slug: str) -> Place | None:
    return scope(user).filter(slug=slug, kind=Kind.COMMUNE).first() if slug else None
