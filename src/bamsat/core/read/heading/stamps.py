# SPDX-License-Identifier: Apache-2.0
"""Marks of urgency and secrecy: a stamp on a line of its own, or behind the words "Độ khẩn", "Độ mật"."""

from __future__ import annotations

import re
from functools import lru_cache

from bamsat.core.read.citing.words import data, spelled

_SPLIT = re.compile(r"[^\w]+|_+")
_COPY = re.compile(r"(?i)\b(?:bản|bản số|số bản|số)[ \u00a0]*:?[ \u00a0]*(?:số[ \u00a0]*:?)?[ \u00a0]*\d*[ \u00a0]*$")
_LEVEL = re.compile(
    r"(?i)(?:^|[^\w])(?:mức |dấu chỉ |dấu )?độ[ \u00a0]+(?P<what>mật|khẩn)[ \u00a0]*:[ \u00a0]*(?P<said>[^;|\n]{1,40})"
)
_LONGEST = 60
_MOST_WORDS = 8


@lru_cache(maxsize=1)
def _marks() -> dict[str, tuple[str, str]]:
    """Each mark without blanks, in capitals: which field and what it means."""
    found: dict[str, tuple[str, str]] = {}
    for field in ("urgency", "secrecy"):
        for means, says in data()[field].items():
            for way in spelled(says):
                found[way.replace(" ", "").upper()] = (field, means)
    return found


def stamps(line: str) -> dict[str, str]:
    """The marks that a line is made of; {} where it says anything else.

    >>> stamps("M Ậ T"), stamps("[TỐI MẬT] - HỎA TỐC"), stamps("MẬT ONG"), stamps("Mật")
    ({'secrecy': 'mat'}, {'secrecy': 'toi_mat', 'urgency': 'hoa_toc'}, {}, {})
    """
    if len(line) > _LONGEST:
        return {}
    line = _COPY.sub("", line) if len(line) > 6 else line
    words = [word for word in _SPLIT.split(line) if word]
    if not words or len(words) > 12 or any(not word.isupper() for word in words):
        return {}
    return _read(words) or {}


def _read(words: list[str]) -> dict[str, str] | None:
    """Marks one after the other, letters apart or not; None where anything is left over."""
    left, found = "".join(words), dict[str, str]()
    names = sorted(_marks(), key=len, reverse=True)
    while left:
        name = next((each for each in names if left.startswith(each)), None)
        if name is None:
            return None
        field, means = _marks()[name]
        found.setdefault(field, means)
        left = left[len(name) :]
    return found


_BEHIND = re.compile(
    r"[ \u00a0(\[]+(?P<mark>(?:(?:TỐI|TUYỆT)[ \u00a0]+)?M[ \u00a0]?Ậ[ \u00a0]?T|HỎA TỐC|HOẢ TỐC|(?:THƯỢNG )?KHẨN)"
    r"[)\]. \u00a0]*$"
)
_OF_SECRETS = ("BẢO", "BÍ", "CƠ", "VỀ", "MÃ")  # "BẢO MẬT" is a word


def at_end(line: str) -> tuple[str, dict[str, str]]:
    """A line without the mark at its end, and that mark: "Số: 05/KH-UBND (TỐI MẬT)", "SỞ CÔNG THƯƠNG    MẬT".

    >>> at_end("Số: 5/KH-UBND (MẬT)"), at_end("PHÒNG BẢO MẬT")
    (('Số: 5/KH-UBND', {'secrecy': 'mat'}), ('PHÒNG BẢO MẬT', {}))
    """
    match = _BEHIND.search(line)
    if match is None:
        return line, {}
    bare = line[: match.start()]
    found = {} if bare.split()[-1:] and bare.split()[-1] in _OF_SECRETS else stamps(match["mark"])
    return (bare, found) if found else (line, {})


def levels(line: str) -> dict[str, str]:
    """What a line such as "Độ mật: Tối mật" says; a line that lists several levels explains them and marks nothing.

    >>> levels("Độ mật: Tối mật"), levels("Độ khẩn: Hỏa tốc; Độ mật: Không"), levels("Độ mật: Mật, Tối mật, Tuyệt mật")
    ({'secrecy': 'toi_mat'}, {'urgency': 'hoa_toc'}, {})
    """
    found: dict[str, str] = {}
    if len(line) > 2 * _LONGEST:
        return found
    for match in _LEVEL.finditer(line):
        words = [word for word in _SPLIT.split(match["said"].upper()) if word]
        if len(words) <= _MOST_WORDS:
            read = _marks().get("".join(words))
            if read is not None and read[0] == ("secrecy" if match["what"].lower() == "mật" else "urgency"):
                found[read[0]] = read[1]
    return found
