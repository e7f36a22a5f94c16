# SPDX-License-Identifier: Apache-2.0
"""bamsat report: the file that a page would give, and errors that say how to mend them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bamsat.core.report.docx import tags_in
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.reports.content.asked import Asked
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.writing import write
from tests import build
from tests.build import growth, stated
from tests.cast import Cast
from tests.rooms.reports.months import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _figures(cast: Cast) -> None:
    build.catalogue()
    recorded(cast.director, [stated("5300000000000"), growth("12.77")])


def report(*words: str) -> str:
    out = io.StringIO()
    call_command("report", *words, stdout=out)
    return out.getvalue()


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as error:
        report(*words)
    return str(error.value)


def words_of(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_it_writes_what_the_page_writes_for_one_who_sees_everything(cast: Cast, tmp_path: Path):
    file = tmp_path / "bao-cao.docx"
    said = report("nam", "--place", "cao-bang", "--period", "2021", "-o", str(file))
    assert said.startswith(f"{file}: 4 số")  # two in the text, two in the table behind
    page = write(compose(cast.administrator, Asked("nam", cast.home, Period.year(2021))), "docx")
    assert words_of(file.read_bytes()) == words_of(page)
    entries = {str(uuid) for uuid in Entry.objects.values_list("uuid", flat=True)}
    assert {one for tag in tags_in(file.read_bytes()) for one in tag.entries} == entries


def test_the_ending_says_the_kind_of_file(tmp_path: Path):
    folder = tmp_path / "ra"
    folder.mkdir()
    for ending, head in (("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("xlsx", b"PK"), ("docx", b"PK")):
        file = folder / f"bao-cao.{ending}"
        report("nam", "--place", "Cao Bằng", "--period", "2021", "-o", str(file))
        assert file.read_bytes().startswith(head)
    assert sorted(each.suffix for each in folder.iterdir()) == [
        ".docx",
        ".html",
        ".pdf",
        ".xlsx",
    ]  # and nothing half-written


def test_one_file_a_province_where_there_is_something_to_tell(tmp_path: Path):
    said = report("nam", "--period", "2021", "--all-provinces", str(tmp_path / "tinh"))
    assert [each.name for each in (tmp_path / "tinh").iterdir()] == ["nam-cao-bang-2021.docx"]
    assert "1 báo cáo. / 1 reports." in said
    assert "Chưa có số đã duyệt: An Giang" in said


def test_what_it_refuses_and_how_to_mend_it(tmp_path: Path):
    folder = tmp_path / "ra"
    folder.mkdir()
    out = ("-o", str(folder / "x.docx"))
    here = ("--place", "cao-bang")
    assert "Các loại: thang, quy" in refused("tuan", *here, "--period", "2021", *out)
    assert "Gần giống: cao-bang" in refused("nam", "--place", "cao-bag", "--period", "2021", *out)
    assert "Hãy chọn một năm" in refused("nam", *here, "--period", "2021-03", *out)
    assert "Hãy viết như 2021, 2021-Q3" in refused("nam", *here, "--period", "hai mốt", *out)
    assert "chưa có số đã duyệt nào của Lạng Sơn năm 2021" in refused(
        "nam", "--place", "lang-son", "--period", "2021", *out
    )
    assert ".docx, .pdf, .html, .xlsx" in refused("nam", *here, "--period", "2021", "-o", str(folder / "x.odt"))
    assert "Các bộ: main" in refused("chuyen-de", *here, "--period", "2021", "--field", "la", *out)
    assert "Không hiểu ngày" in refused("nam", *here, "--period", "2021", "--known", "mai", *out)
    assert "Cần --place và -o" in refused("nam", "--period", "2021")
    assert "Không ghi được" in refused("nam", *here, "--period", "2021", "-o", str(folder / "khong" / "x.docx"))
    assert not list(folder.iterdir())


def test_as_known_on_a_day_before_anything_was_told(tmp_path: Path):
    file = str(tmp_path / "x.docx")
    said = refused("nam", "--place", "cao-bang", "--period", "2021", "--known", "2020-01-01", "-o", file)
    assert "chưa có số đã duyệt nào" in said
