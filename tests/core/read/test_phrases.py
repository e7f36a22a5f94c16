# SPDX-License-Identifier: Apache-2.0
"""Every example and counter-example that stands beside a phrase in the data is read as it says there."""

import unicodedata
from decimal import Decimal
from typing import Any

import pytest

from bamsat.core.read.lexicon import PHRASE_FILES, indicator_rows, phrases
from bamsat.core.read.reader import read_text
from bamsat.core.terms.vietnamese import tone_variants

FILES = (*PHRASE_FILES, "families", "quantities")
EXPLAINED = ("directions", "verbs", "comparisons", "status", "linking", "branches", "topics", "families")
ENTRIES = [(file, entry) for file in FILES for entry in phrases(file)]
ENTRIES += [
    ("indicators", row | {"says": [*row.get("aliases", ()), *row.get("parts", ())]}) for row in indicator_rows()
]
EXAMPLES = [example for _, entry in ENTRIES for example in entry.get("examples", ())]
NEVER = [text for _, entry in ENTRIES for text in entry.get("never", ())]
DECIMALS = ("value", "value_high", "of", "lower", "upper")
# Branches of the index are named by branches.yml, not by words of their own.
NAMED_ELSEWHERE = {row["code"] for row in indicator_rows() if not row.get("aliases")}

# Wordings of two entries of one file, and why that does no harm.
DECIDED = {
    ("verbs", "góp"): "a contribution is known by its points",
    ("linking", "xếp thứ"): "a rank blocks too",
    ("linking", "đứng thứ"): "a rank blocks too",
    ("linking", "vị trí thứ"): "a rank blocks too",
    ("linking", "xếp hạng"): "a rank blocks too",
    ("families", "sản phẩm"): "goods that are counted; the sentence decides before the noun does",
    ("quantities", "bậc"): "a step in a ranking counts nothing, and the digits after it name one",
    ("quantities", "thứ"): "two lists for two questions",
    ("quantities", "phần"): "two lists for two questions",
    ("quantities", "trang"): "two lists for two questions",
}


def agrees(field: str, told: Any, read: Any) -> bool:
    """Whether a field of a figure is what the example says; "market:" is any name of that family."""
    if told is None or read is None:
        return told is None and read is None
    if field in DECIMALS:
        return Decimal(str(told)) == read
    if field == "indicator" and told.endswith(":"):
        return read.startswith(told)
    return str(told) == str(read)


def wording(entry: dict[str, Any]) -> str:
    return str(entry.get("code") or entry["means"])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"])
def test_it_reads_the_examples_of_the_phrases(example: dict[str, Any]):
    figures = read_text(example["text"]).figures
    for told in example["read"]:
        fields = {field: value for field, value in told.items() if field != "number"}
        of_number = [figure for figure in figures if figure.number == told["number"]]
        assert of_number, f"{told['number']}: only {[figure.number for figure in figures]}"
        read = [{field: getattr(figure, field) for field in fields} for figure in of_number]
        assert any(all(agrees(field, fields[field], one[field]) for field in fields) for one in read), read


@pytest.mark.parametrize("text", NEVER)
def test_it_reads_no_figure_in_the_counter_examples(text: str):
    assert [figure.number for figure in read_text(text).figures] == []


@pytest.mark.parametrize("file", EXPLAINED)
def test_every_meaning_has_an_example(file: str):
    assert [wording(entry) for entry in phrases(file) if not entry.get("examples")] == []


def test_every_indicator_has_an_example():
    rows = [row for row in indicator_rows() if row["code"] not in NAMED_ELSEWHERE]
    assert [row["code"] for row in rows if not row.get("examples")] == []


def test_no_example_stands_twice():
    texts = [example["text"] for example in EXAMPLES] + NEVER
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_wordings_are_composed_unicode_in_lower_case():
    said = [word for _, entry in ENTRIES for word in entry["says"]]
    assert [word for word in said if unicodedata.normalize("NFC", word) != word] == []
    assert [word for word in said if word.lower() != word] == []
    assert [word for word in said if word.strip() != word or "  " in word] == []


def test_examples_are_composed_unicode():
    texts = [*NEVER, *(example["text"] for example in EXAMPLES)]
    assert [text for text in texts if unicodedata.normalize("NFC", text) != text] == []


def test_no_entry_says_a_wording_twice():
    twice = [
        (file, wording(entry), word)
        for file, entry in ENTRIES
        for word in sorted({word for word in entry["says"] if entry["says"].count(word) > 1})
    ]
    assert twice == []


def test_no_two_entries_of_a_file_claim_one_wording():
    """Between files the stronger class wins (lexicon.py); inside one there is nobody to decide."""
    claimed: dict[tuple[str, str], str] = {}
    twice = set()
    for file, entry in ENTRIES:
        for word in entry["says"]:
            for spelled in tone_variants(word):
                owner = claimed.setdefault((file, spelled), wording(entry))
                if owner != wording(entry):
                    twice.add((file, word))
    assert twice - DECIDED.keys() == set()
