# SPDX-License-Identifier: Apache-2.0
"""A sheet computes every cell: totals of parts, ratios of totals, known beside typed, rows that the sender picked."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.forms.definition import Definition
from bamsat.core.forms.sheet import Pick, Sheet, role_of
from bamsat.core.terms.numbers import format_number

FORM = Definition.parse({
    "frequency": "month", "senders": ["commune"],
    "columns": [
        {"code": "last", "name": "Trước", "fill": "known", "period": "previous"},
        {"code": "now", "name": "Nay"},
        {"code": "ratio", "name": "So", "fill": "computed", "formula": "now / last * 100"},
    ],
    "rows": [
        {"code": "total", "name": "Tổng", "indicator": "t", "formula": "sum(parts)"},
        {"code": "a", "name": "A", "indicator": "t", "level": 1},
        {"code": "b", "name": "B", "indicator": "t", "level": 1},
        {"code": "goods", "name": "Hàng", "indicator": "t", "level": 1, "pick": ["commodity"], "unit": "tấn"},
        {"code": "index", "name": "Chỉ số", "indicator": "i", "columns": ["ratio"], "typed": ["ratio"]},
        {"code": "spare", "name": "Thêm", "indicator": "t", "optional": True},
    ],
})  # fmt: skip
AMOUNTS = st.integers(0, 10**9)


@settings(deadline=None)
@given(AMOUNTS, AMOUNTS, st.lists(AMOUNTS, max_size=4))
def test_a_total_is_the_sum_of_its_parts_whoever_added_them(a, b, picked):
    picks = [Pick("goods", (f"c{number}",)) for number in range(len(picked))]
    typed = {"a.now": format_number(Decimal(a)), "b.now": format_number(Decimal(b))}
    typed |= {f"{pick.code}.now": format_number(Decimal(value)) for pick, value in zip(picks, picked, strict=True)}
    found = Sheet(FORM, typed, {}, picks).cell("total", "now")
    assert found.value == a + b + sum(picked)
    assert found.lacking == 0


@settings(deadline=None)
@given(st.sets(st.sampled_from(["a.now", "b.now"])))
def test_a_total_says_how_many_cells_it_lacks(typed):
    found = Sheet(FORM, dict.fromkeys(typed, "5"), {}).cell("total", "now")
    assert found.lacking == 2 - len(typed)
    assert found.value == (5 * len(typed) if typed else None)


def test_the_ratio_of_a_total_is_the_ratio_of_totals_and_waits_until_it_is_whole():
    known = {"a.last": Decimal(10), "b.last": Decimal(30)}
    half = Sheet(FORM, {"a.now": "20"}, known)
    assert half.cell("a", "ratio").value == 200
    assert half.cell("total", "ratio").value is None
    assert Sheet(FORM, {"a.now": "20", "b.now": "20"}, known).cell("total", "ratio").value == 100


def test_a_total_known_to_the_ledger_is_taken_rather_than_added():
    assert Sheet(FORM, {}, {"total.last": Decimal(7)}).cell("total", "last").value == 7


def test_an_index_has_its_ratio_typed_where_others_have_it_computed():
    row = FORM.row("index")
    assert role_of(row, FORM.column("ratio")) == "typed"
    assert Sheet(FORM, {"index.ratio": "106,2"}, {}).cell("index", "ratio").value == Decimal("106.2")
    assert Sheet(FORM, {}, {}).cell("index", "now").role == ""
    assert row.asks(FORM.column("ratio"))
    assert not row.asks(FORM.column("now"))


def test_a_picked_row_has_the_name_unit_and_codes_of_what_was_picked():
    sheet = Sheet(FORM, {"goods~coffee.now": "1"}, {}, [Pick("goods", ("coffee",), "Cà phê", "bao")])
    row = sheet.cell("goods~coffee", "now").row
    assert (row.name.vi, row.unit, dict(row.segment)) == ("Cà phê", "bao", {"commodity": "coffee"})
    assert "goods" not in {cell.row.code for cell in sheet.cells()}


def test_an_optional_row_lacks_nothing():
    assert Sheet(FORM, {}, {}).result("spare.now").lacking == 0
    assert Sheet(FORM, {}, {}).result("a.now").lacking == 1
