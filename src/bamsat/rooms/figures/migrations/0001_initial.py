# SPDX-License-Identifier: Apache-2.0
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_initial"),
        ("documents", "0001_initial"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("period", models.CharField(max_length=40, verbose_name="kỳ")),
                ("first_month", models.IntegerField(verbose_name="tháng đầu của kỳ")),
                ("last_month", models.IntegerField(verbose_name="tháng cuối của kỳ")),
                ("base", models.CharField(blank=True, max_length=40, verbose_name="kỳ so sánh")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("actual", "thực hiện"),
                            ("estimate", "ước"),
                            ("plan", "kế hoạch"),
                            ("forecast", "dự báo"),
                        ],
                        max_length=8,
                        verbose_name="loại",
                    ),
                ),
                (
                    "vintage",
                    models.CharField(
                        choices=[("estimate", "ước tính"), ("preliminary", "sơ bộ"), ("official", "chính thức")],
                        max_length=12,
                        verbose_name="lần công bố",
                    ),
                ),
                ("value", models.BigIntegerField()),
                ("value_high", models.BigIntegerField(null=True)),
                ("of", models.BigIntegerField(null=True)),
                ("lower", models.BigIntegerField()),
                ("upper", models.BigIntegerField()),
                ("hedge", models.CharField(blank=True, max_length=8)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="figures.entry",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="documents.readfigure",
                    ),
                ),
            ],
            options={
                "verbose_name": "bút toán số liệu",
                "verbose_name_plural": "bút toán số liệu",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("segment", models.CharField(blank=True, max_length=300, verbose_name="phân tổ")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("level", "mức"),
                            ("growth", "tăng trưởng"),
                            ("change", "tăng, giảm tuyệt đối"),
                            ("plan_ratio", "so với kế hoạch"),
                            ("share", "tỷ trọng"),
                            ("index", "chỉ số"),
                            ("contribution", "đóng góp"),
                            ("ratio", "tỷ lệ"),
                        ],
                        max_length=12,
                        verbose_name="loại số",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="đơn vị")),
                ("price_basis", models.CharField(blank=True, max_length=16, verbose_name="giá")),
                ("scale", models.PositiveSmallIntegerField(verbose_name="số chữ số thập phân")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="series", to="catalogue.indicator"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="series", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name": "chuỗi số liệu",
                "verbose_name_plural": "chuỗi số liệu",
            },
        ),
        migrations.CreateModel(
            name="Latest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(max_length=40)),
                ("base", models.CharField(blank=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("actual", "thực hiện"),
                            ("estimate", "ước"),
                            ("plan", "kế hoạch"),
                            ("forecast", "dự báo"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "vintage",
                    models.CharField(
                        choices=[("estimate", "ước tính"), ("preliminary", "sơ bộ"), ("official", "chính thức")],
                        max_length=12,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="latest", to="figures.entry"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="latest", to="figures.series"
                    ),
                ),
            ],
            options={
                "verbose_name": "số đang dùng",
                "verbose_name_plural": "số đang dùng",
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="figures.series"
            ),
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reason", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="figures.entry"
                    ),
                ),
            ],
            options={
                "verbose_name": "rút bút toán",
                "verbose_name_plural": "rút bút toán",
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="documents.readfigure",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="confirmations", to="figures.entry"
                    ),
                ),
            ],
            options={
                "verbose_name": "nguồn nói cùng số",
                "verbose_name_plural": "nguồn nói cùng số",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("entry", "source"), name="one_confirmation_a_source")],
            },
        ),
        migrations.AddIndex(
            model_name="series",
            index=models.Index(fields=["place", "segment", "indicator"], name="series_place"),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(
                fields=("indicator", "place", "segment", "measure", "unit", "price_basis"), name="series_interned"
            ),
        ),
        migrations.AddConstraint(
            model_name="latest",
            constraint=models.UniqueConstraint(
                fields=("series", "period", "base", "kind", "vintage"), name="one_latest_a_key"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["series", "period", "base", "kind", "vintage"], name="entry_key"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", True)),
                fields=("series", "period", "base", "kind", "vintage"),
                name="one_first_entry_a_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("lower__lte", models.F("upper"))), name="entry_bounds_in_order"
            ),
        ),
    ]
