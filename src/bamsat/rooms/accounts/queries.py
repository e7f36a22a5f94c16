# SPDX-License-Identifier: Apache-2.0
"""What the pages of users and of the trail show. Whoever asks has been let in by the view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from bamsat.core.terms.vietnamese import fold

from .models import AuditRecord, SignedIn, TrailCheck, User

A_PAGE = 50
# How many records one request looks through for words; the page says how far it came and goes on from there.
LOOKED_THROUGH = 5_000
# Clocks of two machines differ by less than this; the numbers of records follow the order of writing, not the clock.
CLOCKS_DIFFER = timedelta(hours=1)


# Users.


def people(search: str = "", state: str = "") -> QuerySet[User]:
    """Users by their title, whatever the tones of the searched words."""
    found = User.objects.order_by("display_name", "username")
    if state in STATES:
        found = STATES[state](found)
    if wanted := fold(search).split():
        told = found.values_list("pk", "username", "display_name", "email")
        fitting = [pk for pk, *names in told if all(word in fold(" ".join(names)) for word in wanted)]
        found = found.filter(pk__in=fitting)
    return found


STATES: dict[str, Callable[[QuerySet[User]], QuerySet[User]]] = {
    "dang-dung": lambda users: users.filter(is_active=True),
    "da-khoa": lambda users: users.filter(is_active=False),
    "chua-vao": lambda users: users.filter(is_active=True, last_login=None),
    "cho-doi-mat-khau": lambda users: users.filter(is_active=True, must_change_password=True),
}


def last_seen(users: Sequence[User]) -> dict[int, datetime]:
    """When each of these users was last at work, as far as it is still known."""
    seen = SignedIn.objects.filter(user__in=users).values("user").annotate(at=Max("last_seen"))
    known = {user.pk: user.last_login for user in users if user.last_login}
    return known | {row["user"]: row["at"] for row in seen}


# The trail.


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the trail."""

    who: str = ""
    action: str = ""
    kind: str = ""
    object_id: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the trail, newest first: where the next one goes on, and how far back the words were looked for."""

    rows: list[AuditRecord]
    older: int | None
    looked_back_to: datetime | None = None


FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9000, 1, 1)  # no record is older or younger, and clocks can count there


def trail(asked: Asked) -> QuerySet[AuditRecord]:
    """The records that fit all but the words, in no order."""
    rows = AuditRecord.objects.select_related("by")
    if asked.who:
        rows = rows.filter(by__in=_named(asked.who))
    if asked.action:
        rows = rows.filter(action=asked.action)
    if asked.kind:
        rows = rows.filter(object_type=asked.kind)
    if asked.object_id:
        rows = rows.filter(object_id=asked.object_id)
    if asked.since:
        start = _midnight(max(asked.since, FIRST_DAY))
        rows = rows.filter(at__gte=start, pk__gte=_first_number(start - CLOCKS_DIFFER))
    if asked.until:
        end = _midnight(min(asked.until, LAST_DAY) + timedelta(days=1))
        rows = rows.filter(at__lt=end, pk__lte=_first_number(end + CLOCKS_DIFFER))
    return rows


def part(asked: Asked, before: int | None = None) -> Part:
    """The next records older than the one numbered `before`; never a count over all of them."""
    rows = trail(asked).order_by("-pk")
    rows = rows if before is None else rows.filter(pk__lt=before)
    if asked.words:
        return _with_words(rows, asked.words)
    found = list(rows[: A_PAGE + 1])
    return Part(found[:A_PAGE], found[A_PAGE - 1].pk if len(found) > A_PAGE else None)


def _with_words(rows: QuerySet[AuditRecord], words: str) -> Part:
    wanted, found, looked, last = fold(words).split(), [], 0, None
    for row in rows[:LOOKED_THROUGH].iterator(chunk_size=1000):
        looked, last = looked + 1, row
        if has_words(row, wanted):
            found.append(row)
            if len(found) == A_PAGE:
                break
    more = last is not None and (len(found) == A_PAGE or looked == LOOKED_THROUGH)
    return Part(found, last.pk if more and last else None, last.at if more and last else None)


def has_words(row: AuditRecord, wanted: Iterable[str]) -> bool:
    """Whether the folded words all stand in what the record tells."""
    told = fold(f"{row.by or ''} {row.action} {row.object_type} {row.object_id} {row.reason} {row.details}")
    return all(word in told for word in wanted)


def kinds() -> list[str]:
    """The kinds of object that the trail tells of: one short step along an index for each."""
    found: list[str] = []
    while True:
        after = found[-1] if found else ""
        rows = AuditRecord.objects.filter(object_type__gt=after).order_by("object_type")
        following = rows.values_list("object_type", flat=True).first()
        if following is None:
            return found
        found.append(following)


def last_check() -> TrailCheck | None:
    return TrailCheck.objects.select_related("by").order_by("-pk").first()


def _named(words: str) -> list[int]:
    exact = list(User.objects.filter(username=words).values_list("pk", flat=True))
    return exact or list(people(words).order_by().values_list("pk", flat=True)[:200])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _first_number(moment: datetime) -> int:
    """The number of the first record from this moment on; one beyond all of them when there is none."""
    found = AuditRecord.objects.filter(at__gte=moment).order_by("at", "pk").values_list("pk", flat=True).first()
    return found if found is not None else 2**62
