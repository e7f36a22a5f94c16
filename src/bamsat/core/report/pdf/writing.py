# SPDX-License-Identifier: Apache-2.0
"""The PDF of a report, typeset by a program of ours that takes its words as data and opens nothing but our charts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import typst

from bamsat.core.report.outline import Report
from bamsat.core.report.pdf.data import report_data
from bamsat.core.report.pdf.words import clean, known

_HERE = Path(__file__).parent


def to_pdf(report: Report, address: Callable[[str], str] | None = None) -> bytes:
    """The report as PDF/A-2a and PDF/UA-1. With `address`, each number links to the page of its first ledger entry."""
    data = _each(report_data(report, address), clean)
    with TemporaryDirectory(prefix="bamsat-pdf-") as folder:
        _put_pictures(data, Path(folder))
        try:
            return _compiled(data, folder)
        except typst.TypstError:
            # A letter for which no typeface here has a form (a picture, another script) is shown as "?".
            return _compiled(_each(data, known), folder)


def _put_pictures(data: dict[str, Any], folder: Path) -> None:
    """Charts as files in a folder of their own, the only one that the program can see."""
    blocks = [*data["blocks"], *(block for appendix in data["appendices"] for block in appendix["blocks"])]
    for place, block in enumerate(block for block in blocks if block["is"] == "chart"):
        block["picture"] = f"{place}.png"
        (folder / block["picture"]).write_bytes(block.pop("drawn"))


def _compiled(data: dict[str, Any], folder: str) -> bytes:
    made = None
    if data["date"]:
        year, month, day = data["date"]
        made = int(datetime(year, month, day, tzinfo=UTC).timestamp())
    return cast(
        bytes,
        typst.Compiler(root=folder, font_paths=_fonts()).compile(
            input=_program(),
            format="pdf",
            sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
            # For keeping (A: fonts inside, nothing from elsewhere, structure) and for readers for the blind (UA).
            pdf_standards=["a-2a", "ua-1"],
            timestamp=made,
        ),
    )


@cache
def _program() -> bytes:
    return (_HERE / "report.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Looked for once: the machine's and those that typst carries."""
    return typst.Fonts()


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The data with each text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _each(one, change) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_each(one, change) for one in value]
    return value
