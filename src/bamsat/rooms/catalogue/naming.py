# SPDX-License-Identifier: Apache-2.0
"""Coded breakdowns and their names: "industry:C10|partner:CN" on a page, and the code that words of a report mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Code, Edition, Indicator
from bamsat.ui.words import language

_CODED = re.compile(r"[a-z][a-z0-9_-]*:[^|:]+(\|[a-z][a-z0-9_-]*:[^|:]+)*")


@dataclass(frozen=True, slots=True)
class CodeNames:
    """The names of all codes in both languages, and the codes by the words that mean them."""

    names: Mapping[str, tuple[str, str]]  # "industry:C10" -> Vietnamese, English
    codes: Mapping[str, Mapping[str, str]]  # "industry" -> folded words -> "industry:C10", "" where two codes fit

    def segment(self, segment: str) -> str:
        """The breakdown in the language of the page; free words, and codes that nobody knows, as they are."""
        if not is_coded(segment):
            return segment
        return ", ".join(self._name(part) for part in segment.split("|"))

    def coded(self, indicator: Indicator, words: str) -> str:
        """The code that these words of a report mean for the indicator; the words where none or several would fit."""
        if not words or is_coded(words):
            return words
        said = fold(words)
        found = {self.codes[name][said] for name in indicator.dimensions if said in self.codes.get(name, {})}
        return found.pop() if len(found) == 1 and "" not in found else words

    def _name(self, part: str) -> str:
        vietnamese, english = self.names.get(part, (part, ""))
        return english if language() == "en" and english else vietnamese


_kept: tuple[UUID, CodeNames] | None = None


def code_names() -> CodeNames:
    """Names of codes, from memory as long as no table changed: one small query then, three when something did."""
    global _kept  # noqa: PLW0603 - what a process knows, and of which edition of the tables
    stamp = Edition.objects.filter(pk=Edition.ONLY).values_list("stamp", flat=True).first()
    if stamp is None:
        return _read()
    if _kept is None or _kept[0] != stamp:
        _kept = (stamp, _read())
    return _kept[1]


def segment_name(segment: str, names: CodeNames | None = None) -> str:
    """A breakdown as people say it. A page that names many asks for `code_names()` once and hands it over."""
    return (names or code_names()).segment(segment) if is_coded(segment) else segment


def coded_segment(indicator: Indicator, words: str, names: CodeNames | None = None) -> str:
    """`list:code` if exactly one code of the indicator's dimensions is called so, else the words themselves."""
    if not words or not indicator.dimensions or is_coded(words):
        return words
    return (names or code_names()).coded(indicator, words)


def is_coded(segment: str) -> bool:
    return ":" in segment and _CODED.fullmatch(segment) is not None


def _read() -> CodeNames:
    """A later version of a list names a code before an earlier one; words are those of the latest version alone."""
    rows = Code.objects.select_related("codelist").order_by("order", "code")
    by_list: dict[str, list[Any]] = {}
    for row in sorted(rows, key=lambda row: _age(row.codelist)):
        by_list.setdefault(row.codelist.code, []).append(row)
    names = {f"{row.codelist.code}:{row.code}": (row.name_vi, row.name_en) for rows in by_list.values() for row in rows}
    return CodeNames(names, {code: _words(code, rows) for code, rows in by_list.items()})


def _age(codelist: Any) -> tuple[bool, str, str]:
    """Lists in the order in which they were in force; the one still in force last."""
    return (codelist.valid_to is None, str(codelist.valid_from or ""), codelist.version)


def _words(code: str, rows: list[Any]) -> dict[str, str]:
    latest = rows[-1].codelist_id
    words: dict[str, str] = {}
    for row in rows:
        if row.codelist_id == latest and row.valid_to is None:
            for said in {fold(name) for name in (row.name_vi, row.name_en, *row.other_names) if name}:
                words[said] = f"{code}:{row.code}" if said not in words else ""
    return words
