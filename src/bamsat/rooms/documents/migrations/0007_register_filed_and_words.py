# SPDX-License-Identifier: Apache-2.0
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """The register is leafed through by the day a document was filed; a record knows its place in the search index."""

    dependencies = [("documents", "0006_register_and_proposals")]

    operations = [
        migrations.AlterModelOptions(
            name="record",
            options={
                "ordering": ["-filed_on", "-pk"],
                "verbose_name": "văn bản trong sổ",
                "verbose_name_plural": "văn bản trong sổ",
            },
        ),
        migrations.RemoveIndex(model_name="record", name="record_register"),
        migrations.AddField(
            model_name="record",
            name="filed_on",
            field=models.DateField(default=django.utils.timezone.localdate, editable=False),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["holder", "direction", "-filed_on", "-id"], name="record_filed"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["holder", "direction", "year", "-filed_on", "-id"], name="record_filed_in_year"),
        ),
        migrations.CreateModel(
            name="RecordWords",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="documents.record"
                    ),
                ),
            ],
            options={
                "verbose_name": "văn bản trong chỉ mục tìm",
                "verbose_name_plural": "văn bản trong chỉ mục tìm",
            },
        ),
    ]
