# SPDX-License-Identifier: Apache-2.0
"""What the pages that chase show: who is to be reminded of what, how, and the words to paste into a chat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import sort_key
from bamsat.rooms.places.models import Ancestor, Kind, Place
from bamsat.rooms.places.queries import home_places
from bamsat.rooms.submissions.models import Channel, Form, Reminder
from bamsat.rooms.submissions.month.actions import Owed
from bamsat.rooms.submissions.month.agenda import agenda_of
from bamsat.rooms.submissions.month.duties import Duty, duty_of, title_of
from bamsat.rooms.submissions.month.laggards import communes_of, places_of
from bamsat.rooms.submissions.month.letter import Letter, Office, Signer, office_of
from bamsat.rooms.submissions.month.mails import Item, due_in_words, items_of
from bamsat.rooms.submissions.queries import forms

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST_FAILED = 50


@dataclass(frozen=True, slots=True)
class Chased:
    """A form and period of which places are to be reminded."""

    duty: Duty
    reminded: Reminder | None  # the last time, today

    @property
    def value(self) -> str:
        return value_of(self.duty.form, self.duty.period)


def value_of(form: Form, period: Period) -> str:
    return f"{form.code}|{period.code}"


def urgent(user: User, now: datetime) -> list[Duty]:
    """What is overdue, or due today or tomorrow, of the forms that the user chases."""
    today = timezone.localdate(now)
    agenda = agenda_of(user, Period.month(today.year, today.month), now)
    return [row.key for row in agenda.urgent if row.lacking and isinstance(row.key, Duty)]


def duty_named(user: User, code: str, period: str) -> Duty | None:
    """The form and period of an address, if they are asked from an office of the user's."""
    form = forms(user).select_related("set").filter(code=code).first()
    try:
        return duty_of(user, form, Period.parse(period)) if form else None
    except PeriodUnreadable:
        return None


def chased(duties: Iterable[Duty], now: datetime) -> list[Chased]:
    """Each with its last reminder of today, in one query."""
    held = list(duties)
    today = timezone.localdate(now)
    rows = Reminder.objects.filter(form__in=[one.form for one in held], on=today).order_by("pk").select_related("by")
    last = {(one.form_id, one.period): one for one in rows}
    return [Chased(one, last.get((one.form.pk, one.period.code))) for one in held]


def owed_of(user: User, values: Iterable[str], spared: Iterable[str]) -> list[Owed]:
    """What a page sent back: forms and periods, all the places that lack but those left out."""
    left_out = set(spared)
    found = []
    for value in dict.fromkeys(values):
        code, _bar, period = value.partition("|")
        duty = duty_named(user, code, period)
        if duty:
            places = [place for place in places_of(duty.missing) if place.slug not in left_out]
            found.append(Owed(duty.form, duty.period, tuple(places)))
    return found


# The words to paste.


def text_of(reminders: Sequence[Reminder], address: str) -> str:
    """The reminders as a message, by commune, with deadline and address."""
    items = items_of(reminders)
    by_form: dict[tuple[int, str], list[Item]] = defaultdict(list)
    for item in items:
        by_form[item.reminder.form_id, item.reminder.period].append(item)
    told = [_("Sở Công Thương đề nghị các đơn vị sau gửi biểu số liệu:")]
    for held in by_form.values():
        told += ["", *_form_lines(held)]
    if address:
        told += ["", _("Nhập và gửi tại: %(address)s") % {"address": address}]
    return "\n".join(told)


def _form_lines(items: Sequence[Item]) -> list[str]:
    one = items[0]
    told = [title_of(one.reminder.form.name, one.reminder.period)]
    if one.due is not None:
        told.append(_("Hạn: %(due)s") % {"due": due_in_words(one.due, one.reminder.at)})
    communes = communes_of({item.reminder.place_id for item in items})
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[communes.get(item.reminder.place_id, "")].append(item)
    for commune in sorted(groups, key=sort_key):
        held = groups[commune]
        if len(held) == 1 and held[0].reminder.place.kind == Kind.COMMUNE:
            told.append(f"- {held[0].place}{_done(held[0])}")
        else:
            told.append(f"- {commune}: " + "; ".join(f"{item.place}{_done(item)}" for item in held))
    return told


def _done(item: Item) -> str:
    if item.sent is None:
        return ""
    if item.is_returned:
        return " " + _("(đã trả lại, chưa gửi lại)")
    return " " + _("(đã nhập %(n)s/%(all)s ô)") % {"n": item.sent.filled, "all": item.sent.asked}


# The letter.


def office_for(user: User, owed: Sequence[Owed]) -> Office:
    """The department that writes: of the user's province, else of the places' one."""
    province = next((place for place in home_places(user) if place.kind == Kind.PROVINCE), None)
    first = next((place for each in owed for place in each.places), None)
    if first is not None:
        above = Ancestor.objects.filter(place=first, ancestor__kind=Kind.PROVINCE, valid_to=None)
        found = Place.objects.filter(pk__in=above.values("ancestor")).first()
        province = found or province
    sets = {each.form.set_id for each in owed}
    return office_of(province, sets.pop() if len(sets) == 1 else None, timezone.localdate())


def letter_of(office: Office, signer: Signer, reminders: Sequence[Reminder], address: str, now: datetime) -> Letter:
    items = sorted(items_of(reminders), key=lambda item: (sort_key(item.place), item.reminder.form.order))
    kinds = frozenset(item.reminder.place.kind for item in items)
    return Letter(office, signer, tuple(items), kinds, now, address)


def failed(duties: Iterable[Duty]) -> list[Reminder]:
    """Mails of these forms and periods that did not arrive, the latest first."""
    held = {(one.form.pk, one.period.code) for one in duties}
    rows = Reminder.objects.filter(form__in={form for form, _period in held}, channel=Channel.MAIL, delivered=False)
    rows = rows.exclude(note="").select_related("place", "form")
    return [one for one in rows if (one.form_id, one.period) in held][:MOST_FAILED]
