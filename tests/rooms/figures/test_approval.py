# SPDX-License-Identifier: Apache-2.0
"""Figures read from documents: checked by who reads, approved by who heads; only approved ones are in the ledger."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.accounts.models import AuditRecord, User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.documents.models import FigureState, ReadFigure
from bamsat.rooms.documents.queries import to_approve, waiting
from bamsat.rooms.figures import actions
from bamsat.rooms.figures.drafts import FigureIncomplete
from bamsat.rooms.figures.ledger import NumberRefused, drift
from bamsat.rooms.figures.models import Entry, Series
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import PlaceRole, Role
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def checked(cast: Cast) -> ReadFigure:
    """A figure that a specialist has checked."""
    figure = build.figure(cast.specialist)
    assert actions.accept(cast.specialist, figure) is None
    return figure


def record(action: str) -> AuditRecord:
    return AuditRecord.objects.get(action=action)


def set_of(*codes: str) -> IndicatorSet:
    made = IndicatorSet.objects.create(code="-".join(codes), name_vi="Bộ thử")
    for code in codes:
        SetMember.objects.create(set=made, indicator=Indicator.objects.get(code=code))
    return made


# Checking.


def test_what_a_specialist_accepts_waits_for_approval_and_is_not_in_the_ledger(cast: Cast, checked: ReadFigure):
    checked.refresh_from_db()
    assert (checked.state, checked.checked_by, checked.checked_place) == ("checked", cast.specialist, cast.home)
    assert checked.checked_at is not None
    assert not Entry.objects.exists()
    assert not Series.objects.exists()
    assert record("figures.figure.checked").by == cast.specialist


@pytest.mark.parametrize(
    ("read", "refusal"),
    [
        (stated(1, period=None), FigureIncomplete),
        (stated(1, area="Xứ Lạ"), FigureIncomplete),
        (stated(1, area="Lạng Sơn"), NotAllowed),
        (stated("0.5"), NumberRefused),
    ],
)
def test_checking_asks_all_that_acceptance_asks(cast: Cast, read, refusal: type[Exception]):  # type: ignore[no-untyped-def]
    figure = build.figure(cast.specialist, read)
    with pytest.raises(refusal):
        actions.accept(cast.specialist, figure)
    figure.refresh_from_db()
    assert figure.state == FigureState.WAITING


def test_a_name_of_an_open_family_joins_the_catalogue_when_it_is_approved_not_before(cast: Cast):
    figure = build.figure(cast.specialist, stated(10, indicator="product:than bùn", unit="ton", label="than bùn"))
    actions.accept(cast.specialist, figure)
    assert not Indicator.objects.filter(code="product:than bùn").exists()
    assert actions.approve(cast.head, figure).series.indicator.code == "product:than bùn"


def test_checking_all_hands_on_what_raises_no_question_in_one_record(cast: Cast):
    actions.accept(cast.head, build.figure(cast.specialist, stated(111, period="2019")))
    document = build.document(
        cast.specialist, [stated(5), growth("3"), stated(6, doubt="?"), stated(999, period="2019"), stated("0.5")]
    )
    done = actions.accept_all(cast.specialist, document)
    assert (done.count, [figure.ordinal for figure in done.checked]) == (0, [1, 2])
    assert [each.figure.ordinal for each in done.left] == [3, 4, 5]
    assert "số khác" in done.left[1].vi
    assert Entry.objects.count() == 1
    told = record("figures.figures.checked")
    assert (told.details["count"], told.details["left"]) == (2, 3)
    assert document.figures.filter(state="checked", checked_by=cast.specialist, checked_place=cast.home).count() == 2


def test_checking_twice_changes_nothing(cast: Cast, checked: ReadFigure):
    assert actions.accept(cast.specialist, checked) is None
    assert actions.accept_all(cast.specialist, checked.document).checked == ()
    assert AuditRecord.objects.filter(action__startswith="figures.").count() == 1


# Approving.


def test_the_entry_is_the_approvers_and_the_trail_names_who_checked(cast: Cast, checked: ReadFigure):
    entry = actions.approve(cast.head, checked)
    assert (entry.by, entry.source, checked.state) == (cast.head, checked, FigureState.ACCEPTED)
    assert record("figures.entry.approved").details["checked_by"] == cast.specialist.username
    assert not drift()


def test_a_figure_is_approved_once(cast: Cast, checked: ReadFigure):
    first = actions.approve(cast.head, checked)
    assert actions.approve(cast.director, checked) == first
    assert actions.accept(cast.deputy, checked) == first
    assert Entry.objects.count() == 1
    assert AuditRecord.objects.filter(action="figures.entry.approved").count() == 1


def test_accepting_a_checked_figure_is_approving_it(cast: Cast, checked: ReadFigure):
    assert actions.accept(cast.director, checked).by == cast.director
    assert record("figures.entry.approved")


def test_approving_all_takes_what_was_checked_and_leaves_what_the_ledger_contradicts(cast: Cast):
    document = build.document(cast.specialist, [stated(5), growth("3"), stated(6, period="2019")])
    actions.accept_all(cast.specialist, document)
    actions.accept(cast.head, build.figure(cast.specialist, stated(111, period="2019")))
    untouched = build.figure(cast.specialist, stated(7, period="2018"))
    done = actions.approve_all(cast.head, document)
    assert (done.count, [each.figure.ordinal for each in done.left]) == (2, [3])
    assert list(document.figures.order_by("ordinal").values_list("state", flat=True)) == ["accepted"] * 2 + ["checked"]
    told = record("figures.entries.approved")
    assert (told.details["count"], told.details["checked_by"]) == (2, cast.specialist.username)
    untouched.refresh_from_db()
    assert untouched.state == FigureState.WAITING


def test_only_what_waits_for_approval_is_approved(cast: Cast):
    figure = build.figure(cast.specialist)
    with pytest.raises(actions.Refused, match="không còn chờ duyệt"):
        actions.approve(cast.head, figure)


@pytest.mark.parametrize("who", ["specialist", "clerk", "specialist_elsewhere", "newcomer", "reader"])
def test_who_does_not_head_the_place_approves_and_returns_nothing(cast: Cast, checked: ReadFigure, who: str):
    user = getattr(cast, who)
    for change in (actions.approve, lambda by, figure: actions.send_back(by, figure, "sai")):
        with pytest.raises(NotAllowed):
            change(user, checked)
    with pytest.raises(NotAllowed):
        actions.approve_all(user, checked.document)
    assert not Entry.objects.exists()


def test_a_head_of_one_field_approves_the_figures_of_that_field_alone(cast: Cast):
    user = create_user("truong-phong-tm", "Trưởng phòng thương mại", password="mat-khau-thu")
    give_role(None, user, cast.home, Role.HEAD).sets.add(set_of("exports"))
    document = build.document(cast.specialist, [stated(5), stated(6, indicator="exports", unit="USD")])
    actions.accept_all(cast.specialist, document)
    assert [figure.ordinal for figure in to_approve(user)] == [2]
    output, exports = document.figures.order_by("ordinal")
    with pytest.raises(NotAllowed):
        actions.approve(user, output)
    done = actions.approve_all(user, document)
    assert [entry.source for entry in done.entries] == [exports]
    assert [each.figure for each in done.left] == [output]
    with pytest.raises(NotAllowed):
        actions.approve_all(user, document)


def test_who_heads_one_field_and_reads_the_others_accepts_the_one_and_checks_the_rest(cast: Cast):
    user = build.role(cast.newcomer, "cao-bang")
    give_role(None, user, cast.home, Role.HEAD).sets.add(set_of("exports"))
    document = build.document(user, [stated(5), stated(6, indicator="exports", unit="USD")])
    done = actions.accept_all(user, document)
    assert [entry.series.indicator.code for entry in done.entries] == ["exports"]
    assert [figure.indicator for figure in done.checked] == ["industrial_output"]


# In place of somebody else.


@pytest.fixture
def stand_in(cast: Cast) -> User:
    """A specialist who stands in for the head for a month."""
    user = build.role(create_user("thay-truong-phong", "Phó trưởng phòng", password="mat-khau-thu"), "cao-bang")
    give_role(
        None, user, cast.home, Role.HEAD, valid_from=date.today() - timedelta(days=1),
        valid_to=date.today() + timedelta(days=30), acting_for=cast.head, act="QĐ 12/QĐ-SCT",
    )  # fmt: skip
    return user


def test_the_trail_says_for_whom_an_acting_head_approves(cast: Cast, checked: ReadFigure, stand_in: User):
    assert actions.approve(stand_in, checked).by == stand_in
    assert record("figures.entry.approved").details["acting_for"] == cast.head.username


def test_an_acting_heads_batch_says_it_too_and_a_role_of_ones_own_says_nothing(
    cast: Cast, checked: ReadFigure, stand_in: User
):
    actions.approve_all(stand_in, checked.document)
    assert record("figures.entries.approved").details["acting_for"] == cast.head.username
    actions.accept(cast.deputy, build.figure(cast.specialist, stated(1, period="2015")))
    assert "acting_for" not in record("figures.entry.accepted").details


def test_when_the_time_of_standing_in_is_over_a_specialist_checks_again(cast: Cast, stand_in: User):
    PlaceRole.objects.filter(user=stand_in, role=Role.HEAD).update(valid_to=date.today())
    assert actions.accept(stand_in, build.figure(cast.specialist)) is None
    assert not Entry.objects.exists()


# Returned, taken back, corrected.


def test_a_returned_figure_says_why_is_corrected_checked_and_approved(cast: Cast, checked: ReadFigure):
    actions.send_back(cast.head, checked, " Kỳ là năm 2020 ")
    checked.refresh_from_db()
    assert (checked.state, checked.remark) == ("returned", "Kỳ là năm 2020")
    told = record("figures.figure.returned")
    assert (told.by, told.reason, told.details["checked_by"]) == (
        cast.head,
        "Kỳ là năm 2020",
        cast.specialist.username,
    )
    assert waiting(cast.specialist).returned == 1
    actions.correct(cast.specialist, checked, period="2020")
    assert (checked.state, checked.checked_by) == ("waiting", None)
    assert actions.accept(cast.specialist, checked) is None
    assert actions.approve(cast.head, checked).period == "2020"


@pytest.mark.parametrize("remark", ["", "  ", "\0"])
def test_returning_wants_a_remark(cast: Cast, checked: ReadFigure, remark: str):
    with pytest.raises(actions.Refused, match="vì sao trả lại"):
        actions.send_back(cast.head, checked, remark)


def test_a_returned_figure_wants_a_look_of_its_own(cast: Cast, checked: ReadFigure):
    actions.send_back(cast.head, checked, "Xem lại đơn vị")
    done = actions.accept_all(cast.specialist, checked.document)
    assert ["Xem lại đơn vị" in each.vi for each in done.left] == [True]
    assert actions.accept(cast.specialist, checked) is None
    assert checked.state == FigureState.CHECKED


def test_correcting_a_checked_figure_takes_it_out_of_the_queue_and_approves_nothing(cast: Cast, checked: ReadFigure):
    actions.correct(cast.head, checked, value=Decimal(7))
    assert (checked.state, checked.checked_by, checked.checked_place) == ("waiting", None, None)
    assert not to_approve(cast.head).exists()
    assert not Entry.objects.exists()


def test_who_checked_a_figure_takes_it_back_and_nobody_else(cast: Cast, checked: ReadFigure):
    with pytest.raises(NotAllowed, match="Chuyên viên tổng hợp"):
        actions.uncheck(cast.head, checked)
    actions.uncheck(cast.specialist, checked)
    assert (checked.state, checked.checked_by) == ("waiting", None)
    assert record("figures.figure.unchecked").by == cast.specialist


def test_what_was_approved_is_not_taken_back(cast: Cast, checked: ReadFigure):
    actions.approve(cast.head, checked)
    with pytest.raises(actions.Refused, match="rút bút toán"):
        actions.uncheck(cast.specialist, checked)


def test_a_withdrawn_figure_goes_the_whole_way_again(cast: Cast, checked: ReadFigure):
    actions.withdraw(cast.head, actions.approve(cast.head, checked), "nhầm")
    checked.refresh_from_db()
    assert (checked.state, checked.checked_by) == ("waiting", None)
    assert actions.accept(cast.specialist, checked) is None


def test_what_waits_is_counted_for_those_who_approve(cast: Cast, checked: ReadFigure):
    assert [waiting(user).to_approve for user in (cast.specialist, cast.head, cast.director)] == [0, 1, 1]
    assert waiting(cast.specialist).figures == 0


# Several at once.


def test_a_figure_that_was_checked_again_meanwhile_is_not_approved_unseen(cast: Cast, checked: ReadFigure):
    seen = checked.checked_at
    actions.correct(cast.specialist, checked, period="2020")
    actions.accept(cast.specialist, checked)
    with pytest.raises(actions.Refused, match="kiểm tra lại"):
        actions.approve(cast.head, checked, seen)
    done = actions.approve_all(cast.head, checked.document, seen)
    assert (done.count, ["kiểm tra lại" in each.vi for each in done.left]) == (0, [True])
    assert actions.approve(cast.head, checked, checked.checked_at).period == "2020"


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_make_one_entry(cast: Cast):
    document = build.document(cast.specialist, [stated(n, period=str(1900 + n)) for n in range(1, 21)])
    actions.accept_all(cast.specialist, document)
    troubles: list[BaseException] = []

    def work(user: User, one_by_one: bool) -> None:
        try:
            if not one_by_one:
                actions.approve_all(user, document)
                return
            for figure in document.figures.order_by("-ordinal"):
                actions.approve(user, figure)
        except BaseException as error:
            troubles.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=each) for each in ((cast.head, False), (cast.director, True))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert troubles == []
    assert Entry.objects.count() == 20
    assert set(document.figures.values_list("state", flat=True)) == {"accepted"}
    assert not drift()
    assert audit.verify() is None
