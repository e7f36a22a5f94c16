# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal

import pytest

from bamsat.rooms.documents.models import ReadFigure
from bamsat.rooms.figures import actions, queries
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.models import Place
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


@pytest.mark.parametrize("who", ["clerk", "specialist_elsewhere", "newcomer"])
def test_only_those_who_write_for_the_place_replace_and_withdraw(cast: Cast, who: str) -> None:
    entry = actions.accept(cast.specialist, build.figure(cast.specialist))
    user = getattr(cast, who)
    assert not queries.may_change(user, entry)
    with pytest.raises(NotAllowed):
        actions.replace(user, entry, Decimal(1), "đính chính")
    with pytest.raises(NotAllowed):
        actions.withdraw(user, entry, "sai")


@pytest.mark.parametrize("who", ["specialist", "director", "administrator"])
def test_specialist_director_and_administrator_may_accept(cast: Cast, who: str) -> None:
    figure = build.figure(cast.specialist)
    assert actions.accept(getattr(cast, who), figure).by == getattr(cast, who)


def test_a_document_of_ones_own_does_not_open_the_ledger_of_another_province(cast: Cast) -> None:
    figure = build.figure(cast.specialist, stated(1, area="Lạng Sơn"))
    with pytest.raises(NotAllowed, match="ngoài địa bàn"):
        actions.accept(cast.specialist, figure)


def test_entries_and_histories_of_another_place_are_not_there(cast: Cast) -> None:
    entry = actions.accept(cast.specialist, build.figure(cast.specialist))
    assert queries.entry_for(cast.clerk, entry.uuid) == entry
    indicator = entry.series.indicator
    for stranger in (cast.specialist_elsewhere, cast.newcomer):
        with pytest.raises(Entry.DoesNotExist):
            queries.entry_for(stranger, entry.uuid)
        with pytest.raises(Place.DoesNotExist):
            queries.history(stranger, indicator, cast.home)
        assert queries.series_lines(stranger) == []
