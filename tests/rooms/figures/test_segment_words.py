# SPDX-License-Identifier: Apache-2.0
"""Breakdowns by codes in the words by which the check knows parts."""

import pytest

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Code
from bamsat.rooms.catalogue.naming import CodeNames, code_names
from bamsat.rooms.figures.segment_words import segment_words
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def names() -> CodeNames:
    build.catalogue()
    return code_names()


def test_a_code_is_called_by_its_name_and_free_words_stay(names: CodeNames):
    assert segment_words("retail_goods", "retail_group:food", names) == "Lương thực, thực phẩm"
    assert segment_words("exports", "khối FDI", names) == "khối FDI"
    assert segment_words("exports", "commodity:không-có", names) == "commodity không-có"


def test_codes_of_several_lists_are_called_in_their_order(names: CodeNames):
    said = segment_words("exports", "commodity:coffee|partner:CN", names)
    assert said.split(", ")[-1] == names.names["partner:CN"][0]


def test_a_part_is_known_by_what_documents_call_it(names: CodeNames):
    known = Knowledge.shipped()
    said = segment_words("industrial_output", "industry:B", names)
    assert known.part_of("industrial_output", said) == ("industrial_output_mining", "")


def test_no_two_codes_of_a_list_are_taken_for_one_part(names: CodeNames):
    for codelist in ("retail_group", "service_group", "market_grade", "commodity", "partner"):
        codes = set(Code.objects.filter(codelist__code=codelist).values_list("code", flat=True))
        said = {fold(segment_words("retail_goods", f"{codelist}:{code}", names)) for code in codes}
        assert len(said) == len(codes), codelist


def test_words_that_the_check_takes_for_something_else_give_way_to_the_code():
    said = CodeNames({"time:x": ("Tháng 9", ""), "who:y": ("Số liệu của Cục Thống kê", "")}, {})
    assert segment_words("exports", "time:x", said) == "time x"
    assert segment_words("exports", "who:y", said) == "who y"
