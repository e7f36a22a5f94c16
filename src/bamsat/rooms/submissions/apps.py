# SPDX-License-Identifier: Apache-2.0
"""The submissions room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "bamsat.rooms.submissions"
    label = "submissions"
    verbose_name = _("Biểu mẫu")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The agenda of a month asks every room; what is due by forms comes from here."""
        from bamsat.rooms.submissions.agenda import agenda_sources
        from bamsat.rooms.submissions.month_rows import rows

        if rows not in agenda_sources:
            agenda_sources.append(rows)
