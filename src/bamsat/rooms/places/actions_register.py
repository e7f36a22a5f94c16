# SPDX-License-Identifier: Apache-2.0
"""The register of facilities: adding one, mending it, linking it to another; each signed in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts import audit
from bamsat.rooms.places.ancestors import renew_ancestors
from bamsat.rooms.places.browse import on_day
from bamsat.rooms.places.models import Place, PlaceKind, PlaceLink, PlaceVersion
from bamsat.rooms.places.queries import NotAllowed, writing_scope
from bamsat.rooms.places.register import RegisterRefused
from bamsat.rooms.places.rights import Function
from bamsat.rooms.places.slugs import free_slug

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Facility:
    """What is told of a facility; attributes are already read, by their codes."""

    kind: str
    name: str
    parent: Place
    since: date | None = None
    code: str = ""
    name_en: str = ""
    point: tuple[Decimal, Decimal] | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def add_place(by: User | None, told: Facility) -> Place:
    """A new facility below a unit; the same name of the same kind in the same place is refused."""
    _may_write(by, told.parent)
    _check(told)
    place = Place.objects.create(
        slug=free_slug(told.kind, told.name, told.code), kind=told.kind, name=told.name, name_en=told.name_en,
        latitude=told.point[0] if told.point else None, longitude=told.point[1] if told.point else None,
        attributes=dict(told.attributes),
    )  # fmt: skip
    PlaceVersion.objects.create(
        place=place, name=told.name, name_en=told.name_en, code=told.code, parent=told.parent, valid_from=_start(told)
    )
    place.take_name_from_versions()
    renew_ancestors([place.pk])
    audit.record(by, "places.place.added", place, kind=told.kind, name=told.name, parent=told.parent.slug)
    return place


@transaction.atomic
def edit_place(by: User | None, place: Place, told: Facility, reason: str = "") -> Place:
    """Mend what was written of a facility: its latest version, point and attributes. What changes on a day by an act is
    no mending: it is a change."""
    _may_write(by, place)
    version = place.versions.select_related("parent").order_by("-valid_from", "-pk").first()
    if version is None:
        raise RegisterRefused("name", vi="Nơi này chưa có tên.", en="This place has no name yet.")
    _not_administrative(place)
    if version.parent_id != told.parent.pk:
        _may_write(by, told.parent)
    _check(told, place)
    before = _kept(place, version)
    version.name, version.name_en, version.code, version.parent = told.name, told.name_en, told.code, told.parent
    if place.versions.count() == 1:  # a later version begins when it does
        version.valid_from = _start(told)
    version.save()
    place.latitude, place.longitude = told.point or (None, None)
    place.attributes = dict(told.attributes)
    place.take_name_from_versions()
    place.save()
    renew_ancestors([place.pk])
    after = _kept(place, version)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        audit.record(by, "places.place.edited", place, reason, changed=changed)
    return place


@transaction.atomic
def link_place(by: User, place: Place, to: Place, role: str, since: date | None = None) -> PlaceLink:
    """Say that a place belongs to another beside the tree: a factory stands in a cluster."""
    _may_write(by, place)
    role = " ".join(role.split())
    if not role or len(role) > 120 or place.pk == to.pk:
        raise RegisterRefused(
            "role", vi="Hãy ghi quan hệ (như “nằm trong”), và chọn một nơi khác.",
            en="Write the relation (such as “stands in”), and choose another place.",
        )  # fmt: skip
    made, new = PlaceLink.objects.get_or_create(place=place, to=to, role=role, defaults={"valid_from": since})
    if new:
        audit.record(by, "places.link.added", made, place=place.slug, to=to.slug, role=role)
    return made


@transaction.atomic
def unlink_place(by: User, link: PlaceLink, reason: str = "") -> None:
    _may_write(by, link.place)
    audit.record(by, "places.link.removed", link, reason, place=link.place.slug, to=link.to.slug, role=link.role)
    link.delete()


def _may_write(by: User | None, place: Place) -> None:
    if by is not None and not writing_scope(by, Function.PLACES).filter(pk=place.pk).exists():
        raise NotAllowed(
            vi=f"Anh/chị không quản cơ sở ở {place.label}. Hãy nhờ người quản địa bàn của nơi đó.",
            en=f"You do not keep the places in {place.label}. Ask whoever does.",
        )


def _not_administrative(place: Place) -> None:
    if PlaceKind.objects.filter(code=place.kind, administrative=True).exists():
        raise RegisterRefused(
            "name",
            vi="Tên, mã và cấp trên của đơn vị hành chính chỉ đổi bằng một thay đổi có ngày và văn bản.",
            en="Name, code and parent of an administrative unit change only by a dated change that cites its act.",
        )


def _check(told: Facility, place: Place | None = None) -> None:
    kinds = {kind.code: kind for kind in PlaceKind.objects.filter(code__in=[told.kind, told.parent.kind])}
    if told.kind not in kinds or kinds[told.kind].administrative:
        raise RegisterRefused("kind", vi="Hãy chọn một loại cơ sở.", en="Choose a kind of facility.")
    if told.parent.kind not in kinds or not kinds[told.parent.kind].administrative:
        raise RegisterRefused(
            "parent",
            vi=f"{told.parent.label} không phải đơn vị hành chính. Cơ sở thuộc một xã, phường; nằm trong cụm hay "
            "thuộc doanh nghiệp thì ghi bằng liên kết.",
            en=f"{told.parent.label} is no administrative unit. A facility stands in a commune; that it is in a "
            "cluster or of an enterprise is a link.",
        )
    if not told.name.strip() or len(told.name) > 200 or len(told.code) > 12:
        raise RegisterRefused(
            "name", vi="Tên cần từ 1 đến 200 ký tự, mã không quá 12 ký tự.",
            en="A name needs 1 to 200 characters, a code at most 12.",
        )  # fmt: skip
    _check_dates(told)
    twins = PlaceVersion.objects.filter(
        place__kind=told.kind, parent=told.parent, folded=fold(told.name)[:200], valid_to=None
    )
    if twins.exclude(place=place).exists():
        raise RegisterRefused(
            "name", vi=f"Ở {told.parent.label} đã có “{told.name}” cùng loại. Hãy sửa nơi đó, hoặc ghi tên khác.",
            en=f"There is already “{told.name}” of this kind in {told.parent.label}. Mend it, or write another name.",
        )  # fmt: skip


def _check_dates(told: Facility) -> None:
    """The parent stands on the day on which the facility begins, and still stands."""
    stands = PlaceVersion.objects.filter(place=told.parent, valid_to=None).exists()
    begun = told.since is None or PlaceVersion.objects.filter(on_day(told.since), place=told.parent).exists()
    if not stands:
        raise RegisterRefused(
            "parent", vi=f"{told.parent.full_label} đã hết hiệu lực. Hãy chọn đơn vị đã kế thừa nó.",
            en=f"{told.parent.full_label} has ended. Choose the unit that followed it.",
        )  # fmt: skip
    if not begun:
        raise RegisterRefused(
            "since",
            vi=f"{told.parent.label} chưa có ngày {told.since:%d/%m/%Y}. Hãy ghi ngày muộn hơn, hoặc để trống.",
            en=f"{told.parent.label} is not there on {told.since:%d/%m/%Y}. Write a later day, or none.",
        )


def _start(told: Facility) -> date | None:
    """Without a day of its own a facility is there since its unit is."""
    held = PlaceVersion.objects.filter(place=told.parent, valid_to=None).values_list("valid_from", flat=True)
    return told.since or held.first()


def _kept(place: Place, version: PlaceVersion) -> dict[str, Any]:
    """What is told of the place, as the trail keeps it."""
    return {
        "name": version.name, "name_en": version.name_en, "code": version.code,
        "parent": version.parent.slug if version.parent else None,
        "since": version.valid_from.isoformat() if version.valid_from else None,
        "point": [str(place.latitude), str(place.longitude)] if place.latitude is not None else None,
        "attributes": dict(place.attributes or {}),
    }  # fmt: skip
