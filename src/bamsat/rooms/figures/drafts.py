# SPDX-License-Identifier: Apache-2.0
"""From a figure as read to what the ledger would say: place, indicator, period and kind, or why it cannot."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.actions import add_indicator
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.catalogue.naming import code_names
from bamsat.rooms.documents.models import Document, ReadFigure
from bamsat.rooms.documents.reading import day_of_names
from bamsat.rooms.figures.ledger import Draft
from bamsat.rooms.figures.models import EntryKind, Measure, Vintage
from bamsat.rooms.figures.scopes import may_approve, may_write
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import Named, NotAllowed, may_accept, named
from bamsat.rooms.places.rights import sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

KIND_OF_STATUS = {
    "actual": EntryKind.ACTUAL, "estimate": EntryKind.ESTIMATE, "target": EntryKind.PLAN,
    "forecast": EntryKind.FORECAST,
}  # fmt: skip
VINTAGE_OF_KIND = {
    EntryKind.ACTUAL: Vintage.PRELIMINARY, EntryKind.ESTIMATE: Vintage.ESTIMATE, EntryKind.PLAN: Vintage.OFFICIAL,
    EntryKind.FORECAST: Vintage.ESTIMATE,
}  # fmt: skip
_NOT_FOR_LEVELS = {"%", "%/year", "point", "times"}


class FigureIncomplete(BamsatError):
    """A figure lacks something that the ledger needs."""


class Desk:
    """What a user may write, and the places and indicators met so far, for one batch of figures of one document."""

    def __init__(self, user: User, document: Document) -> None:
        self.user, self.document = user, document
        self.everything = sees_everything(user)
        self.names = code_names()
        self._named_places: dict[str, Named] = {}
        self._places: dict[int, bool] = {}
        self._may_write: dict[tuple[int, int], bool] = {}
        self._may_approve: dict[tuple[int, str], bool] = {}
        self._indicators: dict[str, Indicator] = {}

    def know_indicators(self, codes: set[str]) -> None:
        self._indicators |= {i.code: i for i in Indicator.objects.filter(code__in=codes)}

    def approves(self, figure: ReadFigure) -> bool:
        """Whether the user takes this figure into the ledger, and does not only check it.

        False also for a figure that lacks something: its draft says what.
        """
        try:
            place = self._place(figure)
        except BamsatError:
            return False
        key = (place.pk, figure.indicator)
        if key not in self._may_approve:
            known = self._indicators.get(figure.indicator)
            self._may_approve[key] = self.everything or may_approve(self.user, place, known)
        return self._may_approve[key]

    def draft(self, figure: ReadFigure) -> Draft:
        """What the ledger would say for the figure; BamsatError with the way to mend it otherwise."""
        period = _period(figure)
        place = self._place(figure)
        indicator = self._indicator(figure)
        self._ask_for_the_field(place, indicator)
        kind = KIND_OF_STATUS[figure.status]
        return Draft(
            indicator=indicator, place=place, segment=self.names.coded(indicator, figure.segment),
            measure=figure.measure, unit=figure.unit, price_basis=figure.price_basis or indicator.price_basis,
            period=period, base=figure.base, kind=kind,
            vintage=VINTAGE_OF_KIND[kind], value=Decimal(figure.value_text), value_high=_number(figure.value_high),
            of=_number(figure.of), lower=Decimal(figure.lower or figure.value_text),
            upper=Decimal(figure.upper or figure.value_text), hedge=figure.hedge, source=figure,
            provider=self.document.provider,
        )  # fmt: skip

    def _place(self, figure: ReadFigure) -> Place:
        place = self._place_named(figure) if figure.area else self.document.place
        if place is None:
            raise _no_place(figure)
        if not self._writes_for(place):
            raise NotAllowed(
                vi=f"Số này của {place}, ngoài địa bàn của anh/chị. Hãy sửa lại địa bàn nếu máy hiểu nhầm, "
                "hoặc để nơi đó nhận.",
                en=f"This figure is about {place}, outside your places. Correct its place if it was misread, or "
                "leave it to that office.",
            )
        return place

    def _place_named(self, figure: ReadFigure) -> Place | None:
        if figure.area not in self._named_places:
            self._named_places[figure.area] = named(figure.area)
        return self._named_places[figure.area].on(day_of_names(figure.period, self.document.dated))

    def _writes_for(self, place: Place) -> bool:
        if place.pk not in self._places:
            self._places[place.pk] = may_accept(self.user, place)
        return self._places[place.pk]

    def _ask_for_the_field(self, place: Place, indicator: Indicator) -> None:
        """A role may be for some indicator sets only."""
        key = (place.pk, indicator.pk)
        if key not in self._may_write:
            self._may_write[key] = self.everything or may_write(self.user, place, indicator)
        if not self._may_write[key]:
            raise NotAllowed(
                vi=f"Chỉ tiêu “{indicator.name_vi}” không thuộc lĩnh vực của anh/chị ở {place}. "
                "Hãy để phòng phụ trách nhận số này.",
                en=f"“{indicator.name_en or indicator.name_vi}” is outside your field at {place}. "
                "Leave this figure to the division in charge.",
            )

    def _indicator(self, figure: ReadFigure) -> Indicator:
        code = figure.indicator
        if code not in self._indicators:
            level = figure.measure in (Measure.LEVEL, Measure.RATIO) and figure.unit not in _NOT_FOR_LEVELS
            self._indicators[code] = add_indicator(
                self.user, code, _name_of(figure), unit=figure.unit if level else "",
                adds_up=AddsUp.RATIO if figure.measure == Measure.RATIO else AddsUp.FLOW,
            )  # fmt: skip
        return self._indicators[code]


def _period(figure: ReadFigure) -> Period:
    if not figure.period:
        raise FigureIncomplete(
            vi=f"“{figure.number}” chưa rõ kỳ. Hãy bấm Sửa và điền kỳ, như 2021, 2021-07 hoặc 2021-01/2021-09.",
            en=f"The period of “{figure.number}” is not known. Correct it: 2021, 2021-07 or 2021-01/2021-09.",
        )
    return Period.parse(figure.period)


def _no_place(figure: ReadFigure) -> FigureIncomplete:
    if not figure.area:
        return FigureIncomplete(
            vi=f"“{figure.number}” chưa rõ của địa bàn nào. Hãy bấm Sửa và điền địa bàn.",
            en=f"It is not known which place “{figure.number}” is about. Correct it and name the place.",
        )
    return FigureIncomplete(
        vi=f"Không tìm thấy địa bàn “{figure.area}” trong danh mục, hoặc có nhiều nơi trùng tên. Hãy bấm Sửa và ghi "
        "tên tỉnh, huyện hoặc xã đúng như danh mục (ví dụ “Cao Bằng”); nơi mới thì nhờ quản trị thêm.",
        en=f"No place, or more than one, is called “{figure.area}”. Correct it to a name of the catalogue (such as "
        "“Cao Bằng”), or ask the administrator to add the place.",
    )


def _name_of(figure: ReadFigure) -> str:
    subject = figure.indicator.partition(":")[2]
    return figure.label if subject.isascii() and "_" in subject and figure.label else subject


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
