# SPDX-License-Identifier: Apache-2.0
"""Whether two answers are the same: integers and words exactly, floats to one part in a million million."""

from __future__ import annotations

import duckdb

CLOSE = 1e-12


def differing(connection: duckdb.DuckDBPyConnection, one: str, other: str, keys: tuple[str, ...]) -> int:
    """How many rows differ, or are in one of the two answers alone; both are tables or views of the connection."""
    columns = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {one}").fetchall()}
    others = {name for name, *_ in connection.execute(f"DESCRIBE {other}").fetchall()}
    if columns.keys() != others:
        raise SystemExit(f"columns differ: {sorted(columns.keys() ^ others)}")
    apart = [_apart(name, kind) for name, kind in columns.items() if name not in keys]
    matched = " AND ".join(f'a."{key}" IS NOT DISTINCT FROM b."{key}"' for key in keys)
    both, wrong = connection.execute(
        f"SELECT count(*), count(*) FILTER ({' OR '.join(apart)}) FROM {one} a JOIN {other} b ON {matched}"
    ).fetchall()[0]
    sizes = [connection.execute(f"SELECT count(*) FROM {each}").fetchall()[0][0] for each in (one, other)]
    return int(wrong + sum(abs(size - both) for size in sizes))


def _apart(name: str, kind: str) -> str:
    a, b = f'a."{name}"', f'b."{name}"'
    if kind != "DOUBLE":
        return f"{a} IS DISTINCT FROM {b}"
    far = f"abs({a} - {b}) > {CLOSE} * greatest(abs({a}), abs({b}))"
    return f"(({a} IS NULL) <> ({b} IS NULL) OR coalesce({far}, false))"
