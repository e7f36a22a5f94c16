# SPDX-License-Identifier: Apache-2.0
"""The directory as of a day, and who sees what of it."""

from datetime import date

from bamsat.rooms.catalogue.actions import load_catalogue
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.directory.actions import add_body, end_body, put_in_charge, rename_body
from bamsat.rooms.directory.actions_posts import appoint
from bamsat.rooms.directory.models import Body
from bamsat.rooms.directory.profile import profile
from bamsat.rooms.directory.queries import bodies, in_charge_of, lines
from bamsat.rooms.directory.shipped import load_directory
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from tests.build import role
from tests.cast import Cast
from tests.rooms.directory.office import committee, day, department, division, post

TODAY = date(2026, 11, 1)


def told(found: list) -> list[tuple[int, str]]:
    return [(line.depth, line.name) for line in found]


def test_the_list_is_a_tree_place_by_place_with_the_centre_first(cast: Cast):
    away, sct = department(cast, cast.elsewhere), department(cast)
    division(sct)
    committee(sct)
    ministry = add_body(None, kind="ministry", name="Bộ Công Thương", place=None)
    add_body(None, kind="ministry_unit", name="Vụ Thị trường trong nước", place=None, parent=ministry)
    assert told(lines(cast.specialist, TODAY)) == [
        (0, "Bộ Công Thương"),
        (1, "Vụ Thị trường trong nước"),
        (0, "Sở Công Thương tỉnh Cao Bằng"),
        (1, "Phòng Quản lý công nghiệp"),
        (1, "Ban Chỉ đạo phục hồi sản xuất"),
        (0, away.name),
    ]


def test_a_search_ignores_tones_and_finds_short_names(cast: Cast):
    sct = department(cast)
    division(sct)
    assert told(lines(cast.specialist, TODAY, search="QUAN LY cong")) == [(0, "Phòng Quản lý công nghiệp")]
    assert told(lines(cast.specialist, TODAY, search="sct")) == [(0, sct.name)]


def test_the_list_can_be_narrowed_to_a_kind_and_a_place(cast: Cast):
    sct = department(cast)
    division(sct)
    department(cast, cast.elsewhere)
    assert len(lines(cast.specialist, TODAY, kind="department")) == 2
    assert told(lines(cast.specialist, TODAY, kind="department", place=cast.home)) == [(0, sct.name)]


def test_the_list_of_a_day_has_the_bodies_names_and_leaders_of_that_day(cast: Cast):
    old, new = division(department(cast), "Phòng Thương mại"), None
    appoint(None, post(old, "Trưởng phòng"), person="Trưởng phòng thứ nhất", valid_from=day("01/01/2020"))
    new = division(old.versions.get().parent, "Phòng Kinh tế số", since="01/01/2024")
    rename_body(None, old, on=day("01/01/2022"), name="Phòng Quản lý thương mại")
    end_body(None, old, on=day("01/01/2024"), successor=new)
    names = {year: [line.name for line in lines(cast.specialist, date(year, 6, 1))][1:] for year in (2021, 2023, 2025)}
    assert names == {2021: ["Phòng Thương mại"], 2023: ["Phòng Quản lý thương mại"], 2025: ["Phòng Kinh tế số"]}
    leaders = [[held.person for held in line.holders] for line in lines(cast.specialist, date(2021, 6, 1))]
    assert leaders == [[], ["Trưởng phòng thứ nhất"]]


def test_a_division_is_found_by_the_field_it_is_in_charge_of(cast: Cast):
    unit = division(department(cast))
    clusters = IndicatorSet.objects.get_or_create(code="clusters", defaults={"name_vi": "Cụm công nghiệp"})[0]
    put_in_charge(cast.director, unit, [clusters])
    assert in_charge_of("clusters", cast.home, TODAY) == [unit]
    assert in_charge_of("clusters", cast.elsewhere, TODAY) == []
    assert list(profile(cast.specialist, unit, TODAY).body.sets.all()) == [clusters]


def test_an_office_reads_the_whole_directory(cast: Cast):
    department(cast), department(cast, cast.elsewhere)
    for user in (cast.specialist, cast.administrator):
        assert bodies(user).count() == Body.objects.count()


def test_who_has_no_role_or_none_any_more_sees_the_centre_alone(cast: Cast):
    department(cast)
    ministry = add_body(None, kind="ministry", name="Bộ Công Thương", place=None)
    assert set(bodies(cast.newcomer)) == {ministry}
    give_role(None, cast.newcomer, cast.commune, Role.COMMUNE, valid_to=day("01/07/2025"))
    assert set(bodies(cast.newcomer)) == {ministry}


def test_a_commune_sees_its_own_bodies_and_those_above_and_no_other_communes(cast: Cast):
    sct = department(cast)
    own, other = (
        add_body(None, kind="department", name=f"Ủy ban nhân dân {place.name}", place=place)
        for place in (cast.commune, cast.other_commune)
    )
    for user in (cast.commune_official, cast.facility_clerk):
        assert set(bodies(user)) == {sct, own}
        assert other.name not in [line.name for line in lines(user, TODAY)]


def test_a_commune_sees_its_own_province_and_the_centre(cast: Cast):
    sct, away = department(cast), department(cast, cast.elsewhere)
    ministry = add_body(None, kind="ministry", name="Bộ Công Thương", place=None)
    district = Place.objects.filter(kind="district", above__ancestor=cast.home).first()
    local = role(cast.newcomer, district.slug, Role.COMMUNE)
    assert set(bodies(local)) == {sct, ministry}
    assert away.name not in [line.name for line in lines(local, TODAY)]


def test_a_page_of_a_body_does_not_name_bodies_that_the_reader_may_not_see(cast: Cast):
    old, new = department(cast), department(cast, cast.elsewhere)
    end_body(None, old, on=day("01/07/2025"), successor=new)
    district = Place.objects.filter(kind="district", above__ancestor=cast.home).first()
    local = role(cast.newcomer, district.slug, Role.COMMUNE)
    assert profile(local, old, TODAY).successors == ()
    assert [one.new for one in profile(cast.specialist, old, TODAY).successors] == [new]


def test_the_page_of_an_indicator_set_names_the_division_in_charge(cast: Cast) -> None:
    load_catalogue()
    load_directory()
    page = cast.client(cast.specialist).get("/danh-muc/bo-chi-tieu/clusters/").content.decode()
    assert "Phòng Quản lý" in page
    assert "/danh-ba/" in page
