# SPDX-License-Identifier: Apache-2.0
"""One report as its page shows it: what is missing, its text, its versions, and what this user can do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.report.outline import Chart, Lacking
from bamsat.core.report.web import to_html
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.figures.models import Entry, Withdrawal
from bamsat.rooms.findings.queries import findings
from bamsat.rooms.places.rights import sees_everything
from bamsat.rooms.reports import queries, rights
from bamsat.rooms.reports.actions import OPEN, errors, last_step
from bamsat.rooms.reports.comparing import Compared, differences_for
from bamsat.rooms.reports.due import DueLine, day_told
from bamsat.rooms.reports.models import Issue, Origin, Report, State, Step, Version
from bamsat.rooms.reports.naming import kind_name
from bamsat.rooms.reports.outputs import outline_of
from bamsat.rooms.submissions.month.agenda import time_left
from bamsat.rooms.submissions.month.day_words import short_day
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

SHAPES = {"missing": "none", "estimate": "half", "contradiction": "bad", "note": "wait"}
REMARK_SHAPES = {"error": "bad", "question": "doubt", "information": "wait"}


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A report on its way, as a row."""

    report: Report
    shape: str
    word: str
    when: str
    left: str
    waits: bool
    verb: str


def open_lines(user: User | AnonymousUser, now: datetime) -> list[OpenLine]:
    waits = set(queries.waiting(user, now).values_list("pk", flat=True))
    today = timezone.localdate(now)
    workdays = calendar(today.year - 2, today.year + 7)
    found = []
    for report in queries.being_written(user):
        shape, word = queries.state_of(report, now)
        when = day_told(report.due, now) if report.due else ""
        left = time_left(report.due, now, workdays) if report.due else ""
        found.append(OpenLine(report, shape, word, when, left, report.pk in waits, _verb(report)))
    return found


def _verb(report: Report) -> str:
    verbs = {
        State.DRAFT: _("Soạn tiếp"), State.RETURNED: _("Sửa"), State.SUBMITTED: _("Xem để duyệt"),
        State.APPROVED: _("Ghi số, ngày"),
    }  # fmt: skip
    return verbs.get(State(report.state), _("Mở"))


def lede_of_list(lines: Sequence[DueLine], open_: Sequence[OpenLine]) -> str:
    """What matters first: what is late, what waits for this user, what comes next."""
    said = []
    if late := sum(line.is_late for line in lines):
        said.append(ngettext("%(n)s báo cáo quá hạn", "%(n)s báo cáo quá hạn", late) % {"n": late})
    if waits := sum(line.waits for line in open_):
        said.append(ngettext("%(n)s báo cáo chờ anh/chị", "%(n)s báo cáo chờ anh/chị", waits) % {"n": waits})
    ahead = next((line for line in lines if not line.is_late and line.due), None)
    if ahead:
        day = {"title": ahead.title, "when": ahead.when[:1].lower() + ahead.when[1:]}
        said.append(_("tới đây là “%(title)s”, hạn %(when)s") % day)
    return words.capital("; ".join(said)) + "." if said else ""


# One report.


@dataclass(frozen=True, slots=True)
class ShownRemark:
    shape: str
    text: str
    at: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownLacking:
    shape: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """All of the page but the report's own columns."""

    shape: str
    word: str
    lede: str
    kind: str
    last: Version | None
    written: Version | None  # the last one that the product wrote: its text can be shown
    body: SafeString
    lacking: tuple[ShownLacking, ...]
    remarks: tuple[ShownRemark, ...]
    errors: int
    newer: int  # numbers of the last version that the ledger has newer ones of
    versions: tuple[Version, ...]
    steps: tuple[Step, ...]
    issue: Issue | None
    signed: Version | None
    before: Report | None
    can: frozenset[str]
    main: str
    why_returned: Step | None
    differences: Compared | None = None
    lacking_words: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def page_of(user: User, report: Report, now: datetime) -> Page:
    """The page for this user."""
    versions = queries.versions(report)
    issue = queries.issue_of(report)
    last = next((one for one in versions if one.origin != Origin.SIGNED), None)
    written = issue.version if issue and issue.version.outline else None
    written = written or next((one for one in versions if one.outline), None)
    body, lacking = _shown(report, written)
    lacking = _for(user, lacking) if report.state in (*OPEN, State.SUBMITTED) else ()
    shape, word = queries.state_of(report, now)
    can = _can(user, report, last)
    newer = newer_entries(last) if last and report.state in OPEN else 0
    return Page(
        shape=shape, word=word, lede=_lede(report, now, last, lacking, issue), kind=kind_name(report.kind), last=last,
        written=written, body=body, lacking=tuple(_lacking(one) for one in lacking),
        remarks=tuple(_remark(one) for one in (last.remarks if last else [])), errors=len(errors(last)) if last else 0,
        newer=newer, versions=tuple(versions), steps=tuple(queries.steps(report)), issue=issue,
        signed=queries.signed_of(report), before=queries.last_issued(user, report), can=can,
        main=_main(can, report, last, newer),
        why_returned=last_step(report, State.RETURNED) if report.state == State.RETURNED else None,
        lacking_words=_lacking_words(lacking), differences=differences_for(user, report, last),
    )  # fmt: skip


def _shown(report: Report, version: Version | None) -> tuple[SafeString, tuple[Lacking, ...]]:
    if version is None:
        return SafeString(""), ()
    outline, lacking = outline_of(version)

    def chart(_chart: Chart, number: int) -> str:
        return reverse("reports:chart", args=[report.uuid, version.uuid, number])

    return SafeString(to_html(outline, entry_address, chart)), lacking  # its words are escaped there


def _for(user: User, lacking: Iterable[Lacking]) -> tuple[Lacking, ...]:
    """What its writer was told it lacks; findings only as far as this user sees them, for they quote other figures."""
    told = tuple(lacking)
    quoted = {one.address: one.address.rstrip("/").rpartition("/")[2] for one in told if one.kind == "contradiction"}
    seen = {str(uuid) for uuid in findings(user).filter(uuid__in=quoted.values()).values_list("uuid", flat=True)}
    return tuple(one for one in told if one.address not in quoted or quoted[one.address] in seen)


def entry_address(entry: str) -> str:
    return reverse("figures:entry", args=[entry])


def newer_entries(version: Version) -> int:
    """How many entries that the version tells were replaced or withdrawn since."""
    told = {entry for number in version.numbers for entry in number.get("entries", ())}
    if not told:
        return 0
    gone = set(Entry.objects.filter(replaces__uuid__in=told).values_list("replaces__uuid", flat=True))
    gone |= set(Withdrawal.objects.filter(entry__uuid__in=told).values_list("entry__uuid", flat=True))
    return len(gone)


def _lacking(one: Lacking) -> ShownLacking:
    return ShownLacking(SHAPES.get(one.kind, "wait"), one.text, one.address)


def _remark(one: dict[str, Any]) -> ShownRemark:
    text = one.get(words.language()) or one.get("vi") or ""
    return ShownRemark(
        REMARK_SHAPES.get(one.get("severity", ""), "wait"), text, one.get("at", ""), one.get("words", "")
    )


def _lacking_words(lacking: Iterable[Lacking]) -> str:
    told = list(lacking)
    missing = sum(one.kind == "missing" for one in told)
    estimates = sum(one.kind == "estimate" for one in told)
    conflicts = sum(one.kind == "contradiction" for one in told)
    said = []
    if missing:
        said.append(ngettext("%(n)s chỗ còn thiếu", "%(n)s chỗ còn thiếu", missing) % {"n": missing})
    if estimates:
        said.append(ngettext("%(n)s số mới là ước", "%(n)s số mới là ước", estimates) % {"n": estimates})
    if conflicts:
        said.append(ngettext("%(n)s mâu thuẫn chưa xử lý", "%(n)s mâu thuẫn chưa xử lý", conflicts) % {"n": conflicts})
    return ", ".join(said)


def _lede(
    report: Report, now: datetime, last: Version | None, lacking: tuple[Lacking, ...], issue: Issue | None
) -> str:
    if issue:
        told = {"number": f"{issue.number}/{issue.symbol}", "day": words.day(issue.issued_on)}
        return _("Đã ban hành số %(number)s ngày %(day)s; nội dung được giữ nguyên.") % told
    said = []
    if last is None:
        said.append(_("chưa có bản nào"))
    else:
        n = len(last.numbers)
        said.append(ngettext("%(n)s số, mỗi số dẫn về sổ", "%(n)s số, mỗi số dẫn về sổ", n) % {"n": n})
        if lacking:
            said.append(_lacking_words(lacking))
    if report.due:
        today = timezone.localdate(now)
        left = time_left(report.due, now, calendar(today.year - 2, today.year + 7))
        when = short_day(timezone.localdate(report.due))
        said.append(_("hạn %(when)s (%(left)s)") % {"when": when, "left": left})
    return words.capital("; ".join(one for one in said if one)) + "."


def _can(user: User, report: Report, last: Version | None) -> frozenset[str]:
    """What this user can do with the report now."""
    writes = rights.may_write(user, report.place, report.field)
    approves = rights.may_do(user, report.place, rights.APPROVE, report.field)
    issues = rights.may_do(user, report.place, rights.ISSUE, report.field)
    can: set[str] = set()
    if report.state in OPEN and writes:
        can |= {"write", "frame", "edit", "drop"} | ({"submit"} if last else set())
    if report.state == State.SUBMITTED:
        step = last_step(report, State.SUBMITTED)
        own = step is not None and step.by_id == user.pk
        if approves:
            can |= {"return", "drop"} | (set() if own and not sees_everything(user) else {"approve"})
        if writes and (own or sees_everything(user)):
            can.add("take_back")
    if report.state == State.APPROVED:
        can |= ({"return", "drop"} if approves else set()) | ({"issue"} if issues else set())
    if report.state == State.ISSUED and issues:
        can.add("sign")
    if report.state == State.DROPPED and writes:
        can.add("take_up")
    return frozenset(can)


def _main(can: frozenset[str], report: Report, last: Version | None, newer: int) -> str:
    """The one filled button."""
    if "write" in can and (last is None or newer):
        return "write"
    for step in ("approve", "issue", "submit", "take_up"):
        if step in can:
            return step
    return "download" if last else ""
