# SPDX-License-Identifier: Apache-2.0
"""The back-test in tables, for docs/forecast.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import exp, log
from statistics import fmean

import yaml

from bamsat.core.compare.forecast import MONTHS_OF_LAST_YEAR, forecast
from bamsat.core.compare.pace import AT_RISK_BELOW, USUAL_YEARS
from bench.series.families import FAMILIES
from bench.series.levels import growth_scores, level_scores
from bench.series.methods import METHODS
from bench.series.peers import KEPT, same_cases
from bench.series.scores import (
    KNOWN,
    PUBLISHED,
    against,
    alarms,
    brier,
    by_family,
    by_month,
    calibration,
    chances,
    covered,
    errors,
    percent_off,
    scaled,
    width,
    with_constant,
    with_usual_years,
)

MONTHS = range(1, 12)
NAMES = {
    "last_total": "naive: last year's total",
    "even_pace": "even pace: done x 12 / m",
    "last_rest": "seasonal naive: last year's months left",
    "last_share": "growth to date carried on (last year's share)",
    "mean_share": "done / mean share",
    "middle_share": "done / median share",
    "damped": "months left of last year, half of the growth",
    "chosen": "**chosen: usual share, pace and last year weighed**",
    "theta": "Theta",
    "smoothed": "exponential smoothing, additive season",
}
BESIDE = ("last_rest", "damped", "chosen")
CHOSEN_ON = [family for family in FAMILIES if not family.held_out]
HELD_OUT = [family for family in FAMILIES if family.held_out]


def tables() -> str:
    parts = (
        _families,
        _by_family,
        _by_month,
        _constants,
        _ranges,
        _chances,
        _alarms,
        _peers,
        _growth,
        _levels,
        _published,
    )
    return "\n".join(line for part in parts for line in (*part(), ""))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    cells = list(head)
    yield "| " + " | ".join(cells) + " |"
    yield "|" + "---|" * len(cells)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _families() -> Iterator[str]:
    yield "### The series: synthetic"
    yield ""
    yield "All are SYNTHETIC (`bench/series/families.py`, seed 2021); constants come from four families."
    yield ""
    head = ("family", "", "growth a year", "of a year", "noise of a month", "Tết", "shock 2020–21", "used to choose")
    yield from _table(
        head,
        (
            (
                family.name, family.says, f"{family.growth:.0%}", f"±{family.wander:.0%}", f"±{family.noise:.0%}",
                f"{family.tet:+.0%}", f"{-family.shock:.0%}" if family.shock else "none",
                "held out" if family.held_out else "yes",
            )
            for family in FAMILIES
        ),
    )  # fmt: skip


def _by_family() -> Iterator[str]:
    found = {name: by_family(pairs) for name, pairs in errors().items()}
    yield "### Error of the year's total, by family"
    yield ""
    yield (
        "MAPE in percent, months 1–11 of 2018–2022, with 1, 3 and 5 past years. MASE counts in the series' own naive "
        "error; the last two columns are against seasonal naive; all three are geometric means over families."
    )
    yield ""
    head = ("method", *(family.name for family in FAMILIES), "MASE", "chosen on", "held out")
    base = found["last_rest"]
    yield from _table(
        head,
        (
            (
                NAMES[name],
                *(f"{mape[family.name]:.1f}" for family in FAMILIES),
                f"{scaled(name):.2f}",
                f"{against(mape, base, CHOSEN_ON):.2f}",
                f"{against(mape, base, HELD_OUT):.2f}",
            )
            for name, mape in found.items()
        ),
    )


def _by_month() -> Iterator[str]:
    yield "### By month"
    yield ""
    yield "MAPE in percent, geometric mean over all families."
    yield ""
    rows = ((NAMES[name], *(f"{by_month(name, month):.1f}" for month in MONTHS)) for name in METHODS)
    yield from _table(("method", *(str(month) for month in MONTHS)), rows)


def _constants() -> Iterator[str]:
    yield "### The two constants of the middle"
    yield ""
    yield "Geometric mean of MAPE over families; for the first, three years known, for the second, eight."
    yield ""
    weights = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0)
    yield from _compared(
        ("last year's level counts as", *(f"{weight:g} months" for weight in weights)), map(with_constant, weights)
    )
    yield ""
    spans = (1, 3, 5, 8)
    yield from _compared(("years in the shape", *(str(years) for years in spans)), map(with_usual_years, spans))
    yield ""
    yield f"In force: {MONTHS_OF_LAST_YEAR:g} months, {USUAL_YEARS} years."


def _compared(head: Iterable[str], found: Iterable[dict[str, float]]) -> Iterator[str]:
    columns = list(found)
    rows = (
        (name, *(f"{exp(fmean(log(mape[family.name]) for family in families)):.2f}" for mape in columns))
        for name, families in (("chosen on", CHOSEN_ON), ("held out", HELD_OUT))
    )
    return _table(head, rows)


def _ranges() -> Iterator[str]:
    yield "### The range: nominally 80 percent"
    yield ""
    yield "Of a hundred years, those within it (and its width, in percent of the total), months 1, 3, 6, 9 and 11."
    yield ""
    rows = []
    for known in KNOWN:
        inside, wide = covered(known), width(known)
        cells = (f"{inside[family.name]:.0f} ({wide[family.name]:.0f})" for family in FAMILIES)
        rows.append((known, *cells, *(f"{fmean(inside[f.name] for f in some):.0f}" for some in (CHOSEN_ON, HELD_OUT))))
    yield from _table(("known", *(family.name for family in FAMILIES), "chosen on", "held out"), rows)


def _chances() -> Iterator[str]:
    yield "### The chance to meet the plan"
    yield ""
    yield "Plans that ask for 0, 6 and 12 percent more than last year. The base is to say always how many are met."
    yield ""
    rows = []
    for known in KNOWN:
        scores = [brier(chances(known, held_out)) for held_out in (False, True)]
        rows.append((known, *(f"{score:.3f} ({base:.3f})" for score, base in scores)))
    yield from _table(("known", "Brier score (base), chosen on", "held out"), rows)
    yield ""
    yield "With five years known, all families:"
    yield ""
    fifths = calibration(chances("5 years"))
    rows = [(name, str(count), f"{mean:.0f}", f"{met:.0f}") for name, count, mean, met in fifths]
    yield from _table(("told", "times", "mean told, %", "met, %"), rows)


def _alarms() -> Iterator[str]:
    yield "### At risk"
    yield ""
    yield f"A plan is at risk when its chance is below {AT_RISK_BELOW:.2f}. In percent:"
    yield ""
    rows = []
    for known in ("nothing", "1 year", "5 years"):
        for below in (0.25, AT_RISK_BELOW, 0.5):
            called, right, caught = alarms(chances(known), below)
            rows.append((known, f"{below:.2f}", f"{called:.0f}", f"{right:.0f}", f"{caught:.0f}"))
    yield from _table(("known", "below", "called", "rightly", "of the missed plans called"), rows)


def _peers() -> Iterator[str]:
    kept = yaml.safe_load(KEPT.read_text(encoding="utf-8"))
    yield "### Beside well-kept libraries"
    yield ""
    yield (
        f"statsmodels {kept['statsmodels']} on four series of each family, five years of months known, months 3, 6 "
        "and 9; MAPE in percent (`bench/series/peers.py`, run apart)."
    )
    yield ""
    head = ("method", *(family.name for family in FAMILIES), "against seasonal naive")
    found = {name: by_family((case, percent_off(case, METHODS[name])) for case in same_cases()) for name in BESIDE}
    base = found["last_rest"]
    yield from _table(
        head,
        (
            (NAMES[name], *(f"{mape[family.name]:.1f}" for family in FAMILIES), f"{against(mape, base):.2f}")
            for name, mape in (found | kept["mape"]).items()
        ),
    )


def _growth() -> Iterator[str]:
    yield "### Growth to date"
    yield ""
    yield "Error of the year's growth in percentage points, months 3, 6, 9 and 11; years of a hundred within the range."
    yield ""
    yield from _scored("family", growth_scores())


def _levels() -> Iterator[str]:
    yield "### Stocks and ratios"
    yield ""
    yield "Error of the level in December, in percent, SYNTHETIC (`bench/series/levels.py`); months 3, 6, 9 and 11."
    yield ""
    yield from _scored("kind", level_scores())


def _scored(first: str, found: dict[str, dict[str, float]]) -> Iterator[str]:
    names = next(iter(found.values()))
    rows = (
        (name, *(f"{value:.0f}" if what.startswith("within") else f"{value:.1f}" for what, value in scores.items()))
        for name, scores in found.items()
    )
    return _table((first, *names), rows)


def _published() -> Iterator[str]:
    growths = [row["growth"] / 100 for row in PUBLISHED["totals"]]
    naive = fmean(abs(growth) / (1 + growth) for growth in growths) * 100
    inside = sum(_held(row["total"], row["growth"]) for row in PUBLISHED["totals"])
    yield "### Published figures"
    yield ""
    yield (
        f"The articles give {len(growths)} totals with their growth. Last year's total alone fails by {naive:.1f} "
        f"percent on average; the range that knows no more, before the year begins, holds {inside} of {len(growths)}."
    )
    yield ""
    part = PUBLISHED["part"]
    before = part["done"] / (1 + part["growth"] / 100)
    bare = forecast(part["done"], part["month"], [], digit=0.1)
    share = part["done"] / part["came"]
    yield (
        f"Thái Nguyên, nine months of {part['year']}: {part['done']:,.1f} done (nine months of 2019: {before:,.0f}), "
        f"plan {part['plan']:,}. Without any past year the forecast is {bare.value:,.0f}, "
        f"range {bare.low:,.0f}–{bare.high:,.0f}, chance to meet the plan {bare.chance(part['plan']):.0%}. "
        f"The year came to {part['came']:,} ({share:.1%} of it by September): inside the range, below the plan."
    )


def _held(total: float, growth: float) -> bool:
    last = total / (1 + growth / 100)
    told = forecast(0, 0, [], {2000: last})
    return told.low <= total <= told.high
