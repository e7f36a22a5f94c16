# SPDX-License-Identifier: Apache-2.0
from django.db import migrations

from bamsat.rooms.reports import triggers


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_reports")]

    operations = [migrations.RunPython(triggers.install_by_migration, triggers.remove_by_migration)]
