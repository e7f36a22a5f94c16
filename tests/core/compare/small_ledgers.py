# SPDX-License-Identifier: Apache-2.0
"""Small ledgers for comparisons, made up by hypothesis, in the tables that expressions are written over."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.core.compare.plain_comparisons import Small

Row = dict[str, Any]
YEARS = (2020, 2021, 2022)
_PLACES = (
    ("tinh", "", "province"),
    ("xa-a", "tinh", "commune"),
    ("xa-b", "tinh", "commune"),
    ("xa-c", "tinh", "commune"),
)
_FLOW, _BELOW, _STOCK, _INDEX = "sales", "visits", "shops", "iip"
_ADDS = {_FLOW: "flow", _BELOW: "flow", _STOCK: "stock", _INDEX: "index"}


def _series() -> list[Row]:
    made = [(code, place, "", "department") for code in (_FLOW, _BELOW) for place, *_ in _PLACES]
    made += [(_STOCK, "tinh", "", "department"), (_INDEX, "tinh", "", "department"), (_STOCK, "xa-a", "", "department")]
    made += [(_FLOW, "tinh", "", "council"), (_FLOW, "tinh", "", "ministry"), (_INDEX, "xa-a", "", "department")]
    made += [(_FLOW, "tinh", "industry:C", "department"), (_FLOW, "tinh", "industry:D", "department")]
    made += [(_FLOW, "tinh", "industry:C|type:private", "department"), (_FLOW, "tinh", "chợ", "department")]
    rows = [
        {
            "series": number, "indicator": code, "place": place, "segment": segment, "measure": "level", "unit": "VND",
            "price_basis": "", "provider": provider, "scale": 2 if code == _BELOW else 0, "adds_up": _ADDS[code],
        }
        for number, (code, place, segment, provider) in enumerate(made, 1)
    ]  # fmt: skip
    return [*rows, {**rows[0], "series": len(rows) + 1, "measure": "growth"}]


SERIES = _series()
PLACES = [{"place": p, "parent": above, "kind": kind, "name": p, "name_en": p} for p, above, kind in _PLACES]
INDICATORS = [
    {"indicator": code, "name": code, "name_en": code, "unit": "VND", "good": "down" if code == _BELOW else "up",
     "numerator": "", "denominator": ""}
    for code in _ADDS
] + [
    {"indicator": "rate", "name": "rate", "name_en": "rate", "unit": "%", "good": "up", "numerator": _FLOW,
     "denominator": _BELOW}
]  # fmt: skip

_months = [(year * 12 + m, year * 12 + m) for year in YEARS for m in range(12)]
_longer = [
    (year * 12 + a, year * 12 + b) for year in YEARS for a, b in ((0, 1), (0, 5), (0, 8), (0, 11), (3, 5), (6, 8))
]
_kinds = st.sampled_from(["actual", "actual", "estimate", "plan", "forecast"])
_vintages = st.sampled_from(["official", "preliminary", "estimate"])
_values = st.one_of(st.integers(-3, 12), st.integers(10**9, 10**15))
_numbers = st.sampled_from([one["series"] for one in SERIES])
_keys = st.tuples(_numbers, st.sampled_from(_months + _longer), _kinds, _vintages)
_year_plans = st.tuples(
    st.integers(1, 14), st.sampled_from([(y * 12, y * 12 + 11) for y in YEARS]), st.just("plan"), _vintages
)
_full = st.lists(st.tuples(st.integers(1, 14), st.sampled_from(YEARS), st.integers(0, 50)), max_size=10)
_parts = st.lists(
    st.tuples(
        st.sampled_from([p for p, *_ in _PLACES]), st.sampled_from(["nay-a", "nay-b"]),
        st.sampled_from([(None, 1), (1, 1), (1, 1), (3, 10), (7, 10)]), st.sampled_from([2020, 2021]),
    ), max_size=6, unique_by=lambda part: (part[0], part[1]),
)  # fmt: skip


@st.composite
def ledgers(draw: st.DrawFn) -> Small:
    told = draw(st.dictionaries(_keys, _values, max_size=40)) | draw(st.dictionaries(_year_plans, _values, max_size=8))
    for series, year, start in draw(_full):
        for month in range(12):
            told.setdefault((series, (year * 12 + month,) * 2, "actual", "official"), start + month * (series % 3))
    observations = [
        {
            "series": series, "first_month": first, "last_month": last, "year": last // 12, "base": "", "kind": kind,
            "vintage": vintage, "value": value, "lower": value - 1, "upper": value + 2,
        }
        for (series, (first, last), kind, vintage), value in told.items()
    ]  # fmt: skip
    # A figure with a base is no level of its own.
    observations += [{**row, "base": "2019", "value": 7} for row in observations[:2]]
    boundaries = [
        {"place": place, "first_month": since * 12, "last_month": 2022 * 12 + 11, "on_place": on, "share": a, "of": b}
        for place, on, (a, b), since in draw(_parts)
    ]
    return Small(observations, SERIES, PLACES, INDICATORS, boundaries)
