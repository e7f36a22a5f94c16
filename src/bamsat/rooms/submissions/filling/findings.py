# SPDX-License-Identifier: Apache-2.0
"""What is said under the rows of a return that is being filled: errors, questions, reasons, remarks, two who wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.forms.checks import Remark as Found
from bamsat.rooms.accounts.models import User
from bamsat.rooms.submissions.filling.actions import Conflict, typed_keys
from bamsat.rooms.submissions.grids import Grid
from bamsat.rooms.submissions.models import Remark
from bamsat.rooms.submissions.period_words import column_name
from bamsat.ui import words

ORDER = {"conflict": 0, "error": 1, "doubt": 2, "remark": 3, "missing": 4, "explained": 5}


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing under a row: what is wrong at which cell, and the ways out."""

    key: str
    kind: str  # conflict, error, doubt, missing, explained or remark
    word: str  # the state, in a word or two
    shape: str
    text: str
    mend: str = ""  # the text that the cell should probably hold
    mine: str = ""  # of a conflict: what this writer typed
    theirs: str = ""
    why: str = ""
    column: str = ""  # named where the form has several columns to fill

    @property
    def row(self) -> str:
        return self.key.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the return is, and what the button at its foot does next."""

    done: int
    asked: int
    errors: int
    doubts: int
    missing: int
    first: str
    filled: int = 0

    @property
    def ready(self) -> bool:
        return not (self.errors or self.doubts or self.missing)

    @property
    def words(self) -> str:
        """ "7/12 ô xong · 1 ô chưa đọc được · 3 ô trống"."""
        if self.asked:
            told = [_("%(done)s/%(asked)s ô xong") % {"done": self.done, "asked": self.asked}]
        else:  # every row is the sender's own to add
            told = [ngettext("%(n)s ô đã nhập", "%(n)s ô đã nhập", self.filled) % {"n": self.filled}]
        if self.errors:
            told.append(ngettext("%(n)s ô phải sửa", "%(n)s ô phải sửa", self.errors) % {"n": self.errors})
        if self.doubts:
            told.append(ngettext("%(n)s ô cần xem", "%(n)s ô cần xem", self.doubts) % {"n": self.doubts})
        if self.missing:
            told.append(ngettext("%(n)s ô trống", "%(n)s ô trống", self.missing) % {"n": self.missing})
        return " · ".join(told)

    @property
    def next(self) -> str:
        """What the button says: it never blocks silently."""
        if self.errors:
            return _("Tới ô cần sửa (%(n)s)") % {"n": self.errors}
        if self.doubts:
            return _("Tới ô cần xem (%(n)s)") % {"n": self.doubts}
        if self.missing:
            return _("Tới ô trống (%(n)s)") % {"n": self.missing}
        return _("Gửi")


def tally_of(grid: Grid) -> Tally:
    keys = typed_keys(grid.definition, grid.sent_return.chosen)
    asked = {key for key, asks in keys.items() if asks}
    blocked = {each.key for each in grid.found}
    kinds: Mapping[str, Sequence[Found]] = {"error": grid.errors, "doubt": grid.doubts, "missing": grid.missing}
    first = next((found[0].key for found in kinds.values() if found), "")
    filled = sum(bool(cell.get("t", "").strip()) for cell in grid.sent_return.cells.values())
    return Tally(
        len(asked - blocked), len(asked), len(grid.errors), len(grid.doubts), len(grid.missing), first, filled
    )  # fmt: skip


def mends_of(
    grid: Grid, remarks: Iterable[Remark] = (), conflicts: Iterable[tuple[Conflict, str, str]] = (),
    missing: bool = False,
) -> dict[str, list[Mend]]:  # fmt: skip
    """Everything to say, by the code of its row. Blank cells are named once they are asked for: an empty form is not
    full of complaints. `conflicts` come with what this writer typed and with who wrote the other."""
    english = words.language() == "en"
    said = [_conflict(each, mine, who) for each, mine, who in conflicts]
    said += [_remark(each) for each in remarks if each.key]
    said += [_found(each, english) for each in grid.found if missing or each.severity != "missing"]
    said += list(_explained(grid))
    named = _columns(grid, english)
    by_row: dict[str, list[Mend]] = {}
    for each in sorted(said, key=lambda one: ORDER[one.kind]):
        by_row.setdefault(each.row, []).append(_named(each, named))
    return by_row


def _columns(grid: Grid, english: bool) -> dict[str, str]:
    """Names of the columns to fill, where there are several."""
    typed = [column for column in grid.definition.columns if column.is_typed and not column.hidden]
    if len(typed) < 2:
        return {}
    return {column.code: column_name(column, grid.sent_return.span, english) for column in typed}


def _named(mend: Mend, named: Mapping[str, str]) -> Mend:
    column = named.get(mend.key.rpartition(".")[2], "")
    if not column:
        return mend
    return Mend(
        mend.key, mend.kind, mend.word, mend.shape, mend.text, mend.mend, mend.mine, mend.theirs, mend.why, column
    )


def _found(found: Found, english: bool) -> Mend:
    text = found.en if english else found.vi
    if found.severity == "error":
        word = _("Chưa đọc được") if found.kind == "unreadable" else _("Không khớp")
        return Mend(found.key, "error", word, "bad", text, found.mend)
    if found.severity == "doubt":
        return Mend(found.key, "doubt", _("Cần xem"), "doubt", text, found.mend)
    return Mend(found.key, "missing", _("Còn trống"), "wait", text)


def _explained(grid: Grid) -> Iterable[Mend]:
    errors = {each.key for each in grid.errors}
    for key, cell in grid.sent_return.cells.items():
        why = cell.get("why", "")
        if why and key not in errors:
            yield Mend(key, "explained", _("Đã có lý do"), "good", why, why=why)


def _remark(remark: Remark) -> Mend:
    text = _("“%(text)s” (%(who)s, %(when)s)") % {
        "text": remark.text,
        "who": remark.by,
        "when": words.moment(remark.at),
    }
    return Mend(remark.key, "remark", _("Trả lại"), "bad", text)


def _conflict(conflict: Conflict, mine: str, who: str) -> Mend:
    theirs = conflict.cell.get("t", "")
    at = _clock(conflict.cell.get("at", ""))
    told = {"who": who, "at": at, "value": theirs}
    if theirs:
        text = _("%(who)s vừa sửa ô này thành %(value)s (%(at)s). Giữ số của ai?") % told
    else:
        text = _("%(who)s vừa xóa số ở ô này (%(at)s). Giữ số của ai?") % told
    return Mend(conflict.key, "conflict", _("Hai người cùng sửa"), "doubt", text, mine=mine, theirs=theirs)


def _clock(at: str) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(at)):%H:%M:%S}" if at else ""


def writers(conflicts: Iterable[Conflict], user: User) -> dict[int, str]:
    """Who wrote the other values, by user id; the writer's own other window is called that."""
    ids = {conflict.cell.get("by", 0) for conflict in conflicts}
    if not ids:
        return {}
    names = {each.pk: str(each) for each in User.objects.filter(pk__in=ids)}
    return names | ({user.pk: _("Anh/chị ở cửa sổ khác")} if user.pk in ids else {})
