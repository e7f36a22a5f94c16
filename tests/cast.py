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
from bamsat.rooms.places.ancestors import renew_ancestors
from bamsat.rooms.places.models import Kind, Place, PlaceVersion, Role
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
    def deputy(self) -> User:
        return self._at(self.home, Role.DEPUTY, "pho-giam-doc", "Phó Giám đốc Sở")

    @cached_property
    def head(self) -> User:
        return self._at(self.home, Role.HEAD, "truong-phong", "Trưởng phòng")

    @cached_property
    def commune(self) -> Place:
        """A commune of the office at home."""
        return self._below("xa-nha", Kind.COMMUNE, "Xã Nhà", self.home)

    @cached_property
    def other_commune(self) -> Place:
        """Another commune of the same province."""
        return self._below("xa-ben", Kind.COMMUNE, "Xã Bên", self.home)

    @cached_property
    def facility(self) -> Place:
        """A market in the commune."""
        return self._below("cho-nha", "market", "Chợ Nhà", self.commune)

    @cached_property
    def commune_official(self) -> User:
        return self._at(self.commune, Role.COMMUNE, "can-bo-xa", "Cán bộ xã")

    @cached_property
    def facility_clerk(self) -> User:
        return self._at(self.facility, Role.FACILITY, "co-so", "Ban quản lý chợ")

    @cached_property
    def reader(self) -> User:
        return self._at(self.home, Role.READER, "nguoi-xem", "Người xem")

    @cached_property
    def api_client(self) -> User:
        return self._at(self.home, Role.API, "phan-mem", "Phần mềm của tỉnh")

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

    def _below(self, slug: str, kind: str, name: str, parent: Place) -> Place:
        found = Place.objects.filter(slug=slug).first()
        if found:
            return found
        place = Place.objects.create(slug=slug, kind=kind, name=name)
        PlaceVersion.objects.create(place=place, name=name, parent=parent)
        place.take_name_from_versions()
        renew_ancestors([place.pk])
        return place

    def _at(self, place: Place, role: Role, username: str, title: str) -> User:
        user = create_user(username, title, password="mat-khau-thu")
        give_role(None, user, place, role)
        return user
