# SPDX-License-Identifier: Apache-2.0
"""Reads a whole document, grammar included, in a process of its own: whoever sends a file may be nobody we know."""

from __future__ import annotations

import sys
import traceback
from dataclasses import astuple, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.safely import answer, apart, as_json, from_json
from bamsat.core.terms.directive import Citation, Condition, Instruction, Letterhead
from bamsat.core.terms.figure import Figure, Reading, Statement

SECONDS = 60
MEGABYTES = 1536
MOST_CHARACTERS = 10_000_000
MOST_LINES = 50_000  # outside tables; a thousand pages of reports have half as many
MOST_CELLS = 400_000
MOST_FIGURES = 20_000
_NUMBERS = ("value", "value_high", "of", "lower", "upper")


class ReaderBroke(Exception):
    """A fault of the program while it read; says its kind and its lines, never the words it was reading."""


def read_apart(path: Path, name: str | None = None, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Reading:
    """`read`, where a file that hangs, floods or crashes the reader costs a FileUnreadable and nothing else."""
    said = apart(__name__, path, name or path.name, seconds, megabytes)
    if "fault" in said:
        raise ReaderBroke(said["fault"])
    return Reading(
        from_json(said["document"]),
        tuple(_figure(row) for row in said["figures"]),
        tuple(Statement(*row) for row in said["statements"]),
        said["area"],
        said["period"],
        _letterhead(said["letterhead"]),
        tuple(Citation(**row | {"inferred": tuple(row["inferred"])}) for row in said["citations"]),
        tuple(_instruction(row) for row in said["instructions"]),
    )


def _instruction(row: dict[str, Any]) -> Instruction:
    told = row | {name: tuple(row[name]) for name in ("supporting", "indicators", "inferred")}
    if row["condition"]:
        told["condition"] = Condition(**row["condition"] | {"value": Decimal(row["condition"]["value"])})
    return Instruction(**told)


def _asked(instruction: Instruction) -> dict[str, Any]:
    """As it goes over the border: a condition's value to the last digit."""
    row, condition = instruction.as_json(), instruction.condition
    return row if condition is None else row | {"condition": row["condition"] | {"value": str(condition.value)}}


def _letterhead(row: dict[str, Any] | None) -> Letterhead | None:
    if row is None:
        return None
    spans = tuple((str(name), int(start), int(end)) for name, start, end in row["spans"])
    return Letterhead(**row | {"recipients": tuple(row["recipients"]), "spans": spans})


def _figure(row: list[Any]) -> Figure:
    told = dict(zip((field.name for field in fields(Figure)), row, strict=True))
    told |= {name: None if told[name] is None else Decimal(told[name]) for name in _NUMBERS}
    return Figure(**told | {"inferred": tuple(told["inferred"])})


def _work(path: Path, name: str) -> dict[str, Any]:
    # The grammar takes a while to load; only the process that reads pays for it.
    from bamsat.core.read.loaders import load
    from bamsat.core.read.reader import figures
    from bamsat.core.terms.errors import FileUnreadable

    try:
        document = load(path, name)
        if "\0" in document.text:
            document = from_json(_without_nul(as_json(document)))
        _check("ký tự", "characters", len(document.text), MOST_CHARACTERS, name)
        _check("dòng", "lines", sum(block.kind != "cell" for block in document.blocks), MOST_LINES, name)
        _check("ô", "cells", sum(len(row) for table in document.tables for row in table.rows), MOST_CELLS, name)
        reading = figures(document)
        _check("số liệu", "figures", len(reading.figures), MOST_FIGURES, name)
    except (FileUnreadable, MemoryError):
        raise
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)[-4:]
        where = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
        return {"fault": f"{type(error).__name__} ({where})"}
    return {
        "document": as_json(document),
        "figures": [[str(each) if isinstance(each, Decimal) else each for each in astuple(f)] for f in reading.figures],
        "statements": [astuple(statement) for statement in reading.statements],
        "area": reading.area,
        "period": reading.period,
        "letterhead": reading.letterhead.as_json() if reading.letterhead else None,
        "citations": [citation.as_json() for citation in reading.citations],
        "instructions": [_asked(instruction) for instruction in reading.instructions],
    }


def _without_nul(said: Any) -> Any:
    """The same with a space for each NUL, which PostgreSQL does not keep; spans stay where they are."""
    if isinstance(said, str):
        return said.replace("\0", " ")
    if isinstance(said, dict):
        return {name: _without_nul(each) for name, each in said.items()}
    return [_without_nul(each) for each in said] if isinstance(said, (list, tuple)) else said


def _check(vi: str, en: str, count: int, most: int, name: str) -> None:
    """More than a page can show is no report; the pages would stand still for everybody."""
    if count > most:
        raise unreadable(name, "too_large", f"có {count} {vi}, nhiều hơn {most}", f"{count} {en}, more than {most}")


if __name__ == "__main__":
    answer(_work, *sys.argv[1:])
