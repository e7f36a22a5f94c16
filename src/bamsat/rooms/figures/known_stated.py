# SPDX-License-Identifier: Apache-2.0
"""What stands in the ledger, as the check takes it: a place's entries of some periods, and of the years before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.utils import timezone

from bamsat.core.check.model import Stated
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.numbers import MINUS, format_number
from bamsat.core.terms.period import Period
from bamsat.core.terms.unit import unit_name
from bamsat.rooms.catalogue.models import Provider
from bamsat.rooms.catalogue.naming import CodeNames, code_names, is_coded
from bamsat.rooms.figures.models import Entry, EntryKind, Latest, Vintage
from bamsat.rooms.figures.origins import FORM
from bamsat.rooms.figures.scopes import condition
from bamsat.rooms.figures.segment_words import segment_words
from bamsat.rooms.places.models import Place, PlaceVersion

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

YEARS = 5
# Thousands of rows are read at once: kinds and vintages are looked up as the words that the database has.
_STATUS: dict[str, str] = {
    EntryKind.ACTUAL: "actual", EntryKind.ESTIMATE: "estimate", EntryKind.PLAN: "target",
    EntryKind.FORECAST: "forecast",
}  # fmt: skip
# A source is called the same whatever the language of the page: what it says is told apart by its name.
_RELEASES: dict[str, str] = {Vintage.OFFICIAL: "chính thức", Vintage.PRELIMINARY: "sơ bộ", Vintage.ESTIMATE: "ước tính"}
_KINDS: dict[str, str] = {EntryKind.PLAN: "kế hoạch", EntryKind.FORECAST: "dự báo"}
# How hard it is to believe that an entry is wrong, beside 1 for a number just typed or read.
_WEIGHTS: dict[str, int] = {Vintage.OFFICIAL: 8, Vintage.PRELIMINARY: 5, Vintage.ESTIMATE: 3}
# Whose official values are the last word: the same thing told otherwise is an error, not another scope.
_LAST_WORD: dict[str, tuple[str, ...]] = {EntryKind.ACTUAL: ("statistics", "department"), EntryKind.PLAN: ("council",)}
_MONEY = ((Decimal(10) ** 9, "tỷ"), (Decimal(10) ** 6, "triệu"))
_COLUMNS = (
    "uuid", "series__indicator__code", "series__indicator__name_vi", "series__indicator__unit",
    "series__indicator__display_unit", "series__indicator__display_scale", "series__segment", "series__measure",
    "series__unit", "series__price_basis", "series__provider", "series__scale", "period", "base", "kind", "vintage",
    "value", "value_high", "of", "lower", "upper", "hedge", "source__number", "intake__format",
)  # fmt: skip


class _Row(NamedTuple):
    """An entry with what it is a value of, one field a column asked."""

    uuid: Any
    indicator: str
    name: str
    own_unit: str
    display_unit: str
    display_scale: int
    segment: str
    measure: str
    unit: str
    price_basis: str
    provider: str
    scale: int
    period: str
    base: str
    kind: str
    vintage: str
    value: int
    value_high: int | None
    of: int | None
    lower: int
    upper: int
    hedge: str
    written: str | None
    intake: str | None

    def number(self, stored: int | None) -> Decimal | None:
        return None if stored is None else Decimal(stored).scaleb(-self.scale)

    def sure(self, stored: int) -> Decimal:
        return Decimal(stored).scaleb(-self.scale)


def place_key(place: Place) -> str:
    """How the check calls a place, whoever speaks of it: a document, a form or the ledger."""
    return str(place.pk)


def known_stated(
    place: Place, periods: Iterable[str], indicators: Collection[str] | None = None,
    user: User | AnonymousUser | None = None, as_known: datetime | None = None,
) -> list[Stated]:  # fmt: skip
    """What the ledger says of a place in these periods (codes): of some indicators (codes), or of all.

    With a user only what that user may see; with a moment what stood then.
    """
    wanted = {"period__in": sorted(set(periods))}
    return _stated(place, wanted, indicators, user, as_known)


def history_stated(
    place: Place, indicators: Collection[str], before: Period, years: int = YEARS,
    user: User | AnonymousUser | None = None,
) -> list[Stated]:  # fmt: skip
    """What the ledger says of these indicators (codes) at a place in the years before a period: periods of its length
    that end before it begins; levels, indices and ratios that were done or estimated, without plans."""
    lengths = _spans_of(before, years)
    wanted = {"period__in": lengths, "kind__in": [EntryKind.ACTUAL, EntryKind.ESTIMATE]}
    return _stated(place, wanted, indicators, user, None) if lengths else []


def standing_stated(place: Place, first: int, last: int) -> list[Stated]:
    """What the ledger says of a place in all periods that end in these years."""
    wanted = {"entry__last_month__gte": 12 * first, "entry__last_month__lt": 12 * (last + 1)}
    return _stated(place, wanted, None, None, None)


def came_in_bulk(one: Stated) -> bool:
    """Whether an entry came in a file of many lines, that nobody looked at one by one."""
    return int(one.weight) not in _WEIGHTS.values()


def _spans_of(before: Period, years: int) -> list[str]:
    """Codes of the periods of this length before it, the year to date only as such: named, so that an index finds
    them."""
    to_date = before.first % 12 == 0 and before.length not in (1, 3, 6, 12)
    step = 12 if to_date else before.length
    first = before.first - 12 * years
    starts = range(before.first - step, first - 1, -step)
    return sorted(Period(start, start + before.length - 1).code for start in starts if start >= 0)


def _stated(
    place: Place, wanted: Mapping[str, Any], indicators: Collection[str] | None, user: User | AnonymousUser | None,
    as_known: datetime | None,
) -> list[Stated]:  # fmt: skip
    """In two questions, and one more where there are breakdowns by code; none of them grows with the number of
    entries."""
    asked = {"series__place": place.pk, **wanted}
    if indicators is not None:
        asked["series__indicator__code__in"] = sorted(set(indicators))
    if as_known is None:
        found = list(_rows(_scoped(Latest.objects.filter(**asked), user), "entry__"))
    else:
        found = _newest(_rows(_scoped(_then(asked, as_known), user).order_by("pk"), ""))
    if not found:
        return []
    coded = any(row.segment and is_coded(row.segment) for row in found)
    words = _Words(_full_name(place), _provider_names(found), code_names() if coded else None)
    key = place_key(place)
    return [_of_row(row, key, words) for row in found]


def _then(asked: Mapping[str, Any], moment: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(**asked, recorded_at__lte=moment).exclude(withdrawal__at__lte=moment)


def _scoped(rows: QuerySet[Any], user: User | AnonymousUser | None) -> QuerySet[Any]:
    allowed = None if user is None else condition(user, through="series__")
    return rows if allowed is None else rows.filter(allowed)


def _rows(rows: QuerySet[Model], through: str) -> Iterator[_Row]:
    """`through` leads from a row to its entry."""
    columns = [name if name.startswith("series__") else f"{through}{name}" for name in _COLUMNS]
    ordered = rows.order_by(f"{through}pk" if through else "pk")
    return (_Row(*told) for told in ordered.values_list(*columns))


def _newest(rows: Iterable[_Row]) -> list[_Row]:
    """The last of each line."""
    lines = {row[1:3] + row[6:11] + row[12:16]: row for row in rows}
    return list(lines.values())


class _Words(NamedTuple):
    """Names for the sentences: of the place, of the providers by code, of the codes of breakdowns."""

    place: str
    providers: Mapping[str, str]
    codes: CodeNames | None

    def source(self, row: _Row) -> str:
        """Who says it, and of which release: what one source says belongs to one vintage."""
        release = _KINDS.get(row.kind) or _RELEASES[row.vintage]
        return f"{self.providers.get(row.provider, row.provider)} ({release})"

    def segment(self, row: _Row) -> str:
        return segment_words(row.indicator, row.segment, self.codes)


def _provider_names(rows: Iterable[_Row]) -> dict[str, str]:
    wanted = {row.provider for row in rows}
    return dict(Provider.objects.filter(code__in=wanted).values_list("code", "name_vi"))


def _full_name(place: Place) -> str:
    """The name with its kind word as official papers write it: "xã Bảo Lạc"; of today, else the latest."""
    today = timezone.localdate()
    name = place.name
    for version in PlaceVersion.objects.filter(place=place).order_by("valid_from"):
        name = version.full_name
        if version.holds_on(today):
            break
    return name


def _of_row(row: _Row, place: str, words: _Words) -> Stated:
    key, source = f"entry:{row.uuid}", words.source(row)
    segment = words.segment(row)
    value, lower, upper = row.sure(row.value), row.sure(row.lower), row.sure(row.upper)
    figure = Figure(
        doc=source, start=0, end=0, number=_number(row, value), label=f"{row.name}, {segment}" if segment else row.name,
        indicator=row.indicator, segment=segment or None, measure=row.measure, value=value,
        value_high=row.number(row.value_high), of=row.number(row.of), unit=row.unit, lower=lower, upper=upper,
        status=_STATUS[row.kind], hedge=row.hedge or None, area=words.place, period=row.period, base=row.base or None,
        price_basis=row.price_basis or None,
    )  # fmt: skip
    official = row.vintage == Vintage.OFFICIAL and row.provider in _LAST_WORD.get(row.kind, ())
    return Stated(key, figure, source, place, _weight(row.vintage, row.intake), official)


@lru_cache(maxsize=64)
def _weight(vintage: str, intake: str | None) -> Decimal:
    """What people judged one by one is surer than what came in many lines at once."""
    return Decimal(_WEIGHTS[vintage] - (intake is not None and intake != FORM))


def _number(row: _Row, value: Decimal) -> str:
    """As the document wrote it, where the entry still says that; else as people write such values."""
    size, unit = _size(row, value)
    shown = format_number(abs(value) / size)
    if row.written and shown in row.written:
        return row.written
    if row.of is not None:
        shown = f"{shown}/{format_number(row.sure(row.of) / size)}"
    told = f"{shown}{unit}" if unit.startswith("%") or not unit else f"{shown} {unit}"
    return MINUS + told if value < 0 else told


def _size(row: _Row, value: Decimal) -> tuple[Decimal, str]:
    """How many base units one is in which the value is told, and that unit's name."""
    if row.display_unit and row.unit == row.own_unit and row.display_scale > 1 and row.measure == "level":
        return Decimal(row.display_scale), row.display_unit
    if row.unit in ("VND", "USD"):
        for size, name in _MONEY:
            if abs(value) >= size:
                return size, f"{name} {_unit_name(row.unit)}"
    return Decimal(1), _unit_name(row.unit)


@lru_cache(maxsize=256)
def _unit_name(unit: str) -> str:
    return "điểm %" if unit == "point" else unit_name(unit)
