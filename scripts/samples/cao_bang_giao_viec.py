# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 -- the sentences of a letter are kept as they run
"""Cao Bằng, November 2026: an official letter in Word that gives tasks with deadlines to departments and communes."""

from pathlib import Path

from . import letterhead as form

NAME = "cao-bang-giao-viec-2026.docx"
MARK = "Văn bản mẫu kèm theo phần mềm Bám Sát, soạn để làm quen với việc nhận nhiệm vụ; không phải văn bản của cơ quan."
ABOUT = "V/v đôn đốc nhiệm vụ ngành Công Thương những tháng cuối năm 2026 (văn bản mẫu)"

TO = (
    "- Sở Công Thương;",
    "- Sở Tài chính;",
    "- Công ty Điện lực Cao Bằng;",
    "- Ủy ban nhân dân các xã, phường.",
)
OPENING = (
    "Để hoàn thành kế hoạch năm 2026 về công nghiệp, thương mại, Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị thực hiện các "
    "nhiệm vụ sau:"
)
# ("2", heading) opens a part; ("", text) is a paragraph of it.
PARTS = (
    ("2", "1. Sở Công Thương"),
    (
        "",
        "a) Chủ trì, phối hợp với Sở Tài chính rà soát các đề án khuyến công năm 2026, báo cáo Ủy ban nhân dân tỉnh kết quả giải "
        "ngân trước ngày 15/12/2026.",
    ),
    (
        "",
        "b) Xây dựng Kế hoạch dự trữ hàng hóa, bình ổn thị trường Tết Nguyên đán năm 2027, trình Ủy ban nhân dân tỉnh trước ngày "
        "10/12/2026.",
    ),
    (
        "",
        "c) Tham mưu Ủy ban nhân dân tỉnh ban hành Quy chế phối hợp quản lý cụm công nghiệp, trình trước ngày 25/12/2026.",
    ),
    ("", "d) Thường xuyên theo dõi tình hình hàng hóa tại các cửa khẩu, kịp thời đề xuất giải pháp khi có ách tắc."),
    ("2", "2. Sở Tài chính"),
    ("", "Rà soát, bố trí kinh phí đối ứng cho các đề án khuyến công đã phê duyệt, hoàn thành trước ngày 30/11/2026."),
    ("2", "3. Công ty Điện lực Cao Bằng"),
    (
        "",
        "Báo cáo tiến độ cấp điện cho các xóm chưa có điện, gửi Sở Công Thương trước ngày 05/12/2026 để tổng hợp.",
    ),
    ("2", "4. Ủy ban nhân dân các xã, phường"),
    (
        "",
        "Rà soát các chợ trên địa bàn, lập danh sách chợ cần sửa chữa, gửi Sở Công Thương trước ngày 30/11/2026.",
    ),
)
CLOSING = "Giao Sở Công Thương theo dõi, đôn đốc, tổng hợp kết quả thực hiện, báo cáo Ủy ban nhân dân tỉnh trước ngày 31/12/2026./."


def write(path: Path) -> None:
    letter = form.new_report()
    form.head(
        letter,
        above="",
        organ="ỦY BAN NHÂN DÂN\nTỈNH CAO BẰNG",
        number="Số: 2915/UBND-KT",
        about=ABOUT,
        dated="Cao Bằng, ngày 16 tháng 11 năm 2026",
    )
    form.line(letter, "", size=8)
    form.line(letter, "Kính gửi:", size=14)
    for one in TO:
        form.line(letter, one, size=13)
    form.line(letter, "", size=8)
    form.body(letter, OPENING)
    for level, text in PARTS:
        form.heading(letter, text, int(level)) if level else form.body(letter, text)
    form.body(letter, CLOSING)
    form.signature(
        letter,
        ("- Như trên;", "- Chủ tịch, các Phó Chủ tịch UBND tỉnh;", "- Lưu: VT, KT."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    )
    form.sample_mark(letter, MARK)
    letter.core_properties.title = "Công văn giao nhiệm vụ cuối năm 2026 (văn bản mẫu)"
    letter.core_properties.author = "Bám Sát"
    letter.save(path)
