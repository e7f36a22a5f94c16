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
        """Menus show what a user's roles open, accounts ask who administers; neither knows this room."""
        from bamsat.rooms.accounts import access
        from bamsat.rooms.places import rights, role_words
        from bamsat.ui import navigation

        navigation.may_use.append(rights.may_use)
        access.also_administers.append(rights.sees_everything)
        access.roles_in_words.append(role_words.in_words)
