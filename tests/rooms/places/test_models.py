# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.places.models import Place, PlaceRole, PlaceVersion, Role
from bamsat.rooms.places.queries import may_accept
from tests.build import place
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_place_that_is_no_more_says_until_when(cast: Cast) -> None:
    assert place("hung-yen-den-2025").full_label == "Hưng Yên (đến 30/06/2025)"
    assert place("hung-yen").full_label == "Hưng Yên"
    with override("en"):
        assert place("cao-bang").label == "Cao Bang"


def test_a_place_is_called_by_its_latest_version(cast: Cast) -> None:
    market = Place.objects.create(slug="cho-xanh", kind="market")
    PlaceVersion.objects.create(place=market, name="Chợ Xanh", valid_to=date(2020, 1, 1))
    PlaceVersion.objects.create(place=market, name="Chợ Mới", valid_from=date(2020, 1, 1), valid_to=date(2024, 1, 1))
    market.take_name_from_versions()
    assert (str(market), market.ended) == ("Chợ Mới", date(2024, 1, 1))


def test_a_version_does_not_end_before_it_starts(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceVersion.objects.create(
            place=cast.home, name="Cao Bằng", valid_from=date(2021, 1, 1), valid_to=date(2020, 1, 1)
        )


def test_an_administrator_gives_and_takes_roles_in_the_tables_and_the_trail_knows(cast: Cast) -> None:
    browser, user = cast.client(cast.administrator), cast.newcomer
    filled = {"user": user.pk, "place": cast.home.pk, "role": Role.SPECIALIST}
    assert browser.post("/quan-tri/places/placerole/add/", filled).status_code == 302
    assert may_accept(user, cast.home)
    held = PlaceRole.objects.get(user=user)
    assert browser.post(f"/quan-tri/places/placerole/{held.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not may_accept(user, cast.home)
    trail = (
        AuditRecord.objects.filter(by=cast.administrator, action__startswith="places.")
        .order_by("pk")
        .values_list("action", flat=True)
    )
    assert list(trail) == ["places.role.given", "places.role.taken"]


@pytest.mark.parametrize(
    "address", ["catalogue/indicator", "catalogue/unit", "places/place", "documents/document", "figures/entry"]
)
def test_every_table_of_the_administrator_opens(cast: Cast, address: str) -> None:
    assert cast.client(cast.administrator).get(f"/quan-tri/{address}/?q=cao").status_code == 200


def test_nobody_adds_or_deletes_documents_and_entries_in_the_tables(cast: Cast) -> None:
    for address in ("documents/document", "figures/entry"):
        assert cast.client(cast.administrator).get(f"/quan-tri/{address}/add/").status_code == 403
