# SPDX-License-Identifier: Apache-2.0
"""Writing a plan into the tables, all of it or nothing; the trail is the business of the action that calls."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from bamsat.rooms.catalogue.models import Edition, IndicatorSet
from bamsat.rooms.catalogue.planning import Change, Outcome, Plan
from bamsat.rooms.catalogue.tables import TABLES, Kind, Table

_AT_ONCE = 200


@transaction.atomic
def write(plan: Plan, *, shipped: bool = False) -> None:
    """Bring the tables to what the plan says. What a person writes is theirs from now on, upgrades leave it alone."""
    for table in TABLES:
        changes = [change for change in plan.to_write() if change.table is table]
        for change in changes:
            if hasattr(change.row, "shipped"):
                change.row.shipped = shipped
            if hasattr(change.row, "fill_keys"):
                change.row.fill_keys()
        _add(table, [change.row for change in changes if change.outcome is Outcome.ADDED])
        _update(table, [change for change in changes if change.outcome is Outcome.CHANGED])
        if table.code == "members" and not shipped:
            sets = {change.row.set_id for change in changes}
            IndicatorSet.objects.filter(pk__in=sets).update(shipped=False)
    if plan.to_write():
        new_edition()


def new_edition() -> None:
    """Names of codes that processes keep in memory are read again."""
    Edition.objects.update_or_create(pk=Edition.ONLY, defaults={"stamp": uuid.uuid4()})


def _add(table: Table, rows: list[Any]) -> None:
    """New rows; those that refer to rows of the same table are joined once all of them are there."""
    own = [column.code for column in table.fields if column.kind is Kind.REFERENCE and column.to == table.code]
    joined = [(row, {name: getattr(row, name) for name in own}) for row in rows if any(getattr(row, n) for n in own)]
    for row, others in joined:
        for name in others:
            setattr(row, name, None)
    _refresh(table, rows)
    table.model._default_manager.bulk_create(rows, batch_size=_AT_ONCE)
    for row, others in joined:
        for name, other in others.items():
            setattr(row, name, other)
    if joined:
        table.model._default_manager.bulk_update([row for row, _ in joined], own, batch_size=_AT_ONCE)


def _update(table: Table, changes: Iterable[Change]) -> None:
    rows = [change.row for change in changes]
    if not rows:
        return
    _refresh(table, rows)
    kept = {field.name for field in table.model._meta.concrete_fields}
    names = {column.code for column in table.fields if not column.key} | ({"shipped", "folded", "sort_key"} & kept)
    table.model._default_manager.bulk_update(rows, sorted(names), batch_size=_AT_ONCE)


def _refresh(table: Table, rows: list[Any]) -> None:
    """A row that referred to an unsaved one now knows its number."""
    for row in rows:
        for column in table.fields:
            if column.kind is Kind.REFERENCE and getattr(row, column.code) is not None:
                setattr(row, column.code, getattr(row, column.code))
