# SPDX-License-Identifier: Apache-2.0
"""The plan of each kind of change: merge, split, transfer, rename, found, close; or the reason why it cannot be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from bamsat.rooms.places import change_checks as checks
from bamsat.rooms.places.changes import Begin, Change, Picture, Plan, Shift, Span, Step
from bamsat.rooms.places.models import ChangeKind

WHOLE = Decimal(1)


def plan(change: Change, tree: Picture) -> Plan:
    """What the change does to the tree; ChangeRefused says why it cannot be made, and how to mend it."""
    checks.told_in_full(change)
    for place in change.places:
        checks.may_change(place, change, tree)
    made = _PLANNERS[change.kind](change, tree)
    checks.new_names(made, tree)
    return replace(made, steps=made.steps + _of_those_above(made, tree))


def _merge(change: Change, tree: Picture) -> Plan:
    sources = [place for place in change.places if place != change.into]
    checks.enough_to_merge(change, sources)
    checks.one_kind([*sources, *([change.into] if change.into else [])], change.on, tree)
    checks.none_below_another([*sources, *([change.into] if change.into else [])], change.on, tree)
    ending = tuple(Shift(_now(place, change, tree), None) for place in sources)
    if change.into is None:
        parent = change.parent or checks.common_parent(sources, change.on, tree)
        checks.may_hold(parent, tree.kinds[sources[0]], change.on, tree)
        target, named = -1, (*ending, Shift(None, _begun(-1, change.begins[0], parent, change)))
    else:
        checks.may_receive(change.into, change.on, tree)
        target, named = change.into, ending
    carried, later = _carried(dict.fromkeys(sources, target), change, tree)
    return Plan(change, named, carried, later, tuple(Step(place, target, WHOLE) for place in sources))


def _split(change: Change, tree: Picture) -> Plan:
    place = checks.only_one(change)
    shares = checks.shares(change)
    now = _now(place, change, tree)
    parent = change.parent or now.parent
    parts = [-1 - at for at in range(len(change.begins))]
    begun = tuple(
        Shift(None, _begun(part, one, parent, change)) for part, one in zip(parts, change.begins, strict=True)
    )
    targets = [place, *parts] if change.keeps else parts
    homes = _homes(place, targets, change, tree, stay=place if change.keeps else None)
    carried, later = _carried_each(place, homes, change, tree)
    named = begun if change.keeps else (Shift(now, None), *begun)
    steps = tuple(Step(place, target, share) for target, share in zip(targets, shares, strict=True))
    return Plan(change, named, carried, later, steps)


def _transfer(change: Change, tree: Picture) -> Plan:
    place = checks.only_one(change)
    checks.part_or_whole(change)
    now = _now(place, change, tree)
    if change.parent is not None:
        checks.may_hold(change.parent, tree.kinds[place], change.on, tree, place)
        checks.another_parent(now, change.parent, change.on, tree)
        after = replace(now, parent=change.parent, start=change.on, pk=None)
        return Plan(change, (Shift(now, after),))
    assert change.into is not None
    checks.one_kind([place, change.into], change.on, tree)
    checks.may_receive(change.into, change.on, tree)
    homes = _homes(place, [place, change.into], change, tree, stay=place)
    carried, later = _carried_each(place, homes, change, tree)
    rest = None if change.share is None else WHOLE - change.share
    return Plan(change, (), carried, later, (Step(place, place, rest), Step(place, change.into, change.share)))


def _rename(change: Change, tree: Picture) -> Plan:
    place, new = checks.only_one(change), checks.one_name(change)
    now = _now(place, change, tree)
    after = replace(
        now, name=new.name, name_en=new.name_en, word=new.word, code=new.code or now.code, start=change.on, pk=None
    )
    checks.something_new(now, after)
    return Plan(change, (Shift(now, after),))


def _found(change: Change, tree: Picture) -> Plan:
    new = checks.one_name(change)
    checks.has_kind_and_parent(change, tree)
    checks.may_hold(change.parent, new.kind, change.on, tree)
    return Plan(change, (Shift(None, _begun(-1, new, change.parent, change)),))


def _close(change: Change, tree: Picture) -> Plan:
    place = checks.only_one(change)
    checks.nobody_left(place, tree)
    if change.into is None:
        checks.nothing_left(place, tree)
        return Plan(change, (Shift(_now(place, change, tree), None),))
    for span in tree.below.get(place, ()):
        checks.may_hold(change.into, tree.kinds[span.place], change.on, tree, place)
    carried, later = _carried({place: change.into}, change, tree)
    return Plan(change, (Shift(_now(place, change, tree), None),), carried, later)


_PLANNERS: dict[str, Callable[[Change, Picture], Plan]] = {
    ChangeKind.MERGE: _merge, ChangeKind.SPLIT: _split, ChangeKind.TRANSFER: _transfer, ChangeKind.RENAME: _rename,
    ChangeKind.FOUND: _found, ChangeKind.CLOSE: _close,
}  # fmt: skip


def _now(place: int, change: Change, tree: Picture) -> Span:
    span = tree.on(place, change.on)
    assert span is not None  # may_change has seen it
    return span


def _begun(place: int, new: Begin, parent: int | None, change: Change) -> Span:
    return Span(place, new.name, new.name_en, new.word, new.code, parent, change.on, None)


def _carried(homes: dict[int, int], change: Change, tree: Picture) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    """All that stands below the places goes below others."""
    moved = [
        (span, target) for place, target in homes.items() for span in tree.below.get(place, ()) if span.place != target
    ]
    return _cut(moved, change)


def _carried_each(
    place: int, homes: dict[int, int], change: Change, tree: Picture
) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    return _cut([(span, homes[span.place]) for span in tree.below.get(place, ()) if homes[span.place] != place], change)


def _cut(moved: Iterable[tuple[Span, int]], change: Change) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    """A version that holds across the day is cut there; one that begins on it or later only gets another parent."""
    carried, later = [], []
    for span, target in moved:
        if span.start is not None and span.start >= change.on:
            later.append(Shift(span, replace(span, parent=target)))
        else:
            carried.append(Shift(span, replace(span, parent=target, start=change.on, pk=None)))
    return tuple(carried), tuple(later)


def _homes(place: int, targets: list[int], change: Change, tree: Picture, stay: int | None) -> dict[int, int]:
    """Where each thing below a split place goes: as told, else it stays; refused where neither is possible."""
    children = {span.place for span in tree.below.get(place, ())}
    homes = {child: change.moves.get(child, stay) for child in children}
    checks.all_housed(homes, targets, tree)
    return {child: home for child, home in homes.items() if home is not None}


def _of_those_above(made: Plan, tree: Picture) -> tuple[Step, ...]:
    """A unit that moves to another province takes its part of the one along: that province goes on with less."""
    change, ended = made.change, {span.place for span in made.ends}
    lost: Counter[tuple[int, int]] = Counter()
    for place in change.places:
        if tree.kinds[place] not in tree.administrative or place == change.into:
            continue
        before = tree.above(_now(place, change, tree).parent, change.on)
        for heir in _heirs(place, made):
            after = tree.above(heir, change.on)
            pairs = [(old, new) for old in before for new in after if tree.kinds[old] == tree.kinds[new]]
            lost.update((old, new) for old, new in pairs if old not in after and new not in before and old not in ended)
    share = change.share if change.parent is not None and len(lost) == 1 else None
    stays = {old: None if share is None else WHOLE - share for old, _new in lost}
    steps = [*(Step(old, old, part) for old, part in stays.items()), *(Step(old, new, share) for old, new in lost)]
    return tuple(step for step in steps if not checks.given_already(step, change.on, tree))


def _heirs(place: int, made: Plan) -> set[int | None]:
    """The parents of what the place became on the day."""
    parents = {shift.after.place: shift.after.parent for shift in made.named if shift.after}
    found: set[int | None] = set()
    for step in made.steps:
        if step.old == place:
            found.add(parents.get(step.new, step.new))
    return found or ({parents[place]} if place in parents else set())
