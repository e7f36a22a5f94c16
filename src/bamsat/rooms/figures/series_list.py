# SPDX-License-Identifier: Apache-2.0
"""The list of all series that the ledger holds, a page at a time; it never reads the entries of those not shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length, Substr

from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Indicator, IndicatorName, SetMember
from bamsat.rooms.figures.models import Latest, Series
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place, PlaceKind, PlaceVersion
from bamsat.rooms.places.queries import scope
from bamsat.rooms.places.territory import made_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LINES = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed down to."""

    search: str = ""
    place: Place | None = None
    field: str = ""  # code of an indicator set
    provider: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.search or self.place or self.field or self.provider)


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """An indicator at a place, in the list of all that the ledger holds."""

    indicator: Indicator
    place: Place
    entries: int
    last_month: int


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """One page of the list, and how many lines and pages there are in all."""

    lines: tuple[SeriesLine, ...]
    count: int
    number: int
    pages: int

    @property
    def before(self) -> int:
        """The page before this one; none is 0."""
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1 if self.number < self.pages else 0


def series_page(user: User | AnonymousUser, wanted: Wanted, number: int = 1, size: int = LINES) -> SeriesPage:
    """Indicators in the catalogue's order, the places of each by name; only the indicators of the page are opened."""
    found = _narrowed(user, wanted)
    # The names of the columns must not order the groups, else each of them would be its own.
    counted = found.order_by().values_list("indicator").annotate(n=Count("place", distinct=True))
    places_of = dict(counted)
    order = list(
        Indicator.objects.filter(pk__in=places_of).order_by("order", "sort_key", "pk").values_list("pk", flat=True)
    )
    count = sum(places_of.values())
    pages = max(1, -(-count // size))
    number = min(max(1, number), pages)
    pairs = _pairs(found, order, places_of, (number - 1) * size, size)
    return SeriesPage(tuple(_lines(found, pairs)), count, number, pages)


def series_lines(user: User | AnonymousUser, search: str = "", limit: int = LINES) -> tuple[SeriesLine, ...]:
    """The first lines that fit what was typed."""
    return series_page(user, Wanted(search=search), size=limit).lines


# From one place to the next along the index: a database would otherwise read every series to know their places.
_PLACES = """
WITH RECURSIVE place(id) AS (
    SELECT MIN(place_id) FROM {series}
    UNION ALL SELECT (SELECT MIN(place_id) FROM {series} WHERE place_id > place.id) FROM place WHERE id IS NOT NULL
) SELECT id FROM place WHERE id IS NOT NULL
"""


def places_with_figures(user: User | AnonymousUser, most: int = 300) -> list[Place]:
    """Places that the user may see and that have series, for a choice; of very many the higher kinds alone."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES.format(series=Series._meta.db_table))
        ids = [row[0] for row in cursor.fetchall()]
    rank = PlaceKind.objects.filter(code=OuterRef("kind")).values("rank")[:1]
    seen = scope(user).filter(pk__in=ids).defer("attributes", "latitude", "longitude")
    found = seen.annotate(rank=Coalesce(Subquery(rank), 100))
    return sorted(found.order_by("rank", "sort_key", "slug")[:most], key=lambda place: (place.sort_key, place.slug))


def _narrowed(user: User | AnonymousUser, wanted: Wanted) -> QuerySet[Series]:
    found = series_of(user)
    if wanted.place:
        # A place that was put together answers for what it was made of.
        found = found.filter(place__in=[wanted.place.pk, *(part.old.pk for part in made_of(wanted.place))])
    if wanted.provider:
        found = found.filter(provider=wanted.provider)
    if wanted.field:
        found = found.filter(indicator__in=SetMember.objects.filter(set__code=wanted.field).values("indicator_id"))
    if wanted.search.strip():
        found = found.filter(_fits(fold(wanted.search)))
    return found


def _fits(typed: str) -> Q:
    """The indicator or the place has the words in one of its names, whatever their tones; asked for by key, because
    names are few beside series."""
    indicators = set(Indicator.objects.filter(folded__contains=typed).values_list("pk", flat=True))
    indicators |= set(IndicatorName.objects.filter(folded__contains=typed).values_list("indicator_id", flat=True)[:500])
    places = set(PlaceVersion.objects.filter(folded__contains=typed).values_list("place_id", flat=True)[:500])
    return Q(indicator__in=indicators) | Q(place__in=places)


def _pairs(
    found: QuerySet[Series], order: Iterable[int], places_of: dict[int, int], skip: int, size: int
) -> list[tuple[int, int]]:
    """Indicator and place of the lines of a page; what stands before it is only counted."""
    opened, left = [], 0
    for indicator in order:
        if skip >= places_of[indicator]:
            skip -= places_of[indicator]
            continue
        opened.append(indicator)
        left += places_of[indicator]
        if left >= skip + size:
            break
    rows = found.filter(indicator__in=opened).order_by().values_list("indicator", "place", "place__sort_key").distinct()
    at = {indicator: position for position, indicator in enumerate(opened)}
    ordered = sorted(rows, key=lambda one: (at[one[0]], one[2], one[1]))
    return [(indicator, place) for indicator, place, _name in ordered[skip : skip + size]]


def _lines(found: QuerySet[Series], pairs: list[tuple[int, int]]) -> Iterator[SeriesLine]:
    if not pairs:
        return
    indicators = Indicator.objects.in_bulk({indicator for indicator, _ in pairs})
    places = Place.objects.in_bulk({place for _, place in pairs})
    rows = found.filter(indicator__in=list(indicators), place__in=list(places)).order_by()
    pair_of = {pk: (indicator, place) for pk, indicator, place in rows.values_list("pk", "indicator_id", "place_id")}
    entries: dict[tuple[int, int], int] = defaultdict(int)
    last: dict[tuple[int, int], int] = defaultdict(int)
    shapes = Latest.objects.filter(series__in=[pk for pk, pair in pair_of.items() if pair in set(pairs)]).order_by()
    # Codes of one shape sort as their periods do, so the last of each shape is found without reading any entry.
    shaped = shapes.values("series", length=Length("period"), mark=Substr("period", 6, 1))
    for one in shaped.annotate(last=Max("period"), n=Count("pk")):
        pair = pair_of[one["series"]]
        entries[pair] += one["n"]
        last[pair] = max(last[pair], _last_month(one["last"]))
    for indicator, place in pairs:
        yield SeriesLine(indicators[indicator], places[place], entries[indicator, place], last[indicator, place])


def _last_month(code: str) -> int:
    try:
        return Period.parse(code).last
    except PeriodUnreadable:
        return 0
