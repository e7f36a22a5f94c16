# SPDX-License-Identifier: Apache-2.0
"""How the cells of a form's sheet look: white to type in, grey for what is known, pale for what is computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook

from bamsat.core.forms.definition import Column, Row

_LINE, _KNOWN, _HEAD, _QUIET = "#8C93A3", "#ECEEF2", "#DFE4F1", "#5A6172"
_FONT: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12}
_BOXED: dict[str, Any] = _FONT | {"border": 1, "border_color": _LINE, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": _FONT | {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter", "text_wrap": True},
    "told": _FONT,
    "how": _FONT | {"italic": True, "font_color": _QUIET},
    "head": _BOXED | {"bold": True, "align": "center", "text_wrap": True, "bg_color": _HEAD},
    "number": _BOXED | {"align": "center"},
    "name": _BOXED | {"text_wrap": True},
    "unit": _BOXED | {"align": "center", "font_color": _QUIET},
    "none": _BOXED | {"bg_color": _KNOWN, "pattern": 1},
    "pick": _BOXED | {"locked": False, "text_wrap": True},
    "entry": _BOXED | {"locked": False},
    "known": _BOXED | {"bg_color": _KNOWN},
    "computed": _BOXED | {"bg_color": "#F6F7FA"},
    "signer": _FONT | {"bold": True, "align": "center"},
    "signed": _FONT | {"italic": True, "align": "center"},
}


@dataclass
class Styles:
    """The formats of one workbook, each made once."""

    book: Workbook
    made: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def of(self, look: str, **more: Any) -> Any:
        key = (look, *sorted(more.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(_LOOKS[look] | more)
        return self.made[key]

    def cell(self, look: str, row: Row, column: Column, bold: bool = False) -> Any:
        if column.type == "date":
            return self.of(look, num_format="dd/mm/yyyy", align="center")
        if column.type != "number":
            return self.of(look, num_format="@", text_wrap=True)
        return self.of(look, num_format=number_format(row, column), bold=bold)


def number_format(row: Row, column: Column) -> str:
    """Digits in threes; the spreadsheet shows them by its own language, 1.234,5 where that is Vietnamese."""
    decimals = column.decimals if column.decimals is not None else row.decimals
    if decimals is None:
        return "#,##0.###" if column.fill == "computed" else "General"
    return "#,##0" + ("." + "0" * decimals if decimals else "")
