# SPDX-License-Identifier: Apache-2.0
"""The question of `monthly`, written by hand for DuckDB: the way that one would first write it, and the fastest found.

Both do all of it: the figure that stands, sums that a report states, what does not add, plans of other providers, and
why there is no number.
"""

from __future__ import annotations

_ORDER = """CASE kind WHEN 'actual' THEN 0 ELSE 3 END
    + CASE vintage WHEN 'official' THEN 0 WHEN 'preliminary' THEN 1 ELSE 2 END"""

_LEVELS = "SEMI JOIN (SELECT series FROM series WHERE measure = 'level') USING (series)"
_ALIKE = "indicator, place, segment, unit, price_basis, scale"

# The own plan of the year, else the only one among other providers.
_PLANS = f"""
    own AS (
        SELECT series, year, arg_min(value, {_ORDER}) AS plan FROM observations {_LEVELS}
        WHERE base = '' AND kind = 'plan' AND first_month = year * 12 AND last_month = year * 12 + 11 GROUP BY ALL
    ), shared AS (
        SELECT {_ALIKE}, year, count(*) AS plans, max(plan) AS plan FROM own JOIN series USING (series) GROUP BY ALL
    ), plans AS (
        SELECT s.series, a.year, plans, coalesce(own.plan, CASE WHEN plans = 1 THEN a.plan END) AS plan
        FROM shared a JOIN series s USING ({_ALIKE})
        LEFT JOIN own ON own.series = s.series AND own.year = a.year WHERE s.measure = 'level'
    )"""

_STATED = f"""
    SELECT series, year, last_month AS month, arg_min(value, {_ORDER}) AS stated FROM observations {_LEVELS}
    WHERE base = '' AND kind IN ('actual', 'estimate') AND first_month = year * 12 AND last_month > first_month
    GROUP BY ALL"""

_NO_SUM = "CASE WHEN a.adds_up IN ('index', 'ratio') THEN 2 ELSE 1 END"
_NO_PLAN = "CASE WHEN plans > 1 THEN 6 ELSE 5 END"


def _grown(now: str, before: str) -> str:
    return f"CASE WHEN {before} > 0 THEN ({now} - {before}) * 100::DOUBLE / {before} END"


def _why(now: str, before: str, absent: int | str, base: int | str = 3) -> str:
    return (
        f"CASE WHEN {now} IS NULL THEN {absent} WHEN {before} IS NULL THEN {base} WHEN {before} <= 0 THEN 4 ELSE 0 END"
    )


# As one would first write it: the figure that stands, windows for sums, joins for what it is compared with.
PLAIN = f"""
WITH standing AS (
    SELECT series, year, first_month AS month, arg_min(value, {_ORDER}) AS value FROM observations {_LEVELS}
    WHERE base = '' AND kind IN ('actual', 'estimate') AND first_month = last_month GROUP BY ALL
), stated AS ({_STATED}
), {_PLANS}, counted AS (
    SELECT series, year, month, value, stated, adds_up, month - year * 12 + 1 AS number,
        count(value) OVER so_far AS found, (sum(value) OVER so_far)::BIGINT AS added
    FROM standing FULL JOIN stated USING (series, year, month) JOIN series USING (series)
    WINDOW so_far AS (PARTITION BY series, year ORDER BY month)
), summed AS (
    SELECT series, year, month, value, adds_up, number - found AS lacking,
        min(CASE WHEN number <> found THEN found + (value IS NULL)::INT END) OVER so_far AS first_lacking,
        coalesce(stated, CASE WHEN number = 1 OR adds_up = 'stock' THEN value
            WHEN adds_up = 'flow' AND number = found THEN added END) AS to_date
    FROM counted WINDOW so_far AS (PARTITION BY series, year ORDER BY month)
)
SELECT a.series, a.month, a.year, a.value,
    {_grown("a.value", "l.value")} AS growth_last, {_why("a.value", "l.value", 9)} AS growth_last_why,
    {_grown("a.value", "b.value")} AS growth_same, {_why("a.value", "b.value", 9)} AS growth_same_why,
    a.to_date, CASE WHEN a.to_date IS NULL THEN {_NO_SUM} ELSE 0 END AS to_date_why, a.lacking, a.first_lacking,
    {_grown("a.to_date", "b.to_date")} AS growth_to_date,
    {_why("a.to_date", "b.to_date", _NO_SUM)} AS growth_to_date_why,
    plan, CASE WHEN plan > 0 THEN a.to_date * 100::DOUBLE / plan END AS plan_ratio,
    {_why("a.to_date", "plan", _NO_SUM, _NO_PLAN)} AS plan_ratio_why
FROM summed a
LEFT JOIN standing l ON l.series = a.series AND l.month = a.month - 1
LEFT JOIN summed b ON b.series = a.series AND b.month = a.month - 12
LEFT JOIN plans ON plans.series = a.series AND plans.year = a.year
"""


def _side_by_side() -> str:
    values = ", ".join(f"arg_min(value, place) FILTER (number = {m}) AS v{m}" for m in range(1, 13))
    stated = ", ".join(f"max(stated) FILTER (month = year * 12 + {m - 1}) AS s{m}" for m in range(2, 13))
    return f"""
    SELECT * FROM (
        SELECT series, year, {values} FROM (
            SELECT series, year, value, first_month - year * 12 + 1 AS number, {_ORDER} AS place FROM observations
            {_LEVELS} WHERE base = '' AND kind IN ('actual', 'estimate') AND first_month = last_month
        ) GROUP BY ALL
    ) FULL JOIN (SELECT series, year, {stated} FROM ({_STATED}) GROUP BY ALL) USING (series, year)"""


def _listed() -> str:
    """Twelve months of a year as lists of one length, which stand in rows at once."""
    lists: dict[str, list[str]] = {}

    def put(name: str, told: str) -> None:
        lists.setdefault(name, []).append(told)

    for m in range(1, 13):
        value, last, before = f"v{m}", f"v{m - 1}" if m > 1 else "b.v12", f"b.v{m}"
        value, last = f"a.{value}", last if "." in last else f"a.{last}"
        put("month", f"a.year * 12 + {m - 1}")
        put("value", value)
        put("growth_last", _grown(value, last))
        put("growth_last_why", _why(value, last, 9))
        put("growth_same", _grown(value, before))
        put("growth_same_why", _why(value, before, 9))
        put("to_date", f"a.d{m}")
        put("to_date_why", f"CASE WHEN a.d{m} IS NULL THEN {_NO_SUM} ELSE 0 END")
        missing = " + ".join(f"(a.v{n} IS NULL)::INT" for n in range(1, m + 1))
        put("lacking", f"CASE WHEN a.gap <= {m} THEN {missing} ELSE 0 END")
        put("first_lacking", f"CASE WHEN a.gap <= {m} THEN a.gap END")
        put("growth_to_date", _grown(f"a.d{m}", f"b.d{m}"))
        put("growth_to_date_why", _why(f"a.d{m}", f"b.d{m}", _NO_SUM))
        put("plan_ratio", f"CASE WHEN plan > 0 THEN a.d{m} * 100::DOUBLE / plan END")
        put("plan_ratio_why", _why(f"a.d{m}", "plan", _NO_SUM, _NO_PLAN))
    return ", ".join(f"unnest([{', '.join(told)}]) AS {name}" for name, told in lists.items())


def _sums() -> str:
    sums = (
        f"coalesce(s{m}, CASE adds_up WHEN 'stock' THEN v{m} WHEN 'flow' THEN "
        f"{' + '.join(f'v{n}' for n in range(1, m + 1))} END) AS d{m}"
        for m in range(2, 13)
    )
    return ", ".join(("v1 AS d1", *sums))


_GAP = "CASE " + " ".join(f"WHEN v{m} IS NULL THEN {m}" for m in range(1, 13)) + " END"

# The fastest found: twelve months side by side, one grouping of all figures; nothing large is joined or sorted.
FAST = f"""
WITH wide AS MATERIALIZED (
    SELECT w.*, adds_up, {_sums()}, {_GAP} AS gap FROM ({_side_by_side()}) w JOIN series USING (series)
), {_PLANS}
SELECT * FROM (
    SELECT a.series, a.year, plan, {_listed()}
    FROM wide a LEFT JOIN wide b ON b.series = a.series AND b.year = a.year - 1
    LEFT JOIN plans ON plans.series = a.series AND plans.year = a.year
) WHERE value IS NOT NULL OR to_date IS NOT NULL
"""
