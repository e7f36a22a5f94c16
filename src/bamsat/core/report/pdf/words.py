# SPDX-License-Identifier: Apache-2.0
"""Words as paper takes them: no signs that cannot be seen, and none for which the typefaces have no letter."""

from __future__ import annotations

import re

# Signs that no page shows, and the halves of signs that are no characters at all.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U0010ffff]"
)


def clean(text: str) -> str:
    """The text without signs that a page cannot hold; nothing else of it is changed.

    >>> clean("tăng\\x00 12,77%"), clean("#eval($x$) <b>")
    ('tăng 12,77%', '#eval($x$) <b>')
    """
    return _UNSEEN.sub("", text)


def known(text: str) -> str:
    """The text with letters of other scripts, pictures and unassigned signs replaced by "?"."""
    return "".join(letter if _drawable(letter) else "?" for letter in text)


def _drawable(letter: str) -> bool:
    code = ord(letter)
    return (
        code < 0x250
        or 0x300 <= code < 0x370
        or 0x1E00 <= code < 0x1F00
        or 0x2010 <= code < 0x2060
        or letter in "\u20ab\u2212\u2103"
    )
