# SPDX-License-Identifier: Apache-2.0
"""The documents that a document cites (văn bản được viện dẫn): which, of whom, of when, about what."""

from __future__ import annotations

import re

from bamsat.core.read.citing.words import anchors
from bamsat.core.read.document import Document
from bamsat.core.terms.directive import Citation, Letterhead

_LIKE_ONE = re.compile(r"\d[ \u00a0]{0,2}[-–/][ \u00a0]{0,2}[^\W\d_]|kh[ \u00a0](?:năm|được giao|giao)")


def citations(
    document: Document, low: str, area: str | None = None, head: Letterhead | None = None
) -> tuple[Citation, ...]:
    """The documents that a loaded document cites, in order; those within another's title after it.

    `low` is its text in lower case, `area` the province it is about, `head` what it says of itself.
    """
    if not anchors(low) and _LIKE_ONE.search(low) is None:
        return ()
    # The grammar takes a while to load; a text that names no document does not pay for it.
    from bamsat.core.read.citing.cited import all_cited

    return all_cited(document, low, area, head)
