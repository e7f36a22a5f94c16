# SPDX-License-Identifier: Apache-2.0
"""The desk room as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "bamsat.rooms.desk"
    label = "desk"
    verbose_name = _("Bàn làm việc")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The side bar asks the top room how much waits; the look itself knows no room."""
        from bamsat.ui import navigation

        navigation.waiting["documents:list"] = documents_to_look_at
        if not_for_senders not in navigation.of_no_use:
            navigation.of_no_use.append(not_for_senders)


FOR_SENDERS = {"home", "submissions:list", "figures:list", "tasks:list"}


def not_for_senders(user: Any, route: str) -> bool:
    """An official of a commune sees the month, forms, figures and its tasks; the rest is the department's work."""
    from bamsat.rooms.submissions.queries import only_sends
    from bamsat.ui.navigation import ENTRIES

    return route not in FOR_SENDERS and any(route == entry for entry, _name in ENTRIES) and only_sends(user)


def documents_to_look_at(user: Any) -> int:
    from bamsat.rooms.documents.queries import documents_left

    return documents_left(user)
