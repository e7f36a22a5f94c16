# SPDX-License-Identifier: Apache-2.0

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_lists_sets_identities"),
        ("places", "0003_fill_place_ended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BoundaryChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merge", "sáp nhập"),
                            ("split", "chia tách"),
                            ("transfer", "điều chuyển"),
                            ("rename", "đổi tên"),
                            ("found", "thành lập"),
                            ("close", "giải thể"),
                        ],
                        max_length=10,
                        verbose_name="loại thay đổi",
                    ),
                ),
                ("on", models.DateField(verbose_name="có hiệu lực từ ngày")),
                ("act", models.CharField(max_length=300, verbose_name="văn bản")),
                ("note", models.TextField(blank=True, verbose_name="ghi chú")),
                ("told", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "thay đổi địa giới",
                "verbose_name_plural": "thay đổi địa giới",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PlaceKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="mã")),
                ("name_vi", models.CharField(max_length=120, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="tên tiếng Anh")),
                ("rank", models.PositiveSmallIntegerField(default=100, verbose_name="thứ bậc")),
                ("administrative", models.BooleanField(default=False, verbose_name="là đơn vị hành chính")),
                ("attributes", models.JSONField(blank=True, default=list, verbose_name="thuộc tính")),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
            ],
            options={
                "verbose_name": "loại địa bàn",
                "verbose_name_plural": "loại địa bàn",
                "ordering": ["rank", "code"],
            },
        ),
        migrations.CreateModel(
            name="PlaceLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=120, verbose_name="quan hệ")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày")),
            ],
            options={
                "verbose_name": "quan hệ giữa các nơi",
                "verbose_name_plural": "quan hệ giữa các nơi",
                "ordering": ["place_id", "to_id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="succession",
            name="one_succession_a_pair",
        ),
        migrations.AddField(
            model_name="place",
            name="attributes",
            field=models.JSONField(blank=True, default=dict, verbose_name="thuộc tính"),
        ),
        migrations.AddField(
            model_name="placerole",
            name="act",
            field=models.CharField(blank=True, max_length=300, verbose_name="văn bản"),
        ),
        migrations.AddField(
            model_name="placerole",
            name="acting_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="làm thay cho",
            ),
        ),
        migrations.AddField(
            model_name="placerole",
            name="sets",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="catalogue.indicatorset", verbose_name="chỉ các bộ chỉ tiêu"
            ),
        ),
        migrations.AddField(
            model_name="placerole",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="từ ngày"),
        ),
        migrations.AddField(
            model_name="placerole",
            name="valid_to",
            field=models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày"),
        ),
        migrations.AlterField(
            model_name="place",
            name="kind",
            field=models.CharField(max_length=20, verbose_name="loại"),
        ),
        migrations.AlterField(
            model_name="placerole",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="roles",
                to="places.place",
                verbose_name="địa bàn",
            ),
        ),
        migrations.AlterField(
            model_name="placerole",
            name="role",
            field=models.CharField(
                choices=[
                    ("admin", "quản trị"),
                    ("director", "giám đốc Sở"),
                    ("deputy", "phó giám đốc Sở"),
                    ("head", "lãnh đạo phòng"),
                    ("specialist", "chuyên viên"),
                    ("clerk", "văn thư"),
                    ("commune", "cán bộ cấp xã"),
                    ("facility", "cơ sở, doanh nghiệp"),
                    ("reader", "người xem"),
                    ("api", "phần mềm khác (API)"),
                ],
                max_length=12,
                verbose_name="vai trò",
            ),
        ),
        migrations.AlterField(
            model_name="placerole",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="place_roles",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người dùng",
            ),
        ),
        migrations.AddField(
            model_name="boundarychange",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="change",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successions",
                to="places.boundarychange",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(fields=("old", "new", "on"), name="one_succession_a_pair_and_day"),
        ),
        migrations.AddField(
            model_name="placelink",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="links", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="placelink",
            name="to",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="linked", to="places.place"
            ),
        ),
        migrations.AddConstraint(
            model_name="placelink",
            constraint=models.UniqueConstraint(fields=("place", "to", "role"), name="one_link_once_a_role"),
        ),
    ]
