# SPDX-License-Identifier: Apache-2.0
"""A report of a place and period: from the approved figures of the ledger to an outline that any writer can write."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from bamsat.core.report.outline import Appendix, Paragraph, Report, Words, told_in
from bamsat.core.report.wording import period_words
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.figures.ground import end_of
from bamsat.rooms.places.queries import called_on, scope
from bamsat.rooms.places.rights import remembering
from bamsat.rooms.reports.content.asked import Asked, Composed, NothingToTell, ReportRefused, numbers_of, whole_ledger
from bamsat.rooms.reports.content.chosen import chosen, codes_of, members_of
from bamsat.rooms.reports.content.frame import around, frame_of, words_of
from bamsat.rooms.reports.content.kinds import Kind, kind_coded
from bamsat.rooms.reports.content.lacking import contradictions, unsent
from bamsat.rooms.reports.content.ledger import ledger_of
from bamsat.rooms.reports.content.ordering import numbered, roman, without_lacking
from bamsat.rooms.reports.content.quoted import Quoted
from bamsat.rooms.reports.content.sections import Writer
from bamsat.rooms.reports.content.tellers import teller_of


def compose(user: User | AnonymousUser | None, asked: Asked) -> Composed:
    """The report as this user may see its figures; nobody is who runs a command on the machine itself.

    ReportRefused where the kind does not fit the period, or the ledger has nothing to tell; Place.DoesNotExist where
    the user may not see the place.
    """
    reader = whole_ledger() if user is None else user
    kind = kind_coded(asked.kind)
    if not kind.fits(asked.period):
        raise _unfit(kind, asked.period)
    if kind.asks_for_field and asked.field is None:
        raise ReportRefused(
            vi=f"“{kind.name_vi}” viết về một bộ chỉ tiêu. Hãy chọn bộ chỉ tiêu.",
            en=f"A “{kind.name_en}” is about an indicator set. Choose one.",
        )
    with remembering(reader), override("vi"):
        place = scope(reader).get(pk=asked.place.pk)
        called_on([place], end_of(asked.period))
        return _composed(reader, kind, replace(asked, place=place))


def _composed(user: User | AnonymousUser, kind: Kind, asked: Asked) -> Composed:
    after = period_after(asked.period)
    members = members_of(kind, asked.field)
    ledger = ledger_of(user, asked.place, asked.period, after, codes_of(kind, members, asked.field), asked.known)
    told = chosen(kind, ledger.held, members, asked.field)
    writer = Writer(
        user=user, asked=asked, kind=kind, teller=teller_of(ledger), members=members, told=told, after=after,
        quoted=Quoted(user, asked, after), says=words_of(asked, after),
    )  # fmt: skip
    blocks = numbered([writer.part(section) for section in kind.sections])
    appendices = tuple(
        Appendix(writer.filled(one.title), (table,), landscape=one.landscape, prepared="NGƯỜI LẬP BIỂU",
                 headed="THỦ TRƯỞNG ĐƠN VỊ")
        for one in kind.appendices
        if (table := writer.appendix(one))
    )  # fmt: skip
    if len(appendices) > 1:
        appendices = tuple(replace(one, number=roman(at)) for at, one in enumerate(appendices, start=1))
    report = Report(
        frame=frame_of(kind, asked, after), blocks=tuple(blocks), appendices=appendices,
        title=f"{kind.name_vi}: {asked.place.name}, {period_words(asked.period)}", attributes=_attributes(asked),
    )  # fmt: skip
    if not any(one.entries for one in told_in(report.all_blocks())):
        raise _nothing(asked)
    entries = {entry for one in told_in(report.all_blocks()) for entry in one.entries}
    lacking = (*writer.lacking, *contradictions(user, entries), *unsent(user, asked))
    made = report if asked.draft else without_lacking(report)
    opening, closing = around(kind, asked, after, report.frame)
    made = replace(made, blocks=(*_line(opening), *made.blocks, *_line(closing)))
    return Composed(made, tuple(dict.fromkeys(lacking)), numbers_of(report))


def _line(words: str) -> tuple[Paragraph, ...]:
    return (Paragraph((Words(words),)),) if words else ()


def period_after(period: Period) -> Period:
    """What a report looks ahead to: the period of the same length behind it; behind nine months the last quarter."""
    within = period.start_year == period.end_year
    rest = (period.end_year + 1) * 12 - 1 - period.last
    length = min(period.length, rest) if within and rest else period.length
    return Period(period.last + 1, period.last + length)


def _attributes(asked: Asked) -> dict[str, str]:
    told = {"kind": asked.kind, "place": asked.place.slug, "period": asked.period.code}
    if asked.field is not None:
        told["field"] = asked.field.code
    if asked.known is not None:
        told["known"] = asked.known.isoformat()
    return told


def _unfit(kind: Kind, period: Period) -> ReportRefused:
    return ReportRefused(
        vi=f"“{kind.name_vi}” không viết cho kỳ {period.code}. {_FITTING[kind.frequency][0]}",
        en=f"A “{kind.name_en}” is not written for the period {period.code}. {_FITTING[kind.frequency][1]}",
    )


_FITTING = {
    "month": ("Hãy chọn một tháng, ví dụ 2026-10.", "Choose a month, for example 2026-10."),
    "quarter": ("Hãy chọn một quý, ví dụ 2026-Q3.", "Choose a quarter, for example 2026-Q3."),
    "half": ("Hãy chọn 6 tháng, ví dụ 2026-01/2026-06.", "Choose half a year, for example 2026-01/2026-06."),
    "nine_months": ("Hãy chọn 9 tháng đầu năm, ví dụ 2026-01/2026-09.", "Choose nine months: 2026-01/2026-09."),
    "year": ("Hãy chọn một năm, ví dụ 2026.", "Choose a year, for example 2026."),
    "five_years": ("Hãy chọn 5 năm, ví dụ 2021/2025.", "Choose five years, for example 2021/2025."),
}


def _nothing(asked: Asked) -> NothingToTell:
    name, period = asked.place.name, period_words(asked.period)
    return NothingToTell(
        vi=f"Sổ số liệu chưa có số đã duyệt nào của {name} {period} cho báo cáo này. Hãy duyệt số trước.",
        en=f"The ledger has no approved figure of {name} for {asked.period.code} that this report tells. "
        "Approve figures first.",
    )
