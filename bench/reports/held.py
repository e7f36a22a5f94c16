# SPDX-License-Identifier: Apache-2.0
"""What was told held against what was read: value, unit, measure, indicator, part, period, base, status, hedge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import Report, told_in
from bamsat.core.terms.vietnamese import fold

_MARKS = re.compile(r"[\W_]+")
# Industries as a sentence has them, and the short names by which figures of reports are kept.
_INDUSTRIES = {
    "cong nghiep che bien che tao": "che bien che tao", "san xuat va phan phoi dien": "dien",
    "cung cap nuoc quan ly va xu ly rac thai nuoc thai": "nuoc rac thai",
}  # fmt: skip
# Parts that the catalogue knows as indicators too: one figure, told under either.
_TWO_WAYS = {
    ("retail_services", "doanh thu dich vu luu tru an uong"): ("lodging_food_services", ""),
    ("retail_services", "doanh thu ban le hang hoa"): ("retail_goods", ""),  # as a share is told of
}


class Key(NamedTuple):
    """A figure without its place in the file; what both sides must agree on."""

    indicator: str
    part: str
    measure: str
    value: Decimal
    unit: str
    period: str
    base: str
    status: str
    area: str


def told(report: Report) -> list[Key]:
    """The figures that a report tells, in their order."""
    return [of_fact(piece.fact) for piece in told_in(tuple(report.all_blocks()))]


def of_fact(fact: Fact) -> Key:
    base = fact.base.code if fact.base is not None and fact.measure in ("growth", "change", "index") else ""
    return Key(
        fact.indicator, plain(fact.segment), fact.measure, fact.value.normalize(), fact.unit, fact.period.code, base,
        fact.status, fact.area,
    )  # fmt: skip


def of_read(row: dict[str, Any]) -> Key:
    """The same of a figure as `bamsat read --format jsonl` prints it."""
    base = (row["base"] or "") if row["measure"] in ("growth", "change", "index") else ""
    return Key(
        row["indicator"], plain(row["segment"] or ""), row["measure"], Decimal(str(row["value"])).normalize(),
        row["unit"], row["period"] or "", base, row["status"], row["area"] or "",
    )  # fmt: skip


def plain(words: str) -> str:
    """A part's name without case, marks and spaces."""
    said = _MARKS.sub(" ", fold(words)).strip()
    return _INDUSTRIES.get(said, said)


def differences(wanted: Iterable[Key], found: Iterable[Key]) -> Iterator[tuple[str, Key]]:
    """What is told and not read ("-"), and what is read and was not told ("+")."""
    one, other = Counter(map(_same, wanted)), Counter(map(_same, found))
    yield from (("-", key) for key in (one - other).elements())
    yield from (("+", key) for key in (other - one).elements())


def _same(key: Key) -> Key:
    """A catalogue's indicator that has no wordings of its own is read as a family and its name."""
    family, _, name = key.indicator.partition(":")
    if (key.indicator, key.part) in _TWO_WAYS:
        indicator, part = _TWO_WAYS[key.indicator, key.part]
        return key._replace(indicator=indicator, part=part)
    return key._replace(indicator=f"{family}:{plain(name)}") if name else key
