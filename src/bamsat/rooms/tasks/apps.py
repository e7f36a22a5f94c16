# SPDX-License-Identifier: Apache-2.0
"""The tasks room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "bamsat.rooms.tasks"
    label = "tasks"
    verbose_name = _("Nhiệm vụ")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tasks stand in the agenda of the month, and the side bar counts those that are late or nearly so."""
        from bamsat.rooms.submissions.month.agenda import agenda_sources
        from bamsat.rooms.tasks.due import rows, waiting_count
        from bamsat.ui import navigation

        if rows not in agenda_sources:
            agenda_sources.append(rows)
        navigation.waiting["tasks:list"] = waiting_count
