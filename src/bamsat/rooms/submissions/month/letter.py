# SPDX-License-Identifier: Apache-2.0
"""The letter that chases (công văn đôn đốc), laid out by Decree 30/2020/NĐ-CP, for the office to number and sign."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bamsat.rooms.directory.models import Body, Post, standing
from bamsat.rooms.directory.queries import holder_on, name_on, version_on
from bamsat.rooms.places.models import Kind, Place
from bamsat.rooms.submissions.month.duties import title_of
from bamsat.rooms.submissions.month.mails import Item

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
NAMED_ABOVE = 8  # addressees named at the head; more of them stand in the table alone
LEADER, DEPUTY, DIVISION = "gd", "kt", "tl"


@dataclass(frozen=True, slots=True)
class Signer:
    """A way to sign: for oneself, for the head (KT.), or by order (TL.); `lines` stand above the name."""

    code: str
    lines: tuple[str, ...]
    person: str = ""

    @property
    def label(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes the letter."""

    above: str  # the people's committee
    name: str
    full_name: str
    symbol: str
    place: str
    signers: tuple[Signer, ...]
    division: str = ""


def office_of(province: Place | None, field: int | None, day: date) -> Office:
    """The department of the province with its posts; what the directory lacks is left for the office to fill."""
    rows = Body.objects.filter(standing(day), place=province).prefetch_related("versions")
    department = rows.filter(Q(slug__startswith="so-cong-thuong"), kind="department").first()
    division = rows.filter(sets=field, kind="division").first() if field else None
    name = name_on(department, day) if department else "Sở Công Thương"
    version = version_on(department, day) if department else None
    above = name_on(version.parent, day) if version and version.parent else "Ủy ban nhân dân tỉnh"
    symbol = (version.short_name if version else "") or "SCT"
    short = version_on(division, day) if division else None
    place = province.name if province else ""
    if short and short.short_name:
        symbol += f"-{short.short_name}"
    return Office(
        above, _without_place(name, place), name, symbol,
        place, tuple(_signers(department, division, day)), name_on(division, day) if division else "",
    )  # fmt: skip


def _without_place(name: str, place: str) -> str:
    """ "Sở Công Thương tỉnh Cao Bằng" stands at the head as "Sở Công Thương"."""
    for word in (f" tỉnh {place}", f" thành phố {place}", f" {place}"):
        name = name.removesuffix(word)
    return name


def _signers(department: Body | None, division: Body | None, day: date) -> list[Signer]:
    posts = list(Post.objects.filter(body=department).order_by("-leads", "order", "pk")) if department else []
    leader = next((post for post in posts if post.leads), None)
    title = (leader.title if leader else "Giám đốc").upper()
    found = [Signer(LEADER, (title,), _person(leader, day))]
    deputy = next((post for post in posts if not post.leads), None)
    found.append(Signer(DEPUTY, (f"KT. {title}", (deputy.title if deputy else "Phó Giám đốc").upper())))
    if division:
        head = Post.objects.filter(body=division, leads=True).first()
        own = f"{head.title if head else 'Trưởng phòng'}".upper()
        what = name_on(division, day).removeprefix("Phòng ").upper()
        found.append(Signer(DIVISION, (f"TL. {title}", f"{own} {what}" if "PHÒNG" in own else own), _person(head, day)))
    return found


def _person(post: Post | None, day: date) -> str:
    held = holder_on(post, day) if post else None
    return held.person if held else ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter says."""

    office: Office
    signer: Signer
    items: tuple[Item, ...]
    kinds: frozenset[str]  # of the places
    now: datetime
    address: str = ""


def letter(told: Letter) -> bytes:
    """The file."""
    document = Document()
    _page(document)
    _head(document, told)
    _addressees(document, told)
    _words(document, told)
    _table(document, told)
    _close(document, told)
    _foot(document, told)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20.5)
    section.left_margin, section.right_margin = Mm(30.5), Mm(16)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(number.add_run(), "PAGE")
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.line_spacing = 1.15


def _field(run: Any, what: str) -> None:
    for kind, text in (("begin", ""), ("", what), ("end", "")):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _head(document: Any, told: Letter) -> None:
    table = document.add_table(rows=2, cols=2)
    _wide(table, (66, 97))
    office = told.office
    left, right = table.rows[0].cells
    _line(left, _broken(office.above.upper()), 12, first=True)
    _line(left, office.name.upper(), 12, bold=True)
    _line(left, "_______", 8)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True, first=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    _line(right, "_______________________", 8)
    left, right = table.rows[1].cells
    _line(left, f"Số:          /{office.symbol}", 13, first=True)
    _line(left, f"V/v {subject(told)}", 12)
    local = timezone.localtime(told.now)
    _line(right, f"{office.place}, ngày       tháng {local:%m} năm {local:%Y}", 13, italic=True, first=True)


def _broken(name: str) -> str:
    """ "ỦY BAN NHÂN DÂN", and under it "TỈNH CAO BẰNG": too long for one line beside the motto."""
    for word in (" TỈNH ", " THÀNH PHỐ "):
        name = name.replace(word, f"\n{word.strip()} ")
    return name


def _wide(table: Any, widths: Sequence[int]) -> None:
    """Widths in millimetres, of columns and of cells: some programs read the one, some the other; no row is torn."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def subject(told: Letter) -> str:
    forms = {item.reminder.form_id for item in told.items}
    return "đôn đốc gửi biểu số liệu" if len(forms) > 1 else f"đôn đốc gửi biểu “{told.items[0].reminder.form.name_vi}”"


def _line(
    cell: Any,
    text: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    first: bool = False,
    left: bool = False,
) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _addressees(document: Any, told: Letter) -> None:
    names = list(dict.fromkeys(_addressed(item) for item in told.items))
    if len(names) == 1:
        texts = [f"Kính gửi: {names[0]}"]
    elif len(names) <= NAMED_ABOVE:
        texts = ["Kính gửi:", *(f"- {name}{'.' if name == names[-1] else ';'}" for name in names)]
    else:
        texts = [f"Kính gửi: {_everyone(told)}"]
    for at, text in enumerate(texts):
        paragraph = document.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if at else WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(0 if at else 12)
        if at:
            paragraph.paragraph_format.left_indent = Mm(50)


def _addressed(item: Item) -> str:
    """A commune is written to through its people's committee."""
    if item.reminder.place.kind in (Kind.COMMUNE, Kind.PROVINCE):
        return f"Ủy ban nhân dân {item.place[:1].lower()}{item.place[1:]}"
    return item.place


def _everyone(told: Letter) -> str:
    said = []
    if Kind.COMMUNE in told.kinds:
        said.append("Ủy ban nhân dân các xã, phường")
    if told.kinds - {Kind.COMMUNE}:
        said.append("các đơn vị, cơ sở")
    return f"{' và '.join(said)} có tên trong danh sách dưới đây"


def _words(document: Any, told: Letter) -> None:
    local = timezone.localtime(told.now)
    places = len({item.reminder.place_id for item in told.items})
    _paragraph(
        document,
        f"Thực hiện chế độ báo cáo, thu thập số liệu ngành Công Thương, {told.office.full_name} đã giao các đơn vị gửi "
        f"biểu số liệu theo kỳ. Đến {local:%H} giờ {local:%M} phút ngày {local:%d/%m/%Y}, còn {places} đơn vị chưa gửi "
        f"{len(told.items)} phiếu như sau:",
    )


def _paragraph(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)


def _table(document: Any, told: Letter) -> None:
    table = document.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    _cells(table.rows[0], ("TT", "Đơn vị", "Biểu, kỳ báo cáo", "Hạn gửi", "Tình trạng"), bold=True)
    for at, item in enumerate(told.items, 1):
        one = item.reminder
        due = f"{timezone.localtime(item.due):%H:%M, %d/%m/%Y}" if item.due else "không có"
        status = f"đã nhập {item.sent.filled}/{item.sent.asked} ô" if item.sent else "chưa mở biểu"
        if item.is_returned:
            status = "đã trả lại, chưa gửi lại"
        _cells(table.add_row(), (str(at), item.place, _titled(one.form.name_vi, one.period), due, status))
    _wide(table, (11, 40, 57, 25, 30))
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))  # repeated on each page


def _titled(name: str, period: str) -> str:
    with translation.override("vi"):
        return title_of(name, period)


def _cells(row: Any, texts: Sequence[str], bold: bool = False) -> None:
    for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        _line(cell, text, 12, bold=bold, first=True, left=not bold and at in (1, 2))


def _close(document: Any, told: Letter) -> None:
    late = any(item.due is not None and item.due < told.now for item in told.items)
    at = f" trên phần mềm Bám Sát tại địa chỉ {told.address}" if told.address else " trên phần mềm Bám Sát"
    when = "ngay sau khi nhận được công văn này" if late else "đúng thời hạn nêu trên"
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    _paragraph(
        document,
        f"{told.office.name} đề nghị các đơn vị có tên nêu trên nhập và gửi biểu{at} {when}, để kịp tổng hợp báo cáo "
        "Ủy ban nhân dân tỉnh và Bộ Công Thương.",
    )
    whom = f" ({told.office.division})" if told.office.division else ""
    _paragraph(
        document,
        f"Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về {told.office.name}{whom} để được hướng "
        "dẫn./.",
    )


def _foot(document: Any, told: Letter) -> None:
    table = document.add_table(rows=1, cols=2)
    _wide(table, (78, 85))
    left, right = table.rows[0].cells
    kept = told.office.symbol.split("-")[-1] if "-" in told.office.symbol else ""
    _line(left, "Nơi nhận:", 12, bold=True, italic=True, first=True, left=True)
    for text in ("- Như trên;", "- Lãnh đạo Sở (để báo cáo);", f"- Lưu: VT{', ' + kept if kept else ''}."):
        _line(left, text, 11, left=True)
    for at, text in enumerate(told.signer.lines):
        _line(right, text, 13, bold=True, first=not at)
    for _blank in range(4):
        _line(right, "", 13)
    _line(right, told.signer.person, 13, bold=True)
