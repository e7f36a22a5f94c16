# SPDX-License-Identifier: Apache-2.0
"""The pages of bulk imports: send a file, see the dry run by cell, have it written, watch it; all former imports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.catalogue.models import Provider
from bamsat.rooms.figures import intake_actions
from bamsat.rooms.figures.intake import shown
from bamsat.rooms.figures.intake.batches import KEEP, NEW_VINTAGE, REPLACE
from bamsat.rooms.figures.intake.heads import Options
from bamsat.rooms.figures.intake.rights import covers
from bamsat.rooms.figures.models import DEPARTMENT, EntryKind, Intake, IntakeState, Vintage
from bamsat.rooms.places.queries import home_places, named
from bamsat.rooms.places.rights import Function, may, sees_everything
from bamsat.ui import sheets, words

A_PAGE = 30
_MOVING = (IntakeState.CHECKING, IntakeState.WRITING)
CHOICES = (
    (KEEP, gettext_lazy("Giữ số trong sổ")),
    (REPLACE, gettext_lazy("Thay bằng số trong tệp, số cũ ở lại trong lịch sử")),
    (NEW_VINTAGE, gettext_lazy("Ghi thành lần công bố sau, hai số đứng cạnh nhau")),
)


class IntakeForm(forms.Form):
    """A file, and what holds for all of its rows that do not say otherwise."""

    file = forms.FileField(label=gettext_lazy("Tệp số liệu"))
    place = forms.CharField(label=gettext_lazy("Địa bàn, nếu tệp không ghi"), required=False, max_length=200)
    provider = forms.ChoiceField(label=gettext_lazy("Nguồn số liệu"), required=False)
    vintage = forms.ChoiceField(label=gettext_lazy("Lần công bố"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Loại số"), required=False)
    unit = forms.CharField(label=gettext_lazy("Đơn vị, nếu tệp không ghi"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        providers = [(one.code, one.name) for one in Provider.objects.all()] or [(DEPARTMENT, _("Sở Công Thương"))]
        offered: dict[str, list[tuple[str, Any]]] = {
            "provider": list(providers), "kind": EntryKind.choices,
            "vintage": [("", _("theo loại số")), *Vintage.choices],
        }  # fmt: skip
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean_place(self) -> str:
        text: str = " ".join(self.cleaned_data["place"].split())
        if text and not named(text).versions:
            raise forms.ValidationError(_("Không tìm thấy địa bàn “%(text)s” trong danh mục.") % {"text": text})
        return text

    def options(self) -> Options:
        told = {name: self.cleaned_data.get(name, "") for name in Options.__slots__}
        return Options(**{name: value for name, value in told.items() if value})


@may(Function.IMPORT)
@require_GET
def list_of_intakes(request: HttpRequest) -> HttpResponse:
    return _list_page(request, IntakeForm(initial={"place": _home(request)}))


def _list_page(request: HttpRequest, form: IntakeForm, status: int = 200) -> HttpResponse:
    found = intake_actions.visible(request.user).defer("report")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    rows = [(each, shown.SHAPES[IntakeState(each.state)]) for each in page]
    context = {"form": form, "page": page, "rows": rows, "limit": settings.BAMSAT_UPLOAD_LIMIT}
    return render(request, "figures/intakes.html", context, status=status)


@may(Function.IMPORT)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    form = IntakeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list_page(request, form, 422)
    file = form.cleaned_data["file"]
    try:
        intake = intake_actions.receive(request.user, file.name or "", file.chunks(), form.options())  # type: ignore[arg-type]
    except BamsatError as error:
        form.add_error("file", words.told(error))
        return _list_page(request, form, 422)
    return redirect("figures:intake", intake.uuid)


@may(Function.IMPORT)
@require_GET
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _page(request, _intake(request, uuid))


def _page(request: HttpRequest, intake: Intake, error: str = "", status: int = 200) -> HttpResponse:
    report = intake.report
    before = Intake.objects.filter(sha256=intake.sha256, state=IntakeState.DONE).exclude(pk=intake.pk)
    context = {
        "intake": intake, "shape": shown.SHAPES[IntakeState(intake.state)], "moving": intake.state in _MOVING,
        "groups": shown.groups(report), "report": report, "error": error, "choices": CHOICES,
        "chosen": request.POST.get("voi-so-khac", KEEP), "reason": request.POST.get("ly-do", ""),
        "mine": intake.by_id == request.user.pk or sees_everything(request.user),
        "writes": covers(request.user, intake.by), "chosen_words": dict(CHOICES).get(intake.options.get("on_conflict")),
        "dropped_because": intake.options.get("dropped_because", ""),
        "before": before.defer("report").order_by("-pk").first(), "share": shown.share_done(intake),
        "progress": shown.progress_sentence(intake), "more": report.get("found", 0) > len(report.get("first", ())),
        "to_write": report.get("new", 0), "trouble": intake.error_en if _english() else intake.error_vi,
    }  # fmt: skip
    return render(request, "figures/intake.html", context, status=status)


@may(Function.IMPORT)
@require_GET
def progress(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far it is, asked for again each second; the whole page once there is something new to see."""
    intake = _intake(request, uuid)
    if intake.state not in _MOVING:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    context = {"intake": intake, "share": shown.share_done(intake), "progress": shown.progress_sentence(intake)}
    return render(request, "figures/intake_progress.html", context)


@may(Function.IMPORT, Function.APPROVE)
@require_POST
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _as_chosen(request, uuid, intake_actions.confirm)


@may(Function.IMPORT)
@require_POST
def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _as_chosen(request, uuid, intake_actions.submit)


def _as_chosen(request: HttpRequest, uuid: UUID, action: Callable[..., object]) -> HttpResponse:
    intake = _intake(request, uuid)
    try:
        action(
            request.user, intake, on_conflict=request.POST.get("voi-so-khac", KEEP),
            reason=request.POST.get("ly-do", "").replace("\0", ""), leave_out=request.POST.get("bo-dong-loi") == "co",
        )  # fmt: skip
    except intake_actions.IntakeRefused as error:
        return _page(request, intake, words.told(error), 422)
    return redirect("figures:intake", uuid)


@may(Function.IMPORT)
@require_POST
def drop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    reason = request.POST.get("ly-do-bo", "")[:1000]
    return _done(request, uuid, lambda user, intake: intake_actions.drop(user, intake, reason))


@may(Function.IMPORT)
@require_POST
def resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _done(request, uuid, intake_actions.resume)


def _done(request: HttpRequest, uuid: UUID, action: Callable[[Any, Intake], object]) -> HttpResponse:
    try:
        action(request.user, _intake(request, uuid))
    except intake_actions.IntakeRefused as error:
        messages.error(request, words.told(error))
    return redirect("figures:intake", uuid)


@may(Function.IMPORT)
@require_GET
def findings(request: HttpRequest, uuid: UUID) -> StreamingHttpResponse:
    """Every finding as CSV, for who mends a long file."""
    intake = _intake(request, uuid)
    response = StreamingHttpResponse(shown.findings_csv(intake), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="xem-thu-{str(intake.uuid)[:8]}.csv"'
    return response


@may(Function.IMPORT)
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """A sheet with the indicators of the department, to fill and to send."""
    this_year = timezone.localdate().year
    response = HttpResponse(
        shown.template(list(range(this_year - 5, this_year)), _home(request)), content_type=sheets.XLSX
    )
    response["Content-Disposition"] = 'attachment; filename="mau-so-lieu.xlsx"'
    return response


def _home(request: HttpRequest) -> str:
    places = home_places(request.user)
    return places[0].name if len(places) == 1 else ""


def _intake(request: HttpRequest, uuid: UUID) -> Intake:
    try:
        return intake_actions.visible(request.user).get(uuid=uuid)
    except Intake.DoesNotExist:
        raise Http404 from None


def _english() -> bool:
    return words.language() == "en"
