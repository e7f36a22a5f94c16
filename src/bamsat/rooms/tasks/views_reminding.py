# SPDX-License-Identifier: Apache-2.0
"""Reminding by hand, the words to paste, and the calendar feed with the page of its address."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.access import anyone
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.accounts.mails import refused
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, may
from bamsat.rooms.tasks import actions_feed
from bamsat.rooms.tasks import feed as feeds
from bamsat.rooms.tasks.models import Feed
from bamsat.rooms.tasks.reminding import CHASED, KEY, Told, chased_by, remind_by_hand, told_of
from bamsat.rooms.tasks.rights import seen_tasks
from bamsat.ui import words

TEXT = "text"
MOST = 200


@may(Function.WORK)
@require_GET
def chase(request: HttpRequest) -> HttpResponse:
    """Everything that is late or nearly so, of the tasks that the user may remind of."""
    user, today = who(request), timezone.localdate()
    found = chased_by(user, today, calendar(today.year - 2, today.year + 2))
    failed = [mail for key in (KEY, CHASED) for mail in refused(told_of(found), key)[:20]]
    return render(request, "tasks/chase.html", {"found": found[:MOST], "mail": settings.BAMSAT_MAIL, "failed": failed})


@may(Function.WORK)
@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Remind of what was chosen, on the page and by mail, or as words to paste."""
    user, chosen = who(request), _uuids(request.POST.getlist("muc")[:MOST])
    tasks = seen_tasks(user).filter(uuid__in=chosen)
    if not chosen or not tasks.exists():
        raise Http404
    of_one = request.POST.get("tu") == "mot"
    back = reverse("tasks:task", args=[chosen[0]]) if of_one else reverse("tasks:chase")
    as_text = request.POST.get("kenh") == TEXT
    try:
        told, text = remind_by_hand(user, tasks, address=request.build_absolute_uri("/"), as_text=as_text)
    except NotAllowed:
        raise
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect(back)
    if as_text:
        return render(request, "submissions/month_text.html", {"text": text, "back": back})
    _say(request, told)
    return redirect(back)


def _say(request: HttpRequest, told: Told) -> None:
    if told.on_page or told.by_mail:
        said = _("Đã nhắc trên trang: %(n)s lần.") % {"n": told.on_page}
        if told.by_mail:
            said += " " + ngettext("Đang gửi %(n)s thư.", "Đang gửi %(n)s thư.", told.by_mail) % {"n": told.by_mail}
        messages.success(request, said)
    else:
        messages.info(request, _("Hôm nay đã nhắc rồi, không nhắc lại."))
    if told.without_address:
        n = len(told.without_address)
        said = ngettext("%(n)s người chưa có địa chỉ thư.", "%(n)s người chưa có địa chỉ thư.", n)
        messages.warning(request, said % {"n": n})


def _uuids(values: list[str]) -> list[UUID]:
    try:
        return [UUID(value) for value in values]
    except ValueError:
        raise Http404 from None


# The calendar feed.


@may(Function.WORK)
@require_http_methods(["GET", "POST"])
@cache_control(private=True, no_store=True)
def feed_address(request: HttpRequest) -> HttpResponse:
    """Make, renew or revoke the address; the new one is told in this answer and never again."""
    user, told = who(request), ""
    if request.method == "POST":
        if request.POST.get("viec") == "thu-hoi":
            if actions_feed.revoke_address(user):
                messages.success(request, _("Đã thu hồi địa chỉ lịch. Địa chỉ cũ không mở được nữa."))
            return redirect("tasks:feed_address")
        told = request.build_absolute_uri(reverse("tasks:feed", args=[actions_feed.make_address(user)]))
    made = Feed.objects.filter(user=user).first()
    return render(request, "tasks/feed_address.html", {"made": made, "told": told})


@anyone
@require_GET
@cache_control(private=True, no_store=True)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever has the address, while its owner may open tasks."""
    user = feeds.owner_of(secret)
    if user is None:
        raise Http404
    content = feeds.feed(user, timezone.now(), request.build_absolute_uri("/"))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="bam-sat.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
