# SPDX-License-Identifier: Apache-2.0
"""Pages of plans: what the office issues again and again, and the usual reports that it can take up."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.places.doing import done
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.reports import actions_plan, rights
from bamsat.rooms.reports.actions import Refused
from bamsat.rooms.reports.asked import plan_or_404
from bamsat.rooms.reports.forms import DAYS, PlanForm, plan_as_written
from bamsat.rooms.reports.models import ReportPlan
from bamsat.rooms.reports.naming import kind_name
from bamsat.rooms.reports.periods import deadline_words
from bamsat.rooms.reports.proposed import not_planned, proposals
from bamsat.ui import words


@may(Function.READ)
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan of the user's places with its deadline in words, then the usual reports that are not planned."""
    today = timezone.localdate()
    with remembering(request.user):
        found = list(rights.seen_plans(request.user))
        places = list(rights.places_to_write(request.user))
        lines = [(plan, kind_name(plan.kind), *_told(plan, today), _may_change(request, plan)) for plan in found]
    place = next((one for one in places if one.slug == request.GET.get("noi")), places[0] if places else None)
    offered = not_planned(plan for plan in found if place and plan.place_id == place.pk) if place else []
    context = {
        "lines": lines, "place": place, "places": places, "offered": offered, "today": today,
        "going": sum(plan.until is None or plan.until > today for plan in found),
    }  # fmt: skip
    return render(request, "reports/plans.html", context)


def _told(plan: ReportPlan, today: date) -> tuple[str, bool]:
    return deadline_words(plan.deadline, plan.frequency), plan.until is not None and plan.until <= today


def _may_change(request: HttpRequest, plan: ReportPlan) -> bool:
    return rights.may_write(request.user, plan.place, plan.field)


@may(Function.REPORT)
@require_http_methods(["GET", "POST"])
def plan_add(request: HttpRequest) -> HttpResponse:
    user = who(request)
    given = {"since": timezone.localdate(), "if_off": "before", "shape": "month", "months_after": 0, "time": "17:00"}
    form = PlanForm(user, request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            actions_plan.add_plan(user, form.chosen_place, form.said())
        except NotAllowed:
            raise
        except BamsatError as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, _("Đã thêm vào kế hoạch báo cáo."))
            return redirect("reports:plans")
    return render(request, "reports/plan_form.html", {"form": form})


@may(Function.REPORT)
@require_http_methods(["GET", "POST"])
def plan_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    plan, user = plan_or_404(request, uuid), who(request)
    rights.ask(user, plan.place, rights.WRITE, plan.field)
    form = PlanForm(user, request.POST or None, initial=plan_as_written(plan), plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            actions_plan.change_plan(user, plan, form.said())
        except NotAllowed:
            raise
        except BamsatError as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, _("Đã lưu kế hoạch báo cáo."))
            return redirect("reports:plans")
    context = {"form": form, "plan": plan, "ended": plan.until is not None, "today": timezone.localdate()}
    return render(request, "reports/plan_form.html", context)


@may(Function.REPORT)
@require_POST
def plan_propose(request: HttpRequest) -> HttpResponse:
    """A usual report becomes a plan by one click, due from today on."""
    user = who(request)
    place = rights.places_to_write(user).filter(slug=request.POST.get("noi", "")).first()
    chosen = next((one for one in proposals() if one.code == request.POST.get("loai")), None)
    if place is None or chosen is None:
        raise Http404
    said = chosen.said(timezone.localdate())
    told = _("Đã thêm “%(name)s”. Hãy xem lại hạn và nơi nhận theo quy định của tỉnh.") % {"name": chosen.name}
    return done(request, lambda: actions_plan.add_plan(user, place, said), told, reverse("reports:plans"))


@may(Function.REPORT)
@require_POST
def plan_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    plan, user = plan_or_404(request, uuid), who(request)

    def end() -> None:
        actions_plan.end_plan(user, plan, _day(request.POST.get("ngay", "")), request.POST.get("ly-do", ""))

    return done(request, end, _("Đã thôi làm báo cáo này từ ngày đã ghi."), reverse("reports:plans"))


def _day(typed: str) -> date:
    for pattern in DAYS:
        try:
            return datetime.strptime(typed.strip(), pattern).date()
        except ValueError:
            continue
    raise Refused(vi="Hãy viết ngày như 10/12/2026.", en="Write the day as 10/12/2026.")


@may(Function.REPORT)
@require_POST
def plan_resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    plan, user = plan_or_404(request, uuid), who(request)
    return done(
        request, lambda: actions_plan.resume_plan(user, plan), _("Đã làm lại báo cáo này."), reverse("reports:plans")
    )  # fmt: skip
