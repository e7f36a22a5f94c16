# SPDX-License-Identifier: Apache-2.0
"""Loading the bodies that the product ships (data/directory)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction

from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import sort_key
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.directory.kinds import kinds
from bamsat.rooms.directory.models import Body, BodySuccession, BodyVersion, Holding, Post, WorkItem
from bamsat.rooms.places.models import Place

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class ShippedBody:
    """One body of the tables, with the address it gets; places and bodies by their addresses."""

    slug: str
    kind: str
    name: str
    name_en: str
    place: str = ""
    parent: str = ""
    short_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    act: str = ""
    note: str = ""
    sets: tuple[str, ...] = ()


@transaction.atomic
def load_directory() -> dict[str, int]:
    """Add the shipped bodies that are missing; those that are there, and all that people added or changed, stay."""
    there = set(Body.objects.values_list("slug", flat=True))
    places = dict(Place.objects.values_list("slug", "pk"))
    told = _bodies()
    new = [one for one in told if one.slug not in there and (not one.place or one.place in places)]
    if new:
        _add(new, places)
    return {"bodies": len(told), "added": len(new)}


@cache
def _bodies() -> tuple[ShippedBody, ...]:
    return (*_of_provinces(), *_of_departments(), *_listed())


def _of_provinces() -> Iterator[ShippedBody]:
    for row in _rows("provinces.csv"):
        words = {name: row[name] for name in ("called", "name", "called_en")}
        for body in shipped("directory/structure.yml")["of_every_province"]:
            if row["place"] not in body.get("only", [row["place"]]):
                continue
            yield ShippedBody(
                slug=f"{body['slug']}-{row['place']}", kind=body["kind"], name=body["name"].format(**words),
                name_en=body["name_en"].format(**words), place=row["place"],
                parent=f"{body['parent']}-{row['place']}" if "parent" in body else "",
                short_name=body["short_name"], valid_from=_day(row["valid_from"]), valid_to=_day(row["valid_to"]),
                successor=f"{body['slug']}-{row['successor']}" if row["successor"] else "", act=row["act"],
            )  # fmt: skip


def _of_departments() -> Iterator[ShippedBody]:
    told: dict[str, Any] = shipped("directory/structure.yml")["of_a_department"]
    for place in told["places"]:
        for unit in told["units"]:
            yield ShippedBody(
                slug=f"{unit['slug']}-{place}", kind=unit["kind"], name=unit["name"], name_en=unit["name_en"],
                place=place, parent=f"so-cong-thuong-{place}", short_name=unit.get("short_name", ""),
                valid_from=unit.get("valid_from", told["valid_from"]), act=unit.get("act", ""),
                note=unit.get("note", told["note"]), sets=tuple(unit.get("sets", ())),
            )  # fmt: skip


def _listed() -> Iterator[ShippedBody]:
    for row in _rows("bodies.csv"):
        days = {name: _day(row.pop(name)) for name in ("valid_from", "valid_to")}
        yield replace(ShippedBody(**row), **days)  # type: ignore[arg-type]


def _add(new: list[ShippedBody], places: dict[str, int]) -> None:
    Body.objects.bulk_create(
        [
            Body(
                slug=one.slug, kind=one.kind, place_id=places.get(one.place), name=one.name, name_en=one.name_en,
                sort_key=sort_key(one.name)[:600], valid_from=one.valid_from, valid_to=one.valid_to, note=one.note,
                founded_act=one.act if one.valid_from else "", ended_act=one.act if one.valid_to else "", shipped=True,
            )
            for one in new
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    ids = dict(Body.objects.values_list("slug", "pk"))
    BodyVersion.objects.bulk_create([_version(one, ids) for one in new], batch_size=_BATCH)
    Post.objects.bulk_create(
        [
            Post(
                body_id=ids[one.slug], title=post.title, title_en=post.title_en, order=order, leads=post.leads,
                single=post.single,
            )
            for one in new
            for order, post in enumerate(kinds()[one.kind].posts, 1)
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    BodySuccession.objects.bulk_create(
        [
            BodySuccession(old_id=ids[one.slug], new_id=ids[one.successor], on=one.valid_to, act=one.act)
            for one in new
            if one.successor in ids and one.valid_to
        ]
    )
    _put_in_charge(new, ids)
    _hold(new)
    _programme(new, ids)


def _version(one: ShippedBody, ids: dict[str, int]) -> BodyVersion:
    version = BodyVersion(
        body_id=ids[one.slug], name=one.name, name_en=one.name_en, short_name=one.short_name,
        parent_id=ids.get(one.parent), valid_from=one.valid_from, valid_to=one.valid_to,
        act=one.act if one.valid_from else "",
    )  # fmt: skip
    version.fill_keys()
    return version


def _put_in_charge(new: list[ShippedBody], ids: dict[str, int]) -> None:
    sets = dict(IndicatorSet.objects.values_list("code", "pk"))
    through = Body.sets.through
    through.objects.bulk_create(
        [through(body_id=ids[one.slug], indicatorset_id=sets[code]) for one in new for code in one.sets if code in sets]
    )


def _hold(new: list[ShippedBody]) -> None:
    """Those whom the press names with a post, in the bodies just added."""
    slugs = {one.slug for one in new}
    rows = [row for row in _rows("holders.csv") if row["body"] in slugs]
    posts = {
        (post.body.slug, post.title): post for post in Post.objects.filter(body__slug__in=slugs).select_related("body")
    }
    Holding.objects.bulk_create(
        [
            Holding(
                post=posts[row["body"], row["title"]], person=row["person"], source=row["source"],
                **{day: _day(row[day]) for day in ("valid_from", "valid_to", "attested_from", "attested_to")},
            )
            for row in rows
        ]
    )  # fmt: skip


def _programme(new: list[ShippedBody], ids: dict[str, int]) -> None:
    slugs = {one.slug for one in new}
    WorkItem.objects.bulk_create(
        [
            WorkItem(
                committee_id=ids[row["committee"]], year=int(row["year"]), period=row["period"],
                content=row["content"], lead_id=ids.get(row["lead"]), state=row["state"], result=row["result"],
                note=row["note"],
            )
            for row in _rows("work.csv")
            if row["committee"] in slugs
        ]
    )  # fmt: skip


def _rows(table: str) -> Iterable[dict[str, str]]:
    text = files("bamsat").joinpath("data", "directory", table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
