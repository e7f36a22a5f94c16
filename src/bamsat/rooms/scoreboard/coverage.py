# SPDX-License-Identifier: Apache-2.0
"""The safety map: how many facilities of each kind are covered, and the pooled rate with the gap that it hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from bamsat.core.terms.numbers import format_number
from bamsat.rooms.figures.numbers import entry_address
from bamsat.rooms.places.models import Place
from bamsat.rooms.scoreboard.addresses import address_in_series
from bamsat.rooms.scoreboard.rows import Row
from bamsat.ui import charts, words

FAMILY = "facility_coverage"
HALF = 50


@dataclass(frozen=True, slots=True)
class Covered:
    """One kind of facility: 25 of 79."""

    name: str
    series: str
    address: str
    shown: str
    percent: str
    width: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Coverage:
    kinds: tuple[Covered, ...]
    pooled: str  # the sentence with the pooled rate; nothing where there is one kind alone


def is_coverage(row: Row) -> bool:
    return row.indicator.family == FAMILY and row.value is not None and bool(row.value.of)


def coverage(rows: Sequence[Row], place: Place) -> Coverage | None:
    found = [row for row in rows if is_coverage(row)]
    return Coverage(tuple(_covered(row, place) for row in found), _pooled(found)) if found else None


def _covered(row: Row, place: Place) -> Covered:
    done, of = _counts(row)
    percent = 100 * done / of
    lacking = of - done
    kind = "good" if lacking <= 0 else "doubt" if percent >= HALF else "bad"
    state = _("Thiếu %(count)s") % {"count": words.number(lacking)} if lacking > 0 else _("Đủ")
    assert row.value
    return Covered(
        name=words.capital(row.indicator.name), series=address_in_series(row.indicator.code, place.slug),
        address=entry_address(row.value.entry) if row.value.entry else "",
        shown=f"{words.number(done)}/{words.number(of)}", percent=f"{format_number(percent, 1)}%",
        width=charts.percent(min(percent, Decimal(100))), kind=kind, state=state,
    )  # fmt: skip


def _counts(row: Row) -> tuple[Decimal, Decimal]:
    assert row.value
    assert row.value.of
    return row.value.value, row.value.of


def _pooled(rows: Sequence[Row]) -> str:
    """A ratio of totals, and which kind most of what is lacking belongs to."""
    if len(rows) < 2:
        return ""
    counts = [_counts(row) for row in rows]
    done, of = sum((one for one, _of in counts), Decimal(0)), sum((of for _one, of in counts), Decimal(0))
    said = {"done": words.number(done), "of": words.number(of), "percent": f"{format_number(100 * done / of, 1)}%"}
    told = _("Cộng %(done)s/%(of)s cơ sở, %(percent)s.") % said
    lacking = [each - one for one, each in counts]
    most = max(lacking)
    if sum(lacking) <= 0:
        return told
    name = rows[lacking.index(most)].indicator.name
    gap = {"most": words.number(most), "all": words.number(sum(lacking)), "name": name}
    return f"{told} " + _("%(most)s trong %(all)s cơ sở còn thiếu là: %(name)s.") % gap
