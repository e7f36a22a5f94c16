# SPDX-License-Identifier: Apache-2.0
"""The ways in which people spoil an Excel form, each done to a workbook that the product made and somebody filled."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import openpyxl

from bamsat.rooms.submissions.files.sheets_in import Opened, SheetIn
from bamsat.rooms.submissions.files.taking_apart import taken_apart


def opened_here(data: bytes, name: str = "bieu.xlsx") -> Opened:
    """What the process that opens files says of one, without the process."""
    said = taken_apart(data, name)
    return Opened(name, "", len(data), [SheetIn.of(each) for each in said.get("sheets", ())], said.get("markup"))


HEAD = 9  # the line of the heads in the workbook of the retail form


class Book:
    """A filled form in the hands of somebody with Excel."""

    def __init__(self, data: bytes, keys: list[str]) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book.worksheets[0]
        self.keys = keys
        self.values: dict[str, Decimal] = {}
        for count, key in enumerate(keys):
            value = Decimal(count + 1) * Decimal("10.5")
            self.sheet[self.place(key)] = float(value)
            self.values[key] = value

    def place(self, key: str) -> str:
        """The address of a cell to fill: the name that the product gave it."""
        name = "o_" + re.sub(r"\W+", "_", key)
        return str(self.book.defined_names[name].attr_text).rpartition("!")[2].replace("$", "")

    def row(self, key: str) -> int:
        return int(re.sub(r"\D", "", self.place(key)))

    def column(self, key: str) -> int:
        return int(self.sheet[self.place(key)].column)

    def at(self, key: str) -> str:
        return f"{self.sheet.title}!{self.place(key)}"

    def unmerge(self) -> None:
        for each in list(self.sheet.merged_cells.ranges):
            self.sheet.unmerge_cells(str(each))

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


@dataclass
class Comes:
    """What has to come of it: values of cells that differ from those typed, notes, troubles by address, a refusal."""

    values: dict[str, str | None]
    trouble: tuple[str, str] | None = None  # where, and what it says
    note: str = ""
    refused: str = ""
    data: bytes | None = None
    name: str = "bieu.xlsx"


def fine(note: str = "", **values: str | None) -> Comes:
    return Comes({key.replace("__", "."): value for key, value in values.items()}, note=note)


def wrong(at: str, says: str, **values: str | None) -> Comes:
    return Comes({key.replace("__", "."): value for key, value in values.items()}, trouble=(at, says))


WAYS: dict[str, Callable[[Book], Comes]] = {}


def way(spoil: Callable[[Book], Comes]) -> Callable[[Book], Comes]:
    WAYS[spoil.__name__] = spoil
    return spoil


ALL = (
    "food__now", "clothing__now", "household__now", "culture__now", "building__now", "cars__now", "transport__now",
    "petrol__now", "fuel__now", "jewellery__now", "other__now", "repair__now", "lodging__now", "food_services__now",
    "travel__now", "real_estate__now", "administrative__now", "education__now", "health__now", "leisure__now",
    "household_repair__now", "remaining__now",
)  # fmt: skip
