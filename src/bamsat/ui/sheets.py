# SPDX-License-Identifier: Apache-2.0
"""Tables that leave the house as files: in one way, so that no spreadsheet runs a word as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

MARK = "\ufeff"  # at the front of a CSV file, by which spreadsheets know Vietnamese letters
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A workbook in which words are words: a name that begins with "=" is no formula, and an address no link.
WORDS_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: Any) -> str:
    """A cell of CSV; words that a spreadsheet would take for a formula begin with an apostrophe, numbers do not.

    >>> harmless("=1+1"), harmless("- Khai khoáng"), harmless("-1.234,5"), harmless("+12,77%"), harmless(None)
    ("'=1+1", "'- Khai khoáng", '-1.234,5', '+12,77%', '')
    """
    text = "" if cell is None else str(cell)
    if not text.startswith(_LIKE_A_FORMULA):
        return text
    is_number = text[0] in "+-" and text[1:].rstrip("%").replace(".", "").replace(",", "").isdecimal()
    return text if is_number else f"'{text}"


def as_it_was(text: str) -> str:
    """The words of a cell that `harmless` wrote.

    >>> as_it_was("'=1+1"), as_it_was("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(_LIKE_A_FORMULA) else text


def csv_line(cells: Iterable[Any], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def as_csv(rows: Iterable[Iterable[Any]], delimiter: str = ",") -> bytes:
    """A whole CSV file."""
    return (MARK + "".join(csv_line(row, delimiter) for row in rows)).encode()
