# SPDX-License-Identifier: Apache-2.0
"""Finding an indicator by any of its names, as one types, with or without tones."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Indicator, IndicatorName, Unit

_CANDIDATES = 300


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
