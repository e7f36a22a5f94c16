# SPDX-License-Identifier: Apache-2.0
"""Pages of plans: all of them, one with its targets, its versions compared, several issuers side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Provider
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.figures.models import Entry, Plan
from bamsat.rooms.figures.plans import actions, comparing, forms, queries
from bamsat.rooms.figures.plans.download import csv_of
from bamsat.rooms.figures.plans.rows import Table, paired
from bamsat.rooms.figures.scopes import condition
from bamsat.rooms.places.queries import home_places
from bamsat.rooms.places.rights import Function, holds, may
from bamsat.ui import words

GIVEN = ("place", "period", "level", "growth", "segment", "price_basis", "reason")


@may(Function.SEE)
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that the user may see, by place, year and whose it is."""
    slug, year, provider = (request.GET.get(name, "").strip()[:120] for name in ("noi", "nam", "nguon"))
    seen = condition(request.user, through="targets__series__") or Q()
    every = list(
        queries.visible_plans(request.user)
        .annotate(count=Count("targets", seen, distinct=True))
        .order_by("-issued_on", "-pk")
    )
    found = [
        plan
        for plan in every
        if (not slug or plan.place.slug == slug)
        and (not year.isdecimal() or int(year) in years_of(plan))
        and (not provider or plan.provider == provider)
    ]
    over, names = queries.not_in_force(found), _provider_names()
    places = {plan.place_id: plan.place for plan in every}
    context = {
        "plans": [(plan, names.get(plan.provider, plan.provider), plan.pk in over, _later(plan)) for plan in found],
        "places": sorted(places.values(), key=lambda one: one.sort_key),
        "years": sorted({one for plan in every for one in years_of(plan)}, reverse=True),
        "providers": sorted({(plan.provider, names.get(plan.provider, plan.provider)) for plan in every}),
        "place": slug, "year": year, "provider": provider, "filtered": bool(slug or year or provider),
        "may_plan": holds(request.user, Function.PLAN),
        "beside": reverse("figures:plans_beside") + f"?noi={slug}&nam={year}" if slug and year.isdecimal() else "",
    }  # fmt: skip
    return render(request, "figures/plans.html", context)


@may(Function.PLAN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record a decision."""
    homes = home_places(request.user)
    initial = {"place": homes[0].label if len(homes) == 1 else "", "provider": "council"}
    form = forms.PlanForm(request.user, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        plan = _done(form, lambda: actions.record_plan(request.user, **told))  # type: ignore[arg-type]
        if plan:
            messages.success(request, _("Đã ghi kế hoạch. Tiếp theo: ghi từng chỉ tiêu của kế hoạch."))
            return redirect("figures:plan", plan.uuid)
    return render(request, "figures/plan_new.html", {"form": form, "homes": homes})


@may(Function.SEE)
@require_GET
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One plan with its targets."""
    plan = _plan(request, uuid)
    context = _page(request, plan)
    if (wanted := request.GET.get("sua")) and context["may"]:
        context |= _editing(request, plan, wanted)
    return render(request, "figures/plan.html", context)


@may(Function.PLAN)
@require_POST
def target(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add a target, or change one."""
    plan = _plan(request, uuid)
    form = forms.TargetForm(request.user, plan, request.POST)
    if form.is_valid():
        told = form.cleaned_data
        indicator = told["indicator"]
        given = {name: told[name] for name in GIVEN} | {"unit": indicator.display_unit or indicator.unit}
        if _done(form, lambda: actions.set_target(request.user, plan, indicator, **given)):  # type: ignore[arg-type]
            messages.success(request, _("Đã ghi chỉ tiêu “%(name)s”.") % {"name": indicator.name})
            return redirect("figures:plan", plan.uuid)
    return _again(request, plan, target_form=form)


@may(Function.PLAN)
@require_POST
def remove(request: HttpRequest, uuid: UUID, target: UUID) -> HttpResponse:
    """Take a target out of the plan."""
    plan, form = _plan(request, uuid), forms.ReasonForm(request.POST)
    entry = _target(request, plan, target)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(form, lambda: actions.remove_target(request.user, plan, entry, reason)):  # type: ignore[arg-type]
            messages.success(request, _("Đã bỏ chỉ tiêu khỏi kế hoạch. Số vẫn còn trong lịch sử, kèm lý do."))
            return redirect("figures:plan", plan.uuid)
    return _again(request, plan, **_editing(request, plan, str(target)) | {"remove_form": form})


@may(Function.PLAN)
@require_POST
def correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mend the header."""
    plan, form = _plan(request, uuid), forms.VersionForm(request.POST)
    if form.is_valid() and _done(form, lambda: actions.correct_plan(request.user, plan, **form.cleaned_data)):  # type: ignore[arg-type]
        messages.success(request, _("Đã sửa phần đầu của kế hoạch."))
        return redirect("figures:plan", plan.uuid)
    return _again(request, plan, header_form=form)


@may(Function.PLAN)
@require_POST
def supersede(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record a new version."""
    plan, form = _plan(request, uuid), forms.VersionForm(request.POST)
    if form.is_valid():
        later = _done(form, lambda: actions.supersede(request.user, plan, **form.cleaned_data))  # type: ignore[arg-type]
        if later:
            messages.success(request, _("Đã ghi bản thay thế với mọi chỉ tiêu của bản cũ. Hãy sửa những chỉ tiêu đổi."))
            return redirect("figures:plan", later.uuid)
    return _again(request, plan, version_form=form)


@may(Function.PLAN)
@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a plan back."""
    plan, form = _plan(request, uuid), forms.ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        count = _done(form, lambda: actions.withdraw_plan(request.user, plan, reason))  # type: ignore[arg-type]
        if count is not None:
            messages.success(request, _("Đã rút kế hoạch. Số vẫn còn trong lịch sử, kèm lý do."))
            return redirect("figures:plan", plan.uuid) if count else redirect("figures:plans")
    return _again(request, plan, withdraw_form=form)


@may(Function.SEE)
@require_GET
def compare(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What this version changed against another one, by default the one it supersedes."""
    plan = _plan(request, uuid)
    others = [each for each in queries.versions(plan) if each.pk != plan.pk]
    wanted = request.GET.get("voi", "")
    before = plan.supersedes or (others[-1] if others else None)
    other = next((each for each in others if str(each.uuid) == wanted), before)
    old = queries.targets(other, request.user) if other else []
    found = comparing.changes(old, queries.targets(plan, request.user)) if other else []
    kept = [change for change in found if change.what == "kept"]
    every = "moi" in request.GET
    context = {
        "plan": plan, "other": other, "others": others, "kept": len(kept), "every": every,
        "changes": [change for change in found if every or change.what != "kept"],
        "changed": len(found) - len(kept),
    }  # fmt: skip
    return render(request, "figures/plan_compare.html", context)


@may(Function.SEE)
@require_GET
def beside(request: HttpRequest) -> HttpResponse:
    """Plans of several issuers for one place and year, side by side."""
    slug, year, code = (request.GET.get(name, "").strip()[:160] for name in ("noi", "nam", "chi-tieu"))
    if not year.isdecimal() or not 1900 < int(year) < 2200:
        raise Http404
    period = Period.year(int(year))
    every = list(queries.visible_plans(request.user).filter(place__slug=slug).order_by("issued_on", "pk"))
    if not every:
        raise Http404
    found = [plan for plan in every if int(year) in years_of(plan)]
    over, names = queries.not_in_force(found), _provider_names()
    found = [plan for plan in found if plan.pk not in over]
    named = [(plan, names.get(plan.provider, plan.provider)) for plan in found]
    context = {
        "place": every[0].place, "year": year, "period": period.code, "indicator": indicator_coded(code),
        "plans": named,
        "lines": comparing.side_by_side(request.user, named, period, code),
    }  # fmt: skip
    return render(request, "figures/plans_beside.html", context)


@may(Function.SEE)
@require_GET
def download(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every target with its parts as CSV."""
    plan = _plan(request, uuid)
    response = HttpResponse(csv_of(queries.targets(plan, request.user)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ke-hoach-{plan.place.slug}-{plan.issued_on}.csv"'
    return response


# What several of these need.


def years_of(plan: Plan) -> range:
    span = Period.parse(plan.period)
    return range(span.start_year, span.end_year + 1)


def _page(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    later, gone = queries.superseder(plan), queries.withdrawn(plan)
    every = "moi" in request.GET
    table = Table(request.user, queries.targets(plan, request.user), every)
    may_change = later is None and gone is None and queries.may_plan(request.user, plan)
    return {
        "plan": plan, "later": later, "gone": gone, "table": table, "every": every, "may": may_change,
        "provider": _provider_names().get(plan.provider, plan.provider), "versions": queries.versions(plan),
        "target_form": forms.TargetForm(request.user, plan, initial={"period": words.period(plan.period)}),
        "header_form": forms.VersionForm(initial=forms.of_plan(plan)),
        "version_form": forms.VersionForm(initial={"issuer": plan.issuer, "title": plan.title}),
        "withdraw_form": forms.ReasonForm(), "remove_form": forms.ReasonForm(), "year": min(years_of(plan)),
    }  # fmt: skip


def _editing(request: HttpRequest, plan: Plan, uuid: str) -> dict[str, Any]:
    """The form filled with a target that is to be changed."""
    entry = _target(request, plan, uuid)
    pair = next((row for row in paired(queries.targets(plan, request.user)) if entry in row), (entry, None))
    mate = next((one for one in pair if one and one != entry), None)
    return {
        "editing": entry,
        "target_form": forms.TargetForm(request.user, plan, initial=forms.of_target(entry, mate)),
    }


def _again(request: HttpRequest, plan: Plan, **changed: Any) -> HttpResponse:
    return render(request, "figures/plan.html", _page(request, plan) | changed)


def _done(form: Any, act: Callable[[], Any]) -> Any:
    """What the action gives back, or None with its refusal told in the form."""
    try:
        return act()
    except BamsatError as error:
        form.add_error(None, words.told(error))
        return None


def _plan(request: HttpRequest, uuid: UUID) -> Plan:
    try:
        return queries.plan_at(request.user, uuid)
    except Plan.DoesNotExist:
        raise Http404 from None


def _target(request: HttpRequest, plan: Plan, uuid: UUID | str) -> Entry:
    try:
        return queries.target_at(request.user, plan, UUID(str(uuid)))
    except (Entry.DoesNotExist, ValueError):
        raise Http404 from None


def _provider_names() -> dict[str, str]:
    return {each.code: each.name for each in Provider.objects.all()}


def _later(plan: Plan) -> Plan | None:
    return getattr(plan, "superseded_by", None)
