# SPDX-License-Identifier: Apache-2.0
"""The cast: the same people, by their roles, in every test; made through the product's own actions.

def test_it_hides_a_draft_from_another_office(cast): cast.client(cast.specialist_elsewhere).get("/van-ban/")
"""

from dataclasses import dataclass
from functools import cached_property

from django.test import Client

from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.accounts.models import User
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.places.shipped import load_places

HOME, ELSEWHERE = "cao-bang", "lang-son"


@dataclass
class Cast:
    """Two offices: the one at home, whose work the tests follow, and one elsewhere that must not see it."""

    def __post_init__(self) -> None:
        load_places(communes=False)

    @cached_property
    def home(self) -> Place:
        return Place.objects.get(slug=HOME)

    @cached_property
    def elsewhere(self) -> Place:
        return Place.objects.get(slug=ELSEWHERE)

    @cached_property
    def administrator(self) -> User:
        return create_user("quan-tri", "Quản trị viên", password="mat-khau-thu", administers=True)

    @cached_property
    def clerk(self) -> User:
        return self._at(self.home, Role.CLERK, "van-thu", "Văn thư")

    @cached_property
    def specialist(self) -> User:
        return self._at(self.home, Role.SPECIALIST, "chuyen-vien", "Chuyên viên tổng hợp")

    @cached_property
    def director(self) -> User:
        return self._at(self.home, Role.DIRECTOR, "giam-doc", "Giám đốc Sở")

    @cached_property
    def specialist_elsewhere(self) -> User:
        return self._at(self.elsewhere, Role.SPECIALIST, "chuyen-vien-noi-khac", "Chuyên viên Sở khác")

    @cached_property
    def newcomer(self) -> User:
        """Signed in, with no role anywhere."""
        return create_user("nguoi-moi", "Người mới", password="mat-khau-thu")

    def client(self, user: User) -> Client:
        """A browser in which this user has signed in."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def _at(self, place: Place, role: Role, username: str, title: str) -> User:
        user = create_user(username, title, password="mat-khau-thu")
        give_role(None, user, place, role)
        return user
