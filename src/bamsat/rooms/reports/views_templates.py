# SPDX-License-Identifier: Apache-2.0
"""Pages of an office's Word templates: which is in force for each kind of report, what is wrong in one, history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.report.docx import template_names
from bamsat.core.report.docx.template_check import Mistake
from bamsat.core.report.docx.template_start import starting_template
from bamsat.core.report.outline import Frame
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import home_places, place_at
from bamsat.rooms.places.rights import Function, may
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.content.asked import Asked
from bamsat.rooms.reports.content.frame import frame_of
from bamsat.rooms.reports.content.kinds import kinds
from bamsat.rooms.reports.models import Template
from bamsat.rooms.reports.naming import offered
from bamsat.rooms.reports.outputs import MEDIA
from bamsat.rooms.reports.templating import actions, queries
from bamsat.ui import words

_PLACE_KEPT = "place"  # in the session, as on other pages: the place last looked at


@may(Function.REPORT)
@require_GET
def list_of_templates(request: HttpRequest) -> HttpResponse:
    """Each kind of report with the template in force at a place."""
    place = _place(request)
    if place is None:
        return render(request, "reports/templates.html", {"kinds": []})
    context = {
        "place": place, "places": _places(request), "kinds": queries.by_kind(place),
        "defines": actions.may_define(who(request), place),
    }  # fmt: skip
    return render(request, "reports/templates.html", context)


@may(Function.REPORT)
@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: its template, the upload of another with every mistake in it, and all that were in force."""
    place = _place_and_kind(request, kind)
    mistakes: tuple[Mistake, ...] = ()
    trouble = ""
    if request.method == "POST":
        try:
            _put(request, place, kind)
        except actions.TemplateRefused as refused:
            mistakes, trouble = refused.mistakes, words.told(refused)
        except BamsatError as error:
            trouble = words.told(error)
        else:
            return redirect(_address(place, kind))
    return _page(request, place, kind, mistakes, trouble)


def _put(request: HttpRequest, place: Place, kind: str) -> None:
    file = request.FILES.get("tep")
    if file is None:
        raise actions.TemplateRefused(
            vi="Chưa chọn tệp nào. Hãy chọn tệp Word (.docx).", en="No file was chosen. Choose a Word file (.docx)."
        )
    reason = request.POST.get("ly-do", "").strip()
    row = actions.put_template(who(request), place, kind, file.name or "mau.docx", file, reason)
    messages.success(request, _("Mẫu “%(name)s” dùng cho các bản soạn từ bây giờ.") % {"name": row.name})


def _page(request: HttpRequest, place: Place, kind: str, mistakes: tuple[Mistake, ...], trouble: str) -> HttpResponse:
    found = next(each for each in queries.by_kind(place) if each.code == kind)
    english = words.language() == "en"
    context = {
        "place": place, "kind": found, "trouble": trouble,
        "mistakes": [_shown(each, english) for each in mistakes],
        "defines": actions.may_define(who(request), place), "names": _names(english), "codes": queries.codes_of(kind),
    }  # fmt: skip
    return render(request, "reports/template.html", context, status=422 if trouble else 200)


def _shown(mistake: Mistake, english: bool) -> dict[str, str]:
    before, _open, rest = mistake.around.partition("⟦")
    marked, _close, after = rest.partition("⟧")
    return {
        "at": mistake.place_en if english else mistake.place_vi,
        "says": mistake.en if english else mistake.vi,
        "before": before, "marked": marked, "after": after,
    }  # fmt: skip


def _names(english: bool) -> list[dict[str, Any]]:
    """What a template may hold, as the page lists it."""
    groups = (
        (_("Trường của văn bản"), template_names.TEXTS, "{{{{ {} }}}}"),
        (_("Danh sách, dùng trong vòng lặp"), template_names.LISTS, "{{%p for dong in {} %}}"),
        (_("Số của một chỉ tiêu, theo mã"), template_names.NUMBERS, '{{{{r {}("industrial_output") }}}}'),
        (_("Chỉ tiêu trong vòng lặp"), template_names.TEXTS_OF_INDICATOR, "{{{{ ct.{} }}}}"),
        (_("Nội dung, đứng một mình trong đoạn"), template_names.BLOCKS, "{{{{p {} }}}}"),
        (_("Một phần, theo mã"), template_names.BLOCKS_OF_SECTION, '{{{{p {}("…") }}}}'),
    )
    return [
        {
            "title": title,
            "rows": [(shape.format(name), each.en if english else each.vi) for name, each in group.items()],
        }
        for title, group, shape in groups
    ]


@may(Function.FORMS)
@require_POST
def drop(request: HttpRequest, kind: str) -> HttpResponse:
    """Put the product's own layout back."""
    place = _place_and_kind(request, kind)
    try:
        actions.drop_template(who(request), place, kind, request.POST.get("ly-do", "").strip())
    except BamsatError as error:
        messages.error(request, words.told(error))
    else:
        messages.success(request, _("Đã quay về trình bày có sẵn. Mẫu cũ còn trong lịch sử, dùng lại được."))
    return redirect(_address(place, kind))


@may(Function.FORMS)
@require_POST
def again(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Put an earlier template in force again."""
    place = _place_and_kind(request, kind)
    row = _row(place, kind, pk)
    try:
        actions.put_back(who(request), row, _("dùng lại mẫu cũ"))
    except actions.TemplateRefused as refused:
        return _page(request, place, kind, refused.mistakes, words.told(refused))
    except BamsatError as error:
        messages.error(request, words.told(error))
    else:
        messages.success(request, _("Mẫu “%(name)s” dùng cho các bản soạn từ bây giờ.") % {"name": row.name})
    return redirect(_address(place, kind))


@may(Function.REPORT)
@require_GET
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """The template to begin with: the product's own layout with the marks in it."""
    place = _place_and_kind(request, kind)
    answer = HttpResponse(starting_template(_frame(place, kind)), content_type=MEDIA["docx"])
    answer["Content-Disposition"] = f'attachment; filename="mau-{kind}.docx"'
    return answer


@may(Function.REPORT)
@require_GET
def download(request: HttpRequest, kind: str, pk: int) -> FileResponse:
    """A template as the office uploaded it."""
    place = _place_and_kind(request, kind)
    path = queries.path_of(_row(place, kind, pk).sha256)
    if not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=_row(place, kind, pk).name, content_type=MEDIA["docx"],
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )  # fmt: skip


def _frame(place: Place, kind: str) -> Frame:
    """The names that the office's reports of this kind bear: the lines of the layout are made as long as they need."""
    found, year = kinds().get(kind), Period.year(timezone.localdate().year)
    return frame_of(found, Asked(kind, place, year), year) if found else Frame(place=place.name)


def _row(place: Place, kind: str, pk: int) -> Template:
    row = Template.objects.filter(place=place, kind=kind, pk=pk).exclude(sha256="").select_related("place").first()
    if row is None:
        raise Http404
    return row


def _place_and_kind(request: HttpRequest, kind: str) -> Place:
    place = _place(request)
    if place is None or kind not in offered():
        raise Http404
    return place


def _places(request: HttpRequest) -> list[Place]:
    return [place for place in home_places(request.user) if rights.may_write(request.user, place)]


def _place(request: HttpRequest) -> Place | None:
    """The place that the address names, else the one last looked at, else the user's own first."""
    slug = request.GET.get("noi") or request.session.get(_PLACE_KEPT, "")
    if slug:
        try:
            place = place_at(request.user, slug)
        except Place.DoesNotExist:
            place = None
        if place is not None and rights.may_write(request.user, place):
            return place
        if request.GET.get("noi"):
            raise Http404
    return next(iter(_places(request)), None)


def _address(place: Place, kind: str) -> str:
    return f"{reverse('reports:template', args=[kind])}?noi={place.slug}"
