# SPDX-License-Identifier: Apache-2.0
"""Indicators, their names and units in the administrator's tables."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bamsat.rooms.accounts.admin import Signed
from bamsat.rooms.catalogue.models import Indicator, IndicatorName, Unit
from bamsat.rooms.catalogue.writing import new_edition


class Names(admin.TabularInline):
    model = IndicatorName
    extra = 1


class Theirs(Signed):
    """A row that a person changes is theirs: upgrades leave it alone, as on the catalogue's own pages."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.shipped = False
        super().save_model(request, obj, form, change)
        new_edition()


@admin.register(Indicator)
class Indicators(Theirs):
    list_display = ("name_vi", "code", "display_unit", "adds_up", "good", "order")
    list_filter = ("adds_up", "good")
    search_fields = ("code", "folded", "name_vi", "names__folded")
    inlines = [Names]


@admin.register(Unit)
class Units(Theirs):
    list_display = ("name_vi", "code", "scale")
    search_fields = ("code", "name_vi", "name_en")

    def get_readonly_fields(self, request: object, obj: Unit | None = None) -> tuple[str, ...]:
        # Entries are integers at this scale: it is chosen once.
        return ("code", "scale") if obj else ()
