# SPDX-License-Identifier: Apache-2.0
"""The submission slip of a report: what is submitted, its main numbers, room for opinions and signatures."""

from __future__ import annotations

from datetime import date

from bamsat.core.report.docx.slips import Slip, slip_docx
from bamsat.core.report.outline import Frame, Paragraph, Told
from bamsat.rooms.reports.models import Report, Version
from bamsat.rooms.reports.outputs import outline_of

_MOST = 4  # sentences with numbers that sum the report up


def slip_of(report: Report, version: Version, today: date) -> bytes:
    """The slip as a Word file; numbers in it carry their entries as those of the report do."""
    frame, summary = Frame(), tuple[Paragraph, ...]()
    if version.outline:
        outline, _lacking = outline_of(version)
        frame = outline.frame
        summary = tuple(
            block
            for block in outline.blocks
            if isinstance(block, Paragraph)
            and block.style in ("body", "item")
            and any(isinstance(piece, Told) for piece in block.pieces)
        )[:_MOST]
    place = frame.place or report.place.name
    return slip_docx(
        Slip(
            parent=frame.organ, place=place, day=today, matter=report.title, addressee=("Lãnh đạo Sở",),
            summary=summary, enclosed=(f"Dự thảo: {report.title}",),
        )
    )  # fmt: skip
