# SPDX-License-Identifier: Apache-2.0
"""What the page of a return holds while it is filled, and what it is told after each saving."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone

from bamsat.core.terms.numbers import format_number
from bamsat.rooms.catalogue.models import CodeList
from bamsat.rooms.submissions.checking import checked, with_findings
from bamsat.rooms.submissions.checking_lately import checked_lately
from bamsat.rooms.submissions.due import calendar_around
from bamsat.rooms.submissions.filling.actions import Conflict, Saved
from bamsat.rooms.submissions.filling.cells import written
from bamsat.rooms.submissions.filling.findings import mends_of, tally_of, writers
from bamsat.rooms.submissions.filling.pulling import last_texts
from bamsat.rooms.submissions.filling.table import FROM, Line, Table, cell_words, computing, lacking_words, table_of
from bamsat.rooms.submissions.grids import Grid, grid_of
from bamsat.rooms.submissions.models import Channel, Remark, Reminder, Return, ReturnState
from bamsat.rooms.submissions.month.agenda import time_left
from bamsat.rooms.submissions.month.day_words import long_day
from bamsat.rooms.submissions.naming_places import full_name
from bamsat.rooms.submissions.period_words import period_name, titled
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def context_of(
    user: User, sent: Return, conflicts: Sequence[Conflict] = (), mine: Mapping[str, str] | None = None,
    missing: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Everything on the page; conflicts only where it was saved without a script."""
    typed, told = mine or {}, _told(conflicts, mine or {}, writers(conflicts, user))
    for each in conflicts:
        sent.cells[each.key] = {**each.cell, "t": typed.get(each.key, "")}
    grid, last = _looked_at(grid_of(sent), anew=missing), last_texts(sent)
    table = table_of(grid, last)
    remarks = open_remarks(sent)
    mends = mends_of(grid, remarks, told, missing)
    english = words.language() == "en"
    return {
        "sent": sent, "form": sent.form, "table": table, "tally": tally_of(grid),
        "period_name": period_name(sent.span, english), "title": titled(sent.form.name, sent.span, english),
        "deadline": deadline_words(sent), "place_name": full_name(sent.place),
        "remarks": [each for each in remarks if not each.key], "remark_count": len(remarks),
        "reminders": list(reminders(sent)), "returned": sent.state == ReturnState.RETURNED,
        "lines": [(line, written(line.slots), mends.get(line.row.code, ())) for line in table.lines],
        "patterns": list(patterns(table)),
        "seen": json.dumps({key: cell.get("n", 0) for key, cell in sent.cells.items()}),
        "sheet": json.dumps(
            computing(grid) | {"b": last_values(grid, last)}, separators=(",", ":"), ensure_ascii=False
        ),
        "missing": missing,
    }  # fmt: skip


def _looked_at(grid: Grid, first: Iterable[str] = (), anew: bool = False) -> Grid:
    """With what the check finds, at the cells `first` before all others; `anew` where it is to be sent, for that looks
    at the ledger as it is now."""
    return with_findings(grid, checked(grid) if anew else checked_lately(grid, frozenset(first)))


def open_remarks(sent: Return) -> list[Remark]:
    """What was said when it was sent back, as long as it was not sent again."""
    return list(Remark.objects.filter(sent_return=sent, answered_at=None).select_related("by"))


def reminders(sent: Return) -> Iterable[Reminder]:
    found = Reminder.objects.filter(form=sent.form_id, place=sent.place_id, period=sent.period, channel=Channel.PAGE)
    return found.select_related("by").order_by("-pk")[:1]


def patterns(table: Table) -> Iterable[tuple[Line, list[tuple[str, str]]]]:
    """The rows by which the sender adds others, each with its lists by code and name."""
    found = [line for line in table.lines if line.kind == "pattern"]
    lists = {each for line in found for each in line.row.pick}
    names = {each.code: each.name for each in CodeList.objects.filter(code__in=lists)} if lists else {}
    for line in found:
        yield line, [(code, names.get(code, code)) for code in line.row.pick]


def deadline_words(sent: Return) -> str:
    """ "17:00 thứ Ba, 20/10/2026, còn 1 ngày làm việc"."""
    if sent.due is None:
        return ""
    local = timezone.localtime(sent.due)
    left = time_left(sent.due, timezone.now(), calendar_around(sent.span))
    return f"{local:%H:%M} {long_day(local.date())}, {left}"


def last_values(grid: Grid, texts: Mapping[str, str] | None = None) -> dict[str, str]:
    """What each cell held a period before, as it would be typed; for the key that copies it."""
    ledger = {key: format_number(value) for key, value in grid.before.items()}
    last = last_texts(grid.sent_return) if texts is None else texts
    return ledger | {key: text for key, text in last.items() if text.strip()}


def _told(
    conflicts: Iterable[Conflict], mine: Mapping[str, str], names: Mapping[int, str]
) -> list[tuple[Conflict, str, str]]:
    return [(each, mine.get(each.key, ""), names.get(each.cell.get("by", 0), "")) for each in conflicts]


# After a saving.


def answer_of(
    request: HttpRequest, user: User, saved: Saved, mine: Mapping[str, str], revision: int, missing: bool
) -> dict[str, Any]:
    """What the page shows now; with the cells that others changed since the revision that it knew."""
    sent = saved.sent_return
    grid = _looked_at(grid_of(sent), mine)
    table = table_of(grid)
    tally = tally_of(grid)
    mends = mends_of(grid, open_remarks(sent), _told(saved.conflicts, mine, writers(saved.conflicts, user)), missing)
    stale = revision != sent.revision - bool(saved.keys or saved.noted)
    told = sent.cells if stale else {key: sent.cells[key] for key in mine if key in sent.cells}
    return {
        "saved": f"{timezone.localtime():%H:%M:%S}", "revision": sent.revision, "stale": stale,
        "cells": {
            key: {"t": cell.get("t", ""), "n": cell.get("n", 0), "w": _source(cell), "s": cell.get("src", "")}
            for key, cell in told.items()
        },
        "conflicts": {each.key: each.cell.get("n", 0) for each in saved.conflicts},
        "tally": tally.words, "next": tally.next, "ready": tally.ready, "first": tally.first,
        "mends": rendered(request, table, mends), **computed(grid),
    }  # fmt: skip


def _source(cell: Mapping[str, Any]) -> str:
    return str(FROM.get(cell.get("o", ""), "")) if cell.get("t") else ""


def computed(grid: Grid) -> dict[str, Any]:
    """Every computed cell in words, what the totals lack, and which cells are marked."""
    cells: dict[str, str] = {}
    by_row: dict[str, list[Any]] = {}
    for cell in grid.sheet.cells():
        if cell.column.hidden:
            continue
        if cell.role == "computed":
            cells[cell.key] = cell_words(cell)
        if cell.row.formula:
            by_row.setdefault(cell.row.code, []).append(cell)
    marked = {each.key: "bad" if each.severity == "error" else "ask" for each in reversed(grid.found)}
    for each in grid.missing:
        marked.pop(each.key, None)
    lacks = {code: lacking_words(row[0].row, row) for code, row in by_row.items()}
    return {"computed": cells, "lacks": lacks, "marked": marked}


def rendered(request: HttpRequest, table: Table, mends: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    template = get_template("submissions/fill_mend.html")
    return {
        row: template.render({"mends": found, "width": table.width, "row_code": row}, request)
        for row, found in mends.items()
    }
