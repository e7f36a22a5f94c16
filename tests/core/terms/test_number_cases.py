# SPDX-License-Identifier: Apache-2.0
"""The public cases of Vietnamese numbers (tests/specimens/NUMBER_CASES.md): all but the listed ones are read right."""

import json
from decimal import Decimal
from pathlib import Path

import yaml

from bamsat.core.terms.quantity import read_quantity
from bamsat.core.terms.spelled import read_spelled

SPECIMENS = Path(__file__).parents[2] / "specimens"
SHARED = Path(__file__).parents[4] / "shared" / "eval" / "number_cases.jsonl"
CASES = [json.loads(line) for line in (SPECIMENS / "number_cases.jsonl").read_text(encoding="utf-8").splitlines()]
ABOUT = yaml.safe_load((SPECIMENS / "number_cases_refused.yml").read_text(encoding="utf-8"))
REFUSED, OURS = ABOUT["refused"], ABOUT["units"]


def same(ours, theirs):
    theirs = Decimal(repr(theirs))
    return ours is not None and abs(ours - theirs) <= abs(theirs) * Decimal("1e-15")


def number_is_right(text, value):
    if isinstance(value, dict):  # {"written": ...}: words that are no number by themselves
        return read_spelled(text) is None
    return same(read_spelled(text), value)


def money_is_right(text, value):
    read = read_quantity(text)
    if read is None or read.unit != OURS.get(value["currency"], value["currency"]):
        return False
    if "amount" in value:
        return same(read.value, value["amount"]) and read.value_high is None
    if "from" in value and "to" in value:
        return same(read.value, value["from"]) and same(read.value_high, value["to"])
    side = ("over", "at_least") if "from" in value else ("at_most",)
    return same(read.value, value.get("from", value.get("to"))) and read.hedge in side


def measure_is_right(text, value):
    read = read_quantity(text)
    return read is not None and read.unit == OURS.get(value["unit"], value["unit"]) and same(read.value, value["value"])


def fraction_is_right(text, value):
    read = read_quantity(text)
    return read is not None and same(read.value, value["num"]) and same(read.of, value["den"])


RIGHT = {"number": number_is_right, "money": money_is_right, "measure": measure_is_right, "fraction": fraction_is_right}


def read_wrong(cases):
    return {(case["source"], case["text"]) for case in cases if not RIGHT[case["kind"]](case["text"], case["value"])}


def test_exactly_the_listed_cases_are_not_read_as_their_authors_do():
    assert read_wrong(CASES) == {(case["source"], case["text"]) for case in REFUSED}


def test_nine_in_ten_are_read_right():
    assert len(REFUSED) <= len(CASES) // 10


def test_every_refusal_has_its_reason():
    assert all(len(case["because"]) > 20 for case in REFUSED)


def test_the_copy_holds_every_case():
    shared = SHARED.read_text(encoding="utf-8") if SHARED.exists() else None
    assert shared is None or [json.loads(line) for line in shared.splitlines()] == CASES
