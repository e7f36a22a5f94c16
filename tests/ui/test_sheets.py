# SPDX-License-Identifier: Apache-2.0
"""Tables that leave the house as files run nothing in a spreadsheet."""

import csv
import doctest
import io

import pytest

from bamsat.ui import sheets


def test_the_examples_hold():
    assert doctest.testmod(sheets).failed == 0


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "+1+cmd", "-2+3"])
def test_no_cell_begins_like_a_formula(cell: str):
    read = list(csv.reader(io.StringIO(sheets.as_csv([[cell]]).decode("utf-8-sig"), newline="")))
    assert read == [[f"'{cell}"]]
    assert sheets.as_it_was(read[0][0]) == cell


@pytest.mark.parametrize("cell", ["-1", "+12,77%", "-1.234,5", "Cao Bằng", "", "’= trích"])
def test_numbers_and_words_stay_as_they_are(cell: str):
    assert sheets.harmless(cell) == cell
