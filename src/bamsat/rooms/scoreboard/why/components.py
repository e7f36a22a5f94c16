# SPDX-License-Identifier: Apache-2.0
"""The indicators that add up to another one, by the identities of the catalogue and the parts that the check knows."""

from __future__ import annotations

from dataclasses import dataclass

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.ledger.identities import IdentityUnreadable, parse
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.queries import identities


@dataclass(frozen=True, slots=True)
class Component:
    """An indicator that is part of another one, and whether it is added or taken off."""

    code: str
    name: str
    sign: int = 1


def components_of(indicator: Indicator) -> tuple[Component, ...]:
    """The terms of the first identity that tells what the indicator is the sum of; none where it is no sum."""
    for row in identities().filter(expression__startswith=indicator.code):
        try:
            identity = parse(row.expression)
        except IdentityUnreadable:
            continue
        if identity.whole == indicator.code and all(abs(term.times) == 1 for term in identity.terms):
            return _named([(term.code, int(term.times)) for term in identity.terms])
    return _named([(code, 1) for code in parts_with_codes(indicator.code)])


def parts_with_codes(code: str) -> tuple[str, ...]:
    """The indicators that together are the whole, where the check knows them: the sectors of an index."""
    for whole in Knowledge.shipped().partitions:
        if whole.indicator == code and all(part.code for part in whole.parts):
            return tuple(part.code for part in whole.parts)
    return ()


def _named(terms: list[tuple[str, int]]) -> tuple[Component, ...]:
    called = {one.code: one.name for one in Indicator.objects.filter(code__in=[code for code, _sign in terms])}
    return tuple(Component(code, called.get(code, code), sign) for code, sign in terms)
