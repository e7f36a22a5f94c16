# SPDX-License-Identifier: Apache-2.0
"""Word files as Decree 30/2020/NĐ-CP lays a document out: styles, letterhead, tables, numbers with entries."""

from __future__ import annotations

from bamsat.core.report.docx.blocks import body_elements
from bamsat.core.report.docx.document import to_docx
from bamsat.core.report.docx.slips import Slip, appendix_docx, slip_docx
from bamsat.core.report.docx.tags import Tag, tags_in, without_tags

__all__ = [
    "Slip",
    "Tag",
    "appendix_docx",
    "body_elements",
    "slip_docx",
    "tags_in",
    "to_docx",
    "without_tags",
]
