# SPDX-License-Identifier: Apache-2.0
"""A return as it is read: its cells beside the past, what was asked and answered, who typed what, its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.models import User
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.findings.models import Finding, State
from bamsat.rooms.places.rights import Function, sees_everything
from bamsat.rooms.submissions.checking import with_findings
from bamsat.rooms.submissions.checking_kept import standing
from bamsat.rooms.submissions.checking_lately import checked_lately
from bamsat.rooms.submissions.filling.page import deadline_words
from bamsat.rooms.submissions.filling.table import Line, Slot, table_of
from bamsat.rooms.submissions.flow import queues
from bamsat.rooms.submissions.flow.actions import may_approve, may_check
from bamsat.rooms.submissions.flow.deciders import Deciders, Standing
from bamsat.rooms.submissions.flow.errors import place_of
from bamsat.rooms.submissions.flow.listing import SHAPES
from bamsat.rooms.submissions.flow.notes import Note, notes_of
from bamsat.rooms.submissions.flow.recording import entries_of
from bamsat.rooms.submissions.grids import grid_of
from bamsat.rooms.submissions.models import Origin, Return, ReturnState, Step
from bamsat.rooms.submissions.naming_places import full_name
from bamsat.rooms.submissions.period_words import titled
from bamsat.ui import words

if TYPE_CHECKING:
    from collections.abc import Callable

DRAFT, SENT, CHECKED, APPROVED, RETURNED = (
    ReturnState.DRAFT, ReturnState.SENT, ReturnState.CHECKED, ReturnState.APPROVED, ReturnState.RETURNED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Abilities:
    """What this user may do with the return now; each is a button."""

    fill: bool = False
    send: bool = False
    take_back: bool = False
    check: bool = False
    uncheck: bool = False
    approve: bool = False
    send_back: bool = False
    unlock: bool = False
    sent_it: bool = False  # an approver who sent it: somebody else approves
    acting_for: User | None = None


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as it is read."""

    slot: Slot
    was: str | None = None  # what the sending before said, where it differs
    entry: Entry | None = None
    asked: bool = False  # something is said about it under its row


@dataclass(frozen=True, slots=True)
class ReadLine:
    line: Line
    cells: tuple[ReadCell, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Typist:
    """Who put how many values into cells, and how."""

    who: str
    how: str
    count: int
    last: datetime | None


def abilities(user: User, sent: Return) -> Abilities:
    approval = _by(lambda: may_approve(Deciders(user, Function.APPROVE), sent))
    checking = _by(lambda: may_check(Deciders(user, Function.JUDGE), sent))
    fills = Deciders(user, Function.ENTER).standing(sent) is not None
    mine = sent.sent_by_id == user.pk
    all_ = sees_everything(user)
    ready = sent.state == CHECKED or (sent.state == SENT and checking is not None)
    return Abilities(
        fill=fills and sent.is_open,
        send=fills and sent.is_open,
        take_back=fills and sent.state == SENT and (mine or all_),
        check=checking is not None and sent.state == SENT,
        uncheck=sent.state == CHECKED and (all_ or _checked_by(sent) == user.pk),
        approve=approval is not None and ready and (not mine or all_),
        send_back=(sent.state in (SENT, CHECKED) and approval is not None)
        or (sent.state == SENT and checking is not None),
        unlock=approval is not None and sent.state == APPROVED,
        sent_it=approval is not None and ready and mine and not all_,
        acting_for=approval.acting_for if approval and sent.state in (SENT, CHECKED) else None,
    )


def _by(ask: Callable[[], Standing]) -> Standing | None:
    try:
        return ask()
    except BamsatError:
        return None


def _checked_by(sent: Return) -> int | None:
    last = sent.steps.filter(after=CHECKED).order_by("-pk").first()
    return last.by_id if last else None


def context_of(user: User, sent: Return, outside: bool = False) -> dict[str, Any]:
    """Everything on the page; from outside the work, what was said between sender and checker is not shown."""
    grid = grid_of(sent)
    told = checked_lately(grid) if sent.is_open and not outside else None
    if told:
        grid = with_findings(grid, told)
    table = table_of(grid)
    steps = list(sent.steps.select_related("by", "acting_for").order_by("pk"))
    remarks = [] if outside else list(sent.remarks.select_related("by").order_by("pk"))
    may = abilities(user, sent)
    before, after = queues.in_a_row(user, sent) if may.check or may.approve else (None, None)
    changed = changes(sent, steps)
    entries = entries_of(sent)
    kept = {} if outside else standing(sent)
    notes = notes_of(grid, remarks, kept, told)
    english = words.language() == "en"
    return {
        "sent": sent, "form": sent.form, "table": table, "may": may, "steps": [] if outside else _told(steps),
        "title": titled(sent.form.name, sent.span, english), "deadline": deadline_words(sent),
        "place_name": full_name(sent.place),
        "shape": SHAPES[ReturnState(sent.state)], "late": bool(sent.due and sent.sent_at and sent.sent_at > sent.due),
        "lines": _lines(table.lines, notes, changed, entries), "changed": len(changed),
        "whole": [each for each in remarks if not each.key], "typists": [] if outside else typists(sent),
        "targets": [(cell.key, place_of(grid, cell.key)) for cell in grid.sheet.cells() if cell.role],
        "entries": len(entries), "before": before, "after": after, "open_asks": len(grid.found),
        "explained": len(sent.explained), "findings": 0 if sent.is_open else _waiting(kept),
        "unlocked": sent.is_open and sent.approved_at is not None,
        "attachments": () if outside else sent.attachments.filter(removed_at=None).select_related("by"),
    }  # fmt: skip


def changes(sent: Return, steps: Iterable[Step]) -> dict[str, str]:
    """The cells that differ from the sending before, with what they said then; a first sending has none before it."""
    sendings = [step.cells for step in steps if step.after == SENT and step.before in (DRAFT, RETURNED)]
    back = 1 if sent.is_open else 2
    then = sendings[-back] if len(sendings) >= back else None
    if then is None:
        return {}
    now = sent.texts
    return {
        key: then.get(key, "")
        for key in {*then, *now}
        if then.get(key, "").strip() != now.get(key, "").strip()
    }  # fmt: skip


def _waiting(kept: Mapping[str, Iterable[Finding]]) -> int:
    return sum(each.state == State.OPEN for findings in kept.values() for each in findings)


def _lines(
    lines: Iterable[Line], notes: Mapping[str, list[Note]], changed: Mapping[str, str], entries: Mapping[str, Entry]
) -> list[ReadLine]:
    found = []
    for line in lines:
        if line.kind == "pattern":
            continue
        cells = tuple(
            ReadCell(slot, changed.get(slot.key), entries.get(slot.key), slot.key in notes) for slot in line.slots
        )
        said = tuple(note for slot in line.slots for note in notes.get(slot.key, ()))
        found.append(ReadLine(line, cells, said))
    return found


def typists(sent: Return) -> list[Typist]:
    """Who filled the return: by user and by the way that values came."""
    groups: dict[tuple[int, str], list[str]] = {}
    for cell in sent.cells.values():
        if cell.get("t", "").strip():
            groups.setdefault((cell.get("by", 0), cell.get("o", "")), []).append(cell.get("at", ""))
    names = {user.pk: str(user) for user in User.objects.filter(pk__in={by for by, _how in groups})}
    return [
        Typist(names.get(by, "?"), str(Origin(how).label) if how in Origin.values else how, len(times), _last(times))
        for (by, how), times in sorted(groups.items(), key=lambda each: -len(each[1]))
    ]


def _last(times: Iterable[str]) -> datetime | None:
    found = [moment for text in times if text and (moment := parse_datetime(text))]
    return max((timezone.localtime(each) for each in found), default=None)


def _told(steps: Iterable[Step]) -> list[tuple[Step, str]]:
    """Each step with its name: what was done, rather than the state after it."""
    return [(step, _name(step)) for step in steps]


def _name(step: Step) -> str:
    if step.unlocked:
        return _("Mở lại")
    if step.after == DRAFT and not step.before:
        return _("Mở phiếu")
    if step.after in (DRAFT, RETURNED) and step.before == SENT and not step.reason and step.acting_for_id is None:
        return _("Trả lại") if step.after == RETURNED else _("Lấy lại")
    if step.after == SENT and step.before == CHECKED:
        return _("Lấy lại bước kiểm tra")
    names = {SENT: _("Gửi"), CHECKED: _("Kiểm tra xong"), APPROVED: _("Duyệt"), RETURNED: _("Trả lại")}
    return names.get(ReturnState(step.after), step.get_after_display())
