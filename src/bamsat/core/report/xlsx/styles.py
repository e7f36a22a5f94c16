# SPDX-License-Identifier: Apache-2.0
"""How the cells of a report's sheet look: Times New Roman, thin black lines, as printed forms do."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook

_FONT: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12}
_BOXED: dict[str, Any] = _FONT | {"border": 1, "valign": "vcenter"}
_CENTRED: dict[str, Any] = _FONT | {"align": "center", "valign": "vcenter", "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "organ": _CENTRED,
    "title": _CENTRED | {"bold": True, "font_size": 14},
    "subtitle": _CENTRED | {"italic": True},
    "caption": _FONT | {"bold": True, "valign": "vcenter", "text_wrap": True},
    "unit": _FONT | {"italic": True, "align": "right"},
    "head": _BOXED | {"bold": True, "align": "center", "text_wrap": True},
    "number_of_column": _BOXED | {"italic": True, "align": "center", "font_size": 10},
    "words": _BOXED | {"text_wrap": True},
    "short": _BOXED | {"align": "center", "text_wrap": True},
    "number": _BOXED | {"align": "right"},
    "note": _FONT | {"italic": True, "font_size": 11, "valign": "top", "text_wrap": True},
    "place": _CENTRED | {"italic": True},
    "signer": _CENTRED | {"bold": True},
    "signed": _CENTRED | {"italic": True, "font_size": 11},
    "link": _FONT | {"font_color": "#1F3A8A", "underline": 1},
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, look: str, *, bold: bool = False, italic: bool = False, indent: int = 0, shown: str = "") -> Any:
        key = (look, bold, italic, indent, shown)
        if key not in self._made:
            more: dict[str, Any] = {}
            if bold:
                more["bold"] = True
            if italic:
                more["italic"] = True
            if indent:
                more["indent"] = indent
            if shown:
                more["num_format"] = shown
            self._made[key] = self._book.add_format(_LOOKS[look] | more)
        return self._made[key]
