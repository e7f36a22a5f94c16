# SPDX-License-Identifier: Apache-2.0
from django.db import migrations

from bamsat.rooms.figures.triggers import install_by_migration, remove_by_migration


class Migration(migrations.Migration):
    """SQLite makes a table anew to change it, and loses its triggers on the way."""

    dependencies = [("figures", "0003_providers_plans_imports")]

    operations = [migrations.RunPython(install_by_migration, remove_by_migration)]
