# SPDX-License-Identifier: Apache-2.0
"""A report is issued: number and day of the office's own register, the bytes kept, the signed PDF recorded."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from bamsat.core.terms.errors import FileUnreadable
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import files
from bamsat.rooms.documents.actions_register import register_issued
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.actions import Refused, hold, last_step, state_is, told
from bamsat.rooms.reports.actions_write import draft_of, keep_version, named, short
from bamsat.rooms.reports.content.asked import Composed
from bamsat.rooms.reports.content.kinds import kind_coded
from bamsat.rooms.reports.content.ordering import without_lacking
from bamsat.rooms.reports.models import Issue, Origin, Report, State, Step, Version
from bamsat.rooms.reports.naming import file_name
from bamsat.rooms.reports.outputs import keep_forms, outline_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_NUMBER = re.compile(r"0*(\d{1,6})([a-zđA-ZĐ]?)")
_SYMBOL = re.compile(r"[^\s/][^\s]{0,58}")
_PDF, _PDF_END = b"%PDF-", b"%%EOF"


@dataclass(frozen=True, slots=True)
class Register:
    """What the clerk took from the register and from the signed paper."""

    number: str
    symbol: str
    issued_on: date
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it came."""

    name: str
    content: bytes


@transaction.atomic
def issue(by: User, report: Report, said: Register, today: date, signed: Uploaded | None = None) -> Issue:
    """The approved version becomes the issued one. Our own file gets number and day in its frame before it is kept; a
    file edited in Word is kept as it came."""
    held = hold(report)
    rights.ask(by, held.place, rights.ISSUE, held.field)
    state_is(held, State.APPROVED)
    approved = last_step(held, State.APPROVED)
    if approved is None or approved.version is None:
        raise Refused(
            vi="Không rõ bản nào đã duyệt. Hãy nhờ người duyệt trả lại rồi trình và duyệt lại.",
            en="It is not known which version was approved. Have it returned, submitted and approved again.",
        )
    number, symbol = numbered(said.number), _symbol(said.symbol)
    _day(said.issued_on, held, today)
    signer = " ".join(said.signer.split())[:200]
    version = _with_number(by, held, approved.version, Register(number, symbol, said.issued_on, signer))
    paper = _signed(by, held, signed, "") if signed else None
    made = _registered(
        Issue(
            report=held, place=held.place, year=said.issued_on.year, version=version, signed=paper, number=number,
            symbol=symbol, issued_on=said.issued_on, signer=signer, by=by,
        )
    )  # fmt: skip
    keep_forms(version)
    register_issued(
        by, held.place, kind_coded(held.kind).document.capitalize(), number, symbol, said.issued_on, held.title, signer
    )
    held.state = State.ISSUED
    held.save(update_fields=["state"])
    Step.objects.create(report=held, state=State.ISSUED, version=version, by=by)
    audit.record(
        by, "reports.report.issued", held, number=number, symbol=symbol, issued_on=said.issued_on.isoformat(),
        sha256=version.sha256, signed=paper.sha256 if paper else "", **told(held),
    )  # fmt: skip
    return made


@transaction.atomic
def record_signed(by: User, report: Report, signed: Uploaded, reason: str = "") -> Version:
    """The signed PDF of an issued report; another one, in its place, needs a reason, and both stay."""
    held = hold(report)
    rights.ask(by, held.place, rights.ISSUE, held.field)
    if held.state != State.ISSUED:
        raise Refused(
            vi="Báo cáo chưa ban hành. Hãy ghi số, ngày trước, rồi lưu bản ký số.",
            en="The report is not issued. Record its number and day first, then the signed PDF.",
        )
    before = held.versions.filter(origin=Origin.SIGNED).exists()
    if before and not reason.strip():
        raise Refused(
            vi="Đã có bản ký số. Muốn lưu bản khác, hãy ghi lý do; bản trước vẫn được giữ.",
            en="There is a signed PDF. Say why another one is recorded; the first is kept too.",
        )
    version = _signed(by, held, signed, reason)
    audit.record(by, "reports.report.signed", held, version.reason, sha256=version.sha256, **told(held))
    return version


# What a register asks.


def numbered(typed: str) -> str:
    """A number as Decree 30/2020/NĐ-CP writes it: below ten with a nought before it.

    >>> numbered(" 7 "), numbered("007"), numbered("12a"), numbered("215")
    ('07', '07', '12a', '215')
    """
    found = _NUMBER.fullmatch(typed.strip())
    if not found or int(found[1]) == 0:
        raise Refused(
            vi=f"Số “{typed.strip()}” không phải số văn bản. Hãy ghi số trong sổ, như 07 hoặc 215.",
            en=f"“{typed.strip()}” is no number of a document. Write the number of the register, as 07 or 215.",
        )
    return f"{int(found[1]):02}{found[2].lower()}"


def _symbol(typed: str) -> str:
    """The symbol after the number: "BC-SCT"; a stroke before it is the number's."""
    symbol = unicodedata.normalize("NFC", typed).strip().lstrip("/").strip()
    if not _SYMBOL.fullmatch(symbol) or not symbol.isprintable():
        raise Refused(
            vi="Hãy ghi ký hiệu văn bản, viết liền như BC-SCT.",
            en="Write the symbol of the document without spaces, as BC-SCT.",
        )
    return symbol


def _day(day: date, report: Report, today: date) -> None:
    if day > today:
        raise Refused(
            vi=f"Ngày ban hành {day:%d/%m/%Y} chưa tới. Hãy ghi ngày trong sổ, không sau hôm nay.",
            en=f"The day of issue, {day:%d/%m/%Y}, is yet to come. Write the day of the register.",
        )
    begins = date(report.first_month // 12, report.first_month % 12 + 1, 1)
    if day < begins:
        raise Refused(
            vi=f"Ngày ban hành {day:%d/%m/%Y} trước khi kỳ báo cáo bắt đầu ({begins:%d/%m/%Y}). Hãy xem lại ngày.",
            en=f"The day of issue, {day:%d/%m/%Y}, is before the period began ({begins:%d/%m/%Y}). Look at it again.",
        )


def _registered(made: Issue) -> Issue:
    try:
        with transaction.atomic():
            made.save()
            return made
    except IntegrityError as trouble:
        same = Issue.objects.filter(place=made.place, year=made.year, symbol=made.symbol, number=made.number)
        other = same.select_related("report").first()
        title = other.report.title if other else "?"
        raise Refused(
            vi=f"Số {made.number}/{made.symbol} năm {made.year} đã ghi cho “{title}”. Hãy xem lại sổ và ghi số khác.",
            en=f"Number {made.number}/{made.symbol} of {made.year} is that of “{title}”. Look into the register.",
        ) from trouble


# The files.


def _with_number(by: User, report: Report, approved: Version, said: Register) -> Version:
    """Our own file written again from the same outline, with number, day and signer and without marks of a draft."""
    if approved.origin != Origin.GENERATED:
        return approved
    outline, _lacking = outline_of(approved)
    frame = replace(
        outline.frame, number=said.number, symbol=said.symbol, day=said.issued_on,
        signer=said.signer or outline.frame.signer,
    )  # fmt: skip
    composed = Composed(replace(without_lacking(outline), frame=frame), (), approved.numbers)
    name = file_name(report, "docx", f"-so-{said.number}")
    written = draft_of(composed, approved.template, approved.known)
    return keep_version(by, report, written, name, f"{said.number}/{said.symbol}")


def _signed(by: User, report: Report, signed: Uploaded, reason: str) -> Version:
    name = named(signed.name, "pdf")
    if not signed.content.startswith(_PDF) or _PDF_END not in signed.content[-2048:]:
        raise FileUnreadable(
            name=name, cause="wrong_type",
            vi=f"Tệp “{name}” không phải PDF nguyên vẹn. Hãy lưu bản đã ký số hoặc bản quét thành PDF rồi gửi lại.",
            en=f"The file “{name}” is no whole PDF. Save the signed or scanned paper as PDF and send it again.",
        )  # fmt: skip
    kept = files.keep(name, signed.content)
    return Version.objects.create(
        report=report, origin=Origin.SIGNED, media="pdf", name=name, sha256=kept.sha256, size=kept.size,
        known=timezone.now(), by=by, reason=short(reason),
    )  # fmt: skip
