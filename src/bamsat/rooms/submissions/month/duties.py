# SPDX-License-Identifier: Apache-2.0
"""What has to be sent when: each form and period that falls due, who has sent it, who has not, and who keeps it.

A fixed number of queries, however many forms, places and returns there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from bamsat.core.act.calendar import Calendar
from bamsat.core.forms.definition import LENGTHS
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.directory.models import Body
from bamsat.rooms.directory.models import standing as on_the_day
from bamsat.rooms.places.models import Kind, Place, PlaceRole
from bamsat.rooms.places.queries import reached_from, reaches
from bamsat.rooms.places.rights import FUNCTIONS, Function, held_by, holds, kept, remembering, sees_everything
from bamsat.rooms.submissions.due import MOST_YEARS_AFTER, due_of
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Form, FormVersion, Return, ReturnState
from bamsat.rooms.submissions.month.expected import Asked, Senders, last_day
from bamsat.rooms.submissions.month.periods import longest_wait, periods
from bamsat.rooms.submissions.month.returns_read import SENT, Key, Line, Standing, every_line, standings
from bamsat.rooms.submissions.period_words import titled
from bamsat.rooms.submissions.queries import forms
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

BEHIND = 3  # months back in which what was never sent is still shown


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the places that have to send stand where."""

    total: int
    draft: int = 0
    sent: int = 0
    checked: int = 0
    approved: int = 0
    returned: int = 0
    late: int = 0

    @property
    def done(self) -> int:
        """Those that have sent, whatever became of it since."""
        return self.sent + self.checked + self.approved

    @property
    def missing(self) -> int:
        return self.total - self.done

    @property
    def unopened(self) -> int:
        return self.missing - self.draft - self.returned


@dataclass(frozen=True)
class Duty:
    """A form of one period: of an office that waits for it from its places, or of one place that has to send it."""

    form: Form
    version: FormVersion
    period: Period
    due: datetime | None
    expected: frozenset[int]
    standing: Standing = field(default_factory=Standing)
    owner: str = ""
    place: Place | None = None  # whose own duty it is; none: an office's
    functions: frozenset[str] = field(default_factory=frozenset)  # what the user may do about it

    @cached_property
    def counts(self) -> Counts:
        states = {state: len(self.places_in(state)) for state in ReturnState.values}
        return Counts(len(self.expected), **states, late=len(self.expected & self.standing.late))

    def places_in(self, *states: str) -> frozenset[int]:
        """The places that have to send whose return is in one of these states."""
        held = self.standing.places
        return self.expected.intersection(*[set().union(*(held.get(state, set()) for state in states))])

    @property
    def title(self) -> str:
        """ "Bán lẻ hàng hóa tháng 10/2026"."""
        return title_of(self.form.name, self.period.code)

    @property
    def own(self) -> Line | None:
        """The return of the place whose duty it is."""
        return self.standing.lines.get(self.place.pk) if self.place else None

    @cached_property
    def missing(self) -> frozenset[int]:
        """The places that have not sent."""
        return self.expected - self.places_in(*SENT)

    @property
    def is_done(self) -> bool:
        """Nobody has anything to do about it any more."""
        return self.counts.approved == self.counts.total

    def is_overdue(self, now: datetime) -> bool:
        return self.due is not None and self.due < now and self.counts.missing > 0


def title_of(name: str, period: str) -> str:
    """A form and its period as a title says them, in the language of the page."""
    return titled(name, Period.parse(period), words.language() == "en")


@dataclass(frozen=True, slots=True)
class _Wanted:
    asked: Asked
    version: FormVersion
    period: Period
    due: datetime | None


def duties(user: User | AnonymousUser, month: Period, now: datetime | None = None) -> list[Duty]:
    """What falls due in a month (or a longer span), and what is still lacking from the months before, by deadline."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    with remembering(user):
        asked = [*_watched(user), *_own(user)]
        workdays = _workdays(month)
        this_month = today.year * 12 + today.month - 1
        back = BEHIND if month.first <= this_month <= month.last else 0
        wanted = list(_falling_due(asked, Period(month.first - back, month.last), workdays))
        found = _counted(user, _collected(wanted, this_month))
    kept = [each for each in found if _month_of(each.due, each.period) >= month.first or each.counts.missing]
    return sorted(kept, key=lambda each: (each.due is None, each.due or now, each.form.order, each.form.code))


def duty_of(user: User | AnonymousUser, form: Form, period: Period) -> Duty | None:
    """A form and period that an office waits for, as this user sees it; None where it is asked of nobody there."""
    with remembering(user):
        asked = [each for each in _watched(user, form) if each[0].form.pk == form.pk]
        found = _counted(user, list(_of_period(asked, period)), one_by_one=True)
    return next((each for each in found if each.place is None), None)


def duties_everywhere(span: Period) -> list[Duty]:
    """What every office waits for from the places below it, of all that falls due in these months."""
    with remembering(nobody := AnonymousUser()):
        roots = _with_staff()
        every = list(Form.objects.select_related("set"))
        asked = _asked_from(every, {form.pk: roots for form in every})
        found = _counted(nobody, list(_falling_due(asked, span, _workdays(span))))
    return [replace(duty, expected=duty.expected - roots) for duty in found]


def duties_between(user: User | AnonymousUser, first: int, last: int, one_by_one: bool = False) -> list[Duty]:
    """What an office waits for of the periods that end in these months; `one_by_one` with a line for each return."""
    with remembering(user):
        asked = _watched(user)
        workdays = _workdays(Period(first, last))
        wanted = [
            _Wanted(each, version, period, due_of(each.definition, period, workdays))
            for each, version, until in asked
            for period in periods(each.definition.frequency, first, last)
            if _is_used(each, version, until, period)
        ]
        today = timezone.localdate()
        return _counted(user, _collected(wanted, today.year * 12 + today.month - 1), one_by_one)


def _month_of(due: datetime | None, period: Period) -> int:
    """The month in which it falls due; without a deadline, in which its period ends."""
    if due is None:
        return period.last
    day = timezone.localdate(due)
    return day.year * 12 + day.month - 1


def _workdays(span: Period) -> Calendar:
    return calendar(span.start_year - 1, span.end_year + MOST_YEARS_AFTER)


# Which forms are asked from where.

_Version = tuple[Asked, FormVersion, int | None]  # a version in use, and the first month of the one after it


def _versions(found: Iterable[Form]) -> dict[int, list[tuple[FormVersion, int | None]]]:
    """The versions in use of each form and the month in which a later one takes over."""
    kept: dict[int, list[tuple[FormVersion, int | None]]] = defaultdict(list)
    rows = FormVersion.objects.filter(form__in=found, in_use=True).defer("definition").order_by("form_id", "-number")
    for version in rows:
        later = [each.first_month for each, _until in kept[version.form_id]]
        kept[version.form_id].append((version, min(later, default=None)))
    return kept


def _asked_from(found: Sequence[Form], roots_of: dict[int, frozenset[int]]) -> list[_Version]:
    versions = _versions(found)
    since = {form: min(version.at for version, _until in found) for form, found in versions.items()}
    return [
        (Asked(form, definition_of(version), roots_of[form.pk], since[form.pk]), version, until)
        for form in found
        for version, until in versions.get(form.pk, ())
        if until is None or version.first_month < until
    ]


def _watched(user: User | AnonymousUser, only: Form | None = None) -> list[_Version]:
    """The forms that offices of the user's collect: those of the fields in which the user judges what is sent."""
    if not holds(user, Function.JUDGE):
        return []
    reached: list[tuple[frozenset[int], frozenset[int] | None]]
    if sees_everything(user):
        reached = [(_offices(user), None)]
    else:
        reached = [(each.roots, each.sets) for each in reaches(user, Function.JUDGE)]
    roots_of = {}
    found = []
    for form in forms(user).select_related("set"):
        if only and form.pk != only.pk:
            continue
        roots = frozenset(root for places, sets in reached if sets is None or form.set_id in sets for root in places)
        if roots:
            roots_of[form.pk] = roots
            found.append(form)
    return _asked_from(found, roots_of)


def _offices(user: User | AnonymousUser) -> frozenset[int]:
    """Where an administrator's office is: where the role is held; of a superuser, every province with an office."""
    held = {each.place for each in held_by(user)}
    if held:
        return frozenset(held)
    return _with_staff() or frozenset(Place.objects.filter(kind=Kind.PROVINCE).values_list("pk", flat=True))


def _with_staff() -> frozenset[int]:
    """The places at which somebody judges what is sent."""
    staff = [role for role, functions in FUNCTIONS.items() if Function.JUDGE in functions]
    return frozenset(PlaceRole.objects.filter(role__in=staff).values_list("place_id", flat=True).distinct())


def _own(user: User | AnonymousUser) -> list[_Version]:
    """The forms that the user's own places may have to send; whether they do, their kinds and exceptions tell."""
    own = own_places(user)
    if not own:
        return []
    found = list(forms(user).select_related("set"))
    made = []
    for asked, version, until in _asked_from(found, {form.pk: frozenset(own) for form in found}):
        allowed = frozenset(place for place, sets in own.items() if sets is None or asked.form.set_id in sets)
        if allowed:
            made.append((_Own(asked.form, asked.definition, allowed, asked.since), version, until))
    return list(made)


class _Own(Asked):
    """A form as asked of the user's own places."""


def own_places(user: User | AnonymousUser) -> dict[int, frozenset[int] | None]:
    """The places at which the user's roles are held that fill forms, and the fields for which (None: all).

    Of a place that is no more, what it became.
    """
    return kept(user, "own places", lambda: _own_places(user))


def _own_places(user: User | AnonymousUser) -> dict[int, frozenset[int] | None]:
    held = [each for each in held_by(user) if Function.ENTER in FUNCTIONS[each.role]]
    ended = set(
        Place.objects.filter(pk__in={each.place for each in held}, ended__isnull=False).values_list("pk", flat=True)
    )
    became = {pk: reached_from(pk) for pk in ended}
    alive = set(Place.objects.filter(pk__in=set().union(*became.values()), ended=None).values_list("pk", flat=True))
    allowed: dict[int, frozenset[int] | None] = {}
    for each in held:
        for place in became.get(each.place, set()) & alive if each.place in ended else {each.place}:
            before = allowed.get(place, frozenset())
            allowed[place] = None if not each.sets or before is None else before | each.sets
    return allowed


# Which of their periods fall due.


def _falling_due(asked: Iterable[_Version], span: Period, workdays: Calendar) -> Iterator[_Wanted]:
    for each, version, until in asked:
        first, last = span.first - longest_wait(each.definition), span.last
        for period in periods(each.definition.frequency, first, last + 1):
            if not _is_used(each, version, until, period):
                continue
            due = due_of(each.definition, period, workdays)
            if span.first <= _month_of(due, period) <= span.last:
                yield _Wanted(each, version, period, due)


def _of_period(asked: Iterable[_Version], period: Period) -> Iterator[_Wanted]:
    for each, version, until in asked:
        if period.length == LENGTHS[each.definition.frequency] and _is_used(each, version, until, period):
            yield _Wanted(each, version, period, due_of(each.definition, period))


def _is_used(asked: Asked, version: FormVersion, until: int | None, period: Period) -> bool:
    """Whether this version of the form is the one by which the period is reported."""
    if period.first < version.first_month or (until is not None and period.first >= until):
        return False
    ended = asked.form.ended
    return ended is None or last_day(period) < ended


def _collected(wanted: Sequence[_Wanted], this_month: int) -> list[_Wanted]:
    """What an office collects: not what was due in earlier months and nobody began. What was due before the form was in
    use here can be sent, without a deadline: nobody is late with it."""
    before = [each for each in wanted if _month_of(each.due, each.period) < this_month]
    months = [each.period.last for each in before]
    rows = Return.objects.filter(
        last_month__gte=min(months, default=0), last_month__lte=max(months, default=0),
        form__in={each.asked.form.pk for each in before},
    )  # fmt: skip
    begun = set(rows.order_by().values_list("form_id", "last_month").distinct()) if before else set()
    return [
        replace(each, due=None) if _was_too_early(each) else each for each in wanted
        if _month_of(each.due, each.period) >= this_month or (each.asked.form.pk, each.period.last) in begun
    ]  # fmt: skip


def _was_too_early(each: _Wanted) -> bool:
    return bool(each.asked.since and each.due and each.due < each.asked.since)


# Who has sent.


def _counted(user: User | AnonymousUser, wanted: Sequence[_Wanted], one_by_one: bool = False) -> list[Duty]:
    if not wanted:
        return []
    senders = Senders.read([each.asked for each in wanted])
    own_at = set(own_places(user))
    watched = _standings([each for each in wanted if not isinstance(each.asked, _Own)], one_by_one)
    own = standings({_key(each) for each in wanted if isinstance(each.asked, _Own)}, own_at)
    here = Place.objects.in_bulk(own_at)
    owners, functions = _owners(wanted), _functions(user)
    made: list[Duty] = []
    for each in wanted:
        told = partial(
            Duty, each.asked.form, each.version, each.period, each.due,
            owner=owners.get(each.asked.form.set_id or 0, owners.get(0, "")), functions=functions,
        )  # fmt: skip
        if isinstance(each.asked, _Own):
            for pk in senders.among(sorted(each.asked.roots), each.asked, each.period):
                standing = own.get(_key(each), Standing())
                made.append(told(expected=frozenset({pk}), standing=standing, place=here[pk]))
        elif expected := senders.of(each.asked, each.period) - own_at:
            made.append(told(expected=expected, standing=watched.get(_key(each), Standing())))
    return made


def _key(each: _Wanted) -> Key:
    return each.asked.form.pk, each.period.first, each.period.last


def _standings(wanted: Sequence[_Wanted], one_by_one: bool) -> Mapping[Key, Standing]:
    keys = {_key(each) for each in wanted}
    if not keys:
        return {}
    return every_line(keys) if one_by_one else standings(keys)


def _owners(wanted: Sequence[_Wanted]) -> dict[int, str]:
    """The division in charge of each field of work, by the set's id; under 0 the department itself."""
    roots = {root for each in wanted for root in each.asked.roots}
    bodies = Body.objects.filter(on_the_day(timezone.localdate()), place__in=roots)
    found: dict[int, str] = {}
    rows = bodies.filter(Q(sets__isnull=False) | Q(slug__startswith="so-cong-thuong")).order_by("-sort_key")
    for held, kind, name, name_en in rows.values_list("sets", "kind", "name", "name_en"):
        body = Body(name=name, name_en=name_en)
        if held is not None:
            found[held] = body.label
        if kind == "department":
            found[0] = body.label
    return found


def _functions(user: User | AnonymousUser) -> frozenset[str]:
    return frozenset(each for each in (Function.ENTER, Function.JUDGE, Function.APPROVE) if holds(user, each))
