# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 -- the sentences of a report are kept as they run
"""Thái Bình, the year 2020 and the targets of 2021: a PDF of two pages."""

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable, HRFlowable

NAME = "thai-binh-nam-2020.pdf"
FONTS = Path("/usr/share/fonts/truetype/liberation2")
FACES = {"": "Regular", "-Bold": "Bold", "-Italic": "Italic", "-BoldItalic": "BoldItalic"}
MARK = "Văn bản mẫu kèm theo phần mềm Bám Sát, viết lại từ số liệu báo chí đã đăng; không phải văn bản của cơ quan."

# ("h", heading) opens a part; ("p", text) is a paragraph; ("-", text) an item of a list.
PARTS = (
    ("p", "Sáng ngày 30/12/2020, Sở Công Thương tổ chức hội nghị tổng kết năm 2020 và triển khai nhiệm vụ năm 2021. "
     "Chủ tịch UBND tỉnh dự và chỉ đạo hội nghị. Sở báo cáo kết quả như sau:"),
    ("h", "I. KẾT QUẢ NĂM 2020"),
    ("p", "Dịch COVID-19 làm cả ba lĩnh vực công nghiệp, thương mại và dịch vụ tăng trưởng chậm."),
    ("p", "1. Công nghiệp: giá trị sản xuất công nghiệp năm 2020 ước trên 68.800 tỷ đồng, giảm 1,7% so với năm 2019."),
    ("p", "2. Thương mại, dịch vụ: tổng mức bán lẻ hàng hóa và doanh thu dịch vụ ước 46.315 tỷ đồng, tăng 2,6% so với năm 2019."),
    ("p", "3. Xuất, nhập khẩu: xuất khẩu ước 1.456 triệu USD, nhập khẩu ước 1.246 triệu USD; so với năm 2019 lần lượt giảm "
     "15,3% và 21,6%."),
    ("p", "Thu ngân sách nhà nước trên địa bàn vẫn vượt kế hoạch được giao."),
    ("h", "II. MỤC TIÊU NĂM 2021"),
    ("p", "Năm 2021, ngành phấn đấu đưa giá trị sản xuất công nghiệp lên 79.770 tỷ đồng, tăng gần 16% so với năm 2020; tổng mức "
     "bán lẻ và doanh thu dịch vụ lên gần 51.000 tỷ đồng, tăng 9,7%; tổng kim ngạch xuất nhập khẩu gần 3.000 triệu USD."),
    ("h", "III. Ý KIẾN CHỈ ĐẠO CỦA CHỦ TỊCH UBND TỈNH"),
    ("-", "- Nghiên cứu kỹ Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX, cụ thể hóa thành việc của ngành;"),
    ("-", "- Trình tỉnh cơ chế để mời gọi đầu tư, gỡ vướng cho doanh nghiệp và hộ kinh doanh;"),
    ("-", "- Nâng chất lượng quy hoạch và quản lý cụm công nghiệp; mời gọi đầu tư chợ dân sinh; mở rộng thương mại điện tử;"),
    ("-", "- Dùng đúng mục đích vốn khuyến công, khuyến thương; lo đủ điện cho sản xuất;"),
    ("-", "- Bình ổn thị trường dịp Tết; chống buôn lậu, gian lận thương mại, hàng giả; không lơi lỏng phòng dịch;"),
    ("-", "- Chuẩn bị buổi gặp mặt biểu dương doanh nghiệp và lễ ra quân sản xuất đầu xuân Tân Sửu."),
    ("h", "IV. KHEN THƯỞNG, TÔN VINH"),
    ("p", "Hội nghị tôn vinh 5 nghệ nhân ưu tú, danh hiệu do Chủ tịch nước phong tặng; 5 doanh nghiệp nhận giấy chứng "
     "nhận sản phẩm công nghiệp nông thôn tiêu biểu khu vực phía Bắc năm 2020; 13 cá nhân được khen vì hoàn thành xuất sắc nhiệm "
     "vụ. Sở cũng phát động phong trào thi đua năm 2021 trong toàn ngành."),
    ("p", "Sở Công Thương kính báo cáo Ủy ban nhân dân tỉnh./."),
)  # fmt: skip
TABLE_TITLE = "PHỤ LỤC: CHỈ TIÊU CHỦ YẾU CỦA NGÀNH"
TABLE = (
    ("TT", "Chỉ tiêu", "Đơn vị tính", "Ước thực hiện năm 2020", "Tăng, giảm so với năm 2019 (%)", "Kế hoạch năm 2021"),
    ("1", "Giá trị sản xuất công nghiệp", "Tỷ đồng", "trên 68.800", "-1,7", "79.770"),
    ("2", "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ", "Tỷ đồng", "46.315", "2,6", "gần 51.000"),
    ("3", "Kim ngạch xuất khẩu", "Triệu USD", "1.456", "-15,3", ""),
    ("4", "Kim ngạch nhập khẩu", "Triệu USD", "1.246", "-21,6", ""),
    ("5", "Tổng kim ngạch xuất nhập khẩu", "Triệu USD", "", "", "gần 3.000"),
)
WIDTHS = (1.0 * cm, 5.6 * cm, 2.1 * cm, 2.6 * cm, 2.7 * cm, 2.5 * cm)


def write(path: Path) -> None:
    _load_fonts()
    document = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=3 * cm, rightMargin=1.5 * cm, topMargin=2 * cm, bottomMargin=2 * cm,
        title="Kết quả hội nghị tổng kết năm 2020 ngành Công Thương Thái Bình (văn bản mẫu)", author="Bám Sát",
        invariant=1,
    )  # fmt: skip
    story: list[Flowable] = [*_head(), *_parts(PARTS), _sign(), *_appendix()]
    document.build(story, onFirstPage=_mark, onLaterPages=_number)


def _load_fonts() -> None:
    for suffix, face in FACES.items():
        pdfmetrics.registerFont(TTFont(f"Serif{suffix}", str(FONTS / f"LiberationSerif-{face}.ttf")))
    registerFontFamily("Serif", "Serif", "Serif-Bold", "Serif-Italic", "Serif-BoldItalic")


def _style(size: float = 13.5, align: int = TA_JUSTIFY, face: str = "Serif", **more: float) -> ParagraphStyle:
    return ParagraphStyle("_", fontName=face, fontSize=size, leading=size * 1.28, alignment=align, **more)


def _head() -> list[Flowable]:
    centred = _style(12, TA_CENTER)
    bold = _style(12, TA_CENTER, "Serif-Bold")
    left = [
        Paragraph("UBND TỈNH THÁI BÌNH", centred),
        Paragraph("SỞ CÔNG THƯƠNG", bold),
        _rule(1.8 * cm),
        Paragraph("Số: 986/BC-SCT", _style(13, TA_CENTER)),
    ]
    right = [
        Paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold),
        Paragraph("Độc lập - Tự do - Hạnh phúc", _style(13, TA_CENTER, "Serif-Bold")),
        _rule(4.6 * cm),
        Paragraph("Thái Bình, ngày 31 tháng 12 năm 2020", _style(13, TA_CENTER, "Serif-Italic")),
    ]
    top = Table(
        [[left, right]],
        colWidths=[6.4 * cm, 10.1 * cm],
        style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (0, 0), (-1, -1), "CENTER")]),
    )
    big = _style(14, TA_CENTER, "Serif-Bold")
    return [
        top,
        Spacer(0, 14),
        Paragraph("BÁO CÁO", big),
        Paragraph("Kết quả hội nghị tổng kết công tác năm 2020,", big),
        Paragraph("triển khai nhiệm vụ năm 2021 của ngành Công Thương", big),
        _rule(4 * cm),
        Spacer(0, 8),
    ]


def _rule(width: float) -> Flowable:
    return HRFlowable(width=width, thickness=0.6, color=colors.black, spaceBefore=2, spaceAfter=4, hAlign="CENTER")


def _parts(parts: tuple[tuple[str, str], ...]) -> list[Flowable]:
    styles = {
        "h": _style(face="Serif-Bold", spaceBefore=3, spaceAfter=5, firstLineIndent=1 * cm),
        "p": _style(spaceAfter=5, firstLineIndent=1 * cm),
        "-": _style(spaceAfter=3, firstLineIndent=1 * cm),
    }
    return [Paragraph(text, styles[kind]) for kind, text in parts]


def _sign() -> Flowable:
    small = _style(11, TA_LEFT)
    recipients = ("- UBND tỉnh (b/c);", "- Lãnh đạo Sở;", "- Các phòng thuộc Sở;", "- Lưu: VT, VP.")
    left = [
        Paragraph("Nơi nhận:", _style(12, TA_LEFT, "Serif-BoldItalic")),
        *(Paragraph(text, small) for text in recipients),
    ]
    right = [
        Paragraph("KT. GIÁM ĐỐC", _style(14, TA_CENTER, "Serif-Bold")),
        Paragraph("PHÓ GIÁM ĐỐC", _style(14, TA_CENTER, "Serif-Bold")),
        Spacer(0, 16),
        Paragraph("(Đã ký)", _style(13, TA_CENTER, "Serif-Italic")),
    ]
    return Table(
        [[left, right]],
        colWidths=[8.3 * cm, 8.2 * cm],
        style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (0, 0), (-1, -1), "CENTER")]),
    )


def _appendix() -> list[Flowable]:
    head, left, right = _style(11.5, TA_CENTER, "Serif-Bold"), _style(11.5, TA_LEFT), _style(11.5, TA_CENTER)
    cells = [
        [Paragraph(text, head if r == 0 else left if c == 1 else right) for c, text in enumerate(row)]
        for r, row in enumerate(TABLE)
    ]
    lines = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#EEF1F4")),
    ]
    heading = Paragraph(TABLE_TITLE, _style(13, TA_CENTER, "Serif-Bold", spaceAfter=8))
    return [
        Spacer(0, 26),
        KeepTogether([heading, Table(cells, colWidths=WIDTHS, style=TableStyle(lines), repeatRows=1)]),
    ]


def _mark(canvas, _document) -> None:
    canvas.setFont("Serif-Italic", 8.5)
    canvas.setFillGray(0.35)
    canvas.drawCentredString(A4[0] / 2, 1.1 * cm, MARK)


def _number(canvas, document) -> None:
    canvas.setFont("Serif", 13)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 1.4 * cm, str(document.page))
    _mark(canvas, document)
