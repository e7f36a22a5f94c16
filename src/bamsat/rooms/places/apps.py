# SPDX-License-Identifier: Apache-2.0
"""The places room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "bamsat.rooms.places"
    label = "places"
    verbose_name = _("Địa bàn")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Menus show what a user's roles open; the look itself knows no room."""
        from bamsat.rooms.places import rights
        from bamsat.ui import navigation

        navigation.may_use.append(rights.may_use)
