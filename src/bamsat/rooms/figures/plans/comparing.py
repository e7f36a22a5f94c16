# SPDX-License-Identifier: Apache-2.0
"""Two versions of a plan held against each other, and plans of several issuers side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.models import Entry, Measure, Plan
from bamsat.rooms.figures.numbers import Told
from bamsat.rooms.figures.plans import queries
from bamsat.rooms.figures.plans.rows import Row, SegmentNames, Table, in_unit, stated
from bamsat.ui import words

WORDS = {
    "changed": ("doubt", _("Đổi")), "added": ("good", _("Thêm")), "dropped": ("bad", _("Bỏ")),
    "kept": ("wait", _("Giữ nguyên")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One target in two versions."""

    entry: Entry
    segment: str
    what: str
    old: Told | None
    new: Told | None
    off: str

    @property
    def kind(self) -> str:
        return WORDS[self.what][0]

    @property
    def word(self) -> str:
        return str(WORDS[self.what][1])


def changes(old: Sequence[Entry], new: Sequence[Entry]) -> list[Change]:
    """Every target of either version; what changed first, what was kept last."""
    before, after = {queries.line_of(e): e for e in old}, {queries.line_of(e): e for e in new}
    names = SegmentNames(e.series.segment for e in (*old, *new))
    found = []
    for line in {**after, **before}:
        was, now = before.get(line), after.get(line)
        entry = now or was
        assert entry
        what = "added" if was is None else "dropped" if now is None else "kept" if _same(was, now) else "changed"
        found.append(
            Change(entry, names.of(entry.series.segment), what, stated(was) if was else None,
                   stated(now) if now else None, _off(was, now))
        )  # fmt: skip
    order = list(WORDS)
    return sorted(found, key=lambda change: order.index(change.what))


def _same(was: Entry, now: Entry) -> bool:
    return (was.value, was.hedge) == (now.value, now.hedge)


def _off(was: Entry | None, now: Entry | None) -> str:
    if not was or not now or was.value == now.value:
        return ""
    series, off = now.series, now.amount - was.amount
    if series.measure == Measure.GROWTH:
        return f"{words.signed(off)} {words.unit_name('point')}"
    number, unit = in_unit(off, series.indicator, series.unit)
    return f"+{number} {unit}" if off > 0 else f"{number} {unit}"


@dataclass(frozen=True, slots=True)
class Beside:
    """One indicator of a place with what each plan asks of it."""

    indicator: Indicator
    segment: str
    place_slug: str
    before: Told | None
    done: Told | None
    done_when: str
    beside: tuple[tuple[Plan, str, Row | None], ...]


def side_by_side(
    user: User | AnonymousUser, plans: Sequence[tuple[Plan, str]], period: Period, code: str = ""
) -> list[Beside]:
    """What plans, each with whose it is, ask for one period; one line an indicator, one cell a plan."""
    lines: dict[tuple[int, str], dict[int, Row]] = defaultdict(dict)
    for at, (plan, _name) in enumerate(plans):
        wanted = [
            e
            for e in queries.targets(plan, user)
            if e.series.place_id == plan.place_id
            and e.period == period.code
            and (not code or e.series.indicator.code == code)
        ]
        for row in Table(user, wanted).rows:
            lines[row.indicator.pk, row.segment].setdefault(at, row)
    found = []
    for (_indicator, segment), cells in lines.items():
        rows = list(cells.values())
        with_done = next((row for row in rows if row.done), rows[0])
        before = next((row.before for row in rows if row.before), None)
        found.append(
            Beside(rows[0].indicator, segment, rows[0].entry.series.place.slug, before, with_done.done,
                   with_done.done_when, tuple((plan, name, cells.get(at)) for at, (plan, name) in enumerate(plans)))
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.indicator.order, each.indicator.sort_key, each.segment))
