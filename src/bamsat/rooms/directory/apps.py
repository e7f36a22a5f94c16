# SPDX-License-Identifier: Apache-2.0
"""The directory room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "bamsat.rooms.directory"
    label = "directory"
    verbose_name = _("Danh bạ")
    default_auto_field = "django.db.models.BigAutoField"
