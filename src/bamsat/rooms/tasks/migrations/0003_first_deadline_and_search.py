# SPDX-License-Identifier: Apache-2.0

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0002_insert_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="first_due",
            field=models.DateField(blank=True, null=True, verbose_name="hạn ban đầu"),
        ),
        migrations.AddField(
            model_name="task",
            name="folded",
            field=models.TextField(blank=True, editable=False),
        ),
    ]
