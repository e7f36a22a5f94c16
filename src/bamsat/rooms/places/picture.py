# SPDX-License-Identifier: Apache-2.0
"""The picture of the tree that a plan needs: a handful of questions, whatever the size of the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.changes import Change, Picture, Span, Step
from bamsat.rooms.places.models import Ancestor, Place, PlaceKind, PlaceRole, PlaceVersion, Succession


def picture(change: Change) -> Picture:
    """The places of the change and all above them, what is below on the day or later, namesakes, roles and kinds."""
    named = {*change.places, *(each for each in (change.into, change.parent) if each)}
    above = set(Ancestor.objects.filter(place__in=named).values_list("ancestor_id", flat=True))
    not_over = Q(valid_to=None) | Q(valid_to__gt=change.on)
    below = [_span(each) for each in PlaceVersion.objects.filter(not_over, parent__in=change.places)]
    seen = named | above | {span.place for span in below}
    spans = _spans(seen)
    kinds = {pk: kind for ids in _some(seen) for pk, kind in Place.objects.filter(pk__in=ids).values_list("pk", "kind")}
    ranks = PlaceKind.objects.values_list("code", "rank", "administrative")
    return Picture(
        spans, kinds, _by_parent(below), _namesakes(change, kinds), _later(change, named | above),
        _roles(change),
        {code: rank for code, rank, _ in ranks}, frozenset(code for code, _, administrative in ranks if administrative),
    )  # fmt: skip


def _spans(places: Iterable[int]) -> dict[int, tuple[Span, ...]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for ids in _some(places):
        for version in PlaceVersion.objects.filter(place__in=ids).order_by("valid_from"):
            found[version.place_id].append(_span(version))
    return {place: tuple(sorted(spans, key=lambda span: str(span.start or ""))) for place, spans in found.items()}


def _namesakes(change: Change, kinds: dict[int, str]) -> tuple[Span, ...]:
    """Who bears, among places of the same kind, a code or a name that begins."""
    same = {kinds[place] for place in change.places if place in kinds} | {one.kind for one in change.begins}
    names = {fold(one.name)[:200] for one in change.begins}
    codes = {one.code for one in change.begins if one.code}
    borne = PlaceVersion.objects.filter(Q(folded__in=names) | Q(code__in=codes), place__kind__in=same)
    return tuple(_span(each) for each in borne)


def _later(change: Change, places: set[int]) -> tuple[Step, ...]:
    """Successions of the day or later in which these places take part."""
    found = Succession.objects.filter(Q(old__in=places) | Q(new__in=places), on__gte=change.on)
    return tuple(Step(each.old_id, each.new_id, each.share, each.on) for each in found)


def _roles(change: Change) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    not_over = Q(valid_to=None) | Q(valid_to__gt=change.on)
    for role in PlaceRole.objects.filter(not_over, place__in=change.places).select_related("user"):
        found[role.place_id].append(f"{role.user} ({role.get_role_display()})")
    return {place: tuple(sorted(words)) for place, words in found.items()}


def _span(version: PlaceVersion) -> Span:
    return Span(
        version.place_id, version.name, version.name_en, version.word, version.code, version.parent_id,
        version.valid_from, version.valid_to, version.pk,
    )  # fmt: skip


def _by_parent(spans: list[Span]) -> dict[int, tuple[Span, ...]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda span: (span.name, span.place)):
        if span.parent is not None:
            found[span.parent].append(span)
    return {parent: tuple(listed) for parent, listed in found.items()}


def _some(ids: Iterable[int], size: int = 500) -> Iterable[list[int]]:
    listed = sorted(ids)
    return (listed[at : at + size] for at in range(0, len(listed), size))
