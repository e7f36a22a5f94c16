# SPDX-License-Identifier: Apache-2.0

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_endings_units_edition"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_vi", models.CharField(max_length=300, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
                ("day", models.DateField(unique=True, verbose_name="ngày")),
                (
                    "working",
                    models.BooleanField(
                        choices=[(False, "nghỉ"), (True, "làm việc")], default=False, verbose_name="nghỉ hay làm việc"
                    ),
                ),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="theo văn bản")),
            ],
            options={
                "verbose_name": "ngày nghỉ, làm bù",
                "verbose_name_plural": "ngày nghỉ, làm bù",
                "ordering": ["-day"],
            },
        ),
    ]
