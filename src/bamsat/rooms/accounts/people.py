# SPDX-License-Identifier: Apache-2.0
"""The administrator's pages of users: who there is, one user, and what is done to an account, with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.ui import words

from . import access, actions, actions_sessions, queries, sessions
from .access import administrator
from .forms import Address, NewUser, Reason, Title
from .models import User


@administrator
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    state, search = request.GET.get("trang-thai", ""), request.GET.get("tim", "").strip()[:200]
    state = state if state in queries.STATES else ""
    page = Paginator(queries.people(search, state), queries.A_PAGE).get_page(request.GET.get("trang"))
    users = list(page.object_list)
    seen, roles = queries.last_seen(users), access.roles_of(users)
    context = {
        "page": page,
        "lines": [(user, seen.get(user.pk), roles.get(user.pk, [])) for user in users],
        "search": search,
        "state": state,
        "filtered": bool(search or state),
    }
    return render(request, "accounts/people.html", context)


@administrator
@never_cache
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """A new user, whose first password is shown once."""
    by = cast(User, request.user)
    form = NewUser(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, told = actions.new_password(), form.cleaned_data
        try:
            user = actions.create_user(
                told["username"],
                told["display_name"],
                password=made,
                administers=told["administers"],
                by=by,
            )
        except BamsatError as error:
            form.add_error(None, words.told(error))
        else:
            return render(request, "accounts/new_password.html", {"person": user, "password": made, "new": True})
    return render(request, "accounts/add_person.html", {"form": form})


@administrator
@require_GET
def person(request: HttpRequest, username: str) -> HttpResponse:
    user = get_object_or_404(User, username=username)
    context = {
        "person": user,
        "administers": access.is_administrator(user),
        "mine": user == request.user,
        "changeable": cast(User, request.user).is_superuser or not user.is_superuser,
        "sign_ins": sessions.live(user),
        "seen": queries.last_seen([user]).get(user.pk),
        "roles": access.roles_of([user]).get(user.pk, []),
        "trail": f"{reverse('accounts:trail')}?loai=accounts.user&ma={user.pk}",
    }
    return render(request, "accounts/person.html", context)


@administrator
@require_POST
def rename(request: HttpRequest, username: str) -> HttpResponse:
    form = Title(request.POST)
    name = form.cleaned_data["display_name"] if form.is_valid() else ""
    if not name:
        messages.error(request, _("Chưa ghi chức danh. Hãy ghi như “Chuyên viên phòng Thương mại”."))
        return redirect("accounts:person", username)
    return _done(request, username, lambda by, user, _why: actions.rename(by, user, name), _("Đã đổi chức danh."))


@administrator
@require_POST
def change_email(request: HttpRequest, username: str) -> HttpResponse:
    form = Address(request.POST)
    if not form.is_valid():
        messages.error(request, _("Không hiểu địa chỉ thư điện tử này. Hãy viết như ten@coquan.gov.vn."))
        return redirect("accounts:person", username)
    email = form.cleaned_data["email"]
    told = _("Đã ghi địa chỉ thư điện tử.") if email else _("Đã bỏ địa chỉ thư điện tử.")
    return _done(request, username, lambda by, user, _why: actions.change_email(by, user, email), told)


@administrator
@require_POST
def deactivate(request: HttpRequest, username: str) -> HttpResponse:
    return _done(request, username, actions.deactivate, _("Đã khóa tài khoản. Mọi máy đã được đăng xuất."))


@administrator
@require_POST
def reactivate(request: HttpRequest, username: str) -> HttpResponse:
    return _done(request, username, actions.reactivate, _("Đã mở lại tài khoản."))


@administrator
@require_POST
def sign_out(request: HttpRequest, username: str) -> HttpResponse:
    """Sign the user out everywhere, or in the one browser that was chosen."""
    chosen = request.POST.get("phien", "")

    def act(by: User, user: User, why: str) -> str:
        one = get_object_or_404(sessions.live(user), pk=int(chosen[:18])) if chosen.isdecimal() else None
        count = actions_sessions.sign_out(by, user, why, one)
        return ngettext("Đã đăng xuất %(count)s máy.", "Đã đăng xuất %(count)s máy.", count) % {"count": count}

    return _done(request, username, act)


@administrator
@never_cache
@require_POST
def reset_password(request: HttpRequest, username: str) -> HttpResponse:
    """A new password, shown once in the answer and never again."""
    user, form = get_object_or_404(User, username=username), Reason(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        made = actions.reset_password(cast(User, request.user), user, reason)
    except actions.Refused as error:
        messages.error(request, words.told(error))
        return redirect("accounts:person", username)
    return render(request, "accounts/new_password.html", {"person": user, "password": made, "new": False})


def _done(
    request: HttpRequest, username: str, act: Callable[[User, User, str], str | None], told: str = ""
) -> HttpResponse:
    """Do it with the reason that was typed, say so or why not, and show the user's page."""
    user, form = get_object_or_404(User, username=username), Reason(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        messages.success(request, act(cast(User, request.user), user, reason) or told)
    except actions.Refused as error:
        messages.error(request, words.told(error))
    return redirect("accounts:person", username)
