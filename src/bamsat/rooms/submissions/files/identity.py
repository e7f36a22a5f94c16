# SPDX-License-Identifier: Apache-2.0
"""Of which form, place and period a sheet is: by what the product wrote into it, and by its title lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.submissions.files.sheets_in import Opened, SheetIn

MARK, HIDDEN = "bamsat", "_bamsat"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAY = re.compile(r"\bngay\s+\d{1,2}\s*(?:thang|[/.-])\s*\d{1,2}\s*(?:nam|[/.-])?\s*\d{4}")
_YEAR = r"(?:\s*[/.-]\s*|\s+nam\s+|\s+)((?:19|20)\d\d)\b"
_FORMS = (
    (1, re.compile(r"\b(?:thang|t)\s*(1[0-2]|0?[1-9])" + _YEAR)),
    (3, re.compile(r"\b(?:quy|q)\s*(iii|ii|iv|i|[1-4])" + _YEAR)),
    (6, re.compile(r"\b6 thang (dau|cuoi)(?: nam)?\s*/?\s*((?:19|20)\d\d)\b")),
    (9, re.compile(r"\b(9) thang(?: dau)?(?: nam)?\s*/?\s*((?:19|20)\d\d)\b")),
    (12, re.compile(r"\b(nam|ca nam)\s+((?:19|20)\d\d)\b")),
)
_SAID = {
    "number": re.compile(r"^bieu(?: mau)?(?: so)?\s*:\s*(.+)"),
    "place": re.compile(r"^(?:noi gui|don vi gui|don vi bao cao|dia ban)\s*:\s*(.+)"),
    "period": re.compile(r"^ky(?: bao cao)?\s*:\s*(.+)"),
    "unit": re.compile(r"^(?:don vi tinh|dvt)\s*:\s*(.+)"),
}
_MOST_IN_A_TITLE = 3
_SKIPPED = re.compile(r"^(?:han (?:gui|nop)|ban hanh|theo thong tu|can cu)\b")


@dataclass(slots=True)
class Memory:
    """What the product wrote into the workbook: of what it is, and what it showed from the ledger."""

    form: str = ""
    version: str = ""
    place: str = ""
    period: str = ""
    sheet: str = ""
    stood: dict[str, str] = field(default_factory=dict)  # values that nobody typed, by key


@dataclass(slots=True)
class Titles:
    """What the title lines of one sheet say; texts folded, `at` where each stands."""

    lines: list[str] = field(default_factory=list)
    number: str = ""
    place: str = ""
    unit: str = ""
    periods: tuple[Period, ...] = ()
    at: dict[str, str] = field(default_factory=dict)


def memory_of(opened: Opened) -> Memory | None:
    """None where the workbook was not made by the product, or lost the sheet that says so."""
    sheet = next((each for each in opened.sheets if each.name == HIDDEN), None)
    if sheet is None or sheet.words((0, 0)) != MARK:
        return None
    memory = Memory()
    for row in range(1, sheet.height):
        name, value = sheet.words((row, 0)), sheet.words((row, 1))
        if "." in name:
            memory.stood[name] = value
        elif name in ("form", "version", "place", "period", "sheet"):
            setattr(memory, name, value)
    return memory


def titles_of(sheet: SheetIn, until: int, length: int = 0) -> Titles:
    """The lines above the heads; of periods, those as long as the form's where there are any."""
    found = Titles()
    loose: list[Period] = []
    for row, texts in sheet.lines(0, until):
        if len(set(texts)) > _MOST_IN_A_TITLE:
            continue  # upper heads, which may name any period
        for text in texts:
            folded = fold(text)
            found.lines.append(folded)
            for name, form in _SAID.items():
                if (said := form.match(folded)) and name not in found.at:
                    column = next(c for c in range(sheet.width) if sheet.words((row, c)) == text)
                    found.at[name] = sheet.at((row, column))
                    if name == "period":
                        found.periods = tuple(periods_in(folded, length))
                    else:
                        setattr(found, name, said[1].strip(" ."))
            if not _SKIPPED.match(folded):
                loose += periods_in(folded, length)
    found.periods = found.periods or tuple(dict.fromkeys(loose))
    return found


def periods_in(folded: str, length: int = 0) -> list[Period]:
    """The periods that folded words name; of one length, if there are such.

    >>> [each.code for each in periods_in("ban le thang 10 nam 2026")]
    ['2026-10']
    """
    told = _DAY.sub(" ", folded)
    found = []
    for months, form in _FORMS:
        for part, year in form.findall(told):
            found.append(_period(months, part, int(year)))
    return [each for each in found if each.length == length] if length else found


def _period(months: int, part: str, year: int) -> Period:
    if months == 1:
        return Period.month(year, int(part))
    if months == 3:
        return Period.quarter(year, _ROMAN.get(part) or int(part))
    if months == 6:
        return Period.months(year, 1, 6) if part == "dau" else Period.months(year, 7, 12)
    return Period.months(year, 1, 9) if months == 9 else Period.year(year)


def same_place(said: str, names: Iterable[str]) -> bool:
    """Whether a title names this place: with or without what it is called before its name."""
    wanted = {fold(name) for name in names if name}
    bare = re.sub(r"^(?:xa|phuong|thi tran|dac khu|huyen|thi xa|thanh pho|tinh|ubnd)\s+", "", said)
    bare = re.sub(r"^(?:xa|phuong|thi tran|dac khu)\s+", "", bare)
    kinds = re.compile(r"^(?:xa|phuong|thi tran|dac khu|huyen|thi xa|thanh pho|tinh)\s+")
    return said in wanted or bare in {kinds.sub("", name) for name in wanted}
