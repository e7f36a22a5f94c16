# SPDX-License-Identifier: Apache-2.0
"""SDMX-CSV: the standard's column names onto the fields of a row; its numbers are always written with a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bamsat.core.terms.unit import unit_name
from bamsat.rooms.figures.intake.fields import CELL, FIELDS, KIND, UNIT, VALUE, VINTAGE, Row

# Column of SDMX, field of a row. docs/ledger/import.md shows them.
COLUMNS = {
    "INDICATOR": "indicator", "REF_AREA": "place", "TIME_PERIOD": "period", "OBS_VALUE": "value",
    "UNIT_MEASURE": "unit", "BREAKDOWN": "segment", "SEGMENT": "segment", "MEASURE": "measure",
    "PRICES": "price_basis", "PRICE_BASIS": "price_basis", "DATA_PROVIDER": "provider", "PROVIDER": "provider",
    "BASE_PER": "base", "KIND": "kind", "VINTAGE": "vintage", "LOWER_BOUND": "lower", "UPPER_BOUND": "upper",
    "HEDGE": "hedge",
}  # fmt: skip
_SIZES = {0: "", 1: "chục ", 2: "trăm ", 3: "nghìn ", 4: "vạn ", 6: "triệu ", 9: "tỷ ", 12: "nghìn tỷ "}
# Observation status: what it says of kind and vintage.
_STATUS = {"E": ("estimate", "estimate"), "P": ("actual", "preliminary"), "F": ("forecast", "estimate")}
_FIRST = {"STRUCTURE", "DATAFLOW"}
_DELETE = "D"


@dataclass(frozen=True, slots=True)
class SdmxColumns:
    """Where the dimensions and attributes of a data flow stand."""

    at: dict[str, int]
    status: int
    multiplier: int
    action: int
    labelled: bool  # "iip: Index of industrial production"

    def row(self, cell: str, cells: list[str]) -> Row:
        said = [cell]
        for field in FIELDS[CELL + 1 :]:
            at = self.at.get(field, -1)
            text = cells[at].strip() if 0 <= at < len(cells) else ""
            said.append(text.partition(": ")[0] if self.labelled else text)
        self._attributes(said, cells)
        return tuple(said)

    def _attributes(self, said: list[str], cells: Sequence[str]) -> None:
        if said[VALUE] not in ("", "NaN"):
            said[VALUE] = f"={said[VALUE]}"
        power = self._cell(cells, self.multiplier)
        size = _SIZES.get(int(power)) if power.isdigit() and len(power) < 3 else None if power else ""
        said[UNIT] = (size + unit_name(said[UNIT])).strip() if size is not None else f"10^{power} {said[UNIT]}"
        kind, vintage = _STATUS.get(self._cell(cells, self.status), ("", ""))
        said[KIND], said[VINTAGE] = said[KIND] or kind, said[VINTAGE] or vintage
        if self._cell(cells, self.action) == _DELETE:
            said[VALUE] = "ACTION=D"  # the ledger is not emptied by a file: withdraw the entry, with a reason

    @staticmethod
    def _cell(cells: Sequence[str], at: int) -> str:
        return cells[at].strip().partition(":")[0] if 0 <= at < len(cells) else ""


def sdmx_columns(heads: Sequence[str]) -> SdmxColumns | None:
    """The columns, where the first head is that of SDMX-CSV 2.0 (STRUCTURE) or 1.0 (DATAFLOW)."""
    names = [head.strip().lstrip("\ufeff").partition(":")[0].upper() for head in heads]
    if not names or names[0] not in _FIRST or "OBS_VALUE" not in names:
        return None
    at: dict[str, int] = {}
    for column, name in enumerate(names):
        if name in COLUMNS:
            at.setdefault(COLUMNS[name], column)
    places = {name: column for column, name in enumerate(names)}
    return SdmxColumns(
        at, places.get("OBS_STATUS", -1), places.get("UNIT_MULT", -1), places.get("ACTION", -1),
        labelled=any(":" in head for head in heads),
    )  # fmt: skip
