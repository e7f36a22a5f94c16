# SPDX-License-Identifier: Apache-2.0
"""Numbers that were counted in the office's own books, not taken from the ledger: those books say what is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bamsat.core.read.reader import read_text
from bamsat.core.report.lint import Known, lint

SAID = "Tình hình thực hiện nhiệm vụ tháng 10/2026\nSở có 24 nhiệm vụ được giao; đã hoàn thành 16 nhiệm vụ.\n"
ALL, DONE = "tasks:all", "tasks:done"
NOW = {ALL: "24 nhiệm vụ", DONE: "16 nhiệm vụ"}


@dataclass(frozen=True)
class Tag:
    text: str
    key: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[str, ...] = ()


def tags(all_: str = "24 nhiệm vụ", done: str = "16 nhiệm vụ") -> list[Tag]:
    return [Tag(all_, {"counted": ALL}), Tag(done, {"counted": DONE})]


def remarks(text: str, told: list[Tag], counts: Mapping[str, str]):
    reading = read_text(text)
    return lint(reading.document, reading, told, Known((), "Cao Bằng", counts=counts))


def test_what_is_still_counted_so_is_not_spoken_of():
    assert remarks(SAID, tags(), NOW) == ()


def test_a_count_changed_by_hand_is_called_with_what_is_counted():
    said = SAID.replace("16 nhiệm vụ", "18 nhiệm vụ")
    [remark] = remarks(said, tags(done="18 nhiệm vụ"), NOW)
    assert (remark.kind, remark.severity, remark.words) == ("contradicts", "error", "18 nhiệm vụ")
    assert "16 nhiệm vụ" in remark.vi
    assert "16 nhiệm vụ" in remark.en


def test_a_count_that_is_no_figure_to_the_reader_is_held_against_the_book_all_the_same():
    said = SAID + "Trong số đó đúng hạn 14.\n"
    told = [*tags(), Tag("14", {"counted": "tasks:on-time"})]
    assert remarks(said, told, NOW | {"tasks:on-time": "14"}) == ()
    assert [one.words for one in remarks(said, told, NOW | {"tasks:on-time": "13"})] == ["14"]


def test_a_tag_that_claims_a_count_nobody_knows_proves_nothing():
    assert {one.kind for one in remarks(SAID, tags(), {})} == {"untraceable"}
