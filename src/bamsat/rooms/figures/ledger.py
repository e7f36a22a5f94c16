# SPDX-License-Identifier: Apache-2.0
"""Writing lines of the ledger: series interned, numbers as integers, each entry after the one it replaces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.queries import unit_scale
from bamsat.rooms.documents.models import ReadFigure
from bamsat.rooms.figures.models import DEPARTMENT, Confirmation, Entry, Intake, Latest, Plan, Series
from bamsat.rooms.places.models import Place

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST = 2**63 - 1
Key = tuple[int, str, str, str, str]
SeriesKey = tuple[int, int, str, str, str, str, str]


class NumberRefused(BamsatError):
    """A number that the ledger cannot hold exactly."""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that an entry will say, in base units, before it has a series."""

    indicator: Indicator
    place: Place
    segment: str
    measure: str
    unit: str
    price_basis: str
    period: Period
    base: str
    kind: str
    vintage: str
    value: Decimal
    value_high: Decimal | None
    of: Decimal | None
    lower: Decimal
    upper: Decimal
    hedge: str
    source: ReadFigure | None
    reason: str = ""
    provider: str = DEPARTMENT
    plan: Plan | None = None
    intake: Intake | None = None
    cell: str = ""

    @property
    def series_key(self) -> SeriesKey:
        indicator, place = self.indicator.pk, self.place.pk
        return (indicator, place, self.segment, self.measure, self.unit, self.price_basis, self.provider)


# Numbers.


def stored(value: Decimal, scale: int, unit: str = "") -> int:
    """The integer that stands for the value at this scale; refused if it would lose a digit or overflow.

    >>> stored(Decimal("12.77"), 6)
    12770000
    """
    scaled = value.scaleb(scale)
    if scaled != scaled.to_integral_value():
        raise NumberRefused(
            vi=f"Số {value} {unit} có quá nhiều chữ số thập phân: sổ giữ {scale} chữ số. Hãy làm tròn rồi nhận lại.",
            en=f"The number {value} {unit} has too many decimals: the ledger keeps {scale}. Round it and accept again.",
        )
    return _within(int(scaled), value, unit)


def _within(number: int, value: Decimal, unit: str) -> int:
    if abs(number) > MOST:
        raise NumberRefused(
            vi=f"Số {value} {unit} lớn quá sức chứa của sổ. Hãy xem lại đơn vị: có thể đã nhân nghìn hoặc tỷ hai lần.",
            en=f"The number {value} {unit} is larger than the ledger can hold. Check its unit: a thousand or a billion "
            "may have been applied twice.",
        )
    return number


def stored_bound(value: Decimal, scale: int, rounding: str) -> int:
    """A bound, rounded outward; one beyond the column becomes the largest that it holds."""
    number = int(value.scaleb(scale).to_integral_value(rounding=rounding))
    return max(-MOST, min(MOST, number))


# Series.


def interned(drafts: Iterable[Draft]) -> dict[SeriesKey, Series]:
    """The series of each draft, made where there is none yet, and held until the transaction ends."""
    wanted = {draft.series_key: draft for draft in drafts}
    found = _known_series(wanted)
    scales = {unit: unit_scale(unit) for unit in {d.unit for key, d in wanted.items() if key not in found}}
    missing = [
        Series(
            indicator=d.indicator, place=d.place, segment=d.segment, measure=d.measure, unit=d.unit,
            price_basis=d.price_basis, provider=d.provider, scale=scales[d.unit],
        )
        for key, d in wanted.items() if key not in found
    ]  # fmt: skip
    if missing:
        Series.objects.bulk_create(missing, ignore_conflicts=True)
        found = _known_series(wanted)
    hold(found.values())
    return found


def hold(series: Iterable[Series]) -> None:
    """Let one transaction at a time add to these lines; in order of key, so that two never wait for each other."""
    ids = [s.pk for s in series]
    list(Series.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


def _known_series(wanted: dict[SeriesKey, Draft]) -> dict[SeriesKey, Series]:
    indicators, places = {key[0] for key in wanted}, {key[1] for key in wanted}
    rows = Series.objects.filter(indicator__in=indicators, place__in=places).select_related("indicator", "place")
    keyed = {_key_of_series(s): s for s in rows}
    return {key: keyed[key] for key in wanted if key in keyed}


def _key_of_series(s: Series) -> SeriesKey:
    return (s.indicator_id, s.place_id, s.segment, s.measure, s.unit, s.price_basis, s.provider)


# Lines: the entries of one key, one after the other.


class Lines:
    """The lines that a batch touches: the last entry of each, and the one that stands (not withdrawn)."""

    def __init__(self, series: Iterable[Series], periods: Iterable[str]) -> None:
        ids, codes = [s.pk for s in series], set(periods)
        touched = Entry.objects.filter(series__in=ids, period__in=codes, replaced_by=None)
        self.last: dict[Key, Entry] = {key_of(entry): entry for entry in touched}
        latest = Latest.objects.filter(series__in=ids, period__in=codes).select_related("entry")
        self.latest: dict[Key, Latest] = {key_of(row): row for row in latest}
        self.changed: dict[Key, Latest] = {}
        self.unwritten: list[Entry] = []

    def standing(self, key: Key) -> Entry | None:
        row = self.latest.get(key)
        return row.entry if row else None

    def add(self, draft: Draft, series: Series, by: User, reason: str) -> Entry:
        """The next entry of a line, after whatever stands last in it; written at the latest when the page is closed."""
        key = draft_key(draft, series)
        if (last := self.last.get(key)) and last.pk is None:
            self.write()
        entry = Entry(
            series=series, period=key[1], first_month=draft.period.first, last_month=draft.period.last, base=key[2],
            kind=key[3], vintage=key[4], hedge=draft.hedge, source=draft.source, by=by, reason=reason,
            plan=draft.plan, intake=draft.intake, cell=draft.cell, replaces=self.last.get(key),
            **numbers(draft, series),
        )  # fmt: skip
        self.unwritten.append(entry)
        self.last[key] = entry
        row = self.latest.get(key) or Latest(series=series, period=key[1], base=key[2], kind=key[3], vintage=key[4])
        row.entry = entry
        self.latest[key] = self.changed[key] = row
        return entry

    def confirm(self, entry: Entry, source: ReadFigure, by: User) -> Confirmation:
        """Note that another figure says what an entry of these lines says."""
        if entry.pk is None:
            self.write()
        return Confirmation.objects.get_or_create(entry=entry, source=source, defaults={"by": by})[0]

    def write(self) -> None:
        """Write the entries so far, all at once, so that many figures keep the database for a short time only."""
        Entry.objects.bulk_create(self.unwritten, batch_size=200)
        self.unwritten = []

    def close(self) -> None:
        """Write what is unwritten, and which entries stand now."""
        self.write()
        rows = list(self.changed.values())
        Latest.objects.bulk_update([row for row in rows if row.pk], ["entry"])
        Latest.objects.bulk_create([row for row in rows if not row.pk])
        self.changed = {}


def key_of(row: Entry | Latest) -> Key:
    return (row.series_id, row.period, row.base, row.kind, row.vintage)


def draft_key(draft: Draft, series: Series) -> Key:
    return (series.pk, draft.period.code, draft.base, draft.kind, draft.vintage)


def numbers(draft: Draft, series: Series) -> dict[str, int | None]:
    """The columns of an entry that hold numbers, as integers at the series' scale."""
    scale, unit = series.scale, draft.unit
    return {
        "value": stored(draft.value, scale, unit),
        "value_high": None if draft.value_high is None else stored(draft.value_high, scale, unit),
        "of": None if draft.of is None else stored(draft.of, scale, unit),
        "lower": stored_bound(min(draft.lower, draft.value), scale, ROUND_FLOOR),
        "upper": stored_bound(max(draft.upper, draft.value), scale, ROUND_CEILING),
    }


def says_no_more(draft: Draft, series: Series, standing: Entry) -> bool:
    """Whether a statement only repeats a standing entry: the same words' interval, or a wider one around it."""
    told = numbers(draft, series)
    if told["of"] != standing.of or (told["value_high"] is None) != (standing.value_high is None):
        return False
    return bool(told["lower"] <= standing.lower and standing.upper <= told["upper"])  # type: ignore[operator]


def contradicts(draft: Draft, series: Series, standing: Entry) -> bool:
    """Whether the two intervals have nothing in common."""
    told = numbers(draft, series)
    return told["of"] != standing.of or bool(told["upper"] < standing.lower or standing.upper < told["lower"])  # type: ignore[operator]


def stand_after_withdrawal(entry: Entry) -> Entry | None:
    """Let the nearest entry before a withdrawn one stand again; nothing stands if all were withdrawn."""
    Latest.objects.filter(entry=entry).delete()
    line = Entry.objects.filter(
        series=entry.series_id, period=entry.period, base=entry.base, kind=entry.kind, vintage=entry.vintage
    )
    before = line.filter(withdrawal=None).order_by("-pk").first()
    if before:
        Latest.objects.get_or_create(
            series_id=before.series_id, period=before.period, base=before.base, kind=before.kind,
            vintage=before.vintage, defaults={"entry": before},
        )  # fmt: skip
    return before


@transaction.atomic
def rebuild_latest() -> int:
    """Write the table of standing entries anew from the entries alone; how many rows it has then."""
    keys = ("series_id", "period", "base", "kind", "vintage")
    newest = Entry.objects.filter(withdrawal=None).order_by().values(*keys).annotate(newest=Max("pk"))
    rows = [Latest(**{key: row[key] for key in keys}, entry_id=row["newest"]) for row in newest.iterator()]
    Latest.objects.all().delete()
    Latest.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def drift() -> list[Key]:
    """Keys whose standing entry is not the one that the entries say; empty when all is well."""
    keys = ("series_id", "period", "base", "kind", "vintage")
    newest = Entry.objects.filter(withdrawal=None).order_by().values(*keys).annotate(newest=Max("pk"))
    told = {tuple(row[key] for key in keys): row["newest"] for row in newest}
    kept = {tuple(row[key] for key in keys): row["e"] for row in Latest.objects.values(*keys, e=F("entry_id"))}
    return [key for key in told.keys() | kept.keys() if told.get(key) != kept.get(key)]
