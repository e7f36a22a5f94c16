# SPDX-License-Identifier: Apache-2.0
"""What a cell of a workbook holds: a real number with the format that says it as the report does, and its note."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from bamsat.core.report.outline import Cell, Told
from bamsat.core.terms.numbers import MINUS, NUMBER, format_number, read_number

# Excel keeps the separators of its reader whatever the language of a format; LibreOffice writes 1.234,5 by this mark.
_VIETNAMESE = "[$-42A]"
_ROOM = "_ "  # as wide as a space, before the line of the next column
_MOST_WORDS = 40  # around a number; a cell with more is a sentence
_LONGEST_NOTE = 8000
_MINUSES = ("-", MINUS, "–")


@dataclass(frozen=True, slots=True)
class Number:
    """The one number of a cell, in the unit in which it is written, and the words around it ("trên", "/79 chợ")."""

    value: Decimal  # as exactly as it is known
    shown: Decimal  # as it is written
    places: int
    before: str = ""
    after: str = ""
    plus: bool = False  # written with a plus where it is above nought
    padded: bool = False  # 01 nhà máy
    estimated: bool = False

    @property
    def format(self) -> str:
        """The format by which a spreadsheet shows it as it is written: its decimals, sign and words.

        >>> Number(Decimal("68800"), Decimal("68800"), 0, before="trên ").format
        '[$-42A]"trên "#,##0_ '
        """
        body = ("00" if self.padded else "#,##0") + ("." + "0" * self.places if self.places else "")
        body = f"{_quoted(self.before)}{body}{_quoted(self.after)}{_ROOM}"
        return f"{_VIETNAMESE}+{body};-{body};{body}" if self.plus else _VIETNAMESE + body


def number_of(cell: Cell) -> Number | None:
    """The number of a cell that holds one; None of words, of several numbers and of a range ("5–10%")."""
    told = [piece for piece in cell.pieces if isinstance(piece, Told)]
    if len(told) != 1 or told[0].fact.value_high is not None:
        return None
    text, fact, at = told[0].text, told[0].fact, cell.pieces.index(told[0])
    match = NUMBER.search(text)
    read = read_number(match[0]) if match else None
    if match is None or read is None:
        return None
    before, after = text[: match.start()], text[match.end() :]
    negative, plus = before.endswith(_MINUSES), before.endswith("+")
    words = (before[:-1] if negative or plus else before, after)
    words = (
        "".join(piece.text for piece in cell.pieces[:at]) + words[0],
        words[1] + "".join(piece.text for piece in cell.pieces[at + 1 :]),
    )
    if len(words[0]) + len(words[1]) > _MOST_WORDS:
        return None
    shown = read.value.copy_negate() if negative else read.value
    value = _exact(told[0], shown, read.last_place)
    estimated = fact.status == "estimate" and "ước" not in words[0].casefold()
    return Number(value, shown, read.last_place, *words, plus=plus, padded=read.is_padded, estimated=estimated)


def _exact(told: Told, shown: Decimal, places: int) -> Decimal:
    """A computed number as exactly as it was computed; what a source gave as the source wrote it."""
    if not told.fact.derived:
        return shown
    with localcontext(prec=40):
        exact = (told.fact.value / told.fact.written[1]).copy_abs()
    exact = exact.copy_sign(shown)
    return exact if abs(exact - shown) <= Decimal(5).scaleb(-places - 1) else shown


def _quoted(words: str) -> str:
    """Words of a number format, which end at the next quotation mark."""
    return f'"{words.replace(chr(34), "”")}"' if words else ""


def note_of(cell: Cell, computed: Decimal | None = None) -> str:
    """What the note of a cell says: the entries of its numbers, their source, how it was computed.

    `computed` is what its formula would come to, where that is another number than the one told.
    """
    lines = []
    for piece in cell.pieces:
        if isinstance(piece, Told):
            lines.append(_origin(piece))
            if piece.fact.how:
                lines.append(f"Cách tính: {piece.fact.how}.")
    if computed is not None:
        lines.append(f"Tính từ các ô khác được {format_number(computed, _places(computed))}; ô giữ số của nguồn.")
    return "\n".join(lines)[:_LONGEST_NOTE]


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(4, max(0, -exponent)) if isinstance(exponent, int) else 0


def _origin(told: Told) -> str:
    source = told.fact.source
    if not told.entries:
        said = "Số máy tính, không có bút toán riêng"
        return f"{said}; nguồn: {source}." if source else f"{said}."
    entries = ", ".join(told.entries)
    return f"Bút toán {entries}; nguồn: {source}." if source else f"Bút toán {entries}."
