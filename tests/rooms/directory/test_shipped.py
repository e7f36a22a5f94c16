# SPDX-License-Identifier: Apache-2.0
"""The bodies that the product ships: departments through the merger of 2025, and what the reports name."""

from datetime import date

from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.directory.actions import rename_body
from bamsat.rooms.directory.models import Body, Holding, WorkItem, standing
from bamsat.rooms.directory.queries import holder_on, in_charge_of, version_on
from bamsat.rooms.directory.shipped import load_directory
from bamsat.rooms.places.models import Place
from tests.cast import Cast

FIELDS = {
    "mining_heavy", "processing", "electricity", "commerce_places", "petrol", "e_commerce", "clusters",
    "market_inspection",
}  # fmt: skip


def departments(on: date) -> int:
    return Body.objects.filter(standing(on), kind="department", slug__startswith="so-cong-thuong-").count()


def test_there_is_a_department_in_each_of_63_provinces_then_in_each_of_34(cast: Cast):
    load_directory()
    assert departments(date(2024, 12, 31)) == departments(date(2025, 6, 30)) == 63
    assert departments(date(2025, 7, 1)) == 34


def test_a_merged_department_is_succeeded_by_that_of_the_new_province(cast: Cast):
    load_directory()
    for old in ("ha-giang", "tuyen-quang-den-2025"):
        succession = Body.objects.get(slug=f"so-cong-thuong-{old}").successors.get()
        assert succession.new.slug == "so-cong-thuong-tuyen-quang"
        assert (succession.on, succession.act) == (date(2025, 7, 1), "Nghị quyết số 202/2025/QH15 của Quốc hội")


def test_every_body_that_ended_for_the_merger_says_the_act_and_every_place_exists(cast: Cast):
    loaded = load_directory()
    assert loaded["added"] == loaded["bodies"] == Body.objects.filter(shipped=True).count()
    ended = Body.objects.filter(valid_to=date(2025, 7, 1)).exclude(kind="press")
    assert not ended.filter(ended_act="").exists()
    assert not Body.objects.filter(place=None, kind__in=("department", "people_committee", "division")).exists()


def test_each_field_has_one_division_in_charge_in_the_five_provinces(cast: Cast):
    for code in FIELDS:
        IndicatorSet.objects.get_or_create(code=code, defaults={"name_vi": code})
    load_directory()
    for slug in ("cao-bang", "tuyen-quang", "ninh-binh", "hung-yen", "thai-nguyen"):
        place = Place.objects.get(slug=slug)
        assert [len(in_charge_of(code, place, date(2026, 11, 1))) for code in sorted(FIELDS)] == [1] * 8


def test_directors_are_attested_by_the_press_for_the_days_of_its_articles_only(cast: Cast):
    load_directory()
    director = Body.objects.get(slug="so-cong-thuong-ninh-binh-den-2025").posts.get(leads=True)
    assert holder_on(director, date(2021, 2, 26)).source == "Báo Ninh Bình, 26/02/2021"
    assert holder_on(director, date(2021, 2, 27)) is None
    assert not Holding.objects.filter(source="").exists()


def test_the_committee_of_the_industry_programme_has_its_work(cast: Cast):
    load_directory()
    item = WorkItem.objects.get()
    assert (item.year, item.state, item.lead.slug) == (2021, "running", "so-cong-thuong-ninh-binh-den-2025")


def test_loading_again_adds_nothing_and_leaves_what_an_administrator_changed(cast: Cast):
    load_directory()
    body = Body.objects.get(slug="phong-quan-ly-cong-nghiep-cao-bang")
    rename_body(cast.administrator, body, on=date(2026, 1, 1), name="Phòng Công nghiệp")
    assert load_directory()["added"] == 0
    body.refresh_from_db()
    assert body.name == version_on(body, date(2026, 2, 1)).name == "Phòng Công nghiệp"
