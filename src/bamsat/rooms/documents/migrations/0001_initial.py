# SPDX-License-Identifier: Apache-2.0
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sha256", models.CharField(db_index=True, editable=False, max_length=64)),
                ("name", models.CharField(max_length=255, verbose_name="tên tệp")),
                ("media", models.CharField(blank=True, max_length=8, verbose_name="loại tệp")),
                ("size", models.BigIntegerField(verbose_name="cỡ tệp")),
                ("period", models.CharField(blank=True, max_length=40, null=True, verbose_name="kỳ")),
                ("title", models.CharField(blank=True, max_length=500, verbose_name="tên văn bản")),
                ("outlet", models.CharField(blank=True, max_length=200, verbose_name="nơi phát hành")),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="người viết")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chờ đọc"),
                            ("reading", "Đang đọc"),
                            ("read", "Đã đọc"),
                            ("failed", "Chưa đọc được"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="trạng thái",
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="tiến độ")),
                ("progress_vi", models.CharField(blank=True, max_length=200)),
                ("progress_en", models.CharField(blank=True, max_length=200)),
                ("error_vi", models.TextField(blank=True)),
                ("error_en", models.TextField(blank=True)),
                ("error_cause", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField(blank=True)),
                ("layout", models.JSONField(blank=True, default=dict)),
                ("attributes", models.JSONField(blank=True, default=dict)),
                ("notices", models.JSONField(blank=True, default=list)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_documents",
                        to="places.place",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="places.place",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "văn bản",
                "verbose_name_plural": "văn bản",
                "ordering": ["-uploaded_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ReadFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ordinal", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chờ xem"),
                            ("doubt", "Cần xem lại"),
                            ("editing", "Đang sửa"),
                            ("accepted", "Đã nhận"),
                            ("rejected", "Không phải số liệu"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("as_read", models.JSONField(editable=False)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=300)),
                ("label", models.CharField(blank=True, max_length=500)),
                ("indicator", models.CharField(max_length=160, verbose_name="chỉ tiêu")),
                ("segment", models.CharField(blank=True, max_length=300, verbose_name="phân tổ")),
                ("measure", models.CharField(max_length=12, verbose_name="loại số")),
                ("value_text", models.CharField(max_length=60, verbose_name="giá trị")),
                ("value_high", models.CharField(blank=True, max_length=60)),
                ("of", models.CharField(blank=True, max_length=60)),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="đơn vị")),
                ("lower", models.CharField(max_length=60)),
                ("upper", models.CharField(max_length=60)),
                ("status", models.CharField(max_length=8, verbose_name="tình trạng số")),
                ("hedge", models.CharField(blank=True, max_length=8, verbose_name="mức dè dặt")),
                ("area", models.CharField(blank=True, max_length=200, verbose_name="địa bàn")),
                ("period", models.CharField(blank=True, max_length=40, verbose_name="kỳ")),
                ("base", models.CharField(blank=True, max_length=40, verbose_name="kỳ so sánh")),
                ("price_basis", models.CharField(blank=True, max_length=16, verbose_name="giá")),
                ("inferred", models.JSONField(blank=True, default=list)),
                ("doubt", models.TextField(blank=True)),
                ("at", models.CharField(blank=True, max_length=200)),
                ("corrected", models.BooleanField(default=False)),
                ("rejected_because", models.TextField(blank=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="documents.document"
                    ),
                ),
            ],
            options={
                "verbose_name": "số liệu đọc được",
                "verbose_name_plural": "số liệu đọc được",
                "ordering": ["document_id", "ordinal"],
            },
        ),
        migrations.CreateModel(
            name="ReadStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("indicator", models.CharField(blank=True, max_length=160)),
                ("sign", models.CharField(max_length=8)),
                ("period", models.CharField(blank=True, max_length=40)),
                ("base", models.CharField(blank=True, max_length=40)),
                ("at", models.CharField(blank=True, max_length=200)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="documents.document"
                    ),
                ),
            ],
            options={
                "verbose_name": "nhận định",
                "verbose_name_plural": "nhận định",
                "ordering": ["document_id", "ordinal"],
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["state", "uploaded_at"], name="document_state"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("sha256", "uploaded_by"), name="one_document_a_file_and_user"),
        ),
        migrations.AddIndex(
            model_name="readfigure",
            index=models.Index(fields=["document", "state"], name="readfigure_state"),
        ),
        migrations.AddConstraint(
            model_name="readfigure",
            constraint=models.UniqueConstraint(fields=("document", "ordinal"), name="one_figure_an_ordinal"),
        ),
        migrations.AddConstraint(
            model_name="readstatement",
            constraint=models.UniqueConstraint(fields=("document", "ordinal"), name="one_statement_an_ordinal"),
        ),
    ]
