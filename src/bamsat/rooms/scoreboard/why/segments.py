# SPDX-License-Identifier: Apache-2.0
"""Which breakdowns of an indicator belong together: one code list, one level of its tree, one set of named parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bamsat.core.check.knowledge import Knowledge
from bamsat.rooms.catalogue.models import Code, CodeList, Indicator
from bamsat.rooms.catalogue.naming import code_names, is_coded
from bamsat.ui import words

NAMED = "neu-ten"


@dataclass(frozen=True, slots=True)
class Group:
    """Breakdowns that can stand in one column, and what they are called."""

    code: str
    name: str
    segments: Mapping[str, str]
    complete: bool = False
    overlapping: bool = False


def groups_of(indicator: Indicator, base: str, segments: Collection[str]) -> list[Group]:
    """The breakdowns one step below a whole (`base` is empty) or below another breakdown of it."""
    if not segments:
        return []
    coded = {one for one in segments if is_coded(one)}
    free = set(segments) - coded
    found = _coded(base, coded) if not base or is_coded(base) else []
    return found if base else [*found, *_partitions(indicator, free), *_named(indicator, free)]


# Codes of lists.


def _coded(base: str, segments: Collection[str]) -> list[Group]:
    """By the list that a breakdown adds to the base, and by that in which it goes further down."""
    below: dict[str, dict[str, str]] = defaultdict(dict)  # list -> code -> segment
    own = _codes(base)
    trees = _parents({name for one in segments for name in _codes(one)}) if segments else {}
    for segment in segments:
        codes = _codes(segment)
        if added := _added(own, codes, trees):
            below[added][codes[added]] = segment
    lists = {row.code: row.name for row in CodeList.objects.filter(code__in=list(below)).order_by("version")}
    named = code_names()
    made = []
    for name, found in below.items():
        tops = [code for code in found if not _above(code, trees.get(name, {})) & (found.keys() - {code})]
        told = {found[code]: words.capital(named.segment(f"{name}:{code}")) for code in tops}
        made.append(Group(f"phan-to:{name}", lists.get(name, name), told))
    return made


def _added(own: Mapping[str, str], codes: Mapping[str, str], trees: Mapping[str, Mapping[str, str]]) -> str:
    """The one list by which these codes say more than the base's; nothing where they do not, or by several."""
    if any(name not in codes for name in own):
        return ""
    more = [name for name in codes if codes[name] != own.get(name)]
    if len(more) != 1:
        return ""
    name = more[0]
    return name if name not in own or own[name] in _above(codes[name], trees.get(name, {})) else ""


def _codes(segment: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in segment.split("|")) if segment else ()
    return {name: code for name, _colon, code in pairs}


def _parents(lists: Collection[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    rows = Code.objects.filter(codelist__code__in=lists, parent__isnull=False).order_by()
    for name, code, parent in rows.values_list("codelist__code", "code", "parent__code"):
        found[name][code] = parent
    return found


def _above(code: str, parents: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    while (code := parents.get(code, "")) and code not in found:
        found.add(code)
    return found


# Parts that reports name.


def _partitions(indicator: Indicator, segments: Collection[str]) -> list[Group]:
    """Named parts that together are the whole and never overlap, as the check knows them."""
    knowledge, made = Knowledge.shipped(), []
    told = {knowledge.part_of(indicator.code, one): one for one in sorted(segments)}
    for at, whole in enumerate(one for one in knowledge.partitions if one.indicator == indicator.code):
        keys = [(part.code or indicator.code, part.breakdown) for part in whole.parts]
        found = {told[key]: words.capital(told[key]) for key in keys if key in told}
        if found:
            made.append(Group(f"bo-phan-{at + 1}", _("Bộ phận"), found, complete=len(found) == len(keys)))
    return made


def _named(indicator: Indicator, segments: Collection[str]) -> list[Group]:
    """All the others that reports name: they may share things, so they are not added up."""
    grouped = {segment for group in _partitions(indicator, segments) for segment in group.segments}
    rest = {one: words.capital(one) for one in sorted(segments) if one not in grouped}
    return [Group(NAMED, _("Phần được nêu tên"), rest, overlapping=True)] if rest else []
