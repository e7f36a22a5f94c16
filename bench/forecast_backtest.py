# SPDX-License-Identifier: Apache-2.0
"""The forecast of the year against naive and seasonal naive, the honesty of its range and chances, and its speed.

python -m bench.forecast_backtest        writes the tables into docs/forecast.md
"""

from __future__ import annotations

import timeit
from collections.abc import Iterator
from statistics import fmean

from bamsat.core.compare.forecast import Year, forecast
from bamsat.core.compare.pace import AT_RISK_BELOW
from bench import ROOT, Line
from bench.series.report import tables
from bench.series.scores import against, alarms, brier, by_family, chances, covered, errors

PAGE = ROOT / "docs" / "forecast.md"
START, END = "<!-- back-test: written by python -m bench.forecast_backtest -->", "<!-- end of the back-test -->"


def measure() -> Iterator[Line]:
    found = {name: by_family(pairs) for name, pairs in errors().items()}
    mine = found["chosen"]
    yield Line("error of the year's total, in that of seasonal naive", against(mine, found["last_rest"]), 0.9, "times")
    yield Line(
        "error of the year's total, in that of last year's total", against(mine, found["last_total"]), 0.6, "times"
    )
    for known, limit in (("5 years", 20), ("3 years", 20), ("1 year", 25)):
        outside = 100 - fmean(covered(known).values())
        yield Line(f"years outside their 80 % range, {known} known", outside, limit, "%")
    score, base = brier(chances("5 years"))
    yield Line("Brier score of the chance, in that of the mean chance", score / base, 0.6, "times")
    wrong = 100 - alarms(chances("5 years"), AT_RISK_BELOW)[1]
    yield Line("plans called at risk that were met", wrong, 15, "%")
    yield Line("one forecast with its chance, ten years known", milliseconds(), None, "ms", "0.3 asked")


def milliseconds() -> float:
    years = [Year(2010 + at, 70.0 + at, 100.0 + 2 * at) for at in range(10)]

    def once() -> float:
        return forecast(75, 9, years).chance(115)

    return min(timeit.repeat(once, number=200, repeat=5)) / 200 * 1000


def written(page: str) -> str:
    """The page with its tables as they are measured now."""
    before, rest = page.split(START)
    after = rest.split(END)[1]
    return f"{before}{START}\n\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
