# SPDX-License-Identifier: Apache-2.0
"""The dual goal (mục tiêu kép): safety beside the economy of a place and period, and whether both halves are met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import SetMember
from bamsat.rooms.figures.comparison import PlanState
from bamsat.rooms.figures.numbers import KIND_OF_STATE, told
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.scoreboard import board, lines
from bamsat.rooms.scoreboard.asked import asked, ways
from bamsat.rooms.scoreboard.board import Scoreboard
from bamsat.rooms.scoreboard.coverage import FAMILY, Coverage, coverage, is_coverage
from bamsat.rooms.scoreboard.progress import Span, span_of
from bamsat.rooms.scoreboard.rows import Row, rows_of
from bamsat.rooms.situation.models import Kind, Note
from bamsat.rooms.situation.queries import notes

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MAIN, SAFETY = "main", "safety"
# The worst state that one of the economy's targets is in is the state of that half.
_WORST = (
    (PlanState.MISSED, gettext_lazy("Có chỉ tiêu hụt kế hoạch")),
    (PlanState.AT_RISK, gettext_lazy("Có chỉ tiêu nguy cơ hụt kế hoạch")),
    (PlanState.NEAR, gettext_lazy("Có chỉ tiêu sát kế hoạch")),
    (PlanState.NOT_STARTED, gettext_lazy("Chưa bắt đầu")),
    (PlanState.RUNNING, gettext_lazy("Đang chạy")),
    (PlanState.MET, gettext_lazy("Đạt kế hoạch")),
    (PlanState.EXCEEDED, gettext_lazy("Đạt kế hoạch")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the goal: its figures, what they come to in a sentence and a state, and what threatens it."""

    code: str
    name: str
    kind: str
    state: str
    sentence: str
    lines: tuple[lines.Line, ...]
    coverage: Coverage | None
    risks: tuple[Note, ...]

    @property
    def lacks(self) -> bool:
        """Whether there is nothing to judge it by."""
        return not self.lines and self.coverage is None


@dataclass(frozen=True, slots=True)
class Dual:
    board: Scoreboard
    safety: Half
    economy: Half
    risks: tuple[Note, ...]  # of the whole place

    @property
    def halves(self) -> tuple[Half, Half]:
        return (self.safety, self.economy)


def dual(
    user: User | AnonymousUser, place: Place, period: Period | None = None, known: datetime | None = None
) -> Dual | None:
    """None where neither half has a figure in any period. Place.DoesNotExist when the user may not see the place."""
    with remembering(user):
        found = board.scoreboard(user, place, period, MAIN, known=known)
        span = found.span or (span_of(period, []) if period else None)
        if span is None:
            return None
        main = _members(MAIN)
        economy = replace(found, rows=tuple(row for row in found.rows if row.indicator.pk in main), drafts=())
        safe = _safety_rows(user, found.place, span, known)
        safety = replace(economy, rows=safe, period=span.asked.code, span=span)
        risks = [note for note in notes(user, found.place, span.asked, known=known) if note.kind == Kind.RISK]
    threats: dict[str, list[Note]] = {MAIN: [], SAFETY: [], "": []}
    safe_codes = set(SetMember.objects.filter(set__code=SAFETY).values_list("indicator__code", flat=True))
    for note in risks:
        threats[_half_of(note, safe_codes)].append(note)
    return Dual(
        replace(economy, period=span.asked.code, span=span), _safety(safety, threats[SAFETY]),
        _economy(economy, threats[MAIN]), tuple(threats[""]),
    )  # fmt: skip


def _members(code: str) -> set[int]:
    return set(SetMember.objects.filter(set__code=code).values_list("indicator_id", flat=True))


def _safety_rows(
    user: User | AnonymousUser, place: Place, span: Span, known: datetime | None
) -> tuple[Row, ...]:  # fmt: skip
    """Indicators of the set of safety, and the coverage of each kind of facility that reports told."""
    of_safety = Q(indicator__in=_members(SAFETY)) | Q(indicator__code__startswith=f"{FAMILY}:")
    series = list(series_of(user).filter(of_safety, place=place, segment="").select_related("indicator"))
    for one in series:
        one.place = place
    return tuple(rows_of(user, place, series, span, known)) if series else ()


def _half_of(note: Note, safe: set[str]) -> str:
    """Which half a risk threatens; nothing where it is tied to neither."""
    tied = [one.code for one in note.indicators.all()]
    tied += [entry.series.indicator.code for entry in note.targets.all()]
    if (note.field and note.field.code == SAFETY) or any(
        code in safe or code.startswith(f"{FAMILY}:") for code in tied
    ):
        return SAFETY
    return MAIN if note.field or tied else ""


# The two halves.


def _economy(found: Scoreboard, risks: Sequence[Note]) -> Half:
    states = {row.state for row in found.rows}
    worst = next(((state, word) for state, word in _WORST if state in states), None)
    if worst:
        kind, state = KIND_OF_STATE[worst[0]], str(worst[1])
    else:
        kind, state = "none", _("Chưa có kế hoạch để so") if found.rows else _("Chưa có số")
    said = lines.sentence(found) if found.rows else _("Chưa có số chính nào của kỳ này.")
    return Half(
        MAIN, _("Kinh tế"), kind, state, said, tuple(lines.line(row, found) for row in found.rows), None, tuple(risks)
    )


def _safety(found: Scoreboard, risks: Sequence[Note]) -> Half:
    rest = [row for row in found.rows if not is_coverage(row)]
    covered = coverage(found.rows, found.place)
    kind, state = _safety_state(rest, covered)
    said = " ".join(filter(None, [covered.pooled if covered else "", *map(_told, rest)]))
    return Half(
        SAFETY, _("An toàn"), kind, state, said or _("Chưa có số an toàn nào của kỳ này."),
        tuple(lines.line(row, found) for row in rest), covered, tuple(risks),
    )  # fmt: skip


def _safety_state(rest: Sequence[Row], covered: Coverage | None) -> tuple[str, str]:
    """The worst first: a plan that is missed or something that grows worse, then facilities that lack."""
    if not rest and covered is None:
        return "none", _("Chưa có số")
    if any(row.state == PlanState.MISSED for row in rest):
        return "bad", _("Có chỉ tiêu không đạt")
    if any(row.favourable is False for row in rest):
        return "bad", _("Có mặt xấu đi so với cùng kỳ")
    shapes = {one.kind for one in covered.kinds} if covered else set()
    if "bad" in shapes:
        return "bad", _("Còn thiếu nhiều cơ sở")
    if "doubt" in shapes:
        return "doubt", _("Còn thiếu cơ sở")
    return "good", _("Đạt")


def _told(row: Row) -> str:
    """ "Số vụ tai nạn lao động: 3 vụ, −25% so với cùng kỳ."."""
    value, growth = told(row.value or row.to_date), told(row.growth or row.to_date_growth, sign=True)
    if value is None:
        return ""
    said = {"name": row.indicator.name, "value": f"{value.text} {value.unit}".strip()}
    if growth is None:
        return _("%(name)s: %(value)s.") % said
    return _("%(name)s: %(value)s, %(growth)s%% so với cùng kỳ.") % {**said, "growth": growth.text}


def verdict(found: Dual) -> str:
    """Whether both halves are met; which one cannot be told, if one cannot."""
    missing = [half.name.lower() for half in found.halves if half.lacks]
    if len(missing) == 2:
        return _("Chưa nói được về mục tiêu kép: cả hai nửa chưa có số của kỳ này.")
    if missing:
        return _("Chưa nói được về mục tiêu kép: nửa %(half)s chưa có số của kỳ này.") % {"half": missing[0]}
    if all(half.kind == "good" for half in found.halves):
        return _("Cả hai nửa đều đạt: vừa an toàn, vừa đủ kế hoạch.")
    said = {half.code: half.state.lower() for half in found.halves}
    return _("An toàn: %(safety)s. Kinh tế: %(main)s.") % said


@may(Function.SEE)
@require_GET
def dual_goal(request: HttpRequest) -> HttpResponse:
    wanted = asked(request)
    if wanted is None:
        return render(request, "scoreboard/none.html")
    found = dual(request.user, wanted.place, wanted.period, wanted.known.moment)
    if found is None:
        return render(request, "scoreboard/none.html")
    context = {
        "found": found, "board": found.board, "known": wanted.known, "place": wanted.place, "places": wanted.places,
        "ways": ways(request.path), "verdict": verdict(found),
    }  # fmt: skip
    return render(request, "scoreboard/dual.html", context)
