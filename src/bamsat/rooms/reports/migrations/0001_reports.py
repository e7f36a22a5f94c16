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
        ("places", "0005_version_word"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40, verbose_name="loại báo cáo")),
                ("name", models.CharField(max_length=300, verbose_name="tên báo cáo")),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("month", "tháng"),
                            ("quarter", "quý"),
                            ("half", "6 tháng"),
                            ("nine_months", "9 tháng"),
                            ("year", "năm"),
                            ("five_years", "5 năm"),
                            ("once", "khi được yêu cầu"),
                        ],
                        max_length=12,
                        verbose_name="định kỳ",
                    ),
                ),
                ("audience", models.TextField(blank=True, verbose_name="gửi tới")),
                ("deadline", models.JSONField(default=dict, verbose_name="hạn")),
                ("forms", models.JSONField(blank=True, default=list, verbose_name="lấy số từ biểu")),
                ("symbol", models.CharField(blank=True, max_length=60, verbose_name="ký hiệu")),
                ("authority", models.CharField(blank=True, max_length=60, verbose_name="thẩm quyền ký")),
                ("post", models.CharField(blank=True, max_length=120, verbose_name="chức vụ người ký")),
                ("since", models.DateField(verbose_name="làm từ ngày")),
                ("until", models.DateField(blank=True, null=True, verbose_name="thôi từ ngày")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.indicatorset",
                        verbose_name="bộ chỉ tiêu",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_plans",
                        to="places.place",
                        verbose_name="địa bàn",
                    ),
                ),
            ],
            options={
                "verbose_name": "báo cáo định kỳ",
                "verbose_name_plural": "báo cáo định kỳ",
                "ordering": ["place_id", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40, verbose_name="loại báo cáo")),
                ("period", models.CharField(max_length=40, verbose_name="kỳ")),
                ("first_month", models.IntegerField(verbose_name="tháng đầu của kỳ")),
                ("last_month", models.IntegerField(verbose_name="tháng cuối của kỳ")),
                ("title", models.CharField(max_length=500, verbose_name="tên báo cáo")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("submitted", "Đã trình"),
                            ("returned", "Trả lại"),
                            ("approved", "Đã duyệt"),
                            ("issued", "Đã ban hành"),
                            ("dropped", "Thôi soạn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("due", models.DateTimeField(blank=True, null=True, verbose_name="hạn")),
                ("frame", models.JSONField(blank=True, default=dict, verbose_name="thể thức")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.indicatorset",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="places.place",
                        verbose_name="địa bàn",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="reports.reportplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "báo cáo",
                "verbose_name_plural": "báo cáo",
                "ordering": ["-last_month", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40, verbose_name="loại báo cáo")),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="tên tệp")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("size", models.BigIntegerField(default=0, verbose_name="cỡ tệp")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report_templates", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name": "mẫu Word",
                "verbose_name_plural": "mẫu Word",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("generated", "máy soạn"),
                            ("edited", "sửa trong Word"),
                            ("signed", "bản ký số (PDF)"),
                        ],
                        max_length=10,
                        verbose_name="nguồn gốc",
                    ),
                ),
                ("media", models.CharField(max_length=8, verbose_name="loại tệp")),
                ("name", models.CharField(max_length=255, verbose_name="tên tệp")),
                ("sha256", models.CharField(db_index=True, editable=False, max_length=64)),
                ("size", models.BigIntegerField(verbose_name="cỡ tệp")),
                ("known", models.DateTimeField(null=True, verbose_name="số theo sổ lúc")),
                ("numbers", models.JSONField(blank=True, default=list)),
                ("remarks", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="reports.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "bản báo cáo",
                "verbose_name_plural": "bản báo cáo",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("submitted", "Đã trình"),
                            ("returned", "Trả lại"),
                            ("approved", "Đã duyệt"),
                            ("issued", "Đã ban hành"),
                            ("dropped", "Thôi soạn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="reports.report"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.version"
                    ),
                ),
            ],
            options={
                "verbose_name": "bước",
                "verbose_name_plural": "bước",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("plan__isnull", False), models.Q(("state", "dropped"), _negated=True)),
                fields=("plan", "period"),
                name="one_report_a_plan_and_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_month__lte", models.F("last_month"))), name="report_period_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="template",
            index=models.Index(fields=["place", "kind"], name="template_in_force"),
        ),
    ]
