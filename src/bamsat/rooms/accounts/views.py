# SPDX-License-Identifier: Apache-2.0
"""Sign in, sign out, change the language."""

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from . import actions
from .access import anyone, signed_in
from .models import User


class SignIn(LoginView):
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: object) -> HttpResponse:
        response = super().form_valid(form)  # type: ignore[arg-type]
        remember_language(response, self.request.user.language)  # type: ignore[union-attr]
        return response


def remember_language(response: HttpResponseBase, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


login = anyone(SignIn.as_view())
logout = signed_in(LogoutView.as_view())


@anyone
@require_POST
def change_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language in a cookie, and with the user when there is one; then back to the page."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        actions.choose_language(request.user, language)
    return response
