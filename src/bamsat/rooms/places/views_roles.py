# SPDX-License-Identifier: Apache-2.0
"""Who has which role where: all roles of one user, given and taken with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.models import User as Account
from bamsat.rooms.places.actions import give_role, take_role
from bamsat.rooms.places.forms import RoleForm, place_typed
from bamsat.rooms.places.models import Place, PlaceRole
from bamsat.rooms.places.rights import Function, may
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@may(Function.PEOPLE)
@require_http_methods(["GET", "POST"])
def roles_of(request: HttpRequest, username: str) -> HttpResponse:
    user = get_object_or_404(Account, username=username)
    form = RoleForm(request.POST or None)
    posted = request.method == "POST"
    place = (
        place_typed(request.POST, "noi", Place.objects.all(), timezone.localdate())
        if posted
        else Place.objects.filter(slug=request.GET.get("noi", "")).first()
    )
    if posted and form.is_valid() and place and _given(request, form, user, place):
        messages.success(request, _("Đã giao vai trò."))
        return redirect("places:roles_of", username)
    held = (
        user.place_roles.select_related("place", "acting_for")
        .prefetch_related("sets")
        .order_by("place__sort_key", "role")
    )
    wrong = _("Chưa chọn địa bàn. Hãy gõ tên và chọn một địa bàn trong danh sách.") if posted and not place else ""
    context = {
        "person": user, "roles": held, "form": form, "place": place, "typed": request.POST.get("noi", ""),
        "place_wrong": wrong, "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "places/roles.html", context)


def _given(request: HttpRequest, form: RoleForm, user: Account, place: Place) -> bool:
    told = form.cleaned_data
    try:
        give_role(
            cast("User", request.user), user, place, told["role"], sets=told["sets"], valid_from=told["valid_from"],
            valid_to=told["valid_to"], acting_for=told["acting_for"], act=told["act"], reason=told["reason"],
        )  # fmt: skip
    except BamsatError as error:
        form.add_error(None, words.told(error))
        return False
    return True


@may(Function.PEOPLE)
@require_POST
def take(request: HttpRequest, username: str, pk: int) -> HttpResponse:
    """Take one role away, with the reason; what it allowed is no longer allowed."""
    held = get_object_or_404(PlaceRole, pk=pk, user__username=username)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("Hãy ghi lý do thu vai trò."))
    else:
        take_role(cast("User", request.user), held, reason)
        messages.success(request, _("Đã thu vai trò."))
    return redirect("places:roles_of", username)
