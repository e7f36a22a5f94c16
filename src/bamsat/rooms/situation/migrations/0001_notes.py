# SPDX-License-Identifier: Apache-2.0
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0004_days_off_by_decision"),
        ("documents", "0005_raw_stays_raw_again"),
        ("figures", "0005_intake_submitted"),
        ("places", "0005_version_word"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situation",
                        to="places.place",
                        verbose_name="địa bàn",
                    ),
                ),
            ],
            options={
                "verbose_name": "mạch nhận định",
                "verbose_name_plural": "mạch nhận định",
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[("written", "ghi"), ("edited", "sửa"), ("withdrawn", "rút"), ("restored", "ghi lại")],
                        default="written",
                        max_length=10,
                        verbose_name="việc",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("difficulty", "Khó khăn"),
                            ("advantage", "Thuận lợi"),
                            ("cause", "Nguyên nhân"),
                            ("risk", "Rủi ro"),
                            ("solution", "Giải pháp"),
                            ("objective", "Mục tiêu"),
                        ],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("text", models.TextField(verbose_name="nội dung")),
                ("period", models.CharField(max_length=40, verbose_name="kỳ")),
                ("first_month", models.IntegerField(verbose_name="tháng đầu của kỳ")),
                ("last_month", models.IntegerField(verbose_name="tháng cuối của kỳ")),
                ("quote", models.TextField(blank=True, verbose_name="lời của văn bản")),
                ("start", models.PositiveIntegerField(null=True)),
                ("end", models.PositiveIntegerField(null=True)),
                ("likelihood", models.PositiveSmallIntegerField(null=True, verbose_name="khả năng xảy ra")),
                ("impact", models.PositiveSmallIntegerField(null=True, verbose_name="mức ảnh hưởng")),
                ("measure", models.TextField(blank=True, verbose_name="biện pháp ứng phó")),
                ("carried_out_on", models.DateField(null=True, verbose_name="ngày thực hiện")),
                ("pivot_year", models.PositiveSmallIntegerField(null=True, verbose_name="năm bản lề")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.indicatorset",
                        verbose_name="lĩnh vực",
                    ),
                ),
                (
                    "indicators",
                    models.ManyToManyField(related_name="+", to="catalogue.indicator", verbose_name="chỉ tiêu"),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="situation.note",
                    ),
                ),
                (
                    "targets",
                    models.ManyToManyField(related_name="+", to="figures.entry", verbose_name="chỉ tiêu kế hoạch"),
                ),
                (
                    "about",
                    models.ManyToManyField(
                        related_name="answers", to="situation.thread", verbose_name="nói về nhận định"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="situation.thread",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="situation.thread"
                    ),
                ),
            ],
            options={
                "verbose_name": "nhận định tình hình",
                "verbose_name_plural": "nhận định tình hình",
                "ordering": ["-recorded_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("thread",),
                        name="one_first_note_a_thread",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_month__lte", models.F("last_month"))), name="note_period_in_order"
                    ),
                ],
            },
        ),
    ]
