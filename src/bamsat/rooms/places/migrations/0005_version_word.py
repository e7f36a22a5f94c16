# SPDX-License-Identifier: Apache-2.0
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0004_kinds_changes_links")]

    operations = [
        migrations.AddField(
            model_name="placeversion",
            name="word",
            field=models.CharField(blank=True, max_length=20, verbose_name="loại đơn vị"),
        ),
    ]
