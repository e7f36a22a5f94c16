# SPDX-License-Identifier: Apache-2.0
"""Small files of every type, made while the test runs."""

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

SENTENCES = (
    "Giá trị sản xuất công nghiệp tháng 7 năm 2021 ước đạt 1.234,5 tỷ đồng, tăng 6,8% so với cùng kỳ.",
    "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ đạt 987,65 tỷ đồng, bằng 101,7% kế hoạch.",
    "Kim ngạch xuất khẩu ước đạt 28,85 triệu USD, giảm 15,3% so với cùng kỳ năm trước.",
)
TABLE = (
    ("STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2021", "Ước thực hiện năm 2021", "So với kế hoạch (%)"),
    ("1", "Giá trị sản xuất công nghiệp", "Tỷ đồng", "5.300", "5.326,5", "100,5"),
    ("2", "Kim ngạch xuất khẩu", "Triệu USD", "28,17", "28,85", "102,4"),
)

Rows = Sequence[Sequence[str]]


def word(
    paragraphs: Sequence[str] = SENTENCES,
    table: Rows | None = TABLE,
    change: Callable[[docx.document.Document], None] | None = None,
) -> bytes:
    """A .docx file; `change` does what paragraphs and a plain table do not."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, line in zip(grid.rows, table, strict=True):
            for cell, words in zip(row.cells, line, strict=True):
                cell.text = words
    if change is not None:
        change(document)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def run_in_font(document: docx.document.Document, words: str, font: str) -> None:
    """A paragraph whose one run is set in a font."""
    document.element.body.insert_element_before(
        parse_xml(
            f'<w:p {nsdecls("w")}><w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
            f'<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
        ),
        "w:sectPr",
    )


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]], merge: Sequence[tuple[str, str]] = ()) -> bytes:
    """An .xlsx file; `merge` names ranges of the first sheet and what they say; (number, format) is formatted."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for index, (title, rows) in enumerate(sheets):
            sheet = book.add_worksheet(title)
            for row, line in enumerate(rows):
                for column, value in enumerate(line):
                    if isinstance(value, tuple):
                        sheet.write(row, column, value[0], book.add_format({"num_format": value[1]}))
                    elif value is not None:
                        sheet.write(row, column, value)
            for span, words in merge if index == 0 else ():
                sheet.merge_range(span, words)
    return out.getvalue()


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], rules: Sequence[str] = ()) -> bytes:
    """A PDF: each page a list of (x, y, words); `rules` are drawing commands, one for each of the first pages.

    Its one font is not embedded and maps two-byte codes straight to Unicode, so Vietnamese needs no font file.
    """
    streams = []
    for number, lines in enumerate(pages):
        drawn = list(rules[number : number + 1])
        for x, y, words in lines:
            drawn.append(f"BT /F1 12 Tf 1 0 0 1 {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET")
        streams.append(zlib.compress("\n".join(drawn).encode("ascii")))
    return _pdf_file(streams)


_ROWS_OF_UNICODE = (0x00, 0x01, 0x02, 0x03, 0x1E, 0x20)
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
100 beginbfrange
%s
endbfrange endcmap end end"""


def _pdf_file(streams: Sequence[bytes]) -> bytes:
    ranges = b"\n".join(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in _ROWS_OF_UNICODE)
    count = len(_ROWS_OF_UNICODE)
    to_unicode = _TO_UNICODE.replace(b"100 begin", b"%d begin" % count) % ranges
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500 /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Plain /Flags 4 "
        b"/FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(to_unicode), to_unicode),
    ]
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def ruled(lefts: Sequence[float], tops: Sequence[float]) -> str:
    """Ruling lines of a grid, as drawing commands."""
    down = [f"{x} {tops[-1]} m {x} {tops[0]} l S" for x in lefts]
    across = [f"{lefts[0]} {y} m {lefts[-1]} {y} l S" for y in tops]
    return "\n".join(["0.5 w", *down, *across])


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in members.items():
            archive.writestr(path, data)
    return out.getvalue()


def with_part(data: bytes, path: str, part: bytes) -> bytes:
    """An office file with one part put in place of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | {path: part})
