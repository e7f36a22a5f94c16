# SPDX-License-Identifier: Apache-2.0
"""The findings room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingsConfig(AppConfig):
    name = "bamsat.rooms.findings"
    label = "findings"
    verbose_name = _("Phát hiện")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The side bar counts what waits here beside the entry that leads to it."""
        from bamsat.rooms.findings.queries import waiting
        from bamsat.ui import navigation

        navigation.waiting["figures:list"] = waiting
