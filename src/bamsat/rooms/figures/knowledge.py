# SPDX-License-Identifier: Apache-2.0
"""What the check knows beforehand, from this department's own catalogue where it differs from the shipped one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Q
from django.utils import timezone

from bamsat.core.check.knowledge import Display, Knowledge, Name
from bamsat.core.ledger.identities import Identity, parse
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.queries import identities
from bamsat.rooms.places.models import Kind, Place, PlaceVersion

_COLUMNS = ("code", "name_vi", "name_en", "unit", "adds_up", "display_unit", "display_scale")
_UNITS_OF_PLACES = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)

_Indicators = tuple[tuple[str, str, str, str, str, str, int], ...]


def knowledge(place: Place | None = None, day: date | None = None) -> Knowledge:
    """Identities, names, units and how each indicator adds up, as the catalogue says today; with a place, the places
    that together make it up. Two questions, or three; what they answer is put together once."""
    own = tuple(Indicator.objects.filter(valid_to=None).order_by("pk").values_list(*_COLUMNS))
    ties = tuple(identities().order_by("pk").values_list("expression", flat=True))
    known = _built(own, ties)
    if place is None or place.kind == Kind.COMMUNE:
        return known
    parts = _parts_of(place, day or timezone.localdate())
    return replace(known, children={str(place.pk): parts}) if parts else known


@lru_cache(maxsize=4)
def _built(own: _Indicators, ties: tuple[str, ...]) -> Knowledge:
    shipped = Knowledge.shipped()
    codes = {row[0] for row in own}
    return replace(
        shipped,
        identities=_read(ties, codes),
        adds_up={**shipped.adds_up, **{code: adds_up for code, _vi, _en, _unit, adds_up, *_ in own}},
        names={**shipped.names, **{code: Name(vi, en or vi) for code, vi, en, *_ in own}},
        units={**shipped.units, **{code: unit for code, _vi, _en, unit, *_ in own if unit}},
        displays={**shipped.displays, **{row[0]: Display(row[5], Decimal(row[6])) for row in own if row[5]}},
    )


def _read(ties: tuple[str, ...], codes: set[str]) -> tuple[Identity, ...]:
    """The identities of the catalogue; one that speaks of an indicator no longer in use ties nothing."""
    found = []
    for expression in ties:
        try:
            found.append(parse(expression, codes))
        except BamsatError:
            continue
    return tuple(found)


def _parts_of(place: Place, day: date) -> tuple[str, ...]:
    """The administrative units directly below a place on a day; markets and clusters are no parts of its territory."""
    rows = PlaceVersion.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day), parent=place,
        place__kind__in=_UNITS_OF_PLACES,
    )  # fmt: skip
    return tuple(str(pk) for pk in rows.order_by("place_id").values_list("place_id", flat=True))
