# SPDX-License-Identifier: Apache-2.0
"""Many facilities from one table: every row is looked at first, each trouble with its cell; then the good rows are
written together. The same table again changes nothing: a row is known by its code, else by its name and unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts import audit
from bamsat.rooms.places.ancestors import renew_ancestors
from bamsat.rooms.places.browse import on_day
from bamsat.rooms.places.models import Place, PlaceKind, PlaceVersion
from bamsat.rooms.places.queries import writing_scope
from bamsat.rooms.places.register import Attribute, RegisterRefused, attributes_of, read_point, read_value, shown
from bamsat.rooms.places.rights import Function
from bamsat.rooms.places.slugs import free_slug
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

BASE = ("Mã", "Tên", "Tên tiếng Anh", "Xã, phường", "Có từ ngày", "Vĩ độ", "Kinh độ")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a cell cannot be taken, and how to mend it."""

    cell: str
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """One row that can be written."""

    row: int
    name: str
    name_en: str
    code: str
    parent: int
    since: date | None
    point: tuple[Decimal, Decimal] | None
    attributes: dict[str, Any]
    known: int | None = None


@dataclass(slots=True)
class Trial:
    """What a table would do; nothing is written yet."""

    kind: PlaceKind
    new: list[Told] = field(default_factory=list)
    changed: list[Told] = field(default_factory=list)
    same: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def to_write(self) -> int:
        return len(self.new) + len(self.changed)


class Units:
    """The units that the user keeps, by code and by every way in which a row may name them."""

    def __init__(self, by: User) -> None:
        reach = writing_scope(by, Function.PLACES)
        kinds = PlaceKind.objects.filter(administrative=True).values("code")
        found = PlaceVersion.objects.filter(on_day(timezone.localdate()), place__in=reach, place__kind__in=kinds)
        self.names: dict[str, set[int]] = defaultdict(set)
        self.start: dict[int, date | None] = {}
        for version in found.select_related("parent"):
            self.start[version.place_id] = version.valid_from
            above = version.parent.name if version.parent else ""
            for name in (version.name, version.full_name):
                self.names[fold(name)].add(version.place_id)
                self.names[fold(f"{name}, {above}")].add(version.place_id)
            if version.code:
                self.names[version.code].add(version.place_id)

    def named(self, text: str) -> int:
        """The one unit that the text means; RegisterRefused if there is none, or several."""
        found = self.names.get(fold(text)) or self.names.get(text.strip()) or set()
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise RegisterRefused(
                "parent", vi=f"Có {len(found)} nơi tên “{text}”. Hãy ghi mã, hoặc thêm tỉnh: “{text}, Cao Bằng”.",
                en=f"{len(found)} places are called “{text}”. Write the code, or add the province: “{text}, Cao Bằng”.",
            )  # fmt: skip
        raise RegisterRefused(
            "parent", vi=f"Không có xã, phường nào tên hoặc mã “{text}” trong phạm vi được giao. Hãy sửa tên hoặc mã.",
            en=f"No commune with the name or code “{text}” is within your reach. Mend the name, or write the code.",
        )  # fmt: skip


def try_rows(by: User, kind: PlaceKind, rows: Sequence[Sequence[str]]) -> Trial:
    """Look at every row; one bad row never stops the rest."""
    trial, attributes = Trial(kind), attributes_of(kind)
    if not rows:
        trial.troubles.append(Trouble("A1", _("Tệp không có dòng nào. Hãy tải bảng mẫu, điền rồi nạp.")))
        return trial
    columns = _columns(rows[0], attributes, trial)
    for needed in ("Tên", "Xã, phường"):
        if needed not in columns:
            trial.troubles.append(Trouble("A1", _("Thiếu cột “%(name)s”. Hãy dùng bảng mẫu.") % {"name": needed}))
    if trial.troubles:
        return trial
    units, known = Units(by), Known(by, kind)
    seen: dict[tuple[str, int], int] = {}
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            _one_row(Reader(number, row, columns), attributes, units, known, seen, trial)
    return trial


class Reader:
    """The cells of one row by the names of their columns; troubles carry the address of the cell."""

    def __init__(self, number: int, row: Sequence[str], columns: dict[str, int]) -> None:
        self.number, self._row, self._columns = number, row, columns
        self.troubles: list[Trouble] = []

    def cell(self, name: str) -> str:
        at = self._columns.get(name, len(self._row))
        return " ".join(self._row[at].split()) if at < len(self._row) else ""

    def take(self, name: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except RegisterRefused as error:
            self.refuse(name, words.told(error))
            return None

    def refuse(self, name: str, why: str) -> None:
        self.troubles.append(Trouble(f"{_letters(self._columns.get(name, 0))}{self.number}", why))


def _one_row(
    row: Reader, attributes: list[Attribute], units: Units, known: Known, seen: dict[tuple[str, int], int], trial: Trial
) -> None:
    told = _told(row, attributes, units)
    if told is not None:
        twin = seen.setdefault((fold(told.name), told.parent), row.number)
        if twin != row.number:
            row.refuse("Tên", _("Trùng tên và xã với dòng %(row)s. Hãy bỏ một dòng.") % {"row": twin})
    trial.troubles += row.troubles
    if told is None or row.troubles:
        return
    held = known.find(told)
    if held is None:
        trial.new.append(told)
    elif known.says(held) == _says(told):
        trial.same += 1
    else:
        trial.changed.append(_with(told, held.place_id))


def _told(row: Reader, attributes: list[Attribute], units: Units) -> Told | None:
    name, code = row.cell("Tên"), row.cell("Mã")
    if not name or len(name) > 200:
        row.refuse("Tên", _("Tên cần từ 1 đến 200 ký tự."))
    if len(code) > 12:
        row.refuse("Mã", _("Mã dài quá 12 ký tự. Hãy rút gọn."))
    parent = row.take("Xã, phường", lambda: units.named(row.cell("Xã, phường")))
    when = Attribute("since", "Có từ ngày", "date", "", ())
    since = row.take("Có từ ngày", lambda: read_value(when, row.cell("Có từ ngày")))
    point = row.take("Vĩ độ", lambda: read_point(row.cell("Vĩ độ"), row.cell("Kinh độ")))
    values = {}
    for each in attributes:
        value = row.take(each.name, lambda each=each: read_value(each, row.cell(each.name)))  # type: ignore[misc]
        if value is not None:
            values[each.code] = value
    if row.troubles or parent is None:
        return None
    begun, first = date.fromisoformat(since) if since else None, units.start[parent]
    if begun and first and begun < first:
        row.refuse("Có từ ngày", _("Xã, phường này chỉ có từ ngày %(day)s.") % {"day": f"{first:%d/%m/%Y}"})
        return None
    return Told(row.number, name, row.cell("Tên tiếng Anh"), code, parent, begun or first, point, values)


class Known:
    """The facilities of the kind that the user keeps, by code and by name and unit: a row never reaches another's."""

    def __init__(self, by: User, kind: PlaceKind) -> None:
        self._by_code: dict[str, PlaceVersion] = {}
        self._by_name: dict[tuple[str, int | None], PlaceVersion] = {}
        standing = PlaceVersion.objects.filter(place__kind=kind.code, valid_to=None)
        reach = writing_scope(by, Function.PLACES)
        for version in standing.filter(place__in=reach).select_related("place"):
            self._by_name[version.folded, version.parent_id] = version
            if version.code:
                self._by_code[version.code] = version

    def find(self, told: Told) -> PlaceVersion | None:
        by_code = self._by_code.get(told.code) if told.code else None
        return by_code or self._by_name.get((fold(told.name)[:200], told.parent))

    @staticmethod
    def says(version: PlaceVersion) -> tuple[Any, ...]:
        place = version.place
        point = None if place.latitude is None else (place.latitude, place.longitude)
        return version.name, version.name_en, version.code, version.parent_id, point, dict(place.attributes or {})


def _says(told: Told) -> tuple[Any, ...]:
    return told.name, told.name_en, told.code, told.parent, told.point, told.attributes


def _with(told: Told, known: int) -> Told:
    return Told(
        told.row, told.name, told.name_en, told.code, told.parent, told.since, told.point, told.attributes, known
    )  # fmt: skip


@transaction.atomic
def write_rows(by: User, trial: Trial) -> int:
    """Write what a trial found good: new facilities, and what changed of those there; one record for all of it."""
    taken: set[str] = set()
    places, versions = [], []
    for told in trial.new:
        slug = free_slug(trial.kind.code, told.name, told.code, taken=taken)
        taken.add(slug)
        place = Place(slug=slug, kind=trial.kind.code)
        _fill(place, told)
        places.append(place)
    Place.objects.bulk_create(places, batch_size=500)
    for place, told in zip(places, trial.new, strict=True):
        versions.append(_version(place, told))
    PlaceVersion.objects.bulk_create(versions, batch_size=500)
    touched = [place.pk for place in places] + _mend(trial.changed)
    renew_ancestors(touched)
    audit.record(
        by, "places.register.imported", trial.kind, kind=trial.kind.code, new=len(trial.new),
        changed=len(trial.changed), slugs=sorted(taken)[:200],
    )  # fmt: skip
    return trial.to_write


def _mend(rows: list[Told]) -> list[int]:
    held = {version.place_id: version for version in _standing([told.known for told in rows if told.known])}
    for told in rows:
        version = held.get(told.known or 0)
        if version is None:
            continue
        if version.parent_id != told.parent:  # there no earlier than the unit in which it stands
            version.valid_from = told.since
        version.name, version.name_en, version.code, version.parent_id = told.name, told.name_en, told.code, told.parent
        version.fill_keys()
        _fill(version.place, told)
    fields = ["name", "name_en", "code", "parent", "valid_from", "folded", "sort_key"]
    PlaceVersion.objects.bulk_update(held.values(), fields, batch_size=200)
    on_place = ["name", "name_en", "sort_key", "latitude", "longitude", "attributes"]
    Place.objects.bulk_update([version.place for version in held.values()], on_place, batch_size=200)
    return list(held)


def _standing(places: list[int]) -> Iterable[PlaceVersion]:
    for at in range(0, len(places), 500):
        yield from PlaceVersion.objects.filter(place__in=places[at : at + 500], valid_to=None).select_related("place")


def _fill(place: Place, told: Told) -> None:
    place.name, place.name_en, place.attributes = told.name, told.name_en, dict(told.attributes)
    place.latitude, place.longitude = told.point or (None, None)
    version = PlaceVersion(name=told.name)
    version.fill_keys()
    place.sort_key = version.sort_key


def _version(place: Place, told: Told) -> PlaceVersion:
    version = PlaceVersion(
        place=place, name=told.name, name_en=told.name_en, code=told.code, parent_id=told.parent, valid_from=told.since
    )
    version.fill_keys()
    return version


def table(kind: PlaceKind, found: Iterable[PlaceVersion]) -> list[list[str]]:
    """Facilities as rows of text, as they can be brought in again; the first row names the columns."""
    attributes, listed = attributes_of(kind), list(found)
    units = {version.parent_id for version in listed}
    above = {
        version.place_id: f"{version.name}, {version.parent.name}" if version.parent else version.name
        for version in PlaceVersion.objects.filter(place__in=units).select_related("parent").order_by("valid_from")
    }
    return [[*BASE, *(each.name for each in attributes)], *(_as_row(one, above, attributes) for one in listed)]


def _as_row(version: PlaceVersion, above: dict[int, str], attributes: list[Attribute]) -> list[str]:
    place, held = version.place, version.place.attributes or {}
    point = ["" if each is None else f"{each}".replace(".", ",") for each in (place.latitude, place.longitude)]
    values = [shown(each, held[each.code]) if held.get(each.code) not in (None, "") else "" for each in attributes]
    start = f"{version.valid_from:%d/%m/%Y}" if version.valid_from else ""
    return [version.code, version.name, version.name_en, above.get(version.parent_id or 0, ""), start, *point, *values]


def _columns(head: Sequence[str], attributes: list[Attribute], trial: Trial) -> dict[str, int]:
    names = {fold(name): name for name in (*BASE, *(each.name for each in attributes))}
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        name = names.get(fold(cell.partition("(")[0]))
        if name:
            found.setdefault(name, at)
        elif cell.strip():
            trial.unknown.append(cell.strip())
    return found


def _letters(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
