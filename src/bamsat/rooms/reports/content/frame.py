# SPDX-License-Identifier: Apache-2.0
"""What stands around a report: who issues it under whom, where and to whom; of the directory, or set by the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from django.utils.translation import override

from bamsat.core.report.names import capital, mid_sentence
from bamsat.core.report.outline import Frame
from bamsat.core.report.wording import period_words
from bamsat.core.terms.period import Period
from bamsat.rooms.directory.models import Body, standing
from bamsat.rooms.directory.queries import name_on
from bamsat.rooms.figures.ground import end_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.reports.content.asked import Asked, ReportRefused
from bamsat.rooms.reports.content.kinds import Kind

_LISTS = ("addressee", "bases", "recipients")
_NAMES = frozenset(each.name for each in fields(Frame))


def frame_of(kind: Kind, asked: Asked, after: Period) -> Frame:
    """The frame of a report; nobody's name stands in it unless the office entered one."""
    day = end_of(asked.period)
    with override("vi"):
        parent, organ = _bodies(asked.place, day)
    says = words_of(asked, after) | {"committee": _short(parent)}
    made = Frame(
        parent=parent.upper(), organ=organ.upper(), symbol=kind.symbol, place=asked.place.name,
        kind=kind.document, subject=kind.title.format_map(says),
        recipients=tuple(one.format_map(says) for one in kind.recipients),
        addressee=tuple(one.format_map(says) for one in kind.addressee),
        post="GIÁM ĐỐC" if organ else "",
    )  # fmt: skip
    return replace(made, **_set_by_the_office(asked.frame))


def words_of(asked: Asked, after: Period) -> dict[str, str]:
    """What stands for the words in braces of a kind: its period, the one after, the year, the place, the field."""
    return {
        "period": period_words(asked.period), "next": period_words(after), "year": str(asked.period.end_year),
        "place": asked.place.name, "field": asked.field.name_vi if asked.field else "",
    }  # fmt: skip


def around(kind: Kind, asked: Asked, after: Period, frame: Frame) -> tuple[str, str]:
    """The sentence that opens a report, and the one that closes it."""
    parent, office = _parent_and_office(asked)
    says = words_of(asked, after) | {"office": office, "committee": _short(parent)}
    says["subject"] = mid_sentence(frame.subject)
    opening, closing = kind.opening.format_map(says), kind.closing.format_map(says)
    return capital(opening), capital(closing)


def office_of(asked: Asked) -> str:
    """Who reports: "Sở Công Thương tỉnh Cao Bằng"."""
    return _parent_and_office(asked)[1]


def _parent_and_office(asked: Asked) -> tuple[str, str]:
    with override("vi"):
        parent, organ = _bodies(asked.place, end_of(asked.period))
    where = parent.removeprefix("Ủy ban nhân dân ")
    set_by_the_office = str(asked.frame.get("organ") or "")
    if set_by_the_office and not set_by_the_office.isupper():
        organ = set_by_the_office
    return parent, f"{organ} {where}" if organ and where not in organ else organ or parent


def _bodies(place: Place, day: date) -> tuple[str, str]:
    """The people's committee of the place and its department, as they were called that day."""
    found = Body.objects.filter(standing(day), place=place, kind__in=("people_committee", "department"))
    by_kind: dict[str, list[Body]] = {"people_committee": [], "department": []}
    for body in found.prefetch_related("versions").order_by("pk"):
        by_kind[body.kind].append(body)
    committee = next(iter(by_kind["people_committee"]), None)
    ours = [body for body in by_kind["department"] if "so-cong-thuong" in body.slug]
    department = next(iter(ours or by_kind["department"]), None)
    parent = name_on(committee, day) if committee else f"Ủy ban nhân dân {place.name}"
    if department is None:
        return (parent, "Sở Công Thương") if place.kind == "province" else ("", parent)
    return parent, _without_place(name_on(department, day), parent)


def _without_place(organ: str, parent: str) -> str:
    """ "Sở Công Thương", for the line above says of which province."""
    called = parent.removeprefix("Ủy ban nhân dân ")
    return organ.removesuffix(f" {called}").strip()


def _short(parent: str) -> str:
    return parent.replace("Ủy ban nhân dân", "UBND")


def _set_by_the_office(told: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in told.items():
        if name not in _NAMES:
            raise ReportRefused(
                vi=f"Thể thức không có phần “{name}”. Các phần: {', '.join(sorted(_NAMES))}.",
                en=f"A frame has no part “{name}”. The parts are: {', '.join(sorted(_NAMES))}.",
            )
        if name == "day":
            value = date.fromisoformat(value) if isinstance(value, str) and value else value or None
        elif name in _LISTS:
            lines = value.splitlines() if isinstance(value, str) else value
            value = tuple(line.strip() for line in lines if line.strip())
        made[name] = value
    return made
