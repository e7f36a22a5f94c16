# SPDX-License-Identifier: Apache-2.0
"""The inbox of findings: its filters, what can be chosen in them, and a row for each finding, the loudest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, overload

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts.models import User
from bamsat.rooms.findings.models import Finding, Origin, Part, Severity, State
from bamsat.rooms.findings.naming import SHAPES, STATE_SHAPES, rule_names, sentence
from bamsat.rooms.findings.queries import LOUD, findings
from bamsat.rooms.places.models import Place, PlaceVersion
from bamsat.ui import words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

A_PAGE = 50
NOTES_SHOWN = 20
CHOICES = 200
LISTED = (*LOUD, Severity.NOTE)
ANY = "moi"
MINE, NOBODY, SOMEBODY = "toi", "chua", "da"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address says to show; by default what waits: open errors and questions."""

    severity: str = ""
    place: str = ""
    period: str = ""
    rule: str = ""
    origin: str = ""
    state: str = ""
    who: str = ""
    find: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Filters:
        read = {field: said.get(name, "").replace("\0", "").strip()[:120] for field, name in _NAMES.items()}
        known = {"severity": LISTED, "origin": Origin.values, "state": [*State.values, ANY],
                 "who": [MINE, NOBODY, SOMEBODY]}  # fmt: skip
        return cls(**{field: "" if field in known and value not in known[field] else value
                      for field, value in read.items()})  # fmt: skip

    @property
    def any(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    @property
    def narrow_by(self) -> bool:
        """Whether more is chosen than the words of the search and the severity, which stand in sight."""
        return any((self.place, self.period, self.rule, self.origin, self.state, self.who))

    @property
    def query(self) -> str:
        """The same filters as the end of an address."""
        said = QueryDict(mutable=True)
        for field, name in _NAMES.items():
            if getattr(self, field):
                said[name] = getattr(self, field)
        return said.urlencode()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The same as fields of a form."""
        return [(name, getattr(self, field)) for field, name in _NAMES.items() if getattr(self, field)]

    def rows(self, user: User, *severities: str) -> QuerySet[Finding]:
        """The findings that fit, of these severities, the newest first."""
        rows = self._narrow(user, findings(user)).order_by("-pk")
        wanted = severities or self.severities
        return rows.filter(severity=wanted[0]) if len(wanted) == 1 else rows.filter(severity__in=wanted)

    @property
    def severities(self) -> tuple[str, ...]:
        return (self.severity,) if self.severity else LOUD

    def _narrow(self, user: User, rows: QuerySet[Finding]) -> QuerySet[Finding]:
        if self.state != ANY:
            rows = rows.filter(state=self.state or State.OPEN)
        if self.place:
            rows = rows.filter(place__slug=self.place)
        for field in ("period", "rule", "origin"):
            if value := getattr(self, field):
                rows = rows.filter(**{field: value})
        if self.who:
            rows = rows.filter(
                {MINE: Q(assignee=user), NOBODY: Q(assignee=None), SOMEBODY: Q(assignee__isnull=False)}[self.who]
            )
        return rows.filter(_says(self.find)) if self.find else rows


_NAMES = {"severity": "muc", "place": "noi", "period": "ky", "rule": "luat", "origin": "nguon", "state": "tt",
          "who": "ai", "find": "tim"}  # fmt: skip


def _says(typed: str) -> Q:
    """Each word stands in the sentence, in the name of the place or of the document, whatever its tones."""
    wanted = Q()
    for word in re.split(r"\s+", fold(typed))[:8]:
        places = PlaceVersion.objects.filter(folded__contains=word).values("place_id")
        wanted &= Q(folded__contains=word) | Q(place__in=places)
    whole = Q(document__title__icontains=typed) | Q(document__name__icontains=typed)
    return wanted | whole


@dataclass(frozen=True, slots=True)
class Listed(Sequence[int]):
    """The keys of the findings that fit, the loudest first, for a paginator: each severity is asked of its own, so that
    the database finds a page by an index and sorts nothing."""

    user: User
    filters: Filters
    counts: Mapping[str, int]

    def __len__(self) -> int:
        return sum(self.counts.get(each, 0) for each in self.filters.severities)

    @overload
    def __getitem__(self, part: int) -> int: ...

    @overload
    def __getitem__(self, part: slice) -> list[int]: ...

    def __getitem__(self, part: int | slice) -> int | list[int]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop = part.start or 0, len(self) if part.stop is None else part.stop
        keys: list[int] = []
        for severity in self.filters.severities:
            there = self.counts.get(severity, 0)
            if start < there and stop > 0:
                rows = self.filters.rows(self.user, severity).values_list("pk", flat=True)
                keys += rows[max(start, 0) : min(stop, there)]
            start, stop = start - there, stop - there
        return keys


@dataclass(frozen=True, slots=True)
class Row:
    """A finding in the list."""

    finding: Finding
    says: str
    rule: str
    shape: str
    word: str
    state_shape: str
    where: str
    place: str
    late: bool

    @property
    def key(self) -> str:
        return str(self.finding.uuid)


def shown(keys: Sequence[int]) -> list[Row]:
    """The rows of a page: two questions, however many."""
    found = Finding.objects.filter(pk__in=keys).select_related("document__place", "place", "assignee", "settled_by")
    by_key = {finding.pk: finding for finding in found.defer("data", "folded", "document__text", "document__layout")}
    first = Part.objects.filter(finding__in=keys, ordinal=0).values_list("finding_id", "source")
    sources, names, today = dict(first), rule_names(), timezone.localdate()
    return [_row(by_key[key], sources.get(key, ""), names, today) for key in keys if key in by_key]


def _row(finding: Finding, source: str, names: Mapping[str, str], today: Any) -> Row:
    severity = Severity(finding.severity)
    where = str(finding.document) if finding.document else source or words.capital(finding.get_origin_display())
    return Row(
        finding, sentence(finding), names.get(finding.rule, finding.rule), SHAPES[severity],
        words.capital(finding.get_severity_display()), STATE_SHAPES[State(finding.state)], where,
        finding.told_of.full_label if finding.told_of else "",
        bool(finding.due and finding.due < today and finding.state == State.OPEN),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one severity on a page, under their word."""

    code: str
    word: str
    shape: str
    count: int
    rows: list[Row]


def sections(rows: Iterable[Row], counts: Mapping[str, int]) -> list[Section]:
    by_severity: dict[str, list[Row]] = {}
    for row in rows:
        by_severity.setdefault(row.finding.severity, []).append(row)
    return [Section(code, each[0].word, each[0].shape, counts.get(code, 0), each) for code, each in by_severity.items()]


def counted(user: User, filters: Filters) -> dict[str, int]:
    """How many findings of each severity that is listed fit; one question."""
    rows = filters.rows(user, *LISTED).order_by()
    return dict(rows.values_list("severity").annotate(n=Count("pk")))


Choice = tuple[str, "str | _StrPromise"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the filters: of places, periods and rules only those that findings have."""

    places: list[Choice]
    periods: list[Choice]
    rules: list[Choice]
    origins: list[Choice]
    states: list[Choice]
    who: list[Choice]
    severities: list[Choice]


def choices(user: User, filters: Filters) -> Choices:
    """Asked of what is looked at: the state and the severities of the list."""
    rows = Filters(state=filters.state, severity=filters.severity).rows(user).order_by()
    found = list(rows.values_list("place_id", "period", "rule").distinct())
    places = Place.objects.filter(pk__in={place for place, _period, _rule in found}).order_by("sort_key", "slug")
    periods = sorted({period for _place, period, _rule in found if period}, key=_recent)[:CHOICES]
    there = {rule for _place, _period, rule in found}
    return Choices(
        [(place.slug, place.full_label) for place in places[:CHOICES]],
        [(code, words.capital(words.period(code))) for code in periods],
        [(code, name) for code, name in rule_names().items() if code in there | {filters.rule}],
        [(code, words.capital(str(name))) for code, name in Origin.choices],
        [(State.OPEN, _("Đang chờ")), *((code, words.capital(str(name))) for code, name in State.choices[1:]),
         (ANY, _("Mọi tình trạng"))],
        [(MINE, _("giao cho tôi")), (NOBODY, _("chưa giao ai")), (SOMEBODY, _("đã giao"))],
        [(code, words.capital(str(name))) for code, name in Severity.choices if code in LISTED],
    )  # fmt: skip


def _recent(code: str) -> tuple[int, int]:
    """The latest period first, the longest of those that end together before the others."""
    try:
        period = Period.parse(code)
    except PeriodUnreadable:
        return 1, 0
    return -period.last, period.first


def lede(counts: Mapping[str, int], filters: Filters) -> str:
    """What matters, in a sentence."""
    if filters.any:
        total = sum(counts.get(each, 0) for each in filters.severities)
        said = ngettext("%(n)s phát hiện như đang lọc.", "%(n)s phát hiện như đang lọc.", total)
        return said % {"n": words.number(total)}
    errors, questions = (counts.get(each, 0) for each in LOUD)
    told = []
    if errors:
        told.append(
            ngettext("%(n)s chỗ các số không thể cùng đúng", "%(n)s chỗ các số không thể cùng đúng", errors)
            % {"n": words.number(errors)}
        )
    if questions:
        told.append(ngettext("%(n)s chỗ đáng hỏi", "%(n)s chỗ đáng hỏi", questions) % {"n": words.number(questions)})
    if not told:
        return _("Không còn phát hiện nào chờ xem.")
    return _("Đang chờ xem: %(what)s.") % {"what": ", ".join(told)}


def beside(user: User, filters: Filters, finding: Finding) -> tuple[Finding | None, Finding | None]:
    """The findings before and after one in the list as it is filtered, though it may have left the list itself."""
    order = list(filters.severities)
    at = order.index(finding.severity) if finding.severity in order else len(order)
    before = [filters.rows(user, each).order_by("pk") for each in reversed(order[: at + 1])]
    after = [filters.rows(user, each) for each in order[at:]]
    if at < len(order):
        before[0], after[0] = before[0].filter(pk__gt=finding.pk), after[0].filter(pk__lt=finding.pk)
    return _first(before), _first(after)


def _first(rows: Iterable[QuerySet[Finding]]) -> Finding | None:
    return next((found for each in rows if (found := each.only("uuid", "severity").first())), None)
