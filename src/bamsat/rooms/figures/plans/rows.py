# SPDX-License-Identifier: Apache-2.0
"""Targets in words: what is stated, what it implies, how far it has come, and how it is divided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.compare import arithmetic
from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Code, CodeList, Indicator
from bamsat.rooms.figures import numbers
from bamsat.rooms.figures.comparison import PlanState
from bamsat.rooms.figures.models import Entry, Measure
from bamsat.rooms.figures.numbers import KIND_OF_STATE, Told
from bamsat.rooms.figures.plans import queries
from bamsat.rooms.figures.plans.known import Done, Known, implied_growth, implied_level
from bamsat.rooms.figures.plans.queries import Division, Tree
from bamsat.rooms.figures.plans.segments import codes_of
from bamsat.ui import words

LISTED = 500  # rows of a table at once; all of them are in the download


@dataclass(frozen=True, slots=True)
class Divided:
    """One way in which a target is divided, as a state with its words."""

    over: str
    codelist: str
    kind: str
    text: str
    off: bool  # every part is there and yet they miss the total


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of targets: a level and a growth of one thing, stated or implied."""

    entry: Entry
    segment: str
    level: Told | None
    growth: Told | None
    before: Told | None
    done: Told | None
    done_when: str
    ratio: str
    kind: str
    state: str
    divided: tuple[Divided, ...]
    part: bool = False

    @property
    def indicator(self) -> Indicator:
        return self.entry.series.indicator


class Table:
    """The targets of a plan, worked out together so that the ledger is asked once."""

    def __init__(self, user: User | AnonymousUser, entries: Sequence[Entry], every: bool = False) -> None:
        self.tree = Tree(entries)
        tops = self.tree.tops()
        shown = (list(entries) if every else tops)[:LISTED]
        self._tops = {entry.pk for entry in tops}
        self.more = len(entries if every else tops) - len(shown)
        self._segments = SegmentNames(entry.series.segment for entry in shown)
        first, last = min((e.first_month for e in shown), default=0), max((e.last_month for e in shown), default=0)
        indicators, places = {e.series.indicator_id for e in shown}, {e.series.place_id for e in shown}
        self._known = Known(user, indicators, places, first, last)
        self.rows = [self._row(*pair) for pair in paired(shown)]
        self.parts = len(entries) - len(self._tops)

    def _row(self, level: Entry | None, growth: Entry | None) -> Row:
        entry = level or growth
        assert entry
        series, period = entry.series, queries.period_of(entry)
        before = self._known.level(series, period.shift_years(-1))
        aim = _bounded(level) if level else _implied(before, growth)
        done = self._known.so_far(series, period, series.indicator.adds_up)
        ratio, kind, state = _against(aim, done, series.indicator, period)
        told_done = _told_done(done, series.indicator) if done else None
        if aim is None and growth and (grown := self._known.growth(series, period)):
            done, told_done = grown, stated(grown.entries[0])
            ratio = _points(grown.number.value - growth.amount)
        return Row(
            entry=entry, segment=self._segments.of(series.segment),
            level=stated(level) if level else _told_implied(before, growth, series.indicator),
            growth=stated(growth) if growth else _told_growth(level, before),
            before=stated(before.entries[0]) if before else None, done=told_done,
            done_when=words.period(done.period.code) if done and done.period != period else "", ratio=ratio, kind=kind,
            state=state, divided=tuple(divided(each) for one in (level, growth) if one for each in
                                       self.tree.divisions(one)), part=entry.pk not in self._tops,
        )  # fmt: skip


class SegmentNames:
    """Breakdowns in words: the names of their codes."""

    def __init__(self, segments: Iterable[str]) -> None:
        codes = {pair for segment in segments for pair in (codes_of(segment) or {}).items()}
        lists, used = {codelist for codelist, _code in codes}, {code for _codelist, code in codes}
        rows = Code.objects.filter(codelist__code__in=lists, code__in=used).select_related("codelist")
        self._names = {(row.codelist.code, row.code): row.name for row in rows} if codes else {}

    def of(self, segment: str) -> str:
        codes = codes_of(segment)
        if codes is None:
            return segment
        return ", ".join(self._names.get(pair, pair[1]) for pair in codes.items())


# Numbers.


def stated(entry: Entry) -> Told:
    """A number as the decision states it, leading to its history."""
    text, unit = _percent(entry) if entry.series.unit == "%" else numbers.entry_number(entry)
    note = words.status(entry.kind) if entry.kind == "estimate" else ""
    return Told(text, unit, note, reverse("figures:entry", args=[entry.uuid]))


def _percent(entry: Entry) -> tuple[str, str]:
    """The sign of percent stands with its number, inside the words of a hedge: "từ +8% trở lên"."""
    signed = words.carries_sign(entry.series.measure)
    number = words.signed(entry.amount) if signed else words.number(entry.amount)
    return words.hedged(f"{number}%", entry.hedge), ""


def in_unit(value: Decimal, indicator: Indicator, unit: str) -> tuple[str, str]:
    """An exact value in the unit that the catalogue shows, never rounded."""
    size, name = shown_in(value, indicator, unit)
    return words.number(value / size), name


def shown_in(value: Decimal, indicator: Indicator, unit: str) -> tuple[Decimal, str]:
    if unit == indicator.unit and indicator.display_unit:
        return Decimal(indicator.display_scale), words.unit_name(indicator.display_unit)
    return words.size_and_unit(value, unit)


def with_unit(value: Decimal, entry: Entry) -> str:
    return " ".join(in_unit(value, entry.series.indicator, entry.series.unit))


def derived(number: Bounded, indicator: Indicator, unit: str, entry: Entry, how: str, sign: bool = False) -> Told:
    """A computed number with as many digits as its interval allows."""
    size, name = shown_in(number.value, indicator, unit)
    shown = arithmetic.shown(Bounded(number.value / size, number.low / size, number.high / size))
    text = words.signed(shown) if sign else words.number(shown)
    text, name = (f"{text}%", "") if unit == "%" else (text, name)
    return Told(text, name, _("suy ra"), reverse("figures:entry", args=[entry.uuid]), how)


def _told_implied(before: Done | None, growth: Entry | None, indicator: Indicator) -> Told | None:
    number = _implied(before, growth)
    if number is None or before is None or growth is None:
        return None
    last = stated(before.entries[0])
    how = f"{last.text} {last.unit} × (1 + {words.number(growth.amount)}%)"
    return derived(number, indicator, before.entries[0].series.unit, growth, how)


def _implied(before: Done | None, growth: Entry | None) -> Bounded | None:
    return implied_level(before.number, _bounded(growth)) if before and growth else None


def _told_growth(level: Entry | None, before: Done | None) -> Told | None:
    number = implied_growth(_bounded(level), before.number) if level and before else None
    if number is None or level is None or before is None:
        return None
    now, last = stated(level), stated(before.entries[0])
    return derived(number, level.series.indicator, "%", level, f"{now.text} ÷ {last.text} − 1", sign=True)


def _told_done(done: Done, indicator: Indicator) -> Told:
    if not done.summed:
        return stated(done.entries[0])
    unit = done.entries[0].series.unit
    text, name = in_unit(done.number.value, indicator, unit)
    note = ngettext("cộng %(n)s tháng", "cộng %(n)s tháng", len(done.entries)) % {"n": len(done.entries)}
    return Told(text, name, note, reverse("figures:entry", args=[done.entries[0].uuid]))


def _against(
    aim: Bounded | None, done: Done | None, indicator: Indicator, period: Period
) -> tuple[str, str, str]:  # fmt: skip
    """Percent of the plan, and the state that follows from it."""
    percent = arithmetic.plan_ratio(done.number, aim) if aim and done else None
    if percent is None or done is None:
        return "", "", ""
    state = PlanState(arithmetic.state_against_plan(percent, indicator.good, done.period.last >= period.last))
    return f"{words.number(arithmetic.shown(percent))}%", KIND_OF_STATE[state], str(state.label)


def _points(off: Decimal) -> str:
    if not off:
        return _("đúng mức giao")
    told = f"{words.number(abs(off))} {_('điểm %')}"
    return _("hơn %(points)s") % {"points": told} if off > 0 else _("kém %(points)s") % {"points": told}


def _bounded(entry: Entry) -> Bounded:
    return Bounded(entry.amount, entry.low, entry.high)


# Divisions.


def divided(one: Division) -> Divided:
    """ "đã chia 12 tháng, khớp tổng"; what is missing or too much is said with its amount."""
    what, count = _counted(one), len(one.parts)
    if not one.adds:
        text = _("đã giao %(parts)s") % {"parts": what}
        return Divided(one.over, one.codelist, "good" if one.complete else "half", text, False)
    if one.whole:
        return Divided(one.over, one.codelist, "good", _("đã chia %(parts)s, khớp tổng") % {"parts": what}, False)
    amount = with_unit(abs(one.left), one.total)
    if not one.complete and one.left > 0:
        text = _("mới chia %(n)s trong %(of)s phần, còn %(amount)s") % {
            "n": count,
            "of": one.expected,
            "amount": amount,
        }
        return Divided(one.over, one.codelist, "half", text, False)
    message = _("%(parts)s, còn thiếu %(amount)s") if one.left > 0 else _("%(parts)s, thừa %(amount)s")
    return Divided(one.over, one.codelist, "doubt", message % {"parts": what, "amount": amount}, True)


def _counted(one: Division) -> str:
    count = len(one.parts)
    if one.over == "months":
        return ngettext("%(n)s tháng", "%(n)s tháng", count) % {"n": count}
    if one.over == "quarters":
        return ngettext("%(n)s quý", "%(n)s quý", count) % {"n": count}
    if one.over == "places":
        return ngettext("%(n)s nơi", "%(n)s nơi", count) % {"n": count}
    name = CodeList.objects.filter(code=one.codelist).order_by("version").last()
    return _("%(n)s mục của %(list)s") % {"n": count, "list": name.name if name else one.codelist}


def paired(entries: Sequence[Entry]) -> list[tuple[Entry | None, Entry | None]]:
    """Each level with the growth of the same thing; what has no other side stands alone."""
    cells: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        series = entry.series
        cells[series.indicator_id, series.place_id, series.segment, entry.period].append(entry)
    pairs: list[tuple[Entry | None, Entry | None]] = []
    for found in cells.values():
        growths = [e for e in found if e.series.measure == Measure.GROWTH]
        for level in (e for e in found if e.series.measure != Measure.GROWTH):
            mate = next((g for g in growths if g.series.price_basis in ("", level.series.price_basis)), None)
            growths = [g for g in growths if g is not mate]
            pairs.append((level, mate))
        pairs += [(None, growth) for growth in growths]
    return pairs
