# SPDX-License-Identifier: Apache-2.0
"""The scoreboard room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoreboardConfig(AppConfig):
    name = "bamsat.rooms.scoreboard"
    label = "scoreboard"
    verbose_name = _("Bảng điểm")
    default_auto_field = "django.db.models.BigAutoField"
