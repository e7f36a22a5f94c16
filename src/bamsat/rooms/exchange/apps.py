# SPDX-License-Identifier: Apache-2.0
"""The exchange room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "bamsat.rooms.exchange"
    label = "exchange"
    verbose_name = _("Trao đổi dữ liệu")
    default_auto_field = "django.db.models.BigAutoField"
