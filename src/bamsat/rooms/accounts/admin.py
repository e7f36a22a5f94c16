# SPDX-License-Identifier: Apache-2.0
"""Users and the trail in the administrator's tables; the trail can only be looked at."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import AuditRecord, User


@admin.register(User)
class Users(UserAdmin):
    list_display = ("username", "display_name", "language", "is_active", "is_staff")
    fieldsets = (*UserAdmin.fieldsets, (_("Bám Sát"), {"fields": ("display_name", "language")}))  # type: ignore[misc]


@admin.register(AuditRecord)
class Trail(admin.ModelAdmin):
    list_display = ("at", "by", "action", "object_type", "object_id", "reason")
    list_filter = ("action",)
    search_fields = ("object_id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditRecord | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditRecord | None = None) -> bool:
        return False
