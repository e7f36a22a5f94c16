# SPDX-License-Identifier: Apache-2.0
"""Old codes of Vietnamese letters (TCVN3, VNI): their tables, and a guess which one a text is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bamsat.core.terms.data import shipped

CODES = ("TCVN3", "VNI")
_SAMPLE = 20_000
_ENOUGH = 0.12  # of the syllables of a real report, about a third are on the list; of another language, none
_FEWEST_WORDS = 4  # fewer prove nothing
_OWN_LETTER = re.compile("[\u01a0-\u01b0\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Table:
    """One code: what each old character, or pair of characters, stands for."""

    name: str
    fonts: tuple[str, ...]
    capital_suffix: str
    letters: dict[str, str]
    pattern: re.Pattern[str]
    says: dict[str, str]


@lru_cache(maxsize=4)
def table(code: str) -> Table:
    """The table of a code.

    >>> table("VNI").letters["öù"]
    'ứ'
    """
    raw = shipped(f"legacy/{code.lower()}.yml")
    letters: dict[str, str] = dict(raw["letters"])
    for letter, marks in raw.get("pairs", {}).items():
        letters |= {letter + mark: said for mark, said in marks.items()}
    if "pairs" in raw:
        letters |= _with_capitals(letters)
    longest_first = sorted(letters, key=len, reverse=True)
    return Table(
        name=raw["name"],
        fonts=tuple(raw["fonts"]),
        capital_suffix=raw.get("capital_fonts_end_in", ""),
        letters=letters,
        pattern=re.compile("|".join(map(re.escape, longest_first))),
        says=raw["says"],
    )


def _with_capitals(letters: dict[str, str]) -> dict[str, str]:
    capitals = {old.upper(): new.upper() for old, new in letters.items()}
    return capitals | {old[0].upper() + old[1:]: new.upper() for old, new in letters.items()}


def of_font(font: str) -> tuple[str, bool] | None:
    """The code that a font is drawn for, and whether the font has capitals only.

    >>> of_font(".VnTimeH"), of_font("VNI-Times"), of_font("Times New Roman")
    (('TCVN3', True), ('VNI', False), None)
    """
    low = font.lower()
    for code in CODES:
        if low.startswith(table(code).fonts):
            suffix = table(code).capital_suffix
            return code, bool(suffix) and low.endswith(suffix)
    return None


def convert(text: str, code: str) -> str:
    letters = table(code).letters
    return table(code).pattern.sub(lambda match: letters[match[0]], text)


def is_converted(text: str) -> bool:
    """Whether a text has Vietnamese letters that no old code shows.

    >>> is_converted("Giá trị"), is_converted("Gi¸ trÞ")
    (True, False)
    """
    return _OWN_LETTER.search(text) is not None


def likeness(text: str) -> float:
    """How much of a text is syllables that every Vietnamese report repeats, from 0 to 1."""
    syllables = _syllables()
    words = _WORD.findall(text[:_SAMPLE].lower())
    return sum(word in syllables for word in words) / len(words) if words else 0.0


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return frozenset(word for word in shipped("legacy/syllables.yml")["syllables"] if not word.isascii())


def guess(text: str) -> str | None:
    """The old code that makes a Vietnamese text of this, or None.

    >>> guess("Gi¸ trÞ s¶n xuÊt c«ng nghiÖp n¨m 2021 ®¹t 5.300 tû ®ång")
    'TCVN3'
    >>> guess("Les échanges de l'année dernière ont augmenté") is None
    True
    """
    sample = text[:_SAMPLE]
    if len(_WORD.findall(sample)) < _FEWEST_WORDS:
        return None
    best = max(CODES, key=lambda code: likeness(convert(sample, code)))
    return best if likeness(convert(sample, best)) >= max(_ENOUGH, 2 * likeness(sample)) else None
