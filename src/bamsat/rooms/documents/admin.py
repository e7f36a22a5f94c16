# SPDX-License-Identifier: Apache-2.0
"""Documents in the administrator's tables: to be looked at, not changed."""

from django.contrib import admin

from bamsat.rooms.accounts.admin import LookedAt
from bamsat.rooms.documents.models import Document


@admin.register(Document)
class Documents(LookedAt):
    list_display = ("__str__", "state", "place", "holder", "uploaded_by", "uploaded_at")
    list_filter = ("state", "media")
    search_fields = ("name", "title", "sha256")
    exclude = ("text", "layout")
