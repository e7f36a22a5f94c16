# SPDX-License-Identifier: Apache-2.0
"""Every address of the product; each room brings its own."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from bamsat import errors

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

admin.site.site_header = admin.site.site_title = "Bám Sát"

urlpatterns = [
    *(
        path("", include(f"bamsat.rooms.{room}.urls"))
        for room in settings.ROOMS
        if find_spec(f"bamsat.rooms.{room}") and find_spec(f"bamsat.rooms.{room}.urls")
    ),
    path("quan-tri/", admin.site.urls),
]
