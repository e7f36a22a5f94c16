# SPDX-License-Identifier: Apache-2.0
"""What a document says of itself (thể thức, Decree 30/2020/NĐ-CP or the Party's rules), wherever its file has it."""

from __future__ import annotations

import re

from bamsat.core.read.document import Document
from bamsat.core.terms.directive import Letterhead

_LIKE_ONE = re.compile(r"số|ngày|việt nam|m\W*ậ\W*t|k\W*h\W*ẩ\W*n|t\W*ố\W*c", re.IGNORECASE)


def letterhead(document: Document) -> Letterhead:
    """The letterhead and the signature of a loaded document; every field "" where it has none, as in the press."""
    if _LIKE_ONE.search(document.text) is None:
        return Letterhead()
    # What reads it takes a while to load; a text that can have none does not pay for it.
    from bamsat.core.read.heading.headed import headed

    return headed(document)
