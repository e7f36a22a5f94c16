# SPDX-License-Identifier: Apache-2.0
"""The pages where administrators change the tables: forms, endings, versions, members, names, whole files."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.access import administrator
from bamsat.rooms.catalogue import actions, actions_rows, files, pages, queries
from bamsat.rooms.catalogue.models import Indicator, IndicatorName, IndicatorSet, SetMember
from bamsat.rooms.catalogue.planning import Line, Outcome, Plan, Planner
from bamsat.rooms.catalogue.tables import BY_CODE, INDICATORS, LISTS, SETS, Table
from bamsat.rooms.catalogue.views import row_at, table_at
from bamsat.ui import words
from bamsat.ui.words import number

_MOST_CARRIED = 1_500_000  # characters of rows that one form may bring back
_LINES_SHOWN = 500


@administrator
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, table: str) -> HttpResponse:
    shown = table_at(table)
    cells = {column.code: request.GET.get(column.code, "") for column in shown.fields}
    if request.method != "POST":
        return _form(request, shown, cells)
    cells = _posted(request, shown)
    try:
        made = actions_rows.add_row(_by(request), shown, cells, request.POST.get("reason", "")[:1000])
    except BamsatError as error:
        return _form(request, shown, cells, error=error)
    messages.success(request, _("Đã thêm “%(name)s”.") % {"name": pages.title_of(made)})
    return redirect(pages.address_of(shown, made))


@administrator
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, table: str, key: str) -> HttpResponse:
    shown = table_at(table)
    found = row_at(shown, key)
    if request.method != "POST":
        return _form(request, shown, pages.cells_of(shown, found), found)
    cells, seen = _posted(request, shown), request.POST.get("seen", "")
    try:
        actions_rows.change_row(_by(request), shown, found, cells, request.POST.get("reason", "")[:1000], seen)
    except BamsatError as error:
        return _form(request, shown, pages.cells_of(shown, found) | cells, found, error)
    messages.success(request, _("Đã ghi thay đổi."))
    return redirect(pages.address_of(shown, found))


def _form(
    request: HttpRequest, table: Table, cells: dict[str, str], row: Any = None, error: BamsatError | None = None
) -> HttpResponse:
    wrong = error.change.wrong if isinstance(error, actions_rows.RowRefused) else []
    shown = pages.inputs(table, cells, row, wrong)
    context = {
        "table": table,
        "row": row,
        "title": pages.title_of(row) if row else "",
        "back": pages.address_of(table, row) if row else "",
        "inputs": shown,
        "seen": request.POST.get("seen") or (actions_rows.fingerprint(table, row) if row else ""),
        "reason": request.POST.get("reason", ""),
        "trouble": "" if wrong or error is None else words.told(error),
        "offered": Indicator.objects.filter(queries.in_force()) if any(one.offered for one in shown) else [],
    }
    return render(request, "catalogue/form.html", context, status=400 if error else 200)


def _posted(request: HttpRequest, table: Table) -> dict[str, str]:
    return {column.code: request.POST[column.code] for column in table.fields if column.code in request.POST}


@administrator
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, table: str, key: str) -> HttpResponse:
    """A row is not used from a day on, or is used again where the day is left out."""
    shown = table_at(table)
    found = row_at(shown, key)
    if not any(column.code == "valid_to" for column in shown.fields):
        raise Http404
    on, trouble = request.POST.get("valid_to", ""), ""
    if request.method == "POST":
        try:
            actions_rows.end_row(_by(request), shown, found, on, request.POST.get("reason", "")[:1000])
        except BamsatError as error:
            trouble = words.told(error)
        else:
            messages.success(request, _("Đã ghi ngày hết dùng."))
            return redirect(pages.address_of(shown, found))
    context = {
        "table": shown, "row": found, "title": pages.title_of(found), "back": pages.address_of(shown, found),
        "on": on or (found.valid_to and f"{found.valid_to:%d/%m/%Y}") or "", "trouble": trouble,
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "catalogue/end.html", context, status=400 if trouble else 200)


@administrator
@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, key: str) -> HttpResponse:
    """A new version of a code list, from a copy of this one."""
    former = row_at(LISTS, key)
    posted = {name: request.POST.get(name, "").strip()[:300] for name in ("version", "valid_from", "act", "reason")}
    trouble = ""
    if request.method == "POST":
        try:
            made = actions_rows.new_version(
                _by(request), former, posted["version"], posted["valid_from"], posted["act"], posted["reason"]
            )
        except BamsatError as error:
            trouble = words.told(error)
        else:
            messages.success(request, _("Đã lập phiên bản mới. Hãy sửa những mã thay đổi."))
            return redirect(pages.address_of(LISTS, made))
    context = {"table": LISTS, "row": former, "back": pages.address_of(LISTS, former), "trouble": trouble, **posted}
    return render(request, "catalogue/version.html", context, status=400 if trouble else 200)


# Names of an indicator, members of a set.


@administrator
@require_POST
def add_name(request: HttpRequest, key: str) -> HttpResponse:
    indicator = row_at(INDICATORS, key)
    try:
        actions.add_name(_by(request), indicator, request.POST.get("text", ""))
    except BamsatError as error:
        messages.error(request, words.told(error))
    else:
        messages.success(request, _("Đã thêm tên gọi."))
    return redirect(pages.address_of(INDICATORS, indicator))


@administrator
@require_POST
def remove_name(request: HttpRequest, pk: int) -> HttpResponse:
    name = get_object_or_404(IndicatorName.objects.select_related("indicator"), pk=pk)
    try:
        actions_rows.remove_name(_by(request), name)
    except BamsatError as error:
        messages.error(request, words.told(error))
    else:
        messages.success(request, _("Đã bỏ tên gọi."))
    return redirect(pages.address_of(INDICATORS, name.indicator))


@administrator
@require_POST
def add_member(request: HttpRequest, code: str) -> HttpResponse:
    to = get_object_or_404(IndicatorSet, code=code)
    wanted = " ".join(request.POST.get("indicator", "").split())[:300]
    indicator = queries.indicator_coded(wanted) or next(
        (one.indicator for one in queries.suggest(wanted, limit=1) if wanted), None
    )
    if indicator is None:
        messages.error(request, _("Chưa có chỉ tiêu “%(name)s” trong danh mục.") % {"name": wanted})
    else:
        actions_rows.add_member(_by(request), to, indicator)
        messages.success(request, _("Đã thêm “%(name)s” vào bộ.") % {"name": indicator.name})
    return redirect(pages.address_of(SETS, to))


@administrator
@require_POST
def remove_member(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(SetMember.objects.select_related("set", "indicator"), pk=pk)
    actions_rows.remove_member(_by(request), member)
    messages.success(request, _("Đã bỏ “%(name)s” khỏi bộ.") % {"name": member.indicator.name})
    return redirect(pages.address_of(SETS, member.set))


# Files.


@administrator
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, table: str = "") -> HttpResponse:
    """A file is looked at first; what was shown is then written."""
    shown = table_at(table) if table else None
    context: dict[str, Any] = {"table": shown, "reason": request.POST.get("reason", "")}
    trouble = ""
    try:
        if request.method == "POST" and "rows" in request.POST:
            return _apply(request, shown)
        if request.method == "POST":
            context |= _looked_at(request, shown)
    except BamsatError as error:
        trouble = words.told(error)
    return render(request, "catalogue/load.html", context | {"trouble": trouble}, status=400 if trouble else 200)


def _looked_at(request: HttpRequest, table: Table | None) -> dict[str, Any]:
    """The dry run: what the file would do, line by line."""
    sent = request.FILES.get("file")
    if sent is None:
        raise actions_rows.ChangeRefused(vi="Hãy chọn một tệp.", en="Choose a file.")
    plan = Planner().plan(files.read(table, str(sent.name), sent.read()))
    carried = _carried(plan)
    if len(carried) > _MOST_CARRIED:
        raise actions_rows.ChangeRefused(
            vi="Tệp thay đổi quá nhiều dòng một lần. Hãy chia thành nhiều tệp rồi nạp lần lượt.",
            en="The file changes too many rows at once. Split it and load the parts one after another.",
        )
    told = [each for each in plan.changes if each.outcome is not Outcome.LEFT]
    return {
        "plan": plan, "name": sent.name, "carried": carried, "digest": plan.digest, "lines": told[:_LINES_SHOWN],
        "more": max(0, len(told) - _LINES_SHOWN), "counts": {each.value: plan.counted(each) for each in Outcome},
        "writes": len(plan.to_write()),
    }  # fmt: skip


def _carried(plan: Plan) -> str:
    """The lines that the next step writes; those that change nothing need not come back."""
    found: dict[str, list[Any]] = {}
    for each in plan.to_write():
        found.setdefault(each.table.code, []).append([each.line.number, dict(each.line.cells)])
    return json.dumps(found, ensure_ascii=False)


def _apply(request: HttpRequest, table: Table | None) -> HttpResponse:
    sheets = _brought_back(request.POST["rows"])
    reason = request.POST.get("reason", "")[:1000]
    plan = actions_rows.apply_rows(_by(request), sheets, request.POST.get("digest", ""), reason)
    counts = {"added": number(plan.counted(Outcome.ADDED)), "changed": number(plan.counted(Outcome.CHANGED))}
    messages.success(request, _("Đã ghi: thêm %(added)s dòng, sửa %(changed)s dòng.") % counts)
    return redirect("catalogue:rows", table=table.slug) if table else redirect("catalogue:index")


def _brought_back(text: str) -> dict[str, list[Line]]:
    try:
        found = json.loads(text)
        return {
            str(BY_CODE[code].code): [
                Line(int(line), {str(name): str(cell) for name, cell in cells.items()}) for line, cells in lines
            ]
            for code, lines in found.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise actions_rows.ChangeRefused(
            vi="Nội dung gửi lại không đọc được. Hãy chọn tệp và xem trước lại.",
            en="What was sent back cannot be read. Choose the file and look at it again.",
        ) from error


def _by(request: HttpRequest) -> Any:
    return request.user
