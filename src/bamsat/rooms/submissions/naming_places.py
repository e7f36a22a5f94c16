# SPDX-License-Identifier: Apache-2.0
"""Places as letters and lists name them: "Xã Bảo Lạc", with the word of their kind."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from bamsat.rooms.places.models import Place, PlaceVersion
from bamsat.ui import words


def full_name(place: Place) -> str:
    """The full name of one place, and until when for one that is no more."""
    return with_end(place, full_names([place.pk])[place.pk])


def with_end(place: Place, name: str) -> str:
    return place.full_label.replace(place.label, name, 1)


def full_names(places: Collection[int]) -> dict[int, str]:
    """The full name of each place today, its latest one where it is no more; one query."""
    today = timezone.localdate()
    found: dict[int, str] = {}
    rows = PlaceVersion.objects.filter(place__in=places).order_by("place_id", "valid_from")
    for version in rows:
        if version.place_id not in found or version.holds_on(today):
            english = version.name_en if words.language() == "en" else ""
            found[version.place_id] = words.capital(english or version.full_name)
    lost = [place for place in places if place not in found]
    return found | {place.pk: place.label for place in Place.objects.filter(pk__in=lost)} if lost else found
