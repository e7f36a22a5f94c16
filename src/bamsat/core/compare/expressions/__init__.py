# SPDX-License-Identifier: Apache-2.0
"""Comparisons of many figures at once, as expressions that run unchanged on SQLite, PostgreSQL, DuckDB and Spark.

Written over the tables of core/compare/tables.py and bound to none. Integers go in; integers or floats come out.
What has no number says why with a Reason; docs/comparing.md defines each measure.
"""

from bamsat.core.compare.expressions.monthly import monthly, new_year
from bamsat.core.compare.expressions.years import years

__all__ = ["monthly", "new_year", "years"]
