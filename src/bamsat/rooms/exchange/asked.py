# SPDX-License-Identifier: Apache-2.0
"""What is asked to be published: which places and fields of the ledger, as known on which day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from bamsat.rooms.catalogue.models import IndicatorSet, SetMember
from bamsat.rooms.exchange.refused import PublishRefused
from bamsat.rooms.figures.known import end_of_day
from bamsat.rooms.figures.models import Series
from bamsat.rooms.places.models import Place, PlaceKind
from bamsat.rooms.places.queries import reached_from, under


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that the ledger holds of administrative units, unless less or more is asked for.

    `place` is the slug of a place, with what is below it and what it was made of; `sets` are codes of indicator sets.
    Figures of single facilities and enterprises are left out unless `facilities` says otherwise.
    """

    known: date | None = None
    place: str = ""
    sets: tuple[str, ...] = ()
    facilities: bool = False

    @property
    def moment(self) -> datetime | None:
        """The end of the day whose knowledge is asked for; None for what stands now."""
        return end_of_day(self.known) if self.known else None

    @property
    def told(self) -> dict[str, Any]:
        """The same as plain values, for the manifest and the trail."""
        return asdict(self) | {"known": self.known.isoformat() if self.known else "", "sets": list(self.sets)}


def places_asked(asked: Asked) -> QuerySet[Place]:
    """Administrative units, which everybody knows, of the whole country; with facilities, those of the place."""
    kinds = list(PlaceKind.objects.filter(administrative=True).values_list("code", flat=True))
    wanted = Q(kind__in=kinds)
    if asked.facilities:
        wanted |= _within(asked.place, "pk")
    return Place.objects.filter(wanted)


def series_asked(asked: Asked) -> QuerySet[Series]:
    """The series that may be in the publication; a place or set that nobody knows is refused."""
    wanted = _within(asked.place, "place")
    if not asked.facilities:
        kinds = PlaceKind.objects.filter(administrative=True).values_list("code", flat=True)
        wanted &= Q(place__kind__in=list(kinds))
    if asked.sets:
        wanted &= Q(indicator__in=SetMember.objects.filter(set__in=_sets(asked.sets)).values("indicator"))
    return Series.objects.filter(wanted)


def _within(slug: str, path: str) -> Q:
    """What a row must be for the place at the end of `path` to be this one or below it; anything without one."""
    if not slug:
        return Q(**{f"{path}__isnull": False})
    place = Place.objects.filter(slug=slug).first()
    if place is None:
        raise PublishRefused(
            vi=f"Không có địa bàn “{slug}”. Hãy dùng mã trong địa chỉ trang của địa bàn, ví dụ cao-bang.",
            en=f"There is no place “{slug}”. Use the word in the address of its page, cao-bang for example.",
        )
    return under(reached_from(place.pk), path)


def _sets(codes: tuple[str, ...]) -> list[int]:
    known = dict(IndicatorSet.objects.values_list("code", "pk"))
    if strange := [code for code in codes if code not in known]:
        listed = ", ".join(sorted(known))
        raise PublishRefused(
            vi=f"Không có bộ chỉ tiêu “{strange[0]}”. Có các bộ: {listed}.",
            en=f"There is no indicator set “{strange[0]}”. There are: {listed}.",
        )
    return [known[code] for code in codes]
