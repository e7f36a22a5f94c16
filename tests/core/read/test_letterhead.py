# SPDX-License-Identifier: Apache-2.0
"""What a document says of itself, in every kind of file that brings one; marks of secrecy must not be missed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.read.apart import read_apart
from bamsat.core.read.letterhead import letterhead
from bamsat.core.read.loaders import load
from bamsat.core.report.docx import to_docx
from bamsat.core.report.outline import Frame, Paragraph, Report, Words
from bamsat.core.report.pdf import to_pdf
from bamsat.core.terms.directive import Letterhead
from bamsat.core.terms.vietnamese import fold
from tests.core.read.letters import columns, letter, of_text, of_word

ARTICLES = sorted((Path(__file__).parents[4] / "shared" / "articles").glob("*.txt"))
SAMPLES = Path(__file__).parents[3] / "src" / "bamsat" / "data" / "samples"


def test_a_letter_says_who_when_what_and_to_whom():
    head = of_text(letter())
    assert (head.type, head.symbol, head.number, head.date) == ("Công văn", "841/SCT-KHTC", "841", "2021-04-15")
    assert (head.above, head.issuer, head.issued_at) == ("UBND tỉnh Cao Bằng", "Sở Công Thương", "Cao Bằng")
    assert head.subject == "đôn đốc báo cáo tình hình thực hiện kế hoạch năm"
    assert head.recipients == ("Các phòng thuộc Sở", "Trung tâm Khuyến công", "Ủy ban nhân dân tỉnh")
    assert (head.authority, head.post) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert (head.urgency, head.secrecy) == ("", "")


def test_each_field_points_at_its_words():
    text = letter()
    head = of_text(text)
    said = {name: text[start:end] for name, start, end in head.spans}
    assert said["symbol"] == "Số: 841/SCT-KHTC"
    assert said["issuer"] == "SỞ CÔNG THƯƠNG"
    assert said["date"] == "Cao Bằng, ngày 15 tháng 4 năm 2021"


@pytest.mark.parametrize("number", ["Số:      /SCT-KHTC", "Số: ....../SCT-KHTC", "Số:  …  /SCT-KHTC", "Số: /SCT-KHTC"])
def test_a_draft_has_no_number_yet(number):
    head = of_text(letter(number=number))
    assert (head.number, head.symbol) == ("", "/SCT-KHTC")


@pytest.mark.parametrize(
    "number", ["Số: 841/UBND-VX", "Số 841 /UBND-VX", "SỐ: 841/UBND-VX", "Số : 841/ UBND - VX", "Số: 841/UBND–VX"]
)
def test_a_number_is_read_whatever_its_blanks(number):
    assert of_text(letter(number=number)).symbol == "841/UBND-VX"


def test_two_columns_on_one_line_are_two():
    head = of_text(
        "UBND TỈNH CAO BẰNG          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ CÔNG THƯƠNG              Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/KH-SCT               Cao Bằng, ngày 05 tháng 01 năm 2024\n"
        "KẾ HOẠCH\nTriển khai Tháng khuyến mại\nCăn cứ Luật Thương mại năm 2005;\n"
    )
    assert (head.issuer, head.above, head.symbol, head.date) == (
        "Sở Công Thương", "UBND tỉnh Cao Bằng", "12/KH-SCT", "2024-01-05",
    )  # fmt: skip
    assert (head.type, head.subject) == ("Kế hoạch", "Triển khai Tháng khuyến mại")


def test_a_name_may_take_two_lines_and_who_decides_is_no_subject():
    head = of_text(
        "ỦY BAN NHÂN DÂN\nTỈNH TUYÊN QUANG\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 07/2024/QĐ-UBND\nTuyên Quang, ngày 01 tháng 7 năm 2024\nQUYẾT ĐỊNH\nVỀ VIỆC BAN HÀNH QUY CHẾ PHỐI HỢP\n"
        "TRONG QUẢN LÝ CỤM CÔNG NGHIỆP\nỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG\nCăn cứ Luật Thương mại;\nQUYẾT ĐỊNH:\n"
    )
    assert head.issuer == "Ủy ban nhân dân tỉnh Tuyên Quang"
    assert head.subject == "BAN HÀNH QUY CHẾ PHỐI HỢP TRONG QUẢN LÝ CỤM CÔNG NGHIỆP"
    assert (head.type, head.symbol) == ("Quyết định", "07/2024/QĐ-UBND")


def test_the_party_writes_its_own_way():
    def build(package):
        columns(
            package,
            ("TỈNH ỦY CAO BẰNG\n*", "ĐẢNG CỘNG SẢN VIỆT NAM"),
            ("Số 11-CT/TU", "Cao Bằng, ngày 05 tháng 10 năm 2021"),
        )
        package.add_paragraph("CHỈ THỊ")
        package.add_paragraph("về tăng cường lãnh đạo công tác cấp điện")
        package.add_paragraph("Ban Thường vụ yêu cầu các cấp ủy thực hiện.")
        columns(package, ("Nơi nhận:\n- Các huyện ủy;\n- Lưu Văn phòng.", "T/M BAN THƯỜNG VỤ\nBÍ THƯ"))

    head = of_word(build)
    assert (head.issuer, head.type, head.symbol, head.number) == ("Tỉnh ủy Cao Bằng", "Chỉ thị", "11-CT/TU", "11")
    assert (head.date, head.subject) == ("2021-10-05", "về tăng cường lãnh đạo công tác cấp điện")
    assert (head.authority, head.post, head.recipients) == ("T/M BAN THƯỜNG VỤ", "BÍ THƯ", ("Các huyện ủy",))


@pytest.mark.parametrize(
    ("title", "code", "type_"),
    [("CHỈ THỊ", "CT-UBND", "Chỉ thị"), ("TỜ TRÌNH", "TTr-SCT", "Tờ trình"), ("KẾ HOẠCH", "KH-UBND", "Kế hoạch"),
     ("CÔNG ĐIỆN", "CĐ-UBND", "Công điện"), ("THÔNG BÁO", "TB-SCT", "Thông báo"),
     ("NGHỊ QUYẾT", "NQ-HĐND", "Nghị quyết"),
     ("PHƯƠNG ÁN", "PA-SCT", "Phương án"), ("GIẤY MỜI", "GM-SCT", "Giấy mời"), ("ĐỀ ÁN", "ĐA-UBND", "Đề án")],
)  # fmt: skip
def test_each_type_is_named_by_its_title(title, code, type_):
    def build(package):
        columns(
            package,
            ("UBND TỈNH CAO BẰNG\nSỞ CÔNG THƯƠNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
            (f"Số: 23/{code}", "Cao Bằng, ngày 7 tháng 8 năm 2023"),
        )
        package.add_paragraph(title)
        package.add_paragraph("Về việc phòng, chống thiên tai trong ngành Công Thương")
        package.add_paragraph("Căn cứ tình hình thực tế, Sở đề nghị các đơn vị thực hiện.")

    head = of_word(build)
    assert (head.type, head.symbol, head.date) == (type_, f"23/{code}", "2023-08-07")
    assert head.subject == "phòng, chống thiên tai trong ngành Công Thương"


@pytest.mark.parametrize("file", ["cao-bang-nam-2021.docx", "thai-binh-nam-2020.pdf"])
def test_the_shipped_reports_have_theirs(file):
    head = letterhead(load(SAMPLES / file))
    assert (head.type, head.issuer) == ("Báo cáo", "Sở Công Thương")
    assert head.symbol.endswith("/BC-SCT")
    assert head.recipients


@pytest.mark.parametrize(
    "file",
    [*ARTICLES, SAMPLES / "ha-giang-dau-nam-2021.html", SAMPLES / "ninh-binh-dau-nam-2021.txt"],
    ids=lambda f: f.name,
)
def test_the_press_has_none(file):
    assert letterhead(load(file)) == Letterhead()


def test_the_banner_of_a_portal_is_no_letterhead():
    banner = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ CÔNG THƯƠNG TỈNH CAO BẰNG\nTin tức\n"
    assert of_text(f"{banner}Sản xuất công nghiệp tháng 5 tăng khá so với cùng kỳ năm trước.") == Letterhead()


def test_it_crosses_the_border_of_the_process_whole(tmp_path):
    path = tmp_path / "cong-van.txt"
    path.write_text(letter(stamp="MẬT", below="HỎA TỐC"), encoding="utf-8")
    assert read_apart(path).letterhead == letterhead(load(path))


# What the product writes, it reads back.

PLACES = st.sampled_from(["Cao Bằng", "Hà Giang", "Thái Nguyên", "Ninh Bình"])
SUBJECTS = st.sampled_from(
    ["Tình hình sản xuất công nghiệp và thương mại tháng 10",
     "Kết quả thực hiện nhiệm vụ quý III, nhiệm vụ quý IV năm 2024",
     "đôn đốc gửi số liệu",
     "Công tác khuyến công, xúc tiến thương mại sáu tháng đầu năm 2023 và nhiệm vụ sáu tháng cuối năm"]
)  # fmt: skip
BODIES = st.sampled_from(["Bộ Công Thương", "Ủy ban nhân dân tỉnh", "Cục Thống kê tỉnh", "Các phòng thuộc Sở"])


@st.composite
def frames(draw):
    place = draw(PLACES)
    kind, code = draw(
        st.sampled_from([("BÁO CÁO", "BC-SCT"), ("KẾ HOẠCH", "KH-SCT"), ("TỜ TRÌNH", "TTr-SCT"), ("", "SCT-KHTC")])
    )
    post, right = draw(
        st.sampled_from([("GIÁM ĐỐC", ""), ("PHÓ GIÁM ĐỐC", "KT. GIÁM ĐỐC"), ("TRƯỞNG PHÒNG", "TL. GIÁM ĐỐC")])
    )
    return Frame(
        parent=f"ỦY BAN NHÂN DÂN TỈNH {place.upper()}",
        organ="SỞ CÔNG THƯƠNG",
        number=draw(st.sampled_from(["", "7", "45", "1208"])),
        symbol=code,
        place=place,
        day=draw(st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 12, 31)))),
        kind=kind,
        subject=draw(SUBJECTS),
        addressee=tuple(draw(st.lists(BODIES, max_size=3, unique=True))),
        recipients=tuple(draw(st.lists(BODIES, max_size=3, unique=True))),
        authority=right,
        post=post,
        signer=draw(st.sampled_from(["", "Trưởng Phòng Mẫu"])),
    )


@settings(max_examples=30)
@given(frames())
def test_what_a_report_is_headed_with_reads_back(frame):
    body = (Paragraph((Words("Trong tháng, sản xuất công nghiệp tiếp tục ổn định, thương mại phát triển khá."),)),)
    head = letterhead(load(to_docx(Report(frame, body)), "bao-cao.docx"))
    number = f"0{frame.number}" if len(frame.number) == 1 else frame.number
    assert (head.number, head.symbol) == (number, f"{number}/{frame.symbol}")
    assert fold(head.issuer) == fold(frame.organ)
    assert fold(head.above) == fold(frame.parent)
    assert (head.issued_at, head.date) == (frame.place, frame.day.isoformat() if frame.day else "")
    assert fold(head.type) == fold(frame.kind or "Công văn")
    assert head.subject == frame.subject
    assert head.recipients == tuple(dict.fromkeys((*frame.addressee, *frame.recipients)))
    assert (head.authority, head.post, head.signer) == (frame.authority, frame.post, frame.signer)


@given(st.text(alphabet="MẬTỐI SỞ CÔNG:/-123\n.,;()abcđ\t\u00a0", max_size=300))
def test_any_text_is_read_without_fault(text):
    assert isinstance(of_text(f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{text}"), Letterhead)


@pytest.mark.parametrize(
    "line",
    ["Số: " + " " * 20_000, "SỞ " * 5_000, "MẬT " * 5_000, "ngày " + "." * 20_000, "\t" * 20_000, "V/v " * 5_000],
)
def test_hostile_lines_do_not_hold_it_up(line):
    assert isinstance(of_text(letter(stamp=line)), Letterhead)


def test_a_report_as_pdf_is_headed_as_the_same_report_in_word():
    frame = Frame(
        parent="ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", organ="SỞ CÔNG THƯƠNG", number="45", symbol="BC-SCT", place="Cao Bằng",
        day=date(2024, 1, 5), subject="Tình hình sản xuất công nghiệp và thương mại năm 2023 và nhiệm vụ năm 2024",
        addressee=("Bộ Công Thương", "Ủy ban nhân dân tỉnh"), recipients=("Cục Thống kê tỉnh", "Lưu: VT, KHTC"),
        authority="KT. GIÁM ĐỐC", post="PHÓ GIÁM ĐỐC", signer="Trưởng Phòng Mẫu",
    )  # fmt: skip
    report = Report(frame, (Paragraph((Words("Trong năm, sản xuất ổn định, thương mại phát triển khá."),)),))
    printed, written = (
        letterhead(load(data, name)) for data, name in ((to_pdf(report), "a.pdf"), (to_docx(report), "a.docx"))
    )
    assert replace(printed, spans=()) == replace(written, spans=())
    assert printed.recipients == ("Bộ Công Thương", "Ủy ban nhân dân tỉnh", "Cục Thống kê tỉnh")
