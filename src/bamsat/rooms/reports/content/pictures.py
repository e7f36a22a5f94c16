# SPDX-License-Identifier: Apache-2.0
"""The charts of a section, from the same facts that it tells."""

from __future__ import annotations

from bamsat.core.report import charts
from bamsat.core.report.amounts import written_unit
from bamsat.core.report.facts import Topic
from bamsat.core.report.outline import Chart
from bamsat.rooms.reports.content.facts import Teller
from bamsat.rooms.reports.content.ledger import Held

_FEWEST = 2  # bars below which there is nothing to see


def months_chart(teller: Teller, held: Held) -> Chart | None:
    """The months of the year beside those of the year before, as far as the year has come."""
    so_far = teller.ledger.span.so_far
    if so_far is None or held.indicator.adds_up != "flow":
        return None
    year = so_far.start_year
    facts = teller.months(held, year, so_far.length)
    told = [fact for fact in facts if fact]
    if len(told) < _FEWEST:
        return None
    now = [charts.value_of(f"T{at}", fact) for at, fact in enumerate(facts, start=1)]
    last = teller.months(held, year - 1, so_far.length)
    before = [charts.value_of(f"T{at}", fact, state="past") for at, fact in enumerate(last, start=1)]
    unit, caption = written_unit(told[0])[0], f"{held.indicator.name_vi} các tháng năm {year}"
    if not any(last):
        return charts.charted(caption, charts.periods(now), [(f"Năm {year}", now)], unit, "Tháng")
    names = (f"Năm {year}", f"Năm {year - 1}")
    series = [(names[0], now), (names[1], before)]
    return charts.charted(f"{caption} và năm {year - 1}", charts.beside(now, before, names), series, unit, "Tháng")


def plan_chart(topics: list[Topic], caption: str) -> Chart | None:
    """How far each indicator is against its plan."""
    ratios = [(one.name, one.plan_ratio or (one.to_date.plan_ratio if one.to_date else None)) for one in topics]
    values = [charts.value_of(name, fact) for name, fact in ratios if fact]
    if len(values) < _FEWEST:
        return None
    return charts.charted(caption, charts.plan_ratios(values), [("So với kế hoạch", values)], "%", "Chỉ tiêu")


def growth_chart(topics: list[Topic], caption: str) -> Chart | None:
    """What rose and what fell."""
    values = [charts.value_of(one.name, one.growth) for one in topics if one.growth]
    if len(values) < _FEWEST:
        return None
    return charts.charted(caption, charts.growths(values), [("So với cùng kỳ", values)], "%", "Chỉ tiêu")


def years_chart(teller: Teller, held: Held) -> Chart | None:
    """The years of a report on several, one column each."""
    facts = [(year, level) for year, level, _growth in teller.years(held)]
    told = [level for _year, level in facts if level]
    if len(told) < _FEWEST:
        return None
    values = [charts.value_of(str(year.start_year), level) for year, level in facts]
    unit = written_unit(told[0])[0]
    caption = f"{held.indicator.name_vi} các năm {facts[0][0].start_year} - {facts[-1][0].start_year}"
    return charts.charted(caption, charts.periods(values), [("Giá trị", values)], unit, "Năm")
