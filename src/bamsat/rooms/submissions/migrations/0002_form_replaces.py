# SPDX-License-Identifier: Apache-2.0

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0001_forms_and_returns"),
    ]

    operations = [
        migrations.AddField(
            model_name="form",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="submissions.form",
                verbose_name="thay biểu",
            ),
        ),
    ]
