# SPDX-License-Identifier: Apache-2.0
"""A workbook as LibreOffice computes it again, for tests that hold its numbers against ours."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

# LibreOffice else shows the numbers that it finds in the file.
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
 </item>
</oor:items>
"""


def recalculated(data: bytes, folder: Path) -> Any:
    """The workbook of these bytes after LibreOffice computed every formula; read for values."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    there, done = folder / "book.xlsx", folder / "done"
    there.write_bytes(data)
    command = [
        "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir",
        str(done), str(there),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(done / "book.xlsx", data_only=True)


def changed(data: bytes, cells: Mapping[str, float], sheet: str) -> bytes:
    """The workbook after somebody typed other numbers into some cells."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for at, value in cells.items():
        book[sheet][at] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
