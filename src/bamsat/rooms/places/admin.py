# SPDX-License-Identifier: Apache-2.0
"""Places, their versions and successors, and who has which role where."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.admin import Signed
from bamsat.rooms.places.actions import rebuild_ancestors
from bamsat.rooms.places.models import Place, PlaceRole, PlaceVersion, Succession


class Versions(admin.StackedInline):
    model = PlaceVersion
    fk_name = "place"
    extra = 0
    autocomplete_fields = ("parent",)


class Successors(admin.TabularInline):
    model = Succession
    fk_name = "old"
    extra = 0
    autocomplete_fields = ("new",)


@admin.register(Place)
class Places(Signed):
    list_display = ("name", "slug", "kind", "ended")
    list_filter = ("kind",)
    search_fields = ("slug", "name", "versions__folded")
    inlines = [Versions, Successors]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.take_name_from_versions()
        rebuild_ancestors()


@admin.register(PlaceRole)
class Roles(admin.ModelAdmin):
    """Roles as the administrator gives and takes them; each change is in the trail, as if done by the action."""

    list_display = ("user", "role", "place")
    list_filter = ("role",)
    autocomplete_fields = ("user", "place")

    def save_model(self, request: HttpRequest, obj: PlaceRole, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._record(request, "places.role.given", obj)

    def delete_model(self, request: HttpRequest, obj: PlaceRole) -> None:
        self._record(request, "places.role.taken", obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for held in queryset:
            self.delete_model(request, held)

    def _record(self, request: HttpRequest, action: str, held: PlaceRole) -> None:
        by: Any = request.user
        changed: Model = held
        audit.record(by, action, changed, user=held.user_id, place=held.place.slug, role=held.role)
