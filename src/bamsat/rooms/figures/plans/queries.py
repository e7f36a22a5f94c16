# SPDX-License-Identifier: Apache-2.0
"""Plans as a user may see them, what each version states, and how targets are divided into parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from bamsat.core.terms.period import Period
from bamsat.rooms.figures.models import Entry, EntryKind, Measure, Plan, Series, Withdrawal
from bamsat.rooms.figures.plans.segments import Breakdowns
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import PlaceVersion
from bamsat.rooms.places.queries import scope, writing_scope
from bamsat.rooms.places.rights import Function

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

KEY = ("series", "period", "base", "kind", "vintage")
OVERS = ("months", "quarters", "places", "breakdown")


@dataclass(frozen=True, slots=True)
class Division:
    """The parts of one target over months, quarters, places or a code list, and whether they add up to it."""

    total: Entry
    over: str
    codelist: str
    parts: tuple[Entry, ...]
    expected: int | None  # how many parts there are when none is missing, where that is known
    adds: bool  # whether the parts are meant to add up to the total

    @property
    def summed(self) -> Decimal:
        return sum((part.amount for part in self.parts), Decimal(0))

    @property
    def left(self) -> Decimal:
        """What the parts lack of the total; less than nothing where they exceed it."""
        return self.total.amount - self.summed

    @property
    def whole(self) -> bool:
        """Whether nothing is missing: every part is there, and they add up to the last unit."""
        return self.complete and (not self.adds or self.left == 0)

    @property
    def complete(self) -> bool:
        return self.expected is None or len(self.parts) == self.expected


# Plans.


def visible_plans(user: User | AnonymousUser) -> QuerySet[Plan]:
    """Plans of the user's places, and those that give a target to one of them."""
    given = Entry.objects.filter(plan__isnull=False, series__in=series_of(user).values("pk")).values("plan_id")
    plans = Plan.objects.filter(Q(place__in=scope(user).values("pk")) | Q(pk__in=given))
    return plans.select_related("place", "supersedes", "superseded_by", "document", "by")


def plan_at(user: User | AnonymousUser, uuid: UUID | str) -> Plan:
    """The plan at an address; Plan.DoesNotExist also when the user may not see it."""
    return visible_plans(user).get(uuid=uuid)


def may_plan(user: User | AnonymousUser, plan: Plan) -> bool:
    """Whether the user may change what this plan says."""
    return writing_scope(user, Function.PLAN).filter(pk=plan.place_id).exists()


def superseder(plan: Plan) -> Plan | None:
    return Plan.objects.filter(supersedes=plan).first()


def versions(plan: Plan) -> list[Plan]:
    """Every version of a plan, the first decision first."""
    found, at = [plan], plan
    while at.supersedes is not None:
        at = at.supersedes
        found.insert(0, at)
    while later := superseder(found[-1]):
        found.append(later)
    return found


def withdrawn(plan: Plan) -> Withdrawal | None:
    """The withdrawal of a plan of which nothing stands any more; None for one that has targets, or never had any."""
    if Entry.objects.filter(plan=plan, withdrawal=None).exists():
        return None
    return Withdrawal.objects.filter(entry__plan=plan).select_related("by").order_by("-pk").first()


def not_in_force(plans: Iterable[Plan]) -> set[int]:
    """Ids of those plans that are superseded, or of which every target was withdrawn."""
    ids = [plan.pk for plan in plans]
    superseded = set(Plan.objects.filter(supersedes__in=ids).values_list("supersedes_id", flat=True))
    had = set(Entry.objects.filter(plan__in=ids).values_list("plan_id", flat=True).distinct())
    stands = set(Entry.objects.filter(plan__in=ids, withdrawal=None).values_list("plan_id", flat=True).distinct())
    return {one for one in superseded | (had - stands) if one is not None}


# Targets.


def targets(plan: Plan, user: User | AnonymousUser | None = None) -> list[Entry]:
    """What a version of a plan states, the last of each line; for a user, what that user may see of it.

    A version that was superseded goes on saying what it said until then.
    """
    own = Entry.objects.filter(plan=plan, kind=EntryKind.PLAN)
    later = superseder(plan)
    own = own.exclude(withdrawal__at__lt=later.at) if later else own.filter(withdrawal=None)
    if user is not None:
        own = own.filter(series__in=series_of(user).values("pk"))
    last = {(e.series_id, e.period, e.base, e.kind, e.vintage): e for e in own.order_by("pk")}
    series = Series.objects.select_related("indicator", "place").in_bulk({key[0] for key in last})
    for entry in last.values():
        entry.series = series[entry.series_id]
    return sorted(last.values(), key=_in_order)


def target_at(user: User | AnonymousUser, plan: Plan, uuid: UUID | str) -> Entry:
    """The target that stands now in the line of this entry; Entry.DoesNotExist where the plan has none to show."""
    known = Entry.objects.get(uuid=uuid, plan=plan, series__in=series_of(user).values("pk"))
    found = [each for each in targets(plan) if line_of(each) == line_of(known)]
    if not found:
        raise Entry.DoesNotExist
    return found[0]


def line_of(entry: Entry) -> tuple[int, str, str]:
    """What makes two targets of plans the same one, in different versions."""
    return (entry.series_id, entry.period, entry.base)


def _in_order(entry: Entry) -> tuple[object, ...]:
    series, indicator, place = entry.series, entry.series.indicator, entry.series.place
    return (
        indicator.order, indicator.sort_key, indicator.code, series.segment != "", series.segment, place.sort_key,
        place.pk, entry.first_month, -entry.last_month, series.measure != Measure.LEVEL, series.price_basis,
    )  # fmt: skip


# Parts.


class Tree:
    """The targets of one plan with what is a part of what: months of a year, communes of a province, codes of a list.

    Nothing is stored for this: a part is a target of the same thing for a shorter period, a lower place or a code.
    """

    def __init__(self, found: Sequence[Entry]) -> None:
        self.entries = found
        parent = parents(found)
        self._by_series: dict[int, list[Entry]] = defaultdict(list)
        self._below: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
        self._coded: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
        for entry in found:
            self._by_series[entry.series_id].append(entry)
            self._below[parent.get(entry.series.place_id), *_same_but(entry, "place")].append(entry)
            if entry.series.segment:
                self._coded[_same_but(entry, "segment")].append(entry)
        self._breakdowns = Breakdowns.of({entry.series.segment for entry in found})

    def divisions(self, total: Entry) -> list[Division]:
        """How a target is divided; a target may be divided in several ways at once."""
        made = [*self._spans(total), *self._places(total), *self._codes(total)]
        return [each for each in made if each.parts]

    def division(self, total: Entry, over: str, codelist: str = "") -> Division | None:
        found = (d for d in self.divisions(total) if d.over == over and (over != "breakdown" or d.codelist == codelist))
        return next(found, None)

    def tops(self) -> list[Entry]:
        """Targets that are no part of another one."""
        parts = {part.pk for total in self.entries for each in self.divisions(total) for part in each.parts}
        return [entry for entry in self.entries if entry.pk not in parts]

    def _spans(self, total: Entry) -> list[Division]:
        length = _length(total)
        if length == 1:
            return []
        inside = [
            entry
            for entry in self._by_series[total.series_id]
            if total.first_month <= entry.first_month and entry.last_month <= total.last_month
        ]
        months = tuple(e for e in inside if _length(e) == 1)
        quarters = tuple(e for e in inside if length > 3 and _length(e) == 3 and e.first_month % 3 == 0)
        return [
            Division(total, "months", "", months, length, adds(total)),
            Division(total, "quarters", "", quarters, length // 3, adds(total)),
        ]

    def _places(self, total: Entry) -> list[Division]:
        parts = tuple(self._below.get((total.series.place_id, *_same_but(total, "place")), ()))
        return [Division(total, "places", "", parts, None, adds(total))]

    def _codes(self, total: Entry) -> list[Division]:
        of_list: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._coded.get(_same_but(total, "segment"), ()):
            if codelist := self._breakdowns.part_of(entry.series.segment, total.series.segment):
                of_list[codelist].append(entry)
        return [Division(total, "breakdown", one, tuple(parts), None, adds(total)) for one, parts in of_list.items()]


def adds(total: Entry) -> bool:
    """Whether parts of this target are shares of a sum; parts of a growth are growths of their own."""
    return total.series.measure in (Measure.LEVEL, Measure.CHANGE)


def parents(entries: Iterable[Entry]) -> dict[int, int]:
    """For each place of these targets, the place above it at the end of their period."""
    day = max((last_day(entry.last_month) for entry in entries), default=date.max)
    ids = {entry.series.place_id for entry in entries}
    rows = PlaceVersion.objects.filter(place__in=ids, parent__isnull=False).order_by("valid_from")
    found: dict[int, int] = {}
    for row in rows:
        if (row.place_id not in found or row.holds_on(day)) and row.parent_id:
            found[row.place_id] = row.parent_id
    return found


def last_day(month: int) -> date:
    """The first day that is surely in force for a month counted from year 0: its last one, less what months lack."""
    return date(month // 12, month % 12 + 1, 28)


def period_of(entry: Entry) -> Period:
    return Period(entry.first_month, entry.last_month)


def _length(entry: Entry) -> int:
    return entry.last_month - entry.first_month + 1


def _same_but(entry: Entry, what: str) -> tuple[object, ...]:
    """All that a target and its part have in common, but for the place or the segment."""
    series = entry.series
    rest = series.segment if what == "place" else series.place_id
    return (
        series.indicator_id, rest, series.measure, series.unit, series.price_basis, series.provider, entry.period,
        entry.base,
    )  # fmt: skip
