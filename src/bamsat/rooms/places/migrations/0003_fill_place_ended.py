# SPDX-License-Identifier: Apache-2.0
"""When a place ended, from the last of its versions."""

from typing import Any

from django.db import migrations


def fill(apps: Any, _schema_editor: Any) -> None:
    versions = apps.get_model("places", "PlaceVersion").objects
    standing = versions.filter(valid_to=None).values("place_id")
    for version in versions.exclude(valid_to=None).exclude(place_id__in=standing).order_by("valid_to").iterator():
        apps.get_model("places", "Place").objects.filter(pk=version.place_id).update(ended=version.valid_to)


class Migration(migrations.Migration):
    dependencies = [("places", "0002_place_ended")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
