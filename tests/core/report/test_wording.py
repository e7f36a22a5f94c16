# SPDX-License-Identifier: Apache-2.0
"""Facts in official sentences."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bamsat.core.read.periods import read_period
from bamsat.core.report.amounts import NARROW
from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Piece, Told
from bamsat.core.report.wording import Setting, cell, goals, paragraph, period_words, plain, sentence, summary, told
from bamsat.core.terms.period import Period

YEAR, BEFORE = Period.year(2021), Period.year(2020)
OCTOBER, TEN_MONTHS = Period.month(2026, 10), Period.months(2026, 1, 10)
SETTING = Setting(YEAR, "Cao Bằng")
BILLION = Decimal(10) ** 9


def fact(
    indicator: str, measure: str, value: str | int | Decimal, unit: str, period: Period = YEAR, **more: Any
) -> Fact:
    return Fact(indicator, measure, Decimal(value), unit, period, **more)


def said(pieces: tuple[Piece, ...]) -> str:
    return plain(pieces).replace(NARROW, " ")


def output(status: str = "estimate", **more: Any) -> Topic:
    return Topic(
        "industrial_output", "Giá trị sản xuất công nghiệp", YEAR,
        level=fact("industrial_output", "level", 5300 * 10**9, "VND", status=status),
        growth=fact("industrial_output", "growth", "12.77", "%", base=BEFORE, status=status),
        plan_ratio=fact("industrial_output", "plan_ratio", 100, "%", status=status), **more,
    )  # fmt: skip


def exports(growth: str | None = None, **more: Any) -> Topic:
    grown = fact("exports", "growth", growth, "%", base=BEFORE) if growth is not None else None
    level = fact("exports", "level", 337887000, "USD")
    return Topic("exports", "Kim ngạch xuất khẩu", YEAR, **{"level": level, "growth": grown, **more})


def test_an_estimate_is_told_with_its_growth_and_its_plan() -> None:
    assert said(sentence(output(), SETTING)) == (
        "Giá trị sản xuất công nghiệp năm 2021 ước đạt 5.300 tỷ đồng, tăng 12,77% so với cùng kỳ năm 2020, "
        "bằng 100% kế hoạch năm."
    )


def test_the_same_style_gives_the_same_text_and_styles_differ() -> None:
    texts = [said(sentence(output(), SETTING, style)) for style in range(40)]
    assert texts == [said(sentence(output(), SETTING, style)) for style in range(40)]
    assert len(set(texts)) > 20


@pytest.mark.parametrize("status", ["actual", "estimate", "target", "forecast"])
def test_every_kind_of_value_is_told_in_four_ways_at_least(status: str) -> None:
    bare = replace(output(status), growth=None, plan_ratio=None)
    assert len({said(sentence(bare, SETTING, style)) for style in range(60)}) >= 4


def test_every_number_is_a_piece_that_knows_its_fact() -> None:
    pieces = sentence(output(), SETTING)
    assert [piece.text.replace(NARROW, " ") for piece in pieces if isinstance(piece, Told)] == [
        "5.300 tỷ đồng", "12,77%", "100%",
    ]  # fmt: skip
    assert not any(
        char.isdigit()
        for char in plain([p for p in pieces if not isinstance(p, Told)]).replace("2021", "").replace("2020", "")
    )


def test_a_line_is_never_broken_between_a_number_and_its_unit() -> None:
    assert told(fact("exports", "level", 5 * 10**6, "USD")).text == f"5{NARROW}triệu USD"


def test_the_sign_decides_the_verb() -> None:
    assert "tăng 4% so với" in said(sentence(exports("4"), SETTING))
    assert "giảm 4% so với" in said(sentence(exports("-4"), SETTING))


def test_a_range_on_both_sides_of_nothing_keeps_its_signs() -> None:
    grown = fact("exports", "growth", "-1", "%", base=BEFORE, value_high=Decimal(2))
    assert "tăng trưởng từ −1% đến 2% so với" in said(sentence(replace(exports(), growth=grown), SETTING))
    from_nothing = replace(grown, value=Decimal(0))
    assert "tăng từ 0% đến 2% so với" in said(sentence(replace(exports(), growth=from_nothing), SETTING))


def test_what_did_not_move_is_told_without_a_number() -> None:
    text = said(sentence(exports("0"), SETTING))
    assert text == "Kim ngạch xuất khẩu năm 2021 đạt 337,887 triệu USD, không đổi so với cùng kỳ năm 2020."


def test_a_computed_growth_that_rounds_to_nothing_is_told_with_more_decimals_or_without_a_number() -> None:
    small = fact("exports", "growth", "0.04", "%", base=BEFORE, derived=True, places=1)
    assert "tăng 0,04% so với" in said(sentence(replace(exports(), growth=small), SETTING))
    unsure = replace(small, low=Decimal("-0.1"), high=Decimal("0.2"))
    assert "tương đương so với cùng kỳ năm 2020" in said(sentence(replace(exports(), growth=unsure), SETTING))


def test_strong_words_stand_only_where_the_number_bears_them_out() -> None:
    for style in range(60):
        assert "mạnh" not in said(sentence(exports("19.9"), SETTING, style))
        assert "nhẹ" not in said(sentence(exports("1.1"), SETTING, style))
    assert any("tăng mạnh 21%" in said(sentence(exports("21"), SETTING, style)) for style in range(60))
    assert any("giảm nhẹ 0,4%" in said(sentence(exports("-0.4"), SETTING, style)) for style in range(60))


def test_a_plan_is_passed_only_by_more_than_all_of_it() -> None:
    for value in ("100", "99.9"):
        topic = exports(plan_ratio=fact("exports", "plan_ratio", value, "%"))
        assert not any("vượt" in said(sentence(topic, SETTING, style)) for style in range(60))
    topic = exports(plan_ratio=fact("exports", "plan_ratio", "102.4", "%"))
    assert any("vượt 2,4% kế hoạch năm" in said(sentence(topic, SETTING, style)) for style in range(60))


def test_a_source_figure_is_never_rounded() -> None:
    assert told(fact("exports", "level", 337887000, "USD", places=1)).text.startswith("337,887")
    assert told(fact("iip", "growth", "12.77", "%", places=0)).text == "12,77%"
    assert cell(fact("exports", "level", 337887000, "USD"), "triệu USD", places=1).text == "337,887"


def test_a_computed_number_has_the_decimals_that_it_is_sure_of() -> None:
    assert told(fact("iip", "growth", "12.7659", "%", derived=True, places=1)).text == "12,8%"


def test_the_unit_of_the_source_is_kept() -> None:
    written = ("nghìn tỷ đồng", Decimal(10) ** 12)
    level = fact("industrial_output", "level", 844 * 10**12, "VND", written=written, hedge="over")
    assert said(sentence(replace(output(), level=level, growth=None, plan_ratio=None), SETTING)).endswith(
        "đạt trên 844 nghìn tỷ đồng."
    )


def test_a_cell_is_the_number_alone_with_its_sign() -> None:
    assert cell(fact("iip", "growth", "-9.16", "%"), sign=True).text == "−9,16"
    assert cell(fact("iip", "growth", "4", "%"), places=2, sign=True).text == "+4,00"
    assert cell(fact("x", "level", 68800 * BILLION, "VND", hedge="over"), "tỷ đồng").text == "trên 68.800"
    assert cell(None).text == "–"


def test_months_since_january_follow_the_month() -> None:
    index = Topic(
        "iip", "Chỉ số sản xuất công nghiệp (IIP)", OCTOBER,
        growth_on_last=fact("iip", "growth", "3.1", "%", OCTOBER, base=Period.month(2026, 9)),
        growth=fact("iip", "growth", "-2.5", "%", OCTOBER, base=Period.month(2025, 10)),
        to_date=Topic(
            "iip", "Chỉ số sản xuất công nghiệp (IIP)", TEN_MONTHS,
            growth=fact("iip", "growth", "4", "%", TEN_MONTHS, base=Period.months(2025, 1, 10)),
        ),
    )  # fmt: skip
    assert said(sentence(index, Setting(OCTOBER))) == (
        "Chỉ số sản xuất công nghiệp (IIP) tháng 10 năm 2026 tăng 3,1% so với tháng trước, giảm 2,5% so với "
        "cùng kỳ năm 2025. Tính chung 10 tháng đầu năm 2026, chỉ số sản xuất công nghiệp tăng 4% so với "
        "cùng kỳ năm 2025."
    )


def _branch(code: str, growth: str, points: str) -> Topic:
    return Topic(
        code, "IIP", YEAR, growth=fact(code, "growth", growth, "%", base=BEFORE),
        contribution=fact(code, "contribution", points, "point"),
    )  # fmt: skip


def test_parts_are_told_behind_their_whole_and_need_not_add_up() -> None:
    index = Topic(
        "iip", "Chỉ số sản xuất công nghiệp (IIP)", YEAR, growth=fact("iip", "growth", "5.1", "%", base=BEFORE),
        parts=(_branch("iip_mining", "-3.4", "-0.4"), _branch("iip_manufacturing", "6", "4.2")),
    )  # fmt: skip
    text = said(sentence(index, SETTING))
    assert text.endswith(
        "trong đó: khai khoáng giảm 3,4%, làm giảm 0,4 điểm phần trăm trong mức tăng chung; "
        "công nghiệp chế biến, chế tạo tăng 6%, đóng góp 4,2 điểm phần trăm vào mức tăng chung."
    )
    assert "gồm" not in text


def test_a_part_adds_to_a_rise_only_where_there_is_one() -> None:
    index = Topic(
        "iip", "Chỉ số sản xuất công nghiệp (IIP)", YEAR, growth=fact("iip", "growth", "-5.1", "%", base=BEFORE),
        parts=(_branch("iip_mining", "3.4", "0.4"),),
    )  # fmt: skip
    assert not any("mức tăng chung" in said(sentence(index, SETTING, style)) for style in range(40))


def test_a_part_has_its_share_of_the_whole() -> None:
    part = Topic(
        "exports", "Kim ngạch xuất khẩu", YEAR, segment="chè",
        level=fact("exports", "level", 12 * 10**6, "USD", segment="chè"),
        share=fact("exports", "share", "3.6", "%", segment="chè"),
    )  # fmt: skip
    text = said(sentence(exports(parts=(part,)), SETTING))
    assert text.endswith("trong đó: chè đạt 12 triệu USD, chiếm 3,6% kim ngạch xuất khẩu.")


def tea(value: int, status: str = "actual", period: Period = YEAR, **more: Any) -> Topic:
    level = fact("exports", "level", value * 10**6, "USD", period, status=status, segment="chè")
    return Topic("exports", "Kim ngạch xuất khẩu", period, level, segment="chè", **more)


def test_a_part_of_another_kind_or_period_is_not_told_as_one_of_the_list() -> None:
    assert said(sentence(exports(parts=(tea(12, "estimate"),)), SETTING)).endswith(
        "trong đó: chè ước đạt 12 triệu USD."
    )
    for part, words in (
        (tea(12, "target"), "Năm 2021, phấn đấu kim ngạch xuất khẩu chè đạt 12 triệu USD."),
        (tea(12, period=BEFORE), "Kim ngạch xuất khẩu chè năm 2020 đạt 12 triệu USD."),
    ):
        text = said(sentence(exports(parts=(part,)), SETTING))
        assert text == f"Kim ngạch xuất khẩu năm 2021 đạt 337,887 triệu USD. {words}"


def test_the_parts_of_a_month_are_told_since_january_too() -> None:
    def total(period: Period, **more: Any) -> Topic:
        level = fact("exports", "level", 90 * 10**6, "USD", period)
        return Topic("exports", "Kim ngạch xuất khẩu", period, level, **more)

    part = tea(3, period=OCTOBER, to_date=tea(20, period=TEN_MONTHS))
    text = said(sentence(total(OCTOBER, parts=(part,), to_date=total(TEN_MONTHS)), Setting(OCTOBER)))
    assert text == (
        "Kim ngạch xuất khẩu tháng 10 năm 2026 đạt 90 triệu USD, trong đó: chè đạt 3 triệu USD. "
        "Tính chung 10 tháng đầu năm 2026, kim ngạch xuất khẩu đạt 90 triệu USD, trong đó: chè đạt 20 triệu USD."
    )


def test_parts_of_a_part_have_sentences_of_their_own() -> None:
    def part(name: str, amount: int, *parts: Topic) -> Topic:
        level = fact("industrial_output", "level", amount * BILLION, "VND", segment=name)
        return Topic("industrial_output", "Giá trị sản xuất công nghiệp", YEAR, level, segment=name, parts=parts)

    whole = replace(output("actual"), parts=(part("chế biến, chế tạo", 4000, part("dệt", 300)),))
    assert said(sentence(whole, SETTING)).endswith(
        "trong đó: chế biến, chế tạo đạt 4.000 tỷ đồng. Giá trị sản xuất công nghiệp dệt năm 2021 đạt 300 tỷ đồng."
    )


def test_facts_of_another_kind_have_a_sentence_of_their_own() -> None:
    topic = replace(output("actual"), growth=replace(output().growth or fact("", "growth", 1, "%"), status="estimate"))
    assert said(sentence(topic, SETTING)) == (
        "Giá trị sản xuất công nghiệp năm 2021 đạt 5.300 tỷ đồng, bằng 100% kế hoạch năm. "
        "Giá trị sản xuất công nghiệp năm 2021 ước tăng 12,77% so với cùng kỳ năm 2020."
    )


def test_another_place_and_the_prices_are_named() -> None:
    level = fact("industrial_output", "level", 5300 * 10**9, "VND", area="Hà Giang", price_basis="constant:2010")
    topic = replace(output(), level=level, growth=None, plan_ratio=None)
    assert said(sentence(topic, SETTING)).startswith(
        "Giá trị sản xuất công nghiệp tại Hà Giang (theo giá so sánh 2010) năm 2021 đạt"
    )
    assert "Hà Giang" not in said(sentence(topic, Setting(YEAR, "Hà Giang")))


def test_a_target_is_said_to_be_one_and_comes_last() -> None:
    next_year = Period.year(2022)
    target = Topic(
        "imports", "Kim ngạch nhập khẩu", next_year,
        level=fact("imports", "level", 90 * 10**6, "USD", next_year, status="target", hedge="over"),
        growth=fact("imports", "growth", 12, "%", next_year, base=YEAR, status="target", value_high=Decimal(14)),
    )  # fmt: skip
    assert said(sentence(target, SETTING)) == (
        "Năm 2022, phấn đấu kim ngạch nhập khẩu đạt trên 90 triệu USD, tăng từ 12% đến 14% so với cùng kỳ năm 2021."
    )
    text = said(paragraph([target, exports("4")], SETTING))
    assert text.index("xuất khẩu") < text.index("nhập khẩu")


def test_the_goals_of_a_year_are_one_list() -> None:
    year = Period.year(2022)
    level = fact("exports", "level", 90000000, "USD", year, status="target")
    topics = [
        Topic("exports", "Kim ngạch xuất khẩu", year, level=level),
        Topic(
            "iip", "Chỉ số sản xuất công nghiệp (IIP)", year,
            growth=fact("iip", "growth", "6.8", "%", year, base=YEAR, status="target"),
        ),
        exports("4"),
    ]  # fmt: skip
    assert said(goals(topics, SETTING)) == (
        "Phấn đấu năm 2022: kim ngạch xuất khẩu đạt 90 triệu USD; chỉ số sản xuất công nghiệp (IIP) tăng 6,8% so với "
        "cùng kỳ năm 2021."
    )


def test_the_balance_of_trade_is_told_by_its_side() -> None:
    deficit = Topic("trade_balance", "Cán cân thương mại", YEAR, level=fact("trade_balance", "level", -15000000, "USD"))
    assert said(sentence(deficit, SETTING)) == "Cán cân thương mại năm 2021 nhập siêu 15 triệu USD."


def test_several_years_are_told_with_their_pace() -> None:
    last, span = Period.year(2025), Period.years(2021, 2025)
    topic = Topic(
        "exports", "Kim ngạch xuất khẩu", last, level=fact("exports", "level", 80000000, "USD", last),
        growth=fact("exports", "growth", "31.2", "%", last, base=BEFORE),
        growth_on_last=fact("exports", "growth", 8, "%/year", span),
    )  # fmt: skip
    assert said(sentence(topic, Setting(span))) == (
        "Kim ngạch xuất khẩu năm 2025 đạt 80 triệu USD, tăng 31,2% so với năm 2020. "
        "Giai đoạn 2021 - 2025, kim ngạch xuất khẩu tăng bình quân 8%/năm."
    )


def test_things_counted_stand_behind_their_number() -> None:
    markets = Topic("markets_built", "Số chợ xây mới", YEAR, level=fact("markets_built", "level", 5, "chợ"))
    assert said(sentence(markets, SETTING)) == "Năm 2021, có 5 chợ xây mới."
    safe = Topic("x", "Chợ đạt chuẩn", YEAR, level=fact("x", "ratio", 25, "chợ", of=Decimal(79)))
    assert said(sentence(safe, SETTING)) == "Năm 2021, có 25/79 chợ đạt chuẩn."


def test_what_is_lacking_is_said_in_words() -> None:
    lacking = exports(level=None, lacking=(Period.month(2021, 4), Period.month(2021, 5)))
    assert said(sentence(lacking, SETTING)) == "Chưa có số liệu kim ngạch xuất khẩu tháng 4 và tháng 5 năm 2021."


def test_what_all_rose_is_not_counted() -> None:
    topics = [replace(output("actual"), level=None), exports("15.3", level=None)]
    assert said(summary(topics, SETTING)).startswith(
        "Năm 2021, các chỉ tiêu so sánh được đều tăng so với cùng kỳ năm 2020. "
    )


def test_a_section_is_summed_up_by_true_counts() -> None:
    topics = [
        replace(output("actual"), level=None),
        exports("-15.3", level=None, plan_ratio=fact("exports", "plan_ratio", 88, "%")),
        Topic("imports", "Kim ngạch nhập khẩu", YEAR, growth=fact("imports", "growth", 0, "%", base=BEFORE)),
    ]
    assert said(summary(topics, SETTING)) == (
        "Năm 2021, trong số ba chỉ tiêu so sánh được, có một chỉ tiêu tăng, một chỉ tiêu giảm, một chỉ tiêu không đổi "
        "so với cùng kỳ năm 2020. So với kế hoạch năm 2021, có một chỉ tiêu đạt hoặc vượt, một chỉ tiêu chưa đạt. "
        "Giá trị sản xuất công nghiệp tăng nhiều nhất, tăng 12,77% so với cùng kỳ năm 2020. "
        "Kim ngạch xuất khẩu giảm nhiều nhất, giảm 15,3% so với cùng kỳ năm 2020. "
        "Kim ngạch xuất khẩu đạt thấp nhất so với kế hoạch, bằng 88% kế hoạch năm."
    )
    assert summary(topics[:1], SETTING) == ()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2021-Q3", "quý III năm 2021"),
        ("2021-01/2021-06", "6 tháng đầu năm 2021"),
        ("2021-07/2021-12", "6 tháng cuối năm 2021"),
        ("2021-04/2021-08", "từ tháng 4 đến tháng 8 năm 2021"),
        ("2020-11/2021-03", "từ tháng 11 năm 2020 đến tháng 3 năm 2021"),
        ("2021/2025", "giai đoạn 2021 - 2025"),
    ],
)
def test_a_period_in_words_is_read_as_the_same_period(code: str, words: str) -> None:
    assert period_words(Period.parse(code)) == words
    found = read_period(words)
    assert found is not None
    assert found.code == code
