# SPDX-License-Identifier: Apache-2.0
"""What stands around the content of a document (Decree 30/2020/NĐ-CP, appendix I, section II): names, number, day,
kind and subject above it; recipients and signature below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bamsat.core.report.docx.marks import line, paragraph, run, twips
from bamsat.core.report.docx.metrics import balanced, lines, width
from bamsat.core.report.docx.styles import BODY_SIZE
from bamsat.core.report.outline import Frame

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_OPEN = "\u00a0"
_NATION_SIZE, _MOTTO_SIZE, _ORGAN_SIZE, _SUBJECT_SIZE = 13.0, 14.0, 13.0, 14.0
_RIGHT = width(NATION, _NATION_SIZE, bold=True) + 2  # millimetres
_ABOUT_SIZE = 12.0
_PART_OF_NAME = 0.42  # of a name, a rule's length: between a third and a half
_ROOM_ABOVE = '<w:spacing w:before="120"/>'
_ROOM_TO_SIGN = 78  # points


def number_line(frame: Frame) -> str:
    """The number and symbol; the number stays open until the register gives it.

    >>> number_line(Frame(number="5", symbol="BC-SCT"))
    'Số: 05/BC-SCT'
    """
    number = f"0{frame.number}" if frame.number.isdigit() and len(frame.number) == 1 else frame.number
    return f"Số: {number or _OPEN * 8}{'/' if frame.symbol else ''}{frame.symbol}"


def day_words(day: date | None) -> str:
    """A day as documents write it: a zero before days below ten and before the first two months.

    >>> day_words(date(2022, 1, 5)), day_words(date(2022, 3, 15))
    ('ngày 05 tháng 01 năm 2022', 'ngày 15 tháng 3 năm 2022')
    """
    if day is None:
        return f"ngày{_OPEN * 6}tháng{_OPEN * 6}năm{_OPEN * 8}".rstrip()
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def place_line(frame: Frame) -> str:
    """Where and when: "Cao Bằng, ngày 05 tháng 01 năm 2022"."""
    return f"{frame.place}, {day_words(frame.day)}" if frame.place else day_words(frame.day)


def listed(texts: Sequence[str], dash: str = "") -> list[str]:
    """Lines of one list: each ends with a semicolon, the last with a full stop.

    >>> listed(["Như trên", "Lưu: VT, KHTC"], "- ")
    ['- Như trên;', '- Lưu: VT, KHTC.']
    """
    bare = [text.strip().rstrip(";.").lstrip("-– ").rstrip() for text in texts if text.strip()]
    return [f"{dash}{text}{';' if place < len(bare) else '.'}" for place, text in enumerate(bare, start=1)]


def head(frame: Frame, room: float) -> str:
    """Everything above the first heading."""
    names = _names(frame, room) if frame.organ or frame.parent else ""
    return (
        names
        + _title(frame, room)
        + addressees(frame.addressee, room)
        + "".join(line(text, "CanCu") for text in listed(frame.bases))
    )


def names(parent: str, organ: str, room: float) -> tuple[str, str]:
    """The left and the right cell of the first lines: who issues, and the nation with its motto."""
    left_room = room - _RIGHT
    left = _centred(parent, "CoQuanChuQuan", left_room, _ORGAN_SIZE, bold=False) if parent else ""
    left += _centred(organ or parent, "CoQuanBanHanh", left_room, _ORGAN_SIZE, bold=True) if organ else ""
    last = lines(organ or parent, left_room, _ORGAN_SIZE, bold=True)
    longest = max((width(each, _ORGAN_SIZE, bold=True) for each in last), default=0.0)
    left += rule(left_room, longest * _PART_OF_NAME)
    right = line(NATION, "QuocHieu") + line(MOTTO, "TieuNgu")
    return left, right + rule(_RIGHT, width(MOTTO, _MOTTO_SIZE, bold=True))


def _names(frame: Frame, room: float) -> str:
    left, right = names(frame.parent, frame.organ, room)
    number = line(number_line(frame), "SoKyHieu")
    if not frame.kind and frame.subject:
        about = f"V/v {frame.subject.removeprefix('V/v ')}"
        number += _centred(about, "TrichYeuCongVan", room - _RIGHT, _ABOUT_SIZE, bold=False, within=room - _RIGHT - 4)
    return beside([(left, right), (number, line(place_line(frame), "DiaDanhNgayThang"))], (room - _RIGHT, _RIGHT))


def names_beside(left: str, right: str, room: float) -> str:
    """The first lines alone, for papers that bear no number."""
    return beside([(left, right)], (room - _RIGHT, _RIGHT))


def _title(frame: Frame, room: float) -> str:
    if not frame.kind:
        return ""
    kind = line(frame.kind.upper(), "TenLoaiVanBan")
    if not frame.subject:
        return kind + rule(room, width(frame.kind.upper(), _SUBJECT_SIZE, bold=True) * _PART_OF_NAME, after=12)
    return kind + subject(frame.subject, room)


def subject(text: str, room: float) -> str:
    """What a document is about, in lines of like length, with its rule."""
    within = room - 20
    inside = balanced(text, within, _SUBJECT_SIZE, bold=True)
    found = lines(text, inside, _SUBJECT_SIZE, bold=True)
    longest = max((width(each, _SUBJECT_SIZE, bold=True) for each in found), default=0.0)
    return _centred(text, "TrichYeu", room, _SUBJECT_SIZE, bold=True, within=within) + rule(
        room, longest * _PART_OF_NAME, after=12
    )


def addressees(bodies: tuple[str, ...], room: float) -> str:
    """To whom it goes: on one line, or one body a line."""
    match bodies:
        case ():
            return ""
        case (only,):
            text = f"Kính gửi: {only.strip().rstrip('.;')}"
            side = max((room - width(text, BODY_SIZE)) / 2, 0.0)
            return line(text, "KinhGui", f'<w:ind w:left="{twips(side)}"/>')
        case several:
            first = line("Kính gửi:", "KinhGui", f'<w:ind w:left="{twips(35)}"/>')
            return first + "".join(line(text, "NoiKinhGui") for text in listed(several, "- ")) + space(6)


def tail(frame: Frame, room: float) -> str:
    """Recipients and signature side by side, kept together; nothing when neither is known."""
    if not (frame.recipients or frame.authority or frame.post or frame.signer):
        return ""
    left = line("Nơi nhận:", "NoiNhan") if frame.recipients else ""
    left += "".join(line(text, "DanhSachNoiNhan") for text in listed(frame.recipients, "- "))
    signing = [text.upper() for text in (frame.authority, frame.post) if text]
    right = "".join(
        line(text, "QuyenHanChucVu", _ROOM_ABOVE if place == 0 else "") for place, text in enumerate(signing)
    )
    return beside([(left, right + room_to_sign(frame.signer))], (room * 0.46, room * 0.54))


def space(points: float) -> str:
    """Room between two parts."""
    return paragraph("", "GachNgang", f'<w:spacing w:before="0" w:after="{round(points * 20)}"/>')


def room_to_sign(signer: str, points: int = _ROOM_TO_SIGN) -> str:
    """Room for a signature and seal, then the name, if it was given."""
    above = f'<w:spacing w:before="{points * 20}"/>'
    return line(signer, "HoTen", above) if signer else paragraph("", "DongKyTen", above)


def beside(rows: Sequence[tuple[str, str]], widths: tuple[float, float]) -> str:
    """A table without lines that sets things side by side; no row of it breaks over two pages."""
    columns = "".join(f'<w:gridCol w:w="{twips(each)}"/>' for each in widths)
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(wide)}" w:type="dxa"/></w:tcPr>'
            f"{content or paragraph('', 'Normal')}</w:tc>"
            for content, wide in zip(row, widths, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
    )


def rule(room: float, long: float, after: float = 0) -> str:
    """A line of so many millimetres in the middle of a room: the border of an empty paragraph."""
    side = twips(max(room - long, 0) / 2)
    spacing = f'<w:spacing w:before="40" w:after="{round(after * 20)}"/>'
    return paragraph(
        "",
        "GachNgang",
        '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'{spacing}<w:ind w:left="{side}" w:right="{side}"/>',
    )


def _centred(text: str, style: str, room: float, size: float, bold: bool, within: float = 0) -> str:
    """A name in lines of like length, by indents and not by breaks, so that its words stay one paragraph."""
    side = twips((room - balanced(text, within or room, size, bold)) / 2)
    return paragraph(run(text), style, f'<w:ind w:left="{side}" w:right="{side}"/>' if side > 0 else "")
