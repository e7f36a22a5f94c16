# SPDX-License-Identifier: Apache-2.0
"""Appendices on sheets of their own: number, title, what they belong to, the two signatures under a return."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bamsat.core.report.docx.letterhead import beside, day_words, number_line, place_line, room_to_sign
from bamsat.core.report.docx.marks import W, elements, line, paragraph
from bamsat.core.report.docx.paper import turned
from bamsat.core.report.docx.writer import Writer
from bamsat.core.report.outline import Appendix, Block, Frame, Table

_LOOSE = {"GhiChu", "CachBang", "TenBieuDo", "GachNgang"}  # what belongs to the block above it
_ROWS_KEPT = 2
_ROOM_TO_SIGN = 50  # points, under how to sign
_NEW_PAGE = "<w:pageBreakBefore/>"
_SIGNED = ("(Ký, ghi rõ họ tên)", "(Ký, đóng dấu, ghi rõ họ tên)")


def annexes(
    writer: Writer, frame: Frame, appendices: Sequence[Appendix], settings: Any, first_page: bool = False
) -> list[list[Any]]:
    """The elements of each appendix, without its section; on the first page of a document none breaks the page."""
    upright = writer.room
    before = False
    found: list[list[Any]] = []
    for appendix in appendices:
        writer.landscape = appendix.landscape
        writer.room = _room(settings, landscape=True) if appendix.landscape else upright
        break_first = appendix.landscape == before and not first_page
        found.append(_annex(writer, frame, appendix, break_first))
        before = appendix.landscape
    writer.room, writer.landscape = upright, False
    return found


def _room(settings: Any, landscape: bool) -> float:
    sheet = turned(settings, landscape)
    margins = sheet.find(W + "pgMar")
    inside = int(sheet.find(W + "pgSz").get(W + "w")) - sum(int(margins.get(W + side)) for side in ("left", "right"))
    return inside * 25.4 / 1440


def _annex(writer: Writer, frame: Frame, appendix: Appendix, new_page: bool) -> list[Any]:
    named = appendix.title.strip().lower().startswith("phụ lục")
    alone = not (appendix.number or frame.kind)  # a table of its own, behind no document
    titles = [] if named or alone else [(f"Phụ lục {appendix.number}".strip(), "SoPhuLuc")]
    titles += [(appendix.title, "TenPhuLuc")] if appendix.title else []
    titles += [(belongs_to(frame), "KemTheo")] if frame.kind else []
    top = "".join(
        line(text, style, _NEW_PAGE if new_page and place == 0 else "") for place, (text, style) in enumerate(titles)
    )
    found = [*writer.parsed(top), *writer.written(_untitled(appendix))]
    below = writer.parsed(signatures(appendix, frame, writer.room))
    if below:
        keep_with_next(found)
    return [*found, *below]


def _untitled(appendix: Appendix) -> list[Block]:
    """The blocks of an appendix; a table that bears the appendix's own title is not captioned a second time."""
    title = appendix.title.strip().casefold()
    return [
        replace(block, caption="") if isinstance(block, Table) and block.caption.strip().casefold() == title else block
        for block in appendix.blocks
    ]


def belongs_to(frame: Frame) -> str:
    """To which document an appendix belongs; number and day stay open until it is issued.

    >>> from datetime import date
    >>> belongs_to(Frame(number="5", symbol="BC-SCT", day=date(2022, 1, 5), organ="SỞ CÔNG THƯƠNG"))
    '(Kèm theo Báo cáo số 05/BC-SCT ngày 05 tháng 01 năm 2022 của Sở Công Thương)'
    """
    number = number_line(frame).removeprefix("Số: ")
    of = f" của {_proper(frame.organ)}" if _proper(frame.organ) else ""
    return f"(Kèm theo {frame.kind.capitalize()} số {number} {day_words(frame.day)}{of})"


def _proper(organ: str) -> str:
    """A body's name out of capitals, where the rule of its name is known; otherwise nothing."""
    if not organ.isupper():
        return organ
    words = organ.split()
    if words[:4] == ["ỦY", "BAN", "NHÂN", "DÂN"]:
        return " ".join(["Ủy ban nhân dân", *_lower_kinds(words[4:])])
    if words[:1] in (["SỞ"], ["BỘ"]):
        return " ".join(_lower_kinds(words))
    return ""


def _lower_kinds(words: Sequence[str]) -> list[str]:
    kinds = {"TỈNH", "THÀNH", "PHỐ", "XÃ", "PHƯỜNG", "ĐẶC", "KHU", "VÀ"}
    return [word.lower() if word in kinds else word.capitalize() for word in words]


def signatures(appendix: Appendix, frame: Frame, room: float) -> str:
    """Who made the table and who answers for it, side by side, with the place and day on the right."""
    if not (appendix.prepared or appendix.headed):
        return ""
    left = paragraph("", "DiaDanhNgayThang") + _signature(appendix.prepared, _SIGNED[0])
    right = line(place_line(frame), "DiaDanhNgayThang") + _signature(appendix.headed, _SIGNED[1])
    return beside([(left, right)], (room * 0.45, room * 0.55)) + paragraph("", "GachNgang")


def _signature(role: str, how: str) -> str:
    return line(role.upper(), "QuyenHanChucVu") + line(how, "KemTheo") + room_to_sign("", _ROOM_TO_SIGN) if role else ""


def in_sections(main: list[Any], found: Sequence[tuple[list[Any], bool]], settings: Any) -> tuple[list[Any], Any]:
    """All elements with a section where the sheet turns, and the settings of the section that ends the document."""
    elements_, current, own = main, False, copy.deepcopy(settings)
    for annex, landscape in found:
        if landscape != current:
            end_section(elements_, own)
            own, current = turned(settings, landscape), landscape
        elements_ = [*elements_, *annex]
    return elements_, own


def end_section(found: list[Any], settings: Any) -> None:
    """Let a section end with these elements."""
    last = found[-1] if found else None
    if last is None or last.tag != W + "p" or last.find(f"{W}pPr/{W}sectPr") is not None:
        [last] = elements(paragraph("", "GachNgang"))
        found.append(last)
    last.find(W + "pPr").append(settings)


def keep_with_next(found: Sequence[Any]) -> None:
    """Let the end of a text stay with what follows: the signature never begins a page alone."""
    for element in reversed(found):
        if element.tag == W + "tbl":
            for row in element.findall(W + "tr")[-_ROWS_KEPT:]:
                for inner in row.iter(W + "p"):
                    _keep(inner)
            return
        if element.tag == W + "p":
            _keep(element)
            style = element.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(W + "val") not in _LOOSE:
                return


def _keep(element: Any) -> None:
    settings = element.get_or_add_pPr()
    settings._remove_keepNext()
    settings.get_or_add_keepNext()
