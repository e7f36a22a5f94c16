# SPDX-License-Identifier: Apache-2.0
"""Documents in the administrator's tables: to be looked at, not changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bamsat.rooms.documents.models import Document


@admin.register(Document)
class Documents(admin.ModelAdmin):
    list_display = ("__str__", "state", "place", "holder", "uploaded_by", "uploaded_at")
    list_filter = ("state", "media")
    search_fields = ("name", "title", "sha256")
    exclude = ("text", "layout")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
