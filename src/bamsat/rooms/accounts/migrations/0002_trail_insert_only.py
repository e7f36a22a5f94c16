# SPDX-License-Identifier: Apache-2.0
"""The database itself refuses to change or delete a record of the trail, whoever asks."""

from django.db import migrations

from bamsat.rooms.accounts import triggers


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_users_and_trail")]

    operations = [migrations.RunPython(triggers.install_by_migration, triggers.remove_by_migration)]
