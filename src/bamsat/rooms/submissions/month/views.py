# SPDX-License-Identifier: Apache-2.0
"""The year, and who has sent and who has not over months."""

from __future__ import annotations

import io

import xlsxwriter
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.accounts.access import signed_in
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.places.rights import Function, keep_rights, may
from bamsat.rooms.submissions.month import overview as overviews
from bamsat.rooms.submissions.month.overview import WAYS, Narrowed, Overview
from bamsat.rooms.submissions.month.page import FIRST_YEAR, LAST_YEAR, year_page
from bamsat.ui.sheets import WORDS_ONLY, XLSX, as_csv

SHOWN_MONTHS = 6
MOST_MONTHS = 36
A_PAGE = 100


@signed_in
@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve months: what falls due when, and how much of it came."""
    keep_rights(request.user)
    year = min(max(year, FIRST_YEAR), LAST_YEAR - 1)
    months = year_page(who(request), year, timezone.now())
    return render(request, "submissions/month_year.html", {"year": year, "months": months})


@may(Function.JUDGE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """A matrix of forms, kinds, places or months over months; the same as a file."""
    user, now = who(request), timezone.now()
    first, last = _span(request)
    by = request.GET.get("theo", "")
    code = request.GET.get("bieu", "")[:60]
    by = by if by in WAYS else overviews.PLACE if code else overviews.FORM
    commune = overviews.commune_named(user, request.GET.get("noi", "")[:120])
    narrowed = Narrowed(code, request.GET.get("loai", "")[:20], commune)
    found = overviews.overview(user, first, last, by, now, narrowed)
    kept = request.GET.get("tep", "")
    if kept in ("csv", "xlsx"):
        return _file(found, kept)
    forms, kinds = overviews.forms_and_kinds(user, first, last)
    page = Paginator(found.lines(), A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "found": found, "page": page, "forms": forms, "kinds": kinds, "narrowed": narrowed, "by": by,
        "first": Period(first, first).code, "last": Period(last, last).code, "months": _months(first, last),
        "ways": _ways(),
        "filtered": bool(narrowed.form or narrowed.kind or narrowed.commune),
    }  # fmt: skip
    return render(request, "submissions/month_overview.html", context)


def _ways() -> list[tuple[str, str]]:
    return [
        (overviews.FORM, _("Theo biểu")), (overviews.KIND, _("Theo loại nơi")), (overviews.PLACE, _("Theo nơi")),
        (overviews.PERIOD, _("Theo tháng")),
    ]  # fmt: skip


def _span(request: HttpRequest) -> tuple[int, int]:
    """The months asked for, else the last six; never more than three years."""
    today = timezone.localdate()
    this_month = today.year * 12 + today.month - 1
    last = _month(request.GET.get("den", ""), this_month)
    first = _month(request.GET.get("tu", ""), last - SHOWN_MONTHS + 1)
    first = min(first, last)
    return max(first, last - MOST_MONTHS + 1), last


def _months(first: int, last: int) -> list[str]:
    """The months to choose from, latest first: three years back, and those that are chosen."""
    today = timezone.localdate()
    this_month = today.year * 12 + today.month - 1
    offered = {*range(this_month - MOST_MONTHS + 1, this_month + 2), first, last}
    return [Period(month, month).code for month in sorted(offered, reverse=True)]


def _month(code: str, usual: int) -> int:
    try:
        month = Period.parse(code).last
    except PeriodUnreadable:
        return usual
    return month if FIRST_YEAR <= month // 12 < LAST_YEAR else usual


def _file(found: Overview, kind: str) -> HttpResponse:
    rows = found.table()
    name = f"tinh-hinh-gui-{timezone.localdate():%Y-%m-%d}.{kind}"
    answer = HttpResponse(as_csv(rows) if kind == "csv" else _workbook(rows))
    answer["Content-Type"] = "text/csv; charset=utf-8" if kind == "csv" else XLSX
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _workbook(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WORDS_ONLY) as book:
        sheet = book.add_worksheet(_("Tình hình gửi"))
        bold = book.add_format({"bold": True})
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if at and column > len(row) - 4:
                    sheet.write_number(at, column, int(text))
                else:
                    sheet.write_string(at, column, text, None if at else bold)
        sheet.set_column(0, 0, 44)
        sheet.freeze_panes(1, 1)
    return out.getvalue()
