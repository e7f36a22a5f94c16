# SPDX-License-Identifier: Apache-2.0
"""The scoreboard in words and shapes: its rows, their bars, and the one sentence that says what matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.comparison import Number, PlanState
from bamsat.rooms.figures.numbers import KIND_OF_STATE, Scale, Told, in_unit, range_of, scale_of, told
from bamsat.rooms.figures.pending import Pending
from bamsat.rooms.scoreboard import asked_lines
from bamsat.rooms.scoreboard.addresses import address_in_series, why_address
from bamsat.rooms.scoreboard.ahead import Ahead, ahead_of, chance_said
from bamsat.rooms.scoreboard.board import Scoreboard
from bamsat.rooms.scoreboard.coverage import is_coverage
from bamsat.rooms.scoreboard.rows import Row
from bamsat.rooms.tasks.behind import Mark
from bamsat.ui import charts, words

FAMILIES = {
    "": gettext_lazy("Chỉ tiêu chính"), "product": gettext_lazy("Sản phẩm"), "energy": gettext_lazy("Năng lượng"),
    "cluster": gettext_lazy("Cụm, khu công nghiệp"), "market": gettext_lazy("Chợ, siêu thị"),
    "enterprise": gettext_lazy("Doanh nghiệp"), "promotion": gettext_lazy("Khuyến công, khuyến thương"),
    "electrification": gettext_lazy("Điện về thôn, xóm"), "relief": gettext_lazy("Hỗ trợ"),
    "facility_coverage": gettext_lazy("Độ phủ cơ sở"), "supply": gettext_lazy("Dự trữ, cung ứng"),
    "document": gettext_lazy("Văn bản"), "award": gettext_lazy("Khen thưởng"), "other": gettext_lazy("Khác"),
}  # fmt: skip
ARROWS = {
    "up": ("↗", gettext_lazy("tăng")),
    "down": ("↘", gettext_lazy("giảm")),
    "flat": ("→", gettext_lazy("đứng yên")),
}
# From what goes well to what nobody has planned: the order in which states are counted.
TALLY = (
    PlanState.EXCEEDED, PlanState.MET, PlanState.NEAR, PlanState.AT_RISK, PlanState.MISSED, PlanState.RUNNING,
    PlanState.NOT_STARTED, PlanState.NO_PLAN,
)  # fmt: skip
# The worst first, for who asks for that order.
WORST = (
    PlanState.MISSED, PlanState.AT_RISK, PlanState.NEAR, PlanState.NOT_STARTED, PlanState.RUNNING, PlanState.MET,
    PlanState.EXCEEDED, PlanState.NO_PLAN,
)  # fmt: skip
NAMED = 3


@dataclass(frozen=True, slots=True)
class Grown:
    """A growth, what of it is meant where a row has several, and which way it goes."""

    told: Told
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the scoreboard."""

    row: Row
    unit: str
    price: str
    series: str  # addresses
    why: str
    done: Told | None  # the year so far, else the period itself
    done_notes: tuple[str, ...]
    part: Told | None  # the period itself, where the year so far is more
    part_label: str
    lacking: str
    lacking_before: str
    range: str
    before: str
    growths: tuple[Grown, ...]
    arrow: str
    arrow_word: str
    plan: Told | None
    ratio: Told | None
    bar: charts.PlanBar | None
    pace: str
    pace_label: str
    needed: str
    ahead: Ahead | None
    asked: Told | None
    mini: charts.Mini | None
    kind: str
    state: str
    tasks: str = ""  # "2 việc, 1 quá hạn"

    @property
    def asked_notes(self) -> list[str]:
        return asked_lines.notes(self.row.asked)

    @property
    def drafts_of_value(self) -> list[Pending]:
        return [one for one in self.row.drafts if _cell_of(one) == "value"]

    @property
    def drafts_of_plan(self) -> list[Pending]:
        return [one for one in self.row.drafts if _cell_of(one) == "plan"]

    @property
    def drafts_of_ratio(self) -> list[Pending]:
        return [one for one in self.row.drafts if _cell_of(one) == "ratio"]

    @property
    def drafts_of_growth(self) -> list[Pending]:
        return [one for one in self.row.drafts if _cell_of(one) == "growth"]


def _cell_of(draft: Pending) -> str:
    """Under which number of its row a draft stands."""
    if draft.measure in ("growth", "change"):
        return "growth"
    if draft.measure == "plan_ratio":
        return "ratio"
    return "plan" if draft.kind == "plan" else "value"


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    lines: list[Line]


def groups(board: Scoreboard, worst_first: bool = False) -> list[Group]:
    """The indicators of the catalogue first, then those that reports brought, by their kind; or the worst first."""
    rows = in_table(board.rows)
    if worst_first:
        return [Group("", [line(row, board) for row in sorted(rows, key=_badness)])]
    made: dict[str, list[Line]] = {}
    for row in rows:
        made.setdefault(row.indicator.family, []).append(line(row, board))
    order = list(FAMILIES)
    families = sorted(made, key=lambda family: order.index(family) if family in order else len(order))
    return [Group(str(FAMILIES.get(family, family)), made[family]) for family in families]


def with_tasks(groups: Iterable[Group], marks: Mapping[int, Mark]) -> list[Group]:
    """The same lines with how many tasks serve each."""
    return [
        Group(group.name, [replace(one, tasks=_of_tasks(marks.get(one.row.indicator.pk))) for one in group.lines])
        for group in groups
    ]


def _of_tasks(mark: Mark | None) -> str:
    if mark is None:
        return ""
    said = ngettext("%(count)s việc", "%(count)s việc", mark.open) % {"count": mark.open}
    return said + (", " + _("%(count)s quá hạn") % {"count": mark.overdue} if mark.overdue else "")


def in_table(rows: Iterable[Row]) -> list[Row]:
    """Facilities covered have a section of their own, but where a draft waits beside one."""
    return [row for row in rows if row.drafts or not is_coverage(row)]


def _badness(row: Row) -> tuple[int, Decimal]:
    """By state, then by how far from the plan, or from the pace where the year is not over."""
    gap = row.plan_ratio.value - 100 if row.plan_ratio else Decimal(0)
    if row.pace and row.pace.percent is not None:
        gap = Decimal(row.pace.percent) - 100
    if row.chance is not None and row.state == PlanState.AT_RISK:
        gap = Decimal(row.chance)
    return (WORST.index(row.state), -gap if row.indicator.good == "down" and row.chance is None else gap)


def line(row: Row, board: Scoreboard) -> Line:
    arrow, word = ARROWS.get(row.direction, ("", ""))
    done, part = _done(row)
    scale = scale_of(done, part, row.plan, row.before)
    series = address_in_series(row.indicator.code, board.place.slug)
    said = told(done, scale=scale)
    ahead = ahead_of(row, _size(row, done, scale))
    estimated = bool(done and done.kind == "estimate")
    return Line(
        row=row, unit=said.unit if said else words.unit_name(row.unit), price=words.price_basis(row.price_basis),
        series=series, why=why_address(row.indicator.code), done=_linked(said, series), done_notes=_notes(done),
        part=_linked(told(part, scale=scale), series), part_label=words.period_short(board.period),
        lacking=_lacking(row.lacking), lacking_before=_lacking_before(row.lacking_before),
        range=range_of(done, scale) if done else "", before=_before(row, scale), growths=_growths(row, board, series),
        arrow=arrow, arrow_word=str(word), plan=told(row.plan, scale=scale),
        ratio=_linked(told(row.plan_ratio), series),
        bar=_bar(row, estimated), pace=_pace(row), pace_label=_label(row),
        needed=ahead.needed if ahead else "", ahead=ahead,
        asked=told(row.asked.best, sign=True) if row.asked and row.asked.best else None,
        mini=charts.mini(
            row.before.value if row.before else None, shown.value if (shown := row.value or done) else None,
            row.plan.value if row.plan and row.plan.period == board.period else None, estimated,
        ),
        kind=KIND_OF_STATE[row.state], state=str(row.state.label),
    )  # fmt: skip


def _done(row: Row) -> tuple[Number | None, Number | None]:
    """The year so far, and apart from it the period itself, where that is a part of it; of what does not add up the
    period alone."""
    if row.indicator.adds_up != AddsUp.FLOW or not (row.to_date or row.lacking):
        return row.value or row.to_date, None
    apart = row.value and (row.to_date is None or row.to_date.period != row.value.period)
    return row.to_date, row.value if apart else None


def _linked(said: Told | None, series: str) -> Told | None:
    """What was added up leads to the series that it was added up from."""
    return replace(said, address=series) if said and not said.address else said


def _size(row: Row, done: Number | None, scale: Scale | None) -> Decimal:
    """How many base units one shown unit is."""
    number = done or row.plan
    if number is None or number.unit != number.display_unit:
        return Decimal(row.indicator.display_scale)
    return scale.size if scale and scale.unit == number.unit else Decimal(1)


def _notes(done: Number | None) -> tuple[str, ...]:
    """What the number is made of, and how much of that is an estimate."""
    if done is None:
        return ()
    if not done.months:
        return (words.status(done.kind),) if done.kind == "estimate" else ()
    joined = (_("quy đổi"),) if done.boundaries else ()
    if not done.estimated:
        return (_summed(done.months), *joined)
    some = ngettext("%(count)s tháng là ước", "%(count)s tháng là ước", done.estimated) % {"count": done.estimated}
    return (_summed(done.months), some, *joined)


def _summed(months: int) -> str:
    return ngettext("cộng %(count)s tháng", "cộng %(count)s tháng", months) % {"count": months}


def _lacking(months: Sequence[Period]) -> str:
    """ "còn thiếu tháng 4, 5/2021: chưa cộng được lũy kế"."""
    return _("còn thiếu tháng %(months)s/%(year)s: chưa cộng được lũy kế") % _listed(months) if months else ""


def _lacking_before(months: Sequence[Period]) -> str:
    return _("cùng kỳ còn thiếu tháng %(months)s/%(year)s") % _listed(months) if months else ""


def _listed(months: Sequence[Period]) -> dict[str, str | int]:
    """ "4, 5" and the year; "3–7" where they follow each other."""
    numbers = [each.first % 12 + 1 for each in months]
    run = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1))
    said = f"{numbers[0]}{words.DASH}{numbers[-1]}" if run else ", ".join(str(each) for each in numbers)
    return {"months": said, "year": months[0].start_year}


def _growths(row: Row, board: Scoreboard, series: str) -> tuple[Grown, ...]:
    """That of the year so far and of the period itself; of January and February as one where it is about them."""
    several = row.to_date_growth is not None and row.growth is not None
    found = [(row.to_date_growth, _of_months(row.to_date_growth), several)]
    if row.progress.together and row.progress.together.period != (row.to_date and row.to_date.period):
        found.append((row.progress.together, _("tháng 1 và 2 cộng lại"), True))
        several = True
    found.append((row.growth, words.period_short(board.period), several))
    return tuple(
        Grown(linked, label if named or number.period != board.period else "")
        for number, label, named in found
        if number and (linked := _linked(told(number, sign=True), series))
    )


def _of_months(number: Number | None) -> str:
    return _months(Period.parse(number.period).length) if number else ""


def _months(count: int) -> str:
    return ngettext("%(count)s tháng", "%(count)s tháng", count) % {"count": count}


def _bar(row: Row, estimated: bool) -> charts.PlanBar | None:
    if row.plan_ratio is None:
        return None
    pace = _pace_percent(row)
    return charts.plan_bar(row.plan_ratio.value, estimated, None if pace is None else Decimal(pace))


def _pace_percent(row: Row) -> float | None:
    """What should be done by now, in percent of the plan; only where the bar is the year's."""
    if row.pace is None or row.shape is None or row.plan_ratio is None or row.to_date is None:
        return None
    return row.shape.share * 100 if row.plan_ratio.period == row.to_date.period else None


def _pace(row: Row) -> str:
    pace = _pace_said(row)
    return _("nhịp %(pace)s%%") % {"pace": pace} if pace else ""


def _pace_said(row: Row) -> str:
    percent = _pace_percent(row)
    return "" if percent is None else words.number(round(Decimal(percent), 1).normalize() + 0)


def _label(row: Row) -> str:
    ratio = row.plan_ratio
    if ratio is None:
        return ""
    said = _("%(ratio)s phần trăm kế hoạch") % {"ratio": words.number(ratio.display)}
    if pace := _pace_said(row):
        said += "; " + _("nhịp cần có %(pace)s phần trăm") % {"pace": pace}
    return said


def _before(row: Row, scale: Scale | None) -> str:
    if row.before is None:
        return ""
    shown = words.hedged(in_unit(row.before, scale)[0], row.before.hedge)
    if row.before.boundaries:
        return _("%(number)s, quy đổi") % {"number": shown}
    if row.before.months:
        return shown
    return _("%(number)s, suy ra") % {"number": shown} if row.before.derived else shown


def restated_since(board: Scoreboard) -> str:
    """The day from which the boundaries hold on which last year's numbers are told, if any had to be restated."""
    days = [row.before.boundaries for row in board.rows if row.before and row.before.boundaries]
    return words.day(max(days)) if days else ""


def fields(board: Scoreboard) -> list[tuple[str, str, int, bool]]:
    """Code, name and size of each field, and whether it is the one that is shown."""
    return [
        (each.code, each.set.name if each.set else _("Ngoài các bộ"), len(each.indicators), each.code == board.field)
        for each in board.fields
    ]


def tally(board: Scoreboard) -> list[tuple[str, str, int]]:
    """Shape, word and count of each state that has a row."""
    counts = Counter(row.state for row in in_table(board.rows))
    return [(KIND_OF_STATE[state], str(state.label), counts[state]) for state in TALLY if counts[state]]


def sentence(board: Scoreboard) -> str:
    """What matters first: what misses the plan or probably will, what is close, over, not begun; else what rises."""
    at_risk = sorted((row for row in board.rows if row.state == PlanState.AT_RISK), key=lambda row: row.chance or 0)
    risk = [
        _("%(name)s (khả năng đạt %(chance)s)") % {"name": row.indicator.name, "chance": chance_said(row.chance)}
        for row in at_risk
    ]
    waits = [_waits(row) for row in board.rows if row.state == PlanState.NOT_STARTED]
    told_ = [
        (_("Hụt kế hoạch: %(names)s."), _few(_named(board.rows, PlanState.MISSED))),
        (_("Có nguy cơ hụt kế hoạch: %(names)s."), _few(risk)),
        (_("Sát kế hoạch: %(names)s."), _few(_named(board.rows, PlanState.NEAR))),
        (_("Vượt kế hoạch: %(names)s."), _few(_named(board.rows, PlanState.EXCEEDED, PlanState.MET))),
        (_("Chưa bắt đầu: %(names)s."), _few(waits)),
    ]
    said = " ".join(pattern % {"names": names} for pattern, names in told_ if names)
    return said or _running(board.rows) or _rising(board.rows)


def _waits(row: Row) -> str:
    """ "Kim ngạch xuất khẩu (kế hoạch cần +9,7%)"."""
    best = row.asked.best if row.asked else None
    if best is None or not (said := told(best, sign=True)):
        return row.indicator.name
    return _("%(name)s (kế hoạch cần %(growth)s%%)") % {"name": row.indicator.name, "growth": said.text}


def _named(rows: Iterable[Row], *states: PlanState) -> list[str]:
    return [row.indicator.name for row in rows if row.state in states]


def _few(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    rest = len(names) - NAMED + 1
    more = ngettext("và %(count)s chỉ tiêu khác", "và %(count)s chỉ tiêu khác", rest) % {"count": rest}
    return f"{', '.join(names[: NAMED - 1])} {more}"


def _running(rows: Sequence[Row]) -> str:
    count = sum(row.state == PlanState.RUNNING for row in rows)
    pattern = ngettext(
        "%(count)s chỉ tiêu đang chạy, chưa thấy nguy cơ hụt kế hoạch.",
        "%(count)s chỉ tiêu đang chạy, chưa thấy nguy cơ hụt kế hoạch.", count,
    )  # fmt: skip
    return pattern % {"count": count} if count else ""


def _rising(rows: Sequence[Row]) -> str:
    up, down = (sum(row.direction == way for row in rows) for way in ("up", "down"))
    if not up and not down:
        return ""
    return _("Chưa có kế hoạch để so. %(up)s chỉ tiêu tăng, %(down)s giảm so với cùng kỳ.") % {"up": up, "down": down}
