# SPDX-License-Identifier: Apache-2.0
"""A return checked against itself and the ledger: what cannot all be so, told under its cells as its errors are."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Finding, Report, Stated
from bamsat.core.forms.checks import Remark as Found
from bamsat.core.forms.checks import check
from bamsat.core.forms.sheet import Sheet
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.knowledge import knowledge
from bamsat.rooms.figures.known_stated import history_stated, known_stated
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.submissions.checking_cells import mended, periods_told, stated_of
from bamsat.rooms.submissions.flow.recording import earlier_intakes
from bamsat.rooms.submissions.grids import Grid
from bamsat.rooms.submissions.models import Return

log = logging.getLogger(__name__)
KIND = "check:"  # of what is said here, before the name of its rule
PATIENCE = 5.0  # seconds that contradictions are looked for when a return is sent
A_LITTLE = Decimal("1.2")  # how many times a value may be a revision of another
ENOUGH = 3  # years by which a cell is judged better than by the period before alone
OF_TOTALS = frozenset({"sum", "parts", "remainder", "coverage"})  # rules that an author of a form writes too


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check said of a return, and the cells of which the ledger knows enough of a past."""

    report: Report
    cells: Mapping[str, Stated]
    with_past: frozenset[str] = frozenset()
    failed: bool = False


def checked(grid: Grid) -> Checked:
    """The return checked with what the ledger has of its place: the same indicators, in the periods of its columns and
    in the years before."""
    own = stated_of(grid)
    return judged(grid, own, knowledge())


def judged(grid: Grid, own: Sequence[Stated], known_before: Knowledge, patience: float = PATIENCE) -> Checked:
    """The same of some of its numbers. A fault of the check goes to the log: nobody's work waits for it."""
    cells = {each.key: each for each in own}
    if not own:
        return Checked(Report((), ()), cells)
    sent, codes = grid.sent_return, {each.figure.indicator for each in own}
    written = own_entries(sent)
    there = known_stated(sent.place, periods_told(grid), codes)
    known = heard([each for each in there if each.key not in written], own)
    past = history_stated(sent.place, codes, sent.span)
    try:
        # The solver is loaded by those who fill and check returns, not by every page.
        from bamsat.core.check.checking import check as check_all

        report = check_all([*own, *known], knowledge=known_before, history=past, patience=patience, implied=False)
    except Exception:
        log.exception("checking return %s failed", sent.uuid)
        return Checked(Report((), ()), cells, failed=True)
    return Checked(report, cells, _with_past(own, past))


def with_findings(grid: Grid, told: Checked) -> Grid:
    """The grid with the findings of the check beside its own errors and doubts, in the order of its cells."""
    return replace(grid, found=_merged(grid.found, grid, told, grid.sent_return.explained))


def all_asked(grid: Grid, told: Checked) -> tuple[Found, ...]:
    """Everything that was to be mended or explained, reasons or not."""
    return _merged(check(grid.sheet, grid.before), grid, told, ())


# From findings to what is said under a cell.


def _merged(found: Iterable[Found], grid: Grid, told: Checked, explained: Collection[str]) -> tuple[Found, ...]:
    own = list(found)
    fresh: list[Found] = []
    for remark, finding in remarks_of(told, grid):
        twin = _twin(own, finding, told)
        if twin is not None:
            own[twin] = _with_mend(own[twin], remark)
        elif remark.severity == "error" or remark.key not in explained:
            fresh.append(remark)
    judged = told.with_past | {each.key for each in fresh if each.kind == f"{KIND}history"}
    kept = [each for each in own if each.kind != "far_from_last" or each.key not in judged]
    return _in_order([*kept, *fresh], grid.sheet)


def remarks_of(told: Checked, grid: Grid) -> Iterator[tuple[Found, Finding]]:
    """Each finding that wants a look, at the cell that it is told at; one a cell and rule."""
    units = {key: _unit_of(key, grid) for key in told.cells}
    said: set[tuple[str, str]] = set()
    for finding in told.report.findings:
        at = cell_of(finding, told.cells)
        if not finding.needs_look or at is None or (at, finding.rule) in said:
            continue
        said.add((at, finding.rule))
        inside = finding.outcome == "fails" and all(key in told.cells for key in finding.figures)
        mend = next((mended(each.number, units[at]) for each in finding.repairs if each.figure == at), "")
        yield Found(at, "error" if inside else "doubt", f"{KIND}{finding.rule}", finding.vi, finding.en, mend), finding


def cell_of(finding: Finding, cells: Collection[str]) -> str | None:
    """The cell that a finding is told at: the one that most plausibly is to be mended, else the first that it names.
    None where it speaks of the ledger alone."""
    likely = (each.figure for each in finding.repairs)
    return next((key for key in (*likely, *finding.figures) if key in cells), None)


def _unit_of(key: str, grid: Grid) -> str:
    row, _, column = key.rpartition(".")
    cell = grid.sheet.cell(row, column)
    return cell.column.unit or cell.row.unit


def _twin(found: list[Found], finding: Finding, told: Checked) -> int | None:
    """What the form itself says of the same total; its author's words stay, and get the way to mend it."""
    if finding.rule not in OF_TOTALS:
        return None
    cells = {key for key in finding.figures if key in told.cells}
    same = (at for at, each in enumerate(found) if each.kind.startswith("rule:") and each.key in cells)
    return next(same, None)


def _with_mend(found: Found, remark: Found) -> Found:
    return replace(found, mend=remark.mend) if remark.key == found.key and not found.mend else found


def _in_order(found: list[Found], sheet: Sheet) -> tuple[Found, ...]:
    if not found:
        return ()
    order = {key: at for at, key in enumerate(sheet.keys())}
    return tuple(sorted(found, key=lambda each: order.get(each.key, len(order))))


# What the ledger has beside the return.


def own_entries(sent: Return) -> set[str]:
    """What this return itself wrote when it was approved before: what it says now replaces that."""
    if sent.intake_id is None:
        return set()
    rows = Entry.objects.filter(intake__in=earlier_intakes(sent), series__place=sent.place_id)
    return {f"entry:{uuid}" for uuid in rows.values_list("uuid", flat=True)}


def heard(known: Iterable[Stated], own: Iterable[Stated]) -> list[Stated]:
    """Of each value of the ledger the surest telling, without those that are told a little otherwise in the return:
    an estimate that is revised there is what such columns are for."""
    typed = {_value_of(each): each for each in own}
    best: dict[tuple[str | None, ...], Stated] = {}
    for each in known:
        value = _value_of(each)
        there = best.get(value)
        if there is None or (each.official, each.weight) > (there.official, there.weight):
            best[value] = each
    return [each for value, each in best.items() if value not in typed or not _revised(each, typed[value])]


def _value_of(stated: Stated) -> tuple[str | None, ...]:
    """What a figure is a value of; an estimate and the result are of one."""
    figure = stated.figure
    kind = figure.status if figure.status in ("target", "forecast") else "actual"
    return (
        figure.indicator, figure.segment, figure.measure, figure.unit, figure.price_basis, figure.period, figure.base,
        kind,
    )  # fmt: skip


def _revised(known: Stated, typed: Stated) -> bool:
    one, other = abs(known.figure.value), abs(typed.figure.value)
    final = known.official and typed.figure.status != "estimate"
    return not final and max(one, other) <= A_LITTLE * min(one, other)


def _with_past(own: Iterable[Stated], past: Iterable[Stated]) -> frozenset[str]:
    counts: dict[tuple[str, str | None, str, str, int], int] = {}
    for each in past:
        about = _about(each)
        counts[about] = counts.get(about, 0) + 1
    return frozenset(each.key for each in own if counts.get(_about(each), 0) >= ENOUGH)


def _about(stated: Stated) -> tuple[str, str | None, str, str, int]:
    """What a value is compared with: the same thing in the same season."""
    figure = stated.figure
    month = Period.parse(figure.period).first % 12 if figure.period else 0
    return figure.indicator, figure.segment, figure.measure, figure.unit, month
