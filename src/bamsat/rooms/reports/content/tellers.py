# SPDX-License-Identifier: Apache-2.0
"""What a teller of facts must know beside the ledger: names of providers, upper ends of ranges, the place."""

from __future__ import annotations

from decimal import Decimal

from bamsat.rooms.figures.models import DEPARTMENT, Entry
from bamsat.rooms.figures.providers import names
from bamsat.rooms.reports.content.facts import Teller
from bamsat.rooms.reports.content.ledger import Ledger


def teller_of(ledger: Ledger) -> Teller:
    """Two small queries."""
    codes = {one.provider for one in ledger.series if one.provider != DEPARTMENT}
    return Teller(ledger, ledger.place.name, names(codes) if codes else {}, _highs(ledger))


def _highs(ledger: Ledger) -> dict[str, Decimal]:
    """Upper ends of the ranges ("23% - 43%") that anybody told of these periods."""
    rows = Entry.objects.filter(
        series__in=[one.pk for one in ledger.series], period__in=ledger.span.codes(), value_high__isnull=False
    )
    found = rows.values_list("uuid", "value_high", "series__scale")
    return {str(uuid): Decimal(high).scaleb(-scale) for uuid, high, scale in found if high is not None}
