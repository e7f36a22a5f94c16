# SPDX-License-Identifier: Apache-2.0
"""A report about to be signed is held against the ledger: what it says is traced there, or called what it is."""

import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from docx import Document

from bamsat.rooms.figures.actions import accept, replace, withdraw
from bamsat.rooms.places.models import Role
from bamsat.rooms.reports.linting import linted
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TITLE = "Báo cáo tình hình công nghiệp, thương mại tỉnh Cao Bằng năm 2021"


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def word(*paragraphs: str) -> bytes:
    """A Word file as anybody writes one."""
    document, out = Document(), io.BytesIO()
    for text in (TITLE, *paragraphs):
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def said(cast: Cast, *paragraphs: str, by: object = None) -> list[tuple[str, str]]:
    found = linted(by or cast.specialist, "bao-cao.docx", word(*paragraphs))
    return [(remark.kind, remark.words) for remark in found.remarks]


def test_a_number_of_the_ledger_is_traced_and_one_that_is_not_is_called_so(cast: Cast) -> None:
    accept(cast.head, build.figure(cast.specialist, stated(5300 * 10**9)))
    text = "Năm 2021, giá trị sản xuất công nghiệp đạt 5.300 tỷ đồng; kim ngạch xuất khẩu đạt 242 triệu USD."
    assert said(cast, text) == [("untraceable", "242 triệu USD")]
    found = linted(cast.specialist, "bao-cao.docx", word(text))
    assert (found.traced, found.errors, found.place) == (1, 1, cast.home)
    assert found.remarks[0].at


def test_a_number_that_the_ledger_has_replaced_is_stale_and_its_successor_is_told(cast: Cast) -> None:
    old = accept(cast.head, build.figure(cast.specialist, stated(5300 * 10**9)))
    assert old is not None
    new = replace(cast.head, old, Decimal(5_412 * 10**9), "số chính thức")
    found = linted(cast.specialist, "bao-cao.docx", word("Năm 2021, giá trị sản xuất công nghiệp đạt 5.300 tỷ đồng."))
    (remark,) = found.remarks
    assert (remark.kind, remark.severity, remark.entry) == ("stale", "error", str(old.uuid))
    assert remark.entry_now == str(new.uuid)
    assert "5.412 tỷ đồng" in remark.vi
    assert "5.412 billion đồng" in remark.en


def test_an_entry_stands_again_once_its_successor_is_withdrawn(cast: Cast) -> None:
    old = accept(cast.head, build.figure(cast.specialist, stated(5300 * 10**9)))
    assert old is not None
    withdraw(cast.head, replace(cast.head, old, Decimal(5_412 * 10**9), "nhầm"), "nhầm")
    assert said(cast, "Năm 2021, giá trị sản xuất công nghiệp đạt 5.300 tỷ đồng.") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("đạt 5.300 triệu đồng, tăng 12,77% so với năm 2020, bằng 101,5% kế hoạch năm", "wrong_unit"),
        ("đạt 53.000 tỷ đồng, tăng 12,77% so với năm 2020, bằng 101,5% kế hoạch năm", "wrong_unit"),
        ("đạt 5.300 tỷ đồng, giảm 12,77% so với năm 2020, bằng 101,5% kế hoạch năm", "wrong_direction"),
        ("đạt 5.300 tỷ đồng, tăng 12,87% so với năm 2020, bằng 101,5% kế hoạch năm", "contradicts"),
        ("đạt 5.300 tỷ đồng, tăng 12,77% so với năm 2020, bằng 98,5% kế hoạch năm", "wrong_direction"),
        ("đạt 5.300 tỷ đồng, tăng 12,77% so với năm 2019, bằng 101,5% kế hoạch năm", "wrong_period"),
    ],
)
def test_each_sort_of_mistake_is_called_by_its_name(cast: Cast, text: str, kind: str) -> None:
    for figure in (stated(5300 * 10**9), growth("12.77"), plan_ratio("101.5")):
        accept(cast.head, build.figure(cast.specialist, figure))
    assert [one for one, _ in said(cast, f"Năm 2021, giá trị sản xuất công nghiệp {text}.")] == [kind]


def test_what_follows_from_levels_is_traced_and_what_does_not_is_told_with_the_right_number(cast: Cast) -> None:
    for figure in (
        stated(5300 * 10**9), stated(4700 * 10**9, period="2020"), stated(5000 * 10**9, status="target"),
    ):  # fmt: skip
        accept(cast.head, build.figure(cast.specialist, figure))
    text = "Năm 2021, giá trị sản xuất công nghiệp đạt 5.300 tỷ đồng, tăng {} so với năm 2020, bằng {} kế hoạch năm."
    assert said(cast, text.format("12,77%", "106%")) == []
    assert said(cast, text.format("12,97%", "106%")) == [("contradicts", "12,97%")]


def test_months_that_are_added_up_are_traced(cast: Cast) -> None:
    for month, value in ((1, 100), (2, 110), (3, 120)):
        figure = stated(value * 10**6, indicator="exports", unit="USD", period=f"2021-{month:02}")
        accept(cast.head, build.figure(cast.specialist, figure))
    assert said(cast, "Quý I năm 2021, kim ngạch xuất khẩu đạt 330 triệu USD.") == []
    assert said(cast, "Quý I năm 2021, kim ngạch xuất khẩu đạt 340 triệu USD.") == [("contradicts", "340 triệu USD")]


def test_dates_numbers_of_documents_and_quoted_words_are_not_spoken_of(cast: Cast) -> None:
    assert said(
        cast,
        "Thực hiện Chỉ thị số 12/CT-UBND ngày 15/3/2021 của Ủy ban nhân dân tỉnh.",
        "Đơn vị nêu: “Năm 2021, kim ngạch xuất khẩu đạt 999 triệu USD”.",
    ) == []  # fmt: skip


def test_what_a_user_may_not_see_is_no_answer(cast: Cast) -> None:
    accept(cast.head, build.figure(cast.specialist, stated(5300 * 10**9)))
    text = "Năm 2021, giá trị sản xuất công nghiệp đạt 5.300 tỷ đồng."
    assert said(cast, text) == []
    assert said(cast, text, by=cast.specialist_elsewhere) == [("untraceable", "5.300 tỷ đồng")]


def test_the_number_of_queries_does_not_grow_with_the_report(cast: Cast, django_assert_max_num_queries) -> None:
    accept(cast.head, build.figure(cast.specialist, stated(5300 * 10**9)))
    text = [f"Năm 2021, sản lượng xi măng {number} đạt {number * 7} tấn." for number in range(20, 60)]
    with django_assert_max_num_queries(14):
        said(cast, *text)


def test_the_command_tells_what_is_wrong_and_answers_with_its_exit_code(cast: Cast, tmp_path, capsys) -> None:
    accept(cast.head, build.figure(cast.specialist, stated(5300 * 10**9)))
    good, bad = tmp_path / "dung.docx", tmp_path / "sai.docx"
    good.write_bytes(word("Năm 2021, giá trị sản xuất công nghiệp đạt 5.300 tỷ đồng."))
    bad.write_bytes(word("Năm 2021, giá trị sản xuất công nghiệp đạt 5.300 triệu đồng."))
    call_command("lint", str(good))
    assert "1/1 số có trong sổ" in capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        call_command("lint", str(bad), "--format", "jsonl")
    assert left.value.code == 1
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["kind"], row["severity"], row["words"]) == ("wrong_unit", "error", "5.300 triệu đồng")


@pytest.mark.parametrize(
    ("name", "content", "options", "words"),
    [
        ("x.docx", b"khong phai word", (), "x.docx"),
        ("x.docx", b"", (), "rỗng"),
        ("x.txt", "Năm 2021, giá trị sản xuất đạt 5 tỷ đồng.".encode(), (), "--place"),
        ("x.txt", "Năm 2021, giá trị sản xuất đạt 5 tỷ đồng.".encode(), ("--place", "khong-co"), "khong-co"),
    ],
)
def test_the_command_says_how_to_mend_what_it_cannot_read(cast: Cast, tmp_path, name, content, options, words) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CommandError, match=words) as refused:
        call_command("lint", str(file), *options)
    assert refused.value.returncode == 2


def test_only_who_writes_reports_opens_the_page(cast: Cast) -> None:
    build.role(cast.clerk, "cao-bang", Role.CLERK)
    assert cast.client(cast.clerk).get("/bao-cao/soat/").status_code == 403
    assert cast.client(cast.specialist).get("/bao-cao/soat/").status_code == 200
