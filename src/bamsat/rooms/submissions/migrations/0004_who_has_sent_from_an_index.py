# SPDX-License-Identifier: Apache-2.0
"""Who has sent is counted from one index, without reading the returns and their cells."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0003_files_of_a_batch_in_archives")]

    operations = [
        migrations.RemoveIndex(model_name="return", name="return_of_a_month"),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(
                fields=["last_month", "form", "state", "first_month", "place", "sent_at", "due"], name="return_counted"
            ),
        ),
    ]
