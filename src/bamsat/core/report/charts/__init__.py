# SPDX-License-Identifier: Apache-2.0
"""Charts as Vega-Lite specifications: one for the page, Word and PDF, readable in black and white."""

from bamsat.core.report.charts.chart import charted
from bamsat.core.report.charts.columns import beside, periods
from bamsat.core.report.charts.course import course
from bamsat.core.report.charts.drawing import digest, png, svg
from bamsat.core.report.charts.look import WIDTH
from bamsat.core.report.charts.rows import contributions, growths, plan_ratios
from bamsat.core.report.charts.shares import shares
from bamsat.core.report.charts.values import State, Value, value_of

__all__ = [
    "WIDTH",
    "State",
    "Value",
    "beside",
    "charted",
    "contributions",
    "course",
    "digest",
    "growths",
    "periods",
    "plan_ratios",
    "png",
    "shares",
    "svg",
    "value_of",
]
