# SPDX-License-Identifier: Apache-2.0
"""Where users are signed in, the passwords they had, and walks along the trail."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_trail_insert_only")]

    operations = [
        migrations.AddField(
            "user", "must_change_password", models.BooleanField(default=False, verbose_name="phải đổi mật khẩu")
        ),
        migrations.AddField(
            "user",
            "password_changed_at",
            models.DateTimeField(editable=False, null=True, verbose_name="đổi mật khẩu lúc"),
        ),
        migrations.CreateModel(
            name="PasswordUsed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("encoded", models.CharField(max_length=128)),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passwords_used",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignedIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("started", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("address_mark", models.CharField(blank=True, max_length=64)),
                ("browser", models.CharField(blank=True, max_length=80)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "last_seen"], name="sign_ins_of_a_user"),
                    models.Index(fields=["user", "address_mark"], name="sign_ins_from_an_address"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrailCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("total", models.BigIntegerField(default=0)),
                ("count", models.BigIntegerField(default=0)),
                ("head", models.CharField(blank=True, max_length=64)),
                ("broken", models.BigIntegerField(null=True)),
                ("lost", models.CharField(blank=True, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
