# SPDX-License-Identifier: Apache-2.0
"""Numbers on their way to the ledger: drafts, shown beside what is in it and never counted with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bamsat.rooms.documents.models import FigureState, ReadFigure
from bamsat.rooms.documents.queries import visible
from bamsat.rooms.figures.drafts import KIND_OF_STATUS
from bamsat.rooms.figures.shown import name_of, names_for, value_and_unit
from bamsat.rooms.places.models import Place

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST = 200  # of one place, at once


@dataclass(frozen=True, slots=True)
class Pending:
    """A number that waits for approval; `label` and `address` lead to the document or return that says it."""

    indicator: str  # a code; of an open family perhaps one that the catalogue does not have yet
    name: str
    segment: str
    period: str
    base: str
    measure: str
    kind: str
    unit: str
    price_basis: str
    value: Decimal
    number: str  # as it is shown, with its sign and hedge
    unit_shown: str
    label: str
    address: str
    who: str = ""  # who checked it

    @property
    def text(self) -> str:
        """ "5.400 tỷ đồng", "+12,77%"."""
        return self.number + ("" if self.unit_shown.startswith("%") else " ") + self.unit_shown


# What a room above adds: drafts of a place that this user may see; of some indicators (codes), of one period, or all.
Source = Callable[["User | AnonymousUser", Place, Collection[str] | None, str | None], Iterable[Pending]]
pending_sources: list[Source] = []


def pending(
    user: User | AnonymousUser, place: Place, indicators: Collection[str] | None = None, period: str | None = None
) -> list[Pending]:
    """Drafts of a place that the user sees: of these indicators (codes), of this period, or all of them."""
    found = _of_documents(user, place, indicators, period)
    for source in pending_sources:
        found += source(user, place, indicators, period)
    return found[:MOST]


def _of_documents(
    user: User | AnonymousUser, place: Place, indicators: Collection[str] | None, period: str | None
) -> list[Pending]:
    rows = ReadFigure.objects.filter(
        checked_place=place, state=FigureState.CHECKED, document__in=visible(user).values("pk")
    )
    if indicators is not None:
        rows = rows.filter(indicator__in=list(indicators))
    if period is not None:
        rows = rows.filter(period=period)
    rows = rows.select_related("document", "checked_by").defer("document__text", "document__layout", "as_read")
    figures = list(rows.order_by("-checked_at", "ordinal")[:MOST])
    names = names_for(figures) if figures else {}
    return [_of_figure(figure, name_of(figure, names)) for figure in figures]


def _of_figure(figure: ReadFigure, name: str) -> Pending:
    number, unit = value_and_unit(figure)
    address = reverse("figures:reading", args=[figure.document.uuid])
    return Pending(
        indicator=figure.indicator, name=name, segment=figure.segment, period=figure.period, base=figure.base,
        measure=figure.measure, kind=KIND_OF_STATUS[figure.status], unit=figure.unit, price_basis=figure.price_basis,
        value=figure.value, number=number, unit_shown=unit, label=str(figure.document),
        address=f"{address}?so={figure.ordinal}#cau-{figure.ordinal}", who=str(figure.checked_by or ""),
    )  # fmt: skip
