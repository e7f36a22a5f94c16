# SPDX-License-Identifier: Apache-2.0
"""What goes out as a workbook comes in as the same cells."""

import io
from typing import Any

import openpyxl
import pytest

from bamsat.core.terms.period import Period
from bamsat.rooms.submissions.actions_fill import Change, open_return, save_cells
from bamsat.rooms.submissions.files.bundles import expected_of, workbook_of
from bamsat.rooms.submissions.files.opening import open_one
from bamsat.rooms.submissions.files.returns_in import read_return
from bamsat.rooms.submissions.models import Return
from tests import build
from tests.cast import Cast

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def sent(cast: Cast) -> Return:
    version = build.form()
    return open_return(cast.commune_official, version.form, cast.commune, OCTOBER)


def read(data: bytes, sent: Return, tmp_path: Any, name: str = "bieu.xlsx") -> Any:
    path = tmp_path / name
    path.write_bytes(data)
    return read_return(open_one(path, name), expected_of(Return.objects.get(pk=sent.pk)))


@pytest.mark.django_db
def test_a_blank_form_comes_back_without_a_cell_and_without_trouble(sent: Return, tmp_path: Any) -> None:
    found = read(workbook_of(sent), sent, tmp_path)
    assert (found.cells, found.troubles, found.notes) == ([], [], [])


@pytest.mark.django_db
def test_what_is_typed_into_the_white_cells_comes_in(sent: Return, cast: Cast, tmp_path: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(sent)))
    sheet = book.worksheets[0]
    food = book.defined_names["o_food_now"].attr_text.rpartition("!")[2].replace("$", "")
    assert not sheet[food].protection.locked
    assert sheet.protection.sheet
    sheet[food] = 1234.5
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), sent, tmp_path)
    assert [(each.key, each.text, each.at) for each in found.cells] == [
        ("food.now", "1.234,5", f"{sheet.title}!{food}")
    ]
    assert found.troubles == []
