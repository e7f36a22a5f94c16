# SPDX-License-Identifier: Apache-2.0
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from bamsat.rooms.documents.triggers import put_back


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_provider"),
        ("places", "0005_version_word"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Comes last when the migration is taken back; forward, the next migration puts the trigger back.
        migrations.RunPython(migrations.RunPython.noop, put_back),
        migrations.AddField(
            model_name="readfigure",
            name="remark",
            field=models.TextField(blank=True, verbose_name="ý kiến trả lại"),
        ),
        migrations.AddField(
            model_name="readfigure",
            name="checked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="readfigure",
            name="checked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="readfigure",
            name="checked_place",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.place",
            ),
        ),
        migrations.AlterField(
            model_name="readfigure",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Chờ xem"),
                    ("doubt", "Cần xem lại"),
                    ("editing", "Đang sửa"),
                    ("checked", "Chờ duyệt"),
                    ("returned", "Trả lại"),
                    ("accepted", "Đã nhận"),
                    ("rejected", "Không phải số liệu"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="readfigure",
            index=models.Index(
                condition=models.Q(("checked_place__isnull", False)),
                fields=["checked_place"],
                name="readfigure_drafts",
            ),
        ),
    ]
