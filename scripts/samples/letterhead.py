# SPDX-License-Identifier: Apache-2.0
"""An administrative report as Decree 30/2020/NĐ-CP lays it out, in Word."""

from collections.abc import Sequence

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FACE = "Times New Roman"
CENTRE, LEFT, RIGHT, JUSTIFIED = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def new_report() -> Docx:
    """An empty A4 page with the decree's margins, type and page number."""
    report = Document()
    section = report.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.different_first_page_header_footer = True
    for name in ("Normal", "Heading 1", "Heading 2"):
        _typeface(report.styles[name], bold=name != "Normal")
    report.styles["Normal"].font.size = Pt(13)
    page = section.header.paragraphs[0]
    page.alignment = CENTRE
    _field(page, "PAGE")
    return report


def _typeface(style, bold: bool) -> None:
    style.font.name, style.font.bold, style.font.italic = FACE, bold, False
    style.font.size, style.font.color.rgb = Pt(13), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FACE)


def _field(paragraph: Paragraph, code: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, code), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
    run.font.size = Pt(13)


def line(
    place: Docx | _Cell,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    align=CENTRE,
    after: float = 0,
    first: bool = False,
) -> Paragraph:
    """One paragraph of the letterhead; `first` fills the paragraph that a cell is born with."""
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(0), Pt(after)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def rule(place: Docx | _Cell, indent: float) -> None:
    """The thin line under the organ, the motto and the title; `indent` from both sides, in cm."""
    paragraph = line(place, "", size=2, after=2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(indent)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{key}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().append(border)


def two_columns(report: Docx, widths: tuple[float, float]) -> tuple[_Cell, _Cell]:
    """A table without lines: what the letterhead and the signature stand in."""
    table = report.add_table(rows=1, cols=2)
    _fix_widths(table, widths)
    return table.cell(0, 0), table.cell(0, 1)


def _fix_widths(table: Table, widths: Sequence[float]) -> None:
    """Word reads the width of each cell, LibreOffice that of the column: say both."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def head(report: Docx, *, above: str, organ: str, number: str, dated: str, about: str = "") -> None:
    """National heading, organ, number and symbol, place and date; of an official letter what it is about."""
    left, right = two_columns(report, (6.4, 9.8))
    if above:
        line(left, above, size=12, first=True)
    line(left, organ, size=12, bold=True, first=not above)
    rule(left, 2.2)
    line(left, number, size=13)
    if about:
        line(left, about, size=12)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, first=True)
    line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    rule(right, 2.3)
    line(right, dated, size=13, italic=True)


def title(report: Docx, kind: str, subject: Sequence[str]) -> None:
    line(report, "", size=8)
    line(report, kind, bold=True)
    for part in subject:
        line(report, part, bold=True)
    rule(report, 6.2)
    line(report, "", size=4)


def body(report: Docx, text: str) -> None:
    paragraph = line(report, text, size=13, align=JUSTIFIED, after=4)
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.line_spacing = 1.05


def heading(report: Docx, text: str, level: int) -> None:
    paragraph = report.add_heading(text, level)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(3), Pt(4)
    paragraph.paragraph_format.first_line_indent = Cm(1.27)


def grid(report: Docx, rows: Sequence[Sequence[str]], widths: Sequence[float], bold_rows: Sequence[int]) -> Table:
    """A ruled table: the first row is its header, numbers stand on the right."""
    table = report.add_table(rows=len(rows), cols=len(widths))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _fix_widths(table, widths)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            align = CENTRE if r == 0 or c in (0, 2) else LEFT if c == 1 else RIGHT
            line(table.cell(r, c), text, size=12, bold=r == 0 or r in bold_rows, align=align, first=True)
    _repeat_header(table)
    return table


def _repeat_header(table: Table) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def signature(report: Docx, recipients: Sequence[str], roles: Sequence[str]) -> None:
    """Recipients on the left, the signing role on the right; no name is written."""
    line(report, "", size=8)
    left, right = two_columns(report, (8.2, 8.0))
    line(left, "Nơi nhận:", size=12, bold=True, italic=True, align=LEFT, first=True)
    for text in recipients:
        line(left, text, size=11, align=LEFT)
    for i, role in enumerate(roles):
        line(right, role, bold=True, first=i == 0)
    line(right, "(Đã ký)", italic=True, size=13)


def sample_mark(report: Docx, text: str) -> None:
    """Says on every page that this is a sample and no document of an office."""
    section = report.sections[0]
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = CENTRE
        run = paragraph.add_run(text)
        run.font.size, run.italic, run.font.color.rgb = Pt(9), True, RGBColor(0x59, 0x59, 0x59)
