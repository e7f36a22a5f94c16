# SPDX-License-Identifier: Apache-2.0
"""The page of a publication that a person reads first: what it holds and how it is opened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import localtime

from bamsat.core.compare.published import path_of
from bamsat.core.compare.tables import TABLES
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.exchange.asked import Asked
from bamsat.rooms.exchange.manifest import PAGE


def write(folder: Path, asked: Asked, known: datetime, rows: dict[str, int], digest: str) -> None:
    tables = [{"of": table, "path": path_of(table), "rows": _number(rows[table.name])} for table in TABLES.values()]
    told: dict[str, Any] = {
        "asked": asked, "known": localtime(known), "tables": tables, "digest": digest,
        "figures": _number(rows["observations"]),
    }  # fmt: skip
    (folder / PAGE).write_text(render_to_string("exchange/publication.md", told), encoding="utf-8")


def _number(count: int) -> dict[str, str]:
    return {"vi": format_number(count), "en": f"{count:,}"}
