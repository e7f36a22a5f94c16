# SPDX-License-Identifier: Apache-2.0
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="địa chỉ")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "cả nước"),
                            ("province", "tỉnh, thành phố"),
                            ("district", "huyện, quận, thị xã"),
                            ("commune", "xã, phường, đặc khu"),
                            ("market", "chợ"),
                            ("supermarket", "siêu thị, trung tâm thương mại"),
                            ("factory", "nhà máy"),
                            ("cluster", "cụm công nghiệp"),
                            ("gate", "cửa khẩu"),
                            ("other", "cơ sở khác"),
                        ],
                        max_length=12,
                        verbose_name="loại",
                    ),
                ),
                ("name", models.CharField(editable=False, max_length=200, verbose_name="tên gần nhất")),
                ("name_en", models.CharField(blank=True, editable=False, max_length=200, verbose_name="tên tiếng Anh")),
                ("sort_key", models.CharField(blank=True, editable=False, max_length=400)),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="vĩ độ"),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="kinh độ"),
                ),
            ],
            options={
                "verbose_name": "địa bàn",
                "verbose_name_plural": "địa bàn",
                "ordering": ["sort_key", "slug"],
                "indexes": [models.Index(fields=["kind", "sort_key"], name="place_kind_sort")],
            },
        ),
        migrations.CreateModel(
            name="PlaceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="tên tiếng Anh")),
                (
                    "code",
                    models.CharField(blank=True, db_index=True, max_length=12, verbose_name="mã Tổng cục Thống kê"),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày")),
                ("folded", models.CharField(editable=False, max_length=200)),
                ("sort_key", models.CharField(editable=False, max_length=400)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name": "tên và cấp trên theo thời gian",
                "verbose_name_plural": "tên và cấp trên theo thời gian",
                "ordering": ["place_id", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="PlaceName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200, verbose_name="cách viết khác")),
                ("folded", models.CharField(db_index=True, editable=False, max_length=200)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="places.placeversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "cách viết khác của địa bàn",
                "verbose_name_plural": "cách viết khác của địa bàn",
                "ordering": ["text"],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="từ ngày")),
                (
                    "share",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=7, null=True, verbose_name="phần chuyển sang"
                    ),
                ),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="văn bản")),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="predecessors", to="places.place"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="successors", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name": "kế thừa địa bàn",
                "verbose_name_plural": "kế thừa địa bàn",
            },
        ),
        migrations.CreateModel(
            name="Ancestor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                (
                    "ancestor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="below", to="places.place"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="above", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name": "cấp trên",
                "verbose_name_plural": "cấp trên",
                "indexes": [models.Index(fields=["ancestor", "place"], name="ancestor_down")],
            },
        ),
        migrations.CreateModel(
            name="PlaceRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "văn thư"),
                            ("specialist", "chuyên viên"),
                            ("head", "lãnh đạo phòng"),
                            ("director", "lãnh đạo Sở"),
                            ("admin", "quản trị"),
                        ],
                        max_length=12,
                        verbose_name="vai trò",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="places.place"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="place_roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vai trò tại địa bàn",
                "verbose_name_plural": "vai trò tại địa bàn",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "place", "role"), name="one_role_once_a_place")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="placeversion",
            index=models.Index(fields=["folded"], name="placeversion_folded"),
        ),
        migrations.AddConstraint(
            model_name="placeversion",
            constraint=models.UniqueConstraint(fields=("place", "valid_from"), name="one_version_a_start"),
        ),
        migrations.AddConstraint(
            model_name="placeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_from__isnull", True),
                    ("valid_to__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="version_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.UniqueConstraint(fields=("version", "text"), name="one_spelling_once_a_version"),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(fields=("old", "new"), name="one_succession_a_pair"),
        ),
    ]
