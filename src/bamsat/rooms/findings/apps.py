# SPDX-License-Identifier: Apache-2.0
"""The findings room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingsConfig(AppConfig):
    name = "bamsat.rooms.findings"
    label = "findings"
    verbose_name = _("Phát hiện")
    default_auto_field = "django.db.models.BigAutoField"
