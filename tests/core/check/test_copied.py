# SPDX-License-Identifier: Apache-2.0
from bamsat.core.check.beside.copied import findings
from tests.core.check.earlier import told


def vnd(period, number, **more):
    return told(period, number, indicator="retail_services", unit="VND", scale=10**9, **more)


LAST_MONTH = [told("2023-04", "212.37"), vnd("2023-04", "1234.5")]


def test_two_numbers_of_the_month_before_are_asked_about_in_one_question():
    (one,) = findings([told("2023-05", "212.37"), vnd("2023-05", "1234.5")], LAST_MONTH)
    assert (one.outcome, one.severity, one.rule) == ("cannot_tell", "question", "copied")
    assert one.figures == ("exports.2023-05", "retail_services.2023-05")
    assert one.vi.startswith(
        "2 số của tháng 5/2023 giống hệt số của tháng 4/2023: kim ngạch xuất khẩu 212,37 triệu USD;"
    )


def test_numbers_of_the_same_month_of_last_year_are_asked_about():
    past = [told("2022-05", "212.37"), vnd("2022-05", "1234.5")]
    (one,) = findings([told("2023-05", "212.37"), vnd("2023-05", "1234.5")], past)
    assert "tháng 5/2022" in one.vi


def test_a_running_total_that_did_not_run_on_is_asked_about():
    past = [told("2023-01/2023-04", "1212.37"), vnd("2023-01/2023-04", "4234.5")]
    (one,) = findings([told("2023-01/2023-05", "1212.37"), vnd("2023-01/2023-05", "4234.5")], past)
    assert "4 tháng đầu năm 2023" in one.vi


def test_one_number_of_six_digits_is_enough_and_one_of_five_is_not():
    assert len(findings([vnd("2023-05", "1234.56")], [vnd("2023-04", "1234.56")])) == 1
    assert findings([vnd("2023-05", "1234.5")], [vnd("2023-04", "1234.5")]) == []


def test_another_paper_of_the_same_check_counts_as_earlier():
    before = [told("2023-04", "212.37", source="thang-4"), vnd("2023-04", "1234.5", source="thang-4")]
    now = [told("2023-05", "212.37", source="thang-5"), vnd("2023-05", "1234.5", source="thang-5")]
    (one,) = findings([*before, *now])
    assert one.figures == tuple(each.key for each in now)


def test_round_numbers_and_other_numbers_say_nothing():
    assert findings([told("2023-05", 2200), vnd("2023-05", 1300)], [told("2023-04", 2200), vnd("2023-04", 1300)]) == []
    assert findings([told("2023-05", "212.38"), vnd("2023-05", "1234.6")], LAST_MONTH) == []


def test_what_does_not_flow_may_stay_as_it_is():
    now = [
        told("2023-05", number, indicator="markets", unit="chợ", scale=1, segment=str(number))
        for number in (1234, 5678)
    ]
    past = [
        told("2023-04", number, indicator="markets", unit="chợ", scale=1, segment=str(number))
        for number in (1234, 5678)
    ]
    assert findings(now, past) == []


def test_a_series_that_has_always_stood_still_says_nothing():
    still = [told("2023-03", "212.37"), vnd("2023-03", "1234.5"), *LAST_MONTH]
    assert findings([told("2023-05", "212.37"), vnd("2023-05", "1234.5")], still) == []


def test_an_old_number_quoted_beside_the_new_one_was_not_left_standing():
    now = [vnd("2023-05", "1234.56", key="quoted"), vnd("2023-05", "1301.72", key="new")]
    assert findings(now, [vnd("2023-04", "1234.56")]) == []
