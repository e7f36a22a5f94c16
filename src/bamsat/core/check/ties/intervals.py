# SPDX-License-Identifier: Apache-2.0
"""Where a stated value surely lies, and where it lies if its hedge is taken at its word."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bamsat.core.check.model import Stated

_HALF, _TWICE = Decimal("0.5"), Decimal(2)
# A growth at another price basis than the values beside it: how far the ratio of the values may be off.
_PRICES_LOW, _PRICES_HIGH = Decimal("0.75"), Decimal("1.33")


class Said(NamedTuple):
    """One saying of a figure: bounds, and why they may not hold though nobody erred."""

    low: Decimal | None
    high: Decimal | None
    assumed: str


def level_said(stated: Stated) -> list[Said]:
    """What a level says of its value."""
    figure = stated.figure
    if figure.hedge is None:
        return [Said(figure.lower, figure.upper, "")]
    ends = (figure.value, figure.value_high or figure.value)
    reach = [end * times for end in ends for times in (_HALF, _TWICE)]
    return [Said(figure.lower, figure.upper, "hedge"), _wide(stated, min(*reach), max(*reach))]


def ratio_said(stated: Stated, other_prices: bool = False) -> list[Said]:
    """What a ratio says of 100 times the upper value over the lower."""
    figure = stated.figure
    more = Decimal(100) if figure.measure == "growth" else Decimal(0)
    narrow = (figure.lower + more, figure.upper + more)
    if figure.hedge is not None:
        reach = [end * times for end in (figure.value, figure.value_high or figure.value) for times in (_HALF, _TWICE)]
        wide = _wide(stated, min(reach) + more, max(reach) + more, more)
        if other_prices:
            wide = _at_other_prices(wide)
        return [Said(*narrow, "hedge"), wide]
    if other_prices:
        return [Said(*narrow, "price_basis"), _at_other_prices(Said(*narrow, ""))]
    return [Said(*narrow, "")]


def _wide(stated: Stated, low: Decimal, high: Decimal, more: Decimal = Decimal(0)) -> Said:
    """What surely holds of a hedged figure; "at least" and "at most" are open at their other end."""
    figure = stated.figure
    bounds: list[Decimal | None] = [min(low, figure.lower + more), max(high, figure.upper + more)]
    if figure.hedge in ("at_least", "at_most"):
        falls = figure.value < 0
        bounds[(figure.hedge == "at_least") != falls] = None
    return Said(bounds[0], bounds[1], "")


def _at_other_prices(said: Said) -> Said:
    """Bounds of a ratio widened by what prices may have changed; a ratio near nothing tells nothing surely."""
    if said.low is None or said.low <= 0:
        return Said(None, None if said.high is None else said.high * _PRICES_HIGH, "")
    return Said(said.low * _PRICES_LOW, None if said.high is None else said.high * _PRICES_HIGH, "")


def ratio_span(stated: Stated) -> tuple[Decimal, Decimal]:
    """100 times upper over lower, as the figure is written."""
    more = Decimal(100) if stated.figure.measure == "growth" else Decimal(0)
    return stated.figure.lower + more, stated.figure.upper + more
