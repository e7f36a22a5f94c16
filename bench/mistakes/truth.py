# SPDX-License-Identifier: Apache-2.0
"""A province as it truly was, month by month: made reports round it, and so are consistent by construction."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

# Each month of one indicator, in the unit that reports print: how large it is for a middling province.
PARTS = {
    "output": {"out_mining": 130, "out_manuf": 2100, "out_power": 260, "out_water": 35},
    "retail": {"retail_goods": 2400, "lodging": 390, "tourism": 24, "services": 310},
    "exports": {"exports_fdi": 88, "exports_home": 41},
    "power_used": {"power_industry": 96, "power_home": 71, "power_trade": 12, "power_farm": 4, "power_other": 9},
    "owners": {"owners_state": 210, "owners_private": 980, "owners_fdi": 1350},
    "sales": {"sales_goods": 2600, "sales_food": 410, "sales_travel": 35, "sales_other": 290},
    "sold": {"sold_fdi": 120, "sold_home": 55},
    "bought": {"bought_fdi": 64, "bought_home": 21},
    "zones": {"zones_fdi": 2900, "zones_home": 1150},
    "taxes": {"taxes_fdi": 88, "taxes_home": 61},
    "village": {"village_plants": 5200, "village_crafts": 2600},
    "stalls": {"stalls_goods": 3900, "stalls_food": 1700},
}
ALONE = {
    "imports": 74, "gate_watched": 31, "power_made": 142, "iip": 100,
    "cement": 168, "clothes": 3150, "beer": 2840, "fertilizer": 6420,
    "stone": 135, "bricks": 14, "sugar": 2100, "shoes": 940, "feed": 23, "tap_water": 2900,
}  # fmt: skip
# Exports by goods and by markets: every pair is known, so that both ways of dividing them add up.
GOODS = {"textiles": 38, "fish": 24, "parts": 51, "rest": 30}
MARKETS = {"america": 0.34, "europe": 0.19, "asia": 0.38, "others": 0.09}
ALONE |= {f"{goods}_{market}": of * share for goods, of in GOODS.items() for market, share in MARKETS.items()}
SUMS = {whole: tuple(parts) for whole, parts in PARTS.items()} | {
    "trade": ("exports", "imports"),
    "gate_total": ("exports", "imports", "gate_watched"),
    "turnover": ("sold", "bought"),
    "shipped": tuple(GOODS),
    **{goods: tuple(f"{goods}_{market}" for market in MARKETS) for goods in GOODS},
    **{market: tuple(f"{goods}_{market}" for goods in GOODS) for market in MARKETS},
}
START = 2014
Quantity = tuple[str, str, int, int, int]
"""An indicator, "actual" or "plan", a year, its first and last month."""
Atom = tuple[str, int, int]


def atoms(indicator: str) -> dict[str, int]:
    """What an indicator is the sum of, down to what has no parts."""
    if indicator == "balance":
        return {**atoms("exports"), **{name: -times for name, times in atoms("imports").items()}}
    if indicator == "surplus":
        return {**atoms("sold"), **{name: -times for name, times in atoms("bought").items()}}
    if indicator not in SUMS:
        return {indicator: 1}
    return {name: times for part in SUMS[indicator] for name, times in atoms(part).items()}


@dataclass(frozen=True)
class Truth:
    """The true values of one province: seeded, so that every period of it can be told at any time."""

    seed: str

    @cache  # noqa: B019 (a truth lives as long as the program)
    def month(self, atom: str, year: int, month: int) -> Decimal:
        """One month, to six decimals."""
        size = {name: of for parts in PARTS.values() for name, of in parts.items()} | ALONE
        whole = next((whole for whole, parts in PARTS.items() if atom in parts), atom)
        scale = random.Random(f"{self.seed} size {whole}").uniform(0.35, 4.2) * random.Random(
            f"{self.seed} size {atom}"
        ).uniform(0.75, 1.25)
        if atom in ("exports_fdi", "exports_home", "imports"):
            scale = random.Random(f"{self.seed} size trade").uniform(0.4, 3) * random.Random(
                f"{self.seed} {atom}"
            ).uniform(0.9, 1.1)
        if whole in ("sold", "bought"):
            scale = random.Random(f"{self.seed} size turnover").uniform(0.4, 3)
        pace = random.Random(f"{self.seed} pace {atom}").uniform(-0.03, 0.16)
        season = random.Random(f"{self.seed} season {atom} {month}").uniform(0.9, 1.1)
        chance = random.Random(f"{self.seed} month {atom} {year} {month}").uniform(0.955, 1.045)
        years = year - 2018 + (month - 1) / 12
        return round(Decimal(size[atom] * scale * (1 + pace) ** years * season * chance), 6)

    def value(self, quantity: Quantity) -> Decimal:
        indicator, kind, year, first, last = quantity
        if kind == "plan":
            return self._plan(indicator, year)
        return sum(
            (times * self.month(atom, year, month) for atom, times in atoms(indicator).items()
             for month in range(first, last + 1)), Decimal(0),
        )  # fmt: skip

    def _plan(self, indicator: str, year: int) -> Decimal:
        """The year's plan: a round number some per cent above what came of the year before."""
        came = self.value((indicator, "actual", year - 1, 1, 12))
        wished = float(came) * random.Random(f"{self.seed} plan {indicator} {year}").uniform(1.03, 1.11)
        step = 10 ** max(0, len(str(int(wished))) - 3)
        return Decimal(round(wished / step) * step)
