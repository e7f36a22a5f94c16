# SPDX-License-Identifier: Apache-2.0
"""A template of an office is looked through: all its mistakes at once, each with its place; hostile ones refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from bamsat.core.report.docx.marks import DECLARED
from bamsat.core.report.docx.template import TemplateUnfit, fill
from bamsat.core.report.docx.template_check import mistakes
from bamsat.core.report.docx.template_names import Codes
from bamsat.core.report.docx.template_trial import troubles
from bamsat.core.report.outline import Frame, Report
from bamsat.core.terms.errors import FileUnreadable

CODES = Codes(
    {"industrial_output": "Giá trị sản xuất công nghiệp", "exports": "Xuất khẩu"},
    {"main": "Chỉ tiêu chủ yếu"},
    {"san-xuat-cong-nghiep": "Sản xuất công nghiệp"},
)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def with_part(data: bytes, name: str, content: bytes | str) -> bytes:
    """The same file with a part added or written over."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def told(data: bytes) -> list[str]:
    return [f"{each.place_vi}: {each.vi}" for each in mistakes(data, CODES)]


GOOD = [
    "{{ co_quan }} {{ so }}/{{ ky_hieu }}",
    "{{p noi_dung }}",
    '{{p phan("san-xuat-cong-nghiep") }}',
    'Đạt {{r so("industrial_output") }}, {{r tang("industrial_output") }}.',
    '{{r so("industrial_output", "khu vực FDI") }}',
    '{%p for ct in chi_tieu("main") %}',
    "{{ ct.ten }} ({{ ct.don_vi }}): {{r ct.so }}{% if ct.tang %}, {{r ct.tang }}{% endif %}",
    "{%p for con in ct.phan %}",
    "{{ loop.index }}. {{ con.ten }}",
    "{%p endfor %}",
    "{%p endfor %}",
    '{%p if co("exports") and not tham_quyen %}',
    "có",
    '{%p elif co("industrial_output") %}',
    "ít",
    "{%p else %}",
    "không",
    "{%p endif %}",
    "{%p for dong in noi_nhan %}",
    "- {{ dong }}",
    "{%p endfor %}",
    "{{p phu_luc }}",
]


def test_a_template_with_every_kind_of_mark_passes_and_fills():
    assert troubles(word(*GOOD), CODES) == ()


@pytest.mark.parametrize(
    ("paragraphs", "says"),
    [
        (['{{r so("exprots") }}'], "đoạn 1: “exprots”: không có chỉ tiêu này; gần nhất: exports"),
        (["x", "{{ nguoi_ki }}"], "đoạn 2: “nguoi_ki”: không có trường này; gần nhất: nguoi_ky"),
        (['{{ so("exports") }}'], "đoạn 1: phải viết là {{r … }}, không phải {{ … }}"),
        (["{{r co_quan }}"], "đoạn 1: phải viết là {{ … }}, không phải {{r … }}"),
        (["{{ noi_dung }}"], "đoạn 1: phải viết là {{p … }}, không phải {{ … }}"),
        (["Xem {{p noi_dung }} dưới"], "đoạn 1: nhãn có chữ p phải đứng một mình trong đoạn"),
        (['{%p for ct in chi_tieu("main") %}', "{{ ct.ten }}"], "đoạn 1: “for” không có endfor"),
        (["{%p endfor %}"], "đoạn 1: “endfor” không có for nào mở trước"),
        (["{%tr for ct in chi_tieu() %}"], "đoạn 1: nhãn có chữ tr phải nằm trong một hàng của bảng"),
        (['{% if co("exports") %}', "{% endif %}"], "đoạn 2: “if” mở ở đoạn 1 phải đóng trong cùng đoạn"),
        (["{%p if so %}", "{% endif %}"], "đoạn 2: mở bằng {%p if so %} (đoạn 1) thì phải viết {%p endif %}"),
        (["{{ co_quan"], "đoạn 1: thiếu nửa kia của nhãn trong cùng đoạn"),
        (["{{ co_quan so }}"], "đoạn 1: sai cú pháp"),
        (["{{ }}"], "đoạn 1: sai cú pháp"),
        (["{{p phu_luc }}", "còn nữa"], "đoạn 1: {{p phu_luc }} phải đứng cuối tệp"),
        (['{%p for co in chi_tieu("main") %}', "{%p endfor %}"], "đoạn 1: “co” đã là tên khác"),
        (['{{p phan("xuat-khau") }}'], "đoạn 1: “xuat-khau”: báo cáo không có phần này"),
        (["{%p else %}"], "đoạn 1: “else” không nằm trong if nào"),
        (["chỉ có chữ"], "cả tệp: không có nhãn nào"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_place_and_how_to_mend_it(paragraphs: list[str], says: str):
    found = told(word(*paragraphs))
    assert any(each.startswith(says) for each in found), found


def test_every_mistake_is_told_at_once_in_the_order_of_the_file():
    found = told(word("{{ co_quam }}", '{{r so("export") }}', "{%p if co('exports') %}", "{{ ct.ten }}"))
    assert [each.split(":")[0] for each in found] == ["đoạn 1", "đoạn 2", "đoạn 3", "đoạn 4"]


def test_a_mistake_in_a_table_names_table_row_and_cell():
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "{{ so }}"
    document.add_table(2, 3).cell(1, 2).text = "{{ soo }}"
    assert told(saved(document)) == ["bảng 2, hàng 2, ô 3: “soo”: không có trường này; gần nhất: so"]


def test_a_loop_over_rows_must_close_in_its_own_table():
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "{%tr for ct in chi_tieu() %}"
    document.add_table(1, 1).cell(0, 0).text = "{%tr endfor %}"
    assert told(saved(document))[0].startswith("bảng 2, hàng 1, ô 1: “for” mở ở bảng 1, hàng 1, ô 1 phải đóng")


def test_a_row_with_a_loop_holds_nothing_else():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "{%tr for ct in chi_tieu() %}", "{{ ct.ten }}"
    table.cell(1, 0).text = "{%tr endfor %}"
    assert "hàng có nhãn tr không được có chữ khác" in told(saved(document))[0]


def test_words_of_the_frame_may_stand_in_a_header_numbers_and_the_body_may_not():
    document = docx.Document()
    document.add_paragraph("{{p noi_dung }}")
    header = document.sections[0].header
    header.paragraphs[0].text = "{{ co_quan }}"
    assert told(saved(document)) == []
    header.add_paragraph('{{r so("exports") }}')
    header.add_paragraph("{{p noi_dung }}")
    assert [each.split(":")[0] for each in told(saved(document))] == ["đầu trang, đoạn 2", "đầu trang, đoạn 3"]


def test_a_mark_half_inside_a_link_is_told():
    document = docx.Document()
    paragraph = document.add_paragraph("{{ co_")
    link = parse_xml(f"<w:hyperlink {DECLARED} w:anchor='x'><w:r><w:t>quan }}}}</w:t></w:r></w:hyperlink>")
    paragraph._p.append(link)
    assert "nửa trong nửa ngoài" in told(saved(document))[0]


def test_tracked_changes_are_asked_to_be_settled_first():
    document = docx.Document()
    document.add_paragraph("{{p noi_dung }}")
    kept = parse_xml(f"<w:ins {DECLARED} w:id='1' w:author='a'><w:r><w:t>thêm</w:t></w:r></w:ins>")
    document.add_paragraph("")._p.append(kept)
    assert "Track Changes" in told(saved(document))[0]


def test_a_mark_that_word_cut_into_runs_and_curly_quotes_is_read_as_one():
    document = docx.Document()
    paragraph = document.add_paragraph("{")
    for piece in ("{r so(", "“industrial", "_output”", ") }", "}"):
        paragraph.add_run(piece)
    assert troubles(saved(document), CODES) == ()


# Hostile templates.

HOSTILE = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ co_quan.__class__ }}",
    "{{ so.__init__.__globals__ }}",
    "{{ so.topics }}",
    "{{ self.__init__ }}",
    "{{ cycler.__init__ }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 'a' * 10 ** 9 }}",
    "{{ range(10 ** 9) | list }}",
    "{{ co_quan | upper }}",
    "{{ [x for x in noi_nhan] }}",
    "{{ lipsum(10 ** 9) }}",
    "{% for i in range(10 ** 9) %}x{% endfor %}",
    "{% for i in noi_nhan recursive %}{{ loop(noi_nhan) }}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% set x = 1 %}",
    "{% macro f() %}{{ f() }}{% endmacro %}",
    "{% extends 'x' %}",
    "{{ " + "(" * 190 + ")" * 190 + " }}",
    "{% cellbg 'x' %}",
    "{% vm %}",
]
HARMLESS = ["{% raw %}{{ x }}{% endraw %}", "{{ so('exports')|nhu(0) }}"]  # refused as well, though nothing would run


@pytest.mark.parametrize("mark", [*HOSTILE, *HARMLESS])
def test_a_template_that_would_compute_something_is_refused(mark: str):
    assert told(word(mark)), mark


@pytest.mark.parametrize("mark", HOSTILE)
def test_no_such_mark_runs_where_the_file_was_never_checked(mark: str):
    try:
        fill(word("a", mark), Report(Frame(), ()))
    except TemplateUnfit:
        return
    pytest.fail(f"{mark} was filled")


def test_marks_hidden_in_descriptions_and_properties_are_found():
    data = word("{{p noi_dung }}")
    hidden = part(data, "word/document.xml").replace("<w:p>", '<w:p w:rsidR="{{ x }}">', 1)
    assert any("ngoài chữ thường" in each for each in told(with_part(data, "word/document.xml", hidden)))
    core = part(data, "docProps/core.xml").replace("<dc:title></dc:title>", "<dc:title>{{ 7*7 }}</dc:title>")
    core = core.replace("<dc:title/>", "<dc:title>{{ 7*7 }}</dc:title>")
    assert any("không điền được" in each for each in told(with_part(data, "docProps/core.xml", core)))


def relation(kind: str, target: str) -> str:
    return (
        f'<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://elsewhere.example/x.png"),
        ("attachedTemplate", "file:///C:/x.dotm"),
        ("hyperlink", "file:///etc/passwd"),
        ("oleObject", "http://elsewhere.example/x"),
    ],
)
def test_a_template_takes_nothing_from_elsewhere(kind: str, target: str):
    data = word("{{p noi_dung }}")
    name = "word/_rels/document.xml.rels"
    with pytest.raises(FileUnreadable, match="từ ngoài"):
        told(with_part(data, name, part(data, name).replace("</Relationships>", relation(kind, target))))


def test_a_link_to_a_page_may_stand():
    data = word("{{p noi_dung }}")
    name = "word/_rels/document.xml.rels"
    linked = part(data, name).replace("</Relationships>", relation("hyperlink", "https://elsewhere.example/"))
    assert told(with_part(data, name, linked)) == []


def test_macros_embedded_files_bombs_and_entities_are_refused():
    data = word("{{p noi_dung }}")
    for name in ("word/vbaProject.bin", "word/embeddings/x.bin", "word/activeX/activeX1.xml"):
        with pytest.raises(FileUnreadable, match="macro"):
            told(with_part(data, name, b"x"))
    with pytest.raises(FileUnreadable) as bomb:
        told(with_part(data, "word/media/x.xml", b"0" * 50_000_000))
    assert bomb.value.cause == "bomb"
    declared = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(FileUnreadable):
        told(with_part(data, "word/other.xml", declared))
    with pytest.raises(FileUnreadable):
        told(b"MZ")
    with pytest.raises(FileUnreadable, match="10 MB"):
        told(b"x" * (10 * 1024 * 1024 + 1))


def test_loops_inside_loops_are_stopped_before_they_fill_the_machine():
    loops = ["{%p for a in chi_tieu() %}", "{%p for b in chi_tieu() %}", "{%p for c in chi_tieu() %}", "x"]
    many = Codes({f"c{number}": "Chỉ tiêu" for number in range(60)})
    found = troubles(word("{{p noi_dung }}", *loops, *["{%p endfor %}"] * 3), many)
    assert "quá nhiều" in found[0].vi


def test_a_paragraph_of_a_hundred_marks_has_to_be_divided():
    assert told(word("{{ so }} " * 101)) == ["đoạn 1: đoạn quá dài hoặc quá nhiều nhãn; hãy chia thành nhiều đoạn"]
    assert told(word("{{ so }} " * 100)) == []


def test_a_file_of_many_marks_is_refused_and_not_read_for_ever():
    found = mistakes(word(*["{{ co_quan }}"] * 2100), CODES)
    assert [each.vi for each in found] == ["hơn 2.000 nhãn; hãy bớt đi"]
