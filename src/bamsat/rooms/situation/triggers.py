# SPDX-License-Identifier: Apache-2.0
"""Triggers that keep notes as they were written on both databases; part of a migration, so never edited."""

from __future__ import annotations

from typing import Any

TABLES = ("situation_note", "situation_note_indicators", "situation_note_targets", "situation_note_about")
REFUSAL = "notes are insert-only"

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION situation_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION situation_refuse()
"""


def install(connection: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        template = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
        for table in TABLES:
            for event in ("update", "delete"):
                cursor.execute(template.format(table=table, event=event, refusal=REFUSAL))


def remove(connection: Any) -> None:
    """Only for taking the migration back, and for tests that must empty a database."""
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in TABLES:
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on.format(table=table)}")


def install_by_migration(_apps: Any, schema_editor: Any) -> None:
    install(schema_editor.connection)


def remove_by_migration(_apps: Any, schema_editor: Any) -> None:
    remove(schema_editor.connection)
