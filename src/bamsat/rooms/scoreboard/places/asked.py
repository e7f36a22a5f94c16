# SPDX-License-Identifier: Apache-2.0
"""Which places stand beside each other on a ranking or a map, for which indicator, by what, on which boundaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop

from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import sort_key
from bamsat.rooms.catalogue.models import Indicator, SetMember
from bamsat.rooms.catalogue.queries import sets
from bamsat.rooms.figures.ground import end_of
from bamsat.rooms.figures.known import Known
from bamsat.rooms.figures.models import DEPARTMENT, Entry, EntryKind, Latest, Measure, Series
from bamsat.rooms.figures.queries import told_by
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Kind, Place, PlaceVersion
from bamsat.rooms.places.queries import called_on, covered_by, reaches, roots
from bamsat.rooms.places.rights import Function, sees_everything
from bamsat.rooms.scoreboard.asked import Asked
from bamsat.rooms.scoreboard.board import Field
from bamsat.rooms.scoreboard.progress import Span, span_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

VALUE, GROWTH, PLAN, PART, STATE = "gia-tri", "tang-truong", "ke-hoach", "dong-gop", "trang-thai"
BY = {
    VALUE: gettext_noop("Giá trị"), GROWTH: gettext_noop("Tăng trưởng"), PLAN: gettext_noop("% kế hoạch"),
    PART: gettext_noop("Đóng góp"), STATE: gettext_noop("Trạng thái"),
}  # fmt: skip
BELOW, DEEP, BESIDE = "duoi", "xa", "cung-cap"
NOW = "nay"


@dataclass(frozen=True, slots=True)
class Kept:
    """In what the numbers of one list are told: never of two price bases, units or providers at once."""

    price_basis: str
    unit: str
    provider: str


@dataclass(frozen=True, slots=True)
class PlacesAsked:
    """What a ranking or a map is asked for."""

    asked: Asked
    indicator: Indicator
    indicators: tuple[Indicator, ...]
    fields: tuple[Field, ...]
    by: str
    level: str  # the places below the chosen one, or those beside it
    levels: tuple[str, ...]  # what there is to choose from
    above: Place | None  # of which they are parts
    places: tuple[Place, ...]  # those that the user may see
    day: date  # on which these were the places
    restated: bool  # asked for on today's boundaries
    kept: Kept
    others: tuple[Kept, ...]  # other price bases, units and providers that some of the places have
    span: Span
    periods: tuple[str, ...]


def places_asked(
    user: User | AnonymousUser, request: HttpRequest, asked: Asked, ways_by: Sequence[str]
) -> PlacesAsked | None:
    """None where no two places with figures stand beside each other, or nobody told any figure of a period."""
    query = request.GET
    restated = query.get("dia-gioi") == NOW
    today = asked.known.day or timezone.localdate()
    day = today if restated or asked.period is None else end_of(asked.period)
    groups = _groups(user, asked.place, day, asked.known)
    level = query.get("cap", "")
    level = level if level in groups else next(iter(groups), "")
    if not level:
        return None
    above, places = groups[level]
    # Who sees every indicator of these places needs no further question of each series.
    whole = sees_everything(user) or all(reach.sets is None for reach in reaches(user, Function.SEE))
    seen = Series.objects.all() if whole else series_of(user)
    of_level = told_by(seen.filter(segment="", place__in=[place.pk for place in places]), asked.known.moment)
    indicators, fields = _indicators(of_level, asked.field)
    indicator = _chosen(indicators, query.get("chi-tieu", ""))
    if indicator is None:
        return None
    series = of_level.filter(indicator=indicator)
    spoken = _spoken(series, asked)
    if not spoken:
        return None
    period = asked.period or next((one for one, kind in spoken if kind != EntryKind.PLAN), spoken[0][0])
    by = query.get("theo", "")
    told = tuple(dict.fromkeys(period.code for period, _kind in spoken if period.start_year == period.end_year))
    kept, others = _kept(series, query.get("gia"), query.get("nguon", ""), asked.known.moment)
    return PlacesAsked(
        asked, indicator, indicators, fields, by if by in ways_by else ways_by[0], level, tuple(groups), above,
        tuple(places), day, restated, kept, others, span_of(period, spoken), told,
    )  # fmt: skip


# Places.


def _groups(
    user: User | AnonymousUser, place: Place, day: date, known: Known
) -> dict[str, tuple[Place | None, list[Place]]]:
    """The places below and beside the chosen one that day, where the user sees more than one and they have figures."""
    seen = _seen(user).exclude(kind=Kind.COUNTRY)
    above = above_of(place, day)
    wanted: list[tuple[str, Place | None, QuerySet[PlaceVersion, int]]] = [(BELOW, place, below(day, [place.pk]))]
    if Kind.DISTRICT in set(seen.filter(pk__in=wanted[0][2]).values_list("kind", flat=True)):
        wanted.append((DEEP, place, below(day, wanted[0][2])))
    if above is not None:
        wanted.append((BESIDE, above, below(day, [above.pk])))
    found: dict[str, tuple[Place | None, list[Place]]] = {}
    for level, whole, ids in wanted:
        places = list(seen.filter(pk__in=ids).order_by("sort_key", "slug"))
        there = Series.objects.filter(place__in=[one.pk for one in places])
        if len(places) > 1 and told_by(there, known.moment).exists():
            found[level] = (whole, _called(places, known))
    return found


def _called(places: list[Place], known: Known) -> list[Place]:
    """By the names of the day whose knowledge the page shows, and in their order."""
    if known.day is None:
        return places
    called_on(places, known.day)
    return sorted(places, key=lambda one: (sort_key(one.name), one.slug))


def _seen(user: User | AnonymousUser) -> QuerySet[Place]:
    """The places whose figures the user may see."""
    return Place.objects.all() if sees_everything(user) else covered_by(roots(user, Function.SEE))


def below(day: date, places: Iterable[int] | QuerySet[PlaceVersion, int]) -> QuerySet[PlaceVersion, int]:
    return _holding(day).filter(parent__in=places).values_list("place_id", flat=True)


def above_of(place: Place, day: date) -> Place | None:
    held = _holding(day).filter(place=place).select_related("parent").first()
    held = held or PlaceVersion.objects.filter(place=place).select_related("parent").order_by("-valid_from").first()
    return held.parent if held else None


def codes_of(day: date) -> dict[str, Place]:
    """The provinces of a day by the codes that they had then."""
    held = _holding(day).filter(place__kind=Kind.PROVINCE).select_related("place")
    return {version.code: version.place for version in held if version.code}


def _holding(day: date) -> QuerySet[PlaceVersion]:
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return PlaceVersion.objects.filter(begun, Q(valid_to=None) | Q(valid_to__gt=day))


# Indicators.


def _indicators(series: QuerySet[Series], field: str) -> tuple[tuple[Indicator, ...], tuple[Field, ...]]:
    """The indicators that these places have figures of, in the order of the catalogue, and the fields they are in."""
    there = Indicator.objects.filter(Exists(series.filter(indicator=OuterRef("pk"))))
    every = {one.pk: one for one in there.order_by("order", "sort_key", "pk")}
    members: dict[int, list[int]] = {}
    rows = SetMember.objects.filter(indicator__in=every).order_by("set_id", "order", "pk")
    for held, indicator in rows.values_list("set_id", "indicator_id"):
        members.setdefault(held, []).append(indicator)
    in_force = sorted(sets().filter(pk__in=members), key=lambda one: (one.order, one.code))
    fields = tuple(Field(one.code, one, tuple(members[one.pk])) for one in in_force)
    chosen = next((one for one in fields if one.code == field), None)
    shown = chosen.indicators if chosen else tuple(every)
    return tuple(every[pk] for pk in shown), fields


def _chosen(indicators: Sequence[Indicator], code: str) -> Indicator | None:
    if not code:
        return indicators[0] if indicators else None
    found = next((one for one in indicators if one.code == code), None)
    if found is None and not Indicator.objects.filter(code=code).exists():
        raise Http404
    return found or (indicators[0] if indicators else None)


# In what the numbers are told.


def _kept(
    series: QuerySet[Series], price_basis: str | None, provider: str, known: datetime | None
) -> tuple[Kept, tuple[Kept, ...]]:
    """What most of the places have, or what the address asks for; and what else there is. Who only plans tells none."""
    done = Entry.objects.filter(series=OuterRef("pk")).exclude(kind=EntryKind.PLAN)
    if known is not None:
        done = done.filter(recorded_at__lte=known)
    levels = series.filter(Exists(done), measure=Measure.LEVEL)
    rows = levels.values_list("price_basis", "unit", "provider", "place")
    told = Counter(Kept(basis, unit, code) for basis, unit, code, _place in rows.distinct())
    if not told:
        told = Counter({Kept("", "", DEPARTMENT): 0})
    ordered = sorted(told, key=lambda one: (-told[one], one.provider != DEPARTMENT, one.price_basis, one.unit))
    fits = [
        one
        for one in ordered
        if (price_basis is None or one.price_basis == price_basis) and provider in ("", one.provider)
    ]
    chosen = (fits or ordered)[0]
    return chosen, tuple(one for one in ordered if one != chosen)


# Periods.


def _spoken(series: QuerySet[Series], asked: Asked) -> list[tuple[Period, str]]:
    """The periods that anything is known of, and their kinds, the latest first."""
    moment, ids = asked.known.moment, series.values("pk")
    if moment is None:
        told: Iterable[tuple[str, str]] = _distinct(Latest.objects.filter(series__in=ids))
    else:
        told = _distinct(Entry.objects.filter(series__in=ids, recorded_at__lte=moment))
    spans = {(Period.parse(code), kind) for code, kind in told}
    return sorted(spans, key=lambda one: (-one[0].last, one[0].first, one[1]))


def _distinct(rows: QuerySet[Latest] | QuerySet[Entry]) -> list[tuple[str, str]]:
    return list(rows.order_by().values_list("period", "kind").distinct())
