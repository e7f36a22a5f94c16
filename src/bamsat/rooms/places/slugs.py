# SPDX-License-Identifier: Apache-2.0
"""Addresses of places: readable, and never given twice."""

from __future__ import annotations

from bamsat.rooms.places.models import Place
from bamsat.rooms.places.shipped_tables import slug_of

_LONGEST = 110


def free_slug(*words: str, taken: set[str] | None = None) -> str:
    """An address made of the words; numbered where another place has it, or is about to have it."""
    base = "-".join(filter(None, (slug_of(word.replace("_", " ")) for word in words)))[:_LONGEST].strip("-") or "noi"
    used = set(Place.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | (taken or set())
    if base not in used:
        return base
    return next(slug for number in range(2, len(used) + 3) if (slug := f"{base}-{number}") not in used)
