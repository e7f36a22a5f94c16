# SPDX-License-Identifier: Apache-2.0
"""Which section tells which indicator: each is told once, by the first section that names it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bamsat.rooms.catalogue.models import IndicatorSet, SetMember
from bamsat.rooms.reports.content.kinds import Kind, Section
from bamsat.rooms.reports.content.ledger import Held


@dataclass(frozen=True, slots=True)
class Chosen:
    """The indicators of each section, in the order in which they are told; those it names itself come first."""

    named: Mapping[int, tuple[Held, ...]]
    others: Mapping[int, tuple[Held, ...]]

    def of(self, section: Section) -> tuple[Held, ...]:
        return (*self.named.get(id(section), ()), *self.others.get(id(section), ()))


@dataclass(frozen=True, slots=True)
class Members:
    """Indicator codes by set, of all sets that a kind speaks of."""

    of: Mapping[str, tuple[str, ...]]

    def all(self, sets: Sequence[str]) -> list[str]:
        return [code for one in sets for code in self.of.get(one, ())]


def members_of(kind: Kind, field: IndicatorSet | None) -> Members:
    wanted = {code for section in kind.all_sections() for code in (*section.sets, *section.about)}
    if field is not None:
        wanted.add(field.code)
    found: dict[str, list[str]] = defaultdict(list)
    rows = SetMember.objects.filter(set__code__in=wanted).order_by("set_id", "order", "pk")
    for one, code in rows.values_list("set__code", "indicator__code"):
        found[one].append(code)
    return Members({one: tuple(codes) for one, codes in found.items()})


def codes_of(kind: Kind, members: Members, field: IndicatorSet | None) -> set[str] | None:
    """What to ask the ledger for; None where a section takes whatever there is."""
    if any(section.rest or section.families for section in kind.all_sections()):
        return None
    found = {code for section in kind.all_sections() for code in (*section.indicators, *members.all(section.sets))}
    return found | set(members.all([field.code]) if field else ())


def chosen(kind: Kind, held: Sequence[Held], members: Members, field: IndicatorSet | None) -> Chosen:
    """In three rounds: what sections name, what their sets and families have, what is left."""
    sections = [section for section in kind.all_sections() if section.tells]
    taken: set[str] = set()
    named: dict[int, tuple[Held, ...]] = {}
    others: dict[int, tuple[Held, ...]] = {}
    for section in sections:
        named[id(section)] = _in_order(held, [code for code in section.indicators if code not in taken])
        taken.update(section.indicators)
    for section in sections:
        sets = [*section.sets, *([field.code] if section.field and field else [])]
        codes = [code for code in members.all(sets) if code not in taken]
        taken.update(codes)
        families = [one for one in held if one.indicator.family in section.families and one.indicator.code not in taken]
        taken.update(one.indicator.code for one in families)
        others[id(section)] = (*_in_order(held, list(dict.fromkeys(codes))), *families)
    for section in sections:
        if section.rest:
            others[id(section)] += tuple(one for one in held if one.indicator.code not in taken)
            taken.update(one.indicator.code for one in held)
    return Chosen(named, others)


def _in_order(held: Sequence[Held], codes: Sequence[str]) -> tuple[Held, ...]:
    return tuple(one for code in codes for one in held if one.indicator.code == code)
