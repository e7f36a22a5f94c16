# SPDX-License-Identifier: Apache-2.0
"""An outline's blocks in any Word document: the product's own layout or an office's template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bamsat.core.report.docx.writer import Writer
from bamsat.core.report.outline import Report


def body_elements(report: Report, package: Any, picture: Callable[[Any], bytes] | None = None) -> list[Any]:
    """The report's blocks as elements for the body of a python-docx document, to be put where they belong.

    Styles that the document lacks are added to it, pictures and the keys of the numbers too; what its office set under
    the same name stays. `picture` draws a chart's specification.
    """
    writer = Writer.into(package, picture)
    found = writer.written(report.blocks)
    writer.keep()
    return found
