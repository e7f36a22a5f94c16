# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.terms.numbers import NUMBER, format_number, read_number

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(lambda d: abs(d.adjusted()) < 60)
ledger_values = st.builds(
    lambda n, scale: Decimal(n).scaleb(-scale), st.integers(-(2**63), 2**63 - 1), st.integers(0, 9)
)


@given(decimals | ledger_values)
def test_any_number_that_it_writes_it_reads_back(value):
    read = read_number(format_number(value))
    assert read is not None
    assert read.value == value


@given(ledger_values, st.integers(0, 6))
def test_a_number_written_with_so_many_places_is_read_back_as_rounded(value, places):
    read = read_number(format_number(value, places))
    assert read is not None
    assert abs(read.value - value) <= Decimal(5).scaleb(-places - 1)
    assert read.last_place == places


@given(ledger_values)
def test_what_it_writes_is_one_run_of_digits_in_prose(value):
    written = format_number(abs(value))
    assert NUMBER.findall(f"đạt {written} tỷ đồng.") == [written]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5.300", "5300"),
        ("8.871,77", "8871.77"),
        ("777,792", "777.792"),
        ("3,926", "3.926"),
        ("68.800", "68800"),
        ("1.366.000", "1366000"),
        ("01", "1"),
        (",77", "0.77"),
        ("0,5", "0.5"),
        ("-1,7", "-1.7"),
        ("\u22121,7", "-1.7"),
        ("– 9,16", "-9.16"),
        ("(-) 1,7", "-1.7"),
        ("(1,7)", "-1.7"),
        ("12\u00a0345", "12345"),
        ("0.125", "0.125"),
        ("11.25", "11.25"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("2021", "2021"),
    ],
)
def test_it_reads(text, value):
    assert read_number(text).value == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "26/02", "1.23.456", "12.3456,7", "44.767,5.2", "a12", "12%", "1..2", "1,2,3", "-"]
)
def test_it_reads_no_number(text):
    assert read_number(text) is None


@pytest.mark.parametrize(("text", "english"), [("7,357", "7357"), ("1.456", "1.456"), ("12,5", None), ("0,125", None)])
def test_it_gives_the_english_reading_beside_its_own(text, english):
    assert read_number(text).english == (english and Decimal(english))


def test_it_says_when_only_the_english_convention_fits():
    assert read_number("11.25").is_english
    assert not read_number("11,25").is_english


def test_it_knows_a_padded_count():
    assert read_number("01").is_padded
    assert not read_number("0,5").is_padded
    assert not read_number("10").is_padded


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        ("1234.5", None, "1.234,5"),
        ("1234.50", None, "1.234,5"),
        ("-0.126", 2, "\u22120,13"),
        ("-0.001", 2, "0,00"),
        ("1E+6", None, "1.000.000"),
        ("0", None, "0"),
        ("999.995", 2, "1.000,00"),
        ("100", None, "100"),
    ],
)
def test_it_writes(value, places, written):
    assert format_number(Decimal(value), places) == written


def test_it_refuses_to_write_what_is_no_number():
    with pytest.raises(ValueError, match="NaN"):
        format_number(Decimal("NaN"))
