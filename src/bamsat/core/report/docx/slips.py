# SPDX-License-Identifier: Apache-2.0
"""Printed forms of every week: the slip with which a unit submits a matter, and an appendix on a sheet of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bamsat.core.report.docx import letterhead, paper
from bamsat.core.report.docx.annexes import annexes
from bamsat.core.report.docx.marks import line, paragraph, run, twips
from bamsat.core.report.docx.paper import turned
from bamsat.core.report.docx.store import set_properties
from bamsat.core.report.docx.writer import Writer
from bamsat.core.report.outline import Appendix, Frame, Paragraph, Words

SLIP = "PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC"
_LINES_FOR_OPINION = 4


@dataclass(frozen=True, slots=True)
class Slip:
    """What a unit submits to its leader. Roles stand under the opinions; nobody's name is made up."""

    parent: str = ""  # "SỞ CÔNG THƯƠNG"
    organ: str = ""  # the unit: "PHÒNG QUẢN LÝ CÔNG NGHIỆP"
    place: str = ""
    day: date | None = None
    matter: str = ""  # what it is about
    addressee: tuple[str, ...] = ()
    summary: tuple[Paragraph, ...] = ()
    enclosed: tuple[str, ...] = ()
    opinion: tuple[Paragraph, ...] = ()  # of the unit; lines to fill when there is none
    submitted: str = "Người trình"
    headed: str = "Trưởng phòng"
    decided: str = "Lãnh đạo Sở"
    others: tuple[str, ...] = ()  # units that were asked: a space for the opinion of each


def slip_docx(slip: Slip) -> bytes:
    """The submission slip as a Word file."""
    package = paper.empty()
    writer = Writer.into(package)
    frame = Frame(slip.parent, slip.organ, place=slip.place, day=slip.day, kind=SLIP, subject=slip.matter)
    left, right = letterhead.names(slip.parent, slip.organ, writer.room)
    day = line(letterhead.place_line(frame), "DiaDanhNgayThang")
    markup = [letterhead.names_beside(left, right + day, writer.room), line(SLIP, "TenLoaiVanBan")]
    markup += [letterhead.subject(f"V/v {slip.matter}", writer.room)] if slip.matter else []
    markup += [letterhead.addressees(slip.addressee, writer.room)]
    markup += [_part(1, "Tóm tắt nội dung trình"), *map(writer.markup, slip.summary or (_EMPTY,))]
    markup += [_part(2, "Văn bản, tài liệu kèm theo")]
    markup += [line(text, "ThanBai") for text in letterhead.listed(slip.enclosed, "- ")] or [_open_line(writer.room)]
    markup += [_part(3, "Ý kiến của đơn vị trình"), *_opinion(writer, slip.opinion)]
    markup += [_two(_role(slip.submitted), _role(slip.headed), writer.room)]
    number = 4
    for other in slip.others:
        markup += [
            _part(number, f"Ý kiến của {other}"),
            *_opinion(writer, ()),
            _two("", _role("Thủ trưởng đơn vị"), writer.room),
        ]
        number += 1
    markup += [_part(number, f"Ý kiến của {slip.decided[:1].lower()}{slip.decided[1:]}"), *_opinion(writer, ())]
    markup += [_two("", _role(slip.decided), writer.room), paragraph("", "GachNgang")]
    return _finished(package, writer, [element for piece in markup for element in writer.parsed(piece)], frame)


_EMPTY = Paragraph((Words("…"),))


def _part(number: int, text: str) -> str:
    return line(f"{number}. {text}", "Heading2")


def _opinion(writer: Writer, said: tuple[Paragraph, ...]) -> list[str]:
    return [writer.markup(block) for block in said] or [_open_line(writer.room)] * _LINES_FOR_OPINION


def _open_line(room: float) -> str:
    """A dotted line to write on; it stays with what it belongs to."""
    tabs = f'<w:keepNext/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(room)}"/></w:tabs>'
    return paragraph(run("\t"), "CanGiua", tabs + '<w:ind w:firstLine="0"/><w:jc w:val="left"/>')


def _role(role: str) -> str:
    return line(role.upper(), "QuyenHanChucVu") + letterhead.room_to_sign("")


def _two(left: str, right: str, room: float) -> str:
    return letterhead.beside([(left, right)], (room / 2, room / 2))


def appendix_docx(appendix: Appendix, frame: Frame, picture: Callable[[Any], bytes] | None = None) -> bytes:
    """An appendix alone, on its side where it says so, with the names above it and the two signatures below."""
    package = paper.empty()
    body = package.element.body
    settings = body.sectPr
    sheet = turned(settings, appendix.landscape)
    body.replace(settings, sheet)
    for kept in settings.findall("{*}headerReference") + settings.findall("{*}titlePg"):
        (sheet.insert(0, kept) if kept.tag.endswith("headerReference") else sheet.append(kept))
    writer = Writer.into(package, picture)
    above = ""
    if frame.organ or frame.parent:
        left, right = letterhead.names(frame.parent, frame.organ, writer.room)
        above = letterhead.names_beside(left, right, writer.room) + letterhead.space(6)
    [found] = annexes(writer, frame, [appendix], sheet, first_page=True)
    return _finished(package, writer, [*writer.parsed(above), *found], frame, appendix.title)


def _finished(package: Any, writer: Writer, found: list[Any], frame: Frame, title: str = "") -> bytes:
    body = package.element.body
    for element in found:
        body.sectPr.addprevious(element)
    writer.keep()
    set_properties(package, title or frame.subject or frame.kind, frame, {})
    return paper.saved(package)
