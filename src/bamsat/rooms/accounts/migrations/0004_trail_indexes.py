# SPDX-License-Identifier: Apache-2.0
"""Indexes by which a page of a long trail is found; they leave its table, and so its triggers, as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sign_ins_and_passwords")]

    operations = [
        migrations.RemoveIndex("auditrecord", "audit_of_an_object"),
        *(
            migrations.AddIndex("auditrecord", models.Index(fields=fields, name=name))
            for fields, name in (
                (["object_type", "object_id", "id"], "audit_of_one_object"),
                (["object_type", "id"], "audit_of_a_kind"),
                (["by", "id"], "audit_by_a_user"),
                (["action", "id"], "audit_of_an_action"),
                (["at"], "audit_at"),
            )
        ),
    ]
