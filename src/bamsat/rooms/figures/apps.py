# SPDX-License-Identifier: Apache-2.0
"""The figures room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "bamsat.rooms.figures"
    label = "figures"
    verbose_name = _("Số liệu")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The preview of a boundary change says what becomes of the figures; places know nothing of them."""
        from bamsat.rooms.figures.touched import series_touched
        from bamsat.rooms.places import changes

        changes.affected.append(series_touched)
