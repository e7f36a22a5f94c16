# SPDX-License-Identifier: Apache-2.0
"""Findings of returns that were sent: kept, so that they wait in the inbox and stand beside the cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from bamsat.core.check.model import Report
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.findings import actions as actions_findings
from bamsat.rooms.findings.actions import Stands
from bamsat.rooms.findings.models import Finding, Origin, Outcome, State
from bamsat.rooms.findings.queries import LOUD, STANDING
from bamsat.rooms.submissions.checking import Checked, cell_of, checked
from bamsat.rooms.submissions.grids import Grid, grid_of
from bamsat.rooms.submissions.models import Return
from bamsat.rooms.submissions.period_words import column_name
from bamsat.rooms.submissions.queries import returns

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_ENTRY = "entry:"


def keep_findings(sent: Return, by: User | None = None, grid: Grid | None = None, told: Checked | None = None) -> None:
    """Keep what the check says of a return that was sent; of what was kept before, what no longer arises is closed.

    A reason that the sender gave at a cell explains what is found there.
    """
    grid = grid or grid_of(sent)
    told = told or checked(grid)
    if told.failed:
        return
    loud = tuple(each for each in told.report.findings if each.needs_look and cell_of(each, told.cells))
    if not loud and not Finding.objects.filter(about=sent.uuid, state__in=STANDING).exists():
        return
    report = Report(loud, told.report.stated)
    _keep(sent, report, by, dict(_stands(grid, told)))
    if by is not None:
        _explain(sent, by)


def close_findings(sent: Return, by: User) -> None:
    """The sender took the return back: nothing of it is said any more."""
    if Finding.objects.filter(about=sent.uuid, state__in=STANDING).exists():
        _keep(sent, Report((), ()), by, {})


def _keep(sent: Return, report: Report, by: User | None, parts: Mapping[str, Stands]) -> None:
    actions_findings.keep(
        report, origin=Origin.FORM, about=sent.uuid, place=sent.place, period=sent.period, parts=parts, by=by
    )


def _stands(grid: Grid, told: Checked) -> Iterator[tuple[str, Stands]]:
    """Where each figure stands: in a cell of the return, or in the ledger."""
    for stated in told.report.stated:
        if stated.key in told.cells:
            row, _, column = stated.key.rpartition(".")
            cell = grid.sheet.cell(row, column)
            label = f"{cell.row.name.vi}, {column_name(cell.column, grid.sent_return.span)}"
            yield stated.key, Stands(cell=stated.key, label=label, source=stated.source)
        elif stated.key.startswith(_ENTRY):
            entry = UUID(stated.key.removeprefix(_ENTRY))
            yield stated.key, Stands(entry=entry, label=stated.figure.label, source=stated.source)


def _explain(sent: Return, by: User) -> None:
    """What the sender said of a cell; who may not explain findings there leaves them open."""
    if not sent.explained:
        return
    for key, found in standing(sent).items():
        why = sent.cells.get(key, {}).get("why", "")
        for finding in found if why else ():
            if finding.state == State.OPEN and not _inside(finding):
                try:
                    actions_findings.explain(by, finding, why)
                except BamsatError:
                    break


def _inside(finding: Finding) -> bool:
    """Whether cells of the return contradict each other, which no reason explains."""
    return finding.outcome == Outcome.FAILS and all(part.cell for part in finding.parts.all())


# What is kept.


def standing(sent: Return) -> dict[str, list[Finding]]:
    """What is kept of a return and still stands, by the cell that it is told at; two questions."""
    rows = Finding.objects.filter(about=sent.uuid, state__in=STANDING, severity__in=LOUD)
    by_cell: dict[str, list[Finding]] = {}
    for finding in rows.select_related("settled_by").prefetch_related("parts").order_by("pk"):
        by_cell.setdefault(told_at(finding), []).append(finding)
    return by_cell


def sentence_of(sent: Return, uuid: str) -> str:
    """What a finding of this return says; nothing where it has no such finding."""
    try:
        name = UUID(uuid)
    except ValueError:
        return ""
    return Finding.objects.filter(about=sent.uuid, uuid=name).values_list("vi", flat=True).first() or ""


def told_at(finding: Finding) -> str:
    """The cell of a kept finding: the one that most plausibly is to be mended, else the first that it names."""
    cells = {part.key: part.cell for part in finding.parts.all() if part.cell}
    likely = (repair.get("figure", "") for repair in finding.data.get("repairs", ()))
    return next((cells[key] for key in (*likely, *cells) if key in cells), "")


def with_open(sents: Iterable[Return]) -> set[UUID]:
    """Those of these returns of which a finding waits to be looked at; one question."""
    about = [sent.uuid for sent in sents]
    rows = Finding.objects.filter(about__in=about, state=State.OPEN, severity__in=LOUD)
    return {uuid for uuid in rows.values_list("about", flat=True) if uuid}


def seen_by(user: User | AnonymousUser) -> Q:
    """Which findings of returns a user sees: those of the returns that the user fills, checks or approves."""
    return Q(about__in=returns(user).values("uuid"))


def keep_of(uuids: Collection[str]) -> int:
    """Check returns that were sent together; the same again changes nothing."""
    rows = Return.objects.filter(uuid__in=list(uuids), sent_at__isnull=False)
    done = 0
    for sent in rows.select_related("form", "version", "place", "intake", "sent_by").iterator(chunk_size=50):
        if not sent.is_open:
            keep_findings(sent, sent.sent_by)
            done += 1
    return done
