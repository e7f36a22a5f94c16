# SPDX-License-Identifier: Apache-2.0
"""A report made at random reads back to the figures that it tells, from every medium; the bench does it 2,000 times."""

import pytest

from bamsat.core.read.reader import read
from bamsat.core.report.docx.document import to_docx
from bench import report_round_trip as bench
from bench.reports import held, made

SEEDS = range(500_000, 500_030)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_reads_back_from_word_pdf_and_page_to_the_figures_that_it_tells(seed):
    one = made.report(seed)
    wanted = held.told(one.report)
    assert wanted
    for medium, data in bench.written(one, to_docx(one.report)):
        reading = read(data, f"bao-cao.{medium}")
        found = [held.of_read(figure.as_json()) for figure in reading.figures]
        assert list(held.differences(wanted, found)) == [], medium


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_lint_says_nothing_of_a_report_as_it_was_written(seed):
    assert bench.of_one(seed).remarks == 0


def test_the_number_of_a_row_is_not_taken_for_a_number_of_the_same_digit():
    assert bench.of_one(1018).remarks == 0  # the third row says that of beer there are 3 million litres


@pytest.mark.parametrize("number", range(16))
def test_lint_sees_a_changed_number_separator_unit_or_direction(number):
    assert bench.caught(number) == ""


def test_the_same_seed_makes_the_same_report():
    assert made.report(7) == made.report(7)
    assert made.report(7) != made.report(8)


def test_a_difference_is_told_from_both_sides():
    one, other = held.told(made.report(1).report)[:2]
    assert list(held.differences([one], [other])) == [("-", held._same(one)), ("+", held._same(other))]
