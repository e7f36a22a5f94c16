# SPDX-License-Identifier: Apache-2.0
"""Chasing: who has not sent a form, and reminding them on the page, by mail, by a text to paste, by a letter."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bamsat.rooms.accounts.asking import who
from bamsat.rooms.places.rights import Function, may
from bamsat.rooms.submissions.models import Channel
from bamsat.rooms.submissions.month import chasing
from bamsat.rooms.submissions.month.actions import NobodyToRemind, Owed, Reminded, remind_all
from bamsat.rooms.submissions.month.laggards import lag_of
from bamsat.rooms.submissions.month.letter import DOCX, letter
from bamsat.ui import words

BOTH = "both"  # on the page, and by mail where there is a server for it


@may(Function.JUDGE)
@require_GET
def chase_all(request: HttpRequest) -> HttpResponse:
    """Everything that is late or nearly so, to be reminded of at once."""
    now = timezone.now()
    found = chasing.chased(chasing.urgent(who(request), now), now)
    places = len({pk for one in found for pk in one.duty.missing})
    owed = [Owed(one.duty.form, one.duty.period, ()) for one in found]
    context = {"found": found, "places": places, "failed": chasing.failed(one.duty for one in found)}
    return render(request, "submissions/month_chase_all.html", context | _ways(request, owed))


@may(Function.JUDGE)
@require_GET
def chase(request: HttpRequest, code: str) -> HttpResponse:
    """Who has not sent one form of one period."""
    now = timezone.now()
    if "ky" not in request.GET:
        return redirect(reverse("submissions:overview") + "?" + urlencode({"bieu": code}))
    duty = chasing.duty_named(who(request), code, request.GET["ky"])
    if duty is None:
        raise Http404
    one = chasing.chased([duty], now)[0]
    context = {
        "one": one, "duty": duty, "lag": lag_of(duty, now), "failed": chasing.failed([duty]),
        "overview": reverse("submissions:overview") + "?" + urlencode({"bieu": duty.form.code}),
    }  # fmt: skip
    return render(request, "submissions/month_chase.html", context | _ways(request, [Owed(duty.form, duty.period, ())]))


def _ways(request: HttpRequest, owed: list[Owed]) -> dict[str, Any]:
    with translation.override("vi"):
        office = chasing.office_for(who(request), owed)
    return {"mail": settings.BAMSAT_MAIL, "signers": office.signers, "both": BOTH}


@may(Function.JUDGE)
@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Remind the places of what was chosen, in the way that was chosen."""
    user, channel = who(request), request.POST.get("kenh", "")
    owed = chasing.owed_of(user, request.POST.getlist("muc")[:200], request.POST.getlist("tru"))
    if not owed or channel not in (*Channel.values, BOTH):
        raise Http404
    back = _back(request, owed)
    try:
        if channel == BOTH:
            _say(request, remind_all(user, owed, Channel.PAGE), _("Đã nhắc trên trang"))
            if settings.BAMSAT_MAIL:
                _say(request, remind_all(user, owed, Channel.MAIL, _site(request)), _("Đang gửi thư"))
            return redirect(back)
        done = remind_all(user, owed, channel, _site(request))
    except NobodyToRemind as error:
        messages.error(request, words.told(error))
        return redirect(back)
    if channel == Channel.TEXT:
        return _text(request, owed, done, back)
    if channel == Channel.LETTER:
        return _letter(request, owed, done)
    _say(request, done, _("Đang gửi thư") if channel == Channel.MAIL else _("Đã nhắc trên trang"))
    return redirect(back)


def _back(request: HttpRequest, owed: list[Owed]) -> str:
    if request.POST.get("tu") == "mot" and len(owed) == 1:
        at = reverse("submissions:chase", args=[owed[0].form.code])
        return at + "?" + urlencode({"ky": owed[0].period.code})
    return reverse("submissions:chase_all")


def _text(request: HttpRequest, owed: list[Owed], done: Reminded, back: str) -> HttpResponse:
    reminders = [*done.made, *done.before]
    context = {"text": chasing.text_of(reminders, _site(request)), "back": back, "done": done, "before": _before(done)}
    return render(request, "submissions/month_text.html", context)


def _letter(request: HttpRequest, owed: list[Owed], done: Reminded) -> HttpResponse:
    """The letter is in Vietnamese whatever the language of the page."""
    with translation.override("vi"):
        office = chasing.office_for(who(request), owed)
        chosen = request.POST.get("nguoi-ky", "")
        signer = next((each for each in office.signers if each.code == chosen), office.signers[0])
        told = chasing.letter_of(office, signer, [*done.made, *done.before], _site(request), timezone.now())
        content = letter(told)
    answer = HttpResponse(content, content_type=DOCX)
    name = f"cong-van-don-doc-{timezone.localdate():%Y-%m-%d}.docx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _say(request: HttpRequest, done: Reminded, what: str) -> None:
    """What was done, what had been done earlier today, and whom it does not reach."""
    if done.made:
        n = done.places
        told = ngettext("%(what)s: %(n)s nơi.", "%(what)s: %(n)s nơi.", n) % {"what": what, "n": n}
        messages.success(request, told)
    if before := _before(done):
        messages.info(request, before)
    if done.without_address:
        names = ", ".join(place.label for place in done.without_address[:5])
        n = len(done.without_address)
        told = ngettext(
            "%(n)s nơi chưa có địa chỉ thư điện tử: %(names)s. Quản trị ghi địa chỉ ở trang Người dùng.",
            "%(n)s nơi chưa có địa chỉ thư điện tử: %(names)s. Quản trị ghi địa chỉ ở trang Người dùng.", n,
        )  # fmt: skip
        messages.warning(request, told % {"n": n, "names": names + ("…" if n > 5 else "")})


def _before(done: Reminded) -> str:
    """ "15 nơi đã nhắc hôm nay lúc 09:41"."""
    if not done.before:
        return ""
    n, at = len(done.before), timezone.localtime(max(one.at for one in done.before))
    return ngettext(
        "%(n)s phiếu đã nhắc hôm nay lúc %(time)s, không nhắc lại.",
        "%(n)s phiếu đã nhắc hôm nay lúc %(time)s, không nhắc lại.", n,
    ) % {"n": n, "time": f"{at:%H:%M}"}  # fmt: skip


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")
