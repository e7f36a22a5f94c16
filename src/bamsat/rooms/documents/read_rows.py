# SPDX-License-Identifier: Apache-2.0
"""What the reader hands over, as rows of tables: figures, statements, documents cited, instructions, the layout."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bamsat.rooms.documents.models import (
    Document,
    FigureState,
    ReadCitation,
    ReadFigure,
    ReadInstruction,
    ReadStatement,
)

if TYPE_CHECKING:
    from bamsat.core.read.document import Cell, Table
    from bamsat.core.terms.directive import Citation, Instruction
    from bamsat.core.terms.figure import Figure, Statement

MOST_DIGITS = 60


def layout_of(blocks: Any, tables: tuple[Table, ...]) -> dict[str, Any]:
    """Blocks and tables as lists that JSON can hold, for the reading page."""
    return {
        "blocks": [
            {"kind": b.kind, "start": b.start, "end": b.end, "at": b.at, "level": b.level} for b in blocks
        ],
        "tables": [
            {
                "start": table.start, "end": table.end, "at": table.at, "caption": table.caption,
                "rows": [[_cell(cell) for cell in row] for row in table.rows],
            }
            for table in tables
        ],
    }  # fmt: skip


def _cell(cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {"row": cell.row, "col": cell.col, "start": cell.start, "end": cell.end, "text": cell.text, "at": cell.at}


def fits(figure: Figure) -> bool:
    """Whether its numbers have room in their columns; eighty digits in a row are a nuisance, not a figure."""
    numbers = (figure.value, figure.value_high, figure.of, figure.lower, figure.upper)
    return all(len(plain(number)) <= MOST_DIGITS for number in numbers)


def figure_row(document: Document, ordinal: int, figure: Figure) -> ReadFigure:
    return ReadFigure(
        document=document, ordinal=ordinal, as_read=figure.as_json(),
        state=FigureState.DOUBT if figure.doubt else FigureState.WAITING,
        start=figure.start, end=figure.end, number=figure.number[:300], label=figure.label[:500],
        indicator=figure.indicator[:160], segment=(figure.segment or "")[:300], measure=figure.measure,
        value_text=plain(figure.value), value_high=plain(figure.value_high), of=plain(figure.of), unit=figure.unit[:60],
        lower=plain(figure.lower), upper=plain(figure.upper), status=figure.status, hedge=figure.hedge or "",
        area=(figure.area or "")[:200], period=figure.period or "", base=figure.base or "",
        price_basis=figure.price_basis or "", inferred=list(figure.inferred), doubt=figure.doubt or "",
        at=figure.at[:200],
    )  # fmt: skip


def statement_row(document: Document, ordinal: int, said: Statement) -> ReadStatement:
    return ReadStatement(
        document=document, ordinal=ordinal, start=said.start, end=said.end, text=said.text,
        indicator=(said.indicator or "")[:160], sign=said.sign, period=said.period or "", base=said.base or "",
        at=said.at[:200],
    )  # fmt: skip


def citation_row(document: Document, ordinal: int, said: Citation) -> ReadCitation:
    return ReadCitation(
        document=document, ordinal=ordinal, as_read=said.as_json(), start=said.start, end=said.end, text=said.text,
        kind=said.kind, type=said.type[:60], symbol=(said.symbol or "")[:80], date=(said.date or "")[:10],
        issuer=(said.issuer or "")[:300], about=said.about, relation=said.relation,
    )  # fmt: skip


def instruction_row(document: Document, ordinal: int, said: Instruction) -> ReadInstruction:
    return ReadInstruction(
        document=document, ordinal=ordinal, as_read=said.as_json(), start=said.start, end=said.end, text=said.text,
        kind=said.kind, who=said.who[:300], what=said.what, time=said.time, by_when=(said.by_when or "")[:300],
        due=day(said.due or ""), said_by=(said.said_by or "")[:300], at=said.at[:200],
    )  # fmt: skip


def plain(value: Any) -> str:
    """A Decimal without an exponent, which would not be read back by people; nothing for None.

    >>> from decimal import Decimal
    >>> plain(Decimal("5.3E+12")), plain(Decimal("12.770")), plain(None)
    ('5300000000000', '12.77', '')
    """
    if value is None:
        return ""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
