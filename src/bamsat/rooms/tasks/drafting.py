# SPDX-License-Identifier: Apache-2.0
"""How a document drafted for the province comes into being: its stages, as data, and how far one is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language

from bamsat.core.terms.data import shipped
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.tasks.models import Act, Step

FIRST, LAST = "assigned", "reviewed"
AFTER_OPINIONS, SUBMITTED, ISSUED = "commented", "submitted", "issued"
_STAGE_KEYS = {"code", "name", "waits", "days", "evidence"}
_TYPE_KEYS = {"name", "issued_by", "law", "skips"}


class DraftingMistaken(BamsatError):
    """A file of stages that says something nobody understands."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a stage was passed; `number` where a document's number has to be recorded."""

    vi: str
    en: str
    number: bool

    @property
    def label(self) -> str:
        return _in_language(self.vi, self.en)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that a draft has passed, and what it waits for then; `days` are the working days it usually takes."""

    code: str
    vi: str
    en: str
    waits_vi: str
    waits_en: str
    days: int
    evidence: Evidence | None

    @property
    def label(self) -> str:
        return _in_language(self.vi, self.en)

    @property
    def waits(self) -> str:
        return _in_language(self.waits_vi, self.waits_en)


@dataclass(frozen=True, slots=True)
class Type:
    """A type of document, who usually issues it, and which stages it does not have."""

    vi: str
    en: str
    issued_by: str
    law: bool
    skips: frozenset[str]

    @property
    def label(self) -> str:
        return _in_language(self.vi, self.en)


@dataclass(frozen=True, slots=True)
class Passed:
    """A stage on the way of one draft: when it was passed and by what, or whether it comes next."""

    stage: Stage
    step: Step | None
    is_next: bool = False

    @property
    def on(self) -> date | None:
        return self.step.on if self.step else None


@dataclass(frozen=True, slots=True)
class Track:
    """The way of a draft: every stage that its type has, how far it is, since when."""

    type: Type
    way: tuple[Passed, ...]
    at: Stage
    since: date

    @property
    def next(self) -> Stage | None:
        return next((one.stage for one in self.way if one.is_next), None)

    def days(self, today: date) -> int:
        return (today - self.since).days


def _in_language(vi: str, en: str) -> str:
    return en if (get_language() or "vi").startswith("en") else vi


@cache
def stages() -> Mapping[str, Stage]:
    """By code, in their order."""
    return read_stages(shipped("drafting.yml"))


@cache
def types() -> tuple[Type, ...]:
    return read_types(shipped("drafting.yml"), stages())


def type_of(drafted: str) -> Type:
    """The type that these words name, by the longest name that they begin with; else any other document."""
    said = fold(drafted)
    named = [one for one in types() if said == fold(one.vi) or said.startswith(f"{fold(one.vi)} ")]
    return max(named, key=lambda one: len(one.vi), default=types()[-1])


def stages_of(kind: Type) -> tuple[Stage, ...]:
    return tuple(stage for stage in stages().values() if stage.code not in kind.skips)


def track(drafted: str, begins: date, steps: Iterable[Step]) -> Track:
    """How far a draft is by its steps; a stage that was passed stays on its way whatever its type has now."""
    kind = type_of(drafted)
    passed = {one.stage: one for one in steps if one.act == Act.STAGE and one.stage in stages()}
    way = [one for one in stages().values() if one.code not in kind.skips or one.code in passed]
    reached = max((at for at, one in enumerate(way) if one.code in passed), default=0)
    last = passed.get(way[reached].code)
    return Track(
        kind,
        tuple(Passed(one, passed.get(one.code), is_next=at == reached + 1) for at, one in enumerate(way)),
        way[reached], last.on if last else begins,
    )  # fmt: skip


# Reading the file.


def read_stages(data: Any) -> dict[str, Stage]:
    """The stages of the file; DraftingMistaken says what is wrong and where."""
    told = data.get("stages") if isinstance(data, Mapping) else None
    if not isinstance(told, Sequence) or not told:
        raise _mistake("stages", "phải là một danh sách", "has to be a list")
    found: dict[str, Stage] = {}
    for at, one in enumerate(told, start=1):
        stage = _stage(one, f"stages[{at}]")
        if stage.code in found:
            raise _mistake(f"stages[{at}]", f"trùng mã “{stage.code}”", f"repeats the code “{stage.code}”")
        found[stage.code] = stage
    for code in (FIRST, AFTER_OPINIONS, SUBMITTED, ISSUED, LAST):
        if code not in found:
            raise _mistake("stages", f"thiếu bước “{code}”", f"lacks the stage “{code}”")
    return found


def _stage(data: Any, where: str) -> Stage:
    told = _keys(data, _STAGE_KEYS, where)
    (vi, en), (waits_vi, waits_en) = _names(told, "name", where), _names(told, "waits", where)
    days = told["days"]
    if not isinstance(days, int) or isinstance(days, bool) or days < 0:
        raise _mistake(where, "days phải là số ngày", "days has to be a number of days")
    evidence = None
    if told["evidence"] is not None:
        asked = _keys(told["evidence"], {"vi", "en", "number"}, f"{where}.evidence")
        evidence = Evidence(str(asked["vi"]), str(asked["en"]), bool(asked["number"]))
    return Stage(str(told["code"]), vi, en, waits_vi, waits_en, days, evidence)


def read_types(data: Any, known: Mapping[str, Stage]) -> tuple[Type, ...]:
    """The types of the file; what lays down law keeps opinions and appraisal."""
    found = []
    for at, one in enumerate(data["types"], start=1):
        where = f"types[{at}]"
        told = _keys(one, _TYPE_KEYS, where)
        skips = frozenset(told["skips"])
        if unknown := skips - known.keys():
            named = ", ".join(sorted(unknown))
            raise _mistake(where, f"không có bước “{named}”", f"there is no stage “{named}”")
        if skips & {FIRST, SUBMITTED, ISSUED} or (told["law"] and skips & {AFTER_OPINIONS, "appraised"}):
            raise _mistake(where, "bỏ một bước bắt buộc", "skips a stage that it has to have")
        vi, en = _names(told, "name", where)
        found.append(Type(vi, en, str(told["issued_by"]), bool(told["law"]), skips))
    return tuple(found)


def _keys(data: Any, wanted: set[str], where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping) or set(data) != wanted:
        every = ", ".join(sorted(wanted))
        raise _mistake(where, f"cần đúng các khóa: {every}", f"needs exactly the keys {every}")
    return data


def _names(told: Mapping[str, Any], key: str, where: str) -> tuple[str, str]:
    both = _keys(told[key], {"vi", "en"}, f"{where}.{key}")
    if not all(isinstance(one, str) and one.strip() for one in both.values()):
        raise _mistake(f"{where}.{key}", "phải có chữ", "has to have words")
    return both["vi"], both["en"]


def _mistake(where: str, vi: str, en: str) -> DraftingMistaken:
    return DraftingMistaken(vi=f"data/drafting.yml: {where}: {vi}.", en=f"data/drafting.yml: {where}: {en}.")
