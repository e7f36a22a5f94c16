# SPDX-License-Identifier: Apache-2.0
"""The question of `monthly`, written by hand for DuckDB: the way that one would first write it, and the fastest found.

Both know these figures and leave out what they lack: sums that a report states, indices, several providers.
"""

from __future__ import annotations

_ORDER = """CASE kind WHEN 'actual' THEN 0 ELSE 3 END
    + CASE vintage WHEN 'official' THEN 0 WHEN 'preliminary' THEN 1 ELSE 2 END"""

_PLANS = f"""
    SELECT series, year, arg_min(value, {_ORDER}) AS plan FROM observations
    WHERE base = '' AND kind = 'plan' AND first_month = year * 12 AND last_month = year * 12 + 11 GROUP BY ALL"""


def _grown(now: str, before: str) -> str:
    return f"CASE WHEN {before} > 0 THEN ({now} - {before}) * 100::DOUBLE / {before} END"


def _why(now: str, before: str, absent: int, base: int = 3) -> str:
    return (
        f"CASE WHEN {now} IS NULL THEN {absent} WHEN {before} IS NULL THEN {base} WHEN {before} <= 0 THEN 4 ELSE 0 END"
    )


# As one would first write it: the figure that stands, windows for sums, joins for what it is compared with.
PLAIN = f"""
WITH standing AS (
    SELECT series, year, first_month AS month, arg_min(value, {_ORDER}) AS value FROM observations
    SEMI JOIN (SELECT series FROM series WHERE measure = 'level') USING (series)
    WHERE base = '' AND kind IN ('actual', 'estimate') AND first_month = last_month GROUP BY ALL
), plans AS ({_PLANS}
), counted AS (
    SELECT s.*, adds_up, month - year * 12 + 1 AS number, row_number() OVER so_far AS found,
        (sum(value) OVER so_far)::BIGINT AS added
    FROM standing s JOIN series USING (series)
    WINDOW so_far AS (PARTITION BY s.series, year ORDER BY month)
), summed AS (
    SELECT series, year, month, value, number - found AS lacking,
        min(CASE WHEN number <> found THEN found END) OVER so_far AS first_lacking,
        CASE WHEN adds_up = 'stock' THEN value WHEN number = found THEN added END AS to_date
    FROM counted WINDOW so_far AS (PARTITION BY series, year ORDER BY month)
)
SELECT a.series, a.month, a.year, a.value,
    {_grown("a.value", "l.value")} AS growth_last, {_why("a.value", "l.value", 9)} AS growth_last_why,
    {_grown("a.value", "b.value")} AS growth_same, {_why("a.value", "b.value", 9)} AS growth_same_why,
    a.to_date, CASE WHEN a.to_date IS NULL THEN 1 ELSE 0 END AS to_date_why, a.lacking, a.first_lacking,
    {_grown("a.to_date", "b.to_date")} AS growth_to_date, {_why("a.to_date", "b.to_date", 1)} AS growth_to_date_why,
    plan, CASE WHEN plan > 0 THEN a.to_date * 100::DOUBLE / plan END AS plan_ratio,
    {_why("a.to_date", "plan", 1, 5)} AS plan_ratio_why
FROM summed a
LEFT JOIN standing l ON l.series = a.series AND l.month = a.month - 1
LEFT JOIN summed b ON b.series = a.series AND b.month = a.month - 12
LEFT JOIN plans ON plans.series = a.series AND plans.year = a.year
"""


def _side_by_side() -> str:
    columns = ", ".join(
        f"coalesce({', '.join(f'max(value) FILTER (spot = {m * 6 + rank})' for rank in range(6))}) AS v{m + 1}"
        for m in range(12)
    )
    return f"""
    SELECT series, year, {columns} FROM (
        SELECT series, year, value, (first_month - year * 12) * 6 + {_ORDER} AS spot FROM observations
        SEMI JOIN (SELECT series FROM series WHERE measure = 'level') USING (series)
        WHERE base = '' AND kind IN ('actual', 'estimate') AND first_month = last_month
    ) GROUP BY ALL"""


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
        put("to_date_why", f"CASE WHEN a.d{m} IS NULL THEN 1 ELSE 0 END")
        missing = " + ".join(f"(a.v{n} IS NULL)::INT" for n in range(1, m + 1))
        put("lacking", f"CASE WHEN a.gap <= {m} THEN {missing} ELSE 0 END")
        put("first_lacking", f"CASE WHEN a.gap <= {m} THEN a.gap END")
        put("growth_to_date", _grown(f"a.d{m}", f"b.d{m}"))
        put("growth_to_date_why", _why(f"a.d{m}", f"b.d{m}", 1))
        put("plan_ratio", f"CASE WHEN plan > 0 THEN a.d{m} * 100::DOUBLE / plan END")
        put("plan_ratio_why", _why(f"a.d{m}", "plan", 1, 5))
    return ", ".join(f"unnest([{', '.join(told)}]) AS {name}" for name, told in lists.items())


def _sums() -> str:
    sums = (
        f"CASE WHEN adds_up = 'stock' THEN v{m} ELSE {' + '.join(f'v{n}' for n in range(1, m + 1))} END AS d{m}"
        for m in range(1, 13)
    )
    return ", ".join(sums)


_GAP = "CASE " + " ".join(f"WHEN v{m} IS NULL THEN {m}" for m in range(1, 13)) + " END"

# The fastest found: twelve months side by side, one grouping of all figures; nothing large is joined or sorted.
FAST = f"""
WITH wide AS MATERIALIZED (
    SELECT w.*, {_sums()}, {_GAP} AS gap FROM ({_side_by_side()}) w JOIN series USING (series)
), plans AS ({_PLANS}
)
SELECT * FROM (
    SELECT a.series, a.year, plan, {_listed()}
    FROM wide a LEFT JOIN wide b ON b.series = a.series AND b.year = a.year - 1
    LEFT JOIN plans ON plans.series = a.series AND plans.year = a.year
) WHERE value IS NOT NULL
"""
