# SPDX-License-Identifier: Apache-2.0
"""The first sheet of a workbook as rows of values, taken apart by a limited process: two cells far apart ask a reader
of workbooks for more memory than the machine has, and it does not survive being refused."""

from __future__ import annotations

import io
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bamsat.core.read.loaders.archive import check_members, open_archive
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.safely import answer, apart
from bamsat.core.terms.errors import FileUnreadable

SECONDS, MEGABYTES = 60, 1024
MOST_CELLS = 1_000_000

Value = str | float | bool | date


def first_sheet(data: bytes, name: str, from_corner: bool = False) -> list[list[Value]]:
    """Its rows from the first that says something, or from A1; FileUnreadable with the reason where there are none."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as kept:
        kept.write(data)
        kept.flush()
        said = apart(__name__, Path(kept.name), name, SECONDS, MEGABYTES)
    rows: list[list[Value]] = [[_value(cell) for cell in row] for row in said["rows"]]
    if not from_corner:
        return rows
    blank: list[Value] = [""] * said["left"]
    return [*([] for _ in range(said["top"])), *([*blank, *row] for row in rows)]


def _value(cell: Any) -> Value:
    return date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell


# What the limited process does.


def _work(path: Path, name: str) -> dict[str, Any]:
    data = path.read_bytes()
    with open_archive(data, name) as archive:
        check_members(archive, name)
    try:
        return _opened(data, name)
    except (FileUnreadable, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        raise unreadable(name, "truncated") from error


def _opened(data: bytes, name: str) -> dict[str, Any]:
    import python_calamine as calamine

    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        sheet = book.get_sheet_by_index(0)
        top, left = sheet.start or (0, 0)
        if (top + sheet.height) * (left + sheet.width) > MOST_CELLS:
            raise unreadable(name, "too_large", f"hơn {MOST_CELLS} ô", f"over {MOST_CELLS} cells")
        rows = sheet.to_python(skip_empty_area=True) if sheet.height else []
    return {"top": top, "left": left, "rows": [[_as_json(cell) for cell in row] for row in rows]}


def _as_json(cell: Any) -> Any:
    if isinstance(cell, (datetime, date)):
        return {"day": cell.strftime("%Y-%m-%d")}
    return cell if isinstance(cell, (str, float, int, bool)) else str(cell)


if __name__ == "__main__":
    answer(_work, *sys.argv[1:])
