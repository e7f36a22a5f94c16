# SPDX-License-Identifier: Apache-2.0
"""The drafts and programmes that the articles name come as examples, and never among an office's own tasks."""

from __future__ import annotations

import pytest

from bamsat.core.terms.data import shipped
from bamsat.rooms.directory.shipped import load_directory
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.tasks import actions, drafts, programmes
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.drafting import stages, type_of
from bamsat.rooms.tasks.models import Kind, Task
from bamsat.rooms.tasks.samples import load_samples
from tests import build
from tests.cast import Cast
from tests.rooms.tasks.test_drafts import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(cast: Cast) -> int:
    build.catalogue()
    load_directory()
    return load_samples(cast.administrator)


def test_every_example_is_loaded_once(cast: Cast, loaded: int) -> None:
    assert loaded == len(shipped("sample_tasks.yml")["tasks"])
    assert load_samples(cast.administrator) == 0
    assert Task.objects.count() == loaded


def test_no_example_comes_among_an_offices_own_tasks(cast: Cast) -> None:
    actions.create(cast.specialist, cast.home, TaskAsked(what="Việc của Sở", time="none"))
    assert load_samples(cast.administrator) == 0


@pytest.mark.usefixtures("loaded")
def test_every_article_has_the_drafts_that_it_names(cast: Cast) -> None:
    of_place = {
        slug: sorted(
            (one.track.at.code, type_of(one.line.task.drafted).vi)
            for one in drafts.drafts(cast.administrator, TODAY)
            if one.line.task.place.slug == slug
        )
        for slug in ("cao-bang", "ninh-binh", "thai-nguyen", "thai-binh")
    }
    assert of_place == {
        "cao-bang": [("submitted", "Chỉ thị"), ("submitted", "Kế hoạch"), ("submitted", "Quyết định")],
        "ninh-binh": [("submitted", "Chương trình"), ("submitted", "Chương trình"), ("submitted", "Quy chế")],
        "thai-nguyen": [
            *[("issued", "Chương trình")] * 3,
            ("issued", "Kế hoạch"),
            ("issued", "Phương án"),
            ("submitted", "Báo cáo"),
        ],
        "thai-binh": [("assigned", "Cơ chế, chính sách")],
    }


@pytest.mark.usefixtures("loaded")
def test_the_programmes_have_their_years_and_ninh_binhs_its_committee(cast: Cast) -> None:
    found = programmes.programmes(cast.administrator, TODAY)
    spans = sorted(one.span.code for one in found if one.span)
    assert spans == ["2021/2025"] * 5 + ["2021/2030"]
    [led] = [one for one in found if one.task.committee]
    assert led.task.place.slug == "ninh-binh"


@pytest.mark.usefixtures("loaded")
def test_each_says_that_it_is_an_example_and_where_it_comes_from() -> None:
    for task in Task.objects.all():
        notes = " ".join(task.steps.values_list("note", flat=True))
        assert "Ví dụ kèm theo phần mềm Bám Sát" in notes, task.what


def test_the_stages_that_examples_passed_are_stages() -> None:
    for one in shipped("sample_tasks.yml")["tasks"]:
        assert one["kind"] in (Kind.DRAFT, Kind.PROGRAMME)
        assert set(one.get("reached", ())) <= set(stages())


@pytest.mark.usefixtures("loaded")
def test_whoever_works_at_the_place_of_a_former_province_finds_its_example(cast: Cast) -> None:
    user = cast.newcomer
    give_role(None, user, Place.objects.get(slug="thai-binh"), Role.SPECIALIST)
    assert [one.line.task.place.slug for one in drafts.drafts(user, TODAY)] == ["thai-binh"]
