# SPDX-License-Identifier: Apache-2.0
"""Which return a file of a batch is for: form, place and period by what it says, where its sender may fill it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bamsat.core.forms.definition import LENGTHS, Definition
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.models import Place, PlaceVersion
from bamsat.rooms.places.queries import named
from bamsat.rooms.places.rights import Function
from bamsat.rooms.submissions.files.bundles import labels_of
from bamsat.rooms.submissions.files.findings import NotRecognised, NotThisReturn
from bamsat.rooms.submissions.files.identity import memory_of, periods_in, titles_of
from bamsat.rooms.submissions.files.labels import FormLabels
from bamsat.rooms.submissions.files.sheets_in import Opened
from bamsat.rooms.submissions.filling.actions import fits, typed_keys
from bamsat.rooms.submissions.filling.may_open import ask_to_open
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Form, FormVersion
from bamsat.rooms.submissions.queries import forms, places_for, version_for

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_TITLE_LINES = 30


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of itself; "" where it says nothing."""

    form: str = ""
    place: str = ""
    period: str = ""
    titles: tuple[str, ...] = ()
    number: str = ""
    place_name: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """The return that a file is for."""

    version: FormVersion
    place: Place
    period: Period

    @property
    def key(self) -> tuple[int, int, str]:
        return self.version.form_id, self.place.pk, self.period.code


def said_by(opened: Opened, chosen: Mapping[str, str]) -> Said:
    """What somebody chose for the file holds; else what the product wrote into it; else its title lines."""
    if chosen:
        return Said(chosen.get("form", ""), chosen.get("place", ""), chosen.get("period", ""))
    if opened.markup is not None:
        return Said(opened.markup["form"], opened.markup["place"], opened.markup["period"])
    memory = memory_of(opened)
    if memory is not None:
        return Said(memory.form, memory.place, memory.period)
    lines: list[str] = []
    number = place = ""
    for sheet in opened.sheets:
        if sheet.shown:
            titles = titles_of(sheet, _TITLE_LINES)
            lines += titles.lines
            number, place = number or titles.number, place or titles.place
    return Said(titles=tuple(lines), number=number, place_name=place)


@dataclass
class Recogniser:
    """Recognises the files of one batch; forms, versions, places and rights are asked for once."""

    user: User
    _forms: dict[str, Form] = field(default_factory=dict)
    _places: dict[str, Place | None] = field(default_factory=dict)
    _allowed: dict[tuple[int, int], bool] = field(default_factory=dict)
    _versions: dict[tuple[int, str], FormVersion | None] = field(default_factory=dict)
    _labels: dict[tuple[int, str], FormLabels] = field(default_factory=dict)
    _keys: dict[int, dict[str, bool]] = field(default_factory=dict)
    _names: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._forms = {form.code: form for form in forms(self.user).filter(ended=None)}

    def prepare(self, told: Iterable[Said]) -> None:
        """Fetch the places that these files name, and the rights there, in a few queries."""
        told = list(told)
        slugs = {said.place for said in told if said.place} - set(self._places)
        found = {place.slug: place for place in Place.objects.filter(slug__in=slugs)}
        self._places |= {slug: found.get(slug) for slug in slugs}
        self._ask_rights(told)
        names: dict[int, list[str]] = {place.pk: [] for place in found.values()}
        for place, word, name in PlaceVersion.objects.filter(place__in=names).values_list("place_id", "word", "name"):
            names[place].append(f"{word} {name}".strip())
        self._names |= {pk: tuple(each) for pk, each in names.items()}

    def _ask_rights(self, told: Iterable[Said]) -> None:
        """What a user may do at a place is the same for all forms of one field of work."""
        wanted: dict[int | None, set[tuple[Form, Place]]] = {}
        for said in told:
            form, place = self._forms.get(said.form), self._places.get(said.place)
            if form and place and (form.pk, place.pk) not in self._allowed:
                wanted.setdefault(form.set_id, set()).add((form, place))
        for pairs in wanted.values():
            form = next(form for form, _ in pairs)
            rows = places_for(self.user, Function.ENTER, form).filter(pk__in={place.pk for _, place in pairs})
            allowed = set(rows.values_list("pk", flat=True))
            self._allowed |= {(form.pk, place.pk): place.pk in allowed for form, place in pairs}

    def target(self, said: Said) -> Target:
        """NotThisReturn says what is not known of the file, or not allowed."""
        form = self._form(said)
        if form is None:
            raise _unknown("biểu nào", "which form it is")
        period = self._period(said, form)
        if period is None:
            raise _unknown("kỳ nào", "which period it is of")
        version = self._version(form, period)
        if version is None or not fits(definition_of(version), period):
            raise NotThisReturn(
                vi=f"Biểu “{form.name_vi}” không có kỳ {period.code}.", en=f"“{form.name}” has no period {period.code}."
            )
        place = self._place(said)
        if place is None:
            raise _unknown("nơi nào gửi", "which place sends it")
        if not self._may(form, place):
            raise NotThisReturn(
                vi=f"Anh/chị không nhập biểu “{form.name_vi}” cho {place.name}.",
                en=f"You do not fill in “{form.name}” for {place.name}.",
            )
        ask_to_open(self.user, form, definition_of(version), place, period)
        return Target(version, place, period)

    def labels(self, target: Target) -> FormLabels:
        key = (target.version.pk, target.period.code)
        if key not in self._labels:
            self._labels[key] = labels_of(target.version, target.period)
        return self._labels[key]

    def keys(self, version: FormVersion) -> dict[str, bool]:
        """The cells to type in of a version without added rows."""
        if version.pk not in self._keys:
            self._keys[version.pk] = typed_keys(definition_of(version), ())
        return self._keys[version.pk]

    def names(self, place: Place) -> tuple[str, ...]:
        if place.pk not in self._names:
            self._names[place.pk] = tuple(version.full_name for version in place.versions.all())
        return self._names[place.pk]

    def definition(self, version: FormVersion) -> Definition:
        return definition_of(version)

    def _form(self, said: Said) -> Form | None:
        if said.form:
            return self._forms.get(said.form)
        by_number = [form for form in self._forms.values() if form.number and fold(form.number) == said.number]
        by_name = [form for form in self._forms.values() if fold(form.name_vi) in said.titles]
        found = by_number or by_name
        return found[0] if len(found) == 1 else None

    def _period(self, said: Said, form: Form) -> Period | None:
        if said.period:
            try:
                return Period.parse(said.period)
            except PeriodUnreadable:
                return None
        latest = form.versions.filter(in_use=True).order_by("-number").first()
        if latest is None:
            return None
        length = LENGTHS[definition_of(latest).frequency]
        found = {period for line in said.titles for period in periods_in(line, length)}
        return found.pop() if len(found) == 1 else None

    def _version(self, form: Form, period: Period) -> FormVersion | None:
        key = (form.pk, period.code)
        if key not in self._versions:
            self._versions[key] = version_for(form, period)
            if (version := self._versions[key]) is not None:
                version.form = form
        return self._versions[key]

    def _place(self, said: Said) -> Place | None:
        if said.place:
            if said.place not in self._places:
                self._places[said.place] = Place.objects.filter(slug=said.place).first()
            return self._places[said.place]
        return named(said.place_name).on(None) if said.place_name else None

    def _may(self, form: Form, place: Place) -> bool:
        key = (form.pk, place.pk)
        if key not in self._allowed:
            self._allowed[key] = places_for(self.user, Function.ENTER, form).filter(pk=place.pk).exists()
        return self._allowed[key]


def _unknown(vi: str, en: str) -> NotRecognised:
    return NotRecognised(
        vi=f"Chưa nhận ra tệp là của {vi}. Hãy chọn biểu, nơi gửi và kỳ ở bên dưới.",
        en=f"It is not clear {en}. Choose the form, the place and the period below.",
    )
