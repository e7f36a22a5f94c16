# SPDX-License-Identifier: Apache-2.0
"""Every change of the ledger, named, atomic and signed: accept, reject, reopen, replace, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as altered
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from bamsat.core.read.doubts import in_english
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure, State
from bamsat.rooms.documents.queries import may_judge
from bamsat.rooms.figures import ledger
from bamsat.rooms.figures.corrections import correct, typed_number
from bamsat.rooms.figures.drafts import Desk
from bamsat.rooms.figures.ledger import Draft, Lines
from bamsat.rooms.figures.models import Confirmation, Entry, Latest, Series, Withdrawal
from bamsat.rooms.figures.scopes import may_write
from bamsat.rooms.places.queries import NotAllowed

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

__all__ = ["Accepted", "Left", "accept", "accept_all", "correct", "reject", "reopen", "replace", "withdraw"]


class Refused(BamsatError):
    """The ledger does not do this now; the sentence says what to do instead."""


@dataclass(frozen=True, slots=True)
class Left:
    """A figure that accept_all left, and why."""

    figure: ReadFigure
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accept_all did."""

    entries: tuple[Entry, ...]
    left: tuple[Left, ...]

    @property
    def count(self) -> int:
        return len(self.entries)


# Accepting.


@transaction.atomic
def accept(user: User, read_figure: ReadFigure) -> Entry:
    """Take a figure into the ledger; the entry that it already has, if it was accepted before.

    Where another document has said the same number, or a finer one, the figure confirms that entry. Where it says a
    different or a finer one, the new entry replaces the old, with the document named as the reason.
    """
    figure = _held(user, read_figure)
    if figure.state == FigureState.ACCEPTED and (known := entry_of(figure)):
        return known
    if figure.state == FigureState.REJECTED:
        raise Refused(
            vi="Số này đã đánh dấu không phải số liệu. Hãy mở lại rồi mới nhận.",
            en="This was marked as not a figure. Reopen it before accepting.",
        )
    desk = Desk(user, figure.document)
    desk.know_indicators({figure.indicator})
    draft = desk.draft(figure)
    series = ledger.interned([draft])
    lines = Lines(series.values(), [draft.period.code])
    entry = _take(draft, series[draft.series_key], lines, user)
    lines.close()
    _mark(read_figure, figure, FigureState.ACCEPTED)
    audit.record(
        user, "figures.entry.accepted", entry, entry.reason, figure=str(figure.uuid), corrected=figure.corrected
    )
    return entry


@transaction.atomic
def accept_all(user: User, document: Document, include_doubtful: bool = False) -> Accepted:
    """Take every figure of a document that raises no question; the rest stays, each with its reason.

    Left are doubtful figures (unless asked for), those that lack a place or period, those of places that the user
    may not write for, and those that contradict what the ledger says from elsewhere: these want a look each.
    """
    _judge(user, document)
    figures = list(
        ReadFigure.objects.select_for_update()
        .filter(document=document, state__in=(FigureState.WAITING, FigureState.DOUBT, FigureState.EDITING))
        .order_by("ordinal")
    )
    left: list[Left] = []
    drafts = _drafts(Desk(user, document), figures, left, include_doubtful)
    series = ledger.interned([draft for _, draft in drafts])
    lines = Lines(series.values(), {draft.period.code for _, draft in drafts})
    entries, done = [], []
    for figure, draft in drafts:
        try:
            entries.append(_take_unless_contradicting(draft, series[draft.series_key], lines, user))
        except BamsatError as trouble:
            left.append(Left(figure, trouble.vi, trouble.en))
        else:
            done.append(figure.pk)
    lines.close()
    ReadFigure.objects.filter(pk__in=done).update(state=FigureState.ACCEPTED)
    if entries:
        uuids = [str(entry.uuid) for entry in entries]
        audit.record(user, "figures.entries.accepted", document, entries=uuids, count=len(done), left=len(left))
    left.sort(key=lambda each: each.figure.ordinal)
    return Accepted(tuple(entries), tuple(left))


def _drafts(
    desk: Desk, figures: list[ReadFigure], left: list[Left], include_doubtful: bool
) -> list[tuple[ReadFigure, Draft]]:
    desk.know_indicators({figure.indicator for figure in figures})
    drafts = []
    for figure in figures:
        if figure.state == FigureState.DOUBT and not include_doubtful:
            left.append(Left(figure, f"Cần xem lại: {figure.doubt}", f"To be looked at: {in_english(figure.doubt)}"))
            continue
        if figure.state == FigureState.EDITING:
            left.append(Left(figure, "Đang sửa dở.", "Being corrected."))
            continue
        try:
            drafts.append((figure, desk.draft(figure)))
        except BamsatError as trouble:
            left.append(Left(figure, trouble.vi, trouble.en))
    return drafts


def _take_unless_contradicting(draft: Draft, series: Series, lines: Lines, user: User) -> Entry:
    standing = lines.standing(ledger.draft_key(draft, series))
    if standing and ledger.contradicts(draft, series, standing):
        said = standing.source.number if standing.source else str(standing.amount)
        raise Refused(
            vi=f"Sổ đang có số khác cho cùng chỉ tiêu và kỳ này: “{said}”. Hãy xem từng số; bấm Nhận để thay số cũ.",
            en=f"The ledger has another number for this indicator and period: “{said}”. Look at it; "
            "Accept replaces it.",
        )
    return _take(draft, series, lines, user)


def _take(draft: Draft, series: Series, lines: Lines, user: User) -> Entry:
    standing = lines.standing(ledger.draft_key(draft, series))
    figure = draft.source
    if standing and figure and ledger.says_no_more(draft, series, standing):
        if standing.source_id != figure.pk:
            lines.confirm(standing, figure, user)
        return standing
    return lines.add(draft, series, user, _because(figure.document) if standing and figure else "")


def _because(document: Document) -> str:
    return f"Theo văn bản “{document}”"


# Setting aside and taking up again.


@transaction.atomic
def reject(user: User, read_figure: ReadFigure, reason: str = "") -> ReadFigure:
    """Mark that this is not a figure; it stays in the document, and can be reopened."""
    figure = _held(user, read_figure)
    if figure.state == FigureState.ACCEPTED:
        raise _in_the_ledger()
    if figure.state != FigureState.REJECTED:
        read_figure.rejected_because = figure.rejected_because = reason.strip()
        _mark(read_figure, figure, FigureState.REJECTED)
        audit.record(user, "figures.figure.rejected", figure, reason)
    return read_figure


@transaction.atomic
def reopen(user: User, read_figure: ReadFigure) -> ReadFigure:
    """Take up a rejected figure again."""
    figure = _held(user, read_figure)
    if figure.state == FigureState.ACCEPTED and entry_of(figure):
        raise _in_the_ledger()
    if figure.state in (FigureState.REJECTED, FigureState.ACCEPTED):
        read_figure.rejected_because = figure.rejected_because = ""
        _mark(read_figure, figure, FigureState.DOUBT if figure.doubt else FigureState.WAITING)
        audit.record(user, "figures.figure.reopened", figure)
    return read_figure


def _in_the_ledger() -> Refused:
    return Refused(
        vi="Số này đã vào sổ. Hãy rút bút toán (có lý do) rồi sửa hoặc bỏ.",
        en="This figure is in the ledger. Withdraw its entry, with a reason, and then correct or reject it.",
    )


# Replacing and withdrawing.


@transaction.atomic
def replace(user: User, entry: Entry, value: str | Decimal, reason: str, *, unit: str = "", hedge: str = "") -> Entry:
    """Put another value in the place of an entry that stands; both stay, and the reason with them.

    `value` is a Decimal in base units, or as people type it ("5.310" with unit "tỷ đồng", or "5.310 tỷ đồng").
    """
    _may_change(user, entry)
    reason = _reason(reason)
    ledger.hold([entry.series])
    if not Latest.objects.filter(entry=entry).exists():
        raise Refused(
            vi="Bút toán này đã được thay hoặc đã rút. Hãy mở số đang dùng rồi thay số đó.",
            en="This entry has been replaced or withdrawn. Open the one that stands now and replace that.",
        )
    number = typed_number(value, unit or "", entry.series.unit, hedge)
    lines = Lines([entry.series], [entry.period])
    draft = altered(_draft_of(entry), value=number.value, value_high=None, lower=number.lower, upper=number.upper,
                    hedge=hedge, source=None)  # fmt: skip
    new = lines.add(draft, entry.series, user, reason)
    lines.close()
    audit.record(user, "figures.entry.replaced", new, reason, replaces=str(entry.uuid))
    return new


@transaction.atomic
def withdraw(user: User, entry: Entry, reason: str) -> Withdrawal:
    """Take an entry back; it stays readable, the one before it stands again, and its figure waits for a new look."""
    _may_change(user, entry)
    reason = _reason(reason)
    ledger.hold([entry.series])
    known = Withdrawal.objects.filter(entry=entry).first()
    if known:
        return known
    withdrawal = Withdrawal.objects.create(entry=entry, by=user, reason=reason)
    before = ledger.stand_after_withdrawal(entry)
    sources = Confirmation.objects.filter(entry=entry).values_list("source_id", flat=True)
    ReadFigure.objects.filter(pk__in=[*sources, entry.source_id], state=FigureState.ACCEPTED).update(
        state=FigureState.WAITING
    )
    audit.record(user, "figures.entry.withdrawn", entry, reason, stands_again=str(before.uuid) if before else None)
    return withdrawal


def _draft_of(entry: Entry) -> Draft:
    series = entry.series
    return Draft(
        indicator=series.indicator, place=series.place, segment=series.segment, measure=series.measure,
        unit=series.unit, price_basis=series.price_basis, period=Period(entry.first_month, entry.last_month),
        base=entry.base, kind=entry.kind, vintage=entry.vintage, value=entry.amount, value_high=entry.amount_high,
        of=entry.amount_of, lower=entry.low, upper=entry.high, hedge=entry.hedge, source=entry.source,
        provider=series.provider, plan=entry.plan,
    )  # fmt: skip


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused(
            vi="Hãy ghi lý do: người xem sau cần biết vì sao số thay đổi.",
            en="Give the reason: whoever looks later needs to know why the number changed.",
        )
    return text.strip()


def _may_change(user: User, entry: Entry) -> None:
    if not may_write(user, entry.series.place, entry.series.indicator):
        raise NotAllowed(
            vi=f"Anh/chị không có quyền sửa sổ của {entry.series.place}.",
            en=f"You may not change the ledger of {entry.series.place}.",
        )


# What several of these need.


def entry_of(figure: ReadFigure) -> Entry | None:
    """The entry that an accepted figure made or confirmed, unless it was withdrawn."""
    made = Entry.objects.filter(source=figure, withdrawal=None).order_by("-pk").first()
    return made or Entry.objects.filter(confirmations__source=figure, withdrawal=None).order_by("-pk").first()


def _held(user: User, read_figure: ReadFigure) -> ReadFigure:
    """The figure as it is now, locked, after asking for the right to judge it."""
    figure = ReadFigure.objects.select_for_update(of=("self",)).select_related("document").get(pk=read_figure.pk)
    _judge(user, figure.document)
    return figure


def _judge(user: User, document: Document) -> None:
    if not may_judge(user, document):
        raise NotAllowed(
            vi="Anh/chị không có quyền nhận số của văn bản này. "
            "Chuyên viên hoặc lãnh đạo của nơi giữ văn bản mới nhận được.",
            en="You may not accept figures of this document; a specialist or head of the office that holds it may.",
        )
    if document.state != State.READ:
        raise Refused(vi="Văn bản chưa đọc xong.", en="The document has not been read yet.")


def _mark(shown: ReadFigure, held: ReadFigure, state: FigureState) -> None:
    shown.state = held.state = state
    held.save(update_fields=["state", "rejected_because"])
