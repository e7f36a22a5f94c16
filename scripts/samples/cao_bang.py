# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 -- the sentences of a report are kept as they run
"""Cao Bằng, the year 2021: a report in Word with a table of results."""

from pathlib import Path

from . import letterhead as form

NAME = "cao-bang-nam-2021.docx"
MARK = "Văn bản mẫu kèm theo phần mềm Bám Sát, viết lại từ số liệu báo chí đã đăng; không phải văn bản của cơ quan."

OPENING = (
    "Thực hiện chế độ báo cáo định kỳ, Sở Công Thương báo cáo Ủy ban nhân dân tỉnh Cao Bằng tình hình hoạt động của "
    "ngành trong năm 2021 như sau:"
)

# ("1", heading) and ("2", heading) open a part; ("", text) is a paragraph of it.
PARTS = (
    ("1", "I. TÌNH HÌNH CHUNG"),
    (
        "",
        "Dịch COVID-19 bùng phát và những đợt giãn cách xã hội làm nhiều cơ sở sản xuất, kinh doanh trong tỉnh phải thu "
        "hẹp hoạt động. Nhờ chủ động chuẩn bị phương án phòng dịch, các nhà máy vẫn giữ được nhịp sản xuất; nguồn hàng "
        "thiết yếu đủ bán, giá cả ổn định, không có nơi nào khan hàng.",
    ),
    ("1", "II. KẾT QUẢ THỰC HIỆN"),
    ("2", "1. Sản xuất công nghiệp"),
    (
        "",
        "Giá trị sản xuất công nghiệp cả năm 2021 ước 5.300 tỷ đồng, so với năm 2020 tăng 12,77%, đạt 100% kế hoạch năm. "
        "Giá kim loại lên cao nên các doanh nghiệp luyện kim có lãi khá. Trong năm, 01 nhà máy thủy điện đã xây dựng "
        "xong và bắt đầu vận hành.",
    ),
    ("2", "2. Thương mại nội địa"),
    (
        "",
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng năm 2021 đạt 8.871,77 tỷ đồng, so với năm trước tăng 4,06%.",
    ),
    ("2", "3. Xuất nhập khẩu"),
    (
        "",
        "Năm 2021, tổng kim ngạch xuất nhập khẩu qua địa bàn là 777,792 triệu USD, tăng 21,7% so với cùng kỳ và vượt 10,63% "
        "kế hoạch năm. Trong đó: kim ngạch xuất khẩu 337,887 triệu USD, tăng 21,43%, vượt 10,4% kế hoạch; hàng hóa giám sát "
        "260,98 triệu USD; riêng kim ngạch nhập khẩu ước 178,925 triệu USD, tăng 7,69%.",
    ),
    ("2", "4. Phòng, chống dịch và hỗ trợ khách hàng, người dân"),
    (
        "",
        "Sở đã phát hành hơn 30 văn bản hướng dẫn phòng, chống dịch và lập Trung tâm chỉ huy phòng, chống dịch của ngành. "
        "Việc tự đánh giá mức độ an toàn được làm theo Công văn số 841/UBND-VX ngày 15/4/2021 của UBND tỉnh. Đến nay, "
        "40/40 nhà máy, 3/5 siêu thị, 25/79 chợ và 38/232 nhà hàng đã khai báo tình trạng trên bản đồ an toàn.",
    ),
    (
        "",
        "Công ty Điện lực Cao Bằng đã giảm tiền điện đợt 3 cho khách hàng khó khăn vì dịch, từ tháng 6 đến tháng 12/2021, "
        "số tiền 3,926 tỷ đồng; cộng cả các đợt, từ tháng 5/2020 đến tháng 6/2021, số tiền điện được giảm là 35,625 tỷ "
        "đồng.",
    ),
    (
        "",
        "Trong năm 2021, Sở đã thu mua và chuyển 10 tấn nông sản đến giúp Thành phố Hồ Chí Minh.",
    ),
    ("2", "5. Công tác tham mưu"),
    (
        "",
        "Sở đã trình Ban Thường vụ Tỉnh ủy dự thảo chỉ thị về đưa điện đến các xóm chưa có điện giai đoạn 2021 - 2025; "
        "trình UBND tỉnh kế hoạch hỗ trợ hạ tầng kỹ thuật cụm công nghiệp giai đoạn 2020 - 2025 và kế hoạch phát triển hạ "
        "tầng thương mại biên giới theo Quyết định số 259/QĐ-TTg ngày 25/02/2021. Các nội dung của Chỉ thị số 26/CT-TTg "
        "ngày 21/9/2021 và Nghị quyết số 128/NQ-CP ngày 11/10/2021 đã có phân công cụ thể.",
    ),
    ("1", "III. KHÓ KHĂN, KIẾN NGHỊ"),
    (
        "",
        "Hàng hóa qua các cửa khẩu biên giới còn ách tắc. Đề nghị Bộ Công Thương có giải pháp tháo gỡ để việc xuất, nhập "
        "khẩu được thông suốt.",
    ),
    ("1", "IV. NHIỆM VỤ TRỌNG TÂM NĂM 2022"),
    (
        "",
        "Sở tiếp tục theo dõi tình hình của từng cơ sở, đôn đốc các chợ và nhà hàng chưa khai báo, kết nối tiêu thụ sản "
        "phẩm của tỉnh, hoàn thành báo cáo kiểm tra các dự án thủy điện và đề xuất việc thu hút đầu tư vào cụm công nghiệp.",
    ),
)

TABLE_TITLE = "BIỂU TỔNG HỢP MỘT SỐ CHỈ TIÊU CHỦ YẾU NĂM 2021"
TABLE = (
    ("TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2021", "So với năm 2020 (%)", "So với kế hoạch năm (%)"),
    ("1", "Giá trị sản xuất công nghiệp", "Tỷ đồng", "5.300", "112,77", "100"),
    ("2", "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", "Tỷ đồng", "8.871,77", "104,06", "-"),
    ("3", "Tổng kim ngạch xuất nhập khẩu qua địa bàn", "Triệu USD", "777,792", "121,7", "110,63"),
    ("", "- Kim ngạch xuất khẩu", "Triệu USD", "337,887", "121,43", "110,4"),
    ("", "- Kim ngạch nhập khẩu", "Triệu USD", "178,925", "107,69", "-"),
    ("", "- Giá trị hàng hóa giám sát", "Triệu USD", "260,98", "-", "-"),
)


def write(path: Path) -> None:
    report = form.new_report()
    form.head(
        report,
        above="UBND TỈNH CAO BẰNG",
        organ="SỞ CÔNG THƯƠNG",
        number="Số: 2147/BC-SCT",
        dated="Cao Bằng, ngày 28 tháng 12 năm 2021",
    )
    form.title(report, "BÁO CÁO", ("Tình hình hoạt động ngành Công Thương năm 2021", "và nhiệm vụ trọng tâm năm 2022"))
    form.body(report, OPENING)
    for level, text in PARTS:
        form.heading(report, text, int(level)) if level else form.body(report, text)
    caption = form.line(report, TABLE_TITLE, bold=True, size=13, after=6)
    caption.paragraph_format.keep_with_next = True
    form.grid(report, TABLE, (1.1, 6.1, 2.2, 2.3, 2.3, 2.3), bold_rows=(1, 2, 3))
    closing = "Trên đây là báo cáo của Sở Công Thương, kính trình Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."
    form.line(report, "", size=4)
    form.body(report, closing)
    form.signature(
        report,
        (
            "- UBND tỉnh (b/c);",
            "- Bộ Công Thương (b/c);",
            "- Lãnh đạo Sở;",
            "- Các phòng, trung tâm thuộc Sở;",
            "- Lưu: VT, KHTC.",
        ),
        ("GIÁM ĐỐC",),
    )
    form.sample_mark(report, MARK)
    report.core_properties.title = "Báo cáo ngành Công Thương Cao Bằng năm 2021 (văn bản mẫu)"
    report.core_properties.author = "Bám Sát"
    report.save(path)
