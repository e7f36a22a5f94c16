# SPDX-License-Identifier: Apache-2.0
"""Comparisons of many figures at once, as expressions that run unchanged on SQLite, PostgreSQL, DuckDB and Spark.

Written over the tables of core/compare/tables.py and bound to none. Integers go in; integers or floats come out.
What has no number says why with a Reason; docs/comparing.md defines each measure.
"""

from bamsat.core.compare.expressions.monthly import monthly, new_year
from bamsat.core.compare.expressions.parts import (
    contributions_of_places,
    contributions_of_segments,
    remainders_of_places,
    shares_of_places,
    shares_of_segments,
)
from bamsat.core.compare.expressions.periods import averages, gaps, growths, plan_ratios
from bamsat.core.compare.expressions.ranks import ranks
from bamsat.core.compare.expressions.standing import standing
from bamsat.core.compare.expressions.totals import ratios_of_totals, restated, totals
from bamsat.core.compare.expressions.years import years

__all__ = [
    "averages",
    "contributions_of_places",
    "contributions_of_segments",
    "gaps",
    "growths",
    "monthly",
    "new_year",
    "plan_ratios",
    "ranks",
    "ratios_of_totals",
    "remainders_of_places",
    "restated",
    "shares_of_places",
    "shares_of_segments",
    "standing",
    "totals",
    "years",
]
