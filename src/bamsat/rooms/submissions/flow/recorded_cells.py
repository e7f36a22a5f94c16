# SPDX-License-Identifier: Apache-2.0
"""Which cells of a return go into the ledger, with their numbers: typed ones, and totals that lack nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from bamsat.core.forms.definition import Column, Definition, Row, key_of
from bamsat.core.forms.sheet import Pick, Sheet, is_pattern, role_of, rows_of
from bamsat.rooms.submissions.grids import definition_of, named_picks
from bamsat.rooms.submissions.known import LedgerValues, known_values, plain
from bamsat.rooms.submissions.models import Return


class Value(NamedTuple):
    """A number that a return says, in the unit of its row."""

    key: str
    row: Row
    column: Column
    value: Decimal
    computed: bool


def values_of(sent: Return, texts: Mapping[str, str] | None = None, picks: Sequence[Pick] | None = None) -> list[Value]:
    """The values that an approval records; of the return as it stands, or of other texts."""
    texts = sent.texts if texts is None else texts
    definition = definition_of(sent.version)
    picks = named_picks(sent.chosen if picks is None else picks, definition)
    known = _known(sent, definition, _recorded(definition), texts, picks)
    return values_on(Sheet(definition, texts, known, picks), texts)


def values_on(sheet: Sheet, texts: Mapping[str, str]) -> list[Value]:
    """The same of a sheet that is there already."""
    return list(_values(sheet, _recorded(sheet.definition), _touched(texts)))


def _recorded(definition: Definition) -> list[Column]:
    return [each for each in definition.columns if each.record and each.type == "number"]


def _values(sheet: Sheet, columns: Sequence[Column], touched: set[str]) -> Iterator[Value]:
    for row in sheet.rows:
        if row.heading or is_pattern(row):
            continue
        for column in columns:
            if not (column.indicator or row.indicator) or not row.types(column):
                continue
            key = key_of(row.code, column.code)
            if role_of(row, column) == "typed":
                value = sheet.typed(key).value
                if value is not None:
                    yield Value(key, row, column, value, computed=False)
            elif column.fill == "typed" or column.code in touched:
                found = sheet.result(key)
                if found.value is not None and not found.lacking:
                    yield Value(key, row, column, found.value, computed=True)


def _touched(texts: Mapping[str, str]) -> set[str]:
    """The columns in which something was typed: where all is known, its total is known too and nobody's to record."""
    return {key.rpartition(".")[2] for key, text in texts.items() if text.strip()}


def _known(
    sent: Return, definition: Definition, columns: Sequence[Column], texts: Mapping[str, str], picks: Sequence[Pick]
) -> dict[str, Decimal]:
    """What the ledger knows, asked only where a total adds typed to known values."""
    mixed = {each.code for each in columns if each.fill == "known_or_typed"} & _touched(texts)
    across = any(row.formula and any("." in name for name in row.formula.names) for row in definition.rows)
    if not mixed and not across:
        return {}
    return plain(known_values(LedgerValues(definition, tuple(rows_of(definition, picks)), sent.place, sent.span)))
