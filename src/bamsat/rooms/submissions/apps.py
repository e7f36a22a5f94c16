# SPDX-License-Identifier: Apache-2.0
"""The submissions room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "bamsat.rooms.submissions"
    label = "submissions"
    verbose_name = _("Biểu mẫu")
    default_auto_field = "django.db.models.BigAutoField"
