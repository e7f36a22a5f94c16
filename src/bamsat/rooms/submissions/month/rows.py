# SPDX-License-Identifier: Apache-2.0
"""Forms as rows of the agenda: where an office's places stand, or a place's own return, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Max, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.terms.period import Period
from bamsat.rooms.places.models import PlaceKind
from bamsat.rooms.places.rights import Function
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Channel, Reminder, ReturnState
from bamsat.rooms.submissions.month.agenda import CHECK, DONE, OUT, Action, AgendaRow
from bamsat.rooms.submissions.month.duties import Duty, duties
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

SOON = timedelta(days=2)  # so close to its deadline, what is lacking is chased before what came in is checked


def rows(user: User, month: Period, now: datetime) -> list[AgendaRow]:
    """The forms that fall due in a month, as this user sees them: a source of the agenda."""
    found = duties(user, month, now)
    kinds = {kind.code: kind.name for kind in PlaceKind.objects.all()}
    reminded = last_reminded(found)
    return [
        own_row(duty, now, reminded.get(_told(duty, duty.place.pk)))
        if duty.place
        else office_row(duty, now, kinds, reminded.get(_told(duty, None)))
        for duty in found
    ]


_TABS: dict[str, str] = {ReturnState.SENT: "kiem-tra", ReturnState.CHECKED: "duyet"}  # of the list of returns
_Told = tuple[int, str, int | None]  # form, period, place (none: any)


def _told(duty: Duty, place: int | None) -> _Told:
    return duty.form.pk, duty.period.code, place


def last_reminded(found: Iterable[Duty]) -> dict[_Told, date]:
    """When each of these was last reminded of, in one query: own duties by place, an office's by form and period."""
    told = list(found)
    narrow = Q(form__in={duty.form.pk for duty in told}, period__in={duty.period.code for duty in told})
    told_of: dict[_Told, date] = {}
    own = {duty.place.pk for duty in told if duty.place}
    if any(duty.place is None for duty in told):
        every = Reminder.objects.filter(narrow).order_by().values_list("form_id", "period").annotate(Max("on"))
        told_of |= {(form, period, None): on for form, period, on in every}
    if own:
        mine = Reminder.objects.filter(narrow, place__in=own, channel__in=(Channel.PAGE, Channel.MAIL)).order_by()
        for form, period, place, on in mine.values_list("form_id", "period", "place_id").annotate(Max("on")):
            told_of[form, period, place] = on
    return told_of


def address(route: str, *args: object) -> str:
    """The address of a page of this room; nothing where it has no such page."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""


# What an office waits for.


def office_row(duty: Duty, now: datetime, kinds: dict[str, str], reminded: date | None) -> AgendaRow:
    counts = duty.counts
    shape, word = _office_state(duty, now)
    group = ""
    if duty.is_done:
        group = DONE
    elif not counts.missing:
        group = CHECK
    return AgendaRow(
        due=duty.due, what=duty.title, sub=_senders(duty, kinds), owner=duty.owner, shape=shape, word=word,
        action=_office_action(duty, now), group=group, href=_chase(duty),
        share=None if duty.is_done or not counts.total else 100 * counts.done / counts.total,
        note=_("đã nhắc ngày %(day)s") % {"day": f"{reminded:%d/%m}"} if reminded and counts.missing else "",
        done_note=_on_time(duty), lacking=duty.missing, rank=duty.form.order, key=duty,
    )  # fmt: skip


def _office_state(duty: Duty, now: datetime) -> tuple[str, str]:
    counts = duty.counts
    told = {"missing": counts.missing, "total": counts.total, "sent": counts.sent, "checked": counts.checked}
    if counts.missing:
        word = _("Thiếu %(missing)s/%(total)s nơi") % told
        if duty.due is not None and duty.due < now:
            return "bad", word
        if duty.due is not None and duty.due - now < SOON:
            return "doubt", word
        return ("half", word) if counts.done or counts.draft else ("wait", _("Chưa nơi nào gửi"))
    if counts.sent:
        n = counts.sent
        return "half", ngettext("Đủ, %(n)s phiếu chờ kiểm tra", "Đủ, %(n)s phiếu chờ kiểm tra", n) % {"n": n}
    if counts.checked:
        n = counts.checked
        return "half", ngettext("Đủ, %(n)s phiếu chờ duyệt", "Đủ, %(n)s phiếu chờ duyệt", n) % {"n": n}
    return "good", _("Đã duyệt")


def _office_action(duty: Duty, now: datetime) -> Action:
    """Chase what is late or nearly so; else approve, check, chase what is lacking, or look."""
    counts = duty.counts
    close = duty.due is not None and duty.due - now < SOON
    n = counts.missing
    chase = Action(ngettext("Đôn đốc %(n)s nơi", "Đôn đốc %(n)s nơi", n) % {"n": n}, _chase(duty))
    if n and close:
        return chase
    if counts.checked and Function.APPROVE in duty.functions:
        n = counts.checked
        return Action(
            ngettext("Duyệt %(n)s phiếu", "Duyệt %(n)s phiếu", n) % {"n": n}, list_address(duty, ReturnState.CHECKED)
        )
    if counts.sent:
        n = counts.sent
        return Action(
            ngettext("Kiểm tra %(n)s phiếu", "Kiểm tra %(n)s phiếu", n) % {"n": n},
            list_address(duty, ReturnState.SENT),
        )
    return chase if counts.missing else Action(_("Xem"), list_address(duty))


def _chase(duty: Duty) -> str:
    return address("submissions:chase", duty.form.code) + "?" + urlencode({"ky": duty.period.code})


def list_address(duty: Duty, state: str = "") -> str:
    """The list of returns, narrowed to this form and period."""
    asked = {"bieu": duty.form.code, "ky": duty.period.code} | ({"muc": _TABS[state]} if state else {})
    return address("submissions:list") + "?" + urlencode(asked)


def _senders(duty: Duty, kinds: dict[str, str]) -> str:
    """ "56 xã, phường, đặc khu"."""
    told = ", ".join(kinds.get(code, code) for code in definition_of(duty.version).senders)
    return f"{words.number(len(duty.expected))} {told}"


def _on_time(duty: Duty) -> str:
    late = duty.counts.late
    return ngettext("%(n)s nơi gửi muộn", "%(n)s nơi gửi muộn", late) % {"n": late} if late else _("đúng hạn")


# What a place has to send itself.


def own_row(duty: Duty, now: datetime, reminded: date | None) -> AgendaRow:
    line = duty.own
    shape, word = own_state(duty, now)
    group = DONE if line and line.is_sent else ""
    if not group and Function.JUDGE in duty.functions and not duty.is_overdue(now):
        group = OUT
    place = duty.place
    return AgendaRow(
        due=duty.due, what=duty.title, sub=place.label if place else "", owner=duty.owner, shape=shape, word=word,
        action=own_action(duty), group=group,
        share=100 * line.filled / line.asked if line and line.asked and not line.is_sent else None,
        note=_("Sở nhắc ngày %(day)s") % {"day": f"{reminded:%d/%m}"} if reminded and not group else "",
        done_note=_("gửi muộn") if line and line.is_late else _("đúng hạn"), rank=duty.form.order, key=duty,
    )  # fmt: skip


def own_state(duty: Duty, now: datetime) -> tuple[str, str]:
    line = duty.own
    if line and line.is_sent:
        return "good", str(ReturnState(line.state).label)
    if line and line.state == ReturnState.RETURNED:
        return "bad", _("Trả lại, cần sửa")
    begun = line is not None and line.filled > 0
    word = _("Đang nhập %(n)s/%(all)s ô") % {"n": line.filled, "all": line.asked} if line and begun else _("Chưa mở")
    if line and not begun:
        word = _("Đã mở, chưa nhập")
    if duty.due is not None and duty.due < now:
        return "bad", word
    if duty.due is not None and duty.due - now < SOON:
        return "doubt", word
    return ("half" if begun else "wait"), word


def own_action(duty: Duty) -> Action | None:
    line, place = duty.own, duty.place
    if line is None and place is not None:
        fields = {"bieu": duty.form.code, "noi": place.slug, "ky": duty.period.code}
        return Action(_("Nhập"), address("submissions:open"), fields)
    if line is None:
        return None
    if line.is_sent:
        return Action(_("Xem"), address("submissions:review", line.uuid))
    at = address("submissions:return", line.uuid)
    if line.state == ReturnState.RETURNED:
        return Action(_("Sửa theo ý kiến"), at)
    if line.filled:
        return Action(_("Nhập tiếp %(n)s/%(all)s ô") % {"n": line.filled, "all": line.asked}, at)
    return Action(_("Nhập"), at)


def worst_duty(found: Sequence[AgendaRow]) -> Duty | None:
    """The form of the page from which most places are lacking, of what is late or close."""
    lacking = [row for row in found if row.lacking and isinstance(row.key, Duty)]
    row = max(lacking, key=lambda row: len(row.lacking), default=None)
    return row.key if row and isinstance(row.key, Duty) else None
