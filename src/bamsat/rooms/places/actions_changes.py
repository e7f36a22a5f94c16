# SPDX-License-Identifier: Apache-2.0
"""Dated changes of the tree: shown before they take effect, made in one transaction, taken back if nothing builds on
them. Versions are cut and added; what the ledger holds is never rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from bamsat.rooms.accounts import audit
from bamsat.rooms.places.ancestors import renew_ancestors
from bamsat.rooms.places.changes import Change, ChangeRefused, Plan, Shift, Span, day_words
from bamsat.rooms.places.models import BoundaryChange, Place, PlaceName, PlaceVersion, Succession
from bamsat.rooms.places.picture import picture
from bamsat.rooms.places.planning import plan
from bamsat.rooms.places.previewing import Preview, in_words
from bamsat.rooms.places.queries import NotAllowed, writing_scope
from bamsat.rooms.places.rights import Function
from bamsat.rooms.places.slugs import free_slug

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def preview(change: Change) -> Preview:
    """What the change will do, in words; nothing is written. ChangeRefused says why it cannot be made."""
    tree = picture(change)
    return in_words(plan(change, tree), tree)


@transaction.atomic
def apply(by: User | None, change: Change) -> BoundaryChange:
    """Make the change: all of it or nothing; `by` is None at installation only."""
    named = [*change.places, *(each for each in (change.into, change.parent) if each)]
    _only_where_allowed(by, named)
    list(Place.objects.select_for_update().filter(pk__in=named).order_by("pk"))  # one change of a place at a time
    tree = picture(change)
    made = plan(change, tree)
    row = BoundaryChange.objects.create(kind=change.kind, on=change.on, act=change.act, note=change.note, by=by)
    ids = _begin(made, tree.kinds)
    done = _cut(made) | _write(made, ids) | {"places": sorted(ids.values())}
    Succession.objects.bulk_create(
        Succession(
            old_id=step.old,
            new_id=ids.get(step.new, step.new),
            on=change.on,
            share=step.share,
            act=change.act,
            change=row,
        )
        for step in made.steps
    )
    touched = {*made.touched, *ids.values()}
    _take_names({ids.get(span.place, span.place) for shift in made.named for span in _both(shift)})
    renew_ancestors(
        {ids.get(span.place, span.place) for shift in (*made.shifts, *made.repointed) for span in _both(shift)}
    )
    row.told = {"asked": change.as_told(), "done": done, "touched": sorted(touched)}
    row.save(update_fields=["told"])
    audit.record(by, "places.change.made", row, change.note, kind=change.kind, on=change.on.isoformat(), act=change.act,
                 places=sorted(_slugs(touched)))  # fmt: skip
    return row


@transaction.atomic
def undo(by: User, change: BoundaryChange, reason: str) -> BoundaryChange:
    """Take a change back: the tree is as it was before it; the change itself stays on record as withdrawn."""
    change = BoundaryChange.objects.select_for_update().get(pk=change.pk)
    done, touched = change.told.get("done", {}), set(change.told.get("touched", []))
    asked = change.told.get("asked", {})
    _only_where_allowed(by, [*asked.get("places", []), *filter(None, (asked.get("into"), asked.get("parent")))])
    _may_be_undone(change, reason, done, touched)
    slugs = sorted(_slugs(touched))
    change.successions.all().delete()
    PlaceVersion.objects.filter(pk__in=done["versions"]).delete()
    for pk, end in done["cut"]:
        PlaceVersion.objects.filter(pk=pk).update(valid_to=date.fromisoformat(end) if end else None)
    for pk, parent in done["repointed"]:
        PlaceVersion.objects.filter(pk=pk).update(parent=parent)
    _refuse_used(done["places"])
    Place.objects.filter(pk__in=done["places"]).delete()
    left = touched - set(done["places"])
    _take_names(left)
    renew_ancestors(left)
    now = timezone.now()
    change.told = change.told | {"withdrawn": {"by": by.pk, "who": str(by), "at": now.isoformat(), "reason": reason}}
    change.save(update_fields=["told"])
    audit.record(by, "places.change.withdrawn", change, reason, places=slugs)
    return change


def _only_where_allowed(by: User | None, places: Iterable[int]) -> None:
    wanted = set(places)
    if by is None or not wanted - set(
        writing_scope(by, Function.PLACES).filter(pk__in=wanted).values_list("pk", flat=True)
    ):
        return
    raise NotAllowed(
        vi="Có địa bàn ngoài phạm vi được giao. Hãy nhờ người quản địa bàn của nơi đó, hoặc quản trị.",
        en="Some of these places are outside your reach. Ask whoever keeps the places there, or an administrator.",
    )


def _begin(made: Plan, kinds: Any) -> dict[int, int]:
    """The new places, without versions yet; their ids by their numbers in the plan."""
    like = next((kinds[place] for place in made.change.places), "")
    ids = {}
    for span, told in zip(made.begins, made.change.begins, strict=False):
        kind = told.kind or like
        slug = free_slug(span.word or (kind if not span.word else ""), span.name, span.code)
        ids[span.place] = Place.objects.create(slug=slug, kind=kind, name=span.name, name_en=span.name_en).pk
    return ids


def _cut(made: Plan) -> dict[str, Any]:
    """End on the day what holds across it, and put what begins later below its new parent's id."""
    cut = [shift.before for shift in made.shifts if shift.before]
    ids = [span.pk for span in cut if span.pk is not None]
    for at in range(0, len(ids), 500):
        PlaceVersion.objects.filter(pk__in=ids[at : at + 500]).update(valid_to=made.change.on)
    return {"cut": [[span.pk, span.end.isoformat() if span.end else None] for span in cut]}


def _write(made: Plan, ids: dict[int, int]) -> dict[str, Any]:
    spans = [(shift.before, shift.after) for shift in made.shifts if shift.after]
    versions = [_version(after, ids) for _before, after in spans if after]
    PlaceVersion.objects.bulk_create(versions, batch_size=500)
    _keep_spellings([(before, version) for (before, _after), version in zip(spans, versions, strict=True) if before])
    for shift in made.repointed:
        if shift.before and shift.before.pk and shift.after:
            parent = shift.after.parent
            PlaceVersion.objects.filter(pk=shift.before.pk).update(parent_id=ids.get(parent or 0, parent))
    return {
        "versions": [version.pk for version in versions],
        "repointed": [[shift.before.pk, shift.before.parent] for shift in made.repointed if shift.before],
    }


def _version(span: Span, ids: dict[int, int]) -> PlaceVersion:
    version = PlaceVersion(
        place_id=ids.get(span.place, span.place), name=span.name, name_en=span.name_en, word=span.word, code=span.code,
        parent_id=ids.get(span.parent or 0, span.parent), valid_from=span.start, valid_to=span.end,
    )  # fmt: skip
    version.fill_keys()
    return version


def _keep_spellings(pairs: list[tuple[Span, PlaceVersion]]) -> None:
    """Who keeps the name keeps the other ways in which it is written."""
    heirs = {before.pk: version for before, version in pairs if before.name == version.name}
    for at in range(0, len(heirs), 500):
        some = list(heirs)[at : at + 500]
        kept = PlaceName.objects.filter(version__in=some)
        PlaceName.objects.bulk_create(
            PlaceName(version=heirs[each.version_id], text=each.text, folded=each.folded) for each in kept
        )


def _take_names(places: Iterable[int]) -> None:
    for place in Place.objects.filter(pk__in=list(places)).prefetch_related("versions"):
        place.take_name_from_versions()


def _both(shift: Shift) -> list[Span]:
    return [span for span in (shift.before, shift.after) if span]


def _slugs(places: Iterable[int]) -> list[str]:
    return list(Place.objects.filter(pk__in=list(places)[:500]).values_list("slug", flat=True))


def _may_be_undone(change: BoundaryChange, reason: str, done: dict[str, Any], touched: set[int]) -> None:
    if not reason.strip():
        raise ChangeRefused(
            vi="Chưa ghi lý do rút. Hãy ghi vì sao thay đổi này không đúng.",
            en="The reason is missing. Write why this change is withdrawn.",
        )
    if "withdrawn" in change.told or not done:
        raise ChangeRefused(
            vi="Thay đổi này đã rút rồi, hoặc có sẵn trong sản phẩm; không rút được.",
            en="This change is withdrawn already, or comes with the product; it cannot be withdrawn.",
        )
    for later in BoundaryChange.objects.filter(pk__gt=change.pk):
        if "withdrawn" not in later.told and touched & set(later.told.get("touched", [])):
            raise ChangeRefused(
                vi=f"Có thay đổi ghi sau dựa trên thay đổi này ({later.get_kind_display()} {day_words(later.on)}). Hãy "
                "rút thay đổi đó trước.",
                en=f"A change entered later builds on this one ({later.kind} {day_words(later.on)}). Withdraw that one "
                "first.",
            )
    as_made = PlaceVersion.objects.filter(pk__in=done["versions"]).count() == len(done["versions"])
    as_cut = PlaceVersion.objects.filter(pk__in=[pk for pk, _end in done["cut"]], valid_to=change.on).count()
    if not as_made or as_cut != len(done["cut"]):
        raise ChangeRefused(
            vi="Tên hoặc cấp trên của các địa bàn này đã được sửa sau thay đổi. Hãy sửa tiếp ở trang của địa bàn.",
            en="Names or parents of these places were edited after the change. Go on editing on their pages.",
        )


def _refuse_used(places: list[int]) -> None:
    """A place that already has figures, documents, roles or facilities of its own is not taken away."""
    for field in Place._meta.get_fields(include_hidden=True):
        model, name = field.related_model, getattr(field, "field", None)
        if not (field.one_to_many or field.one_to_one) or not isinstance(model, type) or name is None:
            continue
        own = model._meta.label in ("places.Ancestor", "places.Succession")
        if not own and model._default_manager.filter(**{f"{name.name}__in": places}).exists():
            raise ChangeRefused(
                vi="Địa bàn mới đã có số liệu, văn bản, vai trò hoặc cơ sở riêng, nên thay đổi không rút được nữa. Hãy "
                "ghi một thay đổi tiếp theo.",
                en="The new place already has figures, documents, roles or facilities of its own: the change can no "
                "longer be withdrawn. Enter a further change.",
            )
