# SPDX-License-Identifier: Apache-2.0
from django.db import migrations

from bamsat.rooms.reports import triggers


class Migration(migrations.Migration):
    """SQLite drops the triggers of a table that is altered."""

    dependencies = [("reports", "0003_outlines_and_registers")]

    operations = [
        migrations.RunPython(triggers.ALL.install_by_migration, triggers.ALL.remove_by_migration),
    ]
