# SPDX-License-Identifier: Apache-2.0
"""Marks of secrecy and urgency. A miss keeps a secret on a networked machine; a false alarm refuses a document that may
be kept."""

import pytest

from tests.core.read.letters import columns, letter, of_text, of_word


@pytest.mark.parametrize(
    ("stamp", "level"),
    [("MẬT", "mat"), ("TỐI MẬT", "toi_mat"), ("TUYỆT MẬT", "tuyet_mat"), ("M Ậ T", "mat"), ("T Ố I  M Ậ T", "toi_mat"),
     ("[MẬT]", "mat"), ("(TỐI MẬT)", "toi_mat"), ("*** MẬT ***", "mat"), ("MẬT.", "mat"), ("- MẬT -", "mat"),
     ("Độ mật: Mật", "mat"), ("ĐỘ MẬT: TỐI MẬT", "toi_mat"), ("Mức độ mật: Tuyệt mật", "tuyet_mat"),
     ("MẬT - HỎA TỐC", "mat"), ("TỐI MẬT, KHẨN", "toi_mat"), ("MẬT    Bản số: 03", "mat"),
     ("Độ khẩn: Hỏa tốc; Độ mật: Mật", "mat")],
)  # fmt: skip
def test_a_mark_of_secrecy_is_seen_above_and_below_the_names(stamp, level):
    assert of_text(f"{stamp}\n{letter()}").secrecy == level
    assert of_text(letter(stamp=stamp)).secrecy == level
    assert of_text(letter(below=stamp)).secrecy == level


@pytest.mark.parametrize(
    "number",
    ["Số: 841/UBND-NC MẬT", "Số: 841/UBND-NC (MẬT)", "Số: 841/UBND-NC    [M Ậ T]", "Số: 841/UBND-NC          MẬT"],
)
def test_a_mark_of_secrecy_is_seen_behind_the_number(number):
    head = of_text(letter(number=number))
    assert (head.secrecy, head.symbol) == ("mat", "841/UBND-NC")
    assert of_text(letter(number=number.replace("MẬT", "TỐI MẬT").replace("M Ậ T", "TỐI MẬT"))).secrecy == "toi_mat"


def test_a_mark_of_secrecy_is_seen_in_a_box_in_a_header_and_over_an_annex():
    def box(package):
        package.add_table(1, 1).cell(0, 0).text = "MẬT"
        package.add_paragraph("KẾ HOẠCH")
        package.add_paragraph("Nội dung kế hoạch.")

    def header(package):
        package.sections[0].header.paragraphs[0].text = "TỐI MẬT"
        package.add_paragraph("Nội dung kế hoạch bảo vệ.")

    def beside(package):
        columns(
            package,
            ("UBND TỈNH CAO BẰNG\nMẬT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("Số: 5/KH-UBND", "Cao Bằng, ngày 3 tháng 3 năm 2023"),
        )

    def annex(package):
        package.add_paragraph("Nội dung công khai. " * 30)
        package.add_paragraph("PHỤ LỤC")
        package.add_paragraph("MẬT")
        package.add_paragraph("Danh sách kèm theo.")

    assert [of_word(build).secrecy for build in (box, header, beside, annex)] == ["mat", "toi_mat", "mat", "mat"]


def test_a_mark_of_secrecy_is_seen_without_any_letterhead():
    assert of_text("MẬT\nNội dung phương án bảo vệ mục tiêu trọng điểm.").secrecy == "mat"
    assert of_text("Nội dung phương án.\nTiếp theo là bảng kê.\nTUYỆT MẬT\nHết.").secrecy == "tuyet_mat"
    assert of_text("Độ mật: Tối mật\nNội dung phương án.").secrecy == "toi_mat"


@pytest.mark.parametrize(
    "content",
    ["Công tác bảo mật thông tin được tăng cường.", "Bí mật nhà nước được bảo vệ theo Luật.", "Mật độ chợ còn thưa.",
     "MẬT ONG", "- MẬT", "Mật", "MẬT MÍA", "Văn bản mật được gửi riêng.", "Tài liệu đóng dấu MẬT phải cất giữ.",
     "BẢO MẬT", "BÍ MẬT NHÀ NƯỚC", "MẬT ĐỘ", "Độ mật: Mật, Tối mật, Tuyệt mật", "Độ mật: Không", "Độ mật: Thường",
     "Các độ mật gồm tuyệt mật, tối mật và mật.", "12-CV/TU (M)", "CÔNG TÁC VĂN THƯ, BẢO MẬT",
     "Ký hiệu độ mật: A, B, C",
     "ĐƯỜNG\nMẬT\nSỮA"],
)  # fmt: skip
def test_words_about_secrets_and_honey_are_no_mark(content):
    assert of_text(letter(content=content)).secrecy == ""
    assert of_text(f"Tin từ Sở Công Thương trong tháng 5.\n{content}\nSản xuất tăng khá.").secrecy == ""


@pytest.mark.parametrize("organ", ["SỞ CÔNG THƯƠNG MẬT", "SỞ CÔNG THƯƠNG   (MẬT)", "SỞ CÔNG THƯƠNG\nMật"])
def test_a_mark_beside_the_name_is_seen_and_no_part_of_it(organ):
    head = of_text(letter().replace("SỞ CÔNG THƯƠNG", organ, 1))
    assert (head.issuer, head.secrecy) == ("Sở Công Thương", "mat")


def test_an_office_for_secrets_is_not_secret():
    head = of_text(letter().replace("SỞ CÔNG THƯƠNG", "PHÒNG BẢO MẬT", 1))
    assert (head.issuer, head.secrecy) == ("PHÒNG BẢO MẬT", "")


def test_a_mark_in_a_small_table_on_top_is_seen():
    def build(package):
        columns(package, ("SỞ CÔNG THƯƠNG\nTỐI MẬT", "Cao Bằng, ngày 3 tháng 3 năm 2023"), ("Số: 5/KH-SCT", ""))
        package.add_paragraph("KẾ HOẠCH")

    head = of_word(build)
    assert (head.secrecy, head.issuer, head.symbol, head.type) == ("toi_mat", "Sở Công Thương", "5/KH-SCT", "Kế hoạch")


def test_a_table_of_goods_is_no_mark():
    def build(package):
        columns(
            package,
            ("UBND TỈNH CAO BẰNG\nSỞ CÔNG THƯƠNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("Số: 5/BC-SCT", "Cao Bằng, ngày 3 tháng 3 năm 2023"),
        )
        package.add_paragraph("BÁO CÁO")
        columns(package, ("Mặt hàng", "Giá"), ("MẬT", "60.000"), ("ĐƯỜNG", "20.000"))

    assert of_word(build).secrecy == ""


def test_the_symbol_of_a_secret_paper_alone_is_no_mark():
    assert of_text(letter(number="Số: 12-CV/TU (M)")).secrecy == ""


@pytest.mark.parametrize(
    ("stamp", "urgency"),
    [("KHẨN", "khan"), ("THƯỢNG KHẨN", "thuong_khan"), ("HỎA TỐC", "hoa_toc"), ("HOẢ TỐC", "hoa_toc"),
     ("H Ỏ A T Ố C", "hoa_toc"), ("Độ khẩn: Thượng khẩn", "thuong_khan"), ("HỎA TỐC HẸN GIỜ", "hoa_toc")],
)  # fmt: skip
def test_a_mark_of_urgency_is_seen(stamp, urgency):
    assert of_text(letter(stamp=stamp)).urgency == urgency
    assert of_text(letter(below=stamp)).urgency == urgency


@pytest.mark.parametrize(
    "content",
    ["Khẩn trương rà soát.", "KHẨN TRƯƠNG TRIỂN KHAI", "Công văn hỏa tốc số 5/UBND-TH.", "Tình huống khẩn cấp."],
)
def test_words_of_haste_are_no_mark(content):
    assert of_text(letter(content=content)).urgency == ""
