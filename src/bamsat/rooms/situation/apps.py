# SPDX-License-Identifier: Apache-2.0
"""The situation room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SituationConfig(AppConfig):
    name = "bamsat.rooms.situation"
    label = "situation"
    verbose_name = _("Tình hình")
    default_auto_field = "django.db.models.BigAutoField"
