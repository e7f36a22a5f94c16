# SPDX-License-Identifier: Apache-2.0
"""A return as XML, read by the published schema (data/schemas/return.xsd), each trouble with its line."""

from __future__ import annotations

from typing import Any, NoReturn
from xml.parsers import expat

from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.terms.errors import FileUnreadable

NAMESPACE = "urn:bamsat:return:1"
MOST_CELLS, LONGEST = 50_000, 2_000
_MOST_TROUBLES = 200
# Which elements may stand in which.
_INSIDE = {
    "": {"return"}, "return": {"form", "version", "place", "period", "note", "cells"}, "cells": {"cell"},
    "cell": {"value", "text", "note"},
}  # fmt: skip
_SAID = ("form", "version", "period", "note")


def parse(data: bytes, name: str) -> dict[str, Any]:
    """What the file says: form, version, place, period, note, cells with their lines, and what is wrong in it."""
    reading = _Reading(name)
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise FileUnreadable(
            name=name, cause="truncated",
            vi=f"Tệp “{name}” hỏng ở dòng {error.lineno}, cột {error.offset + 1}: {expat.ErrorString(error.code)}. "
            "Hãy xuất lại tệp XML từ phần mềm của đơn vị.",
            en=f"The file “{name}” is damaged at line {error.lineno}, column {error.offset + 1}: "
            f"{expat.ErrorString(error.code)}. Export the XML again.",
        ) from error  # fmt: skip
    return reading.said


class _Reading:
    """One pass over the file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.open: list[str] = [""]
        self.text: list[str] = []
        self.length = 0
        self.cell: dict[str, Any] = {}
        self.said: dict[str, Any] = {
            "form": "", "version": "", "place": "", "period": "", "note": "", "cells": [], "troubles": [],
        }  # fmt: skip
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        for handler in ("StartDoctypeDeclHandler", "EntityDeclHandler", "ExternalEntityRefHandler"):
            setattr(self.parser, handler, self._refuse)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _refuse(self, *_: object) -> NoReturn:
        raise unreadable(self.name, "bomb", "tệp khai báo thực thể hoặc kiểu văn bản XML", "it declares XML entities")

    def _trouble(self, vi: str, en: str) -> None:
        if len(self.said["troubles"]) < _MOST_TROUBLES:
            self.said["troubles"].append([self.parser.CurrentLineNumber, vi, en])

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if namespace != NAMESPACE and len(self.open) == 1:
            self._trouble(
                f'phần gốc phải là <return xmlns="{NAMESPACE}">.',
                f'the root has to be <return xmlns="{NAMESPACE}">.',
            )
        allowed = _INSIDE.get(self.open[-1], set())
        if name not in allowed:
            self._trouble(
                f"không có phần <{name[:40]}> ở đây; được dùng: {', '.join(sorted(allowed)) or 'chỉ có chữ'}.",
                f"there is no <{name[:40]}> here; there may be {', '.join(sorted(allowed)) or 'text only'}.",
            )
            name = "?"
        if len(self.open) > 8:
            raise unreadable(self.name, "bomb", "các phần lồng nhau quá sâu", "its parts are nested too deep")
        self._begin(name, attributes)
        self.open.append(name)
        self.text, self.length = [], 0

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "cell":
            row, column = attributes.get("row", ""), attributes.get("column", "")
            key = attributes.get("key", "")
            if key and not (row and column):
                row, _, column = key.rpartition(".")
            self.cell = {"line": self.parser.CurrentLineNumber, "row": row[:200], "column": column[:60]}
            if not row or not column:
                self._trouble(
                    'ô thiếu row và column (hoặc key), như row="food" column="now".',
                    'the cell lacks row and column (or key): row="food" column="now".',
                )
        elif name == "value":
            self.cell["unit"] = attributes.get("unit", "")[:60]
        elif name == "place":
            self.said["place"] = attributes.get("code", "")[:120]

    def _end(self, _tag: str) -> None:
        name, text = self.open.pop(), "".join(self.text).strip()
        above = self.open[-1]
        if name == "cell":
            if len(self.said["cells"]) >= MOST_CELLS:
                raise unreadable(self.name, "too_large", f"hơn {MOST_CELLS} ô", f"over {MOST_CELLS} cells")
            self.said["cells"].append(self.cell)
        elif above == "cell" and name in ("value", "text", "note"):
            self.cell[name] = text
        elif above == "return" and name in _SAID:
            self.said[name] = text
        elif above == "return" and name == "place" and not self.said["place"]:
            self.said["place"] = text[:120]
        self.text, self.length = [], 0

    def _characters(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST:
            raise unreadable(self.name, "too_large", "một phần có quá nhiều chữ", "a part has too much text")
        self.text.append(text)
