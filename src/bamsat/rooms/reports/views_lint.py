# SPDX-License-Identifier: Apache-2.0
"""The page where a report about to be signed is dropped: each number that the ledger does not say, beside its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from bamsat.core.report.lint import Remark
from bamsat.core.terms.errors import BamsatError, FileUnreadable
from bamsat.rooms.documents.actions import clean_name
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.rights import Function, may
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.linting import Linted, linted
from bamsat.ui import words

_AROUND = 70  # characters shown on either side of a number
_MOST_SHOWN = 400
_SHAPES = {"error": "bad", "question": "doubt", "information": "wait"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark as the page has it: where, the number within its words, what is said, where its entry is."""

    shape: str
    at: str
    before: str
    words: str
    after: str
    says: str
    entry: str


@may(Function.REPORT)
@require_http_methods(["GET", "POST"])
def lint_file(request: HttpRequest) -> HttpResponse:
    """Nothing is kept: the file is read, held against the ledger as the user sees it, and answered."""
    places = list(rights.places_to_write(request.user))
    place = _place(request, places)
    context: dict[str, Any] = {"places": places, "place": place, "limit": settings.BAMSAT_UPLOAD_LIMIT}
    status = 200
    if request.method == "POST":
        try:
            name, content = _sent(request.FILES.get("tep"))
            found = linted(request.user, name, content, place)
        except BamsatError as error:
            context["trouble"], status = words.told(error), 422
        else:
            context |= {"found": found, "name": name, "remarks": shown(found), "place": place or found.place}
            context["left_out"] = max(0, len(found.remarks) - _MOST_SHOWN)
    return render(request, "reports/lint.html", context, status=status)


def _place(request: HttpRequest, places: list[Place]) -> Place | None:
    """The one that was chosen; without a choice what the file says."""
    slug = request.POST.get("noi", "") or request.GET.get("noi", "")
    return next((place for place in places if place.slug == slug), places[0] if len(places) == 1 else None)


def _sent(file: UploadedFile | None) -> tuple[str, bytes]:  # type: ignore[type-arg]
    if file is None:
        raise FileUnreadable(
            name="", cause="empty", vi="Chưa chọn tệp nào. Hãy chọn tệp Word hoặc PDF của báo cáo.",
            en="No file was chosen. Choose the report's Word or PDF file.",
        )  # fmt: skip
    name = clean_name(file.name or "")
    if (file.size or 0) > settings.BAMSAT_UPLOAD_LIMIT:
        most = settings.BAMSAT_UPLOAD_LIMIT // 1_048_576
        raise FileUnreadable(
            name=name, cause="too_large",
            vi=f"Tệp “{name}” lớn hơn {most} MB. Hãy nén ảnh trong tệp hoặc tách phụ lục rồi gửi lại.",
            en=f"The file “{name}” is larger than {most} MB. Compress its pictures or split off the appendices.",
        )  # fmt: skip
    content = b"".join(file.chunks())
    if content and not content.startswith((b"PK", b"%PDF")):
        raise FileUnreadable(
            name=name, cause="wrong_type",
            vi=f"Tệp “{name}” không phải tệp Word (.docx) hoặc PDF. Hãy lưu báo cáo thành .docx rồi gửi lại.",
            en=f"The file “{name}” is no Word file (.docx) and no PDF. Save the report as .docx and send it again.",
        )  # fmt: skip
    return name, content


def shown(found: Linted) -> list[Shown]:
    """Errors first, then questions, each in the order of the file."""
    ordered = sorted(found.remarks, key=lambda remark: (list(_SHAPES).index(remark.severity), remark.start))
    return [_shown(remark, found.reading.document.text) for remark in ordered[:_MOST_SHOWN]]


def _shown(remark: Remark, text: str) -> Shown:
    before, after = text[max(0, remark.start - _AROUND) : remark.start], text[remark.end : remark.end + _AROUND]
    before, after = before.rpartition("\n")[2], after.partition("\n")[0]
    if remark.start > _AROUND and len(before) == _AROUND:
        before = "… " + before.partition(" ")[2]
    if len(after) == _AROUND:
        after = after.rpartition(" ")[0] + " …"
    return Shown(
        _SHAPES[remark.severity], remark.at, before, text[remark.start : remark.end], after,
        remark.en if words.language() == "en" else remark.vi, _address(remark.entry_now or remark.entry),
    )  # fmt: skip


def _address(entry: str) -> str:
    try:
        return reverse("figures:entry", args=[entry]) if entry else ""
    except NoReverseMatch:
        return ""
