# SPDX-License-Identifier: Apache-2.0

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_lists_sets_identities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.UUIDField(default=uuid.uuid4)),
            ],
            options={
                "verbose_name": "lần sửa danh mục",
                "verbose_name_plural": "lần sửa danh mục",
            },
        ),
        migrations.AddField(
            model_name="code",
            name="unit",
            field=models.CharField(blank=True, max_length=60, verbose_name="đơn vị tính"),
        ),
        migrations.AddField(
            model_name="identity",
            name="valid_to",
            field=models.DateField(blank=True, null=True, verbose_name="hết dùng từ ngày"),
        ),
        migrations.AddField(
            model_name="indicatorset",
            name="valid_to",
            field=models.DateField(blank=True, null=True, verbose_name="hết dùng từ ngày"),
        ),
        migrations.AddField(
            model_name="provider",
            name="valid_to",
            field=models.DateField(blank=True, null=True, verbose_name="hết dùng từ ngày"),
        ),
        migrations.AddField(
            model_name="unit",
            name="valid_to",
            field=models.DateField(blank=True, null=True, verbose_name="hết dùng từ ngày"),
        ),
    ]
