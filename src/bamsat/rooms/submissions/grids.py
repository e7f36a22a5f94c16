# SPDX-License-Identifier: Apache-2.0
"""A return with everything that its cells show: typed, known from the ledger, computed, and what to mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from bamsat.core.forms.checks import Remark as Found
from bamsat.core.forms.checks import check
from bamsat.core.forms.definition import Definition
from bamsat.core.forms.sheet import Pick, Sheet, rows_of
from bamsat.core.terms.unit import unit_name
from bamsat.rooms.catalogue.models import Code, Indicator
from bamsat.rooms.submissions.known import Known, LedgerValues, Shelf, known_values, plain, values_before
from bamsat.rooms.submissions.models import FormVersion, Return


@dataclass(frozen=True, slots=True)
class Grid:
    """One return, cell by cell."""

    sent_return: Return
    definition: Definition
    sheet: Sheet
    known: Mapping[str, Known]
    before: Mapping[str, Decimal]
    found: tuple[Found, ...]
    indicators: Mapping[str, Indicator] = field(default_factory=dict)  # by code; those that the ledger was asked for

    @property
    def errors(self) -> tuple[Found, ...]:
        return tuple(each for each in self.found if each.severity == "error")

    @property
    def doubts(self) -> tuple[Found, ...]:
        return tuple(each for each in self.found if each.severity == "doubt")

    @property
    def missing(self) -> tuple[Found, ...]:
        return tuple(each for each in self.found if each.severity == "missing")

    @property
    def typed_keys(self) -> list[str]:
        return [cell.key for cell in self.sheet.typed_cells()]


def grid_of(sent: Return, ledger: bool = True, shelf: Shelf | None = None) -> Grid:
    """The grid of a return; without the ledger, only what it holds itself (past columns stay empty). For many returns
    of one version and period the ledger is read once, into a `shelf`."""
    definition = definition_of(sent.version)
    picks = named_picks(sent.chosen, definition)
    known: Mapping[str, Known] = {}
    before: Mapping[str, Decimal] = {}
    indicators: Mapping[str, Indicator] = {}
    if ledger:
        values = LedgerValues(definition, tuple(rows_of(definition, picks)), sent.place, sent.span, shelf)
        known, before, indicators = known_values(values), values_before(values), values.indicators
    sheet = Sheet(definition, sent.texts, plain(known), picks, choices_of(definition))
    return Grid(sent, definition, sheet, known, before, tuple(check(sheet, before, sent.explained)), indicators)


def shelves(returns: Iterable[Return]) -> dict[tuple[int, str], Shelf]:
    """What the ledger has for many returns, by version and period: a query for each of these."""
    groups: dict[tuple[int, str], list[Return]] = {}
    for sent in returns:
        groups.setdefault((sent.version_id, sent.period), []).append(sent)
    indicators: dict[str, Indicator] = {}
    return {
        key: Shelf(definition_of(group[0].version), [sent.place_id for sent in group], group[0].span, indicators)
        for key, group in groups.items()
    }


def definition_of(version: FormVersion) -> Definition:
    """Read once a process where it is in use, for it no longer changes then."""
    return _in_use(version.pk, version.at) if version.in_use else version.parsed


@lru_cache(maxsize=256)
def _in_use(version: int, _at: datetime) -> Definition:
    return Definition.parse(FormVersion.objects.get(pk=version).definition)


def choices_of(definition: Definition) -> dict[str, tuple[str, ...]]:
    """Names of the codes of each list from which a column is chosen."""
    lists = {column.codelist for column in definition.columns if column.codelist}
    if not lists:
        return {}
    found: dict[str, list[str]] = {each: [] for each in lists}
    rows = Code.objects.filter(codelist__code__in=lists).order_by("order", "code")
    for code, name in rows.values_list("codelist__code", "name_vi"):
        found[code].append(name)
    return {code: tuple(dict.fromkeys(names)) for code, names in found.items()}


def named_picks(picks: Sequence[Pick], definition: Definition) -> tuple[Pick, ...]:
    """Picked rows with the names of their codes, and the unit of a code that has one."""
    if not picks:
        return ()
    lists = {each for row in definition.rows for each in row.pick}
    rows = Code.objects.filter(codelist__code__in=lists).order_by("codelist__version")
    found = rows.values_list("codelist__code", "code", "name_vi", "unit")
    names = {(codelist, code): (name, unit_name(unit) if unit else "") for codelist, code, name, unit in found}
    patterns = {row.code: row.pick for row in definition.rows}
    found_picks = []
    for pick in picks:
        pairs = zip(patterns.get(pick.row, ()), pick.codes, strict=False)
        told = [names.get(pair, (pair[1], "")) for pair in pairs]
        unit = next((unit for _name, unit in told if unit), "")
        found_picks.append(Pick(pick.row, pick.codes, ", ".join(name for name, _unit in told), unit))
    return tuple(found_picks)
