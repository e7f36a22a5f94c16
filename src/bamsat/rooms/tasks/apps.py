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
        """Tasks stand in the agenda of the month and on the page of the document that gave them, programmes on the
        page of their committee, and the side bar counts tasks that are late or nearly so."""
        from bamsat.rooms.directory.led import led_sources
        from bamsat.rooms.documents.register_page import record_sections
        from bamsat.rooms.submissions.month.agenda import agenda_sources
        from bamsat.rooms.tasks.due import rows, waiting_count
        from bamsat.rooms.tasks.led import programmes_of
        from bamsat.rooms.tasks.of_record import section
        from bamsat.ui import navigation

        if rows not in agenda_sources:
            agenda_sources.append(rows)
        if programmes_of not in led_sources:
            led_sources.append(programmes_of)
        if section not in record_sections:
            record_sections.append(section)
        navigation.waiting["tasks:list"] = waiting_count
