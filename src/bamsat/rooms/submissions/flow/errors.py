# SPDX-License-Identifier: Apache-2.0
"""Why a return does not go on its way: what has to be mended, who has changed it meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from bamsat.core.forms.checks import Remark as Found
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.submissions.filling.actions import Refused
from bamsat.rooms.submissions.grids import Grid
from bamsat.rooms.submissions.models import Return
from bamsat.rooms.submissions.period_words import column_name

_SHOWN = 4


class NotReady(Refused):
    """A return that cannot be sent yet; `findings` are all that has to be mended or explained, in order of cells."""

    def __init__(self, findings: Sequence[Found], where: str) -> None:
        first, more = findings[0], len(findings) - 1
        super().__init__(
            vi=f"Còn {len(findings)} chỗ phải sửa hoặc ghi lý do trước khi gửi. {where}: {first.vi}"
            + (f" (và {more} chỗ nữa)" if more else ""),
            en=f"{len(findings)} to mend or explain before it can be sent. {where}: {first.en}"
            + (f" (and {more} more)" if more else ""),
        )
        self.findings, self.where = tuple(findings), where

    def __reduce__(self) -> tuple[object, ...]:
        return NotReady, (self.findings, self.where)


class Stale(Refused):
    """The return was changed since the user saw it; the sentence says who changed what."""


def stale(held: Return, revision: int) -> Stale:
    """Who changed the return since this revision, when, and which cells."""
    who = str(held.changed_by or "?")
    at = f"{timezone.localtime(held.changed_at):%H:%M %d/%m/%Y}"
    cells = changed_since(held, revision)
    shown = ", ".join(cells[:_SHOWN]) + (" …" if len(cells) > _SHOWN else "")
    told = (f" {len(cells)} ô ({shown})", f" {len(cells)} cells ({shown})") if cells else ("", "")
    state = held.get_state_display()
    return Stale(
        vi=f"Phiếu vừa đổi từ khi anh/chị mở: {who} đổi{told[0]} lúc {at}, nay là “{state}”. "
        "Hãy tải lại trang, xem phần đã đổi rồi làm lại.",
        en=f"The return has changed since you opened it: {who} changed{told[1] or ' it'} at {at}, it is now "
        f"“{state}”. Reload the page, look at what changed, and do it again.",
    )


def changed_since(held: Return, revision: int) -> list[str]:
    """The keys of cells written after a revision, as the trail of changes has them."""
    rows = AuditRecord.objects.filter(
        object_type=Return._meta.label_lower, object_id=str(held.pk), action="submissions.return.saved"
    ).order_by("-pk")
    keys: dict[str, None] = {}
    for details in rows.values_list("details", flat=True)[:50]:
        if int(details.get("revision") or 0) <= revision:
            break
        cells = details.get("cells")
        keys |= dict.fromkeys(cells if isinstance(cells, dict) else ())
    return sorted(keys)


def place_of(grid: Grid, key: str) -> str:
    """Where a cell stands, in words: its row and its column."""
    row_code, _, column_code = key.rpartition(".")
    row = next((each for each in grid.sheet.rows if each.code == row_code), None)
    column = next((each for each in grid.definition.columns if each.code == column_code), None)
    if row is None or column is None:
        return key
    return f"{row.name.vi}, {column_name(column, grid.sent_return.span)}"
