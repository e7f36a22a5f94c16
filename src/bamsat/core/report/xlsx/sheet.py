# SPDX-License-Identifier: Apache-2.0
"""A sheet of a workbook as data: what stands over its tables, the tables, who signs under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bamsat.core.report.outline import Appendix, Block, Chart, Frame, Report, Table

PREPARED, HEADED = "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]+")
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `left` and `right` stand in its upper corners (who issues it; form, sender and receiver), the last
    line in capitals in bold; `prepared` and `headed` are the two signatures, with the place and day over the second."""

    name: str
    tables: tuple[Table, ...]
    title: str = ""
    subtitles: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    landscape: bool = True
    prepared: str = ""
    headed: str = ""
    signer: str = ""
    place: str = ""
    day: date | None = None
    year: int = 0  # of the day to fill in, where there is none yet

    @property
    def dated(self) -> str:
        """The line over the signature.

        >>> Sheet("1", (), place="Cao Bằng", day=date(2026, 2, 5)).dated
        'Cao Bằng, ngày 05 tháng 02 năm 2026'
        """
        if self.day:
            month = f"{self.day.month:02}" if self.day.month < 3 else f"{self.day.month}"
            said = f"ngày {self.day.day:02} tháng {month} năm {self.day.year}"
        else:
            said = f"ngày ...... tháng ...... năm {self.year or '......'}"
        return f"{self.place}, {said}" if self.place else said.capitalize()


def sheets_of(report: Report) -> tuple[Sheet, ...]:
    """A sheet for each table of a report and of its charts, then for each table of its appendices."""
    found = [*_of_body(report)]
    for appendix in report.appendices:
        found += _of_appendix(appendix, report.frame)
    return tuple(named(found))


def _of_body(report: Report) -> Iterator[Sheet]:
    counts = {"Bảng": 0, "Biểu đồ": 0}
    for block in report.blocks:
        if (table := table_in(block)) is None:
            continue
        kind = "Biểu đồ" if isinstance(block, Chart) else "Bảng"
        counts[kind] += 1
        yield Sheet(
            f"{kind} {counts[kind]}", (table,), title=table.caption, subtitles=_belongs_to(report.frame),
            left=issuers(report.frame), landscape=len(table.columns) > 5, place=report.frame.place,
        )  # fmt: skip


def _of_appendix(appendix: Appendix, frame: Frame) -> list[Sheet]:
    tables = [table for block in appendix.blocks if (table := table_in(block))]
    number = f"Phụ lục {appendix.number}".strip()
    made = [
        Sheet(
            number, (table,), title=appendix.title or table.caption, left=issuers(frame), right=(number.upper(),),
            subtitles=_belongs_to(frame), landscape=appendix.landscape, place=frame.place, day=frame.day,
        )
        for table in tables
    ]  # fmt: skip
    if made and (appendix.prepared or appendix.headed):
        made[-1] = replace(made[-1], prepared=appendix.prepared, headed=appendix.headed, signer=frame.signer)
    return made


def table_in(block: Block) -> Table | None:
    """The table that a block is or, of a chart, its numbers under the caption of the chart."""
    if isinstance(block, Chart):
        return replace(block.table, caption=block.table.caption or block.caption) if block.table else None
    return block if isinstance(block, Table) else None


def issuers(frame: Frame) -> tuple[str, ...]:
    """Who issues a report: the body above and the organ."""
    return tuple(line for line in (frame.parent, frame.organ) if line)


def _belongs_to(frame: Frame) -> tuple[str, ...]:
    """The line of an appendix that says to which document it belongs."""
    if not frame.symbol:
        return ()
    number = frame.number or "......"
    day = f"{frame.day:%d/%m/%Y}" if frame.day else "....../....../......"
    kind = frame.kind.capitalize() or "Văn bản"
    of = f" của {frame.organ}" if frame.organ else ""
    return (f"(Kèm theo {kind} số {number}/{frame.symbol} ngày {day}{of})",)


def named(sheets: Iterable[Sheet]) -> Sequence[Sheet]:
    """The same sheets, with names that a workbook takes and that differ."""
    taken: set[str] = set()
    found = []
    for sheet in sheets:
        name = free_name(sheet.name, taken)
        taken.add(name.casefold())
        found.append(replace(sheet, name=name))
    return found


def free_name(name: str, taken: set[str]) -> str:
    """A name of at most 31 letters without the signs that a workbook refuses, and that no other sheet has.

    >>> free_name("Biểu 10/SCT-BCT", {"biểu 10-sct-bct"})
    'Biểu 10-SCT-BCT (2)'
    """
    clean = " ".join(_NOT_IN_A_NAME.sub("-", name).split()).strip("- ") or "Biểu"
    short = clean if len(clean) <= _LONGEST_NAME else clean[: _LONGEST_NAME + 1].rpartition(" ")[0]
    found, count = (short or clean)[:_LONGEST_NAME].rstrip(" ,;-"), 1
    while found.casefold() in taken or found.casefold() == "history":
        count += 1
        mark = f" ({count})"
        found = clean[: _LONGEST_NAME - len(mark)].rstrip() + mark
    return found
