# SPDX-License-Identifier: Apache-2.0
"""Who has to send what for which month, who has, and when it is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Kind, Place, PlaceRole, PlaceVersion, Role
from bamsat.rooms.submissions.filling.actions import open_return
from bamsat.rooms.submissions.models import Form, FormVersion, Return, Sparing
from bamsat.rooms.submissions.month.agenda import agenda_of, sentence, strip, strip_in_words
from bamsat.rooms.submissions.month.duties import Duty, duties, duties_between
from bamsat.rooms.submissions.month.overview import overview
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db

OCTOBER = Period.month(2026, 10)


def at(day: int, hour: int = 9, month: int = 10) -> datetime:
    return timezone.make_aware(datetime(2026, month, day, hour))


@pytest.fixture(autouse=True)
def _only_one_form(cast: Cast) -> None:
    """The shipped forms are put out of use, so that a test sees its own."""
    build.forms()
    FormVersion.objects.exclude(form__code="ban-le-thang").update(in_use=False)


def a_return(
    version: FormVersion, place: Place, state: str = "sent", period: Period = OCTOBER, **more: object
) -> Return:
    values = {"filled": 24, "asked": 24, "due": at(20, 17), "sent_at": at(15) if state != "draft" else None} | more
    return Return.objects.create(
        form=version.form, version=version, place=place, period=period.code, first_month=period.first,
        last_month=period.last, state=state, **values,
    )  # fmt: skip


def of_office(cast: Cast, code: str = "ban-le-thang", now: datetime | None = None, month: Period = OCTOBER) -> Duty:
    found = [each for each in duties(cast.specialist, month, now or at(19)) if each.place is None]
    return next(each for each in found if each.form.code == code and each.period == month)


def test_every_commune_of_the_office_owes_a_form_of_communes(cast: Cast):
    version = build.form()
    assert of_office_expected(cast, {cast.commune, cast.other_commune}).counts.missing == 2
    a_return(version, cast.commune)
    duty = of_office(cast)
    assert (duty.counts.sent, duty.counts.done, duty.counts.missing, duty.counts.unopened) == (1, 1, 1, 1)
    assert duty.missing == {cast.other_commune.pk}
    assert timezone.localtime(duty.due) == at(20, 17)  # type: ignore[arg-type]


def of_office_expected(cast: Cast, places: set[Place]) -> Duty:
    duty = of_office(cast)
    assert duty.expected == {place.pk for place in places}
    return duty


def test_a_place_that_ended_before_the_period_did_owes_nothing(cast: Cast):
    build.form()
    gone = cast.other_commune
    PlaceVersion.objects.filter(place=gone).update(valid_to=date(2026, 10, 15))
    gone.take_name_from_versions()
    of_office_expected(cast, {cast.commune})


def test_a_place_of_another_office_is_not_asked(cast: Cast):
    build.form()
    cast._below("xa-lang-son", Kind.COMMUNE, "Xã ở Lạng Sơn", cast.elsewhere)
    of_office_expected(cast, {cast.commune, cast.other_commune})
    theirs = [each for each in duties(cast.specialist_elsewhere, OCTOBER, at(19)) if each.place is None]
    assert {pk for each in theirs for pk in each.expected} == {Place.objects.get(slug="xa-lang-son").pk}


def test_who_is_spared_for_a_time_owes_nothing_then_and_who_is_added_owes_it(cast: Cast):
    version = build.form()
    september = OCTOBER.before()
    Sparing.objects.create(
        form=version.form,
        place=cast.other_commune,
        first_month=OCTOBER.first,
        last_month=OCTOBER.last,
        reason="mới lập",
    )
    Sparing.objects.create(form=version.form, place=cast.facility, required=True, reason="chợ lớn")
    of_office_expected(cast, {cast.commune, cast.facility})
    [before] = [each for each in duties(cast.specialist, september, at(19, month=9)) if each.place is None]
    assert cast.other_commune.pk in before.expected


def test_only_places_with_the_attribute_that_a_form_asks_for_owe_it(cast: Cast):
    build.form("cho-hang-1", senders={"kinds": ["market"], "where": {"grade": ["hạng 1"]}}, deadline={"day": 20})
    other = cast._below("cho-ben", "market", "Chợ Bên", cast.other_commune)
    assert cast.facility.pk
    Place.objects.filter(pk=other.pk).update(attributes={"grade": "hạng 1"})
    assert of_office(cast, "cho-hang-1").expected == {other.pk}


def test_a_deadline_on_a_holiday_is_moved(cast: Cast):
    """2 September 2026 and the day before it are days off; so is a Sunday."""
    assert cast.commune.pk
    build.form("ngay-le", deadline={"day": 2, "months_after": 0, "if_off": "after"})
    duty = of_office(cast, "ngay-le", at(1, month=9), Period.month(2026, 9))
    assert timezone.localtime(duty.due).date() > date(2026, 9, 2)  # type: ignore[arg-type]
    assert timezone.localtime(duty.due).date().weekday() < 5  # type: ignore[arg-type]


def test_a_yearly_form_stands_in_the_month_of_its_deadline_alone(cast: Cast):
    assert cast.commune.pk
    build.form("nam", frequency="year", deadline={"day": 15, "month": 3, "years_after": 1})
    codes = [
        [each.form.code for each in duties(cast.specialist, Period.month(2027, month), at(1))] for month in range(1, 5)
    ]
    assert ["nam" in held for held in codes] == [False, False, True, False]


def test_what_was_never_collected_before_is_not_called_overdue(cast: Cast):
    version = build.form()
    assert cast.commune.pk
    periods = {each.period.code for each in duties(cast.specialist, OCTOBER, at(19))}
    assert periods == {"2026-10"}
    a_return(version, cast.other_commune, period=OCTOBER.before())
    assert {each.period.code for each in duties(cast.specialist, OCTOBER, at(19))} == {"2026-10", "2026-09"}


def test_late_is_told_by_the_first_sending(cast: Cast):
    version = build.form()
    a_return(version, cast.commune, sent_at=at(20, 18))
    a_return(version, cast.other_commune, sent_at=at(20, 16))
    assert of_office(cast, now=at(21)).counts.late == 1


def test_a_specialist_of_one_field_sees_its_forms_alone(cast: Cast):
    build.form()
    other = IndicatorSet.objects.create(code="chi-xuat-khau", name_vi="Chỉ xuất khẩu")
    build.form("xuat-khau", set=other)
    assert cast.commune.pk
    role = PlaceRole.objects.get(user=cast.specialist)
    role.sets.add(other)
    assert {each.form.code for each in duties(cast.specialist, OCTOBER, at(19))} == {"xuat-khau"}


def test_a_commune_official_sees_what_the_commune_owes(cast: Cast):
    version = build.form()
    assert cast.other_commune.pk
    [mine] = duties(cast.commune_official, OCTOBER, at(19))
    assert mine.place == cast.commune
    assert mine.own is None
    a_return(version, cast.commune, "draft", filled=9)
    [mine] = duties(cast.commune_official, OCTOBER, at(19))
    assert mine.own
    assert (mine.own.state, mine.own.filled) == ("draft", 9)


def test_a_reader_owes_and_watches_nothing(cast: Cast):
    build.form()
    assert cast.commune.pk
    assert duties(cast.reader, OCTOBER, at(19)) == []
    assert duties(cast.newcomer, OCTOBER, at(19)) == []


def test_an_offices_own_form_stands_for_everybodys(cast: Cast):
    version = build.form()
    own = build.form("ban-le-cao-bang", place=cast.home)
    Form.objects.filter(pk=own.form_id).update(replaces=version.form)
    assert cast.commune.pk
    assert {each.form.code for each in duties(cast.specialist, OCTOBER, at(19))} == {"ban-le-cao-bang"}
    assert {each.form.code for each in duties(cast.commune_official, OCTOBER, at(19))} == {"ban-le-cao-bang"}


def test_the_number_of_queries_does_not_grow_with_places_and_forms(cast: Cast, django_assert_max_num_queries):
    assert cast.commune.pk
    for number in range(12):
        version = build.form(f"bieu-{number}")
        a_return(version, cast._below(f"xa-{number}", Kind.COMMUNE, f"Xã số {number}", cast.home))
    duties(cast.specialist, OCTOBER, at(19))  # definitions are read once a process
    with django_assert_max_num_queries(20):
        duties(cast.specialist, OCTOBER, at(19))


# The agenda.


def words_of(cast: Cast, now: datetime) -> tuple[list[str], str]:
    agenda = agenda_of(cast.specialist, OCTOBER, now)
    told = sentence(agenda)
    return [group.code for group in agenda.groups], " ".join((told.overdue, *told.rest))


@pytest.mark.parametrize(
    ("now", "group", "words"),
    [
        (at(19), "tomorrow", "1 biểu đến hạn ngày mai"), (at(20), "today", "1 biểu đến hạn hôm nay"),
        (at(20, 18), "overdue", "1 biểu quá hạn"), (at(1), "month", "1 biểu đến hạn trong tháng"),
    ],
)  # fmt: skip
def test_a_form_moves_through_the_groups_as_its_deadline_comes(cast: Cast, now: datetime, group: str, words: str):
    build.form()
    assert cast.commune.pk
    groups, said = words_of(cast, now)
    assert groups == [group]
    assert words in said.lower()


def test_a_row_has_the_button_that_its_state_needs(cast: Cast):
    version = build.form()
    one, other = cast.commune, cast.other_commune

    def button(user: object, now: datetime | None = None) -> str:
        agenda = agenda_of(user, OCTOBER, now or at(5))  # type: ignore[arg-type]
        return agenda.groups[0].lines[0].row.action.label  # type: ignore[union-attr]

    assert button(cast.specialist) == "Đôn đốc 2 nơi"
    sent = a_return(version, one)
    assert button(cast.specialist) == "Kiểm tra 1 phiếu"
    assert button(cast.specialist, at(20)) == "Đôn đốc 1 nơi"
    Return.objects.filter(pk=sent.pk).update(state="checked")
    assert button(cast.director) == "Duyệt 1 phiếu"
    Return.objects.filter(pk=sent.pk).update(state="approved")
    a_return(version, other, "approved")
    assert button(cast.specialist) == "Xem"
    assert [group.code for group in agenda_of(cast.specialist, OCTOBER, at(25)).groups] == ["done"]


@pytest.mark.parametrize(
    ("state", "filled", "label"),
    [("draft", 0, "Nhập"), ("draft", 9, "Nhập tiếp 9/24 ô"), ("returned", 24, "Sửa theo ý kiến"), ("sent", 24, "Xem")],
)
def test_a_sender_goes_on_where_the_return_stands(cast: Cast, state: str, filled: int, label: str):
    a_return(build.form(), cast.commune, state, filled=filled)
    agenda = agenda_of(cast.commune_official, OCTOBER, at(5))
    assert agenda.groups[0].lines[0].row.action.label == label  # type: ignore[union-attr]


def test_the_strip_marks_days_off_today_and_what_is_due(cast: Cast):
    build.form()
    assert cast.commune.pk
    agenda = agenda_of(cast.specialist, OCTOBER, at(19))
    days = strip(agenda, agenda.rows)
    assert len(days) == 31
    assert [day.number for day in days if day.off] == [3, 4, 10, 11, 17, 18, 24, 25, 31]
    assert [day.number for day in days if day.today] == [19]
    assert {day.number: day.shape for day in days if day.shape} == {20: "doubt"}
    assert strip_in_words(agenda, days) == "Lịch tháng 10/2026: đến hạn ngày 20"


# Who has sent over months.


def test_the_overview_counts_with_denominators_by_form_place_and_kind(cast: Cast):
    version = build.form()
    a_return(version, cast.commune, sent_at=at(25))
    a_return(version, cast.other_commune, "draft")
    by = {way: overview(cast.specialist, OCTOBER.first, OCTOBER.last, way, at(26)) for way in ("form", "place", "kind")}
    assert by["form"].rows[0].cells[OCTOBER.last].text == "1/2"
    assert [(row.name, row.cells[OCTOBER.last].text) for row in by["place"].rows] == [
        ("Xã Bên", "Đang nhập"), ("Xã Nhà", "Đã gửi, muộn"),
    ]  # fmt: skip
    assert by["kind"].rows[0].all.overdue == 1
    assert by["form"].table()[1][-3:] == ["1", "2", "1"]


def test_the_overview_hides_other_offices(cast: Cast):
    a_return(build.form(), cast.commune)
    assert overview(cast.specialist_elsewhere, OCTOBER.first, OCTOBER.last, "place", at(26)).rows == ()
    assert duties_between(cast.commune_official, OCTOBER.first, OCTOBER.last) == []


def test_a_facility_owes_for_itself(cast: Cast):
    build.form("cho", senders={"kinds": ["market"]})
    [mine] = [each for each in duties(cast.facility_clerk, OCTOBER, at(19)) if each.form.code == "cho"]
    assert mine.place == cast.facility
    give_role(None, cast.newcomer, cast.other_commune, Role.COMMUNE)
    assert not [each for each in duties(cast.newcomer, OCTOBER, at(19)) if each.form.code == "cho"]


def test_a_month_before_the_present_shows_what_came_of_it(cast: Cast):
    version = build.form()
    a_return(version, cast.commune, "approved", OCTOBER)
    agenda = agenda_of(cast.specialist, OCTOBER, at(1) + timedelta(days=60))
    assert not agenda.is_now
    assert [group.code for group in agenda.groups] == ["done"]


def test_what_was_due_before_the_form_was_in_use_can_be_sent_and_is_not_late(cast: Cast):
    version = build.form("moi-dung")
    FormVersion.objects.filter(pk=version.pk).update(at=at(22))
    assert cast.commune.pk
    duty = of_office(cast, "moi-dung", at(23))
    assert (duty.due, duty.is_overdue(at(23)), duty.counts.missing) == (None, False, 1)
    a_return(version, cast.commune, "draft")
    assert of_office(cast, "moi-dung", at(23)).due is None


def test_a_return_due_before_its_form_was_in_use_has_no_deadline(cast: Cast):
    version = build.form("moi-dung")
    FormVersion.objects.filter(pk=version.pk).update(at=at(22))
    assert open_return(cast.commune_official, version.form, cast.commune, OCTOBER).due is None
    assert open_return(cast.commune_official, version.form, cast.commune, Period.month(2026, 11)).due
