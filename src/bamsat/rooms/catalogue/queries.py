# SPDX-License-Identifier: Apache-2.0
"""Finding an indicator by any of its names, as one types, with or without tones; sets, sources, lists, units."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import (
    Code,
    CodeList,
    Identity,
    Indicator,
    IndicatorName,
    IndicatorSet,
    Provider,
    SetMember,
    Unit,
)
from bamsat.rooms.catalogue.naming import CodeNames, code_names, coded_segment, segment_name
from bamsat.rooms.catalogue.workdays import SpecialDay, calendar, special_days

__all__ = [
    "CodeNames", "Node", "SpecialDay", "Suggestion", "calendar", "code_names", "coded_segment", "identities",
    "in_charge", "in_force", "indicator_coded", "indicators", "preferred_providers", "providers", "segment_name",
    "sets", "sets_of", "special_days", "suggest", "tree", "unit_scale", "used_in",
]  # fmt: skip

_CANDIDATES = 300

# Rooms above say what this one cannot know: who is in charge of a set, and where an indicator has figures. Both answer
# with names and addresses of pages.
Linked = list[tuple[str, str]]
in_charge: list[Callable[[IndicatorSet], Linked]] = []
used_in: list[Callable[[Indicator], Linked]] = []


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An indicator that fits what was typed, and the wording by which it fits."""

    indicator: Indicator
    matched: str

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def name(self) -> str:
        return self.indicator.name

    @property
    def unit(self) -> str:
        return self.indicator.display_unit or self.indicator.unit


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Indicators that fit the words typed so far, the best first; the main ones if nothing is typed.

    Whole name, then beginning of a name, then beginnings of words in order, then anywhere; shorter names first.
    """
    typed = fold(text)
    if not typed:
        return [Suggestion(indicator, indicator.name_vi) for indicator in Indicator.objects.all()[:limit]]
    best: dict[int, tuple[tuple[int, int, int], Suggestion]] = {}
    for indicator, wording, folded in _wordings(typed.split()):
        rank = (_rank(typed, folded), indicator.order, len(folded))
        if indicator.pk not in best or rank < best[indicator.pk][0]:
            best[indicator.pk] = (rank, Suggestion(indicator, wording))
    return [suggestion for _, suggestion in sorted(best.values(), key=lambda found: found[0])[:limit]]


def _wordings(words: list[str]) -> list[tuple[Indicator, str, str]]:
    has_all = Q()
    for word in words:
        has_all &= Q(folded__contains=word)
    named = Indicator.objects.filter(has_all | Q(code__startswith="_".join(words)))[:_CANDIDATES]
    aliased = IndicatorName.objects.filter(has_all).select_related("indicator").order_by("indicator__order")
    return [(i, i.name_vi, i.folded) for i in named] + [(a.indicator, a.text, a.folded) for a in aliased[:_CANDIDATES]]


def _rank(typed: str, folded: str) -> int:
    if folded == typed:
        return 0
    if folded.startswith(typed):
        return 1
    if f" {typed}" in folded:
        return 2
    return 3 if _words_in_order(typed.split(), folded.split()) else 4


def _words_in_order(typed: list[str], words: list[str]) -> bool:
    rest = iter(words)
    return all(any(word.startswith(part) for word in rest) for part in typed)


def indicator_coded(code: str) -> Indicator | None:
    return Indicator.objects.filter(code=code).first()


def indicators() -> QuerySet[Indicator]:
    """The whole catalogue in its own order, with all wordings."""
    return Indicator.objects.prefetch_related("names")


def unit_scale(code: str) -> int:
    """How many decimals the ledger keeps for a unit; money in đồng none, other currencies two, all else six."""
    known = Unit.objects.filter(code=code).values_list("scale", flat=True).first()
    return 6 if known is None else known


# Sets, sources, lists, identities.


def in_force(day: date | None = None) -> Q:
    """Rows that have not ended, on a day or today."""
    return Q(valid_to__isnull=True) | Q(valid_to__gt=day or timezone.localdate())


def providers() -> QuerySet[Provider]:
    """Who gives values, the preferred ones first."""
    return Provider.objects.filter(in_force())


def sets() -> QuerySet[IndicatorSet]:
    """The fields of work, the main indicators first."""
    return IndicatorSet.objects.filter(in_force()).select_related("provider")


def sets_of(indicator: Indicator) -> QuerySet[IndicatorSet]:
    return sets().filter(members__indicator=indicator)


def preferred_providers(of: Iterable[Indicator | int]) -> dict[int, str]:
    """The code of the source preferred for each indicator, from the first of its sets that names one; one query."""
    wanted = {one if isinstance(one, int) else one.pk for one in of}
    today = timezone.localdate()
    still = (Q(set__valid_to__isnull=True) | Q(set__valid_to__gt=today)) & (
        Q(set__provider__valid_to__isnull=True) | Q(set__provider__valid_to__gt=today)
    )
    rows = (
        SetMember.objects.filter(still, indicator__in=wanted, set__provider__isnull=False)
        .order_by("-set__order", "-set__code")  # the first set is written last, and so stays
        .values_list("indicator_id", "set__provider__code")
    )
    return dict(rows)


def identities(day: date | None = None) -> QuerySet[Identity]:
    return Identity.objects.filter(in_force(day))


@dataclass(frozen=True, slots=True)
class Node:
    """A code of a list and those below it."""

    code: Code
    below: list[Node] = field(default_factory=list)
    depth: int = 0


def list_on(code: str, day: date | None = None) -> CodeList | None:
    """The version of a list in force on a day; of two, the later one."""
    day = day or timezone.localdate()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    found = CodeList.objects.filter(begun, in_force(day), code=code)
    return max(found, key=lambda one: (one.valid_from or date.min, one.version), default=None)


def tree(code: str, day: date | None = None) -> list[Node]:
    """The codes of a list as they are on a day, each with those below it; two queries."""
    version = list_on(code, day)
    return tree_of(version, day) if version else []


def tree_of(version: CodeList, day: date | None = None) -> list[Node]:
    day = day or timezone.localdate()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    rows = list(version.codes.filter(begun, in_force(day)))
    below: dict[int | None, list[Code]] = {}
    there = {row.pk for row in rows}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in there else None, []).append(row)

    def nodes(parent: int | None, depth: int) -> list[Node]:
        return [Node(row, nodes(row.pk, depth + 1), depth) for row in below.get(parent, [])]

    return nodes(None, 0)
