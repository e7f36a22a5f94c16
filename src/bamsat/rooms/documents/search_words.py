# SPDX-License-Identifier: Apache-2.0
"""What somebody typed into the search field, as words to look for: never as a language that could be wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bamsat.core.terms.vietnamese import fold

MOST_GROUPS = 16  # more words than anybody searches for cost more than they find
LONGEST = 250  # letters of a word; PostgreSQL refuses one of two thousand bytes, and no language has one
SHORTEST_PREFIX = 3  # beginnings of two letters are those of half of all words
_WORD = re.compile(r"[^\W_]+")
_QUOTES = '"“”„«»'
_PARTS = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|([^\s{_QUOTES}]+)")


@dataclass(frozen=True, slots=True)
class Group:
    """Words that must follow one another; with `begins`, the last is the beginning of a word."""

    words: tuple[str, ...]
    begins: bool = False


def words_of(text: str) -> list[str]:
    """The words of a text as the index has them: without case, tones, marks and noughts before a number.

    >>> words_of("Công văn số 07/UBND-VX"), words_of("Điều 12, khoản 3")
    (['cong', 'van', 'so', '7', 'ubnd', 'vx'], ['dieu', '12', 'khoan', '3'])
    """
    return [word.lstrip("0") or "0" if word.isdecimal() else word for word in _WORD.findall(fold(text))]


def groups_of(typed: str) -> tuple[Group, ...]:
    """What has to be found, each group somewhere: a symbol keeps its parts together, quotation marks keep a phrase.

    >>> [group.words for group in groups_of('841/UBND-VX "tiêu thụ nông sản" na rì')]
    [('841', 'ubnd', 'vx'), ('tieu', 'thu', 'nong', 'san'), ('na',), ('ri',)]
    >>> groups_of("công thươ")[-1], groups_of('"nông sản"')[-1].begins, groups_of("( * : ^ NEAR")
    (Group(words=('thuo',), begins=True), False, (Group(words=('near',), begins=True),))
    """
    found: list[Group] = []
    for quoted, bare in _PARTS.findall(typed.replace("\0", " ")):
        words = tuple(word[:LONGEST] for word in words_of(quoted or bare))
        if words:
            found.append(Group(words, begins=not quoted))
    found = found[:MOST_GROUPS]
    return tuple(
        Group(group.words, group.begins and at == len(found) - 1 and len(group.words[-1]) >= SHORTEST_PREFIX)
        for at, group in enumerate(found)
    )


def for_fts5(groups: tuple[Group, ...], head: bool = False) -> str:
    """The question as SQLite's FTS5 asks it; words are letters and digits alone, so nothing in them is an operator.

    >>> for_fts5(groups_of("841/ubnd-vx nông thô"))
    '("841 ubnd vx") AND ("nong") AND ("tho" *)'
    """
    asked = " AND ".join(f'("{" ".join(group.words)}"{" *" if group.begins else ""})' for group in groups)
    return f"head : ({asked})" if head else asked


def for_postgresql(groups: tuple[Group, ...], head: bool = False) -> str:
    """The same as the text of a tsquery; the head's words bear weight A.

    >>> for_postgresql(groups_of("841/ubnd-vx thô"), head=True)
    "('841':A <-> 'ubnd':A <-> 'vx':A) & ('tho':*A)"
    """
    weight = "A" if head else ""

    def told(group: Group) -> str:
        last = len(group.words) - 1
        marks = ["*" if group.begins and at == last else "" for at in range(last + 1)]
        each = (
            f"'{word}'" + (f":{mark}{weight}" if mark or weight else "")
            for word, mark in zip(group.words, marks, strict=True)
        )
        return f"({' <-> '.join(each)})"

    return " & ".join(told(group) for group in groups)
