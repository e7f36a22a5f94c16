# SPDX-License-Identifier: Apache-2.0
"""Numbers and symbols of documents: "841/UBND-VX", "43/2022/QĐ-UBND", "25-NQ/TU"; what their letters say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bamsat.core.read.citing.words import UPPER, Type, data, types, types_by_code

_GROUP = rf"[{UPPER}][A-Za-z{UPPER}ươêôâăđ&.]{{0,11}}[0-9]{{0,2}}"
_GAP = "[ \u00a0]{0,2}"
_DASH = rf"{_GAP}[-–—]{_GAP}"
_STATE = re.compile(
    rf"(?P<number>\d{{1,5}}[a-zA-Zđ]?){_GAP}/{_GAP}(?:(?P<year>(?:19|20)\d\d){_GAP}/{_GAP})?"
    rf"(?P<code>{_GROUP}(?:(?:{_DASH}|/)[{UPPER}0-9][A-Za-z{UPPER}ươêôâăđ&.0-9]{{0,11}}){{0,4}})"
)
_PARTY = re.compile(
    rf"(?P<number>\d{{1,5}}){_GAP}[-–]{_GAP}(?P<code>[{UPPER}][A-Za-z{UPPER}]{{0,5}}{_GAP}/{_GAP}[{UPPER}][A-Za-z{UPPER}0-9]{{0,9}}(?:[-–][{UPPER}]{{2,8}})?)"
)
_LOWER = re.compile(r"(?P<number>\d{1,5})/(?P<code>[a-zđ]{2,8}-[a-zđ]{1,8})(?![\w/-])")
_FOLLOWED = re.compile(rf"[\w/{UPPER}]")
_BEFORE = ("/", ":", ".", ",", "-", "–", "_", "#")
_AFTER_NUMBER = re.compile(r"(?<![^\W_])[Ss](?:ố|Ố)[ :.\u00a0]{0,3}$")
_SPLIT = re.compile(r"\s*[-–—/.]\s*")
_DIGITS = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number with its symbol, as written and without blanks."""

    start: int
    end: int
    text: str
    number: str
    groups: tuple[str, ...]

    @property
    def type(self) -> Type | None:
        """The type that its letters name; an official letter begins with its issuer's."""
        found = types_by_code().get(self.groups[0]) if self.groups else None
        if found is not None:
            return found
        first = _bare(self.groups[0]) if self.groups else ""
        if first in ("QH", "UBTVQH"):
            return None
        return types()["Công văn"] if first in data()["codes"] else None

    @property
    def known(self) -> bool:
        """Whether its letters are those of a document: a type or a body among them."""
        return any(group in types_by_code() or _bare(group) in data()["codes"] for group in self.groups)

    def issuer(self, area: str | None) -> str:
        """Who its letters say issued it; "" where they do not."""
        typed = bool(self.groups) and self.groups[0] in types_by_code()
        told = self.groups[1:] if typed else self.groups[:1]
        codes = data()["codes"]
        names = [codes[_bare(group)] for group in told if _bare(group) in codes]
        return "; ".join(name.replace("{area}", area or "").strip() for name in names)


def _bare(group: str) -> str:
    return _DIGITS.sub("", group)


@lru_cache(maxsize=1)
def _never() -> frozenset[str]:
    return frozenset(data()["never_codes"])


def symbols(text: str) -> Iterator[Symbol]:
    """Every number and symbol of a text, in order."""
    taken = 0
    found = sorted(
        [*_STATE.finditer(text), *_PARTY.finditer(text), *_LOWER.finditer(text)], key=lambda m: (m.start(), -m.end())
    )
    for match in found:
        if match.start() >= taken and (symbol := _symbol(text, match)) is not None:
            taken = symbol.end
            yield symbol


def _symbol(text: str, match: re.Match[str]) -> Symbol | None:
    start, end = match.span()
    before = text[start - 1 : start]
    if before and (before.isalnum() or (before in _BEFORE and not _numbered(text, start))):
        return None
    said = match[0].rstrip(".&")
    end = start + len(said)
    code = match["code"].rstrip(".&")
    groups = tuple(group for group in _SPLIT.split(code) if group)
    if match["code"].islower():
        groups = tuple(group.upper() for group in groups)
    symbol = Symbol(start, end, _plain(said), match["number"], groups)
    if not groups or any(group in _never() for group in groups[:1]) or _FOLLOWED.match(text, end):
        return None
    return symbol if symbol.known or len(groups) > 1 or _numbered(text, start) else None


def _numbered(text: str, start: int) -> bool:
    return _AFTER_NUMBER.search(text, max(0, start - 6), start) is not None


def _plain(said: str) -> str:
    """The symbol without blanks and with plain hyphens."""
    return re.sub(r"\s+", "", said).replace("–", "-").replace("—", "-")
