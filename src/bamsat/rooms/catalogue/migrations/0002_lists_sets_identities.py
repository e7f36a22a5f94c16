# SPDX-License-Identifier: Apache-2.0

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("expression", models.CharField(max_length=500, unique=True, verbose_name="đẳng thức")),
                ("note_vi", models.TextField(blank=True, verbose_name="ghi chú")),
                ("note_en", models.TextField(blank=True, verbose_name="ghi chú tiếng Anh")),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
            ],
            options={
                "verbose_name": "đẳng thức",
                "verbose_name_plural": "đẳng thức",
                "ordering": ["expression"],
            },
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_vi", models.CharField(max_length=300, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="mã")),
                ("order", models.PositiveIntegerField(default=100, verbose_name="thứ tự ưu tiên")),
            ],
            options={
                "verbose_name": "nguồn số liệu",
                "verbose_name_plural": "nguồn số liệu",
                "ordering": ["order", "code"],
            },
        ),
        migrations.AddField(
            model_name="indicator",
            name="base_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="năm gốc"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="concept",
            field=models.TextField(blank=True, verbose_name="khái niệm"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="denominator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.indicator",
                verbose_name="mẫu số là",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="dimensions",
            field=models.JSONField(blank=True, default=list, verbose_name="phân tổ theo danh mục"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="higher_code",
            field=models.CharField(blank=True, max_length=60, verbose_name="mã ở hệ thống cấp cao hơn"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="method",
            field=models.TextField(blank=True, verbose_name="phương pháp tính"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="numerator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.indicator",
                verbose_name="tử số là",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="price_basis",
            field=models.CharField(
                blank=True,
                choices=[
                    ("current", "giá hiện hành"),
                    ("constant:1994", "giá so sánh 1994"),
                    ("constant:2010", "giá so sánh 2010"),
                    ("constant:2020", "giá so sánh 2020"),
                ],
                max_length=16,
                verbose_name="giá",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="publication",
            field=models.CharField(blank=True, max_length=200, verbose_name="kỳ công bố"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="responsible",
            field=models.CharField(blank=True, max_length=300, verbose_name="cơ quan chịu trách nhiệm"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="source",
            field=models.CharField(blank=True, max_length=300, verbose_name="nguồn số liệu"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="dùng từ ngày"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="valid_to",
            field=models.DateField(blank=True, null=True, verbose_name="hết dùng từ ngày"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="weight",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.indicator",
                verbose_name="quyền số là",
            ),
        ),
        migrations.CreateModel(
            name="CodeList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_vi", models.CharField(max_length=300, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
                ("code", models.SlugField(max_length=40, verbose_name="mã danh mục")),
                ("version", models.CharField(max_length=20, verbose_name="phiên bản")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="dùng từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết dùng từ ngày")),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="văn bản ban hành")),
            ],
            options={
                "verbose_name": "danh mục mã",
                "verbose_name_plural": "danh mục mã",
                "ordering": ["code", "version"],
                "constraints": [models.UniqueConstraint(fields=("code", "version"), name="one_version_once_a_list")],
            },
        ),
        migrations.CreateModel(
            name="IndicatorSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_vi", models.CharField(max_length=300, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="mã")),
                ("order", models.PositiveIntegerField(default=100, verbose_name="thứ tự")),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.provider",
                        verbose_name="nguồn ưu tiên",
                    ),
                ),
            ],
            options={
                "verbose_name": "bộ chỉ tiêu",
                "verbose_name_plural": "bộ chỉ tiêu",
                "ordering": ["order", "code"],
            },
        ),
        migrations.CreateModel(
            name="SetMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=10000, verbose_name="thứ tự")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="catalogue.indicator",
                    ),
                ),
                (
                    "set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="catalogue.indicatorset"
                    ),
                ),
            ],
            options={
                "verbose_name": "chỉ tiêu của bộ",
                "verbose_name_plural": "chỉ tiêu của bộ",
                "ordering": ["set_id", "order", "pk"],
            },
        ),
        migrations.AddField(
            model_name="indicatorset",
            name="indicators",
            field=models.ManyToManyField(related_name="sets", through="catalogue.SetMember", to="catalogue.indicator"),
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_vi", models.CharField(max_length=300, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                ("shipped", models.BooleanField(default=False, editable=False, verbose_name="có sẵn trong sản phẩm")),
                ("code", models.CharField(max_length=40, verbose_name="mã")),
                ("other_names", models.JSONField(blank=True, default=list, verbose_name="tên gọi khác")),
                ("order", models.PositiveIntegerField(default=10000, verbose_name="thứ tự")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="dùng từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết dùng từ ngày")),
                ("folded", models.CharField(db_index=True, editable=False, max_length=300)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="catalogue.code",
                    ),
                ),
                (
                    "codelist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="catalogue.codelist"
                    ),
                ),
            ],
            options={
                "verbose_name": "mã",
                "verbose_name_plural": "mã",
                "ordering": ["order", "code"],
                "constraints": [models.UniqueConstraint(fields=("codelist", "code"), name="one_code_once_a_list")],
            },
        ),
        migrations.AddConstraint(
            model_name="setmember",
            constraint=models.UniqueConstraint(fields=("set", "indicator"), name="one_indicator_once_a_set"),
        ),
    ]
