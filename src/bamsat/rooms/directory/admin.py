# SPDX-License-Identifier: Apache-2.0
"""The directory in the administrator's tables: to be looked at, not changed; changes are made on its pages."""

from django.contrib import admin

from bamsat.rooms.accounts.admin import LookedAt
from bamsat.rooms.directory.models import Authorisation, Body, Handover, Holding


@admin.register(Body)
class Bodies(LookedAt):
    list_display = ("name", "kind", "place", "valid_from", "valid_to")
    list_filter = ("kind",)
    search_fields = ("slug", "name", "versions__folded")


@admin.register(Holding)
class Holdings(LookedAt):
    list_display = ("person", "post", "kind", "valid_from", "valid_to")


@admin.register(Authorisation)
class Authorisations(LookedAt):
    list_display = ("post", "manner", "to_post", "person", "valid_from", "valid_to")


@admin.register(Handover)
class Handovers(LookedAt):
    list_display = ("old", "new", "on")
