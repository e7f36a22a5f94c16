# SPDX-License-Identifier: Apache-2.0
"""The units that the product ships, held against what other sources count (successors of 1 July 2025)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from bamsat.rooms.places.ancestors import rebuild_ancestors, renew_ancestors
from bamsat.rooms.places.models import Ancestor, Place, PlaceVersion, Succession
from bamsat.rooms.places.shipped import load_places
from bamsat.rooms.places.shipped_tables import COMMUNES_ACT, HUE_ACT, communes, districts, provinces, steps
from tests.build import place
from tests.cast import Cast

MERGER = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("province", "before", "pairs", "divided", "after"),
    [("cao-bang", 161, 161, 0, 56), ("ha-giang", 193, 196, 3, 73), ("thai-binh", 242, 242, 0, 65)],
)
def test_each_commune_of_before_says_what_it_became(
    province: str, before: int, pairs: int, divided: int, after: int
) -> None:
    of = {unit.slug for unit in communes() if unit.province == province and unit.valid_to == MERGER}
    found = [step for step in steps([*provinces(), *communes()]) if step.old in of]
    heirs = Counter(step.old for step in found)
    assert (len(of), len(found), sum(count > 1 for count in heirs.values())) == (before, pairs, divided)
    assert len({step.new for step in found}) == after
    assert set(heirs) == of


def test_a_commune_that_went_whole_says_so_and_the_parts_of_a_divided_one_were_never_stated() -> None:
    shares = {(step.old, step.new): step.share for step in steps(communes())}
    parts = Counter(old for old, _new in shares)
    assert all((share is None) == (parts[old] > 1) for (old, _new), share in shares.items())
    assert {share for share in shares.values() if share is not None} == {1}


def test_the_five_island_districts_became_the_special_zones_that_no_commune_precedes() -> None:
    heirs = {code for unit in communes() for code in unit.successors}
    alone = {unit.code for unit in communes() if unit.valid_to is None} - heirs
    assert alone == {"11948", "19742", "20333", "21548", "26732"}
    assert {code for unit in districts() for code in unit.successors} == alone


def test_every_point_lies_inside_viet_nam() -> None:
    for unit in [*provinces(), *districts(), *communes()]:
        assert unit.latitude is not None
        assert unit.longitude is not None
        assert 8 < unit.latitude < 24
        assert 102 < unit.longitude < 115
    islands = {unit.name: (float(unit.latitude or 0), float(unit.longitude or 0)) for unit in communes()}
    assert islands["Hoàng Sa"] == pytest.approx((16.568, 112.135))
    assert islands["Trường Sa"] == pytest.approx((9.71, 114.45))


@pytest.mark.django_db
def test_the_districts_of_hue_stood_below_thua_thien_hue_until_2025(cast: Cast) -> None:
    versions = PlaceVersion.objects.filter(place__slug="huyen-phu-loc-482-den-2025").order_by("valid_to")
    parents = [(each.parent.slug, each.valid_from, each.valid_to) for each in versions if each.parent]
    assert parents == [("thua-thien-hue", None, date(2025, 1, 1)), ("hue", date(2025, 1, 1), MERGER)]
    assert place("thua-thien-hue").successors.get().act == HUE_ACT


@pytest.mark.django_db
def test_communes_of_before_stand_in_their_district_and_those_of_today_in_their_province(cast: Cast) -> None:
    load_places()
    assert load_places()["added"] == 0
    old, new = place("phuong-hop-giang-01273-den-2025"), place("phuong-thuc-phan-01273")
    step = old.successors.get()
    assert (step.new, step.on, step.share, step.act) == (new, MERGER, 1, COMMUNES_ACT)
    assert {row.ancestor.kind for row in old.above.all()} == {"district", "province", "country"}
    assert {row.ancestor.slug for row in new.above.all()} == {"cao-bang", "viet-nam"}
    assert new.versions.get().full_name == "phường Thục Phán"


@pytest.mark.django_db
def test_units_loaded_by_an_earlier_release_are_completed(cast: Cast) -> None:
    version = PlaceVersion.objects.get(place__slug="huyen-hoa-an-051-den-2025")
    PlaceVersion.objects.filter(pk=version.pk).update(word="")
    Place.objects.filter(pk=version.place_id).update(latitude=None, longitude=None)
    Succession.objects.all().delete()
    load_places(communes=False)
    version.refresh_from_db()
    assert version.word == "huyện"
    assert version.place.latitude is not None
    assert Succession.objects.filter(old__kind="province").count() == 53


@pytest.mark.django_db
def test_ancestors_renewed_below_one_place_equal_those_written_anew(cast: Cast) -> None:
    version = PlaceVersion.objects.get(place=cast.home)
    PlaceVersion.objects.filter(pk=version.pk).update(valid_to=MERGER + timedelta(days=100))
    PlaceVersion.objects.create(
        place=cast.home, name="Cao Bằng", parent=cast.elsewhere, valid_from=MERGER + timedelta(days=100)
    )
    renew_ancestors([cast.home.pk])
    renewed = set(Ancestor.objects.values_list("place", "ancestor", "valid_from", "valid_to"))
    rebuild_ancestors()
    assert set(Ancestor.objects.values_list("place", "ancestor", "valid_from", "valid_to")) == renewed
