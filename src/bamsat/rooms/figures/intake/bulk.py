# SPDX-License-Identifier: Apache-2.0
"""The few statements by which thousands of lines reach the tables of the ledger at once, on either database."""

from __future__ import annotations

import hashlib
import json
import os
import struct
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, models

from bamsat.rooms.figures.intake.lines import Line, LineKey
from bamsat.rooms.figures.ledger import SeriesKey

_ENTRY = (
    "id", "uuid", "series_id", "period", "first_month", "last_month", "base", "kind", "vintage", "value", "lower",
    "upper", "hedge", "intake_id", "cell", "recorded_at", "by_id", "replaces_id", "reason",
)  # fmt: skip
_LATEST = ("series_id", "period", "base", "kind", "vintage", "entry_id")


class Standing(NamedTuple):
    """What the ledger has for a key: the entry that stands, if one does, and the last of its line."""

    last: int
    latest: int = 0  # the row that says which entry stands
    entry: int = 0
    value: int = 0
    lower: int = 0
    upper: int = 0
    exact: bool = True  # one value, not a range or a fraction
    intake: int | None = None


class Written(NamedTuple):
    """A line with all that its entry needs."""

    line: Line
    series: int
    vintage: str
    replaces: Standing | None
    reason: str


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


# Series.


def series_of(keys: Sequence[SeriesKey]) -> dict[SeriesKey, tuple[int, int]]:
    """Id and scale of each series that is there."""
    if not keys:
        return {}
    columns = ("indicator_id", "place_id", "segment", "measure", "unit", "price_basis", "provider")
    wanted = _asked(keys, ("bigint", "bigint", "text", "text", "text", "text", "text"))
    on = " AND ".join(f"s.{column} = k.c{at}" for at, column in enumerate(columns))
    told = ", ".join(f"s.{column}" for column in columns)
    sql = f"SELECT s.id, s.scale, {told} FROM {wanted[0]} CROSS JOIN {_looked_up('figures_series', 's', on)}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted[1])
        return {tuple(row[2:]): (row[0], row[1]) for row in cursor.fetchall()}


def make_series(keys: Iterable[tuple[SeriesKey, int]]) -> dict[SeriesKey, tuple[int, int]]:
    """Id and scale of those that were made, not of those that somebody made meanwhile.

    In one order for everybody, so that two imports of new series never wait for each other.
    """
    rows = [(*key, scale) for key, scale in sorted(keys)]
    if not rows:
        return {}
    columns = "indicator_id, place_id, segment, measure, unit, price_basis, provider, scale"
    wanted = _asked(rows, ("bigint", "bigint", "text", "text", "text", "text", "text", "bigint"))
    told = ", ".join(f"c{at}" for at in range(8))
    # WHERE true: without it SQLite reads ON CONFLICT as the condition of a join.
    sql = (
        f"INSERT INTO figures_series ({columns}) SELECT {told} FROM {wanted[0]} WHERE true ON CONFLICT DO NOTHING "  # noqa: S608
        f"RETURNING id, {columns}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted[1])
        return {tuple(row[1:8]): (row[0], row[8]) for row in cursor.fetchall()}


def hold(series: Iterable[int]) -> None:
    """As ledger.hold, for many; SQLite lets one transaction write at a time anyway."""
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM figures_series WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [sorted(set(series))]
            )


# What stands.


def standing(pairs: Iterable[tuple[int, str]]) -> dict[LineKey, Standing]:
    """What the ledger has in these series and periods."""
    wanted = _asked(sorted(set(pairs)), ("bigint", "text"))
    of_a_key = _looked_up("figures_entry", "e", "e.series_id = k.c0 AND e.period = k.c1")
    sql = (
        "SELECT e.id, e.series_id, e.period, e.base, e.kind, e.vintage, e.value, e.lower, e.upper, "  # noqa: S608
        "e.value_high IS NULL AND e.of IS NULL, e.intake_id, "
        "(SELECT l.id FROM figures_latest l WHERE l.entry_id = e.id) "
        f"FROM {wanted[0]} CROSS JOIN {of_a_key} ORDER BY e.id"
    )
    found: dict[LineKey, Standing] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("e.of", 'e."of"'), wanted[1])
        for entry, series, period, base, kind, vintage, value, lower, upper, exact, intake, latest in cursor.fetchall():
            key = (series, period, base, kind, vintage)
            before = found.get(key)
            if latest:
                found[key] = Standing(entry, latest, entry, value, lower, upper, bool(exact), intake)
            else:
                found[key] = before._replace(last=entry) if before else Standing(entry)
    return found


def _looked_up(table: str, name: str, on: str) -> str:
    """A table of which each wanted row is looked up by its index. PostgreSQL would rather read a whole table of which
    it has no statistics yet, as while it is first filled; OFFSET 0 keeps it from that."""
    if is_postgresql():
        return f"LATERAL (SELECT * FROM {table} {name} WHERE {on} OFFSET 0) {name}"  # noqa: S608
    return f"{table} {name} WHERE {on}"


def _asked(rows: Sequence[Sequence[Any]], types: Sequence[str]) -> tuple[str, list[Any]]:
    """The rows as a table k(c0, c1 ...) that a statement can join, whatever their number."""
    names = ", ".join(f"c{at}" for at in range(len(types)))
    if is_postgresql():
        # A list of JSON for each column: arrays are written and escaped value by value, which takes far longer.
        lists = ", ".join("json_array_elements_text(%s::json)" for _ in types)
        told = ", ".join(f"c{at}::{kind} AS c{at}" for at, kind in enumerate(types))
        lists_told = [json.dumps(column, ensure_ascii=False) for column in zip(*rows, strict=True)] or [
            "[]" for _ in types
        ]
        return f"(SELECT {told} FROM ROWS FROM ({lists}) AS t({names})) AS k", lists_told  # noqa: S608
    columns = ", ".join(f"json_extract(value, '$[{at}]') AS c{at}" for at in range(len(types)))
    return f"(SELECT {columns} FROM json_each(%s)) AS k", [json.dumps([list(row) for row in rows])]  # noqa: S608


# Writing.


def write(rows: Sequence[Written], intake: int | Sequence[int], by: int, now: datetime) -> str:
    """Entries after those that they replace, and which of them stand now; the digest of what was written.

    `intake` is the one that they all came by, or one for each row.
    """
    if not rows:
        return hashlib.sha256(b"").hexdigest()
    ids = _ids(len(rows))
    uuids = uuids_in_order(len(rows))
    intakes = [intake] * len(rows) if isinstance(intake, int) else intake
    (_copy_entries if is_postgresql() else _insert_entries)(rows, ids, uuids, intakes, by, now)
    _stand(rows, ids)
    return digest((uuid, row.line.value) for uuid, row in zip(uuids, rows, strict=True))


def digest(told: Iterable[tuple[str, int]]) -> str:
    """SHA-256 over the entries of a batch in the order of their ids: uuid and stored value, a line each."""
    return hashlib.sha256("".join(f"{uuid} {value}\n" for uuid, value in told).encode()).hexdigest()


def uuids_in_order(count: int) -> list[str]:
    """Version 7: later ones sort after earlier ones, so that their index grows at its end."""
    at, fixed = time.time_ns() // 1_000_000, 7 << 76 | 2 << 62
    # 62 bits of each are random; the twelve before them count within a millisecond.
    chance = struct.unpack(f"{count}Q", os.urandom(8 * count))
    return [
        f"{at + (number >> 12) << 80 | fixed | (number & 0xFFF) << 64 | bits >> 2:032x}"
        for number, bits in enumerate(chance)
    ]


def _reserved(table: str, count: int) -> list[int]:
    """Ids of rows to come, of PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return sorted(row[0] for row in cursor.fetchall())


def _ids(count: int) -> Sequence[int]:
    if is_postgresql():
        return _reserved("figures_entry", count)
    with connection.cursor() as cursor:
        # The transaction holds the only writer's place, so nobody else takes these numbers.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'figures_entry'")
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return range(first, first + count)


def _insert_entries(
    rows: Sequence[Written], ids: Sequence[int], uuids: Sequence[str], intakes: Sequence[int], by: int, now: datetime
) -> None:
    marks = ", ".join(["%s"] * len(_ENTRY))
    at = connection.ops.adapt_datetimefield_value(now)
    told = [
        (
            pk, uuid, series, line.period, line.first, line.last, line.base, line.head.kind, vintage, line.value,
            line.lower, line.upper, line.hedge, intake, line.cell, at, by, replaced.last if replaced else None, reason,
        )
        for pk, uuid, intake, (line, series, vintage, replaced, reason) in zip(ids, uuids, intakes, rows, strict=True)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO figures_entry ({', '.join(_ENTRY)}) VALUES ({marks})", told)  # noqa: S608


_NULL = "\\N"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": " "})


def _copy_entries(
    rows: Sequence[Written], ids: Sequence[int], uuids: Sequence[str], intakes: Sequence[int], by: int, now: datetime
) -> None:
    at = now.isoformat()
    told = []
    for pk, uuid, intake, (line, series, vintage, replaced, reason) in zip(ids, uuids, intakes, rows, strict=True):
        _ordinal, cell, head, period, first, last, base, value, lower, upper, hedge, _bounded = line
        told.append(
            f"{pk}\t{uuid}\t{series}\t{period}\t{first}\t{last}\t{base}\t{head.kind}\t{vintage}\t{value}\t{lower}"
            f"\t{upper}\t{hedge}\t{intake}\t{cell.translate(_ESCAPED)}\t{at}\t{by}"
            f"\t{replaced.last if replaced else _NULL}\t{reason.translate(_ESCAPED) if reason else ''}\n"
        )
    _copy("figures_entry", _ENTRY, "".join(told))


def _copy(table: str, columns: Sequence[str], text: str) -> None:
    command = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    # Django knows nothing of COPY, so its errors are made Django's here.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(command) as copy:
        copy.write(text)


def insert(rows: Sequence[models.Model]) -> None:
    """New rows of one table, as a bulk creation, which on PostgreSQL takes several times as long for large JSON."""
    if not rows:
        return
    table = type(rows[0])
    if not is_postgresql() or len(rows) == 1:
        table._default_manager.bulk_create(rows)
        return
    options = table._meta
    fields = options.concrete_fields
    for row, pk in zip(rows, _reserved(options.db_table, len(rows)), strict=True):
        row.pk = pk
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    command = f"COPY {options.db_table} ({names}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _stand(rows: Sequence[Written], ids: Sequence[int]) -> None:
    new, changed = [], []
    for pk, (line, series, vintage, replaced, _reason) in zip(ids, rows, strict=True):
        if replaced and replaced.latest:
            changed.append((pk, replaced.latest))
        else:
            new.append((series, line.period, line.base, line.head.kind, vintage, pk))
    with connection.cursor() as cursor:
        if is_postgresql():
            text = "".join(f"{s}\t{p}\t{b}\t{k}\t{v}\t{e}\n" for s, p, b, k, v, e in new)
            if new:
                _copy("figures_latest", _LATEST, text)
            if changed:
                cursor.execute(
                    "UPDATE figures_latest SET entry_id = c.e FROM unnest(%s::bigint[], %s::bigint[]) AS c(e, l) "
                    "WHERE id = c.l",
                    [[e for e, _ in changed], [row for _, row in changed]],
                )
            return
        marks = ", ".join(["%s"] * len(_LATEST))
        cursor.executemany(f"INSERT INTO figures_latest ({', '.join(_LATEST)}) VALUES ({marks})", new)  # noqa: S608
        cursor.executemany("UPDATE figures_latest SET entry_id = %s WHERE id = %s", changed)
