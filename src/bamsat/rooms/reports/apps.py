# SPDX-License-Identifier: Apache-2.0
"""The reports room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "bamsat.rooms.reports"
    label = "reports"
    verbose_name = _("Báo cáo")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Reports stand in the agenda of the month and in calendar feeds; the side bar counts those that wait."""
        from bamsat.rooms.reports.due import deadlines, rows
        from bamsat.rooms.reports.queries import waiting_count
        from bamsat.rooms.submissions.month.agenda import agenda_sources
        from bamsat.rooms.tasks.feed import sources
        from bamsat.ui import navigation

        if rows not in agenda_sources:
            agenda_sources.append(rows)
        if deadlines not in sources:
            sources.append(deadlines)
        navigation.waiting["reports:list"] = waiting_count
