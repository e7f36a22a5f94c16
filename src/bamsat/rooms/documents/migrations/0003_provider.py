# SPDX-License-Identifier: Apache-2.0

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_raw_stays_raw"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="provider",
            field=models.CharField(default="department", max_length=40, verbose_name="nguồn số liệu"),
        ),
    ]
