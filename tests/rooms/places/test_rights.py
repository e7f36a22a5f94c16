# SPDX-License-Identifier: Apache-2.0
import pytest
from django.contrib.auth.models import AnonymousUser

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.places.actions import give_role, rebuild_ancestors, take_role
from bamsat.rooms.places.models import Ancestor, Place, Role
from bamsat.rooms.places.queries import NotAllowed, may_accept, may_upload, place_at, scope
from tests.build import place, role
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_role_reaches_everything_below_the_place_and_nothing_beside_it(cast: Cast) -> None:
    seen = set(scope(cast.specialist).values_list("slug", flat=True))
    assert {"cao-bang", "huyen-hoa-an-051-den-2025"} <= seen
    assert not {"lang-son", "viet-nam"} & seen


def test_a_role_at_the_country_sees_every_province(cast: Cast) -> None:
    seen = scope(role(cast.newcomer, "viet-nam"))
    assert seen.count() == Place.objects.count()


def test_a_role_at_a_merged_province_follows_it_and_opens_what_the_new_one_was_made_of(cast: Cast) -> None:
    seen = set(scope(role(cast.newcomer, "thai-binh")).values_list("slug", flat=True))
    assert {"thai-binh", "hung-yen", "hung-yen-den-2025"} <= seen
    assert "cao-bang" not in seen


def test_a_role_at_todays_province_sees_the_provinces_before_it(cast: Cast) -> None:
    user = role(cast.newcomer, "hung-yen")
    assert may_accept(user, place("thai-binh"))
    assert place_at(user, "thai-binh").name == "Thái Bình"


def test_a_clerk_may_send_documents_but_not_write_to_the_ledger(cast: Cast) -> None:
    assert may_upload(cast.clerk, cast.home)
    assert not may_accept(cast.clerk, cast.home)


@pytest.mark.parametrize("kind", [Role.SPECIALIST, Role.HEAD, Role.DIRECTOR])
def test_specialists_heads_and_directors_may_write_for_their_own_place_only(cast: Cast, kind: Role) -> None:
    user = role(cast.newcomer, "cao-bang", kind)
    assert may_accept(user, cast.home)
    assert not may_accept(user, cast.elsewhere)


def test_an_administrator_sees_and_writes_everywhere(cast: Cast) -> None:
    user = role(cast.newcomer, "cao-bang", Role.ADMIN)
    for admin in (user, cast.administrator):
        assert scope(admin).count() == Place.objects.count()
        assert may_accept(admin, cast.elsewhere)
        assert may_accept(admin, None)


def test_without_a_role_or_an_account_or_when_switched_off_one_sees_nothing(cast: Cast) -> None:
    left = cast.specialist
    left.is_active = False
    left.save()
    for user in (cast.newcomer, AnonymousUser(), left):
        assert not scope(user).exists()
        assert not may_upload(user, cast.home)
        with pytest.raises(Place.DoesNotExist):
            place_at(user, "cao-bang")


def test_only_administrators_give_and_take_roles_and_both_are_in_the_trail(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        give_role(cast.director, cast.newcomer, cast.home, Role.CLERK)
    held = give_role(cast.administrator, cast.newcomer, cast.home, Role.CLERK)
    assert give_role(cast.administrator, cast.newcomer, cast.home, Role.CLERK) == held
    with pytest.raises(NotAllowed):
        take_role(cast.director, held)
    take_role(cast.administrator, held, "chuyển đơn vị")
    assert not scope(cast.newcomer).exists()
    trail = AuditRecord.objects.filter(by=cast.administrator).order_by("pk")
    assert [row.action for row in trail] == ["places.role.given", "places.role.taken"]


def test_ancestors_can_be_written_anew(cast: Cast) -> None:
    before = set(Ancestor.objects.values_list("place", "ancestor"))
    Ancestor.objects.all().delete()
    rebuild_ancestors()
    assert set(Ancestor.objects.values_list("place", "ancestor")) == before


def test_asking_for_the_scope_takes_a_handful_of_queries(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    user = cast.specialist
    with django_assert_max_num_queries(6):
        list(scope(user))
