# SPDX-License-Identifier: Apache-2.0
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="place",
            name="ended",
            field=models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày"),
        ),
    ]
