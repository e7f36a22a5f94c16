# SPDX-License-Identifier: Apache-2.0

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0002_lists_sets_identities"),
        ("places", "0004_kinds_changes_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=160, unique=True, verbose_name="địa chỉ")),
                ("kind", models.CharField(db_index=True, max_length=32, verbose_name="loại")),
                ("name", models.CharField(max_length=300, verbose_name="tên gần nhất")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                ("sort_key", models.CharField(blank=True, editable=False, max_length=600)),
                ("founded_act", models.CharField(blank=True, max_length=300, verbose_name="văn bản thành lập")),
                ("ended_act", models.CharField(blank=True, max_length=300, verbose_name="văn bản kết thúc")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="trụ sở")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="điện thoại")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử")),
                ("note", models.TextField(blank=True, verbose_name="ghi chú, nguồn")),
                ("shipped", models.BooleanField(default=False, editable=False)),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bodies",
                        to="places.place",
                        verbose_name="địa bàn",
                    ),
                ),
                (
                    "sets",
                    models.ManyToManyField(
                        blank=True,
                        related_name="bodies",
                        to="catalogue.indicatorset",
                        verbose_name="lĩnh vực phụ trách",
                    ),
                ),
            ],
            options={
                "verbose_name": "cơ quan, đơn vị",
                "verbose_name_plural": "cơ quan, đơn vị",
                "ordering": ["sort_key", "slug"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BodySuccession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="từ ngày")),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="văn bản")),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="predecessors", to="directory.body"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="successors", to="directory.body"
                    ),
                ),
            ],
            options={
                "verbose_name": "kế thừa đơn vị",
                "verbose_name_plural": "kế thừa đơn vị",
            },
        ),
        migrations.CreateModel(
            name="BodyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày")),
                ("name", models.CharField(max_length=300, verbose_name="tên")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                ("short_name", models.CharField(blank=True, max_length=60, verbose_name="tên viết tắt")),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="văn bản")),
                ("folded", models.CharField(db_index=True, editable=False, max_length=300)),
                ("sort_key", models.CharField(editable=False, max_length=600)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="directory.body"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children_versions",
                        to="directory.body",
                    ),
                ),
            ],
            options={
                "verbose_name": "tên và cấp trên theo thời gian",
                "verbose_name_plural": "tên và cấp trên theo thời gian",
                "ordering": ["body_id", models.OrderBy(models.F("valid_from"), nulls_first=True)],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("person", models.CharField(max_length=160, verbose_name="người giữ")),
                (
                    "kind",
                    models.CharField(
                        choices=[("appointed", "bổ nhiệm, bầu"), ("acting", "quyền"), ("in_charge", "phụ trách")],
                        default="appointed",
                        max_length=12,
                        verbose_name="cách giữ",
                    ),
                ),
                ("attested_from", models.DateField(blank=True, null=True, verbose_name="nguồn nhắc từ ngày")),
                ("attested_to", models.DateField(blank=True, null=True, verbose_name="nguồn nhắc đến hết ngày")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="nguồn")),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="văn bản")),
                ("ended_act", models.CharField(blank=True, max_length=300, verbose_name="văn bản thôi giữ")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="holdings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tài khoản",
                    ),
                ),
            ],
            options={
                "verbose_name": "người giữ chức vụ",
                "verbose_name_plural": "người giữ chức vụ",
                "ordering": [
                    "post_id",
                    models.OrderBy(models.F("valid_from"), nulls_first=True),
                    "attested_from",
                    "pk",
                ],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="ngày bàn giao")),
                ("what", models.TextField(verbose_name="nội dung bàn giao")),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="biên bản, văn bản")),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taken_over", to="directory.holding"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handed_over", to="directory.holding"
                    ),
                ),
            ],
            options={
                "verbose_name": "bàn giao",
                "verbose_name_plural": "bàn giao",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="chức vụ")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="chức vụ bằng tiếng Anh")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="thứ tự")),
                ("leads", models.BooleanField(default=False, verbose_name="đứng đầu")),
                ("single", models.BooleanField(default=False, verbose_name="chỉ một người giữ")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="directory.body"
                    ),
                ),
            ],
            options={
                "verbose_name": "chức vụ",
                "verbose_name_plural": "chức vụ",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head", "trưởng ban"),
                            ("standing_deputy", "phó trưởng ban thường trực"),
                            ("deputy", "phó trưởng ban"),
                            ("member", "ủy viên"),
                            ("secretary", "thư ký"),
                        ],
                        default="member",
                        max_length=16,
                        verbose_name="vai trò",
                    ),
                ),
                ("person", models.CharField(blank=True, max_length=160, verbose_name="thành viên")),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="văn bản")),
                ("ended_act", models.CharField(blank=True, max_length=300, verbose_name="văn bản thôi tham gia")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="directory.body",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="directory.body"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="directory.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "thành viên ban",
                "verbose_name_plural": "thành viên ban",
                "ordering": ["committee_id", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="holding",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to="directory.post"
            ),
        ),
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("person", models.CharField(blank=True, max_length=160, verbose_name="người được giao")),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("kt", "ký thay (KT.)"),
                            ("tl", "thừa lệnh (TL.)"),
                            ("tuq", "thừa ủy quyền (TUQ.)"),
                            ("dh", "điều hành thay"),
                        ],
                        default="tuq",
                        max_length=4,
                        verbose_name="cách ký",
                    ),
                ),
                ("scope", models.TextField(verbose_name="việc được giao")),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="văn bản")),
                ("ended_act", models.CharField(blank=True, max_length=300, verbose_name="văn bản thôi giao")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authorisations", to="directory.post"
                    ),
                ),
                (
                    "to_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authorised",
                        to="directory.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "ủy quyền, ký thay",
                "verbose_name_plural": "ủy quyền, ký thay",
                "ordering": ["post_id", "valid_from", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("period", models.CharField(blank=True, max_length=60, verbose_name="kỳ trong năm")),
                ("content", models.TextField(verbose_name="nội dung")),
                ("due", models.DateField(blank=True, null=True, verbose_name="hạn")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "chưa bắt đầu"),
                            ("running", "đang làm"),
                            ("done", "đã xong"),
                            ("dropped", "không làm nữa"),
                        ],
                        default="planned",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                ("result", models.TextField(blank=True, verbose_name="kết quả")),
                ("note", models.TextField(blank=True, verbose_name="ghi chú, nguồn")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="work", to="directory.body"
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads_work",
                        to="directory.body",
                        verbose_name="đơn vị chủ trì",
                    ),
                ),
            ],
            options={
                "verbose_name": "việc trong chương trình công tác",
                "verbose_name_plural": "việc trong chương trình công tác",
                "ordering": ["-year", models.OrderBy(models.F("due"), nulls_last=True), "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_from", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="directory_body_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodysuccession",
            constraint=models.UniqueConstraint(fields=("old", "new"), name="directory_one_succession_a_pair"),
        ),
        migrations.AddConstraint(
            model_name="bodyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_from", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="directory_bodyversion_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyversion",
            constraint=models.UniqueConstraint(fields=("body", "valid_from"), name="directory_one_version_a_start"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("body", "title"), name="directory_one_title_once_a_body"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_from", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="directory_membership_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", None), ("person", ""), ("post__isnull", False)),
                    models.Q(("body__isnull", False), ("person", ""), ("post", None)),
                    models.Q(("body", None), ("post", None), models.Q(("person", ""), _negated=True)),
                    _connector="OR",
                ),
                name="directory_a_member_is_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_from", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="directory_holding_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_from", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="directory_authorisation_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_post__isnull", False), models.Q(("person", ""), _negated=True), _connector="OR"
                ),
                name="directory_somebody_is_authorised",
            ),
        ),
    ]
