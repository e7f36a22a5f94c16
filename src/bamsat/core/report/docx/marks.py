# SPDX-License-Identifier: Apache-2.0
"""WordprocessingML, written as text and parsed once: escaping, lengths, runs and paragraphs."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import parse_xml

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
W = "{" + NAMESPACES["w"] + "}"
DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
EMU_A_MM = 36_000

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_SIGN = re.compile("([\t\n])")
_SIGNS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def escaped(text: str) -> str:
    """Text as XML may hold it: marks escaped, characters that XML forbids left out.

    >>> escaped("a < b\\x07 & c")
    'a &lt; b &amp; c'
    """
    return cleaned(text).translate(_ESCAPED)


def cleaned(text: str) -> str:
    """Text without the characters that XML forbids."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def twips(millimetres: float) -> int:
    """Twentieths of a point.

    >>> twips(210), twips(297)
    (11906, 16838)
    """
    return round(millimetres * 1440 / 25.4)


def run(text: str, style: str = "", settings: str = "") -> str:
    """Words of one look: a character style and further settings (`<w:b/>`)."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    looks = f"<w:rPr>{named}{settings}</w:rPr>" if named or settings else ""
    if "\t" not in text and "\n" not in text:
        return f'<w:r>{looks}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
    pieces = (
        _SIGNS.get(piece) or f'<w:t xml:space="preserve">{escaped(piece)}</w:t>'
        for piece in _SIGN.split(text.replace("\r", ""))
        if piece
    )
    return f"<w:r>{looks}{''.join(pieces)}</w:r>"


def paragraph(content: str, style: str, settings: str = "") -> str:
    """A paragraph of a style; `settings` stand in the order of the standard, after the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{settings}</w:pPr>{content}</w:p>'


def line(text: str, style: str, settings: str = "") -> str:
    """A paragraph of plain words."""
    return paragraph(run(text), style, settings)


def elements(markup: str) -> list[Any]:
    """The elements that a piece of markup says, of python-docx's own classes."""
    return list(parse_xml(f"<w:body {DECLARED}>{markup}</w:body>"))
