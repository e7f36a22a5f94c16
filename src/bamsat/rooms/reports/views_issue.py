# SPDX-License-Identifier: Apache-2.0
"""Pages of issuing: number and day of the register, the signed PDF, and whether a file is the one that was issued."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.places.doing import done
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, may
from bamsat.rooms.reports import actions_issue, queries, rights
from bamsat.rooms.reports.actions import last_step
from bamsat.rooms.reports.actions_issue import Uploaded
from bamsat.rooms.reports.asked import report_or_404, uploaded
from bamsat.rooms.reports.forms import IssueForm
from bamsat.rooms.reports.models import Issue, Rendering, Report, State, Version
from bamsat.ui import words


@may(Function.ISSUE)
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form of the register; afterwards, what was issued."""
    found, user = report_or_404(request, uuid), who(request)
    rights.ask(user, found.place, rights.ISSUE, found.field)
    if found.state == State.ISSUED:
        return redirect("reports:verify", uuid)
    given = {"symbol": found.frame.get("symbol") or _last_symbol(found), "signer": found.frame.get("signer", "")}
    form = IssueForm(request.POST or None, request.FILES or None, initial=given)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["signed"]
        signed = Uploaded(file.name or "", file.read()) if file else None
        try:
            actions_issue.issue(user, found, form.said(), timezone.localdate(), signed)
        except NotAllowed:
            raise
        except BamsatError as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, _("Đã ban hành. Tệp được giữ nguyên cùng mã SHA-256."))
            return redirect("reports:report", uuid)
    approved = last_step(found, State.APPROVED)
    context = {
        "report": found, "form": form, "approved": approved, "version": approved.version if approved else None,
        "last": Issue.objects.filter(place=found.place_id).order_by("-year", "-pk").first(),
    }  # fmt: skip
    return render(request, "reports/issue.html", context)


def _last_symbol(report: Report) -> str:
    """The symbol under which the place last issued such a report."""
    last = Issue.objects.filter(place=report.place_id, report__kind=report.kind).order_by("-pk").first()
    return last.symbol if last else "BC-SCT"


@may(Function.ISSUE)
@require_POST
def sign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The signed PDF of what was issued."""
    found, user = report_or_404(request, uuid), who(request)

    def record() -> None:
        actions_issue.record_signed(user, found, uploaded(request), request.POST.get("ly-do", ""))

    return done(request, record, _("Đã lưu bản ký số."), reverse("reports:report", args=[uuid]))


@dataclass(frozen=True, slots=True)
class Verified:
    """What a file turned out to be."""

    shape: str
    text: str
    sha256: str
    name: str


@may(Function.READ)
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Whether a file that somebody holds is, byte for byte, the one that was issued. Nothing of it is kept."""
    found = report_or_404(request, uuid)
    issue = queries.issue_of(found)
    if issue is None:
        raise Http404
    told = None
    if request.method == "POST":
        file = request.FILES.get("tep")
        if file is None:
            messages.error(request, _("Chưa chọn tệp nào. Hãy chọn tệp cần đối chiếu."))
        else:
            digest = hashlib.sha256()
            for piece in file.chunks():
                digest.update(piece)
            told = _verified(found, issue, digest.hexdigest(), file.name or "")
    context = {"report": found, "issue": issue, "told": told, "signed": queries.signed_of(found)}
    return render(request, "reports/verify.html", context)


def _verified(report: Report, issue: Issue, sha256: str, name: str) -> Verified:
    if sha256 == issue.version.sha256:
        return Verified("good", _("Đúng là tệp đã ban hành, giống từng byte."), sha256, name)
    signed = Version.objects.filter(report=report, origin="signed", sha256=sha256).first()
    if signed:
        return Verified("good", _("Đúng là bản ký số đã lưu, giống từng byte."), sha256, name)
    if Rendering.objects.filter(version=issue.version, sha256=sha256).exists():
        return Verified("good", _("Đúng là dạng khác (PDF, Excel) của bản đã ban hành."), sha256, name)
    other = Version.objects.filter(report=report, sha256=sha256).first()
    if other:
        told = {"when": words.moment(other.at)}
        return Verified("doubt", _("Là một bản nháp lúc %(when)s, không phải bản đã ban hành.") % told, sha256, name)
    return Verified("bad", _("Không phải tệp đã ban hành: nội dung đã bị đổi, hoặc là tệp khác."), sha256, name)
