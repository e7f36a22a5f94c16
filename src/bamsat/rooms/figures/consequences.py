# SPDX-License-Identifier: Apache-2.0
"""What is computed from an entry: growth, plan and plan ratio that no report states, of its period and those beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from bamsat.core.terms.period import Period
from bamsat.rooms.figures import numbers
from bamsat.rooms.figures.comparison import Number, Shelf, by_price_basis
from bamsat.rooms.figures.models import Entry, Measure
from bamsat.rooms.figures.providers import heard_first
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.scopes import series_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_COMPUTED = (
    ("growth_on_last", _("So với kỳ trước")),
    ("growth", _("So với cùng kỳ")),
    ("plan", _("Kế hoạch")),
    ("plan_ratio", _("% kế hoạch")),
)


@dataclass(frozen=True, slots=True)
class Consequence:
    """A number that would change with the entry, and how it is computed."""

    name: str
    period: str
    text: str
    how: str


def consequences(user: User | AnonymousUser, entry: Entry) -> list[Consequence]:
    """Those that are computed from the entry as the ledger stands now."""
    one, period = entry.series, Period.parse(entry.period)
    after = Period(period.last + 1, period.last + period.length)
    year = Period.year(period.start_year)
    asked = {
        each.code for each in (period, period.before(), period.shift_years(-1), period.shift_years(1), after, year)
    }
    rows = series_of(user).filter(indicator=one.indicator_id, place=one.place_id, segment=one.segment)
    series = list(rows)
    for each in series:
        each.indicator, each.place = one.indicator, one.place
    entries = standing(series, asked)
    basis = (
        one.price_basis if one.measure == Measure.LEVEL else next(iter(by_price_basis(entries)), "") if entries else ""
    )
    kept = by_price_basis(entries).get(basis, []) if entries else []
    shelf = Shelf(one.indicator, basis, kept, heard_first(kept).get(one.indicator_id, ()))
    return [
        made
        for name, words in _COMPUTED
        for span in (period, after, period.shift_years(1))
        if (made := _made(str(words), span, getattr(shelf, name)(span), entry, sign=name.startswith("growth")))
    ]


def _made(name: str, period: Period, number: Number | None, entry: Entry, sign: bool) -> Consequence | None:
    if number is None or not number.derived or entry.uuid not in number.entries:
        return None
    told = numbers.told(number, sign=sign)
    assert told is not None
    unit = "%" if number.unit == "%" else f" {told.unit}"
    return Consequence(name, period.code, f"{told.text}{unit}", number.how)
