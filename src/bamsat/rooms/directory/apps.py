# SPDX-License-Identifier: Apache-2.0
"""The directory room as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "bamsat.rooms.directory"
    label = "directory"
    verbose_name = _("Danh bạ")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The catalogue, a floor below, shows who is in charge of an indicator set without knowing the directory."""
        from bamsat.rooms.catalogue import queries

        queries.in_charge.append(bodies_in_charge)


def bodies_in_charge(indicator_set: Any) -> list[tuple[str, str]]:
    from bamsat.rooms.directory.queries import in_charge_anywhere

    return [
        (f"{body}, {body.place.label}" if body.place else str(body), reverse("directory:body", args=[body.slug]))
        for body in in_charge_anywhere(indicator_set)
    ]
