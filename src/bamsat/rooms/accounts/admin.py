# SPDX-License-Identifier: Apache-2.0
"""Users and the trail in the administrator's tables; the trail can only be looked at."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import audit, sessions
from .models import AuditRecord, User


class LookedAt(admin.ModelAdmin):
    """A table to be looked at, not changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Signed(admin.ModelAdmin):
    """A table whose changes are in the trail, as if an action had made them: which fields, never what was typed."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._sign(request, obj, "added", message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._sign(request, obj, "changed", message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            self._sign(request, obj, "removed", [])
        return super().log_deletions(request, queryset)

    def details(self, obj: Any) -> dict[str, Any]:
        """What of the object the trail should say beside the names of the changed fields."""
        return {}

    def _sign(self, request: HttpRequest, obj: Model, done: str, message: Any) -> None:
        by: Any = request.user
        action = f"{obj._meta.app_label}.{obj._meta.model_name}.{done}"
        audit.record(by, action, obj, fields=message, **self.details(obj))


class GivenPassword(AdminPasswordChangeForm):
    """A password that an administrator typed: the user chooses another with it, and signs in anew everywhere."""

    def save(self, commit: bool = True) -> Any:
        self.user.must_change_password = True
        saved = super().save(commit)
        sessions.end(sessions.live(self.user))
        return saved


@admin.register(User)
class Users(Signed, UserAdmin):
    change_password_form = GivenPassword
    list_display = ("username", "display_name", "language", "is_active", "is_staff")
    fieldsets = (*UserAdmin.fieldsets, (_("Bám Sát"), {"fields": ("display_name", "language", "must_change_password")}))  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a user is switched off, and stays the author of what they did

    def details(self, obj: User) -> dict[str, Any]:
        return {"administers": obj.is_superuser, "staff": obj.is_staff, "active": obj.is_active}


@admin.register(AuditRecord)
class Trail(LookedAt):
    list_display = ("at", "by", "action", "object_type", "object_id", "reason")
    list_filter = ("action",)
    search_fields = ("object_id",)
    show_full_result_count = False
