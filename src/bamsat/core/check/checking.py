# SPDX-License-Identifier: Apache-2.0
"""The check: figures in, findings out. What cannot all be true first, then what to ask, what to know, what holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from bamsat.core.check import solving
from bamsat.core.check.beside import copied, revisions, windows, wordings
from bamsat.core.check.beside import history as plausible
from bamsat.core.check.follows import comparable, derive
from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.mending.misread import misread
from bamsat.core.check.mending.repairs import Index
from bamsat.core.check.model import Conflict, Finding, Network, Report, Stated
from bamsat.core.check.ties.network import network_of
from bamsat.core.check.words import sentences
from bamsat.core.terms.figure import Statement

_LOUDEST = ("error", "question", "note", "fine")


def check(
    stated: Iterable[Stated],
    statements: Iterable[Statement] = (),
    knowledge: Knowledge | None = None,
    history: Iterable[Stated] = (),
    dated: Mapping[str, str] | None = None,
    patience: float = inf,
    implied: bool = True,
) -> Report:
    """Everything that follows from these figures: of one document or many, of forms and of the ledger.

    `statements` are what the documents say without a number; `history` is what was told of the years before, which
    makes a figure plausible or not and is itself in no doubt; `dated` is the day of a document
    ("2020-12-30"), by its name; `patience` is for how many seconds contradictions are looked for;
    without `implied` nothing is said of what holds and of values that nobody published.
    """
    told, said, past = tuple(stated), tuple(statements), tuple(history)
    known = knowledge or Knowledge.shipped()
    network = network_of(told, known)
    conflicts = solving.conflicts(network, patience=patience)
    wrong = list(_of_conflicts(network, conflicts, known))
    doubted = {key for finding in wrong for key in finding.figures}
    found = [
        *wrong,
        *windows.findings(told, dated),
        *wordings.findings(told, said),
        *plausible.findings(told, past),
        *revisions.findings(told, past),
        *copied.findings(told, past),
        *comparable.findings(network, known),
        *(derive.findings(network, known, dropped(network, conflicts), doubted) if implied else ()),
    ]
    return Report(tuple(_ordered(found, told)), told)


def _of_conflicts(network: Network, conflicts: Sequence[Conflict], knowledge: Knowledge) -> Iterator[Finding]:
    index = Index(network)
    for conflict in conflicts:
        if conflict.assumed:
            yield sentences.doubted(network, conflict, index)
        elif (meant := misread(network, conflict, index, knowledge)) is not None:
            yield sentences.misreading(network, conflict, meant, index)
        else:
            yield sentences.failure(network, conflict, index)


def dropped(network: Network, conflicts: Sequence[Conflict]) -> set[int]:
    """The constraints without which nothing conflicts: those of the figures that are likeliest wrong, and all that
    was only assumed in what cannot be told."""
    blamed = {conflict.suspects[0].figure for conflict in conflicts if conflict.suspects and not conflict.assumed}
    soft = {
        at for conflict in conflicts if conflict.assumed for at in conflict.constraints
        if network.constraints[at].assumed
    }  # fmt: skip
    return soft | {at for at, one in enumerate(network.constraints) if one.figure in blamed}


def _ordered(found: Iterable[Finding], told: Sequence[Stated]) -> Iterator[Finding]:
    """Each finding once, the loudest first and then as the figures stand in their documents."""
    position = {one.key: at for at, one in enumerate(told)}
    once: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        same = (finding.outcome, finding.rule, frozenset(finding.figures), finding.vi)
        once.setdefault(same, finding)

    def place(finding: Finding) -> tuple[int, list[int]]:
        return _LOUDEST.index(finding.severity), [position.get(key, len(told)) for key in finding.figures]

    yield from sorted(once.values(), key=place)
