# SPDX-License-Identifier: Apache-2.0
"""The kinds of reports, as data (data/reports, one file a kind): title, frame, sections and what each tells."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bamsat.core.terms.data import shipped
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.reports.content.asked import ReportRefused
from bamsat.rooms.reports.models import Frequency
from bamsat.rooms.reports.periods import is_period_of

# What a section can quote: a kind of note, solutions apart by whether they were carried out.
NOTES = ("difficulty", "advantage", "cause", "risk", "solution", "planned", "objective")
TABLES = ("section", "years")
OF_APPENDICES = (*TABLES, "year")
MAKES = ("", "headline", "board", "gaps", "tasks", "asked")
TASKS = ("counts", "overdue", "done", "ahead")
CHARTS = ("months", "plan", "growth", "years")


class KindMistaken(BamsatError):
    """A file of data/reports that says something nobody understands."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: what it tells of which indicators, whom it quotes, and the parts below it.

    `indicators`, `sets` and `families` ("facility_coverage") say what is told; `rest` takes what no other section took.
    """

    heading: str = ""
    lead: str = ""  # a sentence of ours before the rest, without any number
    indicators: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    together: Mapping[str, str] = dataclasses.field(default_factory=dict)  # families told in one line, with its words
    rest: bool = False
    field: bool = False  # the indicators of the set that the report was asked for
    items: bool = False  # one line an indicator, instead of a paragraph
    parts: bool = False  # with the parts that the ledger has
    targets: bool = False  # of the period after, with the growth that they ask for
    notes: tuple[str, ...] = ()
    about: tuple[str, ...] = ()  # only notes of these indicator sets
    tables: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    ask: str = ""  # a question of an interview; what the section tells is its answer
    makes: str = ""  # a part with a form of its own: of the one page for who leads
    tasks: tuple[str, ...] = ()  # what the office was given to do: how many stand where, and which

    def all(self) -> Iterator[Section]:
        yield self
        for section in self.sections:
            yield from section.all()

    @property
    def tells(self) -> bool:
        return bool(self.indicators or self.sets or self.families or self.rest or self.field)


@dataclass(frozen=True, slots=True)
class AppendixAsked:
    """A table behind the report, on a sheet of its own: of all its indicators, or a form filled from the ledger."""

    title: str
    table: str = ""
    form: str = ""
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report."""

    code: str
    name_vi: str
    name_en: str
    frequency: str
    title: str  # under "BÁO CÁO": "Tình hình công nghiệp, thương mại {period}"
    document: str  # "BÁO CÁO"
    symbol: str
    recipients: tuple[str, ...]
    sections: tuple[Section, ...]
    appendices: tuple[AppendixAsked, ...] = ()
    order: int = 100
    opening: str = ""  # "Thực hiện chế độ báo cáo định kỳ, {office} báo cáo {subject} như sau:"
    closing: str = ""  # "Trên đây là báo cáo {subject} của {office}./."
    addressee: tuple[str, ...] = ()  # after "Kính gửi:"

    @property
    def asks_for_field(self) -> bool:
        return any(section.field for section in self.all_sections())

    def all_sections(self) -> Iterator[Section]:
        for section in self.sections:
            yield from section.all()

    def fits(self, period: Period) -> bool:
        """Whether a report of this kind can be about the period."""
        return is_period_of(self.frequency, period)


# Reading the files.

_KIND_KEYS = {
    "code",
    "name",
    "frequency",
    "title",
    "document",
    "symbol",
    "recipients",
    "sections",
    "appendices",
    "order",
    "opening",
    "closing",
    "addressee",
}
_SECTION_KEYS = set(Section.__dataclass_fields__)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of report that ships with the product, by its code."""
    folder = resources.files("bamsat").joinpath("data", "reports")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".yml"))
    found = [read_kind(shipped(f"reports/{name}"), name) for name in names]
    return {kind.code: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.code))}


def kind_coded(code: str) -> Kind:
    """The kind with this code; ReportRefused with the codes there are."""
    found = kinds().get(code)
    if found is None:
        every = ", ".join(kinds())
        raise ReportRefused(
            vi=f"Không có loại báo cáo “{code}”. Các loại: {every}.",
            en=f"There is no kind of report “{code}”. The kinds are: {every}.",
        )
    return found


def read_kind(data: Any, name: str) -> Kind:
    """A kind from the data of its file; KindMistaken says what is wrong and where."""
    told = _mapping(data, name)
    _known_keys(told, _KIND_KEYS, name)
    frequency = _choice(told, "frequency", Frequency.values, name)
    sections = _sections(told.get("sections", ()), f"{name}: sections")
    if not sections:
        raise _mistake(name, "không có mục nào (sections)", "has no sections")
    names = _mapping(told.get("name"), f"{name}: name")
    return Kind(
        code=_text(told, "code", name), name_vi=_text(names, "vi", name), name_en=_text(names, "en", name),
        frequency=frequency, title=_text(told, "title", name), document=str(told.get("document", "BÁO CÁO")),
        symbol=str(told.get("symbol", "BC-SCT")), recipients=_texts(told, "recipients", name),
        sections=sections, appendices=_appendices(told.get("appendices", ()), name), order=int(told.get("order", 100)),
        opening=str(told.get("opening", "")), closing=str(told.get("closing", "")),
        addressee=_texts(told, "addressee", name),
    )  # fmt: skip


def _sections(data: Any, where: str) -> tuple[Section, ...]:
    if not isinstance(data, list | tuple):
        raise _mistake(where, "phải là một danh sách", "has to be a list")
    return tuple(_section(one, f"{where}[{at}]") for at, one in enumerate(data, start=1))


def _section(data: Any, where: str) -> Section:
    told = _mapping(data, where)
    _known_keys(told, _SECTION_KEYS, where)
    section = Section(
        heading=str(told.get("heading", "")), lead=str(told.get("lead", "")), ask=str(told.get("ask", "")),
        makes=_choice(told, "makes", MAKES, where) if "makes" in told else "",
        together=_mapping(told.get("together", {}), f"{where}.together"),
        indicators=_listed(told, "indicators", _indicators(), where), sets=_listed(told, "sets", _sets(), where),
        families=_texts(told, "families", where), notes=_listed(told, "notes", NOTES, where),
        about=_listed(told, "about", _sets(), where), tables=_listed(told, "tables", TABLES, where),
        charts=_listed(told, "charts", CHARTS, where), tasks=_listed(told, "tasks", TASKS, where),
        sections=_sections(told.get("sections", ()), f"{where}.sections"),
        **{name: bool(told.get(name, False)) for name in ("rest", "field", "items", "parts", "targets")},
    )  # fmt: skip
    if not any((section.heading, section.tells, section.notes, section.targets, section.tables, section.makes,
                section.tasks)):  # fmt: skip
        raise _mistake(where, "mục không có tiêu đề và không nói gì", "has neither a heading nor anything to tell")
    return section


def _appendices(data: Any, name: str) -> tuple[AppendixAsked, ...]:
    found = []
    for at, one in enumerate(data, start=1):
        where = f"{name}: appendices[{at}]"
        told = _mapping(one, where)
        _known_keys(told, set(AppendixAsked.__dataclass_fields__), where)
        form = _choice(told, "form", _forms(), where) if "form" in told else ""
        table = "" if form else _choice(told, "table", OF_APPENDICES, where)
        found.append(AppendixAsked(_text(told, "title", where), table, form, bool(told.get("landscape", True))))
    return tuple(found)


@cache
def _indicators() -> frozenset[str]:
    return frozenset(row["code"] for name in ("indicators.yml", "catalogue/indicators.yml") for row in shipped(name))


@cache
def _sets() -> frozenset[str]:
    return frozenset(row["code"] for row in shipped("catalogue/sets.yml"))


@cache
def _forms() -> tuple[str, ...]:
    folder = resources.files("bamsat").joinpath("data", "forms")
    return tuple(sorted(each.name.removesuffix(".yml") for each in folder.iterdir() if each.name.endswith(".yml")))


def _listed(told: Mapping[str, Any], key: str, allowed: Sequence[str] | frozenset[str], where: str) -> tuple[str, ...]:
    found = _texts(told, key, where)
    for one in found:
        if one not in allowed:
            raise _mistake(where, f"{key}: không biết “{one}”", f"{key}: “{one}” is not known")
    return found


def _texts(told: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = told.get(key, ())
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise _mistake(where, f"{key} phải là một danh sách chữ", f"{key} has to be a list of words")
    return tuple(found)


def _text(told: Mapping[str, Any], key: str, where: str) -> str:
    found = told.get(key)
    if not isinstance(found, str) or not found.strip():
        raise _mistake(where, f"thiếu {key}", f"{key} is missing")
    return found


def _choice(told: Mapping[str, Any], key: str, allowed: Sequence[str], where: str) -> str:
    found = _text(told, key, where)
    if found not in allowed:
        every = ", ".join(allowed)
        raise _mistake(where, f"{key}: không biết “{found}”; có: {every}", f"{key}: “{found}” is none of {every}")
    return found


def _mapping(data: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise _mistake(where, "phải là các cặp tên và giá trị", "has to be names with values")
    return data


def _known_keys(told: Mapping[str, Any], allowed: set[str], where: str) -> None:
    for key in told:
        if key not in allowed:
            every = ", ".join(sorted(allowed))
            raise _mistake(where, f"không biết khóa “{key}”; có: {every}", f"unknown key “{key}”; there are: {every}")


def _mistake(where: str, vi: str, en: str) -> KindMistaken:
    return KindMistaken(vi=f"data/reports/{where}: {vi}.", en=f"data/reports/{where}: {en}.")
