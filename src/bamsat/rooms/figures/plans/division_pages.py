# SPDX-License-Identifier: Apache-2.0
"""The page on which a target is divided: a grid of parts with shares, last year's values and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.figures.models import Entry, Plan
from bamsat.rooms.figures.numbers import Told
from bamsat.rooms.figures.plans import allocation, forms, parts, queries, rows
from bamsat.rooms.figures.plans.known import Done
from bamsat.rooms.places.rights import Function, may
from bamsat.ui import words

METHODS = {
    "equal": gettext_lazy("chia đều"), "last_year": gettext_lazy("theo hình năm trước"),
    "shares": gettext_lazy("theo tỷ trọng gõ ở cột Tỷ trọng"), "amounts": gettext_lazy("theo số gõ ở cột Giao"),
}  # fmt: skip
GROWTH_METHODS = {
    "equal": gettext_lazy("giao cùng một mức"), "amounts": gettext_lazy("theo số gõ ở cột Giao"),
}  # fmt: skip
OVERS = {"thang": "months", "quy": "quarters", "noi": "places", "phan-to": "breakdown"}
ADDRESS = {over: word for word, over in OVERS.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of the grid, as typed or worked out."""

    part: parts.Part
    typed: str
    share: str
    running: str
    before: Told | None
    growth: str


@dataclass(frozen=True, slots=True)
class Grid:
    cells: tuple[Cell, ...]
    total: str
    summed: str
    lacks: str  # in words, with its amount; nothing when the parts add up
    over: bool


@may(Function.PLAN)
@require_http_methods(["GET", "POST"])
def divide(request: HttpRequest, uuid: UUID, target: UUID, over: str) -> HttpResponse:
    """See how a target is divided, try a division out, and write it."""
    plan, entry = _found(request, uuid, target)
    if over not in OVERS:
        raise Http404
    codelist = request.GET.get("danh-muc", "")[:40]
    try:
        places = parts.parts_of(entry, OVERS[over], codelist)
    except BamsatError as refused:
        messages.error(request, words.told(refused))
        return redirect("figures:plan", plan.uuid)
    attempt = Attempt(request, plan, entry, OVERS[over], codelist, places)
    if request.method == "POST" and attempt.done():
        said = _("Đã ghi phân bổ: các phần cộng lại đúng bằng tổng.")
        messages.success(request, said if queries.adds(entry) else _("Đã giao tăng trưởng cho từng phần."))
        return redirect("figures:plan", plan.uuid)
    context = _page(request, plan, entry, OVERS[over], codelist) | {
        "grid": grid(request, entry, places, attempt.typed, attempt.shares), "method": attempt.method,
        "trouble": attempt.trouble, "standing": attempt.standing, "step": request.POST.get("tron", ""),
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "figures/plan_divide.html", context)


class Attempt:
    """What was typed into the grid, tried out or written; before that, the parts as they stand."""

    def __init__(
        self, request: HttpRequest, plan: Plan, target: Entry, over: str, codelist: str, places: Sequence[parts.Part]
    ) -> None:
        self._request, self._plan, self._target, self._over = request, plan, target, over
        self._codelist, self._places = codelist, places
        self.standing = queries.Tree(queries.targets(plan)).division(target, over, codelist)
        post = request.POST
        self.method = post.get("cach", "amounts" if self.standing else "equal")
        self.typed = _typed(post, places) if post else _standing(self.standing, places)
        self.shares = _shares(post, places) if post else {}
        self.trouble = ""

    def done(self) -> bool:
        """Write the parts, or only work them out; what stands in the way is told in `trouble`."""
        try:
            if "ghi" in self._request.POST:
                self._write()
                return True
            self._try_out()
        except BamsatError as refused:
            self.trouble = words.told(refused)
        return False

    def _write(self) -> None:
        allocation.allocate(
            self._request.user,  # type: ignore[arg-type]
            self._plan, self._target, self._over, self.method, self._given, codelist=self._codelist, step=self._step,
            reason=self._request.POST.get("reason", ""),
        )  # fmt: skip

    def _try_out(self) -> None:
        if self.method == "amounts":
            return
        worked = allocation.work_out(
            self._request.user,  # type: ignore[arg-type]
            self._target, self._places, self.method, self._given, self._step,
        )  # fmt: skip
        self.typed = {each.part.key: _as_typed(each, self._target) for each in worked}
        self.method = "amounts"

    @property
    def _given(self) -> dict[str, str]:
        return self.shares if self.method == "shares" else self.typed

    @property
    def _step(self) -> Decimal | None:
        series = self._target.series
        size, _unit = rows.shown_in(self._target.amount, series.indicator, series.unit)
        return forms.step_of(self._request.POST.get("tron", ""), size)


@may(Function.PLAN)
@require_POST
def respread(request: HttpRequest, uuid: UUID, target: UUID, over: str) -> HttpResponse:
    """After a total changed: the parts once more in their own proportions."""
    plan, entry = _found(request, uuid, target)
    reason = request.POST.get("reason", "").strip() or _("Chia lại theo tỷ lệ cũ khi tổng đổi")
    codelist = request.GET.get("danh-muc", "")[:40]
    try:
        allocation.respread(request.user, plan, entry, OVERS.get(over, over), reason, codelist)  # type: ignore[arg-type]
    except BamsatError as refused:
        messages.error(request, words.told(refused))
    else:
        messages.success(request, _("Đã chia lại theo tỷ lệ cũ: các phần cộng lại đúng bằng tổng mới."))
    return redirect("figures:plan", plan.uuid)


def grid(
    request: HttpRequest, target: Entry, places: Sequence[parts.Part], typed: Mapping[str, str],
    shares: Mapping[str, str],
) -> Grid:  # fmt: skip
    """The lines with their running sum; what cannot be read counts as nothing, and is told when it is written."""
    before = parts.last_year(request.user, target, places)
    adds, running, cells = queries.adds(target), Decimal(0), []
    for part in places:
        value = _read(typed.get(part.key), target, part)
        running += value or 0
        cells.append(
            Cell(
                part=part, typed=typed.get(part.key, ""),
                share=_share(value, target) if adds and value is not None else shares.get(part.key, ""),
                running=_said(running, target) if adds and value is not None else "",
                before=rows.stated(before[part.key].entries[0]) if part.key in before else None,
                growth=_growth(value, before.get(part.key)) if adds else "",
            )
        )  # fmt: skip
    left = target.amount - running if adds else Decimal(0)
    word = _("còn thiếu %(amount)s") if left > 0 else _("thừa %(amount)s")
    lacks = word % {"amount": rows.with_unit(abs(left), target)} if left else ""
    return Grid(tuple(cells), _said(target.amount, target), _said(running, target), lacks, left < 0)


def _page(request: HttpRequest, plan: Plan, entry: Entry, over: str, codelist: str) -> dict[str, Any]:
    adds = queries.adds(entry)
    size, unit = rows.shown_in(entry.amount, entry.series.indicator, entry.series.unit)
    steps = [("", _("không làm tròn"))]
    if adds and size >= 1000:
        steps += [("nghin", rows.with_unit(size / 1000, entry)), ("tron", rows.with_unit(size, entry))]
    return {
        "plan": plan, "target": entry, "told": rows.stated(entry), "unit": unit, "adds": adds, "size": size,
        "segment": rows.SegmentNames([entry.series.segment]).of(entry.series.segment), "over": ADDRESS[over],
        "codelist": codelist, "ways": [(ADDRESS[o], c, name, (o, c) == (over, codelist)) for o, c, name in
                                       parts.ways(entry)],
        "methods": [(code, words.capital(str(name))) for code, name in (METHODS if adds else GROWTH_METHODS).items()],
        "steps": steps, "may": queries.may_plan(request.user, plan) and queries.superseder(plan) is None,
        "later": queries.superseder(plan),
    }  # fmt: skip


def _found(request: HttpRequest, uuid: UUID, target: UUID) -> tuple[Plan, Entry]:
    try:
        plan = queries.plan_at(request.user, uuid)
        entry = queries.target_at(request.user, plan, target)
    except (Plan.DoesNotExist, Entry.DoesNotExist):
        raise Http404 from None
    if not queries.may_plan(request.user, plan):
        raise PermissionDenied
    return plan, entry


def _typed(post: Mapping[str, str], places: Sequence[parts.Part]) -> dict[str, str]:
    return {part.key: post.get(f"so-{part.key}", "").strip()[:80] for part in places}


def _shares(post: Mapping[str, str], places: Sequence[parts.Part]) -> dict[str, str]:
    return {part.key: post.get(f"ty-le-{part.key}", "").strip().removesuffix("%")[:40] for part in places}


def _standing(standing: queries.Division | None, places: Sequence[parts.Part]) -> dict[str, str]:
    """The parts that are written, as one would type them."""
    if standing is None:
        return {}
    known = {(e.period, e.series.place_id, e.series.segment): e for e in standing.parts}
    return {part.key: _said(known[part.line].amount, standing.total) for part in places if part.line in known}


def _as_typed(each: allocation.Worked, target: Entry) -> str:
    return _said(each.value.value, target) if each.value else ""


def _said(value: Decimal, target: Entry) -> str:
    """In the size that the whole target is shown in, so that a column lines up."""
    size, _unit = rows.shown_in(target.amount, target.series.indicator, target.series.unit)
    return format_number(value / size)


def _read(typed: str | None, target: Entry, part: parts.Part) -> Decimal | None:
    try:
        return allocation.amount(typed, target, part)
    except BamsatError:
        return None


def _share(value: Decimal, target: Entry) -> str:
    if not target.amount:
        return ""
    return format_number((100 * value / target.amount).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _growth(value: Decimal | None, before: Done | None) -> str:
    """Against last year, in the head of a specialist who shares out: one decimal is enough."""
    if value is None or before is None or before.number.value <= 0:
        return ""
    percent = (100 * value / before.number.value - 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{words.signed(percent)}%"
