# SPDX-License-Identifier: Apache-2.0
"""From a file or a text to its figures and statements."""

from decimal import Decimal
from pathlib import Path

import pytest

from bamsat.core.read.many import read_file
from bamsat.core.read.reader import read, read_text
from bamsat.core.terms.errors import FileUnreadable

TEXT = "Sở Công Thương tỉnh Thái Bình\nNăm 2022, kim ngạch xuất khẩu đạt trên 80 triệu USD, tăng 9% so với năm 2021."


def test_a_figure_as_data_has_exactly_the_public_fields():
    figure = read_text(TEXT, "bao-cao.txt").figures[0]
    assert figure.as_json() == {
        "doc": "bao-cao.txt",
        "start": TEXT.index("80"),
        "end": TEXT.index("80") + len("80 triệu USD"),
        "number": "80 triệu USD",
        "label": "kim ngạch xuất khẩu",
        "indicator": "exports",
        "segment": None,
        "measure": "level",
        "value": 80_000_000,
        "value_high": None,
        "of": None,
        "unit": "USD",
        "lower": 80_000_000,
        "upper": 90_000_000,
        "status": "actual",
        "hedge": "over",
        "area": "Thái Bình",
        "period": "2022",
        "base": None,
        "price_basis": None,
        "inferred": [],
        "doubt": None,
        "at": "đoạn 2",
    }


def test_a_file_on_disk_its_bytes_and_its_text_are_read_alike(tmp_path: Path):
    file = tmp_path / "bao-cao.txt"
    file.write_text(TEXT, "utf-8")
    on_disk = read(file).figures
    assert on_disk == read(TEXT.encode(), "bao-cao.txt").figures == read_text(TEXT, "bao-cao.txt").figures
    assert {figure.doc for figure in on_disk} == {"bao-cao.txt"}


def test_a_text_without_figures_has_none():
    for text in ("", "\n", "Không có số liệu nào.", "Công văn số 841/UBND-VX ngày 26/02/2021."):
        assert read_text(text).figures == ()


def test_an_unreadable_file_is_refused_in_words():
    with pytest.raises(FileUnreadable) as refusal:
        read(b"", "trong.docx")
    assert "trong.docx" in str(refusal.value)


def test_one_bad_file_is_told_and_not_raised():
    told = read_file(b"", "trong.docx")
    assert told.error is not None
    assert told.figures == ()


def test_figures_come_in_the_order_of_the_text():
    starts = [figure.start for figure in read_text(TEXT * 3).figures]
    assert starts == sorted(starts)


def test_a_title_takes_the_period_and_base_of_the_figure_that_it_repeats():
    text = "Xuất khẩu tăng 9%\nQuý I/2022, kim ngạch xuất khẩu của Thái Bình đạt 80 triệu USD, tăng 9% so với cùng kỳ."
    title, _, told = read_text(text).figures
    assert (title.period, title.base) == (told.period, told.base) == ("2022-Q1", "2021-Q1")


def test_page_furniture_gives_no_figures():
    assert [figure.number for figure in read_text(f"7,357 lượt xem\nLượt đọc: 1.208\n{TEXT}").figures] == [
        "80 triệu USD",
        "9%",
    ]


def test_statements_of_direction_stand_beside_the_figures_and_are_none():
    reading = read_text(f"{TEXT}\nSức mua tăng khá.")
    assert [statement.text for statement in reading.statements] == ["Sức mua tăng khá"]
    assert [figure.number for figure in reading.figures] == ["80 triệu USD", "9%"]


def test_values_are_exact():
    (figure,) = read_text("Năm 2022, kim ngạch xuất khẩu đạt 28,85 tỷ USD.").figures
    assert figure.value == Decimal("28850000000")
    assert isinstance(figure.value, Decimal)
    assert (figure.lower, figure.upper) == (Decimal("28845000000"), Decimal("28855000000"))


def test_the_document_says_its_own_place_and_period():
    reading = read_text(TEXT)
    assert (reading.area, reading.period) == ("Thái Bình", "2022")
