# SPDX-License-Identifier: Apache-2.0
"""Pages of reports: what has to be issued, what is being written, one report with its versions, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.accounts.models import User
from bamsat.rooms.places.doing import done
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.reports import actions, actions_write, due, naming, page, queries, rights, slips
from bamsat.rooms.reports.asked import plan_or_404, report_or_404, uploaded, version_or_404
from bamsat.rooms.reports.forms import FrameForm, NewForm
from bamsat.rooms.reports.models import Report
from bamsat.rooms.reports.outputs import MEDIA, NoSuchForm, in_form
from bamsat.ui import words
from bamsat.ui.downloads import as_download, download_of

FORMS = ("docx", "pdf", "xlsx", "html")


@may(Function.READ)
@require_GET
def list_of_reports(request: HttpRequest) -> HttpResponse:
    """What is due, what is on its way, what was issued."""
    now, asked = timezone.now(), _searched(request)
    user = request.user
    with remembering(user):
        lines = due.due_lines(user, now)
        open_ = page.open_lines(user, now)
        issued = queries.issued(user, asked)
        writes = rights.places_to_write(user).exists()
        may_begin = {line.plan.pk for line in lines if rights.may_write(user, line.plan.place, line.plan.field)}
        plans = rights.seen_plans(user).exists()
    begins = next((line for line in lines if line.report is None and line.plan.pk in may_begin), None)
    first = next((line for line in open_ if line.waits), None)
    context = {
        "lines": lines, "open": open_, "issued": issued, "asked": asked, "choices": queries.issued_choices(user),
        "dropped": queries.dropped(user), "may_begin": may_begin, "writes": writes, "plans": plans,
        "main": first or begins, "begins": begins if not first else None, "lede": page.lede_of_list(lines, open_),
    }  # fmt: skip
    return render(request, "reports/list.html", context)


def _searched(request: HttpRequest) -> queries.Searched:
    said = {name: " ".join(request.GET.get(name, "").split())[:200] for name in ("tim", "nam", "loai", "noi")}
    return queries.Searched(words=said["tim"], year=said["nam"], kind=said["loai"], place=said["noi"])


# Beginning.


@may(Function.REPORT)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """The report of a plan and a period, at once with its first version."""
    try:
        plan = plan_or_404(request, UUID(request.POST.get("ke-hoach", "")))
        period = Period.parse(request.POST.get("ky", ""))
    except (ValueError, PeriodUnreadable):
        raise Http404 from None
    user = who(request)
    return _begun(request, lambda: actions.begin_planned(user, plan, period))


@may(Function.REPORT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A report that was asked for."""
    user = who(request)
    form = NewForm(user, request.POST or None, initial={"kind": request.GET.get("loai", ""), **_this_month()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(
                user, form.chosen_place, form.cleaned_data["kind"], form.cleaned_data["period"], form.chosen_field
            )
        except NotAllowed:
            raise
        except BamsatError as refused:
            form.add_error(None, words.told(refused))
        else:
            return _written_at_once(request, user, made)
    return render(request, "reports/new.html", {"form": form})


def _this_month() -> dict[str, str]:
    today = timezone.localdate()
    return {"period": words.period(Period.month(today.year, today.month).code)}


def _begun(request: HttpRequest, make: Callable[[], Report]) -> HttpResponse:
    try:
        made = make()
    except NotAllowed:
        raise
    except BamsatError as trouble:
        messages.error(request, words.told(trouble))
        return redirect("reports:list")
    return _written_at_once(request, who(request), made)


def _written_at_once(request: HttpRequest, user: User, made: Report) -> HttpResponse:
    """A report that was begun has its first version; where none can be written yet, its page says why."""
    return done(
        request, lambda: actions_write.write_draft(user, made), _("Đã soạn bản đầu. Hãy xem những gì còn thiếu."),
        reverse("reports:report", args=[made.uuid]),
    )  # fmt: skip


# One report.


@may(Function.READ)
@require_GET
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A report in full: what it lacks, its text with every number a link, its versions and its way."""
    found = report_or_404(request, uuid)
    with remembering(request.user):
        shown = page.page_of(who(request), found, timezone.now())
    return render(request, "reports/report.html", {"report": found, "page": shown})


@may(Function.REPORT)
@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Title, addressees, signer; number and day are left to the register."""
    found, user = report_or_404(request, uuid), who(request)
    rights.ask(user, found.place, rights.WRITE, found.field)
    form = FrameForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_frame(user, found, form.cleaned_data)
        except actions.Refused as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, _("Đã lưu thể thức. Soạn lại để thể thức mới vào bản Word."))
            return redirect("reports:report", uuid)
    return render(request, "reports/frame.html", {"report": found, "form": form})


@may(Function.REPORT)
@require_POST
def write(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A version with the numbers of now."""
    found, user = report_or_404(request, uuid), who(request)
    reason = request.POST.get("ly-do", "")
    return done(
        request, lambda: actions_write.write_draft(user, found, reason), _("Đã soạn bản mới theo số trong sổ lúc này."),
        reverse("reports:report", args=[uuid]),
    )  # fmt: skip


@may(Function.REPORT)
@require_POST
def edited(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A version edited in Word comes back."""
    found, user = report_or_404(request, uuid), who(request)

    def take() -> None:
        file = uploaded(request)
        actions_write.take_edited(user, found, file.name, file.content, request.POST.get("ly-do", ""))

    return done(
        request, take, _("Đã nhận bản sửa và soát lại từng số."), reverse("reports:report", args=[uuid])
    )  # fmt: skip


@may(Function.READ)
@require_POST
def step(request: HttpRequest, uuid: UUID, what: str) -> HttpResponse:
    """A step of its way; who may take it, the action knows."""
    found, user, reason = report_or_404(request, uuid), who(request), request.POST.get("ly-do", "")
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "trinh": (lambda: actions.submit(user, found, reason), _("Đã trình. Người duyệt thấy báo cáo ở mục Báo cáo.")),
        "lay-lai": (lambda: actions.take_back(user, found), _("Đã lấy lại để sửa.")),
        "tra-lai": (lambda: actions.send_back(user, found, reason), _("Đã trả lại cho người soạn.")),
        "duyet": (
            lambda: actions.approve(user, found, request.POST.get("ban", "")),
            _("Đã duyệt. Văn thư ghi số, ngày để ban hành."),
        ),
        "thoi": (lambda: actions.drop(user, found, reason), _("Đã thôi soạn; các bản vẫn được giữ.")),
        "soan-tiep": (lambda: actions.take_up(user, found), _("Đã mở lại để soạn tiếp.")),
    }
    if what not in steps:
        raise Http404
    act, said = steps[what]
    return done(request, act, said, reverse("reports:report", args=[uuid]))


# Files.


@may(Function.READ)
@require_GET
def download(request: HttpRequest, uuid: UUID, version: UUID, media: str) -> FileResponse:
    """A version as Word, PDF, Excel or a web page, always as a download."""
    found = report_or_404(request, uuid)
    one = version_or_404(found, version)
    if media not in FORMS:
        raise Http404
    try:
        path = in_form(one, media)
    except NoSuchForm:
        raise Http404 from None
    mark = f"-{one.uuid.hex[:6]}"
    as_it_came = media == one.media and one.origin != "generated"
    name = one.name if as_it_came else naming.titled_file(found, media)
    return as_download(path, name, naming.file_name(found, media, mark), MEDIA[media])


@may(Function.READ)
@require_GET
def slip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The submission slip (phiếu trình) of the last version, ready to print."""
    found = report_or_404(request, uuid)
    last = actions.last_version(found)
    if last is None:
        raise Http404
    content = slips.slip_of(found, last, timezone.localdate())
    return download_of(content, f"Phiếu trình {naming.titled_file(found, 'docx')}", "phieu-trinh.docx", MEDIA["docx"])


@may(Function.READ)
@require_GET
def chart(request: HttpRequest, uuid: UUID, version: UUID, number: int) -> FileResponse:
    """A chart of a version, drawn once and kept."""
    one = version_or_404(report_or_404(request, uuid), version)
    try:
        path = in_form(one, f"svg{number}") if number < 1000 else None
    except NoSuchForm:
        path = None
    if path is None:
        raise Http404
    answer = as_download(path, f"{number}.svg", f"{number}.svg", MEDIA["svg"], inline=True)
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
