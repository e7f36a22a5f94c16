# SPDX-License-Identifier: Apache-2.0
"""Tables that are insert-only on both databases, by triggers; part of migrations, so what it writes never changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

EVENTS = ("update", "delete")

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {room}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {room}_refuse()
"""


@dataclass(frozen=True, slots=True)
class Guard:
    """What refuses every change of the rows of some tables of a room."""

    room: str
    tables: tuple[str, ...]
    refusal: str

    def install(self, connection: Any) -> None:
        postgresql = connection.vendor == "postgresql"
        with connection.cursor() as cursor:
            if postgresql:
                cursor.execute(_POSTGRESQL_FUNCTION.format(room=self.room, refusal=self.refusal))
            for table, event in self._each():
                asked = {"table": table, "event": event, "room": self.room, "refusal": self.refusal}
                cursor.execute((_POSTGRESQL if postgresql else _SQLITE).format(**asked))

    def remove(self, connection: Any) -> None:
        """Only for taking the migration back, and for tests that must empty or forge a database."""
        with connection.cursor() as cursor:
            for table, event in self._each():
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on}")

    def _each(self) -> Iterator[tuple[str, str]]:
        return ((table, event) for table in self.tables for event in EVENTS)

    def install_by_migration(self, _apps: Any, schema_editor: Any) -> None:
        self.install(schema_editor.connection)

    def remove_by_migration(self, _apps: Any, schema_editor: Any) -> None:
        self.remove(schema_editor.connection)
