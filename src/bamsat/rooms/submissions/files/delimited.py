# SPDX-License-Identifier: Apache-2.0
"""A form saved as CSV: words only, divided by semicolons, commas or tabs, in the encodings that Excel writes."""

from __future__ import annotations

import csv
import io
from typing import Any

from bamsat.core.read.loaders.limits import unreadable
from bamsat.ui.sheets import as_it_was

MOST_LINES, MOST_WIDTH, MOST_TEXT = 20_000, 500, 2_000


def sheet(data: bytes, name: str) -> dict[str, Any]:
    """The one sheet of a delimited file."""
    text = _decoded(data, name)
    delimiter = max(";\t,", key=text[:20_000].count)
    rows = []
    try:
        for line in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append([as_it_was(cell)[:MOST_TEXT] for cell in line[:MOST_WIDTH]])
            if len(rows) > MOST_LINES:
                raise unreadable(name, "too_large", f"hơn {MOST_LINES} dòng", f"over {MOST_LINES} lines")
    except csv.Error as error:
        raise unreadable(name, "truncated") from error
    return {"name": "CSV", "top": 0, "left": 0, "rows": rows}


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise unreadable(name, "wrong_type", "không phải tệp bảng tính", "is no workbook")
    for encoding in ("utf-8-sig", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")
