# SPDX-License-Identifier: Apache-2.0
"""Whose value is heard first where several give one: the preferred source of a field, then the order of the sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bamsat.rooms.catalogue.models import Provider
from bamsat.rooms.catalogue.queries import preferred_providers
from bamsat.rooms.figures.models import Entry


def heard_first(entries: Collection[Entry]) -> dict[int, tuple[str, ...]]:
    """For each indicator that these entries are of, the providers in the order in which they are believed.

    Nothing, and no query, where there is nobody to choose between.
    """
    if len({entry.series.provider for entry in entries}) < 2:
        return {}
    return orders({entry.series.indicator_id for entry in entries})


def orders(indicators: Iterable[int]) -> dict[int, tuple[str, ...]]:
    wanted = set(indicators)
    codes = list(Provider.objects.order_by("order", "code").values_list("code", flat=True))
    preferred = preferred_providers(wanted)
    return {
        indicator: tuple(dict.fromkeys([preferred[indicator], *codes] if indicator in preferred else codes))
        for indicator in wanted
    }


def names(codes: Iterable[str]) -> dict[str, str]:
    """What these providers are called; a code that the catalogue does not have is its own name."""
    wanted = list(codes)
    found = {each.code: each.name for each in Provider.objects.filter(code__in=wanted)}
    return {code: found.get(code, code) for code in wanted}
