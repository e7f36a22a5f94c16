# SPDX-License-Identifier: Apache-2.0
"""The catalogue's pages: the tables and their rows, and names offered as one types."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts.access import is_administrator, signed_in
from bamsat.rooms.catalogue import files, pages, queries
from bamsat.rooms.catalogue.families import FAMILIES
from bamsat.rooms.catalogue.tables import BY_CODE, BY_SLUG, Table
from bamsat.ui import sheets

A_PAGE = 50


@signed_in
@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Lines of a list of choices; the last offers to add the typed words as a new name of a family."""
    typed = " ".join(request.GET.get("tim", "").split())[:150]
    family = request.GET.get("ho", "")
    found = queries.suggest(typed)
    known = any(fold(one.name) == fold(typed) or fold(one.matched) == fold(typed) for one in found)
    context = {
        "typed": typed,
        "found": found,
        "new_code": "" if known or not typed else f"{family if family in FAMILIES else 'other'}:{typed.lower()}",
    }
    return render(request, "catalogue/suggestions.html", context)


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    context = {"shelves": pages.shelves(), "sets": queries.sets(), "edits": is_administrator(request.user)}
    return render(request, "catalogue/index.html", context)


@signed_in
@require_GET
def rows(request: HttpRequest, table: str) -> HttpResponse:
    """One table: searched, narrowed, page by page."""
    shown = table_at(table)
    search = " ".join(request.GET.get("tim", "").split())[:200]
    ended = request.GET.get("ca-het-dung") == "1"
    filters = [(shown.field(name), pages.choices_of(shown, name)) for name in shown.filters]
    chosen = {
        column.code: request.GET[column.code]
        for column, choices in filters
        if request.GET.get(column.code) in dict(choices)
    }
    sets = pages.sets_for_filter(shown)
    of_set = request.GET.get("bo", "") if request.GET.get("bo") in dict(sets) else ""
    found = pages.listed(shown, search, chosen, ended, of_set)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    named = any(column.code == "name_vi" for column in shown.fields)
    columns = [c for c in shown.fields if c.shown and c.code not in chosen and not (named and c.code == "code")]
    context = {
        "table": shown,
        "heads": [shown.label(column) for column in columns],
        "lines": [Line(shown, columns, row) for row in page],
        "page": page,
        "search": search,
        "filters": [
            (column.code, shown.label(column), choices, chosen.get(column.code)) for column, choices in filters
        ],
        "ended": ended,
        "sets": sets,
        "of_set": of_set,
        "filtered": bool(search or chosen or of_set),
        "years": pages.known_years(shown, timezone.localdate()),
        "edits": is_administrator(request.user),
        "owner": BY_CODE[shown.field(shown.owner).to] if shown.owner else None,
    }
    return render(request, "catalogue/rows.html", context)


class Line:
    """One row of a list."""

    def __init__(self, table: Table, columns: list[Any], row: Any) -> None:
        self.cells = [pages.cell(table, column, row) for column in columns]
        owned = table.code in ("names", "members")
        self.address = pages.address_of(BY_CODE["indicators"], row.indicator) if owned else pages.address_of(table, row)
        self.over = pages.is_over(row)
        self.code = row.code if columns and columns[0].code != "code" and hasattr(row, "code") else ""


@signed_in
@require_GET
def row(request: HttpRequest, table: str, key: str) -> HttpResponse:
    """Everything about one row."""
    shown = table_at(table)
    found = row_at(shown, key)
    context = {
        "table": shown,
        "row": found,
        "key": key,
        "title": pages.title_of(found),
        "facts": pages.facts(shown, found),
        "over": pages.is_over(found),
        "trail": pages.trail_of(shown, found),
        "edits": is_administrator(request.user),
        "ends": any(column.code == "valid_to" for column in shown.fields),
        "owner": BY_CODE[shown.field(shown.owner).to] if shown.owner else None,
        **_about(shown, found),
    }
    return render(request, "catalogue/row.html", context)


def _about(table: Table, found: Any) -> dict[str, Any]:
    """What only one table's rows have."""
    if table.code == "indicators":
        return {
            "adds_up": pages.adds_up(found),
            "names": found.names.all(),
            "sets": queries.sets_of(found),
            "uses": pages.uses_of(found),
        }
    if table.code == "sets":
        members = found.members.select_related("indicator")
        return {"members": members, "in_charge": pages.in_charge_of(found)}
    if table.code == "lists":
        others = table.rows().filter(code=found.code).exclude(pk=found.pk)
        return {"tree": _flat(queries.tree_of(found, found.valid_from)), "versions": others}
    return {}


def _flat(nodes: list[queries.Node]) -> list[queries.Node]:
    return [each for node in nodes for each in (node, *_flat(node.below))]


@signed_in
@require_GET
def download(request: HttpRequest, table: str, kind: str) -> HttpResponse:
    shown = table_at(table)
    if kind == "csv":
        return _file(files.as_csv(shown), "text/csv; charset=utf-8", f"{shown.code}.csv")
    if kind == "xlsx":
        return _file(files.as_xlsx(shown), sheets.XLSX, f"{shown.code}.xlsx")
    raise Http404


@signed_in
@require_GET
def download_all(request: HttpRequest) -> HttpResponse:
    return _file(files.as_zip(), "application/zip", "catalogue.zip")


def _file(data: bytes, media: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def table_at(slug: str) -> Table:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def row_at(table: Table, key: str) -> Any:
    found = pages.find(table, key)
    if found is None:
        raise Http404
    return found
