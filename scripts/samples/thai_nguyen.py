# SPDX-License-Identifier: Apache-2.0
"""Thái Nguyên, the year 2021: a workbook with plan, result, growth and plan ratio."""

from datetime import datetime
from pathlib import Path

import xlsxwriter

NAME = "thai-nguyen-nam-2021.xlsx"

HEADER = (
    "TT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Kế hoạch năm 2021",
    "Thực hiện năm 2021",
    "Tăng, giảm so với năm 2020 (%)",
    "So với kế hoạch năm (%)",
)
# The plan is what the published result and its plan ratio imply, rounded.
ROWS = (
    ("I", "CÔNG NGHIỆP", None, None, None, None, None),
    (1, "Giá trị sản xuất công nghiệp", "Tỷ đồng", 840_800, "trên 844.000", 7.7, 100.38),
    ("II", "THƯƠNG MẠI", None, None, None, None, None),
    (1, "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", "Tỷ đồng", 44_019, 44_767.5, 11.5, 101.7),
    (2, "Giá trị hàng hóa xuất khẩu (ước)", "Tỷ USD", 28.17, 28.85, 17.9, 102.4),
    ("III", "KHUYẾN CÔNG", None, None, None, None, None),
    (1, "Số đề án khuyến công hoàn thành", "Đề án", None, 30, None, None),
    (2, "Kinh phí thực hiện các đề án khuyến công", "Tỷ đồng", None, "gần 6", None, None),
)
NOTES = (
    "Ghi chú",
    "Cột kế hoạch được tính ngược từ kết quả và tỷ lệ thực hiện đã công bố, có làm tròn.",
    "Đã trình UBND tỉnh chương trình phát triển công nghiệp, thương mại và công nghiệp hỗ trợ giai đoạn 2021-2025.",
    "Phương án phát triển cụm công nghiệp thời kỳ 2021-2030 có tầm nhìn đến năm 2050.",
    "Khu vực kinh tế do ngành quản lý tăng trưởng khá; công tác quản lý nhà nước có chuyển biến rõ.",
    "Đã tổ chức kết nối tiêu thụ na Võ Nhai và khu trưng bày nông sản tại trung tâm thương mại.",
    "Bảng tính mẫu kèm theo phần mềm Bám Sát, lập lại từ số liệu báo chí đã đăng; không phải văn bản của cơ quan.",
)
WIDTHS = (5, 52, 12, 15, 17, 19, 17)


def write(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    book.set_properties(
        {
            "title": "Chỉ tiêu ngành Công Thương Thái Nguyên năm 2021 (mẫu)",
            "author": "Bám Sát",
            "created": datetime(2021, 12, 30),
        }
    )
    _results(book)
    notes = book.add_worksheet("GhiChu")
    notes.set_column(0, 0, 110)
    notes.set_landscape()
    notes.fit_to_pages(1, 0)
    for row, text in enumerate(NOTES):
        notes.write(
            row,
            0,
            text,
            book.add_format({"font_name": "Times New Roman", "font_size": 13, "bold": row == 0, "text_wrap": True}),
        )
    book.close()


def _results(book: xlsxwriter.Workbook) -> None:
    face = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}

    def style(**more: object):
        return book.add_format(face | more)

    sheet = book.add_worksheet("KetQua")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range("A1:C1", "UBND TỈNH THÁI NGUYÊN", style(align="center"))
    sheet.merge_range("D1:G1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style(align="center", bold=True))
    sheet.merge_range("A2:C2", "SỞ CÔNG THƯƠNG", style(align="center", bold=True))
    sheet.merge_range("D2:G2", "Độc lập - Tự do - Hạnh phúc", style(align="center", bold=True))
    sheet.merge_range(
        "A4:G4",
        "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU CHỦ YẾU NGÀNH CÔNG THƯƠNG NĂM 2021",
        style(align="center", bold=True, font_size=14),
    )
    sheet.merge_range("A5:G5", "(Kèm theo báo cáo tổng kết năm của Sở Công Thương)", style(align="center", italic=True))
    box = {"border": 1}
    sheet.set_row(6, 48)
    for column, text in enumerate(HEADER):
        sheet.write(6, column, text, style(**box, align="center", bold=True, text_wrap=True, bg_color="#DCE6F1"))
    for row, cells in enumerate(ROWS, start=7):
        group = cells[2] is None
        for column, value in enumerate(cells):
            number = {
                "num_format": "#,##0.##"
                if column in (3, 4) and isinstance(value, float)
                else "#,##0"
                if column in (3, 4)
                else "0.0#"
            }
            align = "center" if column in (0, 2) else "left" if column == 1 else "right"
            shape = style(**box, bold=group, align=align, text_wrap=True, **(number if column > 2 else {}))
            sheet.write_blank(row, column, None, shape) if value is None else sheet.write(row, column, value, shape)
    last = 7 + len(ROWS) + 1
    sheet.merge_range(last, 4, last, 6, "Thái Nguyên, ngày 30 tháng 12 năm 2021", style(align="center", italic=True))
    sheet.merge_range(last + 1, 4, last + 1, 6, "GIÁM ĐỐC", style(align="center", bold=True))
    sheet.merge_range(last + 2, 4, last + 2, 6, "(Đã ký)", style(align="center", italic=True))
    sheet.freeze_panes(7, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
