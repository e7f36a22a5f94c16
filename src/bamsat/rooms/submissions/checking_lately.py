# SPDX-License-Identifier: Apache-2.0
"""A return checked while it is filled: only the numbers that are tied to what changed are checked anew.

A page of four hundred cells is answered after every cell. Numbers whose indicators nothing ties are judged apart, and
what was said of those that are as they were is remembered for some minutes.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Finding, Report, Stated
from bamsat.rooms.catalogue.models import Edition
from bamsat.rooms.figures.knowledge import knowledge
from bamsat.rooms.submissions.checking import Checked, judged
from bamsat.rooms.submissions.checking_cells import stated_of
from bamsat.rooms.submissions.grids import Grid

AGE = 300.0  # seconds; what the ledger was told meanwhile is heard after them, and when the return is sent
MOST = 20_000
BUDGET = 0.05
PATIENCE = 1.0  # seconds that contradictions among numbers that are tied are looked for while one types
AT_ONCE = 8  # groups that are checked together, with two questions to the ledger
_Key = tuple[UUID, tuple[tuple[str, str, str], ...]]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was said of numbers that are tied together."""

    at: float
    findings: tuple[Finding, ...]
    stated: tuple[Stated, ...]  # that the findings speak of
    with_past: frozenset[str]


@dataclass(slots=True)
class _Memory:
    """What this process remembers."""

    judged: OrderedDict[_Key, _Judged] = field(default_factory=OrderedDict)
    knowledge: tuple[UUID | None, float, Knowledge] | None = None

    def known_before(self) -> Knowledge:
        stamp, now = Edition.objects.values_list("stamp", flat=True).first(), time.monotonic()
        if self.knowledge is None or self.knowledge[0] != stamp or now - self.knowledge[1] > AGE:
            self.knowledge = (stamp, now, knowledge())
        return self.knowledge[2]

    def get(self, key: _Key) -> _Judged | None:
        found = self.judged.get(key)
        return found if found and time.monotonic() - found.at <= AGE else None

    def put(self, key: _Key, one: _Judged) -> None:
        self.judged[key] = one
        while len(self.judged) > MOST:
            self.judged.popitem(last=False)


_memory = _Memory()


def forget() -> None:
    """Nothing was said yet; for who changed the ledger and asks at once."""
    _memory.judged.clear()
    _memory.knowledge = None


def checked_lately(grid: Grid, first: Set[str] = frozenset(), budget: float = BUDGET) -> Checked:
    """What the check says of a return that is being filled. What is tied to the cells `first` is checked at once; what
    does not fit into the budget (seconds) is checked with the next cell, or when the return is sent."""
    own = stated_of(grid)
    if not own:
        return Checked(Report((), ()), {})
    began, known_before = time.monotonic(), _memory.known_before()
    groups = {_key(grid, group): group for group in _apart(own, known_before)}
    there = {key: found for key in groups if (found := _memory.get(key))}
    fresh = [key for key in groups if key not in there]
    fresh.sort(key=lambda key: first.isdisjoint(one.key for one in groups[key]))
    for at in range(0, len(fresh), AT_ONCE):
        if at and time.monotonic() - began > budget:
            break
        piece = fresh[at : at + AT_ONCE]
        told = judged(grid, [one for key in piece for one in groups[key]], known_before, PATIENCE)
        for key in piece:
            there[key] = _of_group(groups[key], told)
            _memory.put(key, there[key])  # also that the check failed: it would fail at every cell again
    said = [there[key] for key in groups if key in there]
    findings = tuple(finding for one in said for finding in one.findings)
    stated = (*own, *(each for one in said for each in one.stated))
    past = frozenset(cell for one in said for cell in one.with_past)
    return Checked(Report(findings, stated), {one.key: one for one in own}, past)


def _key(grid: Grid, group: Iterable[Stated]) -> _Key:
    """The same numbers of the same return; its revision does not count, for most of it stays as it is."""
    return grid.sent_return.uuid, tuple((one.key, one.figure.number, one.figure.period or "") for one in group)


def _of_group(group: Sequence[Stated], told: Checked) -> _Judged:
    own = {one.key for one in group}
    findings = tuple(each for each in told.report.findings if each.needs_look and own.intersection(each.figures))
    named = {key for each in findings for key in each.figures} - told.cells.keys()
    stated = tuple(one for one in told.report.stated if one.key in named)
    return _Judged(time.monotonic(), findings, stated, told.with_past & own)


def _apart(own: Sequence[Stated], known_before: Knowledge) -> Iterator[list[Stated]]:
    """The numbers in groups between which nothing is tied: by their indicators, and what ties these."""
    leads: dict[str, str] = {}

    def lead(code: str) -> str:
        while leads.setdefault(code, code) != code:
            code = leads[code]
        return code

    for tied in _ties(known_before):
        for one, other in pairwise(tied):
            leads[lead(one)] = lead(other)
    groups: dict[str, list[Stated]] = {}
    for each in own:
        groups.setdefault(lead(each.figure.indicator), []).append(each)
    yield from groups.values()


def _ties(known_before: Knowledge) -> Iterator[list[str]]:
    for identity in known_before.identities:
        yield list(identity.codes)
    for whole in known_before.partitions:
        yield [whole.indicator, *(part.code for part in whole.parts if part.code)]
    yield from map(list, known_before.volume_and_value)
