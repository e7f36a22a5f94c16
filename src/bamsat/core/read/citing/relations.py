# SPDX-License-Identifier: Apache-2.0
"""What a document does with one that it cites: is based on it, carries it out, amends, replaces or answers it."""

from __future__ import annotations

import re
from functools import lru_cache

from bamsat.core.read.citing.found import Draft
from bamsat.core.read.citing.words import Endings, data, ending, spelled

_REACH = 120
_MOST_BETWEEN = 6
_ARTICLES = re.compile(r"(?:(?:điểm|khoản|điều|mục)[ \u00a0][\w]{1,4},?[ \u00a0]?){1,4}$")
_LISTED = re.compile(r"[ \u00a0]*[,;)]?[ \u00a0]*(?:và|cùng)?[ \u00a0]*(?:các|của|với)?[ \u00a0]*$")
_OPENS = re.compile(r"[ \u00a0\-–+*]*căn cứ(?![^\W_])")


@lru_cache(maxsize=1)
def _verbs() -> tuple[Endings, dict[str, str]]:
    means = {way: row["means"] for row in data()["relations"] for way in spelled(row["says"])}
    return Endings.of(means), means


def relate(low: str, drafts: list[Draft]) -> None:
    """Say of each document how the citing one stands to it; those in a list stand as the first of it."""
    before: Draft | None = None
    for draft in drafts:
        if before is not None and draft.start < before.end:
            continue  # within the title of another
        draft.relation = _relation(low, draft) or _as_before(low, before, draft) or "cites"
        before = draft


def _relation(low: str, draft: Draft) -> str:
    said = low[max(0, draft.start - _REACH) : draft.start].rpartition("\n")[2]
    verbs, means = _verbs()
    for _ in range(_MOST_BETWEEN):
        said = _ARTICLES.sub("", said.rstrip(' ,:"“\u00a0'))
        at = verbs.at_end(said)
        if at is not None:
            return means[said[at:].replace("\u00a0", " ").strip(" ")]
        between = ending("between", said)
        if between is None:
            break
        said = said[:between]
    line = low[max(0, draft.start - 1500) : draft.start].rpartition("\n")[2]
    opens = _OPENS.match(line) and line.rstrip(" \u00a0").endswith(";")
    return "based_on" if opens else ""


def _as_before(low: str, before: Draft | None, draft: Draft) -> str:
    if before is None or not 0 <= draft.start - before.end < 24:
        return ""
    return before.relation if _LISTED.fullmatch(low[before.end : draft.start]) else ""
