# SPDX-License-Identifier: Apache-2.0
"""Names of bodies out of capitals: "SỞ CÔNG THƯƠNG" is Sở Công Thương."""

from __future__ import annotations

import re
from functools import lru_cache

from bamsat.core.read.citing.words import data, types
from bamsat.core.read.lexicon import place_names
from bamsat.core.terms.vietnamese import fold

_LEVELS = ("tỉnh", "thành phố", "huyện", "thị xã", "quận", "xã", "phường", "thị trấn", "đặc khu")
_LEVEL = re.compile(rf"(?:^|[ ])(?:{'|'.join(_LEVELS)}) ", re.IGNORECASE)
_SMALL = {"và", "của", "các", "về"}


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Folded name to how it is written."""
    raw = data()
    names = [*raw["bodies"], *raw["provincial"], *raw["heads"], "Văn phòng", "Ban Thường vụ", "Huyện ủy", "Đảng ủy"]
    names += [f"{head} {field}" for head in raw["of_field"] for field in raw["fields"]]
    names += [f"{head} ủy" for head in ("Tỉnh", "Thành")]
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    return found


@lru_cache(maxsize=1)
def _fields() -> list[str]:
    return sorted(data()["fields"], key=len, reverse=True)


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    return {fold(name): dated[0][0] for name, dated in place_names().items()}


def proper(line: str) -> str:
    """A body's name as a sentence writes it; as it stands where its words are not known.

    >>> proper("CÔNG TY ĐIỆN LỰC CAO BẰNG"), proper("BAN QUẢN LÝ KHU KINH TẾ TỈNH CAO BẰNG")
    ('Công ty Điện lực Cao Bằng', 'Ban Quản lý Khu kinh tế tỉnh Cao Bằng')
    >>> proper("SỞ CÔNG THƯƠNG"), proper("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"), proper("TỈNH ỦY CAO BẰNG")
    ('Sở Công Thương', 'Ủy ban nhân dân tỉnh Cao Bằng', 'Tỉnh ủy Cao Bằng')
    """
    said = " ".join(line.split())
    if not said.isupper():
        return said
    words = said.split(" ")
    for count in range(len(words), 0, -1):
        known = _known().get(fold(" ".join(words[:count])))
        if known is None:
            continue
        rest = " ".join(words[count:])
        place = _place(rest) if rest else ""
        return f"{known} {place if place is not None else _field(rest)}".strip()
    return said


def _field(rest: str) -> str:
    """The work of a body, and the place behind it: "ĐIỆN LỰC CAO BẰNG" is Điện lực Cao Bằng."""
    words = rest.split(" ")
    at = next((n for n in range(1, len(words)) if _place(" ".join(words[n:])) is not None), len(words))
    work, place = " ".join(words[:at]), " ".join(words[at:])
    known = next(
        (name for name in _fields() if fold(work) == fold(name) or fold(work).startswith(fold(name) + " ")), ""
    )
    low = work.lower()[len(known) :] if known else work.capitalize()
    return f"{known}{low} {_place(place) if place else ''}".strip()


def _place(rest: str) -> str | None:
    """The place behind a body's name."""
    low = rest.lower()
    level = next((each for each in _LEVELS if low.startswith(each + " ") or low == each), "")
    name = rest[len(level) :].strip()
    if not level and fold(name) not in _places():
        return None
    known = _places().get(fold(name)) or " ".join(word.capitalize() for word in name.split(" "))
    return f"{level} {known}".strip()


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """Folded titles of documents, and the type that each names."""
    raw = data()
    found = {fold(said): name for name, said in ((each, each) for each in types()) if not types()[name].vague}
    for said in raw["titles"]:
        first = next((name for name in types() if fold(said).startswith(fold(name) + " ")), "")
        found.setdefault(fold(said), first or said.capitalize())
    return found
