# SPDX-License-Identifier: Apache-2.0
"""The table of the year: an indicator a row, its plan, this year and the last, growth and plan ratio as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.core.report.amounts import cell
from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import Cell, Column, Frame, Row, Table, Words
from bamsat.core.report.xlsx.sheet import HEADED, PREPARED, Sheet, issuers
from bamsat.core.terms.period import Period
from bamsat.core.terms.unit import unit_name
from bamsat.rooms.figures.comparison import Number, earlier_first
from bamsat.rooms.figures.models import EntryKind, Measure
from bamsat.rooms.figures.providers import names
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.reports.content.facts import written_as
from bamsat.rooms.scoreboard import rows as board_rows
from bamsat.rooms.scoreboard.board import scoreboard

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_Month = tuple[int, str, str, int]  # indicator, price basis, provider, month
_STATUS = {EntryKind.PLAN: "target", EntryKind.ESTIMATE: "estimate", EntryKind.FORECAST: "forecast"}
_PRICES = {"constant:2010": "giá so sánh 2010", "constant:2020": "giá so sánh 2020"}


def year_table(
    user: User | AnonymousUser, place: Place, year: int, field: str = "", known: datetime | None = None
) -> Table:
    """Every indicator of a field (a set's code; the main one if none is named) of which the year says something."""
    found = list(_rows(user, place, year, field, known))
    sources = names({number.provider for row in found for number in _numbers(row)})
    table = _Year(Period.year(year), place.name, sources, _behind(user, place, found, known))
    lines = tuple(table.row(count, row) for count, row in enumerate(found, 1))
    note = f"Nguồn số liệu: {'; '.join(sources.values())}." if sources else ""
    return Table(f"Các chỉ tiêu chủ yếu năm {year}", table.columns(found), lines, note=note, numbered=True)


def year_sheet(
    user: User | AnonymousUser, place: Place, year: int, field: str = "", known: datetime | None = None,
    frame: Frame | None = None,
) -> Sheet:  # fmt: skip
    """The same as a sheet to print and sign."""
    table = year_table(user, place, year, field, known)
    frame = frame or Frame(place=place.name)
    return Sheet(
        f"Năm {year}", (table,), title=table.caption.upper(), subtitles=(place.name,), left=issuers(frame),
        prepared=PREPARED, headed=HEADED, signer=frame.signer, place=frame.place or place.name, day=frame.day,
    )  # fmt: skip


def _rows(
    user: User | AnonymousUser, place: Place, year: int, field: str, known: datetime | None
) -> Iterator[board_rows.Row]:
    page = pages = 1
    while page <= pages:
        board = scoreboard(user, place, year, field, page, known)
        yield from board.rows
        page, pages = page + 1, board.pages


def _numbers(row: board_rows.Row) -> list[Number]:
    told = (row.plan, row.before, row.value or row.to_date, row.growth, row.plan_ratio)
    return [number for number in told if number]


def _behind(
    user: User | AnonymousUser, place: Place, found: Sequence[board_rows.Row], known: datetime | None
) -> dict[_Month, str]:
    """The entry of each month of which a number of these rows is the sum."""
    sums = [(row, number) for row in found for number in _numbers(row) if not number.entries]
    spans = [Period.parse(number.period) for _row, number in sums]
    codes = {Period(month, month).code for span in spans for month in range(span.first, span.last + 1)}
    if not codes:
        return {}
    wanted = series_of(user).filter(
        place=place, segment="", measure=Measure.LEVEL, indicator__in={row.indicator.pk for row, _number in sums}
    )
    entries = [each for each in standing(wanted, codes, known) if each.kind in (EntryKind.ACTUAL, EntryKind.ESTIMATE)]
    entries.sort(key=lambda each: earlier_first(each.kind, each.vintage), reverse=True)
    return {
        (each.series.indicator_id, each.series.price_basis, each.series.provider, each.first_month): str(each.uuid)
        for each in entries
    }


@dataclass(frozen=True, slots=True)
class _Year:
    """Makes the rows of the table; `sources` are the names of providers, `months` the entries that sums come from."""

    period: Period
    area: str
    sources: Mapping[str, str]
    months: Mapping[_Month, str]

    def columns(self, found: Sequence[board_rows.Row]) -> tuple[Column, ...]:
        year = self.period.start_year
        done = [number for row in found if (number := row.value or row.to_date)]
        estimated = done and all(number.kind == EntryKind.ESTIMATE for number in done)
        this = f"{'Ước thực hiện' if estimated else 'Thực hiện'} năm {year}"
        return (
            Column(("STT",), 12),
            Column(("Chỉ tiêu",), code="name"),
            Column(("Đơn vị tính",)),
            Column((f"Kế hoạch năm {year}",), number=True, code="plan"),
            Column((f"Thực hiện năm {year - 1}",), number=True, code="before"),
            Column((this,), number=True, code="done"),
            Column(("So sánh (%)", f"Tăng, giảm so với năm {year - 1}"), number=True, code="growth"),
            Column(("So sánh (%)", f"So với kế hoạch năm {year}"), number=True, code="ratio"),
        )

    def row(self, count: int, row: board_rows.Row) -> Row:
        whole = row.value or (row.to_date if not row.to_date or row.to_date.period == self.period.code else None)
        done = whole or row.to_date
        growth = row.growth if whole or not done else row.progress.to_date_growth
        back = bool(row.before and row.before.derived and row.before.how)  # from this year and its growth
        given = bool(row.plan and row.plan.derived and row.plan.how)  # from this year and its plan ratio
        name = row.indicator.name_vi
        prices = _PRICES.get(row.price_basis, "")
        if done is not None and done is not whole:
            prices = ", ".join(filter(None, (prices, f"{Period.parse(done.period).length} tháng")))
        cells = (
            _words(str(count)),
            _words(f"{name} ({prices})" if prices else name),
            _words(self._unit(row)),
            self._cell(row, row.plan, formula="done / ratio * 100" if given else ""),
            self._cell(row, row.before, formula="done / (100 + growth) * 100" if back else ""),
            self._cell(row, done),
            self._cell(row, growth, "growth", "" if back or whole is None else "done / before * 100 - 100"),
            self._cell(row, row.plan_ratio, "plan_ratio", "" if given else "done / plan * 100"),
        )
        return Row(cells)

    def _unit(self, row: board_rows.Row) -> str:
        number = row.value or row.to_date or row.plan or row.before
        if number is None:
            return "%"
        return self._size(row, number)[0]

    def _size(self, row: board_rows.Row, number: Number) -> tuple[str, Decimal]:
        one = row.indicator
        if number.display_unit and number.display_unit == one.display_unit and number.unit == one.unit:
            return one.display_unit, Decimal(one.display_scale)
        first = row.value or row.to_date or number
        if ":" in one.code and number.unit == first.unit and not first.derived:  # at the size of its only source
            size = written_as(first.written, first.value, first.unit, one)
            if size and size[0][0]:
                return size[0]
        return ("%" if number.unit == "%" else unit_name(number.unit)), Decimal(1)

    def _cell(self, row: board_rows.Row, number: Number | None, measure: str = "", formula: str = "") -> Cell:
        if number is None:
            return Cell((), formula)
        measure = measure or number.measure
        fact = Fact(
            indicator=row.indicator.code, measure=measure, value=number.value, unit=number.unit,
            period=Period.parse(number.period), base=self.period.shift_years(-1) if measure == "growth" else None,
            status=_STATUS.get(EntryKind(number.kind), "actual") if number.kind else "actual", hedge=number.hedge,
            of=number.of, area=self.area, price_basis=row.price_basis, low=number.low, high=number.high,
            written=self._size(row, number), places=_places(number.display) if number.derived else None,
            entries=self._entries(row, number), derived=number.derived,
            how=number.how or (f"cộng {number.months} tháng" if number.months else ""),
            source=self.sources.get(number.provider, number.provider),
        )  # fmt: skip
        return Cell(cell(fact, sign=measure == "growth").pieces, formula)

    def _entries(self, row: board_rows.Row, number: Number) -> tuple[str, ...]:
        """Those of a number; where it or its base is a sum of months, those of the months."""
        told = [str(uuid) for uuid in number.entries]
        if number.months or not told:
            spans = [Period.parse(number.period)]
            spans += [span.shift_years(-1) for span in spans] if number.unit == "%" else []
            for span in spans:
                keys = [
                    (row.indicator.pk, row.price_basis, number.provider, m) for m in range(span.first, span.last + 1)
                ]
                told += [self.months[key] for key in keys if key in self.months]
        return tuple(dict.fromkeys(told))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _words(text: str) -> Cell:
    return Cell((Words(text),)) if text else Cell()
