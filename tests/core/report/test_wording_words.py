# SPDX-License-Identifier: Apache-2.0
"""Every word that is written is one that the reader knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from bamsat.core.read.lexicon import PHRASE_FILES, indicator_rows, phrases
from bamsat.core.report.phrasebook import writing
from bamsat.core.terms.data import shipped
from bamsat.core.terms.interval import hedge_before

SLOT = re.compile(r"\{\w+\}")
# Said around figures, never of one: a summary's head, that a number is lacking, how a base is named.
AROUND = ("summary", "lacking", "digits", "tens", "hedges", "bases", "product_named")
JOINTS = ("vào", "chung", "sau")  # "đóng góp ... vào mức tăng chung", "các mục tiêu sau"


def bare(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@cache
def known() -> frozenset[tuple[str, ...]]:
    says = [way for name in PHRASE_FILES for entry in phrases(name) for way in entry["says"]]
    says += [alias for row in indicator_rows() for alias in (*row.get("aliases", ()), *row.get("parts", ()))]
    return frozenset(tuple(bare(way)) for way in (*says, *JOINTS))


def strange(words: list[str]) -> list[str]:
    """The words that belong to no wording of the reader's, the longest wordings taken first."""
    at, left = 0, []
    while at < len(words):
        end = next((end for end in range(len(words), at, -1) if tuple(words[at:end]) in known()), 0)
        if not end:
            left.append(words[at])
        at = end or at + 1
    return left


def patterns(data: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from patterns(value, f"{where}.{key}" if where else str(key))
    elif isinstance(data, list):
        for value in data:
            yield from patterns(value, where)


ALL = [(where, text) for where, text in patterns(dict(writing())) if where.split(".")[0] not in AROUND]


@pytest.mark.parametrize(("where", "text"), ALL, ids=[f"{where}: {text}" for where, text in ALL])
def test_the_reader_knows_every_wording_that_is_written_around_a_figure(where: str, text: str) -> None:
    assert [word for chunk in SLOT.split(text) for word in strange(bare(chunk))] == []


@pytest.mark.parametrize("kind", list(writing()["hedges"]))
def test_the_reader_takes_every_hedge_as_it_is_meant(kind: str) -> None:
    for word in writing()["hedges"][kind]:
        found = hedge_before(f"đạt {word} ", len(f"đạt {word} "))
        assert found is not None
        assert found.means == kind


def test_the_hedges_are_those_of_the_reader() -> None:
    assert set(writing()["hedges"]) == {hedge["means"] for hedge in shipped("phrases/hedges.yml")["hedges"]}
