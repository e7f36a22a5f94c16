# SPDX-License-Identifier: Apache-2.0
"""Versions of a report: written from the ledger, written again with newer numbers, taken back as edited in Word."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from bamsat.core.terms.errors import FileUnreadable
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import files
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.actions import LONGEST_REASON, OPEN, Refused, hold, last_version, state_is, told
from bamsat.rooms.reports.content.asked import Asked, Composed
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.models import Origin, Report, State, Template, Version
from bamsat.rooms.reports.naming import file_name
from bamsat.rooms.reports.outputs import LARGEST, bytes_of, keep_outline, template_bytes
from bamsat.rooms.reports.writing import write

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LONGEST_NAME = 255


@transaction.atomic
def write_draft(by: User, report: Report, reason: str = "") -> Version:
    """A version from the ledger as it stands now; the versions before it stay."""
    held = hold(report)
    rights.ask(by, held.place, rights.WRITE, held.field)
    state_is(held, *OPEN)
    known = timezone.now()
    composed = composed_for(by, held)
    template = template_in_force(held)
    number = held.versions.count() + 1
    version = keep_version(by, held, composed, template, known, file_name(held, "docx", f"-ban-{number}"), reason)
    audit.record(by, "reports.version.written", version, version.reason, **_told(held, version))
    return version


def composed_for(by: User, report: Report) -> Composed:
    """The report as its writer would write it now."""
    return compose(
        by,
        Asked(
            report.kind, report.place, report.span, field=report.field, frame=report.frame, draft=True,
            forms=tuple(report.plan.forms) if report.plan else (),
        ),
    )


def template_in_force(report: Report) -> Template | None:
    """The Word template of the place for this kind; none where the last row puts the product's own layout back."""
    last = Template.objects.filter(place=report.place_id, kind=report.kind).order_by("-pk").first()
    return last if last and last.sha256 else None


def keep_version(
    by: User, report: Report, composed: Composed, template: Template | None, known: Any, name: str, reason: str
) -> Version:
    """The Word file of what was composed, kept with its outline and its numbers."""
    content = write(composed, "docx", template_bytes(template))
    kept = files.keep(name, content, LARGEST)
    return Version.objects.create(
        report=report, origin=Origin.GENERATED, media="docx", name=name, sha256=kept.sha256, size=kept.size,
        known=known, outline=keep_outline(composed.report, composed.lacking), template=template,
        numbers=composed.numbers, by=by, reason=short(reason),
    )  # fmt: skip


@transaction.atomic
def take_edited(by: User, report: Report, name: str, content: bytes, reason: str = "") -> Version:
    """A draft that came back from Word: read, held against the ledger, and kept with what lint said of it."""
    held = hold(report)
    rights.ask(by, held.place, rights.WRITE, held.field)
    state_is(held, *OPEN)
    name = name.replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:] or "bao-cao.docx"
    ask_word(name, content)
    kept = files.keep(name, content)
    before = last_version(held)
    if before and before.sha256 == kept.sha256:
        raise Refused(
            vi=f"Tệp “{name}” giống hệt bản vừa tải về, chưa sửa gì. Hãy lưu bản đã sửa trong Word rồi tải lên.",
            en=f"The file “{name}” is the same as the last version. Save what you edited in Word, then send it.",
        )
    from bamsat.rooms.reports.linting import lint_version

    remarks, numbers = lint_version(by, held, name, content)
    version = Version.objects.create(
        report=held, origin=Origin.EDITED, media="docx", name=name, sha256=kept.sha256, size=kept.size,
        known=timezone.now(), numbers=numbers, remarks=remarks, by=by, reason=short(reason),
    )  # fmt: skip
    audit.record(by, "reports.version.edited", version, version.reason, remarks=len(remarks), **_told(held, version))
    return version


def ask_word(name: str, content: bytes) -> None:
    """FileUnreadable unless the bytes are a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            is_word = "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        is_word = False
    if not is_word:
        raise FileUnreadable(
            name=name, cause="not_word",
            vi=f"Tệp “{name}” không phải tệp Word (.docx). Hãy mở trong Word, chọn Lưu thành .docx rồi tải lên.",
            en=f"The file “{name}” is no Word file (.docx). Open it in Word, save it as .docx and send it again.",
        )  # fmt: skip


def newer_numbers(by: User, report: Report, version: Version) -> bool:
    """Whether the report would tell other numbers now than the version does."""
    if report.state not in (*OPEN, State.SUBMITTED, State.APPROVED):
        return False
    now = composed_for(by, report).numbers
    return _compared(now) != _compared(version.numbers)


def _compared(numbers: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted(
        (one["indicator"], one["segment"], one["measure"], one["period"], one["base"], one["area"], one["value"])
        for one in numbers
    )


def short(reason: str) -> str:
    return " ".join(reason.split())[:LONGEST_REASON]


def _told(report: Report, version: Version) -> dict[str, Any]:
    return told(report) | {"version": str(version.uuid), "sha256": version.sha256, "numbers": len(version.numbers)}


def content_of(version: Version) -> bytes:
    return bytes_of(version.sha256)
