# SPDX-License-Identifier: Apache-2.0
"""The tables beside the figures: their series, places, indicators, boundaries and codes, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import F

from bamsat.core.compare.tables import INDICATORS
from bamsat.rooms.catalogue.models import Code, Indicator
from bamsat.rooms.exchange.asked import Asked, places_asked
from bamsat.rooms.exchange.reading import Batch, in_batches
from bamsat.rooms.figures.belonging import belonging
from bamsat.rooms.figures.compared import series_rows
from bamsat.rooms.figures.models import Series
from bamsat.rooms.places.models import Place, PlaceVersion

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


def place_rows(asked: Asked, on: date) -> Batch:
    """Every place that could have a figure in the publication, as it was called on that day; one that is no more as
    it was last. Those without figures are there too, so that a total knows what it lacks."""
    versions = PlaceVersion.objects.filter(place__in=places_asked(asked)).order_by(
        "place", F("valid_from").asc(nulls_first=True)
    )
    names = ("place__slug", "parent__slug", "place__kind", "name", "name_en", "valid_from")
    found: dict[str, Row] = {}
    for slug, parent, kind, name, name_en, begun in versions.values_list(*names):
        if slug not in found or begun is None or begun <= on:
            found[slug] = (slug, parent or "", kind, name, name_en)
    return [found[slug] for slug in sorted(found)]


def code_rows() -> Batch:
    """All codes of all lists; they are few, and a breakdown may name any."""
    names = ("codelist__code", "codelist__version", "code", "parent__code", "name_vi", "name_en", "unit")
    rows = Code.objects.order_by().values_list(*names)
    return sorted(tuple("" if value is None else value for value in row) for row in rows)


def _made_of(indicator: Indicator) -> list[str]:
    return [each.code for each in (indicator.numerator, indicator.denominator) if each]
