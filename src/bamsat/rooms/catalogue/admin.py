# SPDX-License-Identifier: Apache-2.0
"""Indicators, their names and units in the administrator's tables."""

from django.contrib import admin

from bamsat.rooms.accounts.admin import Signed
from bamsat.rooms.catalogue.models import Indicator, IndicatorName, Unit


class Names(admin.TabularInline):
    model = IndicatorName
    extra = 1


@admin.register(Indicator)
class Indicators(Signed):
    list_display = ("name_vi", "code", "display_unit", "adds_up", "good", "order")
    list_filter = ("adds_up", "good")
    search_fields = ("code", "folded", "name_vi", "names__folded")
    inlines = [Names]


@admin.register(Unit)
class Units(Signed):
    list_display = ("name_vi", "code", "scale")
    search_fields = ("code", "name_vi", "name_en")

    def get_readonly_fields(self, request: object, obj: Unit | None = None) -> tuple[str, ...]:
        # Entries are integers at this scale: it is chosen once.
        return ("code", "scale") if obj else ()
