# SPDX-License-Identifier: Apache-2.0
"""The ledger in the administrator's tables: to be looked at, not changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bamsat.rooms.figures.models import Entry


@admin.register(Entry)
class Entries(admin.ModelAdmin):
    list_display = ("uuid", "series", "period", "kind", "vintage", "amount", "by", "recorded_at")
    list_filter = ("kind", "vintage")
    search_fields = ("uuid", "series__indicator__code", "series__place__slug")
    list_select_related = ("series__indicator", "series__place", "by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
