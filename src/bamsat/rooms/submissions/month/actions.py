# SPDX-License-Identifier: Apache-2.0
"""Reminding places of forms that they have not sent: once a day and channel, by who judges or approves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.places.models import Ancestor, Place, PlaceRole
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, roles_with
from bamsat.rooms.submissions.models import Channel, Form, Reminder, Return
from bamsat.rooms.submissions.month.returns_read import SENT
from bamsat.rooms.submissions.month.tasks import mail_later
from bamsat.rooms.submissions.queries import places_for

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


class NobodyToRemind(BamsatError):
    """Nothing was chosen, or everything chosen has been sent meanwhile."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A form of one period, and the places that are to be reminded of it."""

    form: Form
    period: Period
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a reminding did: the reminders made now, those made earlier today, and the places without an address."""

    made: tuple[Reminder, ...]
    before: tuple[Reminder, ...]
    without_address: tuple[Place, ...] = ()

    @property
    def places(self) -> int:
        return len({reminder.place_id for reminder in self.made})


def remind(
    user: User | None, form: Form, period: Period, places: Iterable[Place], channel: str, address: str = "",
    now: datetime | None = None,
) -> Reminded:  # fmt: skip
    """Remind places of one form; see `remind_all`."""
    return remind_all(user, [Owed(form, period, tuple(places))], channel, address, now)


@transaction.atomic
def remind_all(
    user: User | None, owed: Sequence[Owed], channel: str, address: str = "", now: datetime | None = None
) -> Reminded:
    """Remind places of what they owe, those that have not sent it. `address` is where links in a mail lead.

    Nobody is reminded of the same twice a day in the same way: what was done earlier today comes back as such.
    Without a user it is the program itself that reminds, before and after a deadline.
    """
    now = now or timezone.now()
    if user is not None:
        _ask(user, owed)
    if channel == Channel.MAIL and not settings.BAMSAT_MAIL:
        raise NobodyToRemind(
            vi="Chưa có máy chủ thư (BAMSAT_MAIL_URL). Hãy nhắc trên trang, chép lời nhắc hoặc soạn công văn.",
            en="No mail server is set up (BAMSAT_MAIL_URL). Remind on the page, copy the text or write the letter.",
        )
    lacking = [(each, _lacking(each)) for each in owed]
    if not any(places for _each, places in lacking):
        raise NobodyToRemind(
            vi="Không còn nơi nào phải nhắc: các nơi đã chọn đều đã gửi.",
            en="Nobody is left to remind: every chosen place has sent.",
        )
    recipients = _recipients(lacking) if channel == Channel.MAIL else {}
    made: list[Reminder] = []
    before: list[Reminder] = []
    without: dict[int, Place] = {}
    for each, places in lacking:
        reached = [place for place in places if channel != Channel.MAIL or recipients.get((each.form.pk, place.pk))]
        without |= {place.pk: place for place in places if place not in reached}
        new, old = _write(user, each, reached, channel, now, recipients)
        made, before = made + new, before + old
    if made:
        for each, _places in lacking:
            mine = [reminder.place_id for reminder in made if reminder.form_id == each.form.pk]
            if mine:
                audit.record(
                    user, "submissions.reminder.sent", each.form, channel=channel, period=each.period.code, places=mine
                )
    if channel == Channel.MAIL and made:
        ids = [reminder.pk for reminder in made]
        transaction.on_commit(lambda: mail_later.enqueue(ids, address))
    return Reminded(tuple(made), tuple(before), tuple(without.values()))


def _ask(user: User, owed: Sequence[Owed]) -> None:
    """Who judges or approves a form at a place reminds it."""
    for each in owed:
        wanted = {place.pk for place in each.places}
        for function in (Function.JUDGE, Function.APPROVE):
            wanted -= set(places_for(user, function, each.form).filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted:
            other = next(place for place in each.places if place.pk in wanted)
            raise NotAllowed(
                vi=f"Anh/chị không đôn đốc “{each.form.name_vi}” ở {other}. Việc này của người kiểm tra "
                "hoặc duyệt biểu ở đó.",
                en=f"You do not chase “{each.form.name_en or each.form.name_vi}” at {other}. Whoever checks or "
                "approves it there does.",
            )


def _lacking(owed: Owed) -> list[Place]:
    """The places that have not sent, though somebody may have just sent while the page was open."""
    sent = Return.objects.filter(form=owed.form, period=owed.period.code, state__in=SENT).values_list(
        "place_id", flat=True
    )
    there = set(sent)
    return [place for place in owed.places if place.pk not in there]


_Recipients = dict[tuple[int, int], list[int]]  # form, place -> ids of the users to whom a mail goes


def _recipients(lacking: Sequence[tuple[Owed, list[Place]]]) -> _Recipients:
    """Users with an address whose role fills forms at the place itself; if there is none, at the commune above it."""
    places = {place.pk for _each, held in lacking for place in held}
    above: dict[int, list[int]] = defaultdict(list)
    rows = Ancestor.objects.filter(place__in=places, ancestor__kind="commune", valid_to=None)
    for place, commune in rows.values_list("place_id", "ancestor_id"):
        above[place].append(commune)
    at = _users_at(places | {commune for held in above.values() for commune in held})
    found: _Recipients = {}
    for each, held in lacking:
        for owing in held:
            own = _fitting(at.get(owing.pk, ()), each.form.set_id)
            for commune in above.get(owing.pk, ()) if not own else ():
                own = own or _fitting(at.get(commune, ()), each.form.set_id)
            found[each.form.pk, owing.pk] = own
    return found


def _users_at(places: Collection[int]) -> dict[int, list[tuple[int, int | None]]]:
    """At each place the users who fill forms there today, with the fields of their roles (None: all)."""
    today = timezone.localdate()
    holds = (Q(valid_from=None) | Q(valid_from__lte=today)) & (Q(valid_to=None) | Q(valid_to__gt=today))
    rows = PlaceRole.objects.filter(
        holds, place__in=places, role__in=roles_with(Function.ENTER), user__is_active=True
    ).exclude(user__email="")  # fmt: skip
    found: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for place, user, each in rows.order_by("user_id").values_list("place_id", "user_id", "sets"):
        found[place].append((user, each))
    return found


def _fitting(users: Iterable[tuple[int, int | None]], field: int | None) -> list[int]:
    return list(dict.fromkeys(user for user, each in users if each is None or each == field))


def _write(
    user: User | None, owed: Owed, places: Sequence[Place], channel: str, now: datetime, recipients: _Recipients
) -> tuple[list[Reminder], list[Reminder]]:
    """The reminders made now, and those that were there; two people at once make each of them once."""
    today = timezone.localdate(now)
    same = Reminder.objects.filter(form=owed.form, period=owed.period.code, channel=channel, on=today)
    there = {reminder.place_id: reminder for reminder in same.filter(place__in=places).select_related("by")}
    Reminder.objects.bulk_create(
        [
            Reminder(
                form=owed.form, place=place, period=owed.period.code, channel=channel, on=today, by=user, at=now,
                to=recipients.get((owed.form.pk, place.pk), []), delivered=channel != Channel.MAIL,
            )
            for place in places
            if place.pk not in there
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    mine = same.filter(place__in=[place.pk for place in places if place.pk not in there]).select_related("by")
    # A mail that the server refused earlier today is tried once more; it is no second reminder.
    again = [one for one in there.values() if not one.delivered and one.note]
    return [*mine, *again], [one for one in there.values() if one not in again]
