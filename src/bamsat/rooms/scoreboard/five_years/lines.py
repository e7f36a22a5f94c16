# SPDX-License-Identifier: Apache-2.0
"""Targets of several years in words, shapes and a small chart of the way against what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from bamsat.core.compare import arithmetic
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.models import Measure
from bamsat.rooms.figures.numbers import Told, entry_number, told
from bamsat.rooms.figures.plans.rows import shown_in
from bamsat.rooms.scoreboard.five_years.targets import GROWTH, TOTAL, FiveYears, Pivot, Way, ahead, is_good
from bamsat.ui import words
from bamsat.ui.charts import percent, pixels

HEIGHT, HEAD, FOOT = 150, 26, 130  # of the chart: where the highest value may stand, and where zero is


@dataclass(frozen=True, slots=True)
class Bar:
    year: str
    x: str
    middle: str
    width: str
    y: str
    height: str
    kind: str
    shown: str
    shown_y: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the line of the way."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    line: tuple[Piece, ...]
    turn: str
    target: str
    target_y: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A target as a block of the page."""

    way: Way
    name: str
    address: str
    price: str
    unit: str
    target: str
    target_address: str
    kind: str
    state: str
    facts: tuple[tuple[str, str], ...]
    note: str
    chart: Chart | None
    table: tuple[tuple[str, str, Told | None, str], ...]  # year, way, done, percent of the way


def lines(found: FiveYears) -> list[Line]:
    return [_line(way, found.pivot) for way in found.ways]


def sentence(made: list[Line]) -> str:
    """How many are on their way, and which are not."""
    if not made:
        return ""
    if all(one.kind == "wait" for one in made):
        return _("Chưa đủ số của năm nào trong giai đoạn để nói nhanh hay chậm.")
    late = [one.name for one in made if one.kind in ("doubt", "bad")]
    on_way = sum(one.kind == "good" for one in made)
    said = _("%(n)s/%(of)s mục tiêu đúng nhịp.") % {"n": on_way, "of": len(made)}
    return said + (" " + _("Chậm: %(names)s.") % {"names": ", ".join(late)} if late else "")


def _line(way: Way, pivot: Pivot | None) -> Line:
    size, unit = _size(way)
    kind, state = _state(way)
    facts = _facts(way, size)
    return Line(
        way=way, name=way.indicator.name, address=_address(way), price=words.price_basis(way.price_basis), unit=unit,
        target=_target(way), target_address=reverse("figures:entry", args=[way.entry.uuid]), kind=kind, state=state,
        facts=tuple(facts), note=_presumed(way), chart=_chart(way, size, pivot), table=tuple(_table(way, size)),
    )  # fmt: skip


def _address(way: Way) -> str:
    period = way.latest.year if way.latest else way.frame.end_year
    return f"{reverse('scoreboard:why', args=[way.indicator.code])}?noi={way.entry.series.place.slug}&ky={period}"


def _size(way: Way) -> tuple[Decimal, str]:
    number = way.base or (way.latest.done if way.latest else None)
    if way.asked == GROWTH and number is None:
        return Decimal(1), "%"
    value = way.target.value if way.target else number.value if number else Decimal(0)
    unit = number.unit if number else way.entry.series.unit
    return shown_in(value, way.indicator, unit)


def _target(way: Way) -> str:
    text, unit = entry_number(way.entry)
    said = {"number": f"{text} {unit}".strip(), "year": way.frame.end_year, "span": words.period(way.frame.code)}
    if way.asked == GROWTH:
        return _("tăng bình quân %(number)s%% mỗi năm") % {"number": text.lstrip("+")}
    if way.asked == TOTAL:
        return _("cả %(span)s: %(number)s") % said
    return _("đến năm %(year)s: %(number)s") % said


def _presumed(way: Way) -> str:
    if not way.presumed:
        return ""
    said = {"span": words.period(way.frame.code), "year": way.frame.end_year}
    return _(
        "Văn bản ghi mục tiêu cho %(span)s; số này chưa bằng hai năm của năm gốc nên hiểu là mức của năm %(year)s."
    ) % said  # fmt: skip


def _state(way: Way) -> tuple[str, str]:
    """The shape and the word: on the way, behind it, met, missed."""
    done = way.latest.done if way.latest else None
    if way.latest is None or done is None:
        return "wait", _("Chưa có số năm nào")
    share = ahead(way)
    if share is None:
        return "wait", _("Chưa đủ số để nói")
    if is_good(way, share):
        return "good", _("Đạt mục tiêu") if way.over else _("Đúng nhịp")
    return ("bad", _("Hụt mục tiêu")) if way.over else ("doubt", _("Chậm nhịp"))


def _facts(way: Way, size: Decimal) -> list[tuple[str, str]]:
    facts = list[tuple[str, str]]()
    if way.base:
        facts.append((_("Năm gốc %(year)s") % {"year": way.frame.start_year - 1}, _said(way.base.value, size)))
    else:
        facts.append((_("Năm gốc %(year)s") % {"year": way.frame.start_year - 1}, _("chưa có số")))
    if way.growth is not None and way.asked != GROWTH:
        facts.append((_("Tăng đều mỗi năm"), f"{words.signed(format_number(way.growth, 1).replace(',', '.'))}%"))
    if way.latest and way.latest.done:
        facts.append((_("Gần nhất, năm %(year)s") % {"year": way.latest.year}, _said(way.latest.done.value, size)))
    if (share := ahead(way)) is not None:
        facts.append((_("So với đường đi"), f"{format_number(share, 1)}%"))
    if way.needed is not None and not way.over:
        needed = _percent(way.needed)
        facts.append((_("Còn %(n)s năm, mỗi năm cần") % {"n": way.left}, needed))
    return facts


def _percent(number: arithmetic.Bounded) -> str:
    return f"{words.signed(arithmetic.shown(number, 1))}%"


def _said(value: Decimal, size: Decimal) -> str:
    """In the unit of the block, one decimal at most below a thousand."""
    in_unit = value / size
    rounded = round(in_unit, 0 if abs(in_unit) >= 10_000 else 1 if abs(in_unit) >= 100 else 2)
    return format_number(rounded, 0) if rounded == rounded.to_integral_value() else words.number(rounded.normalize())


def _table(way: Way, size: Decimal) -> list[tuple[str, str, Told | None, str]]:
    made = []
    for step in way.steps:
        share = step.done.value / step.path * 100 if step.done and step.path else None
        path = _said(step.path, size) if step.path is not None else ""
        made.append((str(step.year), path, told(step.done), f"{format_number(share, 1)}%" if share is not None else ""))
    return made


# The chart.


def _chart(way: Way, size: Decimal, pivot: Pivot | None) -> Chart | None:
    """Bars of what was done, from the base year on, and the line of the way."""
    base = way.base.value if way.base and way.base.measure == Measure.LEVEL else None
    points = [(way.frame.start_year - 1, base, base)]
    points += [(step.year, step.path, step.done.value if step.done else None) for step in way.steps]
    values = [value for _year, path, done in points for value in (path, done) if value is not None]
    if not values or min(values) < 0 or max(values) <= 0:
        return None
    top, slot = max(values), 96 / len(points)

    def y(value: Decimal) -> float:
        return FOOT - float(value / top) * (FOOT - HEAD)

    bars, line = [], []
    before: tuple[float, float] | None = None
    for at, (year, path, done) in enumerate(points):
        middle = 2 + slot * (at + 0.5)
        bars.append(_bar(year, middle, slot, _Heights(done, path, y), size, at == 0))
        if path is not None:
            if before:
                line.append(Piece(percent(before[0]), pixels(before[1]), percent(middle), pixels(y(path))))
            before = (middle, y(path))
    turn = percent(2 + slot * (pivot.year - way.frame.start_year + 1.5)) if pivot else ""
    last = way.steps[-1].path
    return Chart(
        tuple(bars), tuple(line), turn, _said(last, size) if last is not None else "",
        pixels(y(last) - 8) if last is not None else "", _label(way, size),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Heights:
    done: Decimal | None
    path: Decimal | None
    y: Callable[[Decimal], float]


def _bar(year: int, middle: float, slot: float, of: _Heights, size: Decimal, first: bool) -> Bar:
    """What was done stands over its bar, and over the way where that is higher."""
    top = of.y(of.done) if of.done is not None else float(FOOT)
    above = min(top, of.y(of.path)) if of.path is not None else top
    return Bar(
        str(year), percent(middle - slot * 0.3), percent(middle), percent(slot * 0.6), pixels(top),
        pixels(max(FOOT - top, 0.0)), "" if of.done is None else "past" if first else "bar",
        _said(of.done, size) if of.done is not None else "", pixels(above - 6),
    )  # fmt: skip


def _label(way: Way, size: Decimal) -> str:
    parts = []
    for step in way.steps:
        said = {"year": step.year, "path": _said(step.path, size) if step.path is not None else _("chưa rõ")}
        if step.done:
            parts.append(
                _("%(year)s: đường đi %(path)s, làm được %(done)s") % (said | {"done": _said(step.done.value, size)})
            )
        else:
            parts.append(_("%(year)s: đường đi %(path)s") % said)
    return "; ".join(parts)


def frames(found: FiveYears) -> list[tuple[str, str, bool]]:
    """Code, name and whether it is the one shown, of each frame, where there are several."""
    if len(found.frames) < 2:
        return []
    return [(one.code, words.capital(words.period(one.code)), one == found.frame) for one in found.frames]


def title(frame: Period | None) -> str:
    return words.period(frame.code) if frame else ""
