# SPDX-License-Identifier: Apache-2.0
"""Delimited text (.csv, .tsv): the delimiter is the sign that cuts most lines alike."""

from __future__ import annotations

import csv
import io
from collections import Counter

from bamsat.core.read.document import Document
from bamsat.core.read.loaders import limits
from bamsat.core.read.loaders.assembly import Assembly, Slot
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.plain_text import decode, old_code
from bamsat.core.read.loaders.sheets import add_sheet, column_name

_DELIMITERS = ";\t,|"
_SAMPLE_LINES = 60
_LONGEST_FIELD = 200_000


def read(data: bytes, name: str) -> Document:
    """Read a .csv file."""
    text, notice = decode(data, name)
    assembly = Assembly(name, "csv", old_code(text))
    if notice:
        assembly.notices.append(notice)
    text, delimiter = _said_delimiter(text)
    csv.field_size_limit(_LONGEST_FIELD)
    rows: list[list[Slot | None]] = []
    cells = 0
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter or sniff(text)), 1):
            cells += len(fields)
            if cells > limits.MOST_CELLS:
                raise unreadable(name, "too_large", "quá nhiều ô", "too many cells")
            rows.append(
                [Slot(said, at=f"{column_name(col)}{number}") if said else None for col, said in enumerate(fields)]
            )
    except csv.Error as error:
        raise unreadable(name, "truncated", f", ở dòng {len(rows) + 1}", f", at line {len(rows) + 1}") from error
    add_sheet(assembly, rows, "")
    return assembly.finish()


def _said_delimiter(text: str) -> tuple[str, str]:
    """Excel writes its delimiter on a first line of its own: sep=;"""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first.strip()[4]
    return text, ""


def sniff(text: str) -> str:
    """The delimiter of a text.

    >>> sniff("Chỉ tiêu;Năm 2021\\nXuất khẩu;28,85\\nBán lẻ;44.767,5")
    ';'
    """
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        if not widths:
            continue
        width, times = widths.most_common(1)[0]
        # A comma also stands inside numbers and sentences, so alike lines weigh more than many columns.
        score = times / len(lines) + min(width, 12) / 100
        if score > best_score:
            best, best_score = delimiter, score
    return best
