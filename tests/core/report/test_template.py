# SPDX-License-Identifier: Apache-2.0
"""A report in an office's own template: words, numbers with their entries, tables; the file opens elsewhere."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bamsat.core.report.amounts import told
from bamsat.core.report.docx import tags_in, without_tags
from bamsat.core.report.docx.marks import W
from bamsat.core.report.docx.template import TemplateUnfit, fill
from bamsat.core.report.docx.template_check import mistakes
from bamsat.core.report.docx.template_names import Codes
from bamsat.core.report.docx.template_start import starting_template
from bamsat.core.report.docx.template_topics import section_code, sections_of, topics_of
from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import (
    Appendix,
    Cell,
    Column,
    Frame,
    Heading,
    Paragraph,
    Report,
    Row,
    Table,
    Told,
    Words,
)
from bamsat.core.terms.period import Period
from tests.core.report.test_template_check import saved, word

YEAR = Period.year(2021)
LEVEL = Fact("industrial_output", "level", Decimal(5300 * 10**9), "VND", YEAR, status="estimate", entries=("e-level",))
GROWTH = Fact("industrial_output", "growth", Decimal("12.77"), "%", YEAR, Period.year(2020), entries=("e-growth",))
PLAN = Fact("industrial_output", "plan_ratio", Decimal(100), "%", YEAR, entries=("e-plan",))
EXPORTS = Fact("exports", "level", Decimal(777 * 10**6), "USD", YEAR, entries=("e-exports",))
FALL = Fact("exports", "growth", Decimal("-15.3"), "%", YEAR, Period.year(2020), entries=("e-fall",))
TABLE = Table(
    "Các chỉ tiêu", (Column(("Chỉ tiêu",)), Column(("Giá trị",), number=True)),
    (Row((Cell((Words("Xuất khẩu"),)), Cell((told(EXPORTS),)))),),
)  # fmt: skip
REPORT = Report(
    Frame(
        parent="ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", organ="SỞ CÔNG THƯƠNG", number="5", symbol="BC-SCT", place="Cao Bằng",
        day=date(2022, 1, 5), subject="Tình hình công nghiệp & thương mại", recipients=("Như trên", "Lưu: VT"),
        post="GIÁM ĐỐC",
    ),
    (
        Heading(1, "Tình hình năm 2021", "I."),
        Heading(2, "Sản xuất công nghiệp", "1."),
        Paragraph((Words("Ước đạt "), told(LEVEL), Words(", tăng "), told(GROWTH), Words(", bằng "), told(PLAN))),
        Heading(2, "Thương mại", "2."),
        Paragraph((Words("Xuất khẩu đạt "), told(EXPORTS), Words(", giảm "), told(FALL))),
        TABLE,
    ),
    (Appendix("Biểu số liệu", (TABLE,), landscape=True),),
    title="Báo cáo năm 2021",
    attributes={"period": "2021"},
)  # fmt: skip


def texts(data: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(data)).element.body
    found = ["".join(text.text or "" for text in each.iter(W + "t")) for each in body.iter(W + "p")]
    return [text.replace("\xa0", " ") for text in found if text.strip()]


def filled(*paragraphs: str) -> list[str]:
    return texts(fill(word(*paragraphs), REPORT))


def test_words_of_the_frame_stand_where_the_office_put_them():
    assert filled(
        "{{ co_quan }}, Số: {{ so }}/{{ ky_hieu }}", "{{ dia_danh }}, {{ ngay }}", "{{ trich_yeu }} ({{ ky }})"
    ) == [
        "SỞ CÔNG THƯƠNG, Số: 05/BC-SCT",
        "Cao Bằng, ngày 05 tháng 01 năm 2022",
        "Tình hình công nghiệp & thương mại (năm 2021)",
    ]


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ('{{r so("industrial_output") }}', "ước 5.300 tỷ đồng"),
        ('{{r dat("industrial_output") }}', "ước đạt 5.300 tỷ đồng"),
        ('{{r gia_tri("industrial_output") }}', "5.300"),
        ('{{r tang("industrial_output") }}', "tăng 12,77%"),
        ('{{r toc_do("industrial_output") }}', "+12,77"),
        ('{{r ke_hoach("industrial_output") }}', "bằng 100% kế hoạch năm"),
        ('{{r tang("exports") }}', "giảm 15,3%"),
        ('{{r ke_hoach("exports") }}', "chưa có số"),
        ('{{r so("imports") }}', "chưa có số"),
        ('{{r cau("imports") }}', "chưa có số"),
    ],
)
def test_a_number_is_told_as_everywhere_and_a_missing_one_in_words(mark: str, text: str):
    assert filled(mark) == [text]


def test_a_whole_sentence_may_be_asked_for():
    [sentence] = filled('{{r cau("industrial_output") }}')
    assert sentence.startswith("Giá trị sản xuất công nghiệp năm 2021 ước đạt 5.300 tỷ đồng")
    assert "bằng 100% kế hoạch" in sentence


def test_every_number_knows_its_entries_wherever_it_stands():
    data = fill(word("{{p noi_dung }}", 'Đạt {{r dat("exports") }}, {{r tang("exports") }}.'), REPORT)
    tags = tags_in(data)
    assert [tag.entries[0] for tag in tags[-2:]] == ["e-exports", "e-fall"]
    assert len({tag.id for tag in tags}) == len(tags) == 8
    assert all(tag.key["text"] == tag.text for tag in tags)


def test_a_number_takes_over_how_the_mark_looks_and_so_do_the_words_after_it():
    document = docx.Document()
    run = document.add_paragraph().add_run('Đạt {{r so("exports") }} trong năm')
    run.bold, run.font.name = True, "Arial"
    body = docx.Document(io.BytesIO(fill(saved(document), REPORT))).element.body
    runs = [each for each in body.iter(W + "r") if any((text.text or "").strip() for text in each.iter(W + "t"))]
    assert len(runs) == 3
    assert all(each.find(f"{W}rPr/{W}b") is not None for each in runs)


def test_a_section_comes_without_its_heading_and_a_missing_one_says_so():
    assert filled('{{p phan("thuong-mai") }}')[0] == "Xuất khẩu đạt 777 triệu USD, giảm 15,3%"
    assert filled('{{p bang("thuong-mai") }}')[:2] == ["Bảng 1. Các chỉ tiêu", "Chỉ tiêu"]
    assert filled('{{p phan("nang-luong") }}') == ["Chưa có số liệu."]


def test_a_heading_that_names_its_period_is_found_without_it():
    assert "Sản xuất công nghiệp" in " ".join(filled('{{p phan("tinh-hinh") }}'))


def test_rows_and_paragraphs_are_written_once_an_indicator():
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).text, table.cell(2, 0).text = "{%tr for ct in chi_tieu() %}", "{%tr endfor %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ ct.ten }}", "{{r ct.so }}"
    assert texts(fill(saved(document), REPORT)) == [
        "Giá trị sản xuất công nghiệp", "ước 5.300 tỷ đồng", "Kim ngạch xuất khẩu", "777 triệu USD",
    ]  # fmt: skip
    lines = ["{%p for dong in noi_nhan %}", "- {{ dong }}", "{%p endfor %}"]
    assert filled(*lines) == ["- Như trên;", "- Lưu: VT."]


def test_a_condition_asks_whether_there_is_a_number():
    lines = ['{%p if co("imports") %}', "có nhập khẩu", '{%p elif co("exports") %}', "chỉ xuất khẩu", "{%p endif %}"]
    assert filled(*lines) == ["chỉ xuất khẩu"]
    assert filled('Nhập khẩu {% if co("imports") %}có{% else %}không{% endif %}') == ["Nhập khẩu không"]


def test_a_cell_that_a_table_filled_still_ends_with_a_paragraph():
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = '{{p bang("thuong-mai") }}'
    body = docx.Document(io.BytesIO(fill(saved(document), REPORT))).element.body
    assert all(cell[-1].tag == W + "p" for cell in body.iter(W + "tc"))


def test_the_appendix_lies_on_its_side_at_the_end():
    document = docx.Document(io.BytesIO(fill(word("{{ co_quan }}", "{{p phu_luc }}"), REPORT)))
    upright, lying = document.sections
    assert upright.page_width < upright.page_height
    assert lying.page_width > lying.page_height


def test_numbers_of_an_old_report_made_into_a_template_bring_no_old_entries():
    old = fill(word("{{p noi_dung }}", '{{r so("exports") }}'), REPORT)
    assert tags_in(old)
    document = docx.Document(io.BytesIO(old))
    document.add_paragraph('Nay {{r so("exports") }}')
    tags = tags_in(fill(saved(document), REPORT))
    assert [tag.entries for tag in tags] == [("e-exports",)]


def test_the_starting_template_gives_the_report_back_whole():
    start = starting_template(REPORT.frame)
    codes = Codes({}, {}, dict.fromkeys(sections_of(REPORT), ""))
    assert mistakes(start, codes) == ()
    found = texts(fill(start, REPORT))
    for wanted in ("SỞ CÔNG THƯƠNG", "Số: 05/BC-SCT", "BÁO CÁO", "- Lưu: VT.", "GIÁM ĐỐC", "1. Sản xuất công nghiệp"):
        assert wanted in found
    assert not [text for text in found if "{" in text]
    assert len(tags_in(fill(start, REPORT))) == 7


def test_a_report_of_no_number_is_filled_too():
    bare = Report(Frame(), ())
    assert texts(fill(word("{{ so }}{{ ky }}", "{{p noi_dung }}", '{{r so("exports") }}'), bare))[-1] == "chưa có số"


def test_values_that_look_like_marks_stay_words():
    named = replace(REPORT, frame=replace(REPORT.frame, organ="{{ so }} <w:p/> {% x %}"))
    assert texts(fill(word("{{ co_quan }}"), named)) == ["{{ so }} <w:p/> {% x %}"]


def test_a_template_broken_since_it_was_checked_is_told_and_not_guessed_at():
    with pytest.raises(TemplateUnfit):
        fill(word("{%p for x in noi_nhan %}", "a"), REPORT)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40), max_size=4))
def test_whatever_words_an_office_writes_around_the_marks_they_stay(words: list[str]):
    kept = [text.replace("{", "(").replace("}", ")").replace("%", "").replace("#", "") for text in words]
    paragraphs = [f'{text}{{{{r so("exports") }}}}{text}' for text in kept]
    want = [f"{text}777 triệu USD{text}".replace("\xa0", " ") for text in kept]
    data = fill(word(*paragraphs, "{{ co_quan }}"), REPORT)
    found = [paragraph.text for paragraph in docx.Document(io.BytesIO(without_tags(data))).paragraphs]
    assert [text.replace("\xa0", " ") for text in found[:-1]] == want


def test_topics_are_put_together_from_the_numbers_of_the_report():
    topics = topics_of(REPORT)
    assert topics["industrial_output"].name == "Giá trị sản xuất công nghiệp"
    assert (topics["industrial_output"].growth, topics["industrial_output"].plan_ratio) == (GROWTH, PLAN)
    month, so_far = Period.month(2021, 9), Period.months(2021, 1, 9)
    both = (Told("1", replace(EXPORTS, period=month)), Told("9", replace(EXPORTS, period=so_far)))
    monthly = Report(Frame(), (Paragraph(both),), attributes={"period": month.code})
    topic = topics_of(monthly)["exports"]
    assert topic.level == both[0].fact
    assert topic.to_date is not None
    assert topic.to_date.level == both[1].fact


def test_codes_of_sections_are_headings_without_accents():
    assert section_code("Nhiệm vụ, giải pháp {next}") == "nhiem-vu-giai-phap"


def test_libreoffice_opens_a_filled_template(tmp_path: Path):
    (tmp_path / "bc.docx").write_bytes(fill(starting_template(REPORT.frame), REPORT))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "bc.docx")], check=True, capture_output=True)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "bc.pdf"), "-"], check=True, capture_output=True
    ).stdout
    assert "SỞ CÔNG THƯƠNG" in text.decode()
    assert "5.300 tỷ đồng" in text.decode().replace("\xa0", " ")
