# SPDX-License-Identifier: Apache-2.0
"""What figures of documents are tied to, and what is left alone because it may be another thing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bamsat.core.check.checking import check
from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Constraint, Network, Report, Stated, Variable
from bamsat.core.check.stated import stated_of
from bamsat.core.check.ties.network import network_of
from bamsat.core.read.reader import read_text
from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import fold

TIES = shipped("catalogue/ties.yml")
KNOWN = Knowledge.shipped()
HEAD = "Báo cáo của tỉnh Cao Bằng. "


def stated(text: str, source: str = "bao-cao.txt", official: bool = False) -> list[Stated]:
    return [replace(one, official=official) for one in stated_of(read_text(HEAD + text, source))]


def network(text: str) -> Network:
    return network_of(stated(text))


def checked(text: str) -> Report:
    return check(stated(text))


def loud(text: str) -> list[tuple[str, str]]:
    return [(one.outcome, one.rule) for one in checked(text).findings if one.needs_look]


def variables(found: Network) -> set[tuple[str, str, str]]:
    return {(one.indicator, one.period, one.kind) for one in found.variables}


def ties(found: Network, rule: str) -> list[Constraint]:
    return [one for one in found.constraints if one.rule == rule and one.figure is None]


def named(found: Network, constraint: Constraint) -> set[str]:
    return {found.variables[at].indicator for row in constraint.rows for at, _ in row.terms}


# ---- what is stated


def test_a_figure_knows_the_words_of_its_sentence_and_no_more() -> None:
    first, second = stated("Năm 2021, xuất khẩu đạt 300 triệu USD. Nhập khẩu đạt 200 triệu USD.")
    assert "300 triệu USD" in first.near
    assert "200" not in first.near
    assert first.sentence < second.sentence
    assert (first.place, first.key) == ("cao bang", "bao-cao.txt#0")


# ---- knowledge


@pytest.mark.parametrize("partition", TIES["partitions"], ids=lambda entry: f"{entry['of'][0]}, {len(entry['parts'])}")
def test_partitions_are_filled_by_their_examples_and_by_nothing_less(partition: dict[str, object]) -> None:
    indicator = partition["of"][0]  # type: ignore[index]
    parts = next(
        whole.parts
        for whole in KNOWN.partitions
        if whole.indicator == indicator and len(whole.parts) == len(partition["parts"])  # type: ignore[arg-type]
    )
    keys = {(part.code or indicator, part.breakdown) for part in parts}
    for example in partition["examples"]:  # type: ignore[attr-defined]
        assert {KNOWN.part_of(indicator, words) for words in example} == keys
    for counter in partition["never"]:  # type: ignore[attr-defined]
        assert {KNOWN.part_of(indicator, words) for words in counter} != keys


@pytest.mark.parametrize("entry", TIES["optional"], ids=lambda entry: entry["code"])
def test_optional_terms_are_spoken_of_by_their_examples_only(entry: dict[str, list[str]]) -> None:
    says = [fold(words) for words in entry["says"]]
    assert all(any(words in fold(example) for words in says) for example in entry["examples"])
    assert not any(words in fold(counter) for words in says for counter in entry["never"])


def test_who_tells_a_number_is_no_part() -> None:
    says = [fold(words) for words in TIES["tellers"]["says"]]
    assert all(any(words in fold(example) for words in says) for example in TIES["tellers"]["examples"])
    assert not any(words in fold(counter) for words in says for counter in TIES["tellers"]["never"])


# ---- levels and ratios


def test_growth_ties_a_value_to_the_year_before_and_a_plan_ratio_to_the_plan() -> None:
    found = network("Năm 2021, xuất khẩu đạt 337,887 triệu USD, tăng 21,43% so với năm 2020, bằng 110,4% kế hoạch năm.")
    assert variables(found) == {
        ("exports", "2021", "actual"),
        ("exports", "2020", "actual"),
        ("exports", "2021", "plan"),
    }
    assert [one.rule for one in found.constraints] == ["told_twice", "growth", "plan_ratio"]
    assert {one.assumed for one in found.constraints} == {""}


def test_a_hedge_is_taken_at_its_word_only_as_an_assumption() -> None:
    found = network("Năm 2021, xuất khẩu đạt gần 300 triệu USD.")
    assert [one.assumed for one in found.constraints] == ["hedge", ""]
    wide = found.constraints[1].rows[0]
    assert (wide.low, wide.high) == (150_000_000, 600_000_000)


def test_a_growth_at_prices_that_nobody_says_is_assumed_to_be_at_those_of_the_value() -> None:
    text = "Năm 2021, giá trị sản xuất công nghiệp {}đạt 5.300 tỷ đồng, tăng 12,77% so với năm 2020."
    unsaid, said = (network(text.format(words)) for words in ("", "(giá so sánh 2010) "))
    assert [one.assumed for one in unsaid.constraints if one.rule == "growth"] == ["price_basis", ""]
    assert [one.assumed for one in said.constraints if one.rule == "growth"] == [""]


def test_nine_months_are_set_against_the_plan_of_the_year() -> None:
    found = network("9 tháng năm 2021, xuất khẩu đạt 225 triệu USD, bằng 75% kế hoạch.")
    assert ("exports", "2021", "plan") in variables(found)
    assert [one.assumed for one in found.constraints if one.rule == "plan_ratio"] == ["plan_period"]
    sure = network("9 tháng năm 2021, xuất khẩu đạt 225 triệu USD, bằng 75% kế hoạch năm.")
    assert [one.assumed for one in sure.constraints if one.rule == "plan_ratio"] == [""]


def test_a_month_well_above_its_plan_is_not_set_against_the_year() -> None:
    assert ("exports", "2021", "plan") not in variables(
        network("Tháng 9/2021, xuất khẩu đạt 25 triệu USD, bằng 104% kế hoạch.")
    )


def test_a_growth_by_quantity_is_not_one_of_value() -> None:
    assert not loud(
        "Năm 2021, xuất khẩu gạo đạt 61 nghìn tấn, trị giá 42 triệu USD, tăng 8,9% về lượng và giảm 4,6% về trị giá."
    )


def test_a_headline_that_cuts_the_digits_of_a_growth_does_not_hide_it() -> None:
    found = network(
        "Xuất khẩu năm 2021 tăng 12%\n\nNăm 2021, xuất khẩu đạt 337,8 triệu USD, tăng 12,77% so với năm 2020."
    )
    growths = [found.figures[one.figure or 0].figure.number for one in found.constraints if one.rule == "growth"]
    assert growths == ["12,77%"]


# ---- one thing or two


def test_two_values_that_differ_as_by_a_slip_are_one_value_told_twice() -> None:
    text = "Năm 2021, xuất khẩu đạt 337,8 triệu USD. Tình hình chung là tốt. Xuất khẩu năm 2021 đạt {} triệu USD."
    assert loud(text.format("373,8")) == [("fails", "told_twice")]
    assert not loud(text.format("337,8"))


def test_two_values_with_nothing_in_common_are_two_things() -> None:
    assert not loud("Năm 2021, xuất khẩu đạt 337,8 triệu USD. Xuất khẩu năm 2021 đạt 52,4 triệu USD.")


def test_a_title_that_rounds_tells_the_same() -> None:
    assert not loud("Xuất khẩu năm 2021 hơn 330 triệu USD\n\nNăm 2021, xuất khẩu đạt 337,8 triệu USD.")


@pytest.mark.parametrize(("headline", "fails"), [("643,9", True), ("617,3", False), ("gần 620", False)])
def test_a_headline_whose_number_the_text_does_not_have_contradicts_it(headline: str, fails: bool) -> None:
    text = (
        f"Cao Bằng: Xuất khẩu tháng 5/2021 đạt {headline} triệu USD\n\nTháng 5/2021, xuất khẩu đạt 617,3 triệu USD; "
        "tháng 4/2021 đạt 590 triệu USD."
    )
    assert check(stated_of(read_text(text, "bao-cao.txt"))).fails == fails


def test_free_names_never_fail() -> None:
    assert not loud("Năm 2021, toàn tỉnh có 131 chợ hoạt động. Toàn tỉnh có 113 chợ hoạt động năm 2021.")


@pytest.mark.parametrize(
    "words", ["cùng kỳ năm trước, xuất khẩu đạt", "Quý trước, xuất khẩu đạt", "(quý trước đạt", "cùng kỳ đạt"]
)
def test_an_earlier_period_is_known_by_its_words(words: str) -> None:
    found = network(f"Quý II/2021, xuất khẩu đạt 691,5 triệu USD; {words} 632,8 triệu USD).")
    before = {"quý": "2021-Q1", "cùng": "2020-Q2"}[words.lower().strip("(").split()[0]]
    assert {one.period for one in found.variables} == {"2021-Q2", before}


# ---- sums


TRADE = (
    "Năm 2021, tổng kim ngạch xuất nhập khẩu đạt {} triệu USD, trong đó xuất khẩu 300 triệu USD, nhập khẩu 200 triệu "
    "USD."
)


def test_exports_and_imports_are_the_total_where_nothing_else_is_told() -> None:
    found = network(TRADE.format(500))
    assert {"trade_total", "exports", "imports"} in [named(found, one) for one in ties(found, "sum")]
    assert not loud(TRADE.format(500))
    assert loud(TRADE.format(540)) == [("fails", "sum")]


def test_goods_under_supervision_are_counted_where_they_make_the_total_and_not_where_they_do_not() -> None:
    more = " Hàng hóa giám sát đạt 100 triệu USD."
    assert not loud(TRADE.format(600) + more)
    assert not loud(TRADE.format(500) + more)
    assert loud(TRADE.format(660) + more)


def test_trade_through_the_gates_may_be_more_than_exports_and_imports() -> None:
    text = (
        "Năm 2021, tổng kim ngạch xuất nhập khẩu qua các cửa khẩu trên địa bàn đạt 900 triệu USD, xuất khẩu 300 triệu "
        "USD, nhập khẩu 200 triệu USD."
    )
    assert not loud(text)


def test_a_total_whose_parts_are_told_of_another_total_is_left_alone() -> None:
    text = (
        "Năm 2021, tổng kim ngạch xuất nhập khẩu các loại hình đạt 4.130 triệu USD. Phần làm thủ tục tại địa phương là "
        "500 triệu USD: xuất khẩu 300 triệu USD, nhập khẩu 200 triệu USD."
    )
    assert not loud(text)


def test_the_balance_may_be_negative() -> None:
    text = "Năm 2021, xuất khẩu đạt 200 triệu USD, nhập khẩu đạt 300 triệu USD, nhập siêu {} triệu USD."
    assert not loud(text.format(100))
    assert loud(text.format(190)) == [("fails", "sum")]


def test_parts_that_fill_a_whole_sum_to_it() -> None:
    text = (
        "6 tháng đầu năm 2021, giá trị sản xuất công nghiệp đạt 1.671,5 tỷ đồng, trong đó khai khoáng 173 tỷ đồng, "
        "chế biến, chế tạo {} tỷ đồng, sản xuất và phân phối điện 666,7 tỷ đồng, cung cấp nước và xử lý rác "
        "thải 14,1 tỷ đồng."
    )
    assert not loud(text.format("817,7"))
    assert loud(text.format("871,7")) == [("fails", "sum")]


def test_the_index_of_industry_grows_between_its_sections() -> None:
    text = (
        "Năm 2021, chỉ số sản xuất công nghiệp tăng {}% so với năm 2020, trong đó khai khoáng giảm 2%, chế biến, chế "
        "tạo tăng 9%, sản xuất và phân phối điện tăng 5%, cung cấp nước và xử lý rác thải tăng 3%."
    )
    assert not loud(text.format("8,1"))
    assert loud(text.format("18,1")) == [("fails", "parts")]


# ---- periods


def test_a_running_total_is_the_sum_of_its_quarters() -> None:
    text = (
        "Năm 2021, xuất khẩu quý I đạt 413,0 triệu USD; quý II đạt 426,1 triệu USD; 6 tháng năm 2021 đạt {} triệu USD."
    )
    assert not loud(text.format("839,1"))
    assert loud(text.format("893,1")) == [("fails", "months")]


def test_a_month_is_what_a_running_total_adds_to_the_one_before() -> None:
    report = checked("Xuất khẩu 8 tháng năm 2021 đạt 200 triệu USD; xuất khẩu 9 tháng năm 2021 đạt 230 triệu USD.")
    months = [bound for finding in report.findings for bound in finding.bounds if bound.period == "2021-09"]
    assert [(bound.low, bound.high) for bound in months] == [(Decimal(29_000_000), Decimal(31_000_000))]


def test_a_month_is_never_more_than_the_year_it_stands_in() -> None:
    assert loud("Tháng 9/2021, xuất khẩu đạt 340 triệu USD. Năm 2021, xuất khẩu đạt 250 triệu USD.") == [
        ("fails", "months")
    ]


@pytest.mark.parametrize("example", TIES["means"]["examples"])
def test_what_each_month_comes_to_is_no_total(example: str) -> None:
    assert not loud(f"9 tháng đầu năm 2021: {example}. Tháng 9/2021, xuất khẩu đạt 32 triệu USD.")


@pytest.mark.parametrize("counter", TIES["means"]["never"])
def test_a_month_is_no_mean(counter: str) -> None:
    assert {one.breakdown for one in network(counter).variables} == {""}


# ---- places and sources


def test_a_place_is_the_sum_of_the_places_in_it() -> None:
    (one,) = stated("Năm 2021, xuất khẩu đạt 500 triệu USD.")
    parts = [
        replace(one, key=f"p{value}", place=f"p{value}", figure=_valued(one, value)) for value in (200, 250)
    ]  # fmt: skip
    known = replace(KNOWN, children={"cao bang": ("p200", "p250")})
    found = check([one, *parts], knowledge=known)
    assert [(f.outcome, f.rule) for f in found.findings if f.needs_look] == [("fails", "places")]
    incomplete = replace(KNOWN, children={"cao bang": ("p200", "p250", "p9")})
    assert not check([one, *parts], knowledge=incomplete).fails


def _valued(one: Stated, millions: int):  # type: ignore[no-untyped-def]
    value, half = Decimal(millions) * 10**6, Decimal(500_000)
    return replace(one.figure, number=f"{millions} triệu USD", value=value, lower=value - half, upper=value + half)


def test_official_sources_agree_and_estimates_are_revised() -> None:
    def told(words: str, source: str, official: bool) -> list[Stated]:
        return stated(f"Năm 2021, xuất khẩu {words} triệu USD.", source, official)

    def outcome(*every: list[Stated]) -> list[str]:
        found = check([one for each in every for one in each]).findings
        return [one.outcome for one in found if one.needs_look and one.rule == "told_twice"]

    assert outcome(told("đạt 337", "a", True), told("đạt 352", "b", True)) == ["fails"]
    assert outcome(told("ước đạt 337", "a", True), told("đạt 352", "b", True)) == ["cannot_tell"]
    assert outcome(told("đạt 337", "a", False), told("đạt 352", "b", False)) == ["cannot_tell"]


def test_findings_come_loudest_first_and_each_once() -> None:
    report = checked(
        TRADE.format(540) + " Năm 2021, tổng mức bán lẻ hàng hóa đạt 8.871 tỷ đồng, tăng 4,06% so với năm 2020."
    )
    ranks = [("error", "question", "note", "fine").index(one.severity) for one in report.findings]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0
    assert len({(one.rule, one.figures, one.vi) for one in report.findings}) == len(report.findings)


def test_a_variable_of_what_goes_by_another_name_is_kept_apart() -> None:
    found = network("Năm 2021, xuất khẩu đạt 337,8 triệu USD. Xuất khẩu năm 2021 đạt 52,4 triệu USD.")
    assert Variable("exports", "cao bang", "2021", "", "actual", "USD", "", "bao-cao.txt") in found.places
    assert {one.breakdown for one in found.variables} == {"", "~2"}
