# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.documents.models import ReadFigure
from bamsat.rooms.figures import actions, queries
from bamsat.rooms.figures.histories import history
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.series_list import series_lines
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, PlaceRole, Role
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.mark.parametrize("who", ["clerk", "specialist_elsewhere", "newcomer"])
def test_only_those_who_may_judge_the_document_change_its_figures(cast: Cast, who: str) -> None:
    user, figure = getattr(cast, who), build.figure(cast.specialist)
    for change in (actions.accept, actions.reject, actions.reopen):
        with pytest.raises(NotAllowed):
            change(user, figure)
    with pytest.raises(NotAllowed):
        actions.correct(user, figure, period="2020")
    with pytest.raises(NotAllowed):
        actions.accept_all(user, figure.document)
    assert ReadFigure.objects.get().state == "waiting"
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "specialist", "specialist_elsewhere", "newcomer"])
def test_only_those_who_approve_for_the_place_replace_and_withdraw(cast: Cast, who: str) -> None:
    entry = actions.accept(cast.head, build.figure(cast.specialist))
    user = getattr(cast, who)
    assert not queries.may_change(user, entry)
    with pytest.raises(NotAllowed, match="trưởng phòng, phó giám đốc hoặc giám đốc phụ trách Cao Bằng"):
        actions.replace(user, entry, Decimal(1), "đính chính")
    with pytest.raises(NotAllowed):
        actions.withdraw(user, entry, "sai")


@pytest.mark.parametrize("who", ["head", "deputy", "director", "administrator"])
def test_head_deputy_director_and_administrator_take_figures_into_the_ledger(cast: Cast, who: str) -> None:
    figure = build.figure(cast.specialist)
    assert actions.accept(getattr(cast, who), figure).by == getattr(cast, who)


def test_a_document_of_ones_own_does_not_open_the_ledger_of_another_province(cast: Cast) -> None:
    figure = build.figure(cast.specialist, stated(1, area="Lạng Sơn"))
    with pytest.raises(NotAllowed, match="ngoài địa bàn"):
        actions.accept(cast.head, figure)


def test_entries_and_histories_of_another_place_are_not_there(cast: Cast) -> None:
    entry = actions.accept(cast.head, build.figure(cast.specialist))
    assert queries.entry_for(cast.clerk, entry.uuid) == entry
    indicator = entry.series.indicator
    for stranger in (cast.specialist_elsewhere, cast.newcomer):
        with pytest.raises(Entry.DoesNotExist):
            queries.entry_for(stranger, entry.uuid)
        with pytest.raises(Place.DoesNotExist):
            history(stranger, indicator, cast.home)
        assert series_lines(stranger) == ()


# The second axis: a role for some indicator sets only.


@pytest.fixture
def trade_head(cast: Cast) -> User:
    """A head at home for one indicator set, in which there are exports alone."""
    user = create_user("truong-phong-tm", "Trưởng phòng thương mại", password="mat-khau-thu")
    trade = IndicatorSet.objects.create(code="trade-only", name_vi="Xuất nhập khẩu")
    SetMember.objects.create(set=trade, indicator=Indicator.objects.get(code="exports"))
    give_role(None, user, cast.home, Role.HEAD).sets.add(trade)
    return user


def test_a_role_for_one_field_sees_and_changes_the_entries_of_that_field_only(cast: Cast, trade_head: User) -> None:
    output = actions.accept(cast.head, build.figure(cast.specialist))
    exports = actions.accept(
        cast.head, build.figure(cast.specialist, stated(9_000_000, indicator="exports", unit="USD"))
    )
    assert list(queries.visible_entries(trade_head)) == [exports]
    assert queries.may_change(trade_head, exports)
    assert not queries.may_change(trade_head, output)
    with pytest.raises(NotAllowed):
        actions.withdraw(trade_head, output, "sai")
    assert history(trade_head, output.series.indicator, cast.home).rows == ()


def test_a_role_for_one_field_accepts_no_figure_of_another(cast: Cast, trade_head: User) -> None:
    document = build.document(cast.specialist, [stated(5), stated(6, indicator="exports", unit="USD")])
    accepted = actions.accept_all(trade_head, document)
    assert [entry.series.indicator.code for entry in accepted.entries] == ["exports"]
    assert ["lĩnh vực" in left.vi for left in accepted.left] == [True]


def test_a_role_that_has_not_begun_or_is_over_opens_nothing(cast: Cast) -> None:
    entry = actions.accept(cast.head, build.figure(cast.specialist))
    for begins, ends in ((date.today() + timedelta(days=2), None), (None, date.today() - timedelta(days=2))):
        held = give_role(None, cast.newcomer, cast.home, Role.SPECIALIST)
        PlaceRole.objects.filter(pk=held.pk).update(valid_from=begins, valid_to=ends)
        assert not queries.visible_entries(cast.newcomer).filter(pk=entry.pk).exists()
        assert not queries.may_change(cast.newcomer, entry)
