# SPDX-License-Identifier: Apache-2.0
"""What a document does with one that it cites: is based on it, carries it out, amends, replaces or answers it."""

from __future__ import annotations

import re
from functools import lru_cache

from bamsat.core.read.citing.found import Draft
from bamsat.core.read.citing.words import BLANK, data, pattern_of

_REACH = 120
_LISTED = re.compile(r"[ \u00a0]*[,;)]?[ \u00a0]*(?:và|cùng)?[ \u00a0]*(?:các|của|với)?[ \u00a0]*$")
_OPENS = re.compile(r"[ \u00a0\-–+*]*căn cứ(?![^\W_])")


@lru_cache(maxsize=1)
def _verbs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    between = pattern_of(data()["between"])
    return tuple(
        (
            row["means"],
            re.compile(
                rf"(?<![^\W_])(?:{pattern_of(row['says'])})(?:{BLANK}*,?{BLANK}+(?:{between})(?![^\W_])){{0,5}}{BLANK}*:?{BLANK}*[\"“]?$"
            ),
        )
        for row in data()["relations"]
    )


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
    for means, pattern in _verbs():
        if pattern.search(said):
            return means
    line = low[max(0, draft.start - 1500) : draft.start].rpartition("\n")[2]
    opens = _OPENS.match(line) and line.rstrip(" \u00a0").endswith(";")
    return "based_on" if opens else ""


def _as_before(low: str, before: Draft | None, draft: Draft) -> str:
    if before is None or not 0 <= draft.start - before.end < 24:
        return ""
    return before.relation if _LISTED.fullmatch(low[before.end : draft.start]) else ""
