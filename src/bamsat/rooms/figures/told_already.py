# SPDX-License-Identifier: Apache-2.0
"""What a document or a return says of its own numbers already is not said of their entries in the ledger again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from bamsat.core.check.model import Finding as Found
from bamsat.rooms.figures.models import Confirmation, Entry
from bamsat.rooms.findings.keeping import louder
from bamsat.rooms.findings.models import Finding, Origin, Part
from bamsat.rooms.findings.queries import STANDING

_ENTRY = "entry:"
_Names = frozenset[tuple[object, ...]]  # under which a number is known: as an entry, as a figure, as a cell


@dataclass(slots=True)
class _Said:
    """A finding that stands, and the numbers that it speaks of."""

    severity: str
    names: set[tuple[object, ...]] = field(default_factory=set)


def not_told_already(found: Sequence[Found]) -> list[Found]:
    """Those findings of entries (keys "entry:uuid") that no standing finding of a document or a return says as loudly
    of the same numbers; three questions, none where nothing was found."""
    if not found:
        return []
    names = _names({key.removeprefix(_ENTRY) for each in found for key in each.figures if key.startswith(_ENTRY)})
    said = _said(names.values())
    return [each for each in found if not any(_covers(one, each, names) for one in said)]


def _covers(said: _Said, found: Found, names: Mapping[str, _Names]) -> bool:
    if louder(found.severity, said.severity):
        return False
    return all(not said.names.isdisjoint(names.get(key.removeprefix(_ENTRY), frozenset())) for key in found.figures)


def _names(uuids: Iterable[str]) -> dict[str, _Names]:
    rows = Entry.objects.filter(uuid__in=sorted(uuids)).order_by()
    told = list(rows.values_list("pk", "uuid", "source", "intake__options__return", "cell"))
    confirmed: dict[int, list[int]] = {}
    confirming = Confirmation.objects.filter(entry__in=[row[0] for row in told]).order_by()
    for entry, figure in confirming.values_list("entry", "source"):
        confirmed.setdefault(entry, []).append(figure)
    return {
        str(uuid): frozenset(
            [("entry", str(uuid)), *(("figure", each) for each in (source, *confirmed.get(pk, ())) if each)]
            + ([("cell", str(sent), cell)] if sent else [])
        )
        for pk, uuid, source, sent, cell in told
    }  # fmt: skip


def _said(names: Iterable[_Names]) -> list[_Said]:
    """The standing findings that speak of any of these numbers in a document or in a return."""
    every = frozenset().union(*names)
    figures = [int(str(name[1])) for name in every if name[0] == "figure"]
    returns = [str(name[1]) for name in every if name[0] == "cell"]
    if not figures and not returns:
        return []
    near = Q(origin=Origin.DOCUMENT, pk__in=Part.objects.filter(figure__in=figures).values("finding"))
    near |= Q(origin=Origin.FORM, about__in=returns)
    findings = Finding.objects.filter(near, state__in=STANDING)
    said: dict[int, _Said] = {}
    columns = ("finding", "finding__severity", "finding__about", "figure", "entry", "cell")
    for pk, severity, about, figure, entry, cell in Part.objects.filter(finding__in=findings).values_list(*columns):
        one = said.setdefault(pk, _Said(severity))
        if figure:
            one.names.add(("figure", figure))
        if entry:
            one.names.add(("entry", str(entry)))
        if cell and about:
            one.names.add(("cell", str(about), cell))
    return list(said.values())
