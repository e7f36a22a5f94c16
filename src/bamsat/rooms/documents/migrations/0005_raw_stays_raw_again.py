# SPDX-License-Identifier: Apache-2.0
from django.db import migrations

from bamsat.rooms.documents.triggers import put_back


class Migration(migrations.Migration):
    """The column that 0004 added made SQLite lose the trigger of the table."""

    dependencies = [("documents", "0004_checked_then_approved")]

    operations = [migrations.RunPython(put_back, migrations.RunPython.noop)]
