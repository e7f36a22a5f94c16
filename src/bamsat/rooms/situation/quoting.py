# SPDX-License-Identifier: Apache-2.0
"""A document's own words: where a quotation stands in its text, and the sentence around a place in it."""

from __future__ import annotations

import re
import unicodedata

_END = re.compile(r"[.!?…][\"”’')]*(?=\s)|\n")  # a full stop inside a number has no space after it


def found_in(text: str, quote: str) -> tuple[int, int] | None:
    """Where these words stand in a text, whatever the spaces and line breaks between them.

    >>> found_in("Dịch bệnh  vẫn\\nphức tạp.", "bệnh vẫn phức tạp")
    (5, 23)
    """
    words = unicodedata.normalize("NFC", quote).split()
    if not words:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place in a text.

    >>> text = "Đạt 5.300 tỷ. Giá thép tăng cao. Hết."
    >>> begin, stop = sentence_at(text, 14, 17)
    >>> text[begin:stop]
    'Giá thép tăng cao.'
    """
    begin = max((found.end() for found in _END.finditer(text, 0, start)), default=0)
    after = _END.search(text, max(start, end - 1))
    stop = after.end() if after else len(text)
    while begin < stop and text[begin].isspace():
        begin += 1
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    return begin, stop
