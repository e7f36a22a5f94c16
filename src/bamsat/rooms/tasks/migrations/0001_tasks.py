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
        ("directory", "0001_bodies_posts_committees"),
        ("documents", "0006_register_and_proposals"),
        ("figures", "0005_intake_submitted"),
        ("places", "0005_version_word"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="task_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "địa chỉ lịch",
                "verbose_name_plural": "địa chỉ lịch",
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("task", "Nhiệm vụ"),
                            ("draft", "Văn bản tham mưu"),
                            ("programme", "Chương trình, đề án dài hạn"),
                        ],
                        default="task",
                        max_length=9,
                        verbose_name="loại",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="nguyên văn")),
                ("assigner", models.CharField(blank=True, max_length=300, verbose_name="ai giao")),
                ("what", models.TextField(verbose_name="nội dung")),
                ("product", models.CharField(blank=True, max_length=300, verbose_name="sản phẩm")),
                ("begins", models.DateField(verbose_name="giao ngày")),
                (
                    "time",
                    models.CharField(
                        choices=[
                            ("date", "có hạn"),
                            ("standing", "thường xuyên"),
                            ("event", "khi có việc"),
                            ("soon", "sớm, khẩn trương"),
                            ("none", "không nói hạn"),
                        ],
                        default="date",
                        max_length=8,
                        verbose_name="loại hạn",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="hạn")),
                ("rule", models.JSONField(blank=True, default=dict, verbose_name="lặp lại")),
                ("period", models.CharField(blank=True, max_length=40, verbose_name="kỳ")),
                ("condition", models.JSONField(blank=True, null=True, verbose_name="điều kiện về số liệu")),
                ("drafted", models.CharField(blank=True, max_length=60, verbose_name="loại văn bản trình")),
                ("issued_by", models.CharField(blank=True, max_length=300, verbose_name="cơ quan ban hành")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="directory.body",
                        verbose_name="ban chỉ đạo",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "indicators",
                    models.ManyToManyField(
                        blank=True, related_name="tasks", to="catalogue.indicator", verbose_name="chỉ tiêu"
                    ),
                ),
                (
                    "instruction",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task",
                        to="documents.readinstruction",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads_tasks",
                        to="directory.body",
                        verbose_name="đơn vị chủ trì",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="tasks.task",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người theo dõi",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="places.place",
                        verbose_name="địa bàn",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="documents.record",
                    ),
                ),
                (
                    "supporting",
                    models.ManyToManyField(
                        blank=True, related_name="supports_tasks", to="directory.body", verbose_name="đơn vị phối hợp"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="figures.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "nhiệm vụ",
                "verbose_name_plural": "nhiệm vụ",
                "ordering": [models.OrderBy(models.F("due"), nulls_last=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("assigned", "giao"),
                            ("progress", "ghi tiến độ"),
                            ("extension_asked", "xin gia hạn"),
                            ("extended", "cho gia hạn"),
                            ("extension_refused", "không cho gia hạn"),
                            ("reported", "báo hoàn thành"),
                            ("returned", "chưa đạt, làm tiếp"),
                            ("closed", "xác nhận hoàn thành"),
                            ("cancelled", "thôi thực hiện"),
                            ("reopened", "mở lại"),
                            ("stage", "qua bước"),
                            ("changed", "sửa"),
                        ],
                        max_length=18,
                        verbose_name="việc",
                    ),
                ),
                ("on", models.DateField(verbose_name="ngày")),
                ("due", models.DateField(null=True, verbose_name="hạn mới")),
                ("stage", models.CharField(blank=True, max_length=20, verbose_name="bước")),
                ("percent", models.PositiveSmallIntegerField(null=True, verbose_name="phần trăm")),
                ("note", models.TextField(blank=True, verbose_name="nội dung")),
                ("evidence", models.CharField(blank=True, max_length=120, verbose_name="số văn bản hoàn thành")),
                ("details", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                    "record",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.record"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="tasks.task"
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
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due", models.DateField()),
                ("days", models.SmallIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[("page", "trên trang"), ("mail", "thư điện tử"), ("text", "tin nhắn để dán")],
                        max_length=4,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="tasks.task"
                    ),
                ),
            ],
            options={
                "verbose_name": "lần nhắc",
                "verbose_name_plural": "lần nhắc",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["place", "due"], name="task_of_place"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent__isnull", False), models.Q(("period", ""), _negated=True)),
                fields=("parent", "period"),
                name="one_task_a_parent_and_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("due", None), ("due__gte", models.F("begins")), _connector="OR"),
                name="task_due_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("task", "due", "days", "way", "to"), name="one_reminder_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to", None)), fields=("task", "due", "days", "way"), name="one_reminder_of_nobody"
            ),
        ),
    ]
