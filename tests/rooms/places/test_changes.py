# SPDX-License-Identifier: Apache-2.0
"""Merge, split, transfer, rename, found and close, as they are told, previewed, made and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.places import changes
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.actions_changes import apply, preview, undo
from bamsat.rooms.places.changes import Begin, Change, ChangeRefused
from bamsat.rooms.places.models import (
    Ancestor,
    BoundaryChange,
    ChangeKind,
    Place,
    PlaceName,
    PlaceRole,
    PlaceVersion,
    Role,
    Succession,
)
from bamsat.rooms.places.queries import NotAllowed, scope
from tests.cast import Cast
from tests.rooms.places.grow import ACT, DAY, merge, tree, version_on

pytestmark = pytest.mark.django_db
BEFORE = DAY - timedelta(days=1)
HALF = Decimal("0.5")


@pytest.fixture
def at(cast: Cast) -> dict[str, Place]:
    return tree()


def steps(change: BoundaryChange) -> set[tuple[str, str, Decimal | None]]:
    return {(each.old.slug, each.new.slug, each.share) for each in change.successions.all()}


def everything() -> list[object]:
    """The tree and its history as they stand."""
    return [
        sorted(PlaceVersion.objects.values_list("place", "name", "code", "parent", "valid_from", "valid_to"), key=str),
        sorted(Ancestor.objects.values_list("place", "ancestor", "valid_from", "valid_to"), key=str),
        sorted(Succession.objects.values_list("old", "new", "on", "share"), key=str),
        sorted(Place.objects.values_list("slug", "name", "ended"), key=str),
    ]


# What each kind does.


def test_a_merge_ends_its_parts_and_founds_what_they_became(cast: Cast, at: dict[str, Place]) -> None:
    made = apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"], code="90009"))
    new = Place.objects.get(slug="xa-hop-nhat-90009")
    assert steps(made) == {("xa-mot", new.slug, Decimal(1)), ("xa-hai", new.slug, Decimal(1))}
    assert version_on(at["xa-mot"], BEFORE)
    assert not version_on(at["xa-mot"], DAY)
    now = version_on(new, DAY)
    assert now is not None
    assert (now.full_name, now.parent, now.valid_from) == ("xã Hợp Nhất", at["tinh-a"], DAY)
    assert Place.objects.get(slug="xa-mot").ended == DAY
    assert set(made.successions.values_list("act", flat=True)) == {ACT}


def test_the_facilities_of_a_merged_commune_stand_in_its_successor(cast: Cast, at: dict[str, Place]) -> None:
    shown = preview(merge(at["xa-mot"], at["xa-hai"]))
    assert [(each.name, each.before, each.after) for each in shown.moved] == [("Chợ Một", "xã Mot", "xã Hợp Nhất")]
    apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"]))
    before, after = version_on(at["cho-mot"], BEFORE), version_on(at["cho-mot"], DAY)
    assert before is not None
    assert after is not None
    assert (before.parent, after.parent and after.parent.name) == (at["xa-mot"], "Hợp Nhất")


def test_a_commune_may_take_others_in_and_go_on(cast: Cast, at: dict[str, Place]) -> None:
    made = apply(cast.administrator, merge(at["xa-mot"], into=at["xa-ba"]))
    assert steps(made) == {("xa-mot", "xa-ba", Decimal(1))}
    assert PlaceVersion.objects.filter(place=at["xa-ba"]).count() == 1
    now = version_on(at["cho-mot"], DAY)
    assert now is not None
    assert now.parent == at["xa-ba"]


def test_a_split_keeps_the_shares_that_an_act_states(cast: Cast, at: dict[str, Place]) -> None:
    parts = (Begin("Một Đông", word="xã", share=Decimal("0.6")), Begin("Một Tây", word="xã", share=Decimal("0.4")))
    change = Change(ChangeKind.SPLIT, DAY, ACT, (at["xa-mot"].pk,), begins=parts, moves={at["cho-mot"].pk: -2})
    made = apply(cast.administrator, change)
    assert steps(made) == {
        ("xa-mot", "xa-mot-dong", Decimal("0.6")), ("xa-mot", "xa-mot-tay", Decimal("0.4"))
    }  # fmt: skip
    now = version_on(at["cho-mot"], DAY)
    assert now is not None
    assert now.parent is not None
    assert now.parent.slug == "xa-mot-tay"


def test_a_place_that_is_split_may_go_on_with_the_rest(cast: Cast, at: dict[str, Place]) -> None:
    change = Change(
        ChangeKind.SPLIT, DAY, ACT, (at["xa-mot"].pk,), begins=(Begin("Mới", word="xã"),), keeps=True
    )  # fmt: skip
    assert steps(apply(cast.administrator, change)) == {("xa-mot", "xa-mot", None), ("xa-mot", "xa-moi", None)}
    assert version_on(at["xa-mot"], DAY) is not None
    assert version_on(at["cho-mot"], DAY) == version_on(at["cho-mot"], BEFORE)


def test_a_part_goes_to_a_neighbour_and_the_rest_goes_on(cast: Cast, at: dict[str, Place]) -> None:
    change = Change(
        ChangeKind.TRANSFER, DAY, ACT, (at["xa-mot"].pk,), into=at["xa-hai"].pk, share=Decimal("0.25"),
        moves={at["cho-mot"].pk: at["xa-hai"].pk},
    )  # fmt: skip
    made = apply(cast.administrator, change)
    assert steps(made) == {("xa-mot", "xa-mot", Decimal("0.75")), ("xa-mot", "xa-hai", Decimal("0.25"))}
    now = version_on(at["cho-mot"], DAY)
    assert now is not None
    assert now.parent == at["xa-hai"]


def test_a_commune_that_moves_to_another_province_takes_its_part_of_it_along(cast: Cast, at: dict[str, Place]) -> None:
    change = Change(ChangeKind.TRANSFER, DAY, ACT, (at["xa-mot"].pk,), parent=at["tinh-b"].pk)
    assert steps(apply(cast.administrator, change)) == {("tinh-a", "tinh-a", None), ("tinh-a", "tinh-b", None)}
    above = Ancestor.objects.filter(place=at["cho-mot"], ancestor=at["tinh-b"])
    assert above.get().valid_from == DAY


def test_a_rename_changes_name_word_and_code_of_the_same_place(cast: Cast, at: dict[str, Place]) -> None:
    PlaceName.objects.create(version=PlaceVersion.objects.get(place=at["xa-mot"]), text="xã Một cũ")
    new = Begin("Một Mới", code="90010", word="phường")
    apply(cast.administrator, Change(ChangeKind.RENAME, DAY, ACT, (at["xa-mot"].pk,), begins=(new,)))
    before, after = version_on(at["xa-mot"], BEFORE), version_on(at["xa-mot"], DAY)
    assert before is not None
    assert after is not None
    assert (before.full_name, after.full_name, after.code) == ("xã Mot", "phường Một Mới", "90010")
    assert not Succession.objects.filter(old=at["xa-mot"]).exists()


def test_a_place_is_founded_and_closed(cast: Cast, at: dict[str, Place]) -> None:
    new = Begin("Năm", code="90005", word="xã", kind="commune")
    apply(cast.administrator, Change(ChangeKind.FOUND, DAY, ACT, begins=(new,), parent=at["tinh-b"].pk))
    founded = Place.objects.get(slug="xa-nam-90005")
    apply(cast.administrator, Change(ChangeKind.CLOSE, date(2027, 1, 1), ACT, (founded.pk,)))
    assert version_on(founded, DAY) is not None
    assert version_on(founded, date(2027, 1, 1)) is None


def test_what_stands_in_a_closed_place_goes_where_it_is_told(cast: Cast, at: dict[str, Place]) -> None:
    change = Change(ChangeKind.CLOSE, DAY, ACT, (at["xa-mot"].pk,))
    with pytest.raises(ChangeRefused, match="Chợ Một"):
        apply(cast.administrator, change)
    apply(cast.administrator, replace(change, into=at["tinh-a"].pk))
    now = version_on(at["cho-mot"], DAY)
    assert now is not None
    assert now.parent == at["tinh-a"]


def test_what_begins_after_the_day_is_put_below_the_successor(cast: Cast, at: dict[str, Place]) -> None:
    market = PlaceVersion.objects.get(place=at["cho-mot"])
    PlaceVersion.objects.filter(pk=market.pk).update(valid_from=DAY + timedelta(days=30))
    made = apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"]))
    market.refresh_from_db()
    assert market.parent is not None
    assert market.parent.name == "Hợp Nhất"
    undo(cast.administrator, made, "nhập nhầm ngày")
    market.refresh_from_db()
    assert market.parent == at["xa-mot"]


# What is shown before.


@pytest.fixture
def _told() -> Iterator[None]:
    def tell(places: frozenset[int], on: date) -> list[str]:
        return [f"{len(places)} nơi, từ {on:%d/%m/%Y}"]

    changes.affected.append(tell)
    yield
    changes.affected.remove(tell)


@pytest.mark.usefixtures("_told")
def test_a_preview_shows_both_sides_who_follows_and_what_rooms_above_say(cast: Cast, at: dict[str, Place]) -> None:
    give_role(None, cast.newcomer, at["xa-mot"], Role.COMMUNE)
    before = everything()
    shown = preview(merge(at["xa-mot"], at["xa-hai"], code="90009"))
    assert [(card.name, card.code, card.parent, card.below, card.fate) for card in shown.before] == [
        ("xã Mot", "90001", "Tinh a", 1, "ends"), ("xã Hai", "90002", "Tinh a", 0, "ends"),
    ]  # fmt: skip
    assert [(card.name, card.code, card.below, card.fate) for card in shown.after] == [
        ("xã Hợp Nhất", "90009", 1, "begins")
    ]
    assert shown.roles == ("Người mới (cán bộ cấp xã): từ xã Mot sang xã Hợp Nhất",)
    assert shown.figures[-1] == "3 nơi, từ 01/01/2026"
    assert everything() == before


def test_a_preview_of_a_split_says_the_parts(cast: Cast, at: dict[str, Place]) -> None:
    parts = (Begin("Đông", word="xã", share=Decimal("0.125")), Begin("Tây", word="xã", share=Decimal("0.875")))
    shown = preview(Change(ChangeKind.SPLIT, DAY, ACT, (at["xa-hai"].pk,), begins=parts))
    assert [card.share for card in shown.after] == ["12,5%", "87,5%"]


def test_roles_follow_to_the_successor_and_open_its_parts(cast: Cast, at: dict[str, Place]) -> None:
    give_role(None, cast.newcomer, at["xa-mot"], Role.COMMUNE)
    apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"]))
    seen = set(scope(cast.newcomer).values_list("slug", flat=True))
    assert {"xa-mot", "xa-hai", "xa-hop-nhat", "cho-mot"} <= seen
    assert "xa-ba" not in seen


def test_a_role_follows_a_merge_even_after_a_part_was_given_away(cast: Cast, at: dict[str, Place]) -> None:
    give_role(None, cast.newcomer, at["xa-mot"], Role.COMMUNE)
    part = Change(ChangeKind.TRANSFER, DAY, ACT, (at["xa-mot"].pk,), into=at["xa-ba"].pk)
    apply(cast.administrator, part)
    apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"], on=date(2027, 1, 1)))
    seen = set(scope(cast.newcomer).values_list("slug", flat=True))
    assert "xa-hop-nhat" in seen
    assert "xa-ba" not in seen


# What is refused.


def refused(change: Change) -> str:
    with pytest.raises(ChangeRefused) as error:
        preview(change)
    assert error.value.en
    return error.value.vi


def test_a_change_cites_its_act(at: dict[str, Place]) -> None:
    assert "văn bản" in refused(replace(merge(at["xa-mot"], at["xa-hai"]), act=" "))


def test_one_place_is_no_merge_and_none_is_told_twice(at: dict[str, Place]) -> None:
    assert "ít nhất hai" in refused(merge(at["xa-mot"]))
    assert "hai lần" in refused(merge(at["xa-mot"], at["xa-mot"]))


def test_a_place_that_has_ended_cannot_change(cast: Cast, at: dict[str, Place]) -> None:
    apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"]))
    told = refused(merge(at["xa-mot"], at["xa-ba"], name="Khác", on=date(2027, 1, 1)))
    assert "đã hết hiệu lực từ ngày 01/01/2026" in told


def test_a_day_before_the_place_began_or_before_a_later_change_is_refused(cast: Cast, at: dict[str, Place]) -> None:
    assert "chỉ có từ ngày 01/01/2020" in refused(merge(at["xa-mot"], at["xa-hai"], on=date(2019, 1, 1)))
    new = Begin("Một Mới", word="xã")
    apply(cast.administrator, Change(ChangeKind.RENAME, date(2027, 1, 1), ACT, (at["xa-mot"].pk,), begins=(new,)))
    assert "đã có thay đổi từ ngày 01/01/2027" in refused(merge(at["xa-mot"], at["xa-hai"]))
    assert "đúng ngày" in refused(merge(at["xa-mot"], at["xa-hai"], on=date(2027, 1, 1)))


@pytest.mark.parametrize(
    ("shares", "says"),
    [(("0.5", "0.4"), "90%"), (("0.5", None), "mọi phần"), (("1.2", "-0.2"), "mọi phần"), (("0.5",), "ít nhất hai")],
)
def test_the_parts_of_a_split_make_one_whole(at: dict[str, Place], shares: tuple[str | None, ...], says: str) -> None:
    parts = tuple(Begin(f"P{n}", share=Decimal(each) if each else None) for n, each in enumerate(shares))
    assert says in refused(Change(ChangeKind.SPLIT, DAY, ACT, (at["xa-hai"].pk,), begins=parts))


def test_a_facility_of_a_split_commune_is_left_behind_by_nobody(at: dict[str, Place]) -> None:
    parts = (Begin("Đông"), Begin("Tây"))
    assert "Chợ Một" in refused(Change(ChangeKind.SPLIT, DAY, ACT, (at["xa-mot"].pk,), begins=parts))


def test_nothing_stands_below_itself_or_below_a_facility(at: dict[str, Place]) -> None:
    change = Change(ChangeKind.TRANSFER, DAY, ACT, (at["tinh-a"].pk,), parent=at["xa-mot"].pk)
    assert "cấp trên" in refused(change)
    assert "cấp trên" in refused(replace(change, places=(at["xa-hai"].pk,), parent=at["cho-mot"].pk))
    assert "đã thuộc" in refused(replace(change, places=(at["xa-hai"].pk,), parent=at["tinh-a"].pk))


def test_places_of_different_kinds_or_parents_need_a_word_more(at: dict[str, Place]) -> None:
    assert "cùng loại" in refused(merge(at["xa-hai"], at["cho-mot"]))
    assert "nhiều cấp trên" in refused(merge(at["xa-hai"], at["xa-bon"]))


def test_a_name_or_code_that_somebody_bears_is_not_given_again(at: dict[str, Place]) -> None:
    assert "90003" in refused(merge(at["xa-mot"], at["xa-hai"], code="90003"))
    assert "đã có xã Ba" in refused(merge(at["xa-mot"], at["xa-hai"], name="BA"))
    preview(merge(at["xa-mot"], at["xa-hai"], name="Hai", code="90002"))  # of one that ends: may be taken on


def test_a_place_where_roles_are_held_is_not_closed(cast: Cast, at: dict[str, Place]) -> None:
    give_role(None, cast.newcomer, at["xa-hai"], Role.COMMUNE)
    assert "vai trò" in refused(Change(ChangeKind.CLOSE, DAY, ACT, (at["xa-hai"].pk,)))


def test_only_who_keeps_the_places_there_changes_them(cast: Cast, at: dict[str, Place]) -> None:
    for user in (cast.newcomer, cast.specialist, cast.director):
        with pytest.raises(NotAllowed):
            apply(user, merge(at["xa-mot"], at["xa-hai"]))
    give_role(None, cast.newcomer, at["tinh-a"], Role.HEAD)
    apply(cast.newcomer, merge(at["xa-mot"], at["xa-hai"]))
    with pytest.raises(NotAllowed):
        apply(cast.newcomer, merge(at["xa-ba"], into=at["xa-bon"]))


# Taking back.


def test_a_change_taken_back_leaves_the_tree_as_it_was_and_stays_on_record(cast: Cast, at: dict[str, Place]) -> None:
    before = everything()
    made = apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"]))
    with pytest.raises(ChangeRefused, match="lý do"):
        undo(cast.administrator, made, " ")
    withdrawn = undo(cast.administrator, made, "nghị quyết chưa ban hành")
    assert everything() == before
    assert withdrawn.told["withdrawn"]["reason"] == "nghị quyết chưa ban hành"
    assert withdrawn.told["asked"]["begins"][0]["name"] == "Hợp Nhất"
    with pytest.raises(ChangeRefused, match="đã rút"):
        undo(cast.administrator, made, "lần nữa")
    trail = list(
        AuditRecord.objects.filter(action__startswith="places.change").order_by("pk").values_list("action", "reason")
    )
    assert trail == [("places.change.made", ""), ("places.change.withdrawn", "nghị quyết chưa ban hành")]


def test_a_change_on_which_another_builds_is_taken_back_last(cast: Cast, at: dict[str, Place]) -> None:
    before = everything()
    first = apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"]))
    new = Place.objects.get(slug="xa-hop-nhat")
    second = apply(cast.administrator, merge(new, into=at["xa-ba"], on=date(2027, 1, 1)))
    with pytest.raises(ChangeRefused, match="ghi sau"):
        undo(cast.administrator, first, "nhầm")
    undo(cast.administrator, second, "nhầm")
    undo(cast.administrator, first, "nhầm")
    assert everything() == before


def test_a_change_whose_place_is_in_use_is_not_taken_back(cast: Cast, at: dict[str, Place]) -> None:
    made = apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"]))
    held = give_role(cast.administrator, cast.newcomer, Place.objects.get(slug="xa-hop-nhat"), Role.COMMUNE)
    with pytest.raises(ChangeRefused, match="không rút được"):
        undo(cast.administrator, made, "nhầm")
    assert PlaceRole.objects.filter(pk=held.pk).exists()


def test_a_change_that_fails_on_the_way_leaves_nothing(
    cast: Cast, at: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()
    monkeypatch.setattr("bamsat.rooms.places.actions_changes.renew_ancestors", lambda places: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        apply(cast.administrator, merge(at["xa-mot"], at["xa-hai"]))
    assert everything() == before
    assert not BoundaryChange.objects.exists()
