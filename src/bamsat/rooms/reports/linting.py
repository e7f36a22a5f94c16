# SPDX-License-Identifier: Apache-2.0
"""A report about to be signed, held against the ledger: what the file says, what is known of it, what is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from bamsat.core.read.apart import read_apart
from bamsat.core.report.docx.tags import Tag, tags_in
from bamsat.core.report.lint import Known, KnownFigure, Remark, counted_by, lint
from bamsat.core.terms.errors import BamsatError, FileUnreadable
from bamsat.core.terms.figure import Figure, Reading
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.naming import CodeNames, code_names, is_coded
from bamsat.rooms.documents.reading import day_of_names
from bamsat.rooms.documents.refusing import SecretRefused
from bamsat.rooms.figures.models import Entry, EntryKind, Withdrawal
from bamsat.rooms.figures.scopes import condition
from bamsat.rooms.places.models import Place, PlaceVersion
from bamsat.rooms.places.queries import place_named, under
from bamsat.rooms.tasks.stood import counted_again, may_count

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.reports.models import Report

_STATUS = {EntryKind.PLAN: "target"}
_MOST_CLAIMED = 10_000  # entries
_MOST_PLACES = 40  # named in one report beside its own
_WITH = ("series__indicator", "series__place", "withdrawal", "replaced_by", "latest")


@dataclass(frozen=True, slots=True)
class Linted:
    """What a file says, and what is to be said of it."""

    reading: Reading
    remarks: tuple[Remark, ...]
    place: Place | None

    @property
    def errors(self) -> int:
        return sum(remark.severity == "error" for remark in self.remarks)

    @property
    def traced(self) -> int:
        """Numbers that the ledger says, or that follow from it."""
        wrong = {remark.start for remark in self.remarks if remark.severity != "information"}
        return sum(figure.start not in wrong for figure in self.reading.figures)


def linted(
    user: User | AnonymousUser | None, name: str, content: bytes, place: Place | None = None, kept: Report | None = None
) -> Linted:
    """A Word or PDF file held against the ledger as the user may see it; nobody is who runs a command on the machine.
    What is said of a version that is kept others read too: then nothing is known outside the report's place.

    FileUnreadable says what is wrong with a file that cannot be read.
    """
    reading = _read(name, content)
    tags = _tags(name, content)
    place = place or _place_of(reading)
    known = known_for(user, place, reading, _claimed(tags), kept)
    if place is not None and (user is None or may_count(user, place)):
        known = replace(known, counts=counted_again(map(counted_by, islice(tags, _MOST_CLAIMED)), place))
    return Linted(reading, lint(reading.document, reading, tags, known), place)


def lint_version(
    user: User, report: Report, name: str, content: bytes
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What lint says of a draft that came back, and the numbers that stand in it, as a Version keeps them."""
    found = linted(user, name, content, report.place, report)
    return [as_row(remark) for remark in found.remarks], [
        _number(figure, found.place) for figure in found.reading.figures
    ]


def as_row(remark: Remark) -> dict[str, Any]:
    return {field: getattr(remark, field) for field in Remark.__dataclass_fields__}


def _number(figure: Figure, place: Place | None) -> dict[str, Any]:
    return {
        "text": figure.number, "indicator": figure.indicator, "segment": figure.segment or "",
        "measure": figure.measure, "period": figure.period or "", "base": figure.base or "",
        "value": str(figure.value), "unit": figure.unit, "status": figure.status, "hedge": figure.hedge or "",
        "area": figure.area or (place.name if place else ""), "price_basis": figure.price_basis or "", "entries": [],
    }  # fmt: skip


# The file.


def _read(name: str, content: bytes) -> Reading:
    """Read in a process of its own: whoever sends a file may be nobody we know."""
    if not content:
        raise FileUnreadable(
            name=name, cause="empty", vi=f"Tệp “{name}” rỗng (0 byte). Hãy gửi lại tệp có nội dung.",
            en=f"The file “{name}” is empty (0 bytes). Send one that has content.",
        )  # fmt: skip
    folder = Path(settings.BAMSAT_DATA)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="soat-") as held:
        held.write(content)
        held.flush()
        reading = read_apart(Path(held.name), name)
    if reading.letterhead and reading.letterhead.secrecy:
        raise SecretRefused
    return reading


def _tags(name: str, content: bytes) -> list[Tag]:
    """The tags of a Word file; of another file, or where they cannot be read, none."""
    if not content.startswith(b"PK"):
        return []
    try:
        return tags_in(content, name)
    except (BamsatError, ValueError, KeyError, SyntaxError, RecursionError):
        return []  # without them every number is still looked for by what it says


def _place_of(reading: Reading) -> Place | None:
    """The place that the file itself names."""
    return place_named(reading.area) if reading.area else None


# What is known of it.


def known_for(
    user: User | AnonymousUser | None, place: Place | None, reading: Reading, tagged: Collection[str] = (),
    kept: Report | None = None,
) -> Known:  # fmt: skip
    """Entries of the place, of places named beside it and of the tags, in the periods that the document tells of and
    in those that these are made of: as they stand now, and as they stood before. A handful of queries, however long
    the document is."""
    if place is None and not tagged:
        return Known(())
    names = code_names()
    own = [] if place is None else list(PlaceVersion.objects.filter(place=place).values_list("name", flat=True))
    figures = [_known(one, names, place) for one in _entries(user, place, reading, tagged, kept)]
    return Known(figures, place.name if place else "", tuple(own))


def _entries(
    user: User | AnonymousUser | None, place: Place | None, reading: Reading, tagged: Collection[str],
    kept: Report | None,
) -> QuerySet[Entry]:  # fmt: skip
    rows = Entry.objects.select_related(*_WITH)
    allowed = None if user is None else condition(user, through="series__")
    if allowed is not None:
        rows = rows.filter(allowed)
    if kept is not None:
        rows = rows.filter(under([kept.place_id], "series__place"))
    periods = _periods(reading)
    asked = Q(pk__in=[])
    if place is not None:
        asked |= Q(series__place__in=[place.pk, *_beside(reading, place)], period__in=sorted(periods))
    if tagged:
        asked |= Q(uuid__in=_uuids(tagged)) | Q(replaces__uuid__in=_uuids(tagged))
    return rows.filter(asked).order_by("pk")


def _claimed(tags: Iterable[Tag]) -> set[str]:
    """The entries that a file claims; of a file that claims more than any report tells, the first of them."""
    return set(islice((entry for tag in tags for entry in tag.entries), _MOST_CLAIMED))


def _uuids(texts: Iterable[str]) -> set[UUID]:
    found = set()
    for text in texts:
        try:
            found.add(UUID(text))
        except ValueError:
            continue  # somebody wrote into the tag
    return found


def _beside(reading: Reading, place: Place) -> set[int]:
    """Other places that the document's figures name: "cả nước tăng 5%"."""
    areas = dict.fromkeys((f.area, f.period) for f in reading.figures if f.area and f.area != reading.area)
    found: dict[str, Place | None] = {}
    for area, period in areas:
        if area is not None and area not in found and len(found) < _MOST_PLACES:
            found[area] = place_named(area, day_of_names(period or "", None))
    return {one.pk for one in found.values() if one is not None and one.pk != place.pk}


def _periods(reading: Reading) -> set[str]:
    """The periods that are told of, and the months, quarters and years that they are added up from or held against."""
    told = {Period.parse(code) for figure in reading.figures for code in (figure.period, figure.base) if code}
    told |= {one.shift_years(-1) for one in told}
    found = set(told)
    for one in told:
        for length in (1, 3, 12):
            if one.first % length == 0 and length <= one.length <= 60:
                found |= {Period(first, first + length - 1) for first in range(one.first, one.last + 1, length)}
        found |= {Period.year(one.end_year), Period.year(one.start_year - 1)}
        if one.length < 12:
            found |= {
                Period.months(one.end_year, 1, month + 1) for month in (one.last % 12, one.first % 12 - 1) if month >= 0
            }
    return {one.code for one in found}


def _known(entry: Entry, names: CodeNames, place: Place | None) -> KnownFigure:
    series = entry.series
    replaced, on = _replaced(entry)
    segment, also = _segment(series.segment, names)
    own = place is not None and series.place_id == place.pk
    return KnownFigure(
        indicator=series.indicator.code, measure=series.measure, value=entry.amount, low=entry.low, high=entry.high,
        unit=series.unit, period=Period(entry.first_month, entry.last_month),
        base=Period.parse(entry.base) if entry.base else None, segment=segment,
        place=place.name if own and place else series.place.name, status=_STATUS.get(EntryKind(entry.kind), entry.kind),
        price_basis=series.price_basis, value_high=entry.amount_high, of=entry.amount_of, entry=str(entry.uuid),
        replaced_by=replaced, replaced_on=on, names=(series.indicator.name_vi,), segment_names=also,
    )  # fmt: skip


def _replaced(entry: Entry) -> tuple[str, date | None]:
    """What stands in an entry's place, and since when; an entry whose successor was withdrawn stands again."""
    if hasattr(entry, "latest"):
        return "", None
    taken_back: Withdrawal | None = getattr(entry, "withdrawal", None)
    if taken_back is not None:
        return "-", localtime(taken_back.at).date()
    after: Entry | None = getattr(entry, "replaced_by", None)
    return ("-", None) if after is None else (str(after.uuid), localtime(after.recorded_at).date())


def _segment(segment: str, names: CodeNames) -> tuple[str, tuple[str, ...]]:
    """A part in words, and the other words for the same code."""
    if not is_coded(segment):
        return segment, ()
    codes: Sequence[str] = segment.split("|")
    said = names.segment(segment)
    if len(codes) > 1:
        return said, ()
    folded = names.codes.get(codes[0].partition(":")[0], {})
    return said, tuple(words for words, code in folded.items() if code == codes[0])
