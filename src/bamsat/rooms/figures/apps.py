# SPDX-License-Identifier: Apache-2.0
"""The figures room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "bamsat.rooms.figures"
    label = "figures"
    verbose_name = _("Số liệu")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The preview of a boundary change says what becomes of the figures; places know nothing of them."""
        from bamsat.rooms.figures.touched import series_touched
        from bamsat.rooms.places import changes

        changes.affected.append(series_touched)
        _check_what_was_read()


def _check_what_was_read() -> None:
    """A document that was read is checked; what a finding says of the ledger is seen by those who see the ledger."""
    from bamsat.rooms.documents import reading
    from bamsat.rooms.figures.checking import check_document
    from bamsat.rooms.figures.scopes import with_hidden_entries
    from bamsat.rooms.findings import queries

    if check_document not in reading.after_reading:
        reading.after_reading.append(check_document)
    if with_hidden_entries not in queries.hidden:
        queries.hidden.append(with_hidden_entries)
