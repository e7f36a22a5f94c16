# SPDX-License-Identifier: Apache-2.0
"""The database itself keeps what the reader understood at first, whatever is corrected later."""

from typing import Any

from django.db import migrations

REFUSAL = "what was read is never changed"
SQLITE = f"""
CREATE TRIGGER documents_readfigure_raw BEFORE UPDATE OF as_read ON documents_readfigure
WHEN OLD.as_read IS NOT NEW.as_read BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
POSTGRESQL = (
    f"""
CREATE FUNCTION documents_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
""",
    """
CREATE TRIGGER documents_readfigure_raw BEFORE UPDATE OF as_read ON documents_readfigure
FOR EACH ROW WHEN (OLD.as_read IS DISTINCT FROM NEW.as_read) EXECUTE FUNCTION documents_refuse()
""",
)


def install(_apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else (SQLITE,):
        schema_editor.execute(statement, params=None)


def remove(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER documents_readfigure_raw ON documents_readfigure", params=None)
        schema_editor.execute("DROP FUNCTION documents_refuse()", params=None)
    else:
        schema_editor.execute("DROP TRIGGER documents_readfigure_raw", params=None)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
