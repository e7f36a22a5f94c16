# SPDX-License-Identifier: Apache-2.0
"""The places that have not sent one form of one period: how far each is, when it was opened, how often it was late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.core.forms.definition import LENGTHS
from bamsat.core.terms.period import Period
from bamsat.rooms.places.models import Ancestor, Kind, Place
from bamsat.rooms.submissions.due import calendar_around, due_of
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Reminder, Return, ReturnState
from bamsat.rooms.submissions.month.day_words import how_long_ago
from bamsat.rooms.submissions.month.duties import Duty
from bamsat.rooms.submissions.month.returns_read import SENT, Line, lines
from bamsat.rooms.submissions.naming_places import full_names

A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Laggard:
    """One place that has not sent."""

    place: Place
    name: str
    line: Line | None
    shape: str
    word: str
    opened: str  # when it was last worked on, in words
    late: int  # of the periods before, how many were late or never sent
    of: int
    reminded: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class Lag:
    """A form and period, and who has not sent: `dots` are the shapes of all places, `named` those who lack."""

    duty: Duty
    dots: tuple[str, ...]
    named: tuple[Laggard, ...]

    @property
    def lacking(self) -> int:
        return self.duty.counts.missing


def lag_of(duty: Duty, now: datetime, most: int | None = None) -> Lag:
    """Five queries; with `most`, only so many are named, those nearest to sending first."""
    counts = duty.counts
    dots = ["good"] * counts.done + ["bad"] * counts.returned + ["half"] * counts.draft + ["wait"] * counts.unopened
    return Lag(duty, tuple(dots), tuple(_named(duty, now, most)))


def _named(duty: Duty, now: datetime, most: int | None) -> Sequence[Laggard]:
    begun = duty.standing.lines or lines_of(duty)
    places = list(places_of(duty.missing))
    places.sort(key=lambda place: _order(begun.get(place.pk), place))
    places = places[:most]
    ids = [place.pk for place in places]
    changed = _changed(duty)
    late, of = _late_before(duty, ids)
    reminded = _reminded(duty)
    names = full_names(ids)
    today = timezone.localdate(now)
    made = []
    for place in places:
        line = begun.get(place.pk)
        shape, word = _state(line)
        made.append(
            Laggard(
                place, names.get(place.pk, place.label), line, shape, word, _opened(changed.get(place.pk), today),
                late.get(place.pk, 0), of, tuple(reminded.get(place.pk, ())),
            )
        )  # fmt: skip
    return made


def lines_of(duty: Duty) -> dict[int, Line]:
    """The returns of a form and period that were begun and not sent, by place."""
    begun = Return.objects.filter(form=duty.form, period=duty.period.code).exclude(state__in=SENT).order_by()
    return {line.place: line for line in lines(begun)}


def places_of(ids: Collection[int]) -> QuerySet[Place]:
    return Place.objects.filter(pk__in=ids).only("slug", "kind", "name", "name_en", "sort_key", "ended")


def _order(line: Line | None, place: Place) -> tuple[bool, float, str]:
    done = line.filled / line.asked if line and line.asked else 0.0
    return line is None, -done, place.sort_key


def _state(line: Line | None) -> tuple[str, str]:
    if line is None:
        return "wait", _("Chưa mở")
    if line.state == ReturnState.RETURNED:
        return "bad", _("Trả lại, chưa gửi lại")
    return "half", _("Đang nhập %(n)s/%(all)s ô") % {"n": line.filled, "all": line.asked}


def _changed(duty: Duty) -> dict[int, datetime]:
    """When the returns that were begun were last worked on."""
    begun = Return.objects.filter(form=duty.form, period=duty.period.code).exclude(state__in=SENT)
    return dict(begun.values_list("place_id", "changed_at"))


def _opened(changed: datetime | None, today: date) -> str:
    return how_long_ago(timezone.localdate(changed), today) if changed else "–"


def _late_before(duty: Duty, places: Sequence[int]) -> tuple[dict[int, int], int]:
    """Of the periods since January (in January: of the year before) how many each place sent late, or never."""
    definition = definition_of(duty.version)
    length = LENGTHS[definition.frequency]
    january = duty.period.first // A_YEAR * A_YEAR
    begin = january if duty.period.first > january else january - A_YEAR
    begin = max(begin, duty.version.first_month)
    spans = [Period(at, at + length - 1) for at in range(begin, duty.period.first - length + 1, length)]
    if not spans:
        return {}, 0
    workdays = calendar_around(spans[0])
    due = {span.code: due_of(definition, span, workdays) for span in spans}
    on_time: dict[int, int] = defaultdict(int)
    rows = Return.objects.filter(form=duty.form, place__in=places, period__in=due, sent_at__isnull=False).order_by()
    for place, period, sent, until in rows.values_list("place_id", "period", "sent_at", "due"):
        limit = until or due[period]
        on_time[place] += limit is None or (sent is not None and sent <= limit)
    return {place: len(spans) - on_time[place] for place in places}, len(spans)


def _reminded(duty: Duty) -> dict[int, list[Reminder]]:
    """The reminders of this form and period by place, the latest first."""
    found: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in Reminder.objects.filter(form=duty.form, period=duty.period.code).select_related("by"):
        found[reminder.place_id].append(reminder)
    return found


def communes_of(places: Collection[int]) -> dict[int, str]:
    """The commune in which each place stands now; a commune stands for itself."""
    found = {place.pk: place.label for place in places_of(places) if place.kind == Kind.COMMUNE}
    rows = Ancestor.objects.filter(place__in=places, ancestor__kind=Kind.COMMUNE, valid_to=None)
    for place, name in rows.values_list("place_id", "ancestor__name"):
        found.setdefault(place, name)
    return found
