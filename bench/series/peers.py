# SPDX-License-Identifier: Apache-2.0
"""Well-kept methods of statsmodels on the same cases, run in an environment of its own: the product does not need it.

    python -m venv ~/peers && ~/peers/bin/pip install statsmodels pyyaml
    PYTHONPATH=src:. ~/peers/bin/python -m bench.series.peers

They see every month of five years, where the method of the product sees two numbers a year. Writes peers.yml.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml

from bench.series.families import FAMILIES
from bench.series.methods import Case, cases

HISTORY = 5
MONTHS = (3, 6, 9)
COUNT = 4
KEPT = Path(__file__).with_name("peers.yml")


def theta(months: Any, left: int) -> Any:
    from statsmodels.tsa.forecasting.theta import ThetaModel

    return ThetaModel(months, period=12).fit().forecast(left)


def smoothed(months: Any, left: int) -> Any:
    """Exponential smoothing of the level with an additive season."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    return ExponentialSmoothing(months, seasonal="add", seasonal_periods=12).fit().forecast(left)


PEERS = {"theta": theta, "smoothed": smoothed}


def same_cases() -> Iterator[Case]:
    """The cases that every method beside the libraries is told as well."""
    return cases(COUNT, months=MONTHS, histories=(HISTORY,))


def seen(case: Case) -> list[float]:
    """All months that were known at the end of the month of a case."""
    before = [value for year in range(case.year - HISTORY, case.year) for value in case.series.months[year]]
    return before + case.series.months[case.year][: case.month]


def measured() -> dict[str, dict[str, float]]:
    import numpy

    sums: dict[str, dict[str, list[float]]] = {name: {} for name in PEERS}
    for case in same_cases():
        months = numpy.asarray(seen(case))
        for name, peer in PEERS.items():
            total = case.done + sum(max(float(value), 0.0) for value in peer(months, 12 - case.month))
            sums[name].setdefault(case.series.family.name, []).append(abs(total - case.came) / case.came * 100)
    return {
        name: {family.name: round(fmean(found[family.name]), 2) for family in FAMILIES} for name, found in sums.items()
    }


if __name__ == "__main__":
    import statsmodels

    warnings.simplefilter("ignore")
    kept = {"statsmodels": statsmodels.__version__, "mape": measured()}
    KEPT.write_text("# Written by bench/series/peers.py.\n" + yaml.safe_dump(kept, sort_keys=False), encoding="utf-8")
    print(KEPT.read_text(encoding="utf-8"))
