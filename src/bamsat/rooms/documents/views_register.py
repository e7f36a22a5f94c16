# SPDX-License-Identifier: Apache-2.0
"""Pages of the register: the books of an office, one document among others, and the forms for a line."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.documents import actions, actions_register, graph, graph_drawing, register_listing, register_page
from bamsat.rooms.documents.forms_register import LineForm, as_written, kinds
from bamsat.rooms.documents.models import Direction, Record, Relation, Urgency
from bamsat.rooms.documents.register_listing import Asked
from bamsat.rooms.documents.register_rights import may_register
from bamsat.rooms.documents.register_sheet import workbook
from bamsat.rooms.documents.search_words import groups_of
from bamsat.rooms.documents.searching import Found, records_for
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.ui import words
from bamsat.ui.sheets import XLSX

A_PAGE = 30
CHOICES = 10  # documents offered to be related to
# The books by their words in addresses.
BOOKS = {"den": Direction.RECEIVED, "di": Direction.ISSUED, "vien-dan": Direction.CITED}
_ADDRESS = {direction: word for word, direction in BOOKS.items()}


@may(Function.READ)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """One book of an office: documents received, issued, or only cited."""
    with remembering(request.user):
        offices = register_listing.registers(request.user)
        if not offices:
            return render(request, "documents/register_none.html")
        asked = _asked(request, offices)
        found = register_listing.lines(request.user, asked)
        page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))  # type: ignore[arg-type]
        context = {
            "asked": asked, "offices": offices, "page": page, "book": _ADDRESS[Direction(asked.direction)],
            "rows": register_listing.shown(page.object_list, asked.search),
            "more": isinstance(found, Found) and found.more,
            "books": _books(request, asked),
            "choices": register_listing.choices(request.user, asked),
            "unconfirmed": register_listing.unconfirmed(request.user, asked.holder, asked.direction),
            "writes": may_register(request.user, asked.holder),
        }  # fmt: skip
    return render(request, "documents/register.html", context)


def _books(request: HttpRequest, asked: Asked) -> list[tuple[str, str, int]]:
    counts = register_listing.counts(request.user, asked.holder)
    called = {"den": _("Đến"), "di": _("Đi"), "vien-dan": _("Được viện dẫn")}
    return [(word, called[word], counts[direction]) for word, direction in BOOKS.items()]


def _asked(request: HttpRequest, offices: list[Place]) -> Asked:
    said = request.GET
    holder = next((place for place in offices if place.slug == said.get("noi")), offices[0])
    year, urgency = said.get("nam", ""), said.get("khan", "")
    return Asked(
        holder, BOOKS.get(said.get("so", ""), Direction.RECEIVED),
        int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        said.get("loai", "").strip()[:60], said.get("co-quan", "").strip()[:200],
        urgency if urgency in Urgency.values else "", "chua-xem" in said, " ".join(said.get("tim", "").split())[:200],
    )  # fmt: skip


@may(Function.READ)
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The book of one year as offices keep it, in the order of its numbers."""
    offices = register_listing.registers(request.user)
    if not offices:
        raise Http404
    asked = _asked(request, offices)
    year = asked.year or timezone.localdate().year
    rows = register_listing.filtered(request.user, asked).filter(year=year)
    order = ("received_on", "arrival", "pk") if asked.direction == Direction.RECEIVED else ("dated", "number", "pk")
    called = _("Sổ đăng ký văn bản đi") if asked.direction == Direction.ISSUED else _("Sổ đăng ký văn bản đến")
    title = f"{called}, {asked.holder.label}, {_('năm %(year)s') % {'year': year}}"
    answer = HttpResponse(workbook(title, asked.direction, rows.order_by(*order)), content_type=XLSX)
    name = f"so-van-ban-{_ADDRESS[Direction(asked.direction)]}-{asked.holder.slug}-{year}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@may(Function.READ)
@require_GET
def record(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A document of the register: its fields, its place among others, what it asks, what came of it."""
    return _page(request, _record(request, uuid))


def _page(request: HttpRequest, found: Record, form: LineForm | None = None) -> HttpResponse:
    with remembering(request.user):
        around = graph.graph(request.user, found)
        writes = may_register(request.user, found.holder)
        wanted = request.GET.get("qh", "").strip()[:200]
        context = {
            "record": found, "told": register_page.fields_told(found), "writes": writes,
            "picture": graph_drawing.picture(around), "ties": graph.ties(around), "further": graph.further(around),
            "instructions": register_page.instructions(request.user, found),
            "cited_in": register_page.cited_in(request.user, found),
            "sections": register_page.sections(request.user, found),
            "reading": register_page.reading_address(found.document), "book": _ADDRESS[Direction(found.direction)],
            "wanted": wanted, "offered": _offered(request, found, wanted) if writes and wanted else [],
            "kinds": kinds(), "form": form or (_form(found) if writes else None), "open": form is not None,
        }  # fmt: skip
    return render(request, "documents/record.html", context)


def _form(found: Record, data: Any = None) -> LineForm:
    year = found.received_on.year if found.received_on else timezone.localdate().year
    free = actions_register.next_arrival(found.holder, year) if found.arrival is None else None
    given = as_written(found)
    if found.direction == Direction.CITED:
        given |= {"direction": Direction.RECEIVED, "received_on": timezone.localdate()}
    return LineForm(data, initial=given, free=free)


def _offered(request: HttpRequest, found: Record, wanted: str) -> list[Record]:
    rows = Found(records_for(request.user).filter(holder=found.holder).exclude(pk=found.pk), groups_of(wanted))
    return rows[0:CHOICES]


@may(Function.REGISTER)
@require_POST
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The line looked at, mended where it was wrong."""
    found = _record(request, uuid)
    form = _form(found, request.POST)
    if form.is_valid():
        try:
            actions_register.confirm(who(request), found, form.line())
        except PermissionDenied:
            raise
        except BamsatError as error:
            form.add_error(None, words.told(error))
        else:
            messages.success(request, _("Đã vào sổ."))
            return redirect("documents:record", uuid)
    return _page(request, found, form)


@may(Function.REGISTER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A line by hand, with a file or for a paper without one."""
    offices = [each for each in register_listing.registers(request.user) if may_register(request.user, each)]
    if not offices:
        raise PermissionDenied
    asked = _asked(request, offices)
    today = timezone.localdate()
    given = {"direction": asked.direction, "received_on": today}
    form = LineForm(request.POST or None, initial=given, free=actions_register.next_arrival(asked.holder, today.year))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions_register.enter(who(request), asked.holder, form.line())
            _attach(request, made)
        except PermissionDenied:
            raise
        except BamsatError as error:
            form.add_error(None, words.told(error))
        else:
            messages.success(request, _("Đã vào sổ."))
            return redirect("documents:record", made.uuid)
    return render(request, "documents/register_new.html", {"form": form, "asked": asked})


@may(Function.REGISTER)
@require_POST
def attach(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The file of a line that has none yet."""
    found = _record(request, uuid)
    try:
        if _attach(request, found):
            messages.success(request, _("Đã gắn tệp; máy đang đọc."))
        else:
            messages.error(request, _("Chưa chọn tệp nào."))
    except PermissionDenied:
        raise
    except BamsatError as error:
        messages.error(request, words.told(error))
    return redirect("documents:record", uuid)


def _attach(request: HttpRequest, found: Record) -> bool:
    file = request.FILES.get("tep")
    if file is None:
        return False
    user = who(request)
    document = actions.receive(user, file.name or "", file.chunks(), place=found.holder)
    document.refresh_from_db()
    if Record.objects.filter(pk=found.pk, document=document).exists():
        return True  # the file itself told whose it is
    actions_register.attach(user, found, document)
    return True


@may(Function.REGISTER)
@require_POST
def relate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found, other = _record(request, uuid), request.POST.get("van-ban", "")
    try:
        asked = _uuid(other)
        target = records_for(request.user).filter(uuid=asked).first() if asked else None
        if target is None:
            messages.error(request, _("Hãy tìm và chọn một văn bản trong sổ."))
        else:
            actions_register.relate(who(request), found, target, request.POST.get("quan-he", ""))
            messages.success(request, _("Đã ghi quan hệ."))
    except PermissionDenied:
        raise
    except BamsatError as error:
        messages.error(request, words.told(error))
    return redirect(f"{reverse('documents:record', args=[uuid])}#quan-he")


@may(Function.REGISTER)
@require_POST
def unrelate(request: HttpRequest, uuid: UUID, relation: int) -> HttpResponse:
    found = _record(request, uuid)
    mine = Relation.objects.filter(pk=relation, of__in=records_for(request.user).values("pk"))
    held = mine.filter(of=found).first() or mine.filter(to=found).first()
    if held is None:
        raise Http404
    actions_register.unrelate(who(request), held)
    messages.success(request, _("Đã bỏ quan hệ."))
    return redirect(f"{reverse('documents:record', args=[uuid])}#quan-he")


def _record(request: HttpRequest, uuid: UUID) -> Record:
    try:
        return register_listing.record_for(request.user, uuid)
    except Record.DoesNotExist:
        raise Http404 from None


def _uuid(text: str) -> UUID | None:
    return UUID(text) if re.fullmatch(r"[0-9a-fA-F-]{36}", text) and text.count("-") == 4 else None


def address_of_book(direction: str, holder: Place) -> str:
    """The book in which a line stands."""
    return f"{reverse('documents:register')}?{urlencode({'so': _ADDRESS[Direction(direction)], 'noi': holder.slug})}"
