# SPDX-License-Identifier: Apache-2.0
"""Every change of the ledger, named, atomic and signed: accept, reject, reopen, replace, withdraw; and, in
`actions_approval`, what is done with figures that were checked."""

from __future__ import annotations

from dataclasses import replace as altered
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure
from bamsat.rooms.figures import ledger
from bamsat.rooms.figures.acceptance import (
    Accepted,
    Left,
    Refused,
    ask_to_judge,
    entry_of,
    held,
    mark_checked,
    mark_taken,
    not_approver,
    saved,
    take_each,
    take_one,
    told,
    trial,
    unmark_checked,
    wanting_a_look,
)
from bamsat.rooms.figures.actions_approval import approve, approve_all, into_the_ledger, send_back, uncheck
from bamsat.rooms.figures.corrections import correct, typed_number
from bamsat.rooms.figures.drafts import Desk
from bamsat.rooms.figures.ledger import Draft, Lines
from bamsat.rooms.figures.ledger_tasks import check_entries_later
from bamsat.rooms.figures.models import Confirmation, Entry, Latest, Withdrawal
from bamsat.rooms.figures.rechecking import recheck, recheck_sources
from bamsat.rooms.figures.scopes import may_approve
from bamsat.rooms.findings.queries import open_errors

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

__all__ = [
    "Accepted", "Left", "Refused", "accept", "accept_all", "approve", "approve_all", "correct", "entry_of", "reject",
    "reopen", "replace", "send_back", "uncheck", "withdraw",
]  # fmt: skip


# Accepting.


@transaction.atomic
def accept(user: User, read_figure: ReadFigure) -> Entry | None:
    """Take a figure into the ledger; the entry that it already has, if it was accepted before.

    Who may not approve at the figure's place checks it instead: nothing is written to the ledger, the figure waits for
    approval, and there is no entry yet. All that acceptance asks is asked all the same.

    Where another document has said the same number, or a finer one, the figure confirms that entry. Where it says a
    different or a finer one, the new entry replaces the old, with the document named as the reason.
    """
    figure = held(user, read_figure)
    if figure.state == FigureState.ACCEPTED and (known := entry_of(figure)):
        return known
    if figure.state == FigureState.REJECTED:
        raise Refused(
            vi="Số này đã đánh dấu không phải số liệu. Hãy mở lại rồi mới nhận.",
            en="This was marked as not a figure. Reopen it before accepting.",
        )
    desk = Desk(user, figure.document)
    desk.know_indicators({figure.indicator})
    if desk.approves(figure):
        entry = into_the_ledger(user, read_figure, figure, desk)
        recheck(figure.document, user)
        check_entries_later([entry])
        return entry
    if figure.state != FigureState.CHECKED:
        _check(user, read_figure, figure, desk)
    return None


def _check(user: User, read_figure: ReadFigure, figure: ReadFigure, desk: Desk) -> None:
    with trial():
        draft = take_one(user, figure, desk)[1]
    mark_checked(user, figure, draft.place)
    saved(read_figure, figure)
    audit.record(user, "figures.figure.checked", figure, corrected=figure.corrected)
    recheck(figure.document, user)


@transaction.atomic
def accept_all(user: User, document: Document, include_doubtful: bool = False) -> Accepted:
    """Take every figure of a document that raises no question; the rest stays, each with its reason.

    Left are doubtful figures (unless asked for), those that lack a place or period, those of places that the user
    may not write for, those that were returned, those that cannot all be true, and those that contradict what the
    ledger says from elsewhere: these want a look each. What the user may not approve is checked, and waits for
    approval.
    """
    ask_to_judge(user, document)
    waits = (FigureState.WAITING, FigureState.DOUBT, FigureState.EDITING, FigureState.RETURNED)
    rows = ReadFigure.objects.select_for_update().filter(document=document, state__in=waits).order_by("ordinal")
    left: list[Left] = []
    mine: list[ReadFigure] = []
    others: list[ReadFigure] = []
    desk = Desk(user, document)
    figures = list(rows)
    desk.know_indicators({figure.indicator for figure in figures})
    errors = open_errors(user, document)
    for figure in figures:
        if why := wanting_a_look(figure, include_doubtful, errors.get(figure.pk)):
            left.append(why)
        else:
            (mine if desk.approves(figure) else others).append(figure)
    entries = _take_all(user, document, desk, mine, left)
    checked = _check_all(user, document, desk, others, left)
    if entries or checked:
        recheck(document, user)
    check_entries_later(entries)
    left.sort(key=lambda each: each.figure.ordinal)
    return Accepted(tuple(entries), tuple(left), tuple(checked))


def _take_all(user: User, document: Document, desk: Desk, figures: list[ReadFigure], left: list[Left]) -> list[Entry]:
    done = take_each(user, desk, figures, left) if figures else []
    mark_taken(figure for figure, _, _ in done)
    entries = [entry for _, _, entry in done]
    if entries:
        uuids = [str(entry.uuid) for entry in entries]
        audit.record(
            user, "figures.entries.accepted", document, entries=uuids, count=len(done), left=len(left),
            **told(user, [draft for _, draft, _ in done]),
        )  # fmt: skip
    return entries


def _check_all(
    user: User, document: Document, desk: Desk, figures: list[ReadFigure], left: list[Left]
) -> list[ReadFigure]:
    if not figures:
        return []
    with trial():
        done = take_each(user, desk, figures, left)
    for figure, draft, _ in done:
        mark_checked(user, figure, draft.place)
    checked = [figure for figure, _, _ in done]
    ReadFigure.objects.bulk_update(checked, ["state", "checked_by", "checked_at", "checked_place"], batch_size=200)
    if checked:
        uuids = [str(figure.uuid) for figure in checked]
        audit.record(user, "figures.figures.checked", document, figures=uuids, count=len(checked), left=len(left))
    return checked


# Setting aside and taking up again.


@transaction.atomic
def reject(user: User, read_figure: ReadFigure, reason: str = "") -> ReadFigure:
    """Mark that this is not a figure; it stays in the document, and can be reopened."""
    figure = held(user, read_figure)
    if figure.state == FigureState.ACCEPTED:
        raise _in_the_ledger()
    if figure.state != FigureState.REJECTED:
        figure.rejected_because, figure.state = reason.strip(), FigureState.REJECTED
        unmark_checked(figure)
        saved(read_figure, figure)
        audit.record(user, "figures.figure.rejected", figure, reason)
        recheck(figure.document, user)
    return read_figure


@transaction.atomic
def reopen(user: User, read_figure: ReadFigure) -> ReadFigure:
    """Take up a rejected figure again."""
    figure = held(user, read_figure)
    if figure.state == FigureState.ACCEPTED and entry_of(figure):
        raise _in_the_ledger()
    if figure.state in (FigureState.REJECTED, FigureState.ACCEPTED):
        figure.rejected_because = ""
        figure.state = FigureState.DOUBT if figure.doubt else FigureState.WAITING
        saved(read_figure, figure)
        audit.record(user, "figures.figure.reopened", figure)
        recheck(figure.document, user)
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
    audit.record(user, "figures.entry.replaced", new, reason, replaces=str(entry.uuid), **told(user, [draft]))
    recheck_sources(entry, user)
    check_entries_later([new])
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
        state=FigureState.WAITING, checked_by=None, checked_at=None, checked_place=None
    )
    audit.record(
        user, "figures.entry.withdrawn", entry, reason, stands_again=str(before.uuid) if before else None,
        **told(user, [_draft_of(entry)]),
    )  # fmt: skip
    recheck_sources(entry, user)
    check_entries_later([entry])
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
    """An approved number is changed by those alone who could have approved it."""
    if not may_approve(user, entry.series.place, entry.series.indicator):
        raise not_approver(entry.series.place)
