# SPDX-License-Identifier: Apache-2.0
"""What the parts of an index gave to it, by the values of the base year that weigh them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.compare.contributions import Contribution, Weighted, to_index
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.comparison import Number, shelves
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.scoreboard.why.parts import Breakdown, Member

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.scoreboard.why.answer import Whole


def index_lines(user: User | AnonymousUser, one: Breakdown, whole: Whole) -> tuple[Contribution, ...]:
    """In points; ContributionsRefused where a weight is not known."""
    weights = _weights(user, one, whole)
    parts = [Weighted(member.key, _index(member.growth), weights.get(member.key)) for member in one.members]
    index = _index(whole.growth)
    assert index is not None
    return to_index(parts, index)


def _index(growth: Number | None) -> Bounded | None:
    """The same period of last year is 100."""
    return Bounded(growth.value + 100, growth.low + 100, growth.high + 100) if growth else None


def _weights(user: User | AnonymousUser, one: Breakdown, whole: Whole) -> dict[str, Decimal]:
    """By the key of each member: the value in the base year of what its index is weighted with."""
    codes = {member.indicator for member in one.members}
    indicators = {each.code: each for each in Indicator.objects.filter(code__in=codes).select_related("weight")}
    found: dict[str, Decimal] = {}
    wanted = {each.weight_id for each in indicators.values() if each.weight_id and each.base_year}
    if not wanted:
        return found
    places = {member.place for member in one.members}
    segments = {member.segment for member in one.members}
    rows = series_of(user).filter(indicator__in=wanted, place__slug__in=places, segment__in=segments)
    series = list(rows.select_related("indicator", "place"))
    years = {f"{each.base_year:04}" for each in indicators.values() if each.base_year}
    entries = standing(series, years, whole.known)
    for member in one.members:
        level = _level(member, indicators.get(member.indicator), entries)
        if level is not None:
            found[member.key] = level
    return found


def _level(member: Member, indicator: Indicator | None, entries: list) -> Decimal | None:  # type: ignore[type-arg]
    if indicator is None or indicator.base_year is None:
        return None
    own = [
        entry
        for entry in entries
        if (entry.series.indicator_id, entry.series.place.slug, entry.series.segment)
        == (indicator.weight_id, member.place, member.segment)
    ]
    levels = (shelf.level(Period.year(indicator.base_year)) for shelf in shelves(own))
    return next((level.value for level in levels if level), None)
