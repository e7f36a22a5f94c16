# SPDX-License-Identifier: Apache-2.0
"""Finding the heads of a form on a sheet: by what they say, wherever they stand, moved, merged or renamed a little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bamsat.rooms.submissions.files.labels import ColumnLabel, FormLabels, clean, numbers_in, without_period
from bamsat.rooms.submissions.files.layout import Place
from bamsat.rooms.submissions.files.sheets_in import SheetIn

_MOST_ROWS, _MOST_ABOVE, _MOST_COLUMNS = 80, 3, 300
_ALIKE = 0.86
_NUMBER_HEADS = {"stt", "tt", "so tt", "so thu tu", "no"}
_UNIT_HEADS = {"don vi tinh", "dvt", "don vi", "unit"}
_REASON_HEAD = "ly do"
_SAMPLE = 400


@dataclass(slots=True)
class Heads:
    """What stands in which column of the sheet; `row` is the last line of the heads."""

    row: int
    columns: dict[str, int]  # code of a column: where it is
    twice: dict[str, list[int]] = field(default_factory=dict)
    elsewhere: dict[str, int] = field(default_factory=dict)  # heads that name another period than the form's
    name: int = -1
    number: int = -1
    unit: int = -1
    reason: int = -1


def find_heads(sheet: SheetIn, labels: FormLabels) -> Heads | None:
    """The heads, if a column to type in is among them."""
    width = min(sheet.width, _MOST_COLUMNS)
    best = _likely_row(sheet, labels)
    typed = [each for each in labels.columns if each.is_typed]
    found = _matched(sheet, best, width, labels) if best >= 0 else None
    if found is None or not any(each.column.code in found.columns for each in typed):
        for row in range(min(sheet.height, _MOST_ROWS)):
            again = _matched(sheet, row, width, labels)
            if sum(each.column.code in again.columns for each in typed) > (
                sum(each.column.code in found.columns for each in typed) if found else 0
            ):
                found = again
    if found is None or not any(each.column.code in found.columns for each in typed):
        return None
    _name_columns(sheet, found, labels, width)
    return found


def _texts(sheet: SheetIn, row: int, width: int) -> Iterator[tuple[int, str, str]]:
    """Each column with what stands in the line itself, and with what stands above it."""
    for column in range(width):
        leaf = sheet.words((row, column))
        if leaf and len(leaf) <= 200:
            above = [sheet.words((each, column)) for each in range(max(0, row - _MOST_ABOVE), row)]
            group = next((text for text in reversed(above) if text and text != leaf), "")
            yield column, clean(leaf), clean(f"{group} {leaf}")


def _likely_row(sheet: SheetIn, labels: FormLabels) -> int:
    """The line that says most names of columns, the last of those that say as many; -1 where none says any."""
    counts: Counter[int] = Counter()
    tall = {first: last[0] for first, last in sheet.merged if last[0] > first[0]}
    for (row, column), value in sheet.cells.items():
        if row < _MOST_ROWS and isinstance(value, str) and len(value) <= 200 and clean(value) in labels.leaves:
            counts.update(range(row, min(tall.get((row, column), row), row + _MOST_ABOVE) + 1))
    return max(counts, key=lambda row: (counts[row], row), default=-1)


def _matched(sheet: SheetIn, row: int, width: int, labels: FormLabels) -> Heads:
    texts = list(_texts(sheet, row, width))
    heads = Heads(row, {})
    _exactly(texts, labels, heads)
    left = [each for each in labels.columns if each.column.code not in heads.columns and not each.column.hidden]
    if any(each.is_typed for each in left):
        _loosely(texts, left, heads)
    return heads


def _exactly(texts: list[tuple[int, str, str]], labels: FormLabels, heads: Heads) -> None:
    leaves = Counter(leaf for each in labels.columns for leaf in each.leaves)
    for label in labels.columns:
        at = [column for column, _, whole in texts if whole in label.wholes]
        at = at or [column for column, leaf, _ in texts if leaf in label.leaves and leaves[leaf] == 1]
        if at:
            heads.columns[label.column.code] = at[0]
            if len(at) > 1:
                heads.twice[label.column.code] = at


def _loosely(texts: list[tuple[int, str, str]], left: list[ColumnLabel], heads: Heads) -> None:
    """First without the words that say a period, then by likeness; never where two would fit."""
    free = {column: leaf for column, leaf, _ in texts if column not in heads.columns.values()}
    for label in list(left):
        words = without_period(label.leaves[0])
        others = sum(without_period(each.leaves[0]) == words for each in left)
        at = [column for column, leaf in free.items() if words and without_period(leaf) == words]
        if len(at) == 1 and others == 1:
            said = numbers_in(free[at[0]])
            if said and said != numbers_in(label.leaves[0]) and label.is_typed:
                heads.elsewhere[label.column.code] = at[0]
            _take(label, at[0], left, free, heads)
    for label in list(left):
        scores = sorted(((_alike(label, leaf), column) for column, leaf in free.items()), reverse=True)
        if scores and scores[0][0] >= _ALIKE and (len(scores) == 1 or scores[1][0] < scores[0][0] - 0.05):
            said = numbers_in(free[scores[0][1]])
            if said and said != numbers_in(label.leaves[0]) and label.is_typed:
                heads.elsewhere[label.column.code] = scores[0][1]
            _take(label, scores[0][1], left, free, heads)


def _take(label: ColumnLabel, at: int, left: list[ColumnLabel], free: dict[int, str], heads: Heads) -> None:
    heads.columns[label.column.code] = at
    left.remove(label)
    del free[at]


def _alike(label: ColumnLabel, text: str) -> float:
    return max(alike(leaf, text) for leaf in label.leaves)


def alike(one: str, other: str) -> float:
    """How alike two labels are, 0 to 1."""
    longest = max(len(one), len(other))
    if not longest or min(len(one), len(other)) / longest < 0.6:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _name_columns(sheet: SheetIn, heads: Heads, labels: FormLabels, width: int) -> None:
    """Where the names of rows stand, and their numbers and units."""
    taken = set(heads.columns.values())
    counts = {
        column: sum(
            clean(label_at(sheet, (row, column))) in labels.by_name
            for row in range(heads.row + 1, min(sheet.height, heads.row + _SAMPLE))
        )
        for column in range(width)
        if column not in taken
    }
    heads.name = max(counts, key=lambda column: (counts[column], -column), default=-1)
    for column, leaf, _ in _texts(sheet, heads.row, width):
        if leaf in _NUMBER_HEADS and column not in taken:
            heads.number = column
        elif leaf in _UNIT_HEADS and column not in taken:
            heads.unit = column
        elif leaf.startswith(_REASON_HEAD) and column not in taken:
            heads.reason = column
    if heads.number < 0 and heads.name > 0 and heads.name - 1 not in taken:
        heads.number = heads.name - 1


def label_at(sheet: SheetIn, place: Place) -> str:
    """The name of a line; one merged over several lines is that of the first."""
    over = sheet.covered.get(place)
    if over is not None and over[0][0] != place[0]:
        return ""
    return sheet.words(place)
