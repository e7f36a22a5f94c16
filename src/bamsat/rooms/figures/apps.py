# SPDX-License-Identifier: Apache-2.0
"""The figures room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "bamsat.rooms.figures"
    label = "figures"
    verbose_name = _("Số liệu")
    default_auto_field = "django.db.models.BigAutoField"
