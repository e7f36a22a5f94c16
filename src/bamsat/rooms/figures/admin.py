# SPDX-License-Identifier: Apache-2.0
"""The ledger in the administrator's tables: to be looked at, not changed."""

from django.contrib import admin

from bamsat.rooms.accounts.admin import LookedAt
from bamsat.rooms.figures.models import Entry


@admin.register(Entry)
class Entries(LookedAt):
    list_display = ("uuid", "series", "period", "kind", "vintage", "amount", "by", "recorded_at")
    list_filter = ("kind", "vintage")
    search_fields = ("uuid", "series__indicator__code", "series__place__slug")
    list_select_related = ("series__indicator", "series__place", "by")
