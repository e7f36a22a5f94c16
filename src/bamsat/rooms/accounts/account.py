# SPDX-License-Identifier: Apache-2.0
"""A user's own account: who one is here, the password, where one is signed in."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import access, actions, actions_sessions, passwords, sessions
from .access import signed_in
from .forms import ChosenPassword
from .models import User


@signed_in
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "sign_ins": sessions.live(user),
        "here": sessions.key_of(request),
        "roles": access.roles_of([user]).get(user.pk, []),
    }
    return render(request, "accounts/account.html", context)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose another password; where it is due, this page is all that the user sees."""
    user = cast(User, request.user)
    form = ChosenPassword(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        old_key = sessions.key_of(request)
        actions.change_password(user, form.cleaned_data["new"], old_key)
        update_session_auth_hash(request, user)
        sessions.moved(request, old_key)
        messages.success(request, _("Đã đổi mật khẩu. Các máy khác đã được đăng xuất."))
        return redirect("accounts:account")
    context = {"form": form, "due": passwords.must_change(user), "expired": passwords.is_expired(user)}
    return render(request, "accounts/password.html", context)


@signed_in
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """Sign out one of one's own browsers, or all but this one."""
    user, chosen = cast(User, request.user), request.POST.get("phien", "")
    if chosen.isdecimal():
        actions_sessions.end_own(user, get_object_or_404(sessions.live(user), pk=int(chosen[:18])))
        messages.success(request, _("Đã đăng xuất máy ấy."))
    else:
        count = actions_sessions.end_own_others(user, sessions.key_of(request))
        told = ngettext("Đã đăng xuất %(count)s máy khác.", "Đã đăng xuất %(count)s máy khác.", count)
        messages.success(request, told % {"count": count})
    return redirect("accounts:account")
