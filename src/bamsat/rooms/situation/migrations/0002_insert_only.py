# SPDX-License-Identifier: Apache-2.0
from django.db import migrations

from bamsat.rooms.situation import triggers


class Migration(migrations.Migration):
    dependencies = [("situation", "0001_notes")]

    operations = [migrations.RunPython(triggers.install_by_migration, triggers.remove_by_migration)]
