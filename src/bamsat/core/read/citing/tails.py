# SPDX-License-Identifier: Apache-2.0
"""What follows the name or number of a cited document: its day, who issued it, what it is about."""

from __future__ import annotations

import re

from bamsat.core.read.citing.bodies import Body, bodies_at
from bamsat.core.read.citing.dates import day_at, year_at
from bamsat.core.read.citing.found import Draft
from bamsat.core.read.citing.titles import Passage, title_end
from bamsat.core.read.citing.words import BLANK, starting

_GAP = re.compile(
    r"[ \u00a0]*(?:,[ \u00a0]*(?:tại[ \u00a0])?kỳ họp[ \u00a0]thứ[ \u00a0][^\s,;.]{1,12})?[ \u00a0]*(?:[,(][ \u00a0]*)?"
)
_OF = re.compile(rf"(?:của|do){BLANK}+")
_BARE_ABOUT = re.compile(rf"(?:về việc|về|v/v){BLANK}*:?{BLANK}*")
_MARKED = ("về", "v/v")
_MOST_PARTS = 7
_THEIRS = re.compile(rf"{BLANK}(?:ban hành|ký)(?=[ ,.;)]|$)")


def read_tail(passage: Passage, draft: Draft, limit: int, year: int | None) -> None:
    """Read on behind a document's name or number and fill what is found into it."""
    at = draft.end
    for _ in range(_MOST_PARTS):
        gap = _GAP.match(passage.low, at, limit)
        assert gap is not None
        here, apart = gap.end(), "," in gap[0] and "kỳ họp" not in gap[0]
        bracket = "(" in gap[0]
        if here >= limit:
            return
        after = _part(passage, draft, here, limit, year, apart)
        if after is None:
            return
        if bracket and passage.text[after : after + 1] == ")":
            after += 1
        at = draft.end = after
        if draft.about:
            return


def _part(passage: Passage, draft: Draft, at: int, limit: int, year: int | None, apart: bool) -> int | None:
    low = passage.low
    if draft.date is None:
        if day := day_at(low, at, limit, year, bare=True):
            end, draft.date, guessed = day[0], day[1] or None, day[2]
            if guessed and draft.date:
                draft.inferred.append("date")
            return end
        if not apart and (told := year_at(low, at, limit)):
            draft.date = told[1]
            return told[0]
    if not draft.bodies and (found := _issuers(passage, at, limit, apart)):
        draft.bodies, end = found
        return end
    if opened := _about(passage, draft, at, limit, apart):
        return opened
    return None


def _issuers(passage: Passage, at: int, limit: int, apart: bool) -> tuple[list[Body], int] | None:
    of = _OF.match(passage.low, at, limit)
    if of is None and (apart or not passage.text[at].isupper()):
        return None
    found = bodies_at(passage.text, of.end() if of else at, limit, unnamed=of is not None)
    if found is None:
        return None
    if of is None:
        found = found[0][:1], found[0][0].end
    theirs = _THEIRS.match(passage.low, found[1], limit)
    return found[0], theirs.end() if theirs and of and of[0].startswith("do") else found[1]


def _about(passage: Passage, draft: Draft, at: int, limit: int, apart: bool) -> int | None:
    quoted = passage.text[at] in '"“'
    opens = starting("opens_title").match(passage.low, at, limit)
    if opens is not None and passage.low.startswith("ban hành kèm theo", at):
        return None
    if not quoted and (opens is None or (apart and not opens[0].startswith(_MARKED))):
        return None
    end = title_end(passage, at, limit)
    bare = _BARE_ABOUT.match(passage.low, at, limit)
    begin = bare.end() if bare else at
    if end <= begin:
        return None
    draft.about = told(passage.text[begin:end])
    return end


def told(words: str) -> str:
    """Words of a title on one line, without the marks around them."""
    words = " ".join(words.split())
    return words.strip('"“” ') if words.count('"') + words.count("“") <= 1 or words[:1] in '"“' else words
