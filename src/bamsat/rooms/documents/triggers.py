# SPDX-License-Identifier: Apache-2.0
"""The trigger that keeps what the reader understood at first; part of migrations, so never edited."""

from __future__ import annotations

from typing import Any

REFUSAL = "what was read is never changed"

_SQLITE = f"""
CREATE TRIGGER IF NOT EXISTS documents_readfigure_raw BEFORE UPDATE OF as_read ON documents_readfigure
WHEN OLD.as_read IS NOT NEW.as_read BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""


def put_back(_apps: Any, schema_editor: Any) -> None:
    """SQLite makes a table anew to change it, and loses its triggers on the way; PostgreSQL does not."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(_SQLITE, params=None)
