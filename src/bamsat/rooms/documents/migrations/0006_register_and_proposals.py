# SPDX-License-Identifier: Apache-2.0

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_raw_stays_raw_again"),
        ("places", "0005_version_word"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Chờ đọc"),
                    ("reading", "Đang đọc"),
                    ("read", "Đã đọc"),
                    ("failed", "Chưa đọc được"),
                    ("refused", "Không nhận"),
                ],
                default="waiting",
                max_length=8,
                verbose_name="trạng thái",
            ),
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("received", "Văn bản đến"),
                            ("issued", "Văn bản đi"),
                            ("cited", "Được viện dẫn, chưa có trong sổ"),
                        ],
                        max_length=8,
                        verbose_name="sổ",
                    ),
                ),
                ("type", models.CharField(max_length=60, verbose_name="loại văn bản")),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="số")),
                ("symbol", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu")),
                ("key", models.CharField(blank=True, db_index=True, editable=False, max_length=80)),
                ("dated", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
                ("issuer", models.CharField(blank=True, max_length=300, verbose_name="cơ quan ban hành")),
                ("signer", models.CharField(blank=True, max_length=200, verbose_name="người ký")),
                ("post", models.CharField(blank=True, max_length=200, verbose_name="chức vụ người ký")),
                ("subject", models.TextField(blank=True, verbose_name="trích yếu")),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Thường"),
                            ("khan", "Khẩn"),
                            ("thuong_khan", "Thượng khẩn"),
                            ("hoa_toc", "Hỏa tốc"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="độ khẩn",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="năm của sổ")),
                ("arrival", models.PositiveIntegerField(blank=True, null=True, verbose_name="số đến")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="ngày đến")),
                ("note", models.TextField(blank=True, verbose_name="ghi chú")),
                ("as_read", models.JSONField(default=dict, editable=False)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record",
                        to="documents.document",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="places.place",
                        verbose_name="đơn vị giữ sổ",
                    ),
                ),
            ],
            options={
                "verbose_name": "văn bản trong sổ",
                "verbose_name_plural": "văn bản trong sổ",
                "ordering": ["-dated", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ReadCitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveIntegerField()),
                ("as_read", models.JSONField(editable=False)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("kind", models.CharField(max_length=12)),
                ("type", models.CharField(max_length=60, verbose_name="loại văn bản")),
                ("symbol", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu")),
                ("date", models.CharField(blank=True, max_length=10, verbose_name="ngày")),
                ("issuer", models.CharField(blank=True, max_length=300, verbose_name="cơ quan ban hành")),
                ("about", models.TextField(blank=True, verbose_name="trích yếu")),
                ("relation", models.CharField(max_length=12, verbose_name="quan hệ")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="citations", to="documents.document"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="citations",
                        to="documents.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "văn bản được viện dẫn",
                "verbose_name_plural": "văn bản được viện dẫn",
                "ordering": ["document_id", "ordinal"],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12, verbose_name="quan hệ")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="documents.readcitation",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relations", to="documents.record"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="related", to="documents.record"
                    ),
                ),
            ],
            options={
                "verbose_name": "quan hệ giữa văn bản",
                "verbose_name_plural": "quan hệ giữa văn bản",
            },
        ),
        migrations.CreateModel(
            name="ReadInstruction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ordinal", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Chờ xem"), ("accepted", "Đã thành nhiệm vụ"), ("dismissed", "Bỏ qua")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("as_read", models.JSONField(editable=False)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("kind", models.CharField(max_length=12, verbose_name="loại")),
                ("who", models.CharField(blank=True, max_length=300, verbose_name="ai làm")),
                ("what", models.TextField(verbose_name="việc gì")),
                ("time", models.CharField(max_length=8)),
                ("by_when", models.CharField(blank=True, max_length=300, verbose_name="thời hạn (nguyên văn)")),
                ("due", models.DateField(null=True, verbose_name="hạn")),
                ("said_by", models.CharField(blank=True, max_length=300, verbose_name="ai giao")),
                ("at", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, verbose_name="lý do bỏ qua")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "ý kiến chỉ đạo đọc được",
                "verbose_name_plural": "ý kiến chỉ đạo đọc được",
                "ordering": ["document_id", "ordinal"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["document"], name="instruction_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("document", "ordinal"), name="one_instruction_an_ordinal")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["holder", "direction", "-dated"], name="record_register"),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.UniqueConstraint(
                condition=models.Q(("arrival__isnull", False)),
                fields=("holder", "year", "arrival"),
                name="one_arrival_a_register_and_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.UniqueConstraint(
                condition=models.Q(("direction", "issued"), models.Q(("number", ""), _negated=True)),
                fields=("holder", "year", "key"),
                name="one_issued_symbol_a_register_and_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="readcitation",
            constraint=models.UniqueConstraint(fields=("document", "ordinal"), name="one_citation_an_ordinal"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(fields=("of", "to", "kind"), name="one_relation_a_pair_and_kind"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("of", models.F("to")), _negated=True), name="no_document_relates_to_itself"
            ),
        ),
    ]
