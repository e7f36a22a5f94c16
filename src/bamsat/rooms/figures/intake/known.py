# SPDX-License-Identifier: Apache-2.0
"""What the product knows when it reads a file: indicators, places, units, codes by any name, and the user's rights."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from bamsat.core.terms.unit import read_unit, unit_name, units
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Code, CodeList, Indicator, IndicatorName, Provider, SetMember, Unit
from bamsat.rooms.catalogue.naming import code_names
from bamsat.rooms.figures.models import DEPARTMENT
from bamsat.rooms.places.models import Place, PlaceKind, PlaceVersion, Succession
from bamsat.rooms.places.queries import Named, covered_by, named, reaches
from bamsat.rooms.places.rights import Function, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

ALWAYS = 10**6  # a month after every month
_NEAR = 0.6
MOST_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Life:
    """From which month to which month a place is (both in), told by the 28th: the day that names are asked for."""

    place: int
    name: str
    begins: int
    ends: int
    begun: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class UnitRead:
    """A unit as written: the code of its data, how many of them one is, and its family."""

    code: str
    factor: int
    family: str


class Nearest:
    """The known name nearest to one that is not; comparing takes long, so only the first odd words are compared."""

    def __init__(self) -> None:
        self._left = MOST_COMPARED

    def of(self, text: str, names: Iterable[str]) -> str:
        text = fold(text)[:80]
        if not text or not self._left:
            return ""
        self._left -= 1
        alike = [name for name in names if name[:1] == text[0] and abs(len(name) - len(text)) <= 3 + len(text) // 3]
        near = difflib.get_close_matches(text, alike, 1, _NEAR)
        return near[0] if near else ""


class Indicators:
    """Every indicator by its code and by all its names."""

    def __init__(self) -> None:
        self.all = {one.pk: one for one in Indicator.objects.all()}
        self._codes = {one.code.casefold(): one for one in self.all.values()}
        self._names: dict[str, set[int]] = {}
        self._nearest = Nearest()
        for one in self.all.values():
            for name in (one.folded, fold(one.name_en), fold(one.code)):
                self._names.setdefault(name, set()).add(one.pk)
        for folded, pk in IndicatorName.objects.values_list("folded", "indicator_id"):
            self._names.setdefault(folded, set()).add(pk)

    def found(self, text: str) -> list[Indicator]:
        """The indicators that a text names: one, none, or several."""
        if exact := self._codes.get(text.strip().casefold()):
            return [exact]
        pks = self._names.get(fold(text)[:300], set())
        own = [pk for pk in pks if self.all[pk].folded == fold(text)]
        return [self.all[pk] for pk in sorted(own if len(own) == 1 else pks)]

    def near(self, text: str) -> str:
        near = self._nearest.of(text, self._names)
        return self.all[min(self._names[near])].name_vi if near else ""


class Places:
    """Every place by its slug, its code and its names; how long it was; whether the user may write for it."""

    def __init__(self, user: User | None) -> None:
        self._slugs: dict[str, int] = dict(Place.objects.values_list("slug", "pk"))
        self._named: dict[str, Named] = {}
        self._lives: dict[int, Life] = {}
        self._names: dict[str, str] = {}
        self._nearest = Nearest()
        self._reaches: list[tuple[frozenset[int], frozenset[int] | None]] | None = None
        self._roots: set[int] = set()
        if user is not None and not sees_everything(user):
            found = reaches(user, Function.IMPORT)
            self._reaches = [(_places(reach.roots), _indicators(reach.sets)) for reach in found]
            self._roots = {root for reach in found for root in reach.roots}

    def may_write(self, place: int, indicator: int) -> bool:
        if self._reaches is None:
            return True
        return any(place in down and (over is None or indicator in over) for down, over in self._reaches)

    def is_place(self, text: str) -> bool:
        return text in self._slugs or bool(self.named(text).versions)

    def fixed(self, text: str) -> int | None:
        """The place, where the text means one and the same on every day."""
        if pk := self._slugs.get(text):
            return pk
        versions = {version.place_id for version in self.named(text).versions}
        return versions.pop() if len(versions) == 1 else None

    def on(self, text: str, month: int) -> int | None:
        """The place that a text means in a month."""
        place = self.named(text).on(date(month // 12, month % 12 + 1, 28))
        return place.pk if place else None

    def named(self, text: str) -> Named:
        if text not in self._named:
            coded = PlaceVersion.objects.filter(code=text).select_related("place") if text.isdigit() else ()
            self._named[text] = Named(tuple(coded), text) if coded else named(text)
        return self._named[text]

    def life(self, place: int) -> Life:
        if place not in self._lives:
            versions = list(PlaceVersion.objects.filter(place=place).order_by("valid_from"))
            begun = [version.valid_from for version in versions if version.valid_from]
            ended = [version.valid_to for version in versions if version.valid_to]
            begin = min(begun) if versions and len(begun) == len(versions) else None
            end = max(ended) if versions and len(ended) == len(versions) else None
            self._lives[place] = Life(
                place, versions[-1].name if versions else "", _first_month(begin), _last_month(end), begin, end
            )
        return self._lives[place]

    def became(self, place: int) -> str:
        names = Succession.objects.filter(old=place).exclude(new=place).values_list("new__name", flat=True)
        return ", ".join(sorted(set(names)))

    def near(self, text: str) -> str:
        """A name that may be meant: of a unit, or of a facility of the user's own, for others' are not told."""
        if not self._names:
            told = Place.objects.exclude(name="")
            if self._reaches is not None:
                units = PlaceKind.objects.filter(administrative=True).values("code")
                mine = covered_by(self._roots).values("pk")
                told = told.filter(Q(kind__in=units) | Q(pk__in=mine))
            self._names = {fold(name): name for name in told.values_list("name", flat=True).iterator()}
        near = self._nearest.of(text, self._names)
        return self._names[near] if near else ""


def _first_month(begun: date | None) -> int:
    """A place that begins by the 28th is there that month."""
    return -ALWAYS if begun is None else begun.year * 12 + begun.month - 1 + (begun.day > 28)


def _last_month(ended: date | None) -> int:
    """A place that ends on the 28th or before is not there that month any more."""
    return ALWAYS if ended is None else ended.year * 12 + ended.month - 1 - (ended.day <= 28)


def _places(roots: frozenset[int]) -> frozenset[int]:
    return frozenset(covered_by(set(roots)).values_list("pk", flat=True))


def _indicators(sets: frozenset[int] | None) -> frozenset[int] | None:
    if sets is None:
        return None
    return frozenset(SetMember.objects.filter(set__in=sets).values_list("indicator_id", flat=True))


class Units:
    """Units by their words, and by the names of the catalogue's own table."""

    def __init__(self) -> None:
        self._families = {word.unit_code: str(word.kind) for word in units() if word.unit_code}
        self._own: dict[str, str] = {}
        self._scales: dict[str, int] = {}
        for code, name, scale in Unit.objects.values_list("code", "name_vi", "scale"):
            self._own[fold(code)] = self._own[fold(name)] = code
            self._scales[code] = scale

    def read(self, text: str) -> UnitRead | None:
        low = " ".join(text.lower().strip(" .:()").split())
        found = read_unit(low)
        if found and found.end == len(low) and found.scale == int(found.scale):
            return UnitRead(found.code, int(found.scale), str(found.kind))
        code = text.strip() if text.strip() in self._scales else self._own.get(fold(low))
        return UnitRead(code, 1, self.family(code)) if code else None

    def family(self, code: str) -> str:
        """What kind of unit a code is; a rate is of its own kind."""
        head, stroke, below = code.partition("/")
        return self._families.get(head, "counted") + stroke + below

    def scale(self, code: str) -> int:
        return self._scales.get(code, 6)


class Providers:
    """Who gives values, by code and name."""

    def __init__(self) -> None:
        self._known = {DEPARTMENT: DEPARTMENT}
        for code, vi, en in Provider.objects.values_list("code", "name_vi", "name_en"):
            self._known |= {code: code, fold(vi): code, fold(en): code}

    def found(self, text: str) -> str:
        return self._known.get(text) or self._known.get(fold(text), "")

    @property
    def codes(self) -> str:
        return ", ".join(dict.fromkeys(self._known.values()))


class Codes:
    """Code lists by code and name, and what each of their codes is called; read when first asked for."""

    def __init__(self) -> None:
        self._lists = {}
        for one in CodeList.objects.all():
            self._lists[fold(one.code)] = self._lists[fold(one.name_vi)] = one.code
        self._codes: dict[str, dict[str, str]] = {}
        self.names = code_names()

    def list_named(self, text: str) -> str:
        return self._lists.get(fold(text.replace("_", " ")), "") or self._lists.get(fold(text), "")

    def found(self, codelist: str, text: str) -> str:
        return self._of(codelist).get(fold(text), "")

    def near(self, codelist: str, text: str) -> str:
        near = difflib.get_close_matches(fold(text), list(self._of(codelist)), 1, _NEAR)
        return self._of(codelist)[near[0]] if near else ""

    def _of(self, codelist: str) -> dict[str, str]:
        if codelist not in self._codes:
            known: dict[str, str] = {}
            for code in Code.objects.filter(Q(codelist__code=codelist)).order_by("codelist__version"):
                names = (code.code, code.name_vi, code.name_en, *map(str, code.other_names))
                known |= {fold(name): code.code for name in names if name}
            self._codes[codelist] = known
        return self._codes[codelist]


class Known:
    """All of these together, for one file and one user."""

    def __init__(self, user: User | None) -> None:
        self.indicators, self.places, self.units = Indicators(), Places(user), Units()
        self.providers, self.codes = Providers(), Codes()


def unit_words(indicator: Indicator) -> str:
    """The unit in which people give an indicator."""
    return indicator.display_unit or unit_name(indicator.unit) or "–"
