# SPDX-License-Identifier: Apache-2.0
import pytest
from django.utils.translation import override

from bamsat.core.terms.data import shipped
from bamsat.rooms.catalogue.models import Code, CodeList, Indicator
from bamsat.rooms.catalogue.queries import code_names, coded_segment, preferred_providers, segment_name, sets_of, tree
from bamsat.rooms.catalogue.writing import new_edition
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    build.catalogue()


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def test_a_coded_breakdown_is_named_in_the_language_of_the_page():
    assert segment_name("industry:C10") == "Sản xuất, chế biến thực phẩm"
    assert segment_name("commodity:tea|partner:CN") == "Chè, Trung Quốc"
    with override("en"):
        assert segment_name("commodity:tea|partner:CN") == "Tea, China"


@pytest.mark.parametrize("words", ["", "khu vực FDI", "chợ: hạng 1", "list:nobody", "a:b:c"])
def test_free_words_and_unknown_codes_stay_as_they_are(words: str):
    assert segment_name(words) == words


@pytest.mark.parametrize(
    ("code", "words", "found"),
    [
        ("industrial_output", "khu vực FDI", "ownership:foreign"),
        ("industrial_output", "công nghiệp chế biến", "industry:C"),
        ("iip", "Sản xuất trang phục", "industry:C14"),
        ("retail_goods", "lương thực, thực phẩm", "retail_group:food"),
        ("retail_services", "dịch vụ lữ hành", "service_group:travel"),
        ("exports", "hàng dệt may", "commodity:textiles"),
        ("exports", "Hoa Kỳ", "partner:US"),
        ("electricity_output", "thuỷ điện", "power_source:hydro"),
    ],
)
def test_words_of_a_report_become_the_one_code_that_they_name(code: str, words: str, found: str):
    assert coded_segment(indicator(code), words) == found


@pytest.mark.parametrize("words", ["hàng lạ", "", "industry:C10", "khai khoáng"])
def test_words_that_name_no_code_or_several_stay_words(words: str):
    # Mining is a section of industry and one of the four sectors: by both of them the words name two things.
    output = indicator("industrial_output")
    output.dimensions = ["industry", "sector"]
    assert coded_segment(output, words) == words


def test_most_parts_that_the_reader_yields_have_a_code():
    parts = [
        (entry["code"], part)
        for entry in shipped("indicators.yml")
        if entry["code"] not in ("cpi", "budget_revenue")
        for part in entry.get("parts", [])
    ]
    names = code_names()
    known = {each.code: each for each in Indicator.objects.all()}
    coded = [part for code, part in parts if names.coded(known[code], part) != part]
    assert len(coded) > 0.85 * len(parts)


def test_names_cost_one_query_until_a_table_changes(django_assert_num_queries):  # type: ignore[no-untyped-def]
    code_names()
    with django_assert_num_queries(1):
        code_names()
    Code.objects.filter(codelist__code="partner", code="CN").update(name_vi="Trung Hoa")
    assert segment_name("partner:CN") == "Trung Quốc"
    new_edition()
    assert segment_name("partner:CN") == "Trung Hoa"


def test_free_words_cost_no_query(django_assert_num_queries):  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        assert segment_name("khu vực FDI") == "khu vực FDI"


def test_the_first_set_that_prefers_a_source_decides(django_assert_num_queries):  # type: ignore[no-untyped-def]
    codes = ["iip_mining", "electricity_output", "markets", "exports"]
    found = [indicator(code) for code in codes]
    with django_assert_num_queries(1):
        preferred = preferred_providers(found)
    assert [preferred.get(each.pk) for each in found] == ["statistics", "power", "department", None]
    assert [each.code for each in sets_of(indicator("electricity_output"))] == ["main", "electricity"]


def test_a_list_is_a_tree_on_a_day(django_assert_num_queries):  # type: ignore[no-untyped-def]
    from datetime import date

    with django_assert_num_queries(2):
        nodes = tree("industry", date(2021, 1, 1))
    assert [node.code.code for node in nodes][:3] == ["A", "B", "C"]
    assert [node.code.code for node in nodes[1].below] == ["B05", "B06", "B07", "B08", "B09"]
    assert {node.code.codelist_id for node in nodes} == {CodeList.objects.get(code="industry", version="2018").pk}
    assert tree("industry", date(2010, 1, 1))[0].code.codelist_id != nodes[0].code.codelist_id
    assert tree("nothing") == []
