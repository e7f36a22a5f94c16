# SPDX-License-Identifier: Apache-2.0
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("figures", "0004_insert_only_again")]

    operations = [
        migrations.AlterField(
            model_name="intake",
            name="state",
            field=models.CharField(
                choices=[
                    ("checking", "đang xem thử"),
                    ("checked", "đã xem thử, chưa ghi"),
                    ("submitted", "chờ duyệt"),
                    ("writing", "đang ghi vào sổ"),
                    ("done", "đã ghi vào sổ"),
                    ("refused", "không nạp được"),
                    ("dropped", "đã bỏ"),
                ],
                default="checking",
                max_length=10,
                verbose_name="trạng thái",
            ),
        ),
    ]
