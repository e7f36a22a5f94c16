# SPDX-License-Identifier: Apache-2.0
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="mã")),
                ("name_vi", models.CharField(max_length=120, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="tên tiếng Anh")),
                ("scale", models.PositiveSmallIntegerField(default=6, verbose_name="số chữ số thập phân giữ trong sổ")),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
            ],
            options={
                "verbose_name": "đơn vị tính",
                "verbose_name_plural": "đơn vị tính",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=160, unique=True, verbose_name="mã")),
                ("name_vi", models.CharField(max_length=300, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="đơn vị gốc")),
                ("display_unit", models.CharField(blank=True, max_length=60, verbose_name="đơn vị hiển thị")),
                (
                    "display_scale",
                    models.BigIntegerField(default=1, verbose_name="một đơn vị hiển thị bằng bao nhiêu đơn vị gốc"),
                ),
                (
                    "adds_up",
                    models.CharField(
                        choices=[
                            ("flow", "cộng được theo thời gian và theo nơi"),
                            ("stock", "số tại một thời điểm"),
                            ("index", "chỉ số, không cộng"),
                            ("ratio", "tỷ lệ của hai số"),
                        ],
                        default="flow",
                        max_length=8,
                        verbose_name="cách cộng",
                    ),
                ),
                (
                    "good",
                    models.CharField(
                        choices=[("up", "tăng là tốt"), ("down", "giảm là tốt"), ("none", "không có chiều tốt xấu")],
                        default="none",
                        max_length=4,
                        verbose_name="chiều tốt",
                    ),
                ),
                ("order", models.PositiveIntegerField(default=10000, verbose_name="thứ tự")),
                ("folded", models.CharField(db_index=True, editable=False, max_length=300)),
                ("sort_key", models.CharField(editable=False, max_length=600)),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
            ],
            options={
                "verbose_name": "chỉ tiêu",
                "verbose_name_plural": "chỉ tiêu",
                "ordering": ["order", "sort_key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("display_scale__gt", 0)), name="indicator_display_scale_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="tên gọi")),
                ("folded", models.CharField(db_index=True, editable=False, max_length=300)),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="catalogue.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "tên gọi khác",
                "verbose_name_plural": "tên gọi khác",
                "ordering": ["text"],
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "text"), name="one_wording_once_an_indicator")
                ],
            },
        ),
    ]
