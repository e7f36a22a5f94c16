# SPDX-License-Identifier: Apache-2.0
"""Hostile words in titles, frames and names are words in every form of a report, and in templates nothing runs."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date

import pytest
from docx import Document as WordDocument

from bamsat.core.report.docx import to_docx
from bamsat.core.report.docx.template_check import mistakes
from bamsat.core.report.docx.template_names import Codes
from bamsat.core.report.outline import Appendix, Cell, Column, Frame, Heading, Paragraph, Report, Row, Table, Words
from bamsat.core.report.pdf import to_pdf
from bamsat.core.report.web import page, to_html
from bamsat.core.report.xlsx import sheets_of, to_xlsx

EVIL = (
    "=cmd|' /C calc'!A1", "@SUM(1+1)", "+1+1", "-1+1", '"><script>alert(1)</script>', "<img src=x onerror=alert(1)>",
    "#eval(\"1\") #read(\"/etc/passwd\") $x$ *a* _b_ `c` \\u{41} @x <y>", "{{ ''.__class__ }} {% raw %} {# #}",
    "]]>&amp;<w:p/>", "=HYPERLINK(\"http://ngoai.example\")", "a\x01\x0bb", "x" * 5_000, "'[Sổ]*?:/\\'",
)  # fmt: skip


def hostile(evil: str) -> Report:
    frame = Frame(
        parent=evil, organ=evil, number="7", symbol=evil, place=evil, day=date(2022, 1, 15), subject=evil,
        addressee=(evil,), bases=(evil,), recipients=(evil,), authority=evil, post=evil, signer=evil,
    )  # fmt: skip
    row = Row((Cell((Words(evil),)), Cell((Words(evil),))))
    table = Table(evil, (Column((evil,)), Column((evil,))), (row,), unit=evil, note=evil)
    blocks = (Heading(1, evil), Paragraph((Words(evil), Words(evil, quoted=True, source="/tinh-hinh/"))), table)
    return Report(frame, blocks, (Appendix(evil, (table,)),), title=evil, attributes={"ghi-chu": evil})


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
def test_hostile_words_are_words_in_every_form(evil: str):
    report = hostile(evil)
    web = page(report) + to_html(report, lambda entry: f"/{entry}/", lambda chart, number: f"/{number}/")
    for sign in ("<script>alert", "<img src=x", "<y>", "<w:p/>"):
        assert sign not in web, sign
    assert WordDocument(io.BytesIO(to_docx(report)))
    with zipfile.ZipFile(io.BytesIO(to_xlsx(sheets_of(report), {"title": evil}))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert not any("cmd|" in sheet.partition("<f>")[2] or "hyperlink " in sheet for sheet in sheets)
    assert not any("<f>" in sheet for sheet in sheets)
    pdf = to_pdf(report)
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "root:x:0" not in told
    assert b"/JavaScript" not in pdf
    if "#eval" in evil:
        assert "#eval" in told


def test_words_of_a_report_are_no_marks_of_its_template():
    from bamsat.core.report.docx.template_start import starting_template

    evil = "{{ 7 * 7 }} {% for x in range(9) %} {{ cycler }} {{p noi_dung }}"
    content = to_docx(hostile(evil), starting_template(Frame(subject="x")))
    text = "\n".join(one.text for one in WordDocument(io.BytesIO(content)).paragraphs)
    assert "{{ 7 * 7 }}" in text
    assert "49" not in text


ESCAPES = (
    "{{ ''.__class__ }}", "{{ co_quan.__class__.__mro__ }}", "{{ co_quan|attr('__class__') }}", "{{ lipsum }}",
    "{{ cycler.__init__.__globals__ }}", "{{ namespace() }}", "{{ self }}", "{{ joiner }}", "{{ 'a' * 999999999 }}",
    "{{ 9 ** 9 ** 9 }}", "{{ range(999999999) }}", "{{ '%999999999d' % 1 }}", "{{ '{:>999999999}'.format(1) }}",
    "{{ so['exports'] }}", "{{ so('exports').__class__ }}", "{{ so.topics }}", "{{r so.__call__('exports') }}",
    "{% raw %}{{ so }}{% endraw %}", "{% set x = 1 %}", "{% include 'a' %}", "{% import 'os' as os %}", "{{ so() }}",
    "{% macro a() %}{% endmacro %}", "{% for x in range(9) %}{% endfor %}", "{% for x in co_quan %}{% endfor %}",
    "{% for x in noi_nhan recursive %}{{ loop(noi_nhan) }}{% endfor %}", "{{ loop }}", "{{ co_quan|safe }}",
    "{{ co_quan ~ co_quan }}", "{{ [co_quan] * 9 }}", "{{ co_quan if 1 else 2 }}", "{{ caller() }}", "{{ _ }}",
    "{% if co_quan.__class__ %}{% endif %}", "{% if ''.join(['a']) %}{% endif %}", "{{ co_quan[0] }}", "{{ ct.topic }}",
)  # fmt: skip


@pytest.mark.parametrize("mark", ESCAPES)
def test_no_mark_of_a_template_leads_out_of_it(mark: str):
    word = WordDocument()
    word.add_paragraph("{{p noi_dung }}")
    word.add_paragraph(mark)
    out = io.BytesIO()
    word.save(out)
    assert mistakes(out.getvalue(), Codes(indicators={"exports": "Xuất khẩu"}, sets={}, sections={})), mark
