# SPDX-License-Identifier: Apache-2.0
"""The accounts room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "bamsat.rooms.accounts"
    label = "accounts"
    verbose_name = _("Người dùng")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sign-ins reach the trail through the one module that listens to them."""
        from . import sign_ins

        assert sign_ins
