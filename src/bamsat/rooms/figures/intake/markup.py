# SPDX-License-Identifier: Apache-2.0
"""XML as a stream: attributes of an element hold for all below it; no document type, no entity, no deep nest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from bamsat.core.read.loaders.limits import unreadable
from bamsat.rooms.figures.intake.fields import FIELDS, Row, Unread, heading

_PIECE = 64 * 1024
_DEEPEST = 40
_MOST_ATTRIBUTES = 40
_LONGEST = 2_000
_AT = {field: at for at, field in enumerate(FIELDS)}


class Markup:
    """Our own figures.xsd, and any XML whose attributes bear the names of our fields or of SDMX."""

    format = "xml"

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self.unread: list[Unread] = []
        next(self.rows(), None)  # what is refused is refused at once

    def rows(self) -> Iterator[Row]:
        """Every value, in the order of the file."""
        self.unread = []
        reading = _Reading(self.name)
        with self.path.open("rb") as file:
            while piece := file.read(_PIECE):
                try:
                    reading.parser.Parse(piece, False)
                except expat.ExpatError as error:
                    yield from reading.taken()
                    self.unread = [Unread(f"dòng {error.lineno}", "damaged", expat.ErrorString(error.code))]
                    return
                yield from reading.taken()
        try:
            reading.parser.Parse(b"", True)
        except expat.ExpatError as error:
            self.unread = [Unread(f"dòng {error.lineno}", "damaged", expat.ErrorString(error.code))]
        yield from reading.taken()


class _Reading:
    """One pass: what the open elements said so far, and the rows that are complete."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.open: list[dict[str, str]] = [{}]
        self.found: list[Row] = []
        self.text: list[str] = []
        self.length = 0
        self.where = ""
        self.leaf = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def taken(self) -> list[Row]:
        found, self.found = self.found, []
        return found

    def _refuse(self, *_: object) -> NoReturn:
        raise unreadable(self.name, "bomb", "tệp khai báo thực thể hoặc kiểu văn bản XML", "it declares XML entities")

    def _start(self, _tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) > _DEEPEST or len(attributes) > _MOST_ATTRIBUTES:
            raise unreadable(self.name, "bomb", "các phần lồng nhau quá sâu", "its parts are nested too deep")
        said = dict(self.open[-1])
        for name, value in attributes.items():
            if field := heading(name.rpartition(" ")[2]):
                said[field] = value[:_LONGEST]
        self.open.append(said)
        self.text, self.length, self.leaf = [], 0, True
        self.where = f"dòng {self.parser.CurrentLineNumber}, cột {self.parser.CurrentColumnNumber + 1}"

    def _end(self, _tag: str) -> None:
        said = self.open.pop()
        text = "".join(self.text).strip()
        if self.leaf and said.get("period") and (text or "value" in said):
            row = [""] * len(FIELDS)
            for field, value in said.items():
                row[_AT[field]] = value
            row[0] = self.where
            value = text or said["value"]
            row[1] = f"={value}" if value[:1].isdigit() or (value[:1] in "-\u2212" and value[1:2].isdigit()) else value
            self.found.append(tuple(row))
        self.text, self.leaf = [], False

    def _characters(self, text: str) -> None:
        self.length += len(text)
        if self.length > _LONGEST:
            raise unreadable(self.name, "too_large", "một phần có quá nhiều chữ", "a part has too much text")
        self.text.append(text)
