# SPDX-License-Identifier: Apache-2.0
"""What an administrator changes in the tables: rows one by one, versions of lists, members of sets, whole files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.access import only_administrators
from bamsat.rooms.catalogue.models import CodeList, Edition, Indicator, IndicatorName, IndicatorSet, SetMember
from bamsat.rooms.catalogue.planning import Change, Line, Outcome, Plan, Planner
from bamsat.rooms.catalogue.tables import CODES, LISTS, Table, key_of, written
from bamsat.rooms.catalogue.writing import new_edition, write

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

# A file that changes more rows than this is one record of the trail, with its keys; fewer are a record each.
_EACH_ON_ITS_OWN = 100


class RowRefused(BamsatError):
    """A row that the tables cannot take; `change` says which cells and how to mend them."""

    def __init__(self, change: Change) -> None:
        told = " ".join(wrong.message for wrong in change.wrong)
        super().__init__(vi=told, en=told)
        self.change = change


class ChangeRefused(BamsatError):
    """A change that cannot be made as asked."""


# One row.


@transaction.atomic
def add_row(by: User, table: Table, cells: Mapping[str, str], reason: str = "") -> Any:
    """A new row of a table."""
    only_administrators(by)
    change = _one(table, cells)
    if change.outcome is not Outcome.ADDED:
        raise ChangeRefused(
            vi=f"“{change.key}” đã có trong danh mục. Hãy mở dòng ấy để sửa, hoặc chọn mã khác.",
            en=f"“{change.key}” is in the catalogue already. Open that row to change it, or choose another code.",
        )
    write(Plan([change]))
    audit.record(by, "catalogue.row.added", change.row, reason, after=change.after)
    return change.row


@transaction.atomic
def change_row(by: User, table: Table, row: Any, cells: Mapping[str, str], reason: str, seen: str = "") -> Any:
    """New contents for a row; `seen` is its `fingerprint` when the form was opened, so that no one's work is lost."""
    only_administrators(by)
    _needs(reason)
    fresh = table.rows().select_for_update(of=("self",)).get(pk=row.pk)
    if seen and seen != fingerprint(table, fresh):
        raise ChangeRefused(
            vi="Trong lúc anh/chị sửa, có người đã sửa dòng này. Hãy mở lại trang để xem rồi sửa tiếp.",
            en="Somebody changed this row while you were editing it. Open the page again, look, and go on.",
        )
    keys = {column.code: written(column, fresh) for column in table.keys}
    change = _one(table, {**cells, **keys})
    if change.outcome is Outcome.CHANGED:
        write(Plan([change]))
        audit.record(by, "catalogue.row.changed", change.row, reason, before=change.before, after=change.after)
    return change.row


@transaction.atomic
def end_row(by: User, table: Table, row: Any, on: str, reason: str) -> Any:
    """The row is not used from a day on; figures that stand under it stay."""
    only_administrators(by)
    _needs(reason)
    keys = {column.code: written(column, row) for column in table.keys}
    change = _one(table, {**keys, "valid_to": on})
    if change.outcome is Outcome.CHANGED:
        write(Plan([change]))
        action = "catalogue.row.ended" if change.after["valid_to"] else "catalogue.row.resumed"
        audit.record(by, action, change.row, reason, before=change.before, after=change.after)
    return change.row


def fingerprint(table: Table, row: Any) -> str:
    """What a form was opened on."""
    line = Line(0, {column.code: written(column, row) for column in table.fields})
    return Plan([Change(table, line, key_of(table, row), row, Outcome.CHANGED, after=dict(line.cells))]).digest


def _one(table: Table, cells: Mapping[str, str]) -> Change:
    change = Planner().plan({table.code: [Line(1, cells)]}).changes[0]
    if change.wrong:
        raise RowRefused(change)
    return change


def _needs(reason: str) -> None:
    if not reason.strip():
        raise ChangeRefused(
            vi="Hãy ghi lý do: vì sao đổi, theo văn bản nào. Lý do nằm lại trong nhật ký.",
            en="Say why: what for, by which document. The reason stays in the trail.",
        )


# A new version of a code list.


@transaction.atomic
def new_version(by: User, former: CodeList, version: str, start: str, act: str, reason: str) -> CodeList:
    """A copy of a list under a new version and date, to be edited; the former one ends that day."""
    only_administrators(by)
    _needs(reason)
    cells = {column.code: written(column, former) for column in LISTS.fields}
    change = _one(LISTS, cells | {"version": version, "valid_from": start, "valid_to": "", "act": act})
    begins: date | None = change.row.valid_from
    if change.outcome is not Outcome.ADDED or begins is None:
        raise ChangeRefused(
            vi="Phiên bản mới cần một tên chưa dùng và ngày bắt đầu dùng.",
            en="A new version needs a name not used yet and the day from which it is used.",
        )
    codes = [
        {column.code: written(column, code) for column in CODES.fields} | {"codelist": change.key}
        for code in CODES.rows().filter(codelist=former)
    ]
    sheets = {LISTS.code: [Line(1, {c.code: written(c, change.row) for c in LISTS.fields})],
              CODES.code: [Line(number, cells) for number, cells in enumerate(codes, start=1)]}  # fmt: skip
    if former.valid_to is None:
        ending = {column.code: written(column, former) for column in LISTS.keys} | {"valid_to": begins.isoformat()}
        sheets[LISTS.code].append(Line(2, ending))
    plan = Planner().plan(sheets)
    wrong = next((each for each in plan.changes if each.wrong), None)
    if wrong:
        raise RowRefused(wrong)
    write(plan)
    row: CodeList = plan.changes[0].row
    audit.record(by, "catalogue.version.added", row, reason, after=change.after, codes=len(codes))
    return row


# Members of sets, names of indicators.


@transaction.atomic
def add_member(by: User, to: IndicatorSet, indicator: Indicator, reason: str = "") -> SetMember:
    only_administrators(by)
    last = to.members.order_by("-order").values_list("order", flat=True).first() or 0
    member, new = SetMember.objects.get_or_create(set=to, indicator=indicator, defaults={"order": last + 10})
    if new:
        _is_theirs(to)
        audit.record(by, "catalogue.member.added", to, reason, indicator=indicator.code)
    return member


@transaction.atomic
def remove_member(by: User, member: SetMember, reason: str = "") -> None:
    only_administrators(by)
    _is_theirs(member.set)
    audit.record(by, "catalogue.member.removed", member.set, reason, indicator=member.indicator.code)
    member.delete()


def _is_theirs(changed: IndicatorSet) -> None:
    """An upgrade no longer brings the members that the product ships."""
    IndicatorSet.objects.filter(pk=changed.pk).update(shipped=False)
    new_edition()


@transaction.atomic
def remove_name(by: User, name: IndicatorName, reason: str = "") -> None:
    """Take back a wording that people added; those that the product ships are known to the reader too."""
    only_administrators(by)
    if name.shipped:
        raise ChangeRefused(
            vi=f"“{name.text}” là tên có sẵn mà máy đọc vẫn hiểu, nên không bỏ được.",
            en=f"“{name.text}” came with the product and the reader understands it, so it cannot be taken away.",
        )
    audit.record(by, "catalogue.name.removed", name.indicator, reason, name=name.text)
    name.delete()


# Whole files.


@transaction.atomic
def apply_rows(by: User, sheets: Mapping[str, Sequence[Line]], digest: str, reason: str) -> Plan:
    """Write what a dry run showed; refused where the tables have moved since, so that nobody is surprised."""
    only_administrators(by)
    _needs(reason)
    plan = Planner().plan(sheets)
    if plan.digest != digest:
        raise ChangeRefused(
            vi="Danh mục đã đổi sau khi xem trước. Hãy xem trước lại rồi ghi.",
            en="The catalogue changed after the preview. Look at it again, then write.",
        )
    done = plan.to_write()
    write(plan)
    if len(done) <= _EACH_ON_ITS_OWN:
        for change in done:
            added = change.outcome is Outcome.ADDED
            action = "catalogue.row.added" if added else "catalogue.row.changed"
            audit.record(by, action, change.row, reason, before=change.before, after=change.after)
    if done:
        edition, _new = Edition.objects.get_or_create(pk=Edition.ONLY)
        counts = {outcome.value: plan.counted(outcome) for outcome in (Outcome.ADDED, Outcome.CHANGED)}
        keys = [f"{change.table.code}: {change.key}" for change in done]
        audit.record(by, "catalogue.file.applied", edition, reason, digest=digest, rows=keys, **counts)
    return plan
