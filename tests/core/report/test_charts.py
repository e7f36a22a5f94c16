# SPDX-License-Identifier: Apache-2.0
"""Charts: what they show, that they say it in words, and that they are drawn without anything from elsewhere."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bamsat.core.report import charts
from bamsat.core.report.charts import Value
from bamsat.core.report.charts.shares import _apart
from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import told_in
from bamsat.core.terms.period import Period

D = Decimal
YEARS = (
    Value("2019", D("4120.77"), plan=D(4000)),
    Value("2020"),
    Value("2021", D(5300), state="estimate", plan=D(5300)),
)
PARTS = (
    Value("Khai khoáng", D("-1.20"), "−1,20"),
    Value("Công nghiệp chế biến, chế tạo", D("8.51")),
    Value("Sản xuất và phân phối điện", D("5.46")),
)
SHARES = (Value("Khai khoáng", D("21.5")), Value("Công nghiệp chế biến, chế tạo", D("77.2")), Value("Nước", D("1.3")))
KINDS = {
    "periods": charts.periods(YEARS),
    "beside": charts.beside(YEARS, (Value("2019", D(10)), Value("2021", D(12))), ("Năm 2020", "Năm 2021")),
    "plan_ratios": charts.plan_ratios((Value("Xuất khẩu", D("110.4")), Value("Nhập khẩu"))),
    "growths": charts.growths((Value("Xuất khẩu", D("21.43")), Value("Nhập khẩu", D("-12.57")))),
    "contributions": charts.contributions(PARTS, Value("Cộng", D("12.77"))),
    "shares": charts.shares((("2020", SHARES), ("2021", SHARES))),
    "course": charts.course(YEARS),
}


def words(spec: Mapping[str, Any]) -> list[str]:
    """The lines of words of a drawing."""
    root = etree.fromstring(charts.svg(spec).encode())
    return [" ".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def all_of(spec: Any, name: str) -> list[Any]:
    """Every value of this name, anywhere in a specification."""
    if isinstance(spec, Mapping):
        found = [spec[name]] if name in spec else []
        return found + [one for value in spec.values() for one in all_of(value, name)]
    if isinstance(spec, list | tuple):
        return [one for value in spec for one in all_of(value, name)]
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_with_its_numbers_in_vietnamese(kind: str) -> None:
    shown = " ".join(words(KINDS[kind]))
    number = {
        "periods": "4.120,77", "beside": "5.300", "plan_ratios": "110,4%", "growths": "−12,57%",
        "contributions": "+8,51", "shares": "77,2%", "course": "ước 5.300",
    }[kind]  # fmt: skip
    assert number in shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_loads_and_runs_nothing_and_names_only_the_typeface_that_is_there(kind: str) -> None:
    drawn = charts.svg(KINDS[kind])
    root = etree.fromstring(drawn.encode())
    tags = {etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "style", "image", "foreignObject", "a", "use"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert {element.get("font-family") for element in root.iter("{*}text")} == {
        "Liberation Sans, Arial, Helvetica, sans-serif"
    }


@pytest.mark.parametrize("kind", KINDS)
def test_all_charts_are_as_wide_as_the_text_of_a_page(kind: str) -> None:
    assert etree.fromstring(charts.svg(KINDS[kind]).encode()).get("width") == "600"


@pytest.mark.parametrize("kind", KINDS)
def test_no_chart_is_a_pie_and_bars_begin_at_zero(kind: str) -> None:
    assert "arc" not in all_of(KINDS[kind], "type")
    for domain in all_of(KINDS[kind], "domain"):
        if all(isinstance(end, int | float) for end in domain):
            assert domain[0] <= 0 <= domain[1]


def test_what_nobody_reported_is_said_in_words_and_drawn_dashed() -> None:
    for kind in ("periods", "beside", "plan_ratios", "course"):
        assert "chưa có số" in words(KINDS[kind])
        assert "stroke-dasharray" in charts.svg(KINDS[kind])


def test_an_estimate_is_hatched_so_that_black_and_white_tells_it_from_an_actual_number() -> None:
    assert charts.svg(KINDS["periods"]).count('fill="url(#hatched)"') == 2  # the column and its word over the chart
    assert 'fill="url(#hatched)"' not in charts.svg(charts.periods((Value("2019", D(1)),)))


def test_colours_are_told_in_words_only_where_there_are_several() -> None:
    assert {"Thực hiện", "Ước", "Kế hoạch"} <= set(words(KINDS["periods"]))
    assert words(charts.periods((Value("2019", D(1)), Value("2020", D(2))))) == ["1", "2", "2019", "2020"]


def test_contributions_begin_where_the_one_before_ended_and_end_at_the_total() -> None:
    rows = all_of(KINDS["contributions"], "values")[0]
    assert [row["from"] for row in rows] == [0, -1.2, 7.31, 0]
    assert rows[-2]["to"] == rows[-1]["to"] == 12.77


def test_what_the_parts_do_not_explain_is_a_bar_of_its_own() -> None:
    rows = all_of(charts.contributions(PARTS, Value("Cộng", D("14.00"))), "values")[0]
    assert [row["label"] for row in rows][-2:] == ["Phần còn lại", "Cộng"]
    assert rows[-2]["words"] == "+1,23"
    assert [row["place"] for row in rows] == [0, 1, 2, 3, 4]


def test_a_fact_is_shown_in_the_unit_and_with_the_decimals_of_its_source() -> None:
    fact = Fact(
        "retail", "level", D("8871770000000"), "VND", Period.year(2021), status="estimate",
        written=("tỷ đồng", D(10**9)), places=2,
    )  # fmt: skip
    value = charts.value_of("2021", fact)
    assert (value.words, value.number, value.state) == ("8.871,77", D("8871.77"), "estimate")
    assert charts.value_of("2022", None).words == "chưa có số"


def test_a_chart_has_a_sentence_and_a_table_whose_numbers_keep_their_entries() -> None:
    fact = Fact("x", "level", D(5), "VND", Period.year(2021), entries=("e1",))
    values = (Value("2020"), charts.value_of("2021", fact))
    chart = charts.charted("Sản lượng", charts.periods(values), [("Thực hiện", values)], "nghìn tấn")
    assert chart.sentence == "Sản lượng: 2020: chưa có số; 2021: 5 (nghìn tấn)."
    assert chart.spec["description"] == chart.sentence
    assert [told.entries for told in told_in((chart,))] == [("e1",)]


def test_a_specification_is_drawn_once_and_known_by_its_content() -> None:
    spec = charts.periods((Value("2030", D(77)),))
    assert charts.svg(spec) is charts.svg(dict(reversed(spec.items())))
    assert charts.png(spec) is charts.png(dict(spec))
    assert charts.digest(spec) == charts.digest(dict(spec)) != charts.digest(KINDS["periods"])


def test_a_picture_is_a_whole_png_of_the_asked_size() -> None:
    data = charts.png(KINDS["growths"], 2)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20], "big") == 1200
    start, packed = 8, b""
    while start < len(data):
        length = int.from_bytes(data[start : start + 4], "big")
        kind, body = data[start + 4 : start + 8], data[start + 8 : start + 8 + length]
        assert zlib.crc32(kind + body) == int.from_bytes(data[start + 8 + length : start + 12 + length], "big")
        packed += body if kind == b"IDAT" else b""
        start += length + 12
    assert len(zlib.decompress(packed)) == int.from_bytes(data[20:24], "big") * (1200 * 4 + 1)


def test_words_of_a_chart_are_words_whatever_they_look_like() -> None:
    label = "<script>alert(1)</script> datum.x &"
    assert label in words(charts.growths((Value(label, D(1)),)))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 230), st.sampled_from((18.0, 33.0))), max_size=7))
def test_names_beside_a_stack_never_cover_each_other(labels: list[tuple[float, float]]) -> None:
    wanted = sorted((middle for middle, _ in labels), reverse=True)
    heights = [height for _, height in labels]
    placed = _apart(wanted, heights)
    edges = [(middle - height / 2, middle + height / 2) for middle, height in zip(placed, heights, strict=True)]
    for (above, _), (_, below) in pairwise(edges):
        assert below <= above + 0.001
    assert all(above >= -0.001 for above, _ in edges)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.decimals(-(10**9), 10**9, places=2)), max_size=13),
    st.sampled_from((charts.periods, charts.plan_ratios, charts.growths, charts.course)),
)
def test_any_numbers_are_drawn(numbers: list[Decimal | None], build: Any) -> None:
    spec = build([Value(f"Kỳ {place}", number) for place, number in enumerate(numbers)])
    assert charts.svg(spec).startswith("<svg")
