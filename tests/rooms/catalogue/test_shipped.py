# SPDX-License-Identifier: Apache-2.0
"""What the product ships: it fits its own rules, says what it means once, and never takes back a person's change."""

from collections import Counter

import pytest

from bamsat.core.terms.unit import read_unit
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.actions import load_catalogue
from bamsat.rooms.catalogue.models import (
    AddsUp,
    Code,
    CodeList,
    Identity,
    Indicator,
    IndicatorSet,
    Provider,
    SetMember,
)
from bamsat.rooms.catalogue.planning import Line, Outcome, Planner
from bamsat.rooms.catalogue.tables import TABLES, written
from tests import build

pytestmark = pytest.mark.django_db

THE_EIGHT = {
    "mining_heavy", "processing", "electricity", "commerce_places", "petrol", "e_commerce", "clusters",
    "market_inspection",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    build.catalogue()


def as_lines() -> dict[str, list[Line]]:
    """Everything that is in the tables, as a person's file would bring it."""
    return {
        table.code: [
            Line(number, {column.code: written(column, row) for column in table.fields})
            for number, row in enumerate(table.rows(), start=2)
        ]
        for table in TABLES
    }


def test_every_shipped_row_passes_the_rules_that_people_must_keep():
    plan = Planner().plan(as_lines())
    assert [(change.key, change.wrong) for change in plan.changes if change.outcome is not Outcome.LEFT] == []


def test_nothing_is_read_twice_from_one_wording_of_a_list():
    """Words name one code of a list, or they would name none."""
    twice = []
    for codelist in CodeList.objects.all():
        said = Counter(
            name
            for code in codelist.codes.all()
            for name in {fold(each) for each in [code.name_vi, code.name_en, *code.other_names] if each}
        )
        twice += [(str(codelist), name) for name, times in said.items() if times > 1]
    assert twice == []


def test_the_eight_fields_and_the_main_indicators_are_sets_with_members_and_a_source():
    sets = {one.code: one for one in IndicatorSet.objects.prefetch_related("indicators")}
    assert sets.keys() == THE_EIGHT | {"main", "safety"}
    assert all(one.indicators.count() >= 5 for one in sets.values())
    assert all(sets[code].provider for code in THE_EIGHT)
    assert next(iter(sets)) == "main"


def test_every_ratio_of_the_catalogue_says_its_parts_and_every_production_index_its_weight():
    ours = Indicator.objects.filter(shipped=True)
    assert not ours.filter(adds_up=AddsUp.RATIO, numerator=None).exists()
    assert not ours.filter(code__startswith="iip", weight=None).exists()
    assert Indicator.objects.get(code="cluster_occupancy").denominator.code == "cluster_leasable_area"


def test_every_indicator_says_what_it_is_how_it_is_made_who_answers_for_it():
    for indicator in Indicator.objects.filter(shipped=True):
        told = (indicator.concept, indicator.method, indicator.publication, indicator.source, indicator.responsible)
        assert all(told), indicator.code


def test_counted_units_are_units_that_the_reader_knows():
    for indicator in Indicator.objects.filter(shipped=True).exclude(unit=""):
        if indicator.unit.islower() and " " not in indicator.display_unit:
            found = read_unit(indicator.unit)
            assert found, indicator.code
            assert found.code in (indicator.unit, "ton"), indicator.code


def test_industries_have_two_versions_and_the_divisions_of_industry():
    assert list(CodeList.objects.filter(code="industry").values_list("version", flat=True)) == ["2007", "2018"]
    codes = Code.objects.filter(codelist__code="industry", codelist__version="2018")
    assert codes.filter(parent=None).count() == 21
    assert codes.filter(parent__code="C").count() == 24
    assert {parent: codes.filter(parent__code=parent).count() for parent in "BDE"} == {"B": 5, "D": 1, "E": 4}


def test_what_a_person_changed_survives_an_upgrade_and_the_rest_follows_it():
    Provider.objects.filter(code="customs").update(name_vi="Chi cục Hải quan khu vực", shipped=False)
    Provider.objects.filter(code="power").update(name_vi="Điện lực cũ")
    load_catalogue()
    assert Provider.objects.get(code="customs").name_vi == "Chi cục Hải quan khu vực"
    assert Provider.objects.get(code="power").name_vi == "Công ty điện lực"


def test_a_set_that_a_person_changed_keeps_its_members():
    clusters = IndicatorSet.objects.get(code="clusters")
    SetMember.objects.filter(set=clusters, indicator__code="cluster_workers").delete()
    IndicatorSet.objects.filter(pk=clusters.pk).update(shipped=False)
    load_catalogue()
    assert not SetMember.objects.filter(set=clusters, indicator__code="cluster_workers").exists()


def test_identities_speak_of_indicators_that_are_there():
    assert Identity.objects.filter(expression="trade_total = exports + imports + supervised_goods").exists()
    assert Identity.objects.count() == 6
