# SPDX-License-Identifier: Apache-2.0
import pytest

from bamsat.rooms.accounts.access import is_administrator, roles_of
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_who_holds_the_administrators_role_administers(cast: Cast) -> None:
    assert is_administrator(cast.administrator)
    assert not is_administrator(cast.director)
    give_role(None, cast.newcomer, cast.home, Role.ADMIN)
    assert is_administrator(cast.newcomer)


def test_roles_are_told_in_words_to_rooms_that_know_no_places(cast: Cast) -> None:
    assert roles_of([cast.director, cast.newcomer]) == {cast.director.pk: ["giám đốc Sở, Cao Bằng"]}
