# SPDX-License-Identifier: Apache-2.0
"""A draft beside the report that was issued last: which numbers differ, and what the ledger knows of the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from bamsat.core.report.differences import Difference, Entered, difference_paragraph, differences, summary
from bamsat.core.report.outline import Paragraph
from bamsat.core.report.wording import Setting, period_words
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator, Provider
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.queries import visible_entries
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.models import Issue, Origin, Report, Version
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference as a row of the page."""

    name: str
    period: str
    before: str
    now: str
    why: str
    by: str
    shape: str
    entry: str  # of the new number, or of the old one where it is gone


@dataclass(frozen=True, slots=True)
class Compared:
    """A draft and the report issued before it."""

    before: Report
    issue: Issue | None
    found: tuple[Difference, ...]
    hidden: int  # numbers that this user may not see
    sentence: str
    rows: tuple[Shown, ...]

    def __len__(self) -> int:
        return len(self.found)

    def __bool__(self) -> bool:
        return True  # that nothing differs is worth a sentence too


def issued_before(report: Report) -> Issue | None:
    """The report of the same kind, place and field that was issued last, of an earlier period."""
    rows = Issue.objects.filter(
        report__place=report.place_id, report__kind=report.kind, report__field=report.field_id,
        report__last_month__lte=report.last_month,
    )  # fmt: skip
    rows = rows.exclude(report=report.pk).select_related("report", "report__place", "version")
    return rows.order_by("-report__last_month", "-issued_on", "-pk").first()


def differences_for(user: User | AnonymousUser, report: Report, version: Version | None = None) -> Compared | None:
    """What the last version of a report says otherwise than the one issued before it; None where there is no such
    report that the user may open, or nothing is written yet. Numbers whose entries the user may not see are counted
    and not shown."""
    last = version or report.versions.exclude(origin=Origin.SIGNED).order_by("-pk").first()
    issue = issued_before(report)
    if last is None or issue is None or not rights.seen_reports(user).filter(pk=issue.report_id).exists():
        return None
    return compared(
        user, last.numbers, issue.version.numbers, issue.report, issue, issue.report.period == report.period
    )


def compared(
    user: User | AnonymousUser, now: list[dict[str, Any]], before: list[dict[str, Any]], of: Report,
    issue: Issue | None = None, same_period: bool = False,
) -> Compared:  # fmt: skip
    """Two lists of numbers, the later first, with the reasons that the ledger gives."""
    asked = visible_entries(user).filter(uuid__in=_entries((*now, *before)))
    seen = {str(uuid) for uuid in asked.values_list("uuid", flat=True)}
    shown_now, shown_before = _shown(now, seen), _shown(before, seen)
    known = entered(_entries((*shown_now, *shown_before)))
    found = differences(shown_now, shown_before, known, same_period=same_period)
    hidden = len(now) - len(shown_now)
    vi, en = summary(found, _called(of), f"the report of {words.period(of.period)}")
    names = {each.code: each for each in Indicator.objects.filter(code__in={one.number.indicator for one in found})}
    english = words.language() == "en"
    rows = tuple(_row(each, names, english) for each in found)
    return Compared(of, issue, found, hidden, en if english else vi, rows)


def paragraph_for(compared_: Compared, period: Period, area: str) -> Paragraph | None:
    """The paragraph by which a report says officially what was adjusted; None where nothing was."""
    codes = {one.number.indicator for one in compared_.found}
    names = dict(Indicator.objects.filter(code__in=codes).values_list("code", "name_vi"))
    return difference_paragraph(compared_.found, _called(compared_.before), names, Setting(period, area))


def _called(report: Report) -> str:
    return f"báo cáo {period_words(report.span)}"


def _entries(numbers: Iterable[dict[str, Any]]) -> set[str]:
    return {str(entry) for number in numbers for entry in number.get("entries", ())}


def _shown(numbers: list[dict[str, Any]], seen: set[str]) -> list[dict[str, Any]]:
    """The numbers that come from entries that the user may see."""
    return [number for number in numbers if {str(entry) for entry in number.get("entries", ())} <= seen]


def entered(uuids: Iterable[str]) -> dict[str, Entered]:
    """What the ledger knows of these entries: what stands in their place, who said so and why."""
    rows = Entry.objects.filter(uuid__in=set(uuids)).select_related(
        "series__place", "replaced_by__by", "withdrawal__by"
    )
    sources = dict(Provider.objects.values_list("code", "name_vi"))
    return {str(row.uuid): _entered(row, sources) for row in rows}


def _entered(row: Entry, sources: dict[str, str]) -> Entered:
    withdrawal = row.withdrawal if row.withdrawn else None
    replaced = getattr(row, "replaced_by", None)
    told = Entered(
        row.period, row.kind, row.vintage, sources.get(row.series.provider, row.series.provider), row.series.place.label
    )
    if withdrawal is not None:
        return _told_of(told, withdrawal, withdrawal.at, withdrawn=True)
    if replaced is not None:
        return _told_of(told, replaced, replaced.recorded_at, replaced_by=str(replaced.uuid))
    return told


def _told_of(told: Entered, act: Any, at: Any, **changes: Any) -> Entered:
    return replace(told, reason=act.reason, by=str(act.by), on=timezone.localdate(at), **changes)


_SHAPES = {"actual": "good", "released": "good", "exact": "good", "withdrawn": "bad", "unknown": "doubt"}


def _row(each: Difference, names: dict[str, Indicator], english: bool) -> Shown:
    number = each.number
    indicator = names.get(number.indicator)
    name = indicator.name if indicator else number.indicator
    told = [name, number.segment, words.measure(number.measure) if number.measure != "level" else ""]
    entry = next(iter(number.entries), "")
    return Shown(
        ", ".join(part for part in told if part), words.period(number.period), each.before.text if each.before else "",
        each.now.text if each.now else "", each.reason(english), each.by, _SHAPES.get(each.why, "half"), entry,
    )  # fmt: skip
