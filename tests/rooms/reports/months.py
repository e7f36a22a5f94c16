# SPDX-License-Identifier: Apache-2.0
"""Months of an office for the tests of grids: two years of its ledger, written through the product's own actions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bamsat.core.terms.figure import Figure
from bamsat.rooms.accounts.models import User
from bamsat.rooms.figures.actions import accept_all
from tests import build
from tests.build import stated

BILLION, MILLION = 10**9, 10**6
CONSTANT = "constant:2010"
# Of each indicator: its unit, how many of it one is that a report writes, its price basis, what a month of 2025 had.
MONTHLY: dict[str, tuple[str, int, str | None, str]] = {
    "industrial_output_mining": ("VND", BILLION, CONSTANT, "61.4"),
    "industrial_output_manufacturing": ("VND", BILLION, CONSTANT, "302.7"),
    "industrial_output_electricity": ("VND", BILLION, CONSTANT, "118.25"),
    "industrial_output_water": ("VND", BILLION, CONSTANT, "5.3"),
    "electricity_output": ("kWh", MILLION, None, "152.6"),
    "retail_goods": ("VND", BILLION, None, "742.8"),
    "lodging_food_services": ("VND", BILLION, None, "96.2"),
    "travel_services": ("VND", BILLION, None, "1.15"),
    "other_services": ("VND", BILLION, None, "54.9"),
    "exports": ("USD", MILLION, None, "38.42"),
    "imports": ("USD", MILLION, None, "21.07"),
}


def amount(code: str, year: int, month: int) -> Decimal:
    """What an indicator had in a month, in the unit of reports: more every month and every year, never round."""
    base = Decimal(MONTHLY[code][3])
    grown = base * (100 + 2 * month + 9 * (year - 2025)) / 100
    return grown.quantize(Decimal("0.01"))


def figures(until: int = 10, lacking: str = "") -> Iterator[Figure]:
    """Every month of 2025 and those of 2026 until the last, which is an estimate; plans of 2026; the index."""
    for code, (unit, size, basis, _) in MONTHLY.items():
        for year, last in ((2025, 12), (2026, until)):
            for month in range(1, last + 1):
                if (code, year, month) != (lacking, 2026, until):
                    yield stated(
                        f"{amount(code, year, month) * size:f}", indicator=code, unit=unit, price_basis=basis,
                        period=f"{year}-{month:02}", status="estimate" if (year, month) == (2026, until) else "actual",
                    )  # fmt: skip
        yield stated(
            f"{amount(code, 2026, 6) * 12 * size:f}", indicator=code, unit=unit, price_basis=basis, period="2026",
            status="target",
        )  # fmt: skip
    for code, value in (("iip", "108.4"), ("iip_mining", "103.25"), ("iip_manufacturing", "109.1")):
        yield stated(
            value, indicator=code, unit="%", measure="index", period=f"2026-{until:02}", base=f"2025-{until:02}"
        )


def recorded(user: User, found: Iterator[Figure] | list[Figure]) -> None:
    done = accept_all(user, build.document(user, list(found), area=None, period=None))
    assert not done.left, done.left
