# SPDX-License-Identifier: Apache-2.0
"""Tables of tasks: Nhiệm vụ | Cơ quan chủ trì | Phối hợp | Thời gian hoàn thành | Sản phẩm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bamsat.core.read.document import Cell, Document, Table
from bamsat.core.read.instructing.frames import Draft
from bamsat.core.read.instructing.pieces import trimmed
from bamsat.core.read.instructing.whens import When, when

_HEADS = (
    ("supporting", re.compile(r"phối hợp")),
    (
        "who",
        re.compile(
            r"chủ trì|thực hiện chính|đơn vị thực hiện|cơ quan thực hiện|đầu mối"
            r"|phụ trách|chịu trách nhiệm|^đơn vị|^cơ quan"
        ),
    ),
    ("when", re.compile(r"thời gian|thời hạn|hạn |tiến độ|hoàn thành trước")),
    ("product", re.compile(r"sản phẩm|kết quả")),
    ("task", re.compile(r"nhiệm vụ|nội dung|công việc|hoạt động|giải pháp|việc")),
)
_MOST_HEAD_ROWS = 3


def rows_asked(document: Document, low: str, dated: str = "") -> Iterator[Draft]:
    """One draft for each row that names a task in a table whose heads say that it assigns tasks."""
    for table in document.tables:
        yield from _of_table(table, document.text, low, dated)


def _of_table(table: Table, text: str, low: str, dated: str) -> Iterator[Draft]:
    for place, row in enumerate(table.rows[:_MOST_HEAD_ROWS]):
        columns = _columns(row)
        if "task" in columns and ("who" in columns or ("when" in columns and "supporting" in columns)):
            for cells in table.rows[place + 1 :]:
                draft = _of_row(cells, columns, text, low, dated)
                if draft is not None:
                    yield draft
            return


def _columns(row: tuple[Cell | None, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        said = " ".join(cell.text.lower().split()) if cell else ""
        for name, pattern in _HEADS:
            if len(said) <= 60 and pattern.search(said):
                found.setdefault(name, place)
                break
    return found


def _of_row(cells: tuple[Cell | None, ...], columns: dict[str, int], text: str, low: str, dated: str) -> Draft | None:
    def cell(name: str) -> Cell | None:
        place = columns.get(name)
        return cells[place] if place is not None and place < len(cells) else None

    task = cell("task")
    who, by, helped = cell("who"), cell("when"), cell("supporting")
    if task is None or len(task.text.strip()) < 8 or not task.text.strip(" -.…") or task == who:
        return None
    if not any(each is not None and each.text.strip() for each in (who, by)):
        return None
    start, end = trimmed(text, task.start, task.end)
    names = (
        tuple(
            name.strip()
            for name in re.split(r"[;\n]|,\s(?=Sở|UBND|Ban|Công|Các|các|Chi|Cục)", helped.text)
            if name.strip()
        )
        if helped
        else ()
    )
    told = _when(by, low, dated)
    return Draft(
        start, end, "instruction", task.at, " ".join(who.text.split()) if who else "", names, when=told, after=start
    )


def _when(cell: Cell | None, low: str, dated: str) -> When:
    if cell is None or not cell.text.strip():
        return When(0, 0, "none")
    found = when(low, cell.start, cell.end, dated)
    if found.time != "none":
        return found
    alone = re.fullmatch(
        r"\s*(?:(quý\s+\S+)|(tháng\s+\S+)|(\d{1,2}/\d{4}|\d{1,2}/\d{1,2}/\d{4}|năm\s+\d{4}|\d{4}))\s*",
        low[cell.start : cell.end],
    )
    if alone is None:
        return When(cell.start, cell.end, "none")
    guessed = when("trong " + alone[0].strip(), 0, 6 + len(alone[0].strip()), dated)
    return When(cell.start, cell.end, guessed.time, guessed.due)
