# SPDX-License-Identifier: Apache-2.0
"""The table of tasks that offices send upward, in Word and Excel: every task with its state, the counts and the rates
with what they are a share of. It is an official paper, so that it is Vietnamese whatever the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import override

from bamsat.core.act.tasks import Counts, State, counts
from bamsat.core.report.docx import appendix_docx
from bamsat.core.report.outline import Appendix, Block, Cell, Column, Frame, Paragraph, Row, Table, Words
from bamsat.core.report.xlsx import Sheet, to_xlsx
from bamsat.core.report.xlsx.sheet import HEADED, PREPARED, issuers
from bamsat.rooms.directory.models import Body, standing
from bamsat.rooms.directory.queries import name_on
from bamsat.rooms.places.models import Place
from bamsat.rooms.tasks import arithmetic
from bamsat.rooms.tasks.listing import Filters, Listed
from bamsat.rooms.tasks.models import Task
from bamsat.rooms.tasks.rights import places_for
from bamsat.rooms.tasks.standing import Line, lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST = 5000  # rows of one file
_HEADS = (
    ("TT", 9), ("Nhiệm vụ được giao", 0), ("Văn bản giao (số, ngày)", 25), ("Cơ quan giao", 21),
    ("Đơn vị chủ trì", 23), ("Đơn vị phối hợp", 22), ("Thời hạn", 23), ("Sản phẩm", 16),
    ("Tình hình, kết quả (số văn bản)", 33), ("Trạng thái", 20), ("Ghi chú", 14),
)  # fmt: skip
STATES = {
    "done_on_time": "Hoàn thành đúng hạn", "done_late": "Hoàn thành quá hạn",
    "running_within": "Chưa hoàn thành, trong hạn", "running_overdue": "Chưa hoàn thành, quá hạn",
    "without_deadline": "Không có hạn", "cancelled": "Thôi thực hiện",
}  # fmt: skip


def written(user: User, filters: Filters, today: date, media: str) -> tuple[bytes, str]:
    """The file and its name for people."""
    with override("vi"):
        listed = Listed(user, filters, today)
        chosen = listed.chosen().select_related("record", "lead", "place").prefetch_related("supporting")[:MOST]
        found = lines(chosen, today)
        frame = _frame(_place(user, found), today)
        title = f"Tình hình thực hiện nhiệm vụ được giao (đến ngày {today:%d/%m/%Y})"
        blocks = (_table(found, title), *_below(counts(line.standing for line in found), len(found) == MOST))
        appendix = Appendix(title, blocks, landscape=True, prepared=PREPARED, headed=HEADED)
        content = _docx(appendix, frame) if media == "docx" else _xlsx(appendix, frame)
    return content, f"Tình hình thực hiện nhiệm vụ {today:%d-%m-%Y}"


def _docx(appendix: Appendix, frame: Frame) -> bytes:
    return appendix_docx(appendix, frame)


def _xlsx(appendix: Appendix, frame: Frame) -> bytes:
    """The counts stand under the table, as its note: a sheet is a table and what belongs to it."""
    [table] = [block for block in appendix.blocks if isinstance(block, Table)]
    notes = [_text(block) for block in appendix.blocks if isinstance(block, Paragraph)]
    noted = Table(table.caption, table.columns, table.rows, note="\n".join(notes), numbered=table.numbered)
    sheet = Sheet(
        "Nhiệm vụ", (noted,), title=appendix.title.upper(), left=issuers(frame), prepared=appendix.prepared,
        headed=appendix.headed, place=frame.place,
    )  # fmt: skip
    return to_xlsx((sheet,), {"title": appendix.title, "company": frame.organ})


def _text(paragraph: Paragraph) -> str:
    return "".join(piece.text for piece in paragraph.pieces)


# The rows.


def _table(found: Iterable[Line], title: str) -> Table:
    columns = tuple(Column((head,), width) for head, width in _HEADS)
    rows = tuple(Row(tuple(_cell(text) for text in _cells(at, line))) for at, line in enumerate(found, 1))
    return Table(title, columns, rows, numbered=True)


def _cell(text: str) -> Cell:
    return Cell((Words(text),)) if text else Cell()


def _cells(at: int, line: Line) -> Iterator[str]:
    task, now = line.task, line.standing
    yield str(at)
    yield task.what
    yield _given_by(task)
    yield (task.record.issuer if task.record and task.record.issuer else task.assigner)
    yield task.lead.name if task.lead else ""
    yield "; ".join(body.name for body in task.supporting.all())
    yield f"{now.due:%d/%m/%Y}" if now.due else str(task.get_time_display()).capitalize()
    yield task.product
    yield _outcome(line)
    yield STATES[line.counted_as]
    yield _note(line)


def _given_by(task: Task) -> str:
    if task.record is None:
        return "" if not task.assigner else f"Giao bằng lời, ngày {task.begins:%d/%m/%Y}"
    day = f", ngày {task.record.dated:%d/%m/%Y}" if task.record.dated else ""
    return f"{task.record}{day}"


def _outcome(line: Line) -> str:
    """The document that answered and what it says; of what still runs its last progress."""
    report = line.report
    if report:
        day = f"ngày {report.on:%d/%m/%Y}"
        said = f"{report.evidence}, {day}" if report.evidence else day.capitalize()
        waits = " (chờ xác nhận)" if line.standing.state is State.REPORTED else ""
        return f"{said}{waits}. {report.note}".strip(". ") + "."
    progress = line.progress
    if progress is None:
        return ""
    percent = f" ({progress.percent}%)" if progress.percent is not None else ""
    return f"{progress.note}{percent}"


def _note(line: Line) -> str:
    now = line.standing
    if now.is_extended and now.first_due:
        return f"Hạn gốc {now.first_due:%d/%m/%Y}"
    return f"Xin gia hạn đến {now.asked:%d/%m/%Y}" if now.asked else ""


# Below them.


def _below(found: Counts, cut: bool) -> Iterator[Block]:
    """The four states as one sum, what is counted apart, and every rate with its two numbers and how it is counted."""
    yield _line(f"Tổng hợp: {arithmetic.sentence(found)} {arithmetic.apart(found)}".strip(), strong=True)
    for rate in arithmetic.rates(found):
        yield _line(f"{rate.name}: {rate.says}. {rate.definition}")
    if cut:
        yield _line(f"Biểu in {MOST} nhiệm vụ đầu; hãy lọc bớt để in phần còn lại.")


def _line(text: str, strong: bool = False) -> Paragraph:
    return Paragraph((Words(text, strong=strong),), style="note")


# Around it.


def _place(user: User, found: list[Line]) -> Place | None:
    """Whose office prints it: the place of the tasks, where they are of one."""
    places = {line.task.place_id: line.task.place for line in found}
    own = list(places_for(user))
    if len(places) == 1:
        return next(iter(places.values()))
    return own[0] if own else None


def _frame(place: Place | None, today: date) -> Frame:
    if place is None:
        return Frame(day=None, kind="")
    found = {body.kind: body for body in Body.objects.filter(
        standing(today), place=place, kind__in=("people_committee", "department")).order_by("-pk")}  # fmt: skip
    committee, department = found.get("people_committee"), found.get("department")
    parent = name_on(committee, today) if committee else f"Ủy ban nhân dân {place.name}"
    if department is None and place.kind != "province":
        return Frame(organ=parent.upper(), place=place.name, kind="")
    organ = name_on(department, today) if department else "Sở Công Thương"
    return Frame(parent=parent.upper(), organ=organ.upper(), place=place.name, kind="")
