# SPDX-License-Identifier: Apache-2.0
"""The reader finds in each sample report the figures that were written down by hand, and no other."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from bamsat.core.read.reader import read

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src" / "bamsat" / "data" / "samples"
GOLD = Path(__file__).parent / "gold"
NAMES = sorted(path.name for path in SHIPPED.iterdir())
CODED = {
    "industrial_output",
    "iip",
    "retail_services",
    "exports",
    "imports",
    "trade_total",
    "supervised_goods",
}


@cache
def reading(name: str):
    return read(SHIPPED / name)


@cache
def gold(name: str) -> list[dict]:
    lines = (GOLD / name).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def spans(name: str) -> list[tuple[int, int]]:
    """Where each written-down number stands: they are in the order of the text."""
    text, at, found = reading(name).document.text, 0, []
    for wanted in gold(name):
        words = r"\s+".join(re.escape(word) for word in wanted["number"].split())
        match = re.compile(rf"(?<![\d.,/]){words}(?![\d/]|[.,]\d)").search(text, at)
        assert match, f"{wanted['number']} is not in the text after {text[max(0, at - 30) : at]!r}"
        found.append(match.span())
        at = match.end()
    return found


def pairs(name: str) -> list[tuple[dict, object]]:
    """Each written-down figure beside the figure that was read at its place, or None."""
    figures = reading(name).figures
    if gold(name) and "cell" in gold(name)[0]:
        by_cell = {figure.at: figure for figure in figures}
        return [(wanted, by_cell.get(wanted["cell"])) for wanted in gold(name)]
    found = []
    for wanted, (start, end) in zip(gold(name), spans(name), strict=True):
        overlapping = [figure for figure in figures if figure.start < end and start < figure.end]
        found.append((wanted, overlapping[0] if overlapping else None))
    return found


def head(code: str) -> str:
    """What of an indicator must be the same: the whole of a catalogue code, the family of any other."""
    return code if code in CODED else code.split(":", maxsplit=1)[0]


def differences(wanted: dict, read) -> dict[str, tuple]:
    """Value, measure, indicator and period that were read otherwise than written down."""
    if read is None:
        return {"found": (True, False)}
    value, measure = float(read.value), read.measure
    if {wanted["measure"], measure} == {"index", "growth"}:  # 112,77 % of last year and +12,77 % are one
        value, measure = value + (100 if measure == "growth" else -100), wanted["measure"]
    was = {"value": value, "measure": measure, "indicator": head(read.indicator), "period": read.period}
    should = {"value": wanted["value"], "measure": wanted["measure"], "indicator": head(wanted["indicator"])}
    should["period"] = wanted["period"]
    return {
        key: (should[key], was[key])
        for key in should
        if (
            abs(should[key] - was[key]) > 1e-6 * max(1, abs(should[key])) if key == "value" else should[key] != was[key]
        )
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_read_as_it_was_written_down(name):
    wrong = [(wanted["number"], wanted["label"], differences(wanted, was)) for wanted, was in pairs(name)]
    assert [row for row in wrong if row[2]] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_other_figure_is_read(name):
    expected = {id(was) for _, was in pairs(name)}
    assert [(f.number, f.label, f.at) for f in reading(name).figures if id(f) not in expected] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_province_is_known(name):
    provinces = {"cao": "Cao Bằng", "ha": "Hà Giang", "ninh": "Ninh Bình"} | {
        "thai-binh": "Thái Bình",
        "thai-nguyen": "Thái Nguyên",
    }
    assert reading(name).area == next(province for key, province in provinces.items() if name.startswith(key))


def test_the_interview_has_statements_and_no_figure():
    interview = reading("ninh-binh-dau-nam-2021.txt")
    assert interview.figures == ()
    said = " | ".join(statement.text for statement in interview.statements)
    for words in ("Sản xuất công nghiệp hồi phục chậm", "Thị trường xuất khẩu chưa hồi phục"):
        assert words in said


def test_a_fall_without_a_number_is_a_statement_of_the_page():
    fallen = [s for s in reading("ha-giang-dau-nam-2021.html").statements if "lưu trú" in s.text]
    assert [s.sign for s in fallen] == ["-"]


def test_a_plan_exceeded_without_a_number_is_a_statement_of_the_pdf():
    exceeded = [s for s in reading("thai-binh-nam-2020.pdf").statements if "ngân sách" in s.text]
    assert [s.sign for s in exceeded] == ["plan>100"]


def test_a_page_says_when_it_was_published():
    assert reading("ha-giang-dau-nam-2021.html").document.attributes["dated"] == "2021-03-08"
    assert reading("ninh-binh-dau-nam-2021.txt").document.attributes["dated"] == "2021-02-26"
