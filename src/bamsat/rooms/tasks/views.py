# SPDX-License-Identifier: Apache-2.0
"""Pages of many tasks: the list with its arithmetic, the board, the month, and the table that goes upward."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bamsat.rooms.accounts.asking import who
from bamsat.rooms.accounts.models import User
from bamsat.rooms.documents.models import Record
from bamsat.rooms.documents.searching import records_for
from bamsat.rooms.places.rights import Function, holds, may, remembering
from bamsat.rooms.tasks import arithmetic, listing, months, rights, table
from bamsat.rooms.tasks import board as boards
from bamsat.rooms.tasks.counting import tops
from bamsat.rooms.tasks.listing import A_PAGE, Filters, Listed
from bamsat.rooms.tasks.models import Kind
from bamsat.rooms.tasks.offered import bodies_with_tasks, indicators_with_tasks
from bamsat.rooms.tasks.queries import ALL, MINE, UNIT, proposals, tasks_for
from bamsat.rooms.tasks.serving import MEDIA
from bamsat.ui.downloads import download_of


@may(Function.WORK)
@require_GET
def list_of_tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of a user, of the unit, or all: what is late first, with the four states and their rates."""
    user, today = who(request), timezone.localdate()
    filters = Filters.of(request.GET.dict())
    with remembering(user):
        listed = Listed(user, filters, today, request.GET.get("trang"))
        counts = listed.counts
        page = Paginator(listed, A_PAGE).get_page(request.GET.get("trang"))
        rows = listing.rows(user, list(page), today)
        context = {
            "filters": filters, "page": page, "rows": rows, "counts": counts, "today": today,
            "sentence": arithmetic.sentence(counts), "apart": arithmetic.apart(counts),
            "four": arithmetic.four(counts), "rates": arithmetic.rates(counts),
            "whose": _whose(filters), "states": listing.state_choices(), "kinds": Kind.choices,
            "units": list(bodies_with_tasks(user)), "indicators": list(indicators_with_tasks(user)),
            "record": _record(user, filters), "waiting": proposals(user).count(),
            "may_add": rights.places_for(user).exists(), "reads": holds(user, Function.READ),
        }  # fmt: skip
    return render(request, "tasks/list.html", context)


def _record(user: User, filters: Filters) -> Record | None:
    """The document of the filter, for who may open it."""
    asked = filters.asked().record
    return records_for(user).filter(pk=asked.pk).first() if asked else None


def _whose(filters: Filters) -> list[tuple[str, str, bool]]:
    """Whose tasks, with the other filters kept."""
    named = ((MINE, _("Của tôi")), (UNIT, _("Đơn vị tôi")), (ALL, _("Tất cả")))
    return [(name, filters.query_with(whose=code), code == (filters.whose or ALL)) for code, name in named]


@may(Function.WORK)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What waits for whom, in columns; buttons move a task on."""
    user, today = who(request), timezone.localdate()
    filters = Filters.of(request.GET.dict())
    with remembering(user):
        tally = tops(tasks_for(user, filters.asked()), today, boards.SHOWN)
        columns = boards.columns_of(user, tally, today)
    counts = tally.counts
    context = {
        "filters": filters, "columns": columns, "counts": counts, "sentence": arithmetic.sentence(counts),
        "apart": arithmetic.apart(counts), "four": arithmetic.four(counts), "rates": arithmetic.rates(counts),
        "whose": _whose(filters), "today": today,
    }  # fmt: skip
    return render(request, "tasks/board.html", context)


@may(Function.WORK)
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """The deadlines of a month, with the days that are not worked."""
    user, today = who(request), timezone.localdate()
    filters = Filters.of(request.GET.dict())
    first = months.month_said(request.GET.get("thang", ""), today)
    with remembering(user):
        shown = months.month_of(user, filters.asked(), first, today)
    context = {"filters": filters, "month": shown, "today": today, "whose": _whose(filters), "this": f"{today:%Y-%m}"}
    return render(request, "tasks/calendar.html", context)


@may(Function.WORK)
@require_GET
def export(request: HttpRequest, media: str) -> HttpResponse:
    """The table that offices send upward, with the same filters as the list."""
    user, today = who(request), timezone.localdate()
    filters = Filters.of(request.GET.dict())
    with remembering(user):
        content, name = table.written(user, filters, today, media)
    return download_of(content, f"{name}.{media}", f"nhiem-vu-{today:%Y-%m-%d}.{media}", MEDIA[media])
