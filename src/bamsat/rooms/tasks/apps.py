# SPDX-License-Identifier: Apache-2.0
"""The tasks room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "bamsat.rooms.tasks"
    label = "tasks"
    verbose_name = _("Nhiệm vụ")
    default_auto_field = "django.db.models.BigAutoField"
