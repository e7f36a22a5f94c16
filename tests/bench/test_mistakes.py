# SPDX-License-Identifier: Apache-2.0
"""The reports with mistakes are what their script makes, and the mistakes are where they are said to be."""

from collections import Counter

import pytest

from bench.check_mistakes import DATA, KINDS, rows, spoiled
from bench.mistakes import write
from bench.mistakes.oracle import possible


@pytest.mark.parametrize("folder", write.SETS, ids=lambda folder: folder.name)
def test_the_reports_and_mistakes_are_what_the_script_makes(folder):
    places, each = write.SETS[folder]
    made = list(write.reports(places))
    for one in made:
        assert (folder / "reports" / f"{one.name}.txt").read_text(encoding="utf-8") == one.report.text
    again = [write.row(number, *found) for number, found in enumerate(write.mistakes(made, each), 1)]
    assert again == rows(folder)


def test_there_are_sixty_mistakes_twelve_of_each_kind_in_at_least_forty_reports():
    assert Counter(row["kind"] for row in rows()) == dict.fromkeys(KINDS, 12)
    assert len(list((DATA / "reports").glob("*.txt"))) >= 40


@pytest.mark.parametrize("folder", write.SETS, ids=lambda folder: folder.name)
def test_a_mistake_changes_only_what_it_says(folder):
    for row in rows(folder):
        clean = (folder / "reports" / row["report"]).read_text(encoding="utf-8")
        wrong = spoiled(row, folder)
        assert wrong != clean
        start, end = row["figure"]
        assert set(wrong[start:end]) <= set("0123456789.,"), row["id"]
        assert clean[row["true_start"] :].startswith(row["number"])


@pytest.mark.parametrize("folder", write.SETS, ids=lambda folder: folder.name)
def test_every_clean_report_can_be_true_and_no_spoiled_one(folder):
    places, each = write.SETS[folder]
    made = list(write.reports(places))
    assert all(possible(one.report.slots) for one in made)
    for one, _, mistake in write.mistakes(made, each):
        rest = [slot for slot in one.report.slots if slot.start != mistake.slot.start]
        assert not possible([*rest, mistake.wrong], {mistake.wrong: mistake.factor})
