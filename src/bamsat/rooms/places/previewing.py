# SPDX-License-Identifier: Apache-2.0
"""A planned change in words: the places before and after, what goes along, who follows, which figures show restated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from bamsat.rooms.places.changes import Picture, Plan, Span, affected
from bamsat.rooms.places.models import ChangeKind


@dataclass(frozen=True, slots=True)
class Card:
    """One place on one side: before the day, or from it on."""

    name: str
    code: str
    parent: str
    below: int
    fate: str = ""  # "ends", "begins", "goes on"
    share: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Something below that goes along: its name, where it stood, where it stands from the day on."""

    place: int
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change will do; nothing of it is written yet."""

    plan: Plan
    before: tuple[Card, ...]
    after: tuple[Card, ...]
    moved: tuple[Moved, ...]
    above: tuple[str, ...]
    roles: tuple[str, ...]
    figures: tuple[str, ...]


def in_words(made: Plan, tree: Picture) -> Preview:
    """The two columns, before and after, and everything beside them."""
    change = made.change
    new = {span.place: span.full_name for span in made.begins}

    def name(place: int | None) -> str:
        return "" if place is None else new.get(place) or tree.name(place, change.on)

    def card(span: Span, fate: str, below: int, share: Decimal | None = None) -> Card:
        return Card(span.full_name, span.code, name(span.parent), below, fate, percent(share))

    goes = Counter(shift.before.parent for shift in (*made.carried, *made.repointed) if shift.before)
    comes = Counter(shift.after.parent for shift in (*made.carried, *made.repointed) if shift.after)
    counts = {place: len(spans) for place, spans in tree.below.items()}
    before = [
        card(span, "ends" if span in made.ends else "", counts.get(span.place, 0))
        for place in _involved(made)
        if (span := tree.on(place, change.on))
    ]
    parts = {step.new: step.share for step in made.steps if step.old in change.places}
    shown = parts if change.kind in (ChangeKind.SPLIT, ChangeKind.TRANSFER) else {}
    after = [
        card(span, "goes on" if span.place > 0 else "begins",
             counts.get(span.place, 0) - goes[span.place] + comes[span.place], shown.get(span.place))
        for span in _standing(made, tree)
    ]  # fmt: skip
    return Preview(
        made, tuple(before), tuple(after), _moved(made, name), _above(made, tree), _followers(made, name, tree),
        tuple(line for tell in affected for line in tell(made.touched, change.on)),
    )  # fmt: skip


def _involved(made: Plan) -> list[int]:
    into = made.change.into
    return [*made.change.places, *([into] if into is not None and into not in made.change.places else [])]


def _standing(made: Plan, tree: Picture) -> list[Span]:
    """The places of the change that stand from the day on: new, changed, or as they were."""
    spans = [shift.after for shift in made.named if shift.after]
    told = {span.place for span in (*spans, *made.ends)}
    as_before = [tree.on(place, made.change.on) for place in _involved(made) if place not in told]
    return [*spans, *(span for span in as_before if span)]


def _moved(made: Plan, name: Callable[[int | None], str]) -> tuple[Moved, ...]:
    return tuple(
        Moved(shift.before.place, shift.before.full_name, name(shift.before.parent), name(shift.after.parent))
        for shift in (*made.carried, *made.repointed)
        if shift.before and shift.after
    )


def _above(made: Plan, tree: Picture) -> tuple[str, ...]:
    """Provinces whose own extent changes because a unit moved from one to another."""
    told = []
    for step in made.steps:
        if step.old not in made.change.places and step.old != step.new:
            words = {"old": tree.name(step.old, made.change.on), "new": tree.name(step.new, made.change.on)}
            if step.share is None:
                told.append(_("%(old)s chuyển một phần sang %(new)s, tỷ lệ không nêu.") % words)
            else:
                words["share"] = percent(step.share)
                told.append(_("%(old)s chuyển %(share)s sang %(new)s.") % words)
    return tuple(told)


def _followers(made: Plan, name: Callable[[int | None], str], tree: Picture) -> tuple[str, ...]:
    """Roles held at a place that ends reach what follows it."""
    told = []
    for span in made.ends:
        heirs = ", ".join(name(step.new) for step in made.steps if step.old == span.place)
        words = {"old": span.full_name, "new": heirs}
        held = tree.roles.get(span.place, ()) if heirs else ()
        told += [_("%(who)s: từ %(old)s sang %(new)s") % (words | {"who": who}) for who in held]
    return tuple(told)


def percent(share: Decimal | None) -> str:
    """A share as people write it: 12,5%; nothing where none was stated."""
    if share is None:
        return ""
    text = f"{share * 100:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",") + "%"
