# SPDX-License-Identifier: Apache-2.0
import csv
import io

import pytest

from bamsat.core.read.loaders import load
from tests.core.read.loaders.specimens import TABLE


def written(delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(TABLE)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_it_finds_the_delimiter(delimiter):
    document = load(written(delimiter).encode("utf-8-sig"), "so-lieu.csv")
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [list(row) for row in TABLE]
    assert document.tables[0].rows[1][3].at == "D2"


def test_excel_may_say_its_delimiter():
    document = load(("sep=;\n" + written(";")).encode(), "so-lieu.csv")
    assert document.tables[0].rows[0][0].text == "STT"


def test_lines_around_the_table_are_text():
    text = "Kết quả tháng 7;;;;;\nĐơn vị tính: tỷ đồng;;;;;\n" + written(";")
    document = load(text.encode(), "so-lieu.csv")
    assert document.tables[0].caption == "Kết quả tháng 7 Đơn vị tính: tỷ đồng"


def test_a_quoted_cell_may_hold_line_ends():
    document = load('Chỉ tiêu;Năm\n"Bán lẻ\nhàng hóa";"12,5"\n'.encode(), "so-lieu.csv")
    assert [cell.text for cell in document.tables[0].rows[1]] == ["Bán lẻ hàng hóa", "12,5"]
