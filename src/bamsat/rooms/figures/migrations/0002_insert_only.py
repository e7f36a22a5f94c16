# SPDX-License-Identifier: Apache-2.0
"""The database itself refuses to change or delete a row of the ledger, whoever asks."""

from django.db import migrations

from bamsat.rooms.figures import triggers


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]

    operations = [migrations.RunPython(triggers.install_by_migration, triggers.remove_by_migration)]
