# SPDX-License-Identifier: Apache-2.0
"""Who held a post on a day, who acted for them, and what was handed over."""

import pytest

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.directory.actions import DirectoryRefused
from bamsat.rooms.directory.actions_posts import (
    add_post,
    appoint,
    authorise,
    correct_holding,
    end_authorisation,
    end_holding,
    hand_over,
)
from bamsat.rooms.directory.models import Body, HoldingKind, Manner, Post
from bamsat.rooms.directory.queries import acting_for, holder_on, who_signs
from bamsat.rooms.places.queries import NotAllowed
from tests.cast import Cast
from tests.rooms.directory.office import day, department, post

FIRST, SECOND = "Giám đốc thứ nhất", "Giám đốc thứ hai"


@pytest.fixture
def sct(cast: Cast) -> Body:
    return department(cast)


@pytest.fixture
def director(sct: Body) -> Post:
    return post(sct, "Giám đốc")


def test_the_holder_is_the_one_whose_days_cover_the_day(cast: Cast, director: Post):
    appoint(cast.director, director, person=FIRST, valid_from=day("01/01/2020"), valid_to=day("01/07/2024"))
    appoint(cast.director, director, person=SECOND, valid_from=day("01/07/2024"), act="Quyết định số 5/QĐ-UBND")
    assert holder_on(director, day("31/12/2019")) is None
    assert holder_on(director, day("30/06/2024")).person == FIRST
    assert holder_on(director, day("01/07/2024")).person == SECOND
    assert holder_on(director, day("01/01/2030")).person == SECOND


def test_two_cannot_hold_a_single_seat_at_once(director: Post):
    appoint(None, director, person=FIRST, valid_from=day("01/01/2020"))
    with pytest.raises(DirectoryRefused, match=f"{FIRST} giữ từ 01/01/2020 đến nay"):
        appoint(None, director, person=SECOND, valid_from=day("01/07/2024"))
    with pytest.raises(DirectoryRefused, match="chỉ một người giữ"):
        appoint(None, director, person=SECOND, valid_from=day("01/07/2019"), valid_to=day("02/01/2020"))
    appoint(None, director, person=SECOND, valid_from=day("01/07/2019"), valid_to=day("01/01/2020"))


def test_several_hold_a_post_of_several_seats(sct: Body):
    deputies = post(sct, "Phó Giám đốc")
    for person in ("Phó Giám đốc thứ nhất", "Phó Giám đốc thứ hai"):
        appoint(None, deputies, person=person, valid_from=day("01/01/2020"))
    assert deputies.holdings.count() == 2


def test_one_who_acts_stands_in_until_somebody_is_appointed(director: Post):
    appoint(None, director, person=FIRST, valid_from=day("01/01/2024"), kind=HoldingKind.IN_CHARGE)
    assert holder_on(director, day("01/02/2024")).kind == HoldingKind.IN_CHARGE
    appoint(None, director, person=SECOND, valid_from=day("01/03/2024"))
    assert holder_on(director, day("01/03/2024")).person == SECOND


def test_one_who_is_only_named_by_a_source_holds_the_post_for_the_days_of_the_source(director: Post):
    appoint(
        None, director, person=FIRST, attested_from=day("01/12/2021"), attested_to=day("31/12/2021"), source="báo tỉnh"
    )
    assert holder_on(director, day("31/12/2021")).person == FIRST
    assert holder_on(director, day("01/01/2022")) is None
    assert holder_on(director, day("30/11/2021")) is None
    appoint(None, director, person=SECOND, valid_from=day("01/01/2022"))
    with pytest.raises(DirectoryRefused, match="chỉ một người giữ"):
        appoint(None, director, person=SECOND, valid_from=day("15/12/2021"), valid_to=day("01/01/2022"))


def test_a_holding_without_any_day_or_name_is_refused(director: Post):
    with pytest.raises(DirectoryRefused, match="ghi ngày của nguồn"):
        appoint(None, director, person=FIRST)
    with pytest.raises(DirectoryRefused, match="Hãy ghi họ tên"):
        appoint(None, director, person=" ", valid_from=day("01/01/2020"))
    with pytest.raises(DirectoryRefused, match="không sau ngày bắt đầu"):
        appoint(None, director, person=FIRST, valid_from=day("01/01/2020"), valid_to=day("01/01/2020"))


def test_a_holding_ends_once_and_after_it_began(cast: Cast, director: Post):
    held = appoint(None, director, person=FIRST, valid_from=day("01/01/2020"))
    with pytest.raises(DirectoryRefused, match="sau ngày bắt đầu"):
        end_holding(None, held, on=day("01/01/2020"))
    end_holding(cast.director, held, on=day("01/07/2024"), act="Quyết định nghỉ hưu")
    assert holder_on(director, day("01/07/2024")) is None
    with pytest.raises(DirectoryRefused, match="chỉ ghi một lần"):
        end_holding(None, held, on=day("01/08/2024"))
    assert AuditRecord.objects.filter(action="directory.holding.ended", by=cast.director).count() == 1


def test_what_was_written_wrongly_is_mended_with_a_reason_and_the_trail_keeps_what_stood(cast: Cast, director: Post):
    held = appoint(None, director, person=FIRST, valid_from=day("01/01/2020"))
    appoint(None, director, person=SECOND, valid_from=day("01/01/2018"), valid_to=day("01/01/2020"))
    with pytest.raises(DirectoryRefused, match="Hãy ghi vì sao sửa"):
        correct_holding(None, held, person=FIRST, valid_from=day("01/02/2020"), reason=" ")
    with pytest.raises(DirectoryRefused, match="chỉ một người giữ"):
        correct_holding(None, held, person=FIRST, valid_from=day("31/12/2019"), reason="ghi nhầm")
    held.refresh_from_db()
    correct_holding(cast.director, held, person=FIRST, valid_from=day("01/02/2020"), reason="ghi nhầm tháng")
    assert holder_on(director, day("31/01/2020")) is None
    signed = AuditRecord.objects.get(action="directory.holding.corrected")
    assert (signed.reason, signed.details["from"]) == ("ghi nhầm tháng", ["2020-01-01", "2020-02-01"])


def test_a_title_stands_once_in_a_body(sct: Body):
    with pytest.raises(DirectoryRefused, match="đã có chức vụ"):
        add_post(None, sct, title="Giám đốc")
    assert add_post(None, sct, title="Người phát ngôn").order == 3


def test_an_authorisation_tells_who_signs_in_what_and_until_when(cast: Cast, sct: Body, director: Post):
    deputies = post(sct, "Phó Giám đốc")
    appoint(None, director, person=FIRST, valid_from=day("01/01/2020"))
    appoint(None, deputies, person="Phó Giám đốc thường trực", valid_from=day("01/01/2020"))
    given = authorise(
        cast.director, director, to_post=deputies, scope="Báo cáo tháng về thương mại", manner=Manner.FOR_HEAD,
        valid_from=day("01/03/2024"), valid_to=day("01/06/2024"), act="Thông báo số 7/TB-SCT",
    )  # fmt: skip
    assert acting_for(director, day("29/02/2024")) == []
    assert acting_for(director, day("01/03/2024")) == [given]
    holder, deputy = who_signs(director, day("31/05/2024"))
    assert (holder.person, holder.authorisation) == (FIRST, None)
    assert (deputy.person, deputy.authorisation.scope) == ("Phó Giám đốc thường trực", "Báo cáo tháng về thương mại")
    assert len(who_signs(director, day("01/06/2024"))) == 1


def test_an_authorisation_can_end_early_by_an_act_of_its_own(director: Post):
    given = authorise(None, director, person="Chánh Văn phòng", scope="Giấy mời", valid_from=day("01/03/2024"))
    with pytest.raises(DirectoryRefused, match="không sau ngày bắt đầu"):
        end_authorisation(None, given, on=day("01/03/2024"))
    end_authorisation(None, given, on=day("01/04/2024"), act="Thông báo số 9/TB-SCT")
    assert acting_for(director, day("01/04/2024")) == []


def test_an_authorisation_without_scope_or_receiver_is_refused(director: Post):
    for wrong in (
        {"scope": " ", "person": "Chánh Văn phòng"},
        {"scope": "Giấy mời"},
        {"scope": "x", "to_post": director},
    ):
        with pytest.raises(DirectoryRefused, match="cần nêu việc được giao và người nhận"):
            authorise(None, director, valid_from=day("01/03/2024"), **wrong)


def test_handing_over_is_an_act_of_a_day_between_two_holders_of_one_body(cast: Cast, sct: Body, director: Post):
    old = appoint(None, director, person=FIRST, valid_from=day("01/01/2020"), valid_to=day("01/07/2024"))
    new = appoint(None, director, person=SECOND, valid_from=day("01/07/2024"))
    done = hand_over(cast.director, old, new, on=day("02/07/2024"), what="Hồ sơ cụm công nghiệp", act="Biên bản số 1")
    assert list(new.taken_over.all()) == [done]
    stranger = appoint(
        None,
        post(department(cast, cast.elsewhere), "Giám đốc"),
        person="Giám đốc Sở khác",
        valid_from=day("01/01/2020"),
    )
    for other, what in ((old, "Hồ sơ"), (stranger, "Hồ sơ"), (new, " ")):
        with pytest.raises(DirectoryRefused, match="của cùng một cơ quan"):
            hand_over(None, old, other, on=day("02/07/2024"), what=what)
    with pytest.raises(DirectoryRefused, match="chưa thể bàn giao ngày 01/01/2019"):
        hand_over(None, old, new, on=day("01/01/2019"), what="Hồ sơ")


def test_only_keepers_appoint_authorise_and_hand_over(cast: Cast, director: Post):
    held = appoint(None, director, person=FIRST, valid_from=day("01/01/2020"))
    attempts = (
        lambda: appoint(cast.specialist, director, person=SECOND, valid_from=day("01/01/2025")),
        lambda: correct_holding(cast.specialist, held, person=SECOND, valid_from=day("01/01/2025"), reason="x"),
        lambda: end_holding(cast.specialist, held, on=day("01/01/2025")),
        lambda: authorise(cast.specialist, director, person="X", scope="x", valid_from=day("01/01/2025")),
        lambda: hand_over(cast.specialist, held, held, on=day("01/01/2025"), what="x"),
        lambda: add_post(cast.specialist, director.body, title="Thư ký"),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
