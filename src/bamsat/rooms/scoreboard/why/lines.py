# SPDX-License-Identifier: Apache-2.0
"""Contributions in words: columns that add up, with bars from zero, and the sentence that says what moved most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.compare import arithmetic
from bamsat.core.compare.contributions import REST, Contribution, Exact, gathered, total
from bamsat.rooms.figures.comparison import Number
from bamsat.rooms.figures.numbers import scale_of
from bamsat.rooms.scoreboard.why.answer import Told, Whole
from bamsat.rooms.scoreboard.why.parts import PLACES, Member
from bamsat.ui import words
from bamsat.ui.charts import percent

LINES = 9  # of one column; the smallest parts beyond are told together
NAMED = 3


@dataclass(frozen=True, slots=True)
class Size:
    """The unit in which amounts of the whole are told."""

    size: Decimal
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A part in a column of contributions."""

    name: str
    address: str
    own_words: bool
    x: str
    width: str
    falls: bool
    points: str
    change: str
    share: str
    note: str
    range: str


@dataclass(frozen=True, slots=True)
class Column:
    """What the parts gave, and what that comes to."""

    lines: tuple[Line, ...]
    zero: str
    points: str
    change: str
    unit: str
    rounded: bool  # the rounded lines miss the rounded total


def size_of(whole: Whole) -> Size:
    number = whole.now or whole.plan or whole.before
    if number is None:
        return Size(Decimal(1), "")
    if number.display_unit != number.unit:
        return Size(Decimal(whole.indicator.display_scale), words.unit_name(number.display_unit))
    scale = scale_of(number)
    return Size(scale.size, scale.name) if scale else Size(Decimal(1), words.unit_name(number.unit))


def column(told: Told, whole: Whole, address: Callable[[Member], str], of_gap: bool = False) -> Column | None:
    """The lines of a breakdown, the most first; of very many the smallest are told together."""
    found = told.gap if of_gap else told.growth
    if not found:
        return None
    shown = gathered(found, LINES) if not told.breakdown.overlapping else _without_rest(found)
    members = {member.key: member for member in told.breakdown.members}
    size, whole_line = size_of(whole), total(found)
    places = _decimals(whole_line.points)
    amount = _decimals(_in_unit(whole_line.change, size))
    namer = _Namer(told, members, whole, of_gap)
    least = min([one.change.value for one in shown] + [Fraction(0)])
    reach = (max([one.change.value for one in shown] + [Fraction(0)]) - least) or Fraction(1)
    lines = []
    for one in shown:
        left, right = sorted((-least / reach, (one.change.value - least) / reach))
        member = members.get(one.key)
        lines.append(Line(
            name=namer.name(one), address=address(member) if member else "", own_words=namer.own_words(one),
            x=percent(float(100 * left)), width=percent(float(max(100 * (right - left), Fraction(1, 2)))),
            falls=one.change.value < 0, points=_told(one.points, places),
            change=_told(_in_unit(one.change, size), amount),
            share=_share(one), note=_("suy ra") if one.derived else "", range=_range(one.points, places),
        ))  # fmt: skip
    rounded = _sum_of(shown, places) != _round(whole_line.points, places) if whole_line.points else False
    return Column(
        tuple(lines), percent(float(-100 * least / reach)),
        "" if told.breakdown.overlapping else _told(whole_line.points, places),
        "" if told.breakdown.overlapping else _told(_in_unit(whole_line.change, size), amount), size.name, rounded,
    )  # fmt: skip


def _without_rest(found: Sequence[Contribution]) -> tuple[Contribution, ...]:
    return tuple(one for one in found if one.kind == "part")[: LINES + 3]


class _Namer:
    def __init__(self, told: Told, members: Mapping[str, Member], whole: Whole, of_gap: bool) -> None:
        self._told, self._members, self._whole, self._of_gap = told, members, whole, of_gap

    def name(self, one: Contribution) -> str:
        if one.kind == "others":
            return ngettext("%(n)s phần khác", "%(n)s phần khác", len(one.of)) % {"n": len(one.of)}
        if one.kind != "rest":
            return self._members[one.key].name
        return self._rest(one)

    def own_words(self, one: Contribution) -> bool:
        """Whether the name is a report's own and has no English."""
        return one.kind == "part" and self._told.breakdown.code.startswith(("bo-phan", "neu-ten"))

    def _rest(self, one: Contribution) -> str:
        names = ", ".join(self._members[key].name for key in one.of[:NAMED])
        if len(one.of) > NAMED:
            names = ngettext("%(names)s và %(n)s phần khác", "%(names)s và %(n)s phần khác", len(one.of) - NAMED) % {
                "names": names, "n": len(one.of) - NAMED,
            }  # fmt: skip
        if one.of and self._of_gap:
            return _("Chưa giao riêng: %(names)s") % {"names": names}
        if one.of:
            return _("Phần còn lại, chưa đủ số: %(names)s") % {"names": names}
        if self._of_gap and self._plans_differ():
            if self._told.breakdown.code == PLACES:
                said = {"place": self._whole.place.label}
                return _("Kế hoạch các nơi cộng lại khác kế hoạch của %(place)s") % said
            return _("Kế hoạch các phần cộng lại khác kế hoạch chung")
        if self._told.breakdown.complete:
            return _("Chênh do làm tròn") if one.change.may_be_zero else _("Chênh giữa tổng và các phần")
        return _("Phần còn lại chưa giao riêng") if self._of_gap else _("Phần còn lại chưa có số")

    def _plans_differ(self) -> bool:
        """Plans are given, not measured: where they do not add up that is no rounding. Where parts may be without one,
        those that are there differ only when they come to more than the whole's."""
        whole, members = self._whole, list(self._members.values())
        if whole.plan is None or whole.now is None or any(one.plan is None or one.now is None for one in members):
            return False
        if whole.plan.derived or any(one.plan.derived for one in members if one.plan):
            return False
        plans = whole.plan.value - sum((one.sign * one.plan.value for one in members if one.plan), Decimal(0))
        done = whole.now.value - sum((one.sign * one.now.value for one in members if one.now), Decimal(0))
        if not self._told.breakdown.complete:
            return plans < 0
        return bool(plans) and abs(plans) >= abs(done)


def sentence(whole: Whole, told: Told | None) -> str:
    """ "Tăng 21,7%, nhiều nhất do Hàng hóa giám sát (+10,37 điểm %) và Kim ngạch xuất khẩu (+9,33 điểm %)." """
    if whole.growth is None:
        return ""
    said = growth_words(whole.growth)
    found = [one for one in told.growth if one.kind == "part" and one.points] if told else []
    if told is None or not found or told.breakdown.overlapping:
        return f"{said}."
    up = whole.growth.value >= 0
    most = sorted(found, key=lambda one: one.change.value, reverse=up)[:2]
    most = [one for one in most if (one.change.value > 0) == up and one.change.value]
    if not most:
        return f"{said}."
    names = {member.key: member.name for member in told.breakdown.members}
    places = _decimals(total(told.growth).points)
    listed = _(" và ").join(f"{names[one.key]} ({_told(one.points, places)} {_('điểm %')})" for one in most)
    return _("%(grown)s, nhiều nhất do %(parts)s.") % {"grown": said, "parts": listed}


def growth_words(growth: Number) -> str:
    shown = words.hedged(words.number(abs(growth.display)), growth.hedge)
    if growth.value == 0:
        return _("Giữ mức cùng kỳ")
    pattern = _("Tăng %(number)s%%") if growth.value > 0 else _("Giảm %(number)s%%")
    return pattern % {"number": shown}


def gap_words(whole: Whole) -> str:
    """By how much the plan was exceeded or missed; of a year that is not over, what is left to do."""
    if whole.now is None or whole.plan is None or whole.now.unit != whole.plan.unit:
        return ""
    gap = Exact.of(whole.now.bounded) - Exact.of(whole.plan.bounded)
    size = size_of(whole)
    amount = _told(_in_unit(Exact(abs(gap.value), gap.low, gap.high), size), _decimals(_in_unit(gap, size)))
    said = {"number": amount.lstrip("+"), "unit": size.name}
    if gap.may_be_zero:
        return _("Sát kế hoạch: chưa biết hơn hay kém, chênh %(number)s %(unit)s") % said
    if gap.value > 0:
        return _("Vượt kế hoạch %(number)s %(unit)s") % said
    return (
        _("Kém kế hoạch %(number)s %(unit)s") % said if whole.is_over else _("Còn phải làm %(number)s %(unit)s") % said
    )


# Numbers.


def _in_unit(number: Exact, size: Size) -> Exact:
    return number.times(1 / Fraction(size.size))


def _decimals(number: Exact | None) -> int:
    """As many as the number is sure of, two at most; the same for all lines of a column."""
    if number is None:
        return 0
    return max(0, -int(arithmetic.shown(number.bounded).as_tuple().exponent))


def _round(number: Exact, places: int) -> Decimal:
    return number.bounded.value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _told(number: Exact | None, places: int) -> str:
    """With its sign and closing zeros, so that a column lines up."""
    if number is None:
        return ""
    rounded = _round(number, places)
    if not rounded:
        rounded = abs(rounded)
    shown = f"{rounded:+,.{places}f}" if rounded else f"{rounded:,.{places}f}"
    return shown.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", "−")


def _sum_of(shown: Sequence[Contribution], places: int) -> Decimal:
    return sum((_round(one.points, places) for one in shown if one.points), Decimal(0))


def _share(one: Contribution) -> str:
    return f"{_told(one.share, 1).lstrip('+')}%" if one.share else ""


def _range(points: Exact | None, places: int) -> str:
    if points is None or points.low == points.high:
        return ""
    step = Decimal(1).scaleb(-places)
    low, high = points.bounded.low.quantize(step), points.bounded.high.quantize(step)
    return words.span(low, high) if low != high else ""


__all__ = ["REST", "Column", "Line", "column", "gap_words", "growth_words", "sentence", "size_of"]
