# SPDX-License-Identifier: Apache-2.0
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Versions keep the outline that they were written from; a register gives each number once. Nothing was issued
    before, so the table of issues is made anew; 0004 puts the triggers back that SQLite drops with a table."""

    dependencies = [
        ("reports", "0002_insert_only"),
        ("places", "0005_version_word"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="outline",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="version",
            name="template",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.template"
            ),
        ),
        migrations.CreateModel(
            name="Rendering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("media", models.CharField(max_length=8)),
                ("sha256", models.CharField(db_index=True, editable=False, max_length=64)),
                ("size", models.BigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="renderings", to="reports.version"
                    ),
                ),
            ],
            options={
                "verbose_name": "dạng khác của bản báo cáo",
                "verbose_name_plural": "dạng khác của bản báo cáo",
            },
        ),
        migrations.AddConstraint(
            model_name="rendering",
            constraint=models.UniqueConstraint(fields=("version", "media"), name="one_rendering_a_version_and_media"),
        ),
        migrations.DeleteModel(name="Issue"),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.IntegerField(verbose_name="năm của sổ")),
                ("number", models.CharField(max_length=20, verbose_name="số")),
                ("symbol", models.CharField(max_length=60, verbose_name="ký hiệu")),
                ("issued_on", models.DateField(verbose_name="ngày ban hành")),
                ("signer", models.CharField(blank=True, max_length=200, verbose_name="người ký")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issue", to="reports.report"
                    ),
                ),
                (
                    "signed",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.version"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.version"
                    ),
                ),
            ],
            options={
                "verbose_name": "bản ban hành",
                "verbose_name_plural": "bản ban hành",
                "ordering": ["-issued_on", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(
                fields=("place", "year", "symbol", "number"), name="one_number_a_register_and_year"
            ),
        ),
    ]
