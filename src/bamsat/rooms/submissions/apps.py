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
        from bamsat.rooms.submissions.month.agenda import agenda_sources
        from bamsat.rooms.submissions.month.rows import rows

        if rows not in agenda_sources:
            agenda_sources.append(rows)
        _beside_the_ledger()


def _beside_the_ledger() -> None:
    """Pages of the ledger lead to returns and show what is on its way; the side bar counts what waits here."""
    from bamsat.rooms.figures.origins import FORM, origins
    from bamsat.rooms.figures.pending import pending_sources
    from bamsat.rooms.submissions.flow.beside_ledger import drafts, origin_of_return
    from bamsat.rooms.submissions.flow.queues import waiting_count
    from bamsat.ui import navigation

    origins[FORM] = origin_of_return
    if drafts not in pending_sources:
        pending_sources.append(drafts)
    navigation.waiting["submissions:list"] = waiting_count
    _beside_the_findings()


def _beside_the_findings() -> None:
    """Findings of returns are seen by those who fill, check or approve these."""
    from bamsat.rooms.findings.models import Origin
    from bamsat.rooms.findings.queries import scopes
    from bamsat.rooms.submissions.checking_kept import seen_by

    scopes[Origin.FORM] = seen_by
