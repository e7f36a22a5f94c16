# SPDX-License-Identifier: Apache-2.0
"""The scoreboard in words and shapes: its rows, its bars, and the one sentence that says what matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bamsat.rooms.desk.scoreboard.board import Scoreboard
from bamsat.rooms.desk.scoreboard.rows import Row
from bamsat.rooms.figures.comparison import PlanState
from bamsat.rooms.figures.numbers import KIND_OF_STATE, Scale, Told, in_unit, range_of, scale_of, told
from bamsat.rooms.figures.pending import Pending
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
TALLY = (PlanState.EXCEEDED, PlanState.MET, PlanState.NEAR, PlanState.MISSED, PlanState.RUNNING, PlanState.NO_PLAN)
NAMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the scoreboard."""

    row: Row
    unit: str
    price: str
    value: Told | None
    range: str
    before: str
    growth: Told | None
    arrow: str
    arrow_word: str
    plan: Told | None
    ratio: Told | None
    bar: charts.PlanBar | None
    mini: charts.Mini | None
    kind: str
    state: str

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


def groups(board: Scoreboard) -> list[Group]:
    """The indicators of the catalogue first, then those that reports brought, by their kind."""
    made: dict[str, list[Line]] = {}
    for row in board.rows:
        made.setdefault(row.indicator.family, []).append(line(row))
    order = list(FAMILIES)
    families = sorted(made, key=lambda family: order.index(family) if family in order else len(order))
    return [Group(str(FAMILIES.get(family, family)), made[family]) for family in families]


def line(row: Row) -> Line:
    arrow, word = ARROWS.get(row.direction, ("", ""))
    estimated = bool(row.value and row.value.kind == "estimate")
    scale = scale_of(row.value, row.plan, row.before)
    value = told(row.value, scale=scale)
    return Line(
        row=row, unit=value.unit if value else words.unit_name(row.unit), price=words.price_basis(row.price_basis),
        value=value, range=range_of(row.value, scale) if row.value else "", before=_before(row, scale),
        growth=told(row.growth, sign=True), arrow=arrow, arrow_word=str(word), plan=told(row.plan, scale=scale),
        ratio=told(row.plan_ratio),
        bar=charts.plan_bar(row.plan_ratio.value, estimated) if row.plan_ratio else None,
        mini=charts.mini(
            row.before.value if row.before else None, row.value.value if row.value else None,
            row.plan.value if row.plan else None, estimated,
        ),
        kind=KIND_OF_STATE[row.state], state=str(row.state.label),
    )  # fmt: skip


def _before(row: Row, scale: Scale | None) -> str:
    if row.before is None:
        return ""
    shown = words.hedged(in_unit(row.before, scale)[0], row.before.hedge)
    if row.before.boundaries:
        return _("%(number)s, quy đổi") % {"number": shown}
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
    counts = board.tally
    return [(KIND_OF_STATE[state], str(state.label), counts[state]) for state in TALLY if counts[state]]


def sentence(board: Scoreboard) -> str:
    """What matters first: what misses the plan, what is close to it, what is over it; else how many rise and fall."""
    told_ = [
        (_("Hụt kế hoạch: %(names)s."), _names(board.rows, PlanState.MISSED)),
        (_("Sát kế hoạch: %(names)s."), _names(board.rows, PlanState.NEAR)),
        (_("Vượt kế hoạch: %(names)s."), _names(board.rows, PlanState.EXCEEDED, PlanState.MET)),
    ]
    said = " ".join(pattern % {"names": names} for pattern, names in told_ if names)
    return said or _rising(board.rows)


def _names(rows: Sequence[Row], *states: PlanState) -> str:
    names = [row.indicator.name for row in rows if row.state in states]
    if len(names) <= NAMED:
        return ", ".join(names)
    rest = len(names) - NAMED + 1
    more = ngettext("và %(count)s chỉ tiêu khác", "và %(count)s chỉ tiêu khác", rest) % {"count": rest}
    return f"{', '.join(names[: NAMED - 1])} {more}"


def _rising(rows: Sequence[Row]) -> str:
    up, down = (sum(row.direction == way for row in rows) for way in ("up", "down"))
    if not up and not down:
        return ""
    return _("Chưa có kế hoạch để so. %(up)s chỉ tiêu tăng, %(down)s giảm so với cùng kỳ.") % {"up": up, "down": down}
