# SPDX-License-Identifier: Apache-2.0
"""Whatever the reader doubts is said in both languages."""

import ast
import doctest
from collections.abc import Iterator
from pathlib import Path

import pytest

from bamsat.core.read import doubts
from bamsat.core.read.reader import read

ROOT = Path(__file__).parents[3]
READER = ROOT / "src/bamsat/core/read"
SAMPLES = ROOT / "src/bamsat/data/samples"
SENTENCES = {
    name: value
    for name, value in vars(doubts).items()
    if name[0].isalpha() and name.isupper() and isinstance(value, str)
}


def test_every_doubt_has_its_english():
    assert set(SENTENCES.values()) == set(doubts.ENGLISH)
    assert len(set(doubts.ENGLISH.values())) == len(doubts.ENGLISH)


@pytest.mark.parametrize("name", SENTENCES)
def test_a_doubt_is_one_sentence_that_can_be_joined_to_others(name: str):
    for said in (SENTENCES[name], doubts.ENGLISH[SENTENCES[name]]):
        assert ";" not in said
        assert said == said.strip(" .")


def written_in_place(tree: ast.AST) -> Iterator[int]:
    """Lines where a doubt is a sentence of its own instead of one of the named ones."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        given = [keyword.value for keyword in node.keywords if keyword.arg == "doubt"]
        called = node.func
        if isinstance(called, ast.Name) and called.id == "Meaning":
            given += node.args[4:5]
        if isinstance(called, ast.Attribute) and ast.unparse(called.value) == "doubts":
            given += node.args
        chosen = [
            one for value in given for one in ([value.body, value.orelse] if isinstance(value, ast.IfExp) else [value])
        ]
        if any(isinstance(one, ast.JoinedStr) or isinstance(getattr(one, "value", None), str) for one in chosen):
            yield node.lineno


def test_the_reader_doubts_in_named_sentences_only():
    found = [
        f"{file.name}:{line}"
        for file in READER.glob("*.py")
        for line in written_in_place(ast.parse(file.read_text("utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_the_doubts_of_a_sample_report_are_told_in_english(name: str):
    for figure in read(SAMPLES / name).figures:
        if figure.doubt:
            assert {*figure.doubt.split("; ")} <= set(doubts.ENGLISH)


def test_several_doubts_are_joined_once_each_and_an_older_one_is_kept():
    assert doubts.joined([]) is None
    both = doubts.joined([doubts.NO_UNIT, doubts.NO_PERIOD, doubts.NO_UNIT])
    assert both == f"{doubts.NO_UNIT}; {doubts.NO_PERIOD}"
    assert doubts.in_english(f"{both}; kỳ lấy từ tiêu đề") == (
        "no unit is stated; no period is stated for this figure; kỳ lấy từ tiêu đề"
    )
    assert doctest.testmod(doubts).failed == 0
