# SPDX-License-Identifier: Apache-2.0
"""What is done with figures that were checked: approve them into the ledger, send them back, take them back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from bamsat.rooms.accounts import audit
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure
from bamsat.rooms.figures.acceptance import (
    Accepted,
    Left,
    Refused,
    ask_to_judge,
    entry_of,
    held,
    mark_taken,
    not_approver,
    saved,
    take_each,
    take_one,
    told,
    unmark_checked,
)
from bamsat.rooms.figures.drafts import Desk
from bamsat.rooms.figures.ledger_tasks import check_entries_later
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.rechecking import recheck
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, holds

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

CHANGED = (
    "Số này vừa được kiểm tra lại sau khi anh/chị mở trang. Hãy xem số mới rồi duyệt.",
    "This figure was checked again after the page was opened. Look at it as it is now, and then approve it.",
)


@transaction.atomic
def approve(user: User, read_figure: ReadFigure, seen: datetime | None = None) -> Entry:
    """Take a checked figure into the ledger; the entry that it has, if it was approved before.

    With `seen`, when the figure was checked that the approver looked at: one that was corrected and checked again
    since then is not approved unseen.
    """
    figure = held(user, read_figure)
    if figure.state == FigureState.ACCEPTED and (known := entry_of(figure)):
        return known
    desk = _desk(user, figure)
    if seen and figure.checked_at and figure.checked_at > seen:
        raise Refused(vi=CHANGED[0], en=CHANGED[1])
    entry = into_the_ledger(user, read_figure, figure, desk)
    recheck(figure.document, user)
    check_entries_later([entry])
    return entry


def into_the_ledger(user: User, read_figure: ReadFigure, figure: ReadFigure, desk: Desk) -> Entry:
    """The entry of a held figure by a user who may approve it; the trail names who checked it, if somebody did."""
    entry, draft = take_one(user, figure, desk)
    checked, figure.state = figure.state == FigureState.CHECKED, FigureState.ACCEPTED
    figure.checked_place = None
    saved(read_figure, figure)
    who = {"checked_by": figure.checked_by.username} if checked and figure.checked_by else {}
    audit.record(
        user, "figures.entry.approved" if checked else "figures.entry.accepted", entry, entry.reason,
        figure=str(figure.uuid), corrected=figure.corrected, **who, **told(user, [draft]),
    )  # fmt: skip
    return entry


@transaction.atomic
def approve_all(user: User, document: Document, seen: datetime | None = None) -> Accepted:
    """Take every checked figure of a document that the user may approve and that contradicts nothing in the ledger;
    the rest keeps waiting, each with its reason; so does, with `seen`, what was checked after that moment."""
    ask_to_judge(user, document)
    rows = ReadFigure.objects.select_for_update(of=("self",)).filter(document=document, state=FigureState.CHECKED)
    figures = list(rows.select_related("checked_by").order_by("ordinal"))
    desk = Desk(user, document)
    desk.know_indicators({figure.indicator for figure in figures})
    mine = [figure for figure in figures if desk.approves(figure)]
    if not mine and (figures or not holds(user, Function.APPROVE)):
        raise not_approver(document.office)
    left = [_left_to_others(figure) for figure in figures if figure not in mine]
    unseen = [figure for figure in mine if seen and figure.checked_at and figure.checked_at > seen]
    left += [Left(figure, *CHANGED) for figure in unseen]
    done = take_each(user, desk, [figure for figure in mine if figure not in unseen], left)
    mark_taken(figure for figure, _, _ in done)
    if done:
        audit.record(
            user, "figures.entries.approved", document, entries=[str(entry.uuid) for _, _, entry in done],
            count=len(done), left=len(left), checked_by=_checkers([figure for figure, _, _ in done]),
            **told(user, [draft for _, draft, _ in done]),
        )  # fmt: skip
        recheck(document, user)
        check_entries_later([entry for _, _, entry in done])
    left.sort(key=lambda each: each.figure.ordinal)
    return Accepted(tuple(entry for _, _, entry in done), tuple(left))


def _left_to_others(figure: ReadFigure) -> Left:
    other = not_approver(figure.checked_place)
    return Left(figure, other.vi, other.en)


def _checkers(figures: list[ReadFigure]) -> str:
    return ", ".join(sorted({figure.checked_by.username for figure in figures if figure.checked_by}))


@transaction.atomic
def send_back(user: User, read_figure: ReadFigure, remark: str) -> ReadFigure:
    """Return a checked figure to those who read the document, with what is to be mended."""
    figure = held(user, read_figure)
    _desk(user, figure)
    remark = remark.replace("\0", "").strip()
    if not remark:
        raise Refused(
            vi="Hãy ghi vì sao trả lại: người kiểm tra cần biết phải sửa gì.",
            en="Say why it is returned: whoever checked it needs to know what to mend.",
        )
    figure.state, figure.remark, figure.checked_place = FigureState.RETURNED, remark, None
    audit.record(user, "figures.figure.returned", figure, remark, checked_by=_checkers([figure]))
    return saved(read_figure, figure)


@transaction.atomic
def uncheck(user: User, read_figure: ReadFigure) -> ReadFigure:
    """Take a figure back that was handed on for approval, while nobody has approved it."""
    figure = held(user, read_figure)
    if figure.state == FigureState.ACCEPTED:
        raise Refused(
            vi="Số này đã được duyệt vào sổ. Muốn đổi, hãy nhờ người duyệt rút bút toán, có lý do.",
            en="This figure was approved into the ledger. To change it, ask an approver to withdraw its entry.",
        )
    if figure.state != FigureState.CHECKED:
        return read_figure
    if figure.checked_by_id != user.pk:
        raise NotAllowed(
            vi=f"{figure.checked_by} đã kiểm tra số này; người đó lấy lại, hoặc người duyệt trả lại.",
            en=f"{figure.checked_by} checked this figure and can take it back; an approver can return it.",
        )
    figure.state = FigureState.WAITING
    unmark_checked(figure)
    audit.record(user, "figures.figure.unchecked", figure)
    return saved(read_figure, figure)


def _desk(user: User, figure: ReadFigure) -> Desk:
    """After asking that the figure waits for approval, and that this user may give it."""
    desk = Desk(user, figure.document)
    desk.know_indicators({figure.indicator})
    if not desk.approves(figure):
        raise not_approver(figure.checked_place or figure.document.office)
    if figure.state != FigureState.CHECKED:
        raise Refused(
            vi="Số này không còn chờ duyệt: đã được sửa, lấy lại hoặc trả lại. Hãy tải lại trang.",
            en="This figure waits for no approval any more: it was corrected, taken back or returned. Load the page "
            "again.",
        )
    return desk
