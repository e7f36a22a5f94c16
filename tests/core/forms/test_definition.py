# SPDX-License-Identifier: Apache-2.0
"""A definition is read as a whole: everything that is wrong is told at once, each where it stands."""

import copy
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.forms.definition import RELATIONS, Definition, DefinitionUnreadable, period_of
from bamsat.core.terms.period import Period

GOOD = {
    "frequency": "month",
    "senders": {"kinds": ["commune"], "where": {"grade": ["hạng 1"]}},
    "columns": [
        {"code": "now", "name": {"vi": "Nay", "en": "Now"}},
        {"code": "ratio", "name": "So", "fill": "computed", "formula": "now / 2"},
    ],
    "rows": [
        {"code": "total", "name": "Tổng", "indicator": "t", "formula": "sum(parts)"},
        {"code": "a", "name": "A", "indicator": "t", "level": 1},
    ],
    "rules": [{"code": "less", "says": "a <= total", "message": "Sai."}],
}


def spoiled(path, value):
    said = copy.deepcopy(GOOD)
    at = said
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return said


def troubles(said):
    with pytest.raises(DefinitionUnreadable) as told:
        Definition.parse(said)
    return told.value.troubles


def test_a_good_definition_is_read():
    found = Definition.parse(GOOD)
    assert found.senders == ("commune",)
    assert found.where == {"grade": ("hạng 1",)}
    assert [row.code for row in found.parts(found.row("total"))] == ["a"]


SPOILED = [
    (("frequency",), "week", "biểu", "week"),
    (("columns",), [], "biểu", "ít nhất một cột"),
    (("rows",), None, "biểu", "thiếu danh sách dòng"),
    (("senders",), {}, "biểu", "chưa nói loại nơi"),
    (("columns", 0, "code"), "Nay", "cột Nay", "chữ thường không dấu"),
    (("columns", 0, "name"), "", "cột now", "thiếu tên"),
    (("columns", 0, "fill"), "guessed", "cột now", "guessed"),
    (("columns", 0, "formula"), "ratio", "cột now", "phải có formula"),
    (("columns", 1, "formula"), "khong_co * 2", "cột ratio", "khong_co"),
    (("columns", 1, "formula"), "ratio + 1", "cột ratio", "vòng về chính nó"),
    (("columns", 1, "formula"), "now +", "cột ratio", "Không hiểu"),
    (("columns", 0, "period"), "yesterday", "cột now", "yesterday"),
    (("columns", 0, "base"), "yesterday", "cột now", "yesterday"),
    (("columns", 0, "type"), "choice", "cột now", "codelist"),
    (("columns", 0, "decimals"), "hai", "cột now", "decimals"),
    (("columns", 1, "code"), "now", "cột now", "hai lần"),
    (("rows", 1, "code"), "total", "dòng total", "hai lần"),
    (("rows", 1, "level"), 99, "dòng a", "level"),
    (("rows", 1, "level"), 0, "dòng total", "không có dòng con"),
    (("rows", 1, "segment"), "x", "dòng a", "segment"),
    (("rows", 1, "columns"), ["khong_co"], "dòng a", "khong_co"),
    (("rows", 1, "typed"), ["khong_co"], "dòng a", "khong_co"),
    (("rows", 1, "indicator"), "", "dòng a", "chưa nói chỉ tiêu"),
    (("rows", 1), "một dòng", "dòng 2", "các cặp"),
    (("rules", 0, "says"), "a", "quy tắc less", "phép so sánh"),
    (("rules", 0, "says"), "a <= khong_co", "quy tắc less", "khong_co"),
    (("rules", 0, "says"), "a <= now", "quy tắc less", "lẫn dòng với cột"),
    (("rules", 0, "says"), "a <= total.now", "quy tắc less", "lẫn dòng với cột"),
    (("rules", 0, "message"), None, "quy tắc less", "thiếu tên"),
    (("rules", 0, "rows"), ["khong_co"], "quy tắc less", "khong_co"),
]


@pytest.mark.parametrize(("path", "value", "where", "told"), SPOILED)
def test_what_is_spoiled_is_told_where_it_stands(path, value, where, told):
    found = troubles(spoiled(path, value))
    assert [each for each in found if each.where == where and told in each.vi], found


def test_everything_that_is_wrong_is_told_at_once():
    said = spoiled(("frequency",), "week")
    said["rows"][1]["indicator"] = ""
    said["columns"][1]["formula"] = "khong_co"
    assert {each.where for each in troubles(said)} == {"biểu", "dòng a", "cột ratio"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "name", "vi", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)
PATHS = st.sampled_from(
    [path for path, *_rest in SPOILED] + [("rows", 0), ("columns", 0), ("deadline",), ("unit",), ("checks",)]
)


@settings(deadline=None)
@given(PATHS, JSON)
def test_nonsense_anywhere_is_read_or_told_and_breaks_nothing(path, value):
    with suppress(DefinitionUnreadable):
        Definition.parse(spoiled(path, value))


@settings(deadline=None)
@given(st.sampled_from(RELATIONS), st.integers(1990, 2060), st.integers(1, 12))
def test_every_relation_means_a_period_or_nothing_before_january(relation, year, month):
    period = Period.month(year, month)
    found = period_of(relation, period)
    assert (found is None) == (relation == "to_date_previous" and month == 1)
    if found is not None:
        assert found.first <= found.last
        if relation.startswith("to_date"):
            assert found.first % 12 == 0
