# SPDX-License-Identifier: Apache-2.0
"""Filling a return: opening it, saving cells one by one or many at once, rows that the sender adds, its note."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from bamsat.core.forms.definition import LENGTHS, Definition, key_of
from bamsat.core.forms.sheet import Pick, is_pattern, role_of, rows_of
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.models import Code
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function
from bamsat.rooms.submissions.due import due_here
from bamsat.rooms.submissions.filling.may_open import ask_to_open
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import CellData, Form, Origin, Return, ReturnState, Step
from bamsat.rooms.submissions.queries import may, version_for

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LONGEST = 2000
MOST_PICKS = 500


class Refused(BamsatError):
    """What cannot be done with a return now; the sentence says what can."""


@dataclass(frozen=True, slots=True)
class Change:
    """A new text for a cell; `seen` is the count of changes of the cell that the writer knew, None to write anyway."""

    key: str
    text: str
    seen: int | None = None
    origin: str = Origin.TYPED
    why: str | None = None  # a reason for a doubt or a missing value; None leaves the one that is there
    src: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that somebody else changed since the writer saw it; nothing was written to it."""

    key: str
    cell: CellData


@dataclass(frozen=True, slots=True)
class Saved:
    """What a saving did."""

    sent_return: Return
    keys: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    noted: bool = False


def fits(definition: Definition, period: Period) -> bool:
    """Whether a form of this frequency has such a period: a quarter begins in January, April, July or October ..."""
    length = LENGTHS[definition.frequency]
    start = 12 if length == 9 else length
    return period.length == length and period.first % start == 0


@transaction.atomic
def open_return(user: User, form: Form, place: Place, period: Period) -> Return:
    """The return of a form, place and period; made on first opening, as a draft without cells."""
    if not may(user, Function.ENTER, form, place):
        raise NotAllowed(
            vi=f"Anh/chị không nhập biểu “{form.name_vi}” cho {place}. Hãy nhờ cán bộ của nơi đó, hoặc nhờ quản trị "
            "giao thêm vai trò.",
            en=f"You do not fill in “{form.name_en or form.name_vi}” for {place}. Ask the officer of that place, "
            "or the administrator for the role.",
        )
    found = Return.objects.filter(form=form, place=place, period=period.code).first()
    if found:
        return found
    version = version_for(form, period)
    if version is None or not fits(definition_of(version), period):
        raise Refused(
            vi=f"Biểu “{form.name_vi}” không có kỳ {period.code}. Hãy mở biểu từ trang Tháng này.",
            en=f"“{form.name_en or form.name_vi}” has no period {period.code}. Open the form from This month.",
        )
    definition = definition_of(version)
    ask_to_open(user, form, definition, place, period)
    sent, made = Return.objects.get_or_create(
        form=form, place=place, period=period.code,
        defaults={
            "version": version, "first_month": period.first, "last_month": period.last, "changed_by": user,
            "due": due_here(version, definition, period), "asked": len(asked_keys(definition, ())),
        },
    )  # fmt: skip
    if made:
        Step.objects.create(sent_return=sent, before="", after=ReturnState.DRAFT, by=user)
        audit.record(user, "submissions.return.opened", sent, form=form.code, place=place.slug, period=period.code)
    return sent


def typed_keys(definition: Definition, picks: Sequence[Pick]) -> dict[str, bool]:
    """The cells that can be typed, and whether the form asks for each."""
    found = {}
    for row in rows_of(definition, picks):
        if row.heading or is_pattern(row):
            continue
        for column in definition.columns:
            if row.has(column.code) and not column.hidden and role_of(row, column) == "typed":
                found[key_of(row.code, column.code)] = row.asks(column)
    return found


def asked_keys(definition: Definition, picks: Sequence[Pick]) -> list[str]:
    return [key for key, asked in typed_keys(definition, picks).items() if asked]


@transaction.atomic
def save_cells(user: User, sent: Return, changes: Iterable[Change], note: str | None = None) -> Saved:
    """Write texts into cells. What somebody else changed meanwhile is not written over: it comes back as a conflict."""
    held = hold_to_fill(user, sent)
    now = timezone.now()
    told, conflicts, trail = put(held, changes, typed_keys(definition_of(held.version), held.chosen), user.pk, now)
    noted = note is not None and note.strip() != held.note
    if noted and note is not None:
        held.note = keepable(note).strip()[:LONGEST]
    if told or noted:
        _write(held, user, now)
        origins = sorted({held.cells[key]["o"] for key in told})
        audit.record(
            user, "submissions.return.saved", held, cells=trail, origins=origins, revision=held.revision, noted=noted
        )
    return Saved(held, tuple(told), tuple(conflicts), noted)


def put(
    held: Return, changes: Iterable[Change], keys: Collection[str], by: int, at: datetime
) -> tuple[list[str], list[Conflict], dict[str, list[str]]]:
    """The same for a return that is held, not kept yet: keys written, conflicts, texts before and after by key."""
    told: list[str] = []
    conflicts: list[Conflict] = []
    trail: dict[str, list[str]] = {}
    moment = at.isoformat(timespec="seconds")
    for said in changes:
        text, reason = keepable(said.text), None if said.why is None else keepable(said.why)
        change = said if (text, reason) == (said.text, said.why) else replace(said, text=text, why=reason)
        if change.key not in keys:
            raise Refused(
                vi=f"Biểu không có ô “{change.key}” để nhập. Hãy tải lại trang: dòng này có thể vừa được bỏ.",
                en=f"The form has no cell “{change.key}” to fill. Reload the page: its row may have been removed.",
            )
        if len(change.text) > LONGEST:
            raise Refused(
                vi=f"Ô “{change.key}” dài quá {LONGEST} ký tự.",
                en=f"The cell “{change.key}” exceeds {LONGEST} characters.",
            )
        before: CellData = held.cells.get(change.key, {})
        why = before.get("why", "") if change.why is None else change.why.strip()[:LONGEST]
        if before.get("t", "") == change.text and before.get("why", "") == why:
            continue
        if change.seen is not None and change.seen != before.get("n", 0):
            conflicts.append(Conflict(change.key, before))
            continue
        held.cells[change.key] = _cell(change, before, why, by, moment)
        told.append(change.key)
        trail[change.key] = [before.get("t", ""), change.text]
    return told, conflicts, trail


def keepable(text: str) -> str:
    """A text without what no database keeps: a NUL, and halves of letters that a program may send.

    >>> keepable("a\\x00b\\ud800")
    'ab?'
    """
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _cell(change: Change, before: CellData, why: str, by: int, at: str) -> CellData:
    cell: CellData = {"t": change.text, "o": str(change.origin), "by": by, "at": at, "n": before.get("n", 0) + 1}
    if change.why is None and before.get("t", "") != change.text:
        why = ""  # a reason was for the value that stood there
    if why:
        cell["why"] = why
    if change.src:
        cell["src"] = change.src[:LONGEST]
    if before.get("o") and before.get("t", "") == change.text:
        cell["o"] = before["o"]  # only its reason changed
        if before.get("src"):
            cell["src"] = before["src"]
    return cell


def hold_to_fill(user: User, sent: Return) -> Return:
    """The return, locked until the transaction ends, if the user may fill it now."""
    held = Return.objects.select_for_update(of=("self",)).select_related("form", "version", "place").get(pk=sent.pk)
    if not may(user, Function.ENTER, held.form, held.place):
        raise NotAllowed(
            vi=f"Anh/chị không nhập biểu này cho {held.place}.", en=f"You do not fill in this form for {held.place}."
        )
    if not held.is_open:
        raise Refused(
            vi=f"Phiếu đang ở bước “{held.get_state_display()}” nên không sửa được. "
            "Cần sửa thì đề nghị nơi nhận trả lại.",
            en=f"The return is “{held.get_state_display()}” and cannot be changed. Ask the office to send it back.",
        )
    return held


def mark_changed(held: Return, keys: Mapping[str, bool], user: User, now: datetime) -> None:
    """Who changed it and when, and how far it is filled; `keys` are its cells to type in."""
    held.asked = sum(keys.values())
    held.filled = sum(asked and bool(held.cells.get(key, {}).get("t", "").strip()) for key, asked in keys.items())
    held.revision += 1
    held.changed_at, held.changed_by = now, user


def _write(held: Return, user: User, now: datetime) -> None:
    mark_changed(held, typed_keys(definition_of(held.version), held.chosen), user, now)
    held.save(update_fields=["cells", "picks", "filled", "asked", "revision", "changed_at", "changed_by", "note"])


# Rows that the sender adds.


@transaction.atomic
def add_row(user: User, sent: Return, row: str, codes: Sequence[str]) -> Return:
    """A row for these codes of the pattern's lists; there already: nothing happens."""
    held = hold_to_fill(user, sent)
    pattern = next((each for each in definition_of(held.version).rows if each.code == row and each.pick), None)
    if pattern is None or len(codes) != len(pattern.pick):
        raise Refused(vi="Biểu không có dòng mẫu này.", en="The form has no such row to add.")
    for codelist, code in zip(pattern.pick, codes, strict=True):
        if not Code.objects.filter(codelist__code=codelist, code=code).exists():
            raise Refused(
                vi=f"“{code}” không có trong danh mục “{codelist}”. Hãy chọn trong danh sách.",
                en=f"“{code}” is not in the list “{codelist}”. Choose from the list.",
            )
    if [row, list(codes)] in held.picks:
        return held
    if len(held.picks) >= MOST_PICKS:
        raise Refused(
            vi=f"Một phiếu có nhiều nhất {MOST_PICKS} dòng thêm.", en=f"A return has {MOST_PICKS} added rows at most."
        )
    held.picks.append([row, list(codes)])
    _write(held, user, timezone.now())
    audit.record(user, "submissions.return.row_added", held, row=row, codes=list(codes))
    return held


@transaction.atomic
def remove_row(user: User, sent: Return, row: str, codes: Sequence[str]) -> Return:
    """Take an added row away with what was typed in it; the trail keeps the texts."""
    held = hold_to_fill(user, sent)
    if [row, list(codes)] not in held.picks:
        return held
    gone = Pick(row, tuple(codes)).code
    texts = {key: cell.get("t", "") for key, cell in held.cells.items() if key.rpartition(".")[0] == gone}
    held.picks.remove([row, list(codes)])
    held.cells = {key: cell for key, cell in held.cells.items() if key not in texts}
    _write(held, user, timezone.now())
    audit.record(user, "submissions.return.row_removed", held, row=row, codes=list(codes), cells=texts)
    return held


@transaction.atomic
def put_back(user: User, sent: Return, changes: Iterable[Change], row: str = "", codes: Sequence[str] = ()) -> Saved:
    """Take a filling back, or the removal of a row: the texts that stood there, where nobody has changed them since."""
    if row:
        add_row(user, sent, row, codes)
    return save_cells(user, sent, changes)
