# SPDX-License-Identifier: Apache-2.0
"""Changes to bodies: founded, renamed, moved, ended, replaced; their contact and the fields that they are in charge of.

`by` is None at installation only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold, sort_key
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.directory.kinds import kinds
from bamsat.rooms.directory.models import Body, BodySuccession, BodyVersion, Post
from bamsat.rooms.directory.queries import may_keep
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

RESERVED = {"them"}


class DirectoryRefused(BamsatError):
    """A change that the directory cannot take; says why, and how to mend it."""


def require_keeper(by: User | None, place: Place | None) -> None:
    """Refuse anyone who may not change the bodies of this place."""
    if by is not None and not may_keep(by, place):
        where_vi, where_en = (place.name, place.name_en or place.name) if place else ("trung ương", "the centre")
        raise NotAllowed(
            vi=f"Anh/chị không giữ danh bạ của {where_vi}. Hãy nhờ lãnh đạo phòng, lãnh đạo Sở ở đó hoặc quản trị.",
            en=f"You do not keep the directory of {where_en}. Ask a head or director there, or an administrator.",
        )


def hold_still(row: Body | Post) -> None:
    """Nobody else changes what depends on this row before the transaction ends, or both would pass the same rule."""
    type(row).objects.select_for_update().get(pk=row.pk)


@transaction.atomic
def add_body(
    by: User | None, *, kind: str, name: str, place: Place | None, parent: Body | None = None, name_en: str = "",
    short_name: str = "", valid_from: date | None = None, act: str = "", address: str = "", phone: str = "",
    email: str = "", note: str = "", sets: Iterable[IndicatorSet] = (), usual_posts: bool = False,
) -> Body:  # fmt: skip
    """A new body, from a date on or since always, with the usual posts of its kind if wanted."""
    require_keeper(by, place)
    name = " ".join(name.split())
    if kind not in kinds() or not name:
        raise DirectoryRefused(
            vi=f"Cơ quan cần có tên và một loại có trong danh mục ({', '.join(kinds())}).",
            en=f"A body needs a name and a kind of the list ({', '.join(kinds())}).",
        )
    if parent:
        _require_standing(parent, valid_from)
    body = Body.objects.create(
        slug=_free_slug(name), kind=kind, place=place, name=name, name_en=name_en, sort_key=sort_key(name)[:600],
        valid_from=valid_from, founded_act=act, address=address, phone=phone, email=email, note=note,
    )  # fmt: skip
    BodyVersion.objects.create(
        body=body, name=name, name_en=name_en, short_name=short_name, parent=parent, valid_from=valid_from, act=act
    )
    body.sets.set(sets)
    if usual_posts:
        add_usual_posts(body)
    told = {"slug": body.slug, "kind": kind, "parent": parent.slug if parent else ""}
    audit.record(by, "directory.body.added", body, act=act, **told)
    return body


def add_usual_posts(body: Body) -> None:
    for order, post in enumerate(kinds()[body.kind].posts, 1):
        Post.objects.create(
            body=body, title=post.title, title_en=post.title_en, order=order, leads=post.leads, single=post.single
        )


@transaction.atomic
def rename_body(
    by: User | None, body: Body, *, on: date, name: str, name_en: str = "", short_name: str = "", act: str = ""
) -> BodyVersion:
    """Another name from that day on; the earlier one stays in the history."""
    require_keeper(by, body.place)
    hold_still(body)
    name = " ".join(name.split())
    if not name:
        raise DirectoryRefused(vi="Hãy ghi tên mới của cơ quan.", en="Write the new name of the body.")
    version = _version_from(body, on, act, name=name, name_en=name_en, short_name=short_name)
    audit.record(by, "directory.body.renamed", body, on=on.isoformat(), name=name, act=act)
    return version


@transaction.atomic
def move_body(by: User | None, body: Body, parent: Body | None, *, on: date, act: str = "") -> BodyVersion:
    """Under another parent (or none) from that day on."""
    require_keeper(by, body.place)
    hold_still(body)
    if parent:
        _require_standing(parent, on)
        if parent == body or parent.pk in below(body, on):
            raise DirectoryRefused(
                vi=f"“{parent.name}” đang thuộc “{body.name}”, nên không thể là cấp trên của nó. "
                "Hãy chọn cơ quan khác.",
                en=f"“{parent.label}” belongs to “{body.label}”, so it cannot be above it. Choose another body.",
            )
    version = _version_from(body, on, act, parent=parent)
    audit.record(by, "directory.body.moved", body, on=on.isoformat(), parent=parent.slug if parent else "", act=act)
    return version


@transaction.atomic
def end_body(by: User | None, body: Body, *, on: date, act: str = "", successor: Body | None = None) -> None:
    """The body is no more from that day on; another takes its place, if one is named."""
    require_keeper(by, body.place)
    hold_still(body)
    _require_inside(body, on)
    _require_nothing_later(body, on)
    if body.versions.filter(valid_from=on).exists():
        raise _changed_already(body, on, on)
    if successor == body:
        raise DirectoryRefused(
            vi=f"“{body.name}” không thể tự thay mình. Hãy chọn cơ quan khác hoặc để trống.",
            en=f"“{body.label}” cannot replace itself. Choose another body or leave it empty.",
        )
    children = [child for child in _children(body, on) if child.holds_on(on)]
    if children:
        names = ", ".join(child.name for child in children[:5])
        raise DirectoryRefused(
            vi=f"Còn {len(children)} đơn vị thuộc “{body.name}” ngày {on:%d/%m/%Y}: {names}. "
            "Hãy chuyển hoặc kết thúc các đơn vị đó trước.",
            en=f"{len(children)} units still belong to “{body.label}” on {on:%d/%m/%Y}: {names}. "
            "Move or end them first.",
        )
    body.valid_to, body.ended_act = on, act
    body.save(update_fields=["valid_to", "ended_act"])
    body.versions.filter(Q(valid_to=None) | Q(valid_to__gt=on)).update(valid_to=on)
    if successor:
        BodySuccession.objects.update_or_create(old=body, new=successor, defaults={"on": on, "act": act})
    told = {"on": on.isoformat(), "successor": successor.slug if successor else ""}
    audit.record(by, "directory.body.ended", body, act=act, **told)


@transaction.atomic
def set_contact(by: User | None, body: Body, *, address: str = "", phone: str = "", email: str = "") -> None:
    """Where the office is and how to reach it; the trail says that it changed, not what was written."""
    require_keeper(by, body.place)
    body.address, body.phone, body.email = address, phone, email
    body.save(update_fields=["address", "phone", "email"])
    audit.record(by, "directory.body.contact", body, fields=["address", "phone", "email"])


@transaction.atomic
def put_in_charge(by: User | None, body: Body, sets: Iterable[IndicatorSet]) -> None:
    """These are the fields that the body is in charge of, no others."""
    require_keeper(by, body.place)
    chosen = list(sets)
    body.sets.set(chosen)
    audit.record(by, "directory.body.in_charge", body, sets=sorted(one.code for one in chosen))


def below(body: Body, day: date) -> set[int]:
    """The ids of every body under this one on or after that day."""
    reached: set[int] = set()
    edge = {body.pk}
    while edge:
        found = BodyVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), parent__in=edge)
        edge = set(found.values_list("body_id", flat=True)) - reached
        reached |= edge
    return reached


def _children(body: Body, day: date) -> list[Body]:
    found = BodyVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), parent=body).select_related("body")
    return [version.body for version in found]


def _version_from(body: Body, on: date, act: str, **changed: Any) -> BodyVersion:
    """What held on that day, with what changes, from that day on; a version that began that day is written over."""
    _require_inside(body, on, first_day=True)
    _require_nothing_later(body, on)
    held = next(version for version in body.versions.all() if version.holds_on(on))
    if held.valid_from == on:
        version = held
    else:
        version = BodyVersion(
            body=body, name=held.name, name_en=held.name_en, short_name=held.short_name, parent=held.parent,
            valid_from=on, valid_to=held.valid_to,
        )  # fmt: skip
        held.valid_to = on
        held.save()
    for name, value in changed.items():
        setattr(version, name, value)
    version.act = act
    version.save()
    body.take_name_from_versions()
    return version


def _require_inside(body: Body, on: date, first_day: bool = False) -> None:
    """The day lies within the life of the body; a change may come on its first day, an end may not."""
    early = body.valid_from and (on < body.valid_from or (on == body.valid_from and not first_day))
    if early or (body.valid_to and on >= body.valid_to):
        start = f"{body.valid_from:%d/%m/%Y}" if body.valid_from else "…"
        end = f"{body.valid_to:%d/%m/%Y}" if body.valid_to else "…"
        raise DirectoryRefused(
            vi=f"“{body.name}” có từ {start} đến trước {end}. Hãy ghi một ngày trong khoảng đó.",
            en=f"“{body.label}” lasts from {start} until before {end}. Give a day within.",
        )


def _require_nothing_later(body: Body, on: date) -> None:
    later = [version.valid_from for version in body.versions.all() if version.valid_from and version.valid_from > on]
    if later:
        raise _changed_already(body, max(later), on)


def _changed_already(body: Body, changed: date, on: date) -> DirectoryRefused:
    return DirectoryRefused(
        vi=f"“{body.name}” đã có thay đổi từ ngày {changed:%d/%m/%Y}; ngày {on:%d/%m/%Y} không muộn hơn. "
        "Hãy ghi ngày muộn hơn.",
        en=f"“{body.label}” already changed on {changed:%d/%m/%Y}; {on:%d/%m/%Y} is not later. Give a later day.",
    )


def _require_standing(body: Body, day: date | None) -> None:
    if day is not None and not body.holds_on(day):
        raise DirectoryRefused(
            vi=f"“{body.name}” không tồn tại ngày {day:%d/%m/%Y}. Hãy chọn cơ quan khác hoặc ngày khác.",
            en=f"“{body.label}” did not exist on {day:%d/%m/%Y}. Choose another body or another day.",
        )


def _free_slug(name: str) -> str:
    stem = "-".join("".join(char if char.isalnum() else " " for char in fold(name)).split())[:140] or "co-quan"
    taken = set(Body.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
    if stem not in taken:
        return stem
    return next(f"{stem}-{count}" for count in range(2, len(taken) + 3) if f"{stem}-{count}" not in taken)
