# SPDX-License-Identifier: Apache-2.0
"""From a row of words to a line that the ledger can take: integers at the scale of its series, or what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.figures.intake import fields
from bamsat.rooms.figures.intake.amounts import MIXED, VIETNAMESE, NotANumber, is_missing, read_amount
from bamsat.rooms.figures.intake.fields import BASE, CELL, HEAD, HEDGE, LOWER, PERIOD, UPPER, VALUE, Row
from bamsat.rooms.figures.intake.findings import Finding
from bamsat.rooms.figures.intake.heads import Head, Heads
from bamsat.rooms.figures.intake.spans import read_span
from bamsat.rooms.figures.ledger import MOST
from bamsat.rooms.figures.models import Measure

_MOST_CELL = 80
_COMPARED = {Measure.GROWTH, Measure.CHANGE, Measure.INDEX}
_MOST_PERIODS = 20_000  # kept at once; a file has a few hundred

Tell = Callable[[Finding], None]


class Line(NamedTuple):
    """What one row would write."""

    ordinal: int
    cell: str
    head: Head
    period: str
    first: int
    last: int
    base: str
    value: int
    lower: int
    upper: int
    hedge: str
    bounded: bool  # the row itself says its bounds


LineKey = tuple[int, str, str, str, str]


class Lines:
    """Turns rows into lines; tells what is wrong with those that it cannot turn."""

    def __init__(self, heads: Heads, style: str, tell: Tell | None = None) -> None:
        self.heads, self.style, self.tell = heads, style, tell
        self._periods: dict[str, Period | None] = {}
        self._known = heads._heads

    def of(self, ordinal: int, row: Row) -> Line | None:
        """The line of a row; None for one that cannot be written, or has no value."""
        text = row[PERIOD]
        period = self._periods.get(text) or self._read_period(text)
        if period is None:
            return None if is_missing(row[VALUE]) else self._say("period", row, text=text[:60])
        last = period.last
        head = self._known.get(row[HEAD]) or self.heads.of(row, last)
        if (head.troubles or self.tell) and (is_missing(row[VALUE]) or not self._in_order(row, head)):
            return None
        if not head.life.begins <= last <= head.life.ends and not self._lived(row, head, period):
            return None
        try:
            number, places = read_amount(row[VALUE], self.style)
        except NotANumber:
            return self._no_number(row)
        times, by, half = head.steps.get(places) or head.step(places)
        value = number * times
        if by != 1:
            value = self._rounded(row, value, by, head)
        if value > MOST or value < -MOST:
            return self._say("number_large", row, text=row[VALUE])
        lower, upper = value - half, value + half
        if lower < -MOST or upper > MOST:
            lower, upper = max(lower, -MOST), min(upper, MOST)
        if row[LOWER] or row[UPPER] or row[HEDGE] or row[BASE] or head.key[3] in _COMPARED:
            return self._told_more(ordinal, row, head, period, value, half)
        return Line(ordinal, row[CELL], head, period.code, period.first, last, "", value, lower, upper, "", False)

    # What is wrong.

    def _say(self, kind: str, row: Row, **said: object) -> Line | None:
        """Tell it; the row has no line then."""
        if self.tell:
            self.tell(Finding(kind, row[CELL][:_MOST_CELL], said))
        return None

    def _in_order(self, row: Row, head: Head) -> bool:
        if self.tell:
            for found in head.troubles if head.told else (*head.troubles, *head.notices):
                self.tell(Finding(found.kind, row[CELL], found.said))
            head.told = True
        return not head.troubles

    def _lived(self, row: Row, head: Head, period: Period) -> bool:
        life = head.life
        if period.last > life.ends:
            near = self.heads.known.places.became(life.place) or "–"
            day = f"{life.ended:%d/%m/%Y}" if life.ended else ""
            self._say("ended", row, place=life.name, day=day, period=period.code, near=near)
            return False
        day = f"{life.begun:%d/%m/%Y}" if life.begun else ""
        self._say("unborn", row, place=life.name, day=day, period=period.code)
        return True

    def _no_number(self, row: Row) -> Line | None:
        if is_missing(row[VALUE]):
            return None
        try:
            read_amount(row[VALUE], VIETNAMESE)
            kind = "number_either" if self.style == MIXED else "number"
        except NotANumber:
            kind = "number"
        return self._say(kind, row, text=row[VALUE].removeprefix("=")[:60])

    def _rounded(self, row: Row, value: int, by: int, head: Head) -> int:
        """Rounded half away from zero, as people round."""
        whole, rest = divmod(abs(value), by)
        if rest:
            self._say("rounded", row, text=row[VALUE].removeprefix("=")[:60], places=head.scale)
        whole += 2 * rest >= by
        return -whole if value < 0 else whole

    # What few rows have.

    def _read_period(self, text: str) -> Period | None:
        if len(self._periods) > _MOST_PERIODS:
            self._periods.clear()
        if text not in self._periods:
            self._periods[text] = read_span(text)
        return self._periods[text]

    def _told_more(self, ordinal: int, row: Row, head: Head, period: Period, value: int, half: int) -> Line | None:
        base = self._base(row, head, period)
        if base is None:
            return None
        lower, upper, hedge = value - half, value + half, fields.HEDGE_WORDS.get(fold(row[HEDGE]), "")
        if row[HEDGE] and not hedge:
            return self._say("word", row, text=row[HEDGE], near=", ".join(fields.HEDGES))
        try:
            lower = self._bound(row[LOWER], head, down=True) if row[LOWER] else lower
            upper = self._bound(row[UPPER], head, down=False) if row[UPPER] else upper
        except NotANumber as trouble:
            return self._say("number", row, text=str(trouble))
        if not lower <= value <= upper:
            return self._say("bounds", row, text=row[VALUE])
        return Line(
            ordinal, row[CELL], head, period.code, period.first, period.last, base, value, max(lower, -MOST),
            min(upper, MOST), hedge, bool(row[LOWER] or row[UPPER]),
        )  # fmt: skip

    def _base(self, row: Row, head: Head, period: Period) -> str | None:
        if row[BASE]:
            read = self._read_period(row[BASE])
            if read is None:
                self._say("period", row, text=row[BASE][:60])
            return read.code if read else None
        return period.shift_years(-1).code if head.key[3] in _COMPARED else ""

    def _bound(self, text: str, head: Head, down: bool) -> int:
        number, places = read_amount(text, self.style)
        times, by, _half = head.step(places)
        return number * times // by if down else -(-number * times // by)


def shown(value: int, head: Head) -> str:
    """A value as the file would give it, for a sentence."""
    return format_number(Decimal(value).scaleb(-head.scale) / head.factor)
