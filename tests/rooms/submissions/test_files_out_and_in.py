# SPDX-License-Identifier: Apache-2.0
"""What goes out as a workbook comes in as the same cells."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bamsat.core.forms.cells import read_typed
from bamsat.core.forms.sheet import Pick
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.submissions.files.actions import take_file
from bamsat.rooms.submissions.files.bundles import expected_of, labels_of, workbook_of
from bamsat.rooms.submissions.files.findings import ReadReturn
from bamsat.rooms.submissions.files.lists import lists_of
from bamsat.rooms.submissions.files.returns_in import Expected, read_return
from bamsat.rooms.submissions.filling.actions import Change, add_row, open_return, save_cells, typed_keys
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Origin, Return
from tests import build
from tests.cast import Cast
from tests.rooms.submissions.spoiled import Book, opened_here

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def sent(cast: Cast) -> Return:
    version = build.form()
    return open_return(cast.commune_official, version.form, cast.commune, OCTOBER)


def read(data: bytes, sent: Return) -> ReadReturn:
    return read_return(opened_here(data), expected_of(Return.objects.get(pk=sent.pk)))


@pytest.mark.django_db
def test_a_blank_form_comes_back_without_a_cell_and_without_trouble(sent: Return) -> None:
    found = read(workbook_of(sent), sent)
    assert (found.cells, found.troubles, found.notes) == ([], [], [])


@pytest.mark.django_db
def test_what_is_typed_into_the_white_cells_comes_in(sent: Return) -> None:
    book = Book(workbook_of(sent), ["food.now"])
    assert not book.sheet[book.place("food.now")].protection.locked
    assert book.sheet.protection.sheet
    book.sheet[book.place("food.now")] = 1234.5
    found = read(book.saved(), sent)
    assert [(each.key, each.text, each.at) for each in found.cells] == [("food.now", "1.234,5", book.at("food.now"))]
    assert found.troubles == []


@pytest.mark.django_db
def test_heads_names_and_formulas_are_locked_and_totals_compute(sent: Return) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(sent)))
    sheet = book.worksheets[0]
    goods = sheet["E11"]
    assert goods.value.startswith("=IF(COUNT(E12")
    assert "SUM(E12" in goods.value
    assert goods.protection.locked
    assert "IFERROR(" in sheet["F12"].value
    assert "IF(COUNT(E12,D12)<2" in sheet["F12"].value
    assert sheet.freeze_panes == "C10"
    assert sheet.page_setup.paperSize in (9, "9")
    assert book["_bamsat"].sheet_state == "veryHidden"


@pytest.mark.django_db
def test_an_empty_cell_takes_nothing_away(sent: Return, cast: Cast) -> None:
    blank = workbook_of(sent)
    save_cells(cast.commune_official, sent, [Change("food.now", "5")])
    taken = take_file(cast.commune_official, sent, "bieu.xlsx", blank)
    assert taken.written == ()
    assert Return.objects.get(pk=sent.pk).texts["food.now"] == "5"


@pytest.mark.django_db
def test_each_cell_says_from_which_file_and_cell_it_came(sent: Return, cast: Cast) -> None:
    book = Book(workbook_of(sent), ["food.now", "cars.now"])
    taken = take_file(cast.commune_official, sent, "thang 10.xlsx", book.saved())
    assert set(taken.written) == {"food.now", "cars.now"}
    cell = Return.objects.get(pk=sent.pk).cells["food.now"]
    assert (cell["o"], cell["src"]) == (Origin.EXCEL, f"thang 10.xlsx, {book.at('food.now')}")


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing_the_second_time(sent: Return, cast: Cast) -> None:
    data = Book(workbook_of(sent), ["food.now"]).saved()
    take_file(cast.commune_official, sent, "a.xlsx", data)
    revision = Return.objects.get(pk=sent.pk).revision
    assert take_file(cast.commune_official, sent, "a.xlsx", data).written == ()
    assert Return.objects.get(pk=sent.pk).revision == revision


@pytest.mark.django_db
def test_an_unreadable_number_is_kept_as_typed_and_told_at_its_cell(sent: Return, cast: Cast) -> None:
    book = Book(workbook_of(sent), ["food.now"])
    book.sheet[book.place("food.now")] = "1,234.5"
    taken = take_file(cast.commune_official, sent, "a.xlsx", book.saved())
    assert [(each.at, each.mend, each.kept) for each in taken.read.troubles] == [(book.at("food.now"), "1.234,5", True)]
    assert Return.objects.get(pk=sent.pk).texts["food.now"] == "1,234.5"


@pytest.mark.django_db
def test_a_reason_in_the_file_explains_the_cells_of_its_line(sent: Return, cast: Cast) -> None:
    book = Book(workbook_of(sent), ["cars.now"])
    reasons = next(cell.column for cell in book.sheet[9] if str(cell.value).startswith("Lý do"))
    book.sheet.cell(book.row("food.now"), reasons).value = "chợ chưa báo"
    book.sheet.cell(book.row("cars.now"), reasons).value = "mở đại lý mới"
    data = book.saved()
    taken = take_file(cast.commune_official, sent, "a.xlsx", data)
    assert taken.read.troubles == []
    cells = Return.objects.get(pk=sent.pk).cells
    assert (cells["food.now"]["t"], cells["food.now"]["why"]) == ("", "chợ chưa báo")
    assert (cells["cars.now"]["t"], cells["cars.now"]["why"]) == ("10,5", "mở đại lý mới")
    assert take_file(cast.commune_official, sent, "a.xlsx", data).written == ()
    again = openpyxl.load_workbook(io.BytesIO(workbook_of(Return.objects.get(pk=sent.pk)))).worksheets[0]
    assert again.cell(book.row("food.now"), reasons).value == "chợ chưa báo"


@pytest.mark.django_db
def test_rows_picked_in_the_file_are_added(cast: Cast) -> None:
    version = build.form("nha-may-thang")
    definition = definition_of(version)
    pattern = next(row for row in definition.rows if row.pick)
    listed = lists_of(definition)[pattern.pick[0]]
    (first, names), (second, others) = list(listed.names.items())[:2]
    sent = open_return(cast.administrator, version.form, cast.facility, OCTOBER)
    sent = add_row(cast.administrator, sent, pattern.code, [first])
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(sent)))
    sheet = book.worksheets[0]
    column = next(each.code for each in definition.columns if each.is_typed and pattern.has(each.code))
    address = book.defined_names[f"o_{pattern.code}_{first.lower()}_{column}"].attr_text.rpartition("!")[2]
    at = sheet[address.replace("$", "")]
    at.value = 7
    assert sheet.cell(at.row, 2).value == names[0]
    sheet.cell(at.row + 1, 2).value = others[-1]
    sheet.cell(at.row + 1, at.column).value = 9
    out = io.BytesIO()
    book.save(out)
    taken = take_file(cast.administrator, sent, "a.xlsx", out.getvalue())
    assert taken.read.troubles == []
    kept = Return.objects.get(pk=sent.pk)
    assert kept.chosen == (Pick(pattern.code, (first,)), Pick(pattern.code, (second,)))
    assert kept.texts[f"{pattern.code}~{first}.{column}"] == "7"
    assert kept.texts[f"{pattern.code}~{second}.{column}"] == "9"


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(Path("src/bamsat/data/forms").glob("*.yml")), ids=lambda path: path.stem)
def test_every_shipped_form_goes_out_and_comes_in(path: Path, cast: Cast) -> None:
    version = build.form(path.stem)
    definition = definition_of(version)
    period = {"month": OCTOBER, "quarter": Period.quarter(2026, 3), "half": Period.months(2026, 1, 6),
              "year": Period.year(2026), "nine_months": Period.months(2026, 1, 9)}[definition.frequency]  # fmt: skip
    sent = open_return(cast.administrator, version.form, cast.home, period)
    values: dict[str, Any] = {"number": 12, "text": "chữ", "date": "05/09/2026", "yes_no": "có"}
    keys = list(typed_keys(definition, ()))
    texts = {}
    for key in keys:
        column = definition.column(key.rpartition(".")[2])
        listed = lists_of(definition).get(column.codelist)
        choices = [names[0] for names in listed.names.values()] if listed else list(column.choices)
        texts[key] = str(choices[0] if column.type == "choice" else values[column.type])
    full = Return.objects.get(pk=sent.pk)
    full.cells = {key: {"t": text} for key, text in texts.items()}
    found = read(workbook_of(full), sent)
    assert found.troubles == []
    assert {each.key: each.text for each in found.cells} == texts


numbers = st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=3, allow_nan=False)
texts = st.one_of(
    numbers.map(format_number), st.sampled_from(["", "0", "-", "…", "12 tr", "1,234.5", "  5 ", "1 234"]),
    st.integers(0, 10**17).map(format_number),
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_in_a_return_goes_out_and_comes_in_the_same(sent: Return, data: Any) -> None:
    keys = list(typed_keys(definition_of(sent.version), ()))
    told = {key: data.draw(texts) for key in data.draw(st.lists(st.sampled_from(keys), unique=True, max_size=8))}
    full = Return.objects.select_related("form", "version", "place").get(pk=sent.pk)
    full.cells = {key: {"t": text} for key, text in told.items()}
    data_out = workbook_of(full)
    again = read_return(opened_here(data_out), expected_of(full))
    assert again.cells == []
    labels = labels_of(sent.version, OCTOBER)
    found = read_return(opened_here(data_out), Expected(labels, sent.place.slug, sent.place.name))
    came = {each.key: each.text for each in found.cells}
    for key, text in told.items():
        before, after = read_typed(text), read_typed(came.get(key, ""))
        assert (before.value, before.is_wrong) == (after.value, after.is_wrong)
