# SPDX-License-Identifier: Apache-2.0
from django.db import migrations

from bamsat.rooms.tasks.triggers import install_by_migration, remove_by_migration


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_tasks")]

    operations = [migrations.RunPython(install_by_migration, remove_by_migration)]
