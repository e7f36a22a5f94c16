# SPDX-License-Identifier: Apache-2.0
"""Triggers that keep the trail insert-only on both databases; part of a migration, so never edited."""

from __future__ import annotations

from typing import Any

TABLE = "accounts_auditrecord"
REFUSAL = "the trail is insert-only"
EVENTS = ("update", "delete")

_SQLITE = f"""
CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{{event}} BEFORE {{event}} ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION accounts_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = f"""
CREATE OR REPLACE TRIGGER {TABLE}_no_{{event}} BEFORE {{event}} ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION accounts_refuse()
"""


def install(connection: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for event in EVENTS:
            cursor.execute((_POSTGRESQL if connection.vendor == "postgresql" else _SQLITE).format(event=event))


def remove(connection: Any) -> None:
    """Only for taking the migration back, and for tests that must empty or forge a database."""
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for event in EVENTS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{event}{on}")


def install_by_migration(_apps: Any, schema_editor: Any) -> None:
    install(schema_editor.connection)


def remove_by_migration(_apps: Any, schema_editor: Any) -> None:
    remove(schema_editor.connection)
