# SPDX-License-Identifier: Apache-2.0
"""The tables beside the figures: their series, places, indicators, boundaries and codes, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from bamsat.core.compare.tables import INDICATORS
from bamsat.rooms.catalogue.models import Code, Indicator
from bamsat.rooms.exchange.boundaries import belonging
from bamsat.rooms.exchange.reading import Batch, in_batches
from bamsat.rooms.figures.compared import series_rows
from bamsat.rooms.figures.models import Series
from bamsat.rooms.places.models import Ancestor, Place, PlaceVersion

_SOME = 500
Row = tuple[Any, ...]


def series_with(figures: Collection[int]) -> Iterator[Row]:
    """The series that have a figure in the publication, by their number."""
    rows = series_rows(Series.objects.all()).order_by("pk")
    return (row for batch in in_batches(rows) for row in batch if row[0] in figures)


def indicators_with(codes: Collection[str]) -> list[Indicator]:
    """These indicators, and those of which they are ratios."""
    found = {each.code: each for each in Indicator.objects.select_related("numerator", "denominator", "weight")}
    wanted = {code for code in codes if code in found}
    while more := {code for each in wanted for code in _made_of(found[each])} - wanted:
        wanted |= more
    return [found[code] for code in sorted(wanted)]


def indicator_rows(indicators: Iterable[Indicator]) -> Iterator[Row]:
    for each in indicators:
        above, below = each.numerator, each.denominator
        told = {"indicator": each.code, "name": each.name_vi, "name_en": each.name_en}
        told |= {"numerator": above.code if above else "", "denominator": below.code if below else ""}
        yield tuple(told[c.name] if c.name in told else getattr(each, c.name) for c in INDICATORS.columns)


def boundary_rows(slugs: Collection[str], on: date) -> Batch:
    """Where the figures of these places belong on the boundaries of that day."""
    keys = [pk for pk, slug in Place.objects.values_list("pk", "slug").order_by() if slug in slugs]
    found = belonging(keys, on)
    names = dict(Place.objects.values_list("pk", "slug").order_by())
    told = ((names[b.place], b.first_month, b.last_month, names[b.to], b.share, b.of) for b in found)
    return sorted(told, key=lambda row: row[:4])


def place_rows(slugs: Collection[str], on: date) -> Batch:
    """These places and all that was ever above them, as they were called on that day."""
    keys = {pk for pk, slug in Place.objects.values_list("pk", "slug").order_by() if slug in slugs}
    for some in _some(sorted(keys)):
        keys |= set(Ancestor.objects.filter(place__in=some).values_list("ancestor", flat=True))
    places, versions = dict[int, Place](), dict[int, list[PlaceVersion]]()
    for some in _some(sorted(keys)):
        places |= Place.objects.in_bulk(some)
        for version in PlaceVersion.objects.filter(place__in=some).select_related("parent"):
            versions.setdefault(version.place_id, []).append(version)
    return sorted(_place_row(places[pk], versions.get(pk, []), on) for pk in keys)


def code_rows() -> Batch:
    """All codes of all lists; they are few, and a breakdown may name any."""
    names = ("codelist__code", "codelist__version", "code", "parent__code", "name_vi", "name_en", "unit")
    rows = Code.objects.order_by().values_list(*names)
    return sorted(tuple("" if value is None else value for value in row) for row in rows)


def _place_row(place: Place, versions: list[PlaceVersion], on: date) -> Row:
    by_start = sorted(versions, key=lambda version: version.valid_from or date.min)
    begun = [version for version in by_start if (version.valid_from or date.min) <= on]
    if not by_start:
        return (place.slug, "", place.kind, place.name, place.name_en)
    version = begun[-1] if begun else by_start[0]
    return (place.slug, version.parent.slug if version.parent else "", place.kind, version.name, version.name_en)


def _made_of(indicator: Indicator) -> list[str]:
    return [each.code for each in (indicator.numerator, indicator.denominator) if each]


def _some(keys: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(keys), _SOME):
        yield keys[at : at + _SOME]
