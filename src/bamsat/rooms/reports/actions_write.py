# SPDX-License-Identifier: Apache-2.0
"""Versions of a report: written from the ledger, written again with newer numbers, taken back as edited in Word."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import is_zipfile

from django.db import transaction
from django.utils import timezone

from bamsat.core.read.loaders.archive import open_archive
from bamsat.core.report.docx.active import something_active
from bamsat.core.terms.errors import FileUnreadable
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import files
from bamsat.rooms.documents.actions import clean_name
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.actions import LONGEST_REASON, OPEN, Refused, hold, last_version, state_is, told
from bamsat.rooms.reports.content.asked import Asked, Composed
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.linting import lint_version
from bamsat.rooms.reports.models import Origin, Report, Template, Version
from bamsat.rooms.reports.naming import file_name
from bamsat.rooms.reports.outputs import LARGEST, keep_outline, template_bytes
from bamsat.rooms.reports.writing import write

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LONGEST_NAME = 255


def write_draft(by: User, report: Report, reason: str = "") -> Version:
    """A version from the ledger as it stands now; the versions before it stay."""
    seen = _ask_open(by, report)
    known = timezone.now()
    written = draft_of(composed_for(by, seen), template_in_force(seen), known)
    with transaction.atomic():
        held = hold(report)
        state_is(held, *OPEN)
        name = file_name(held, "docx", f"-ban-{held.versions.count() + 1}")
        version = keep_version(by, held, written, name, reason)
        audit.record(by, "reports.version.written", version, version.reason, **_told(held, version))
        return version


def _ask_open(by: User, report: Report) -> Report:
    """The report as it is now, if the user may write into it. What takes long is done after this, before it is held."""
    now = Report.objects.select_related("place", "plan", "field").get(pk=report.pk)
    rights.ask(by, now.place, rights.WRITE, now.field)
    state_is(now, *OPEN)
    return now


def composed_for(by: User, report: Report) -> Composed:
    """The report as its writer would write it now, ready to be signed: what it lacks stands on its page, so that what
    is approved and what is issued are the same words."""
    return compose(
        by,
        Asked(
            report.kind,
            report.place,
            report.span,
            field=report.field,
            frame=report.frame,
            forms=tuple(report.plan.forms) if report.plan else (),
        ),
    )


def template_in_force(report: Report) -> Template | None:
    """The Word template of the place for this kind; none where the last row puts the product's own layout back."""
    last = Template.objects.filter(place=report.place_id, kind=report.kind).order_by("-pk").first()
    return last if last and last.sha256 else None


@dataclass(frozen=True, slots=True)
class Written:
    """A Word file that was written, with what it was written from."""

    content: bytes
    composed: Composed
    template: Template | None
    known: datetime | None


def draft_of(composed: Composed, template: Template | None, known: datetime | None) -> Written:
    return Written(write(composed, "docx", template_bytes(template)), composed, template, known)


def keep_version(by: User, report: Report, written: Written, name: str, reason: str) -> Version:
    """The Word file, kept with its outline and its numbers."""
    kept, composed = files.keep(name, written.content, LARGEST), written.composed
    return Version.objects.create(
        report=report, origin=Origin.GENERATED, media="docx", name=name, sha256=kept.sha256, size=kept.size,
        known=written.known, outline=keep_outline(composed.report, composed.lacking), template=written.template,
        numbers=composed.numbers, by=by, reason=short(reason),
    )  # fmt: skip


def take_edited(by: User, report: Report, name: str, content: bytes, reason: str = "") -> Version:
    """A draft that came back from Word: read, held against the ledger, and kept with what lint said of it."""
    seen = _ask_open(by, report)
    name = named(name, "docx")
    ask_word(name, content)
    remarks, numbers = lint_version(by, seen, name, content)  # before it is kept: nothing marked secret is
    kept = files.keep(name, content)
    before = last_version(seen)
    if before and before.sha256 == kept.sha256:
        raise Refused(
            vi=f"Tệp “{name}” giống hệt bản vừa tải về, chưa sửa gì. Hãy lưu bản đã sửa trong Word rồi tải lên.",
            en=f"The file “{name}” is the same as the last version. Save what you edited in Word, then send it.",
        )
    with transaction.atomic():
        held = hold(report)
        state_is(held, *OPEN)
        version = Version.objects.create(
            report=held, origin=Origin.EDITED, media="docx", name=name, sha256=kept.sha256, size=kept.size,
            known=timezone.now(), numbers=numbers, remarks=remarks, by=by, reason=short(reason),
        )  # fmt: skip
        told_ = _told(held, version)
        audit.record(by, "reports.version.edited", version, version.reason, remarks=len(remarks), **told_)
        return version


def ask_word(name: str, content: bytes) -> None:
    """FileUnreadable unless the bytes are a Word file."""
    with open_archive(content, name) if is_zipfile(BytesIO(content)) else nullcontext() as archive:
        is_word = archive is not None and "word/document.xml" in archive.namelist()
        active = something_active(archive, name) if archive is not None and is_word else ""
    if not is_word:
        raise FileUnreadable(
            name=name, cause="wrong_type",
            vi=f"Tệp “{name}” không phải tệp Word (.docx). Hãy mở trong Word, chọn Lưu thành .docx rồi tải lên.",
            en=f"The file “{name}” is no Word file (.docx). Open it in Word, save it as .docx and send it again.",
        )  # fmt: skip
    if active:
        raise FileUnreadable(
            name=name, cause="wrong_type",
            vi=f"Tệp “{name}” có macro, đối tượng nhúng hoặc lấy nội dung từ ngoài ({active}). "
            "Hãy bỏ đi, lưu thành .docx rồi tải lên.",
            en=f"The file “{name}” holds a macro or an embedded object, or takes content from elsewhere ({active}). "
            "Remove it, save the file as .docx and send it again.",
        )  # fmt: skip


def named(name: str, ending: str) -> str:
    """The name of a file that came, ending as what it is: others take it away under this name and open it."""
    name = clean_name(name)
    return name if name.lower().endswith(f".{ending}") else f"{name[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def short(reason: str) -> str:
    return " ".join(reason.split())[:LONGEST_REASON]


def _told(report: Report, version: Version) -> dict[str, Any]:
    return told(report) | {"version": str(version.uuid), "sha256": version.sha256, "numbers": len(version.numbers)}
