# SPDX-License-Identifier: Apache-2.0
"""The stages of a document drafted for the province, as data, and how far a draft is by its steps."""

import copy
from datetime import date

import pytest

from bamsat.core.terms.data import shipped
from bamsat.rooms.tasks import drafting
from bamsat.rooms.tasks.models import Act, Step

MARCH = date(2026, 3, 2)


def passed(stage, on):
    return Step(act=Act.STAGE, stage=stage, on=on)


def test_the_shipped_stages_stand_in_the_order_of_the_work():
    assert list(drafting.stages()) == [
        "assigned", "drafted", "commented", "appraised", "submitted", "issued", "carried_out", "reviewed",
    ]  # fmt: skip


def test_every_stage_and_type_has_both_names_and_fits_its_column():
    for stage in drafting.stages().values():
        assert all((stage.vi, stage.en, stage.waits_vi, stage.waits_en))
        assert len(stage.code) <= Step._meta.get_field("stage").max_length
    for kind in drafting.types():
        assert all((kind.vi, kind.en, kind.issued_by))
        assert len(kind.vi) <= 60


def test_what_lays_down_law_is_commented_and_appraised():
    for kind in drafting.types():
        codes = {stage.code for stage in drafting.stages_of(kind)}
        assert ("appraised" in codes) == kind.law, kind.vi
        assert {"assigned", "submitted", "issued"} <= codes


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Quyết định quy phạm pháp luật", "Quyết định quy phạm pháp luật"),
        ("Quyết định", "Quyết định"),
        ("quyết định ban hành Kế hoạch", "Quyết định"),
        ("QUY CHẾ phối hợp", "Quy chế"),
        ("Cơ chế, chính sách thu hút đầu tư", "Cơ chế, chính sách"),
        ("Thư ngỏ", "Văn bản khác"),
        ("", "Văn bản khác"),
    ],
)
def test_a_type_is_known_by_how_its_words_begin(words, named):
    assert drafting.type_of(words).vi == named


def test_a_new_draft_is_assigned_and_waits_to_be_drafted():
    track = drafting.track("Kế hoạch", MARCH, [])
    assert (track.at.code, track.next.code, track.since, track.days(date(2026, 3, 12))) == (
        "assigned", "drafted", MARCH, 10,
    )  # fmt: skip


def test_a_plan_goes_from_opinions_to_submission_without_appraisal():
    steps = [passed("drafted", date(2026, 3, 20)), passed("commented", date(2026, 4, 10))]
    track = drafting.track("Kế hoạch", MARCH, steps)
    assert (track.at.code, track.next.code, track.since) == ("commented", "submitted", date(2026, 4, 10))


def test_a_legal_document_is_appraised_before_it_is_submitted():
    steps = [passed("drafted", date(2026, 3, 20)), passed("commented", date(2026, 4, 10))]
    assert drafting.track("Quyết định quy phạm pháp luật", MARCH, steps).next.code == "appraised"


def test_a_stage_passed_although_its_type_skips_it_stays_on_the_way():
    track = drafting.track("Kế hoạch", MARCH, [passed("appraised", date(2026, 4, 20))])
    assert [one.stage.code for one in track.way][:4] == ["assigned", "drafted", "commented", "appraised"]
    assert track.next.code == "submitted"


def test_a_draft_that_was_reviewed_has_nothing_next():
    assert drafting.track("Kế hoạch", MARCH, [passed("reviewed", date(2026, 12, 20))]).next is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("stages"),
        lambda data: data["stages"].append(data["stages"][0]),
        lambda data: data["stages"].pop(),
        lambda data: data["stages"][1].update(days="mười"),
        lambda data: data["stages"][1].update(colour="red"),
        lambda data: data["stages"][2]["name"].update(vi=" "),
        lambda data: data["stages"][2]["evidence"].pop("number"),
        lambda data: data["types"][0].update(skips=["appraised"]),
        lambda data: data["types"][5].update(skips=["issued"]),
        lambda data: data["types"][5].update(skips=["printed"]),
    ],
)
def test_a_mistake_in_the_file_says_where_it_is(spoil):
    data = copy.deepcopy(shipped("drafting.yml"))
    spoil(data)
    with pytest.raises(drafting.DraftingMistaken, match=r"data/drafting\.yml: (stages|types)"):
        drafting.read_types(data, drafting.read_stages(data))
