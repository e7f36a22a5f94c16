# SPDX-License-Identifier: Apache-2.0
"""Levels of one series over the months, as history and as what is told now."""

from decimal import Decimal

from bamsat.core.check.model import Stated
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period


def told(period, number, *, indicator="exports", unit="USD", scale=10**6, key="", **more):
    """A figure as it stands in a report: `number` in millions (or `scale`) of its unit."""
    value = Decimal(str(number)) * scale
    half = Decimal(5).scaleb(Decimal(str(number)).as_tuple().exponent - 1) * scale
    words = {"USD": "triệu USD", "VND": "tỷ đồng"}.get(unit, unit)
    shown = f"{number}".replace(".", ",") + (f" {words}" if unit != "%" else "%")
    said = {
        "measure": "level", "segment": None, "status": "actual", "base": None, "price_basis": None, "area": "Cao Bằng",
    } | more  # fmt: skip
    source = said.pop("source", "Sở Công Thương")
    weight, official = Decimal(said.pop("weight", 1)), said.pop("official", False)
    figure = Figure(
        doc="so", start=0, end=0, number=shown, label="", indicator=indicator, value=value, value_high=None, of=None,
        unit=unit, lower=value - half, upper=value + half, hedge=None, period=period, **said,
    )  # fmt: skip
    return Stated(key or f"{indicator}.{period}", figure, source, "cao bang", weight, official)


def months(first_year, values, **more):
    """One figure a month from January of a year on."""
    start = Period.month(first_year, 1).first
    return [told(Period(start + at, start + at).code, value, **more) for at, value in enumerate(values)]
