# SPDX-License-Identifier: Apache-2.0
"""Slips are found again, the most plausible first, and only where the mended value fits all the rest."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bamsat.core.check.mending.repairs import ranked
from bamsat.core.check.mending.slips import meant
from bamsat.core.check.model import Conflict, Interval, Network, Repair, Suspect
from bamsat.core.check.solving import conflicts
from bamsat.core.check.words.sentences import failure
from bamsat.core.terms.numbers import format_number
from tests.core.check.said import Made, figure_of


def repairs(network: Network) -> tuple[Repair, ...]:
    (conflict,) = conflicts(network)
    return failure(network, conflict).repairs


def grown(now: str, before: str, growth: str, indicator: str = "exports", **words: object) -> Made:
    """A value of two years with the growth between them."""
    made = Made()
    unit = "VND" if "đồng" in now else "USD"
    upper, lower = made.at(indicator, "2021", unit=unit), made.at(indicator, "2020", unit=unit)
    made.level(upper, now)
    made.level(lower, before)
    made.ratio(upper, lower, growth, **words)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize(
    ("now", "before", "growth", "words", "slip", "number"),
    [
        ("5.300 nghìn tỷ đồng", "4.700 tỷ đồng", "12,77%", {}, "scale", "5.300 tỷ đồng"),
        ("5.300 triệu đồng", "4.700 tỷ đồng", "12,77%", {}, "scale", "5.300 tỷ đồng"),
        ("5,300 tỷ đồng", "4.700 tỷ đồng", "12,77%", {}, "decimal", "5.300 tỷ đồng"),
        ("337.887 triệu USD", "278,3 triệu USD", "21,41%", {}, "decimal", "337,887 triệu USD"),
        ("373,887 triệu USD", "278,257 triệu USD", "21,43%", {}, "digits", "337,887 triệu USD"),
        ("337,887 triệu USD", "278,257 triệu USD", "12,43%", {}, "digits", "21,43%"),
        ("337,887 triệu USD", "278,257 triệu USD", "21,43%", {"falls": True}, "sign", "21,43%"),
        ("337,887 triệu USD", "278,257 triệu USD", "121,43%", {}, "plan_ratio", "21,43%"),
        ("337,887 triệu USD", "278,257 triệu USD", "214,3%", {}, "decimal", "21,43%"),
        ("53.000 tỷ đồng", "4.700 tỷ đồng", "12,77%", {}, "scale", "5.300 tỷ đồng"),
    ],
)
def test_a_slip_is_the_first_repair(now, before, growth, words, slip, number):
    first = repairs(grown(now, before, growth, **words).network)[0]
    assert (first.slip, first.number) == (slip, number)
    assert first.low <= first.value <= first.high or slip == "scale"


def test_an_index_written_as_a_growth_is_mended():
    made = grown("337,887 triệu USD", "278,257 triệu USD", "21,43%", measure="index")
    first = repairs(made.network)[0]
    assert (first.slip, first.number, first.value) == ("plan_ratio", "121,43%", Decimal("121.43"))


def test_a_growth_on_the_plan_read_as_a_percentage_of_it_is_mended():
    made = Made()
    done, plan = made.at("exports", "2021"), made.at("exports", "2021", kind="plan")
    made.level(done, "33,7887 triệu USD")
    made.level(plan, "306 triệu USD")
    made.ratio(done, plan, "11,04%", "plan_ratio", of_plan=True)
    slips = [(one.slip, one.number, one.value) for one in repairs(made.network)]
    assert ("plan_ratio", "11,04%", Decimal("11.04")) in slips


def test_last_months_number_is_recognised():
    made = Made()
    now, before, year_ago = (made.at("exports", period) for period in ("2021-08", "2021-07", "2020-08"))
    made.level(now, "30,25 triệu USD")
    made.level(before, "30,25 triệu USD")
    made.level(year_ago, "28,1 triệu USD")
    made.ratio(now, year_ago, "15,43%")
    first = repairs(made.network)[0]
    assert first.slip == "copied"
    assert "số đang ghi giống hệt số của tháng 7/2021" in first.vi


def test_a_growth_on_another_base_is_recognised():
    made = Made()
    now, before, year_ago = (made.at("exports", period) for period in ("2021-08", "2021-07", "2020-08"))
    made.level(now, "32,44 triệu USD")
    made.level(before, "30,25 triệu USD")
    made.level(year_ago, "28,1 triệu USD")
    made.ratio(now, year_ago, "7,24%")
    first = repairs(made.network)[0]
    assert (first.slip, first.number) == ("base", "15,45%")
    assert "so với tháng 7/2021" in first.vi


def test_a_total_without_its_last_part_is_recognised():
    made = Made()
    quarter = made.at("exports", "2021-Q1")
    months = [made.at("exports", f"2021-0{month}") for month in (1, 2, 3)]
    made.level(quarter, "61,6 triệu USD")
    for month, number in zip(months, ("30,2 triệu USD", "31,4 triệu USD", "35,5 triệu USD"), strict=True):
        made.level(month, number)
    made.sum(quarter, *months, rule="months")
    first = repairs(made.network)[0]
    assert (first.slip, first.number) == ("copied", "97,1 triệu USD")
    assert "tổng chưa cộng tháng 3/2021" in first.vi


def test_without_a_slip_the_room_is_told():
    first = repairs(grown("337,887 triệu USD", "278,3 triệu USD", "15,43%").network)[0]
    assert (first.slip, first.value) == ("other", None)
    assert first.number == "21,38 – 21,44%"
    assert first.vi == "Kim ngạch xuất khẩu năm 2021 phải tăng 21,38 – 21,44% so với năm 2020 thì mọi số khớp."
    assert first.en == "Exports in 2021 would have to be up 21,38 – 21,44% on 2020."


def test_the_only_number_that_fits_is_told():
    repairs_ = repairs(grown("337,887 triệu USD", "278,3 triệu USD", "15,43%").network)
    last_year = next(one for one in repairs_ if one.figure == "bc.docx#1")
    assert (last_year.slip, last_year.number) == ("other", "292,7 triệu USD")


def test_a_bare_number_of_a_table_keeps_being_bare():
    figure = figure_of("5.300 tỷ đồng", "industrial_output")
    cell = type(figure)(**{name: getattr(figure, name) for name in figure.__slots__} | {"number": "5.300"})
    scaled = {slip.number for slip in meant(cell) if slip.slip == "scale"}
    assert {"5.300.000", "5,300", "530", "53.000"} <= scaled


def test_who_mends_it_alone_comes_first_then_the_plausible_slip_then_the_less_trusted():
    made = grown("373,887 triệu USD", "278,257 triệu USD", "21,43%")
    allowed = Interval(Decimal("337.872955e6"), Decimal("337.902e6"))
    nothing = Interval(None, None)
    conflict = Conflict((0, 1, 2), (Suspect(1, False, nothing), Suspect(2, True, nothing), Suspect(0, True, allowed)))
    assert [one.figure for one in ranked(made.network, conflict)] == [0, 2, 1]


def test_the_less_trusted_is_doubted_first_where_no_slip_speaks():
    made = Made()
    upper, lower = made.at("exports", "2021"), made.at("exports", "2020")
    made.level(upper, "337,887 triệu USD", weight=3)
    made.level(lower, "269,12 triệu USD", weight=1)
    made.ratio(upper, lower, "21,43%")
    (conflict,) = conflicts(made.network)
    order = [one.figure for one in ranked(made.network, conflict)]
    assert order.index(1) < order.index(0)


# ---- slips of a true value


def _swap(digits: str, at: int) -> str:
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


@st.composite
def spoilt(draw):
    """A printed number of some digits, its true value, and the number that a slip of the hand makes of it."""
    places = draw(st.integers(0, 3))
    digits = str(draw(st.integers(10_000, 999_999)))
    number = Decimal(int(digits)).scaleb(-places)
    unit = draw(st.sampled_from(("triệu USD", "tỷ USD")))
    way = draw(st.sampled_from(("unit", "swap", "digit", "tens", "twice")))
    wrong, wrong_unit = number, unit
    if way == "unit":
        wrong_unit = {"triệu USD": "tỷ USD", "tỷ USD": "triệu USD"}[unit]
    elif way == "swap":
        at = draw(st.integers(0, 2))
        assume(digits[at] != digits[at + 1] and _swap(digits, at)[0] != "0")
        wrong = Decimal(int(_swap(digits, at))).scaleb(-places)
    elif way == "digit":
        at = draw(st.integers(0, 1))  # a last digit that is a little out fits many slips
        new = draw(st.sampled_from([digit for digit in "123456789" if digit != digits[at]]))
        wrong = Decimal(int(digits[:at] + new + digits[at + 1 :])).scaleb(-places)
    elif way == "tens":
        wrong = number * 10
    else:
        at = draw(st.integers(0, len(digits) - places - 1))
        wrong = Decimal(int(digits[: at + 1] + digits[at:])).scaleb(-places)
    return number, unit, f"{format_number(wrong, places)} {wrong_unit}", places


@given(spoilt())
@settings(max_examples=120, deadline=None)
def test_a_slip_of_a_true_value_is_proposed_back(case):
    """The slipped total of two parts: one of its first repairs says the true number, which lies in the room left."""
    number, unit, wrong, places = case
    made = Made()
    total, one, other = (made.at(name, "2021") for name in ("trade_total", "exports", "imports"))
    half = (number / 3).quantize(Decimal(1).scaleb(-places))
    at = made.level(total, wrong)
    made.level(one, f"{format_number(half, places)} {unit}", weight=3)
    made.level(other, f"{format_number(number - half, places)} {unit}", weight=3)
    made.sum(total, one, other)
    found = conflicts(made.network)
    assume(len(found) == 1)
    true = figure_of(f"{format_number(number, places)} {unit}").value
    mine = [repair for repair in failure(made.network, found[0]).repairs if repair.figure == f"bc.docx#{at}"]
    assert any(repair.value == true for repair in mine)
    assert all(repair.low <= true <= repair.high for repair in mine)


@given(spoilt())
@settings(max_examples=100, deadline=None)
def test_what_was_meant_is_never_what_is_written(case):
    figure = figure_of(case[2])
    for slip in meant(figure):
        assert slip.low <= slip.value <= slip.high
        assert slip.number != figure.number


# ---- in whole reports


def _report(chance: Random) -> tuple[Made, int]:
    """Trade of a province in two years with growths and plans, one number of it spoilt."""
    names = ("exports", "imports", "supervised_goods")
    values = {(name, year): Decimal(chance.randint(150_000, 400_000)) / 1000 for name in names for year in (2020, 2021)}
    for year in (2020, 2021):
        values["trade_total", year] = sum((values[name, year] for name in names), Decimal(0))
    made, wrong = Made(), chance.randrange(8)
    positions = []
    for name in ("trade_total", *names):
        now, last = (made.at(name, str(year)) for year in (2021, 2020))
        growth = values[name, 2021] / values[name, 2020] * 100 - 100
        level, percent = format_number(values[name, 2021], 3), format_number(abs(growth), 2)
        falls, at = growth < 0, len(positions)
        if wrong == at:
            level = _spoilt_digits(level, chance)
        elif wrong == at + 1:
            falls = not falls
        positions.append(made.level(now, f"{level} triệu USD"))
        made.level(last, f"{format_number(values[name, 2020], 1)} triệu USD")
        positions.append(made.ratio(now, last, f"{percent}%", falls=falls))
    for year in (2020, 2021):
        made.sum(*(made.at(name, str(year)) for name in ("trade_total", *names)))
    return made, positions[wrong]


def _spoilt_digits(text: str, chance: Random) -> str:
    """Another digit in front, or the comma forgotten."""
    if chance.random() < 0.3:
        return text.replace(",", "")
    return chance.choice([digit for digit in "123456789" if digit != text[0]]) + text[1:]


def test_the_wrong_figure_is_suspected_first_in_nearly_all_reports():
    first = 0
    for seed in range(40):
        made, wrong = _report(Random(seed))
        found = conflicts(made.network)
        first += bool(found) and ranked(made.network, found[0])[0].figure == wrong
    assert first >= 38
