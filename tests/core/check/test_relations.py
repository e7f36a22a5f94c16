# SPDX-License-Identifier: Apache-2.0
"""The relations among the figures of the five articles, on the figures that the reader finds in the sample files."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from bamsat.core.check.checking import check
from bamsat.core.check.model import Bound, Finding, Report
from bamsat.core.check.stated import stated_of
from bamsat.core.read.reader import read, read_text

SAMPLES = Path(__file__).parents[3] / "src/bamsat/data/samples"
CAO_BANG, HA_GIANG, THAI_BINH, THAI_NGUYEN = (
    "cao-bang-nam-2021.docx", "ha-giang-dau-nam-2021.html", "thai-binh-nam-2020.pdf", "thai-nguyen-nam-2021.xlsx",
)  # fmt: skip
VND, USD = Decimal(10) ** 9, Decimal(10) ** 6


@cache
def of(*names: str) -> Report:
    readings = [read(SAMPLES / name) for name in names]
    stated = [one for reading in readings for one in stated_of(reading)]
    return check(stated, [statement for reading in readings for statement in reading.statements])


def told(text: str) -> Report:
    reading = read_text(text, "bai-viet.txt")
    return check(stated_of(reading), reading.statements)


def bounds(report: Report, indicator: str, period: str, measure: str = "level", kind: str = "actual") -> list[Bound]:
    wanted = (indicator, period, measure, kind)
    return [
        bound
        for finding in report.findings
        if finding.outcome == "holds"
        for bound in finding.bounds
        if (bound.indicator, bound.period, bound.measure, bound.kind) == wanted
    ]


def assert_between(found: list[Bound], low: str, high: str, unit: Decimal = Decimal(1)) -> None:
    """Some bound is that interval to the digits given, never narrower than it is known to be."""
    step = Decimal(1).scaleb(Decimal(low).as_tuple().exponent)  # type: ignore[arg-type]
    ends = [
        (bound.low / unit, bound.high / unit) for bound in found if bound.low is not None and bound.high is not None
    ]
    assert any(abs(a - Decimal(low)) <= step and abs(b - Decimal(high)) <= step for a, b in ends), ends


def about(report: Report, *wanted: tuple[str, str]) -> list[Finding]:
    """Findings that name a figure of each (indicator, measure)."""
    by_key = {one.key: (one.figure.indicator, one.figure.measure) for one in report.stated}
    return [one for one in report.findings if set(wanted) <= {by_key[key] for key in one.figures}]


def outcomes(findings: list[Finding]) -> set[str]:
    return {finding.outcome for finding in findings}


# ---- Cao Bằng 2021


def test_exports_imports_and_supervised_goods_are_the_total_trade() -> None:
    report = of(CAO_BANG)
    sums = [f for f in about(report, ("trade_total", "level"), ("supervised_goods", "level")) if f.rule == "sum"]
    assert outcomes(sums) == {"holds"}
    assert sums[0].calc.startswith("337,887 triệu USD + 178,925 triệu USD + 260,98 triệu USD = 777,792")


def test_the_two_part_identity_is_not_asked_for() -> None:
    assert not [f for f in of(CAO_BANG).findings if f.needs_look and f.rule == "sum"]


def test_a_total_that_grew_faster_than_both_printed_parts_is_right_and_says_what_the_third_did() -> None:
    report = of(CAO_BANG)
    assert_between(bounds(report, "trade_total", "2020"), "638.843", "639.369", USD)
    assert_between(bounds(report, "exports", "2020"), "278.245", "278.268", USD)
    assert_between(bounds(report, "imports", "2020"), "166.140", "166.156", USD)
    assert_between(bounds(report, "supervised_goods", "2020"), "194.42", "194.98", USD)
    assert_between(bounds(report, "supervised_goods", "2021", "growth"), "33.84", "34.24")


def test_plan_ratios_and_growths_say_what_was_planned() -> None:
    report = of(CAO_BANG)
    assert_between(bounds(report, "exports", "2021", kind="plan"), "305.918", "306.196", USD)
    assert_between(bounds(report, "trade_total", "2021", kind="plan"), "703.025", "703.089", USD)
    assert_between(bounds(report, "exports", "2021", "growth", "plan"), "9.937", "10.045")
    assert_between(bounds(report, "trade_total", "2021", "growth", "plan"), "9.956", "10.056")
    said = [bound.vi for bound in bounds(report, "exports", "2021", kind="plan")]
    assert "Kim ngạch xuất khẩu, kế hoạch năm 2021: 305,9 – 306,2 triệu USD" in said


def test_a_running_total_that_ends_before_its_last_round_contradicts_it() -> None:
    assert [f.outcome for f in of(CAO_BANG).findings if f.rule == "window"] == ["fails"]
    rest = [f for f in of(CAO_BANG).findings if f.rule == "remainder" and f.bounds[0].indicator.startswith("relief:")]
    assert_between(list(rest[0].bounds), "31.698", "31.700", VND)


def test_coverage_is_told_in_percent_each_and_all_together() -> None:
    (finding,) = [f for f in of(CAO_BANG).findings if f.rule == "coverage"]
    shares = [round(bound.low or Decimal(0), 2) for bound in finding.bounds]
    assert shares == [Decimal(text) for text in ("100.00", "60.00", "31.65", "16.38", "29.78")]
    assert "106/356" in finding.vi


def test_a_rounded_plan_ratio_leaves_the_plan_of_industry_wide() -> None:
    report = of(CAO_BANG)
    assert_between(bounds(report, "industrial_output", "2020"), "4699.2", "4700.5", VND)
    assert_between(bounds(report, "industrial_output", "2021", kind="plan"), "5273.1", "5327.1", VND)
    assert_between(bounds(report, "industrial_output", "2021", "growth", "plan"), "12.2", "13.3")


def test_retail_of_the_year_before_follows_from_its_growth() -> None:
    assert_between(bounds(of(CAO_BANG), "retail_services", "2020"), "8525.22", "8526.04", VND)


def test_exports_above_industrial_output_are_no_finding() -> None:
    both = about(of(CAO_BANG), ("industrial_output", "level"), ("exports", "level"))
    assert outcomes(both) <= {"holds"}


def test_the_plan_of_what_is_not_printed_is_what_the_others_leave() -> None:
    report = of(CAO_BANG)
    assert_between(bounds(report, "imports+supervised_goods", "2021", kind="plan"), "396.83", "397.17", USD)
    assert_between(bounds(report, "imports+supervised_goods", "2021", "plan_ratio", "plan"), "110.76", "110.86")


def test_shares_and_the_balance_follow() -> None:
    report = of(CAO_BANG)
    assert_between(bounds(report, "trade_balance", "2021"), "158.961", "158.963", USD)
    for code, share in (("exports", "43.44"), ("imports", "23.00"), ("supervised_goods", "33.55")):
        assert_between(bounds(report, code, "2021", "share"), share, share)


# ---- Hà Giang 2020


def test_a_volume_index_is_not_compared_with_a_value() -> None:
    (finding,) = [f for f in of(HA_GIANG).findings if f.rule == "volume_value"]
    assert (finding.outcome, finding.severity) == ("cannot_tell", "note")
    assert "8,88" in finding.vi


def test_the_bases_of_2019_follow() -> None:
    report = of(HA_GIANG)
    assert_between(bounds(report, "industrial_output", "2019"), "6248.5", "6249.3", VND)
    assert_between(bounds(report, "exports", "2019"), "391.9", "393.6", USD)


def test_a_target_for_the_total_is_not_set_against_a_part() -> None:
    (finding,) = [f for f in of(HA_GIANG).findings if f.rule == "part_for_whole"]
    assert finding.outcome == "cannot_tell"
    assert not bounds(of(HA_GIANG), "trade_total", "2021", "growth", "plan")


def test_a_target_on_a_fallen_year_is_told_on_the_year_before_it() -> None:
    assert_between(bounds(of(HA_GIANG), "iip", "2021", "growth", "plan"), "-3.034", "-2.932")


def test_targets_without_a_base_are_said_to_have_none() -> None:
    report = of(HA_GIANG)
    (finding,) = [f for f in report.findings if f.rule == "no_base"]
    assert finding.outcome == "cannot_tell"
    named = {one.figure.indicator.partition(":")[0] for one in report.stated if one.key in finding.figures}
    assert named == {"retail_services", "electrification"}


# ---- Thái Bình 2020


def test_nearly_16_percent_over_more_than_68800_holds() -> None:
    report = of(THAI_BINH)
    growths = [
        f for f in about(report, ("industrial_output", "growth"), ("industrial_output", "level")) if f.rule == "growth"
    ]
    assert outcomes(growths) == {"holds"}
    assert any("khớp với tăng gần 16%" in finding.vi for finding in growths)


def test_nearly_51000_is_honoured() -> None:
    assert any("khớp với tăng 9,7%" in finding.vi for finding in of(THAI_BINH).findings)
    assert not of(THAI_BINH).fails


def test_the_bases_of_a_list_follow_also_with_the_number_as_it_is_written() -> None:
    report = of(THAI_BINH)
    assert_between(bounds(report, "industrial_output", "2019"), "69954", "70026", VND)
    assert_between(bounds(report, "retail_services", "2019"), "45119", "45164", VND)
    assert_between(bounds(report, "exports", "2019"), "1717.4", "1720.6", USD)
    assert_between(bounds(report, "imports", "2019"), "1587.6", "1590.9", USD)


def test_total_trade_is_told_where_no_total_is_printed() -> None:
    report = of(THAI_BINH)
    assert_between(bounds(report, "trade_total", "2020"), "2701", "2703", USD)
    assert_between(bounds(report, "trade_total", "2019"), "3305.0", "3311.6", USD)
    assert_between(bounds(report, "trade_total", "2020", "growth"), "-18.44", "-18.22")
    assert_between(bounds(report, "trade_balance", "2020"), "209", "211", USD)


def test_a_target_is_told_on_the_year_before_last() -> None:
    assert_between(bounds(of(THAI_BINH), "industrial_output", "2021", "growth", "plan"), "13.91", "14.03")


def test_growth_that_is_called_slow_and_is_a_fall_is_said() -> None:
    report = told(
        "Năm 2020, các lĩnh vực đều tăng trưởng chậm: giá trị sản xuất công nghiệp giảm 1,7%, tổng mức bán lẻ hàng hóa "
        "và doanh thu dịch vụ tăng 2,6%, kim ngạch xuất khẩu giảm 15,3%, kim ngạch nhập khẩu giảm 21,6% so với năm "
        "2019."
    )
    assert [finding.outcome for finding in report.findings if finding.rule == "wording"] == ["fails"]


# ---- Thái Nguyên 2021


@pytest.mark.parametrize(
    ("code", "unit", "before", "asked"),
    [
        ("industrial_output", VND, ("783294", "784058"), ("7.24", "7.35")),
        ("retail_services", VND, ("40132", "40168"), ("9.53", "9.74")),
        ("exports", USD, ("24455", "24485"), ("15.03", "15.24")),
    ],
)
def test_value_growth_and_plan_of_a_series_agree(
    code: str, unit: Decimal, before: tuple[str, str], asked: tuple[str, str]
) -> None:
    report = of(THAI_NGUYEN)
    assert_between(bounds(report, code, "2020"), *before, unit)
    assert_between(bounds(report, code, "2021", "growth", "plan"), *asked)
    plans = about(report, (code, "level"), (code, "plan_ratio"), (code, "growth"))
    assert outcomes(plans) == {"holds"}


def test_the_plan_of_industry_follows_where_it_is_not_printed() -> None:
    report = told(
        "Năm 2021, giá trị sản xuất công nghiệp trên địa bàn tỉnh Thái Nguyên đạt trên 844 nghìn tỷ đồng, tăng 7,7% so "
        "với năm 2020, bằng 100,38% kế hoạch năm."
    )
    assert_between(bounds(report, "industrial_output", "2021", kind="plan"), "840763", "841843", VND)


def test_money_for_projects_is_told_for_one() -> None:
    report = told("Năm 2021, tỉnh Thái Nguyên xây dựng, triển khai 30 đề án khuyến công với kinh phí gần 6 tỷ đồng.")
    (finding,) = [f for f in report.findings if f.rule == "per_unit"]
    assert finding.bounds[0].high == Decimal(200_000_000)


def test_all_series_of_a_document_stand_above_their_plans() -> None:
    (finding,) = [f for f in of(THAI_NGUYEN).findings if f.rule == "plans"]
    assert "3/3 chỉ tiêu vượt kế hoạch" in finding.vi


# ---- all


def test_nothing_else_fails_or_is_asked_about() -> None:
    report = of(CAO_BANG, HA_GIANG, THAI_BINH, THAI_NGUYEN)
    assert {finding.rule for finding in report.findings if finding.needs_look} <= {"window", "wording"}


def test_values_of_several_places_at_unknown_prices_are_not_ranked() -> None:
    report = of(CAO_BANG, HA_GIANG, THAI_BINH, THAI_NGUYEN)
    (finding,) = [f for f in report.findings if f.rule == "price_basis"]
    assert (finding.outcome, finding.severity) == ("cannot_tell", "note")
    assert len({one.figure.area for one in report.stated if one.key in finding.figures}) == 4
