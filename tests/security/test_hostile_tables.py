# SPDX-License-Identifier: Apache-2.0
"""Tables sent to the register of places, to the catalogue and to the ledger by someone who means harm."""

import io
import re

import pytest
from django.test import Client

from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.places import imports, sheets
from bamsat.rooms.places.actions_register import Facility, add_place
from bamsat.rooms.places.models import Place, PlaceKind, Role
from tests import build
from tests.cast import Cast
from tests.security.workbooks import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def hostile() -> dict[str, bytes]:
    return {name: make() for name, make in HOSTILE.items()}


def sent(content: bytes, name: str = "bang.xlsx") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_workbook_that_would_bring_the_machine_down_is_refused_in_words(
    cast: Cast, hostile: dict[str, bytes], kind: str
):
    client = cast.client(cast.administrator)
    places = client.post("/dia-ban/nap/", {"loai": "market", "tep": sent(hostile[kind])})
    assert places.status_code == 200
    assert re.search("bang.xlsx”|không có dòng nào|Thiếu cột", places.content.decode())
    assert not Place.objects.filter(kind="market").exists()
    for address in ("/danh-muc/nhap/don-vi-tinh/", "/danh-muc/nhap/"):
        answer = client.post(address, {"file": sent(hostile[kind])})
        assert answer.status_code in (400, 404), address


HEAD = ["Mã", "Tên", "Xã, phường"]


def market(place: Place, name: str = "Chợ Của Người", code: str = "C1") -> Place:
    return add_place(None, Facility("market", name, place, code=code))


def head_of(cast: Cast, slug: str) -> Client:
    return cast.client(build.role(create_user("truong-phong-khac", "Trưởng phòng khác"), slug, Role.HEAD))


def test_a_row_with_anothers_code_does_not_carry_their_facility_away(cast: Cast):
    """The code or the name of a facility elsewhere makes a new one here; the one elsewhere stays as and where it is."""
    theirs = market(cast.commune)
    away = cast._below("xa-xa", "commune", "Xã Xa", cast.elsewhere)
    other = build.role(create_user("truong-phong-khac", "Trưởng phòng khác"), cast.elsewhere.slug, Role.HEAD)
    rows = [HEAD, ["C1", "Chợ Bị Cướp", away.name]]
    trial = imports.try_rows(other, PlaceKind.objects.get(code="market"), rows)
    assert (len(trial.new), len(trial.changed), trial.same) == (1, 0, 0)
    imports.write_rows(other, trial)
    theirs.refresh_from_db()
    assert theirs.name == "Chợ Của Người"
    above = {each.ancestor for each in theirs.above.all()}
    assert cast.commune in above
    assert away not in above
    assert Place.objects.get(name="Chợ Bị Cướp").pk != theirs.pk
    same = imports.try_rows(other, PlaceKind.objects.get(code="market"), [HEAD, ["C1", "Chợ Của Người", "Xã Nhà"]])
    assert (same.to_write, same.same) == (0, 0)
    assert [trouble.cell for trouble in same.troubles] == ["C2"]


@pytest.mark.parametrize("bang", ["a" * 200_000, 'a"b\n"', "Tên;Xã, phường\n\r\x00", "\n" * 6_000, ",".join("x" * 9)])
def test_a_table_that_the_page_never_carried_is_refused_in_words(cast: Cast, bang: str):
    answer = cast.client(cast.administrator).post("/dia-ban/nap/", {"loai": "market", "bang": bang, "buoc": "ghi"})
    assert answer.status_code == 200


@pytest.mark.parametrize("rows", [
    "[" * 100_000, '{"units": [[Infinity, {}]]}', '{"units": [[NaN, {}]]}', '{"khong": []}', '{"units": 7}', "[]", "0",
    '{"units": [[1, {"code": {"a": 1}}]]}',
])  # fmt: skip
def test_rows_that_the_catalogue_never_carried_are_refused_in_words(cast: Cast, rows: str):
    before = Indicator.objects.count()
    answer = cast.client(cast.administrator).post("/danh-muc/nhap/", {"rows": rows, "digest": "", "reason": "thử"})
    assert answer.status_code == 400
    assert Indicator.objects.count() == before


def test_what_a_spreadsheet_would_run_is_text_in_every_download_of_places(cast: Cast):
    market(cast.commune, "=cmd|' /C calc'!A1", "+C1")
    client = cast.client(cast.administrator)
    out = client.get("/dia-ban/xuat.csv/?loai=market").content.decode("utf-8-sig")
    assert "'=cmd" in out
    assert "'+C1" in out
    assert not [cell for row in sheets.read_rows("x.csv", out.encode()) for cell in row if cell[:1] in ("=", "@")]
