# SPDX-License-Identifier: Apache-2.0
"""What has to be issued: the periods of each plan around today, with their reports where they were begun."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.core.act.calendar import Calendar
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.places.rights import remembering
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.models import Report, ReportPlan, State
from bamsat.rooms.reports.naming import title_of
from bamsat.rooms.reports.periods import due_of, periods
from bamsat.rooms.reports.queries import state_of
from bamsat.rooms.submissions.month.agenda import DONE, OUT, Action, AgendaRow, time_left
from bamsat.rooms.submissions.month.day_words import long_day, short_day
from bamsat.rooms.tasks.feed import Deadline
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

SOON = timedelta(days=3)
BACK, AHEAD = 13, 13  # months around this one in which periods are looked for
LATE_ONES = 3  # of one plan, so many late periods are named
FIVE_YEARS = 61


@dataclass(frozen=True, slots=True)
class DueLine:
    """A period of a plan: until when, where its report is, and what comes next."""

    plan: ReportPlan
    period: Period
    due: datetime | None
    report: Report | None
    shape: str
    word: str
    when: str
    left: str

    @property
    def title(self) -> str:
        return self.report.title if self.report else title_of(self.plan.kind, self.period, self.plan)

    @property
    def is_late(self) -> bool:
        return self.shape == "bad" and (self.report is None or self.report.state != State.ISSUED)

    @property
    def is_issued(self) -> bool:
        return self.report is not None and self.report.state == State.ISSUED

    @property
    def address(self) -> str:
        return reverse("reports:report", args=[self.report.uuid]) if self.report else ""


def due_lines(user: User | AnonymousUser, now: datetime) -> list[DueLine]:
    """What is late, what falls due next and what comes after it, of every plan the user sees; late ones first."""
    today = timezone.localdate(now)
    month = today.year * 12 + today.month - 1
    with remembering(user):
        plans = list(rights.seen_plans(user).filter(until=None) | rights.seen_plans(user).filter(until__gt=today))
    begun, workdays = _begun(plans), calendar(today.year - 2, today.year + 7)
    found = [line for plan in plans for line in _of_plan(plan, month, begun, now, workdays)]
    return sorted(found, key=lambda line: (not line.is_late, line.due or now, line.plan.name))


def _of_plan(
    plan: ReportPlan, month: int, begun: dict[tuple[int, str], Report], now: datetime, workdays: Calendar
) -> list[DueLine]:
    ahead = FIVE_YEARS if plan.frequency == "five_years" else AHEAD
    late: list[DueLine] = []
    next_: list[DueLine] = []
    for period in periods(plan.frequency, month - BACK, month + ahead):
        line = _line(plan, period, begun.get((plan.pk, period.code)), now, workdays)
        if line is None or line.is_issued:
            continue
        if line.due is not None and line.due < now:
            late.append(line)
        else:
            next_.append(line)
    return [*late[-LATE_ONES:], *(line for at, line in enumerate(next_) if at < 2 or line.report)]


def due_in(user: User | AnonymousUser, month: Period, now: datetime) -> list[DueLine]:
    """What falls due in a month, issued or not; nothing but one query where nobody planned anything."""
    with remembering(user):
        plans = list(rights.seen_plans(user))
    if not plans:
        return []
    begun, workdays = _begun(plans), calendar(month.start_year - 2, month.end_year + 2)
    found = []
    for plan in plans:
        for period in periods(plan.frequency, month.first - BACK, month.last + 1):
            line = _line(plan, period, begun.get((plan.pk, period.code)), now, workdays)
            if line and line.due and _month_of(line.due) == month.first:
                found.append(line)
    return sorted(found, key=lambda line: (line.due or now, line.plan.name))


def _begun(plans: Sequence[ReportPlan]) -> dict[tuple[int, str], Report]:
    rows = Report.objects.filter(plan__in=[plan.pk for plan in plans]).exclude(state=State.DROPPED)
    return {(report.plan_id or 0, report.period): report for report in rows.select_related("place", "plan")}


def _line(plan: ReportPlan, period: Period, report: Report | None, now: datetime, workdays: Calendar) -> DueLine | None:
    """None where the plan owes nothing for the period: before it began, or after it ended."""
    day = report.due if report else due_of(plan, period, workdays)
    if report is None and (day is None or not _owed(plan, day)):
        return None
    shape, word = _state(report, day, now)
    when = day_told(day, now) if day else _("không có hạn")
    return DueLine(plan, period, day, report, shape, word, when, time_left(day, now, workdays) if day else "")


def day_told(moment: datetime, now: datetime) -> str:
    """ "Thứ Ba, 22/12"; with its year where that is not this one."""
    day = timezone.localdate(moment)
    told = short_day(day) if day.year == timezone.localdate(now).year else long_day(day)
    return words.capital(told)


def _owed(plan: ReportPlan, due: datetime) -> bool:
    day = timezone.localdate(due)
    return plan.since <= day and (plan.until is None or day < plan.until)


def _state(report: Report | None, due: datetime | None, now: datetime) -> tuple[str, str]:
    if report is not None:
        shape, word = state_of(report, now)
        close = due is not None and now <= due < now + SOON and report.state == State.DRAFT
        return ("doubt", word) if close else (shape, word)
    if due is not None and due < now:
        return "bad", _("Quá hạn, chưa soạn")
    if due is not None and due - now < SOON:
        return "doubt", _("Sắp hạn, chưa soạn")
    return "wait", _("Chưa soạn")


def _month_of(moment: datetime) -> int:
    day = timezone.localdate(moment)
    return day.year * 12 + day.month - 1


# In the month of the office.


def due_soon(user: User | AnonymousUser, now: datetime, most: int = 5) -> list[DueLine]:
    """The next few reports to issue, late ones first."""
    return due_lines(user, now)[:most]


def rows(user: User, month: Period, now: datetime) -> list[AgendaRow]:
    """Reports that fall due in a month, as a source of its agenda; they stand among what the office sends."""
    return [_row(line) for line in due_in(user, month, now)]


def deadlines(user: User, now: datetime) -> list[Deadline]:
    """Reports to issue, as the calendar feed of tasks tells them: those that the user's rights open at its fetching."""
    return [
        Deadline(
            uid=f"{line.plan.uuid}-{line.period.code.replace('/', '-')}@bamsat", day=timezone.localdate(line.due),
            title=line.title, path=line.address or reverse("reports:list"), changed_at=line.plan.created_at,
        )
        for line in due_lines(user, now)
        if line.due
    ]  # fmt: skip


def _row(line: DueLine) -> AgendaRow:
    asked = urlencode({"ke-hoach": str(line.plan.uuid), "ky": line.period.code})
    href = line.address or f"{reverse('reports:list')}?{asked}#den-han"
    return AgendaRow(
        due=line.due, what=line.title, sub=line.plan.place.label, owner=_owner(line), shape=line.shape, word=line.word,
        action=Action(_("Xem") if line.is_issued else _("Mở") if line.report else _("Soạn"), href), href=href,
        group=DONE if line.is_issued else OUT, done_note=_("đã ban hành"), rank=9000,
    )  # fmt: skip


def _owner(line: DueLine) -> str:
    return next(iter(_to(line.plan.audience.splitlines())), "")


def _to(audience: Iterable[str]) -> Iterable[str]:
    """Whom a plan names, but for the copy that stays in the office."""
    return (one.rstrip(";. ") for one in audience if not one.startswith("Lưu"))
