# SPDX-License-Identifier: Apache-2.0
"""A report as a page: real headings and tables, numbers that lead to entries, nothing that a strict page forbids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from bamsat.core.report.outline import (
    Chart,
    Column,
    Frame,
    Heading,
    Lacking,
    Paragraph,
    Report,
    Row,
    Table,
    Told,
    Words,
    told_in,
)
from bamsat.core.report.web import page, to_html
from tests.core.report.year_report import CHART, GROWTH, LEVEL, QUOTE, REPORT, TABLE, cells, said

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)> & \x00'


def drawn(report: Report) -> Any:
    return html.fromstring(
        to_html(report, lambda entry: f"/so-lieu/{entry}/", lambda chart, place: f"/hinh/{place}.svg")
    )


def css(root: Any, selectors: str) -> list[Any]:
    """Elements in their order by plain selectors: "tag.kind", "parent child", "a, b"."""
    paths = []
    for selector in selectors.split(","):
        path = "."
        for step in selector.split():
            tag, *kinds = step.split(".")
            path += f"//{tag or '*'}" + "".join(f"[contains(concat(' ', @class, ' '), ' {kind} ')]" for kind in kinds)
        paths.append(path)
    return list(root.xpath(" | ".join(paths)))


def texts(found: list[Any]) -> list[str]:
    return [element.text_content().strip() for element in found]


@pytest.fixture(scope="module")
def shown() -> Any:
    return drawn(REPORT)


def test_every_number_is_a_link_to_its_first_entry(shown: Any) -> None:
    links = [(link.text_content(), link.get("href")) for link in css(shown, "a.num-link")]
    wanted = [(told.text, f"/so-lieu/{told.entries[0]}/") for told in told_in(REPORT.all_blocks())]
    assert links == wanted


def test_a_computed_number_tells_its_calculation() -> None:
    fact = replace(GROWTH.fact, derived=True, how="5.300 ÷ 4.699,83")
    [link] = css(drawn(Report(Frame(), (said(Told("12,77%", fact)),))), "a.num-link.derived")
    assert link.get("title") == "5.300 ÷ 4.699,83"


def test_headings_follow_the_title_and_none_is_jumped_over(shown: Any) -> None:
    headings = [(element.tag, element.text_content()) for element in css(shown, "h1, h2, h3, h4, h5, h6")]
    assert headings[0][0] == "h2"
    assert headings[0][1].startswith("BÁO CÁO Kết quả công tác")
    assert headings[1:4] == [
        ("h3", "I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ"), ("h4", "1. Sản xuất công nghiệp"), ("h5", "a) Xuất nhập khẩu"),
    ]  # fmt: skip
    jumping = drawn(Report(Frame(kind=""), (Heading(1, "I"), Heading(2, " "), Heading(4, "x"))))
    assert [element.tag for element in css(jumping, "h1, h2, h3, h4, h5, h6")] == ["h3", "h4"]


def test_a_table_has_a_caption_heads_of_its_columns_and_names_of_its_rows(shown: Any) -> None:
    table = css(shown, "table.tbl")[0]
    assert css(table, "caption")[0].text_content().startswith("Bảng 1. Các chỉ tiêu chủ yếu")
    assert "Đơn vị tính: như trong cột" in css(table, "caption")[0].text_content()
    heads = [(head.get("scope"), head.text_content()) for head in css(table, "thead th")]
    assert ("colgroup", "Năm 2021") in heads
    assert ("col", "Ước thực hiện") in heads
    assert ("row", "Kim ngạch xuất khẩu") in [(head.get("scope"), head.text) for head in css(table, "tbody th")]
    assert texts(css(table, "tr.numbers td")) == ["A", "B", "C", "1", "2", "3", "4"]


def test_every_row_of_a_table_is_as_wide_as_its_heads(shown: Any) -> None:
    for table in css(shown, "table.tbl"):
        widths = {sum(int(cell.get("colspan", 1)) for cell in css(row, "td, th")) for row in css(table, "tbody tr")}
        assert len(widths) == 1


def test_a_chart_is_a_picture_by_its_own_address_with_its_sentence(shown: Any) -> None:
    [image] = css(shown, "figure img")
    assert image.get("src") == "/hinh/0.svg"
    assert image.get("alt") == CHART.sentence
    assert texts(css(shown, "figcaption")) == ["Biểu đồ 1. Giá trị sản xuất công nghiệp"]


def test_charts_are_counted_through_body_and_appendices() -> None:
    report = replace(REPORT, appendices=tuple(replace(one, blocks=(CHART,)) for one in REPORT.appendices))
    assert [image.get("src") for image in css(drawn(report), "img")] == [
        "/hinh/0.svg",
        "/hinh/1.svg",
        "/hinh/2.svg",
    ]


def test_a_chart_has_its_numbers_as_a_table() -> None:
    chart = replace(CHART, table=Table("Sản lượng", (Column(("Năm",)),), (Row(cells(LEVEL)),)))
    figure = css(drawn(Report(Frame(), (chart,))), "figure")[0]
    assert texts(css(figure, "details a")) == ["5.300 tỷ đồng"]


def test_somebody_s_words_are_marked_as_quoted(shown: Any) -> None:
    assert texts(css(shown, "q")) == ["“giá kim loại tăng đã mang lại lợi nhuận tốt”"]
    alone = drawn(Report(Frame(), (Paragraph((QUOTE,)),)))
    assert texts(css(alone, "blockquote q")) == ["“giá kim loại tăng đã mang lại lợi nhuận tốt”"]


def test_what_lacks_leads_to_where_it_can_be_mended() -> None:
    found = drawn(
        Report(Frame(), (Lacking("Chưa có số.", address="/bieu-mau/1/"), Lacking("x", address="javascript:1")))
    )
    assert [link.get("href") for link in css(found, ".lacking a")] == ["/bieu-mau/1/"]
    assert texts(css(found, ".lacking")) == ["[Còn thiếu] Chưa có số.", "[Còn thiếu] x"]


def test_the_fragment_holds_nothing_that_a_strict_page_forbids(shown: Any) -> None:
    assert not css(shown, "script, style, link, iframe, object")
    attributes = {name for element in shown.iter() for name in element.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}


def test_words_that_look_like_markup_are_words() -> None:
    table = Table(HOSTILE, (Column((HOSTILE,)),), (Row(cells(HOSTILE)),), HOSTILE, HOSTILE)
    pieces = (Words(HOSTILE), Told(HOSTILE, replace(GROWTH.fact, how=HOSTILE)))
    chart = Chart(HOSTILE, CHART.spec, HOSTILE, table, HOSTILE)
    frame = Frame(
        HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, None, HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,), (HOSTILE,)
    )
    report = Report(frame, (Heading(1, HOSTILE), Paragraph(pieces), table, chart, Lacking(HOSTILE)), title=HOSTILE)
    told = html.fromstring(to_html(report, lambda entry: f"/{HOSTILE}", lambda chart, place: HOSTILE))
    for found in (told, html.fromstring(page(report))):
        assert not css(found, "script")
        assert not [name for element in found.iter() for name in element.attrib if name.startswith("on")]
        assert len(css(found, "img")) == 1


def test_a_page_of_its_own_loads_nothing_and_says_the_same() -> None:
    alone = html.fromstring(page(REPORT))
    assert alone.get("lang") == "vi"
    assert css(alone, "title")[0].text == "Báo cáo năm 2021"
    assert [element.tag for element in css(alone, "h1, h2")][:2] == ["h1", "h2"]
    assert not css(alone, "script, link, a")
    assert all(image.get("src").startswith("data:image/svg+xml;base64,") for image in css(alone, "img"))
    [article] = css(alone, "article")
    assert article.text_content() == drawn(REPORT).text_content()


def test_a_table_without_columns_is_no_table() -> None:
    assert not css(drawn(Report(Frame(), (Table("x", (), ()),))), "table")


def test_a_section_of_a_table_reaches_over_all_its_columns() -> None:
    [head] = css(drawn(Report(Frame(), (TABLE,))), "tr.head-row th")
    assert (head.text_content(), head.get("colspan"), head.get("scope")) == ("Công nghiệp", "6", "rowgroup")
