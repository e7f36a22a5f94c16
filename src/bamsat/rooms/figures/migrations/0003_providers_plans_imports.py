# SPDX-License-Identifier: Apache-2.0

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_lists_sets_identities"),
        ("documents", "0002_raw_stays_raw"),
        ("figures", "0002_insert_only"),
        ("places", "0004_kinds_changes_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=255, verbose_name="tên tệp")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("format", models.CharField(max_length=12, verbose_name="định dạng")),
                ("size", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "đang xem thử"),
                            ("checked", "đã xem thử, chưa ghi"),
                            ("writing", "đang ghi vào sổ"),
                            ("done", "đã ghi vào sổ"),
                            ("refused", "không nạp được"),
                            ("dropped", "đã bỏ"),
                        ],
                        default="checking",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("options", models.JSONField(default=dict)),
                ("report", models.JSONField(default=dict)),
                ("rows", models.BigIntegerField(default=0)),
                ("read", models.BigIntegerField(default=0)),
                ("written", models.BigIntegerField(default=0)),
                ("unchanged", models.BigIntegerField(default=0)),
                ("left", models.BigIntegerField(default=0)),
                ("error_vi", models.TextField(blank=True)),
                ("error_en", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "lần nạp số liệu",
                "verbose_name_plural": "lần nạp số liệu",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.CharField(max_length=80, verbose_name="số, ký hiệu")),
                ("issuer", models.CharField(max_length=300, verbose_name="cơ quan ban hành")),
                ("issued_on", models.DateField(verbose_name="ngày ban hành")),
                ("title", models.CharField(max_length=500, verbose_name="trích yếu")),
                ("provider", models.CharField(default="council", max_length=40, verbose_name="kế hoạch của")),
                ("period", models.CharField(max_length=40, verbose_name="kỳ kế hoạch")),
                ("note", models.TextField(blank=True, verbose_name="ghi chú")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "kế hoạch",
                "verbose_name_plural": "kế hoạch",
                "ordering": ["-issued_on", "-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="series",
            name="series_interned",
        ),
        migrations.AddField(
            model_name="entry",
            name="cell",
            field=models.CharField(blank=True, max_length=80, verbose_name="ô hoặc dòng trong tệp"),
        ),
        migrations.AddField(
            model_name="series",
            name="provider",
            field=models.CharField(default="department", max_length=40, verbose_name="nguồn số liệu"),
        ),
        migrations.AlterField(
            model_name="entry",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="series",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="figures.series"
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="documents.readfigure",
            ),
        ),
        migrations.AlterField(
            model_name="latest",
            name="series",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="latest", to="figures.series"
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(
                fields=("indicator", "place", "segment", "measure", "unit", "price_basis", "provider"),
                name="series_interned",
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="intake",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="figures.intake",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plans",
                to="places.place",
                verbose_name="địa bàn",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="supersedes",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="superseded_by",
                to="figures.plan",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="plan",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="figures.plan",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("source__isnull", False)), fields=["source"], name="entry_source"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("plan__isnull", False)), fields=["plan"], name="entry_plan"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("place", "number", "issued_on"), name="one_plan_once_a_number"),
        ),
    ]
