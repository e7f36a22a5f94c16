# SPDX-License-Identifier: Apache-2.0
"""The catalogue room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "bamsat.rooms.catalogue"
    label = "catalogue"
    verbose_name = _("Danh mục")
    default_auto_field = "django.db.models.BigAutoField"
