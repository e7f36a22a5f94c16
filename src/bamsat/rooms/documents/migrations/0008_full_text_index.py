# SPDX-License-Identifier: Apache-2.0
"""The full-text index of the register, as each database has one: FTS5 tables on SQLite, a vector with GIN on PostgreSQL.

On SQLite the index keeps no text of its own. To take words out of such an index one must hand it the very words that
went in, so they stand packed beside it.
"""

from typing import Any

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE documents_recordtext USING fts5(
        head, body, content='', tokenize='unicode61 remove_diacritics 0', prefix='3')""",
    "CREATE TABLE documents_recordpacked (id INTEGER PRIMARY KEY, packed BLOB NOT NULL)",
)
POSTGRESQL = (
    "ALTER TABLE documents_recordwords ADD COLUMN vector tsvector",
    "CREATE INDEX documents_recordtext ON documents_recordwords USING gin (vector) WITH (fastupdate = off)",
)


def install(_apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def remove(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX documents_recordtext", params=None)
        schema_editor.execute("ALTER TABLE documents_recordwords DROP COLUMN vector", params=None)
    else:
        schema_editor.execute("DROP TABLE documents_recordtext", params=None)
        schema_editor.execute("DROP TABLE documents_recordpacked", params=None)


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_register_filed_and_words")]

    operations = [migrations.RunPython(install, remove)]
