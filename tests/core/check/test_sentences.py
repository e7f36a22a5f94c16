# SPDX-License-Identifier: Apache-2.0
"""Each kind of conflict as one sentence that a pocket calculator can follow."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.check.model import Conflict, Finding, Interval, Suspect
from bamsat.core.check.solving import conflicts
from bamsat.core.check.words.sentences import doubted, failure
from tests.core.check.said import Made
from tests.core.check.telling import made_up, slipped


def found(made: Made) -> Finding:
    """The one thing that is wrong in a network."""
    (conflict,) = conflicts(made.network)
    return (doubted if conflict.assumed else failure)(made.network, conflict)


def pair(made: Made, kind: str = "actual") -> tuple[int, int]:
    """Exports of 2021 and what they are compared with."""
    base = made.at("exports", "2020") if kind == "actual" else made.at("exports", "2021", kind=kind)
    return made.at("exports", "2021"), base


def test_a_level_and_its_growth_are_followed_to_what_the_level_would_be():
    made = Made()
    now, before = pair(made)
    made.level(now, "373,887 triệu USD")
    made.level(before, "278,257 triệu USD")
    made.ratio(now, before, "21,43%")
    said = found(made)
    assert said.vi == (
        "Kim ngạch xuất khẩu năm 2021 ghi 373,887 triệu USD, tăng 21,43% so với 278,257 triệu USD của năm 2020; "
        "nhưng 278,257 triệu USD tăng 21,43% phải là 337,872 – 337,902 triệu USD (kể cả làm tròn)."
    )
    assert said.en == (
        "Exports in 2021: 373,887 million USD, up 21,43% on 278,257 million USD in 2020; "
        "but 278,257 million USD up 21,43% is 337,872 – 337,902 million USD (allowing for rounding)."
    )
    assert said.calc == "278,257 × 1,2143 ≈ 337,8875 ≠ 373,887"
    assert (said.outcome, said.severity, said.rule) == ("fails", "error", "growth")
    assert said.figures == ("bc.docx#0", "bc.docx#2", "bc.docx#1")


def test_the_base_of_a_growth_may_be_the_wrong_one():
    made = Made()
    now, before = pair(made)
    made.level(now, "46.315 tỷ đồng")
    made.level(before, "54.141 tỷ đồng")
    made.ratio(now, before, "2,6%")
    said = found(made)
    assert "; nhưng như vậy thì năm 2020 phải là 45.118 – 45.164 tỷ đồng (kể cả làm tròn)." in said.vi
    assert "; but then 2020 would have to be 45.118 – 45.164 billion dong" in said.en
    assert said.figures[0] == "bc.docx#1"


@pytest.mark.parametrize(
    ("number", "measure", "words", "said"),
    [
        ("112,43%", "index", {}, "nhưng 337,887 triệu USD bằng 121,38 – 121,44% của 278,3 triệu USD"),
        ("35,43%", "growth", {"falls": True}, "giảm 35,43% so với 278,3 triệu USD của năm 2020; nhưng từ 278,3 triệu"),
    ],
)
def test_a_ratio_beside_right_levels_is_told_by_what_they_come_to(number, measure, words, said):
    made = Made()
    now, before = pair(made)
    made.level(now, "337,887 triệu USD", weight=3)
    made.level(before, "278,3 triệu USD", weight=3)
    made.ratio(now, before, number, measure, **words)
    assert said in found(made).vi


def test_a_plan_ratio_is_told_with_the_plan():
    made = Made()
    done, plan = pair(made, "plan")
    made.level(done, "337,887 triệu USD")
    made.level(plan, "306 triệu USD")
    made.ratio(done, plan, "20,4%", "plan_ratio", of_plan=True)
    said = found(made)
    assert said.rule == "plan_ratio"
    assert "tăng 20,4% so với kế hoạch (306 triệu USD)" in said.vi
    assert "20,4% above the plan (306 million USD)" in said.en


def test_a_share_is_told_with_the_whole():
    made = Made()
    part, whole = made.at("exports", "2021", "dệt may"), made.at("exports", "2021")
    made.level(part, "50 triệu USD", segment="dệt may")
    made.level(whole, "306 triệu USD")
    made.ratio(part, whole, "18,4%", "share", segment="dệt may")
    said = found(made)
    assert said.vi.startswith("Kim ngạch xuất khẩu, dệt may, năm 2021 ghi 50 triệu USD, chiếm 18,4% tổng số (306 triệu")
    assert said.calc == "50 : 306 ≈ 0,1634 ≠ 0,184"


def test_a_change_is_subtracted():
    made = Made()
    now, before = pair(made)
    made.level(now, "337,887 triệu USD")
    made.level(before, "278,3 triệu USD")
    made.change(now, before, "95,6 triệu USD")
    said = found(made)
    assert "nhưng 337,887 triệu USD trừ 278,3 triệu USD là 59,5 – 59,7 triệu USD" in said.vi
    assert said.calc == "337,887 − 278,3 = 59,587 ≠ 95,6"


def test_a_contribution_is_computed_from_the_base_of_the_whole():
    made = Made()
    now, before = made.at("exports", "2021", "dệt may"), made.at("exports", "2020", "dệt may")
    whole = made.at("exports", "2020")
    made.level(now, "60 triệu USD", weight=2, segment="dệt may")
    made.level(before, "50 triệu USD", weight=2, segment="dệt may")
    made.level(whole, "278,3 triệu USD", weight=2)
    made.contribution(now, before, whole, "5,3 điểm %")
    said = found(made)
    assert said.rule == "contribution"
    assert "phải đóng góp 3,2 – 4 điểm %" in said.vi
    assert said.calc == "(60 − 50) : 278,3 × 100 ≈ 3,5932 ≠ 5,3"


def test_a_sum_says_what_its_parts_come_to_and_what_rounding_allows():
    made = Made()
    total, *parts = (made.at(name, "2021") for name in ("trade_total", "exports", "imports", "supervised_goods"))
    made.level(total, "787,792 triệu USD")
    for part, number in zip(parts, ("337,887 triệu USD", "178,925 triệu USD", "260,98 triệu USD"), strict=True):
        made.level(part, number)
    made.sum(total, *parts)
    said = found(made)
    assert said.vi == (
        "Kim ngạch xuất khẩu (337,887), kim ngạch nhập khẩu (178,925) và trị giá hàng hóa giám sát qua địa bàn "
        "(260,98) cộng lại được 777,792 triệu USD (làm tròn chỉ cho lệch 0,0065); nhưng tổng kim ngạch xuất nhập khẩu "
        "năm 2021 ghi 787,792 triệu USD, nhiều hơn 10 triệu USD."
    )
    assert said.calc == "337,887 + 178,925 + 260,98 = 777,792 ≠ 787,792"
    assert said.rule == "sum"


def test_a_balance_is_told_as_a_difference():
    made = Made()
    balance, exports, imports = (made.at(name, "2021") for name in ("trade_balance", "exports", "imports"))
    made.level(balance, "168,962 triệu USD")
    made.level(exports, "337,887 triệu USD")
    made.level(imports, "178,925 triệu USD")
    made.sum(balance, exports, imports, minus=(imports,))
    said = found(made)
    assert said.vi.startswith("Kim ngạch xuất khẩu (337,887) trừ kim ngạch nhập khẩu (178,925) được 158,962 triệu USD")
    assert said.calc == "337,887 − 178,925 = 158,962 ≠ 168,962"


def test_many_months_are_counted_and_listed_only_in_the_calculation():
    made = Made()
    year = made.at("exports", "2021")
    months = [made.at("exports", f"2021-{month:02}") for month in range(1, 13)]
    made.level(year, "395,1 triệu USD")
    for month in months:
        made.level(month, "30,2 triệu USD")
    made.sum(year, *months, rule="months")
    said = found(made)
    assert said.vi.startswith("12 tháng cộng lại được 362,4 triệu USD")
    assert said.calc.count("30,2") == 12
    assert said.rule == "months"


def test_a_part_larger_than_its_whole_is_told_as_such():
    made = Made()
    so_far, month = made.at("exports", "2021-01/2021-09"), made.at("exports", "2021-09")
    made.level(so_far, "200 triệu USD")
    made.level(month, "250 triệu USD")
    made.part(so_far, month)
    said = found(made)
    assert said.vi == (
        "Kim ngạch xuất khẩu tháng 9/2021 ghi 250 triệu USD, nhiều hơn 9 tháng đầu năm 2021 (200 triệu USD); "
        "một phần không thể lớn hơn cả phần chứa nó."
    )
    assert said.calc == "250 > 200"


def test_some_parts_that_exceed_the_whole_are_enough():
    made = Made()
    quarter = made.at("exports", "2021-Q1")
    months = [made.at("exports", f"2021-0{month}") for month in (1, 2, 3)]
    made.level(quarter, "61,6 triệu USD")
    made.level(months[0], "30,2 triệu USD")
    made.level(months[2], "35,5 triệu USD")
    made.sum(quarter, *months, rule="months")
    said = found(made)
    assert said.vi.startswith("Riêng tháng 1/2021 (30,2) và tháng 3/2021 (35,5) cộng lại đã được 65,7 triệu USD; nhưng")
    assert said.calc == "30,2 + 35,5 = 65,7 > 61,6"


def test_places_are_named():
    made = Made()
    province, *districts = (made.at("exports", "2021", place=name) for name in ("Cao Bằng", "Hòa An", "Trùng Khánh"))
    made.level(province, "90 triệu USD")
    made.level(districts[0], "45 triệu USD", area="Hòa An")
    made.level(districts[1], "47 triệu USD", area="Trùng Khánh")
    made.sum(province, *districts, rule="places")
    said = found(made)
    assert said.rule == "places"
    assert "Hòa An (45) và Trùng Khánh (47) cộng lại được 92 triệu USD" in said.vi
    assert "kim ngạch xuất khẩu của Cao Bằng năm 2021 ghi 90 triệu USD, ít hơn 2 triệu USD" in said.vi


def test_one_value_told_twice_in_one_document():
    made = Made()
    now = made.at("exports", "2021")
    made.level(now, "337,887 triệu USD")
    made.level(now, "391,4 triệu USD")
    said = found(made)
    assert said.rule == "told_twice"
    assert said.vi == "Kim ngạch xuất khẩu năm 2021 ghi hai số khác nhau: 337,887 triệu USD và 391,4 triệu USD."


def test_one_value_told_by_two_documents_names_them():
    made = Made()
    mine, theirs = made.at("exports", "2020"), made.at("exports", "2020", source="bc2020.docx")
    made.level(mine, "278,3 triệu USD")
    made.level(theirs, "291,9 triệu USD", doc="bc2020.docx")
    made.same(mine, theirs, "estimate")
    said = found(made)
    assert (said.outcome, said.severity, said.because) == ("cannot_tell", "question", ("estimate",))
    assert "278,3 triệu USD (theo bc.docx) và 291,9 triệu USD (theo bc2020.docx)" in said.vi
    assert said.vi.endswith("Chưa kết luận được: có số ước, có thể đã được chỉnh lại.")


def test_two_growths_of_one_pair():
    made = Made()
    now, before = pair(made)
    made.ratio(now, before, "21,43%")
    made.ratio(now, before, "18%")
    said = found(made)
    assert said.vi == "Kim ngạch xuất khẩu năm 2021 so với năm 2020 ghi hai mức khác nhau: tăng 21,43% và tăng 18%."


def test_a_total_cannot_grow_more_than_all_its_parts():
    made = Made()
    now, last = ([made.at(name, year) for name in ("trade_total", "exports", "imports")] for year in ("2021", "2020"))
    made.sum(*now)
    made.sum(*last)
    for upper, lower, number in zip(now, last, ("25%", "21,43%", "7,69%"), strict=True):
        made.ratio(upper, lower, number)
    said = found(made)
    assert said.vi == (
        "Tổng kim ngạch xuất nhập khẩu năm 2021 ghi tăng 25% so với năm 2020, trong khi kim ngạch xuất khẩu tăng "
        "21,43% và kim ngạch nhập khẩu tăng 7,69%; tổng không thể tăng nhanh hơn mọi thành phần của nó."
    )
    assert said.calc == "125% > 121,43%; 107,69%"


def test_levels_and_growths_lead_back_to_a_sum_that_nobody_printed():
    made = Made()
    now, last = ([made.at(name, year) for name in ("trade_total", "exports", "imports")] for year in ("2021", "2020"))
    made.sum(*last)
    told = (("516,812 triệu USD", "16,29%"), ("337,887 triệu USD", "21,43%"), ("178,925 triệu USD", "17,69%"))
    for upper, lower, (level, growth) in zip(now, last, told, strict=True):
        made.level(upper, level)
        made.ratio(upper, lower, growth)
    said = found(made)
    assert "nhưng tính ngược ra năm 2020 thì các thành phần cộng lại được 430,268 – 430,307 triệu USD" in said.vi
    assert said.calc == "337,887 : 1,2143 + 178,925 : 1,1769 ≈ 430,29; 516,812 : 1,1629 ≈ 444,42"


def test_ratios_alone_are_told_as_quotients():
    made = Made()
    now, before = pair(made)
    plan = made.at("exports", "2021", kind="plan")
    made.ratio(now, before, "21,43%")
    made.ratio(plan, before, "18%")
    made.ratio(now, plan, "110,4%", "plan_ratio")
    said = found(made)
    assert (
        "nhưng tính từ các số còn lại thì kim ngạch xuất khẩu năm 2021 phải tăng 29,6 – 30,9% so với năm 2020"
        in said.vi
    )
    assert said.calc == "1,18 × 1,104 ≈ 1,3027; 1,3027 ≠ 1,2143"


def test_a_hedge_is_a_reason_why_nothing_is_settled():
    made = Made()
    now, before = pair(made)
    made.level(now, "340 triệu USD", hedge="nearly")
    made.level(before, "290 triệu USD")
    made.ratio(now, before, "12,77%")
    said = found(made)
    assert said.outcome == "cannot_tell"
    assert "ghi gần 340 triệu USD" in said.vi
    assert said.vi.endswith("(kể cả làm tròn, chữ “gần”). Chưa kết luận được: số có chữ “gần” có thể lệch nhiều hơn.")


def test_a_conflict_without_any_steps_is_told_by_the_solvers_word():
    made = Made()
    now, last = ([made.at(name, year) for name in ("trade_total", "exports", "imports")] for year in ("2021", "2020"))
    made.sum(*now)
    made.sum(*last)
    made.level(now[0], "300 triệu USD")
    for upper, lower, number in zip(now, last, ("25%", "21,43%", "7,69%"), strict=True):
        made.ratio(upper, lower, number)
    every = tuple(range(len(made.network.constraints)))
    conflict = Conflict(every, (Suspect(1, True, Interval(Decimal(115), Decimal(117))),))
    said = failure(made.network, conflict)
    assert (
        "theo các số còn lại thì tổng kim ngạch xuất nhập khẩu năm 2021 phải tăng 15 – 17% so với năm 2020" in said.vi
    )


def _computed(term: str) -> Fraction:
    number = term.strip().replace(".", "").replace(",", ".").replace("−", "-").strip("()")
    return Fraction(number)


@given(st.integers(2, 6), st.integers(0, 2), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_calculation_of_a_sum_is_right_on_a_calculator(many, places, chance):
    made = Made()
    total = made.at("exports", "2021")
    parts = [made.at("exports", f"2021-{month:02}") for month in range(1, many + 1)]
    values = [chance.randint(10**3, 10**6) for _ in parts]
    written = [f"{value // 10**places},{value % 10**places:0{places}}" if places else str(value) for value in values]
    for part, number in zip(parts, written, strict=True):
        made.level(part, f"{number} triệu USD")
    made.level(total, f"{sum(values) * 2} triệu USD")
    made.sum(total, *parts, rule="months")
    left, right = found(made).calc.split(" = ")
    assert sum(map(_computed, left.split(" + "))) == _computed(right.split(" ≠ ")[0])


@given(st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_whatever_is_wrong_can_be_told(seed):
    """Made-up networks of every shape: a sentence in both languages, ended, without a gap, that names its figures."""
    chance = Random(seed)
    world, _ = slipped(made_up(chance), chance)
    network = world.network()
    for conflict in conflicts(network):
        said = (doubted if conflict.assumed else failure)(network, conflict)
        assert said.vi.endswith(".")
        assert said.en.endswith(".")
        assert not re.search(r"None|  |\(\)|, [,;.]", said.vi + said.en)
        assert said.figures


@pytest.mark.parametrize(
    ("measure", "number", "said", "calc"),
    [
        ("growth", "138,38%", "ghi giảm 138,38% so với năm 2020; không gì có thể giảm quá 100%", "−138,38% < −100%"),
        ("share", "184%", "ghi chiếm 184% năm 2020; một phần không thể lớn hơn cả phần chứa nó", "184% > 100%"),
    ],
)
def test_a_figure_that_nothing_can_be(measure, number, said, calc):
    made = Made()
    now, before = pair(made)
    made.ratio(now, before, number, measure, falls=measure == "growth")
    made.part(before, now, rule="parts")
    told = found(made)
    assert said in told.vi
    assert told.calc == calc


def test_exact_counts_are_not_said_to_be_rounded():
    made = Made()
    all_, good = made.at("chợ", "2021", unit="chợ"), made.at("chợ", "2021", "đạt chuẩn", unit="chợ")
    parts = [made.at("chợ", "2021", place, unit="chợ") for place in ("hạng 1", "hạng 2")]
    made.level(all_, "79 chợ")
    for part, number in zip(parts, ("40 chợ", "50 chợ"), strict=True):
        made.level(part, number)
    made.sum(all_, *parts, good, rule="parts")
    assert "làm tròn" not in found(made).vi
