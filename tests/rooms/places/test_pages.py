# SPDX-License-Identifier: Apache-2.0
"""The pages of places: the tree on a day, one place, entering a change, roles, the register."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.places import imports, sheets
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import BoundaryChange, Place, PlaceKind, PlaceRole, Role
from tests.cast import Cast
from tests.rooms.places.grow import tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(cast: Cast) -> dict[str, Place]:
    return tree()


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def official(cast: Cast, place: Place) -> Client:
    """A commune official's browser."""
    give_role(None, cast.newcomer, place, Role.COMMUNE)
    return cast.client(cast.newcomer)


# The tree.


def test_the_tree_shows_provinces_of_the_day_and_opens_by_levels(cast: Cast) -> None:
    browser = cast.client(cast.administrator)
    assert "63 nơi" in text(browser.get("/dia-ban/?ngay=30/06/2025"))
    assert "34 nơi" in text(browser.get("/dia-ban/"))
    level = text(browser.get("/dia-ban/?trong=cao-bang&ngay=2025-06-30", headers={"HX-Request": "true"}))
    assert "huyện Hòa An" in level
    assert "<html" not in level


def test_a_place_is_found_without_accents_and_by_kind(cast: Cast, at: dict[str, Place]) -> None:
    browser = cast.client(cast.administrator)
    assert "Chợ Một" in text(browser.get("/dia-ban/?tim=cho+mot"))
    assert "Chợ Một" in text(browser.get("/dia-ban/?loai=market"))
    assert "xã Mot" in text(browser.get("/dia-ban/?tim=90001"))
    assert "Không có nơi nào khớp" in text(browser.get("/dia-ban/?tim=khong+co+dau"))
    assert "Hãy viết ngày" in text(browser.get("/dia-ban/?ngay=hom+nay"))


def test_one_level_takes_a_handful_of_queries(
    cast: Cast, at: dict[str, Place], django_assert_max_num_queries: Any
) -> None:
    browser = cast.client(cast.administrator)
    with django_assert_max_num_queries(22):
        browser.get("/dia-ban/?trong=tinh-a")


def test_an_official_sees_the_commune_what_is_below_and_only_names_above(cast: Cast, at: dict[str, Place]) -> None:
    browser = official(cast, at["xa-mot"])
    page = text(browser.get("/dia-ban/"))
    assert "Chợ Một" in page
    assert "xã Hai" not in page
    page = text(browser.get("/dia-ban/cho-mot/"))
    assert "Tinh a" in page
    assert "/dia-ban/tinh-a/" not in page
    for slug in ("xa-hai", "tinh-a", "cao-bang"):
        assert browser.get(f"/dia-ban/{slug}/").status_code == 404
    assert browser.get("/dia-ban/?trong=xa-hai").status_code == 404
    for name in ("add", "import", "change_new", "pick"):
        assert browser.get(reverse(f"places:{name}")).status_code == 403


def test_a_profile_tells_where_a_place_came_from_and_what_it_became(cast: Cast, at: dict[str, Place]) -> None:
    browser = cast.client(cast.administrator)
    page = text(browser.get("/dia-ban/ha-giang/?ngay=2025-01-01"))
    assert "Tuyên Quang" in page
    assert "Nghị quyết số 202/2025/QH15" in page
    assert "100%" in page
    assert "Thái Bình" in text(browser.get("/dia-ban/hung-yen/"))


# Entering a change.


def told(*places: Place, **more: str) -> dict[str, Any]:
    return {
        "loai": "merge", "noi": [place.slug for place in places], "tu-ngay": "01/01/2026", "van-ban": "Nghị quyết số 5",
        "ten-0": "Hợp Nhất", "loai-dv-0": "Xã", "ma-0": "90009", **more,
    }  # fmt: skip


def test_a_merge_is_told_previewed_and_made(cast: Cast, at: dict[str, Place]) -> None:
    browser, address = cast.client(cast.administrator), "/dia-ban/thay-doi/moi/"
    assert "Các địa bàn sáp nhập" in text(browser.get(address))
    form = told(at["xa-mot"], at["xa-hai"])
    page = text(browser.post(address, form | {"buoc": "xem"}))
    assert "Số đã có trong sổ không bị sửa" in page
    assert "xã Hợp Nhất" in page
    assert "Chợ Một" in page
    assert not BoundaryChange.objects.exists()
    assert "Hợp Nhất" in text(browser.post(address, form | {"buoc": "sua"}))
    answer = browser.post(address, form | {"buoc": "ghi"})
    made = BoundaryChange.objects.get()
    assert answer.headers["Location"] == f"/dia-ban/thay-doi/{made.uuid}/"
    assert "xã Mot" in text(browser.get("/dia-ban/thay-doi/")) or "Mot" in text(browser.get("/dia-ban/thay-doi/"))
    assert "100%" in text(browser.get(answer.headers["Location"]))
    assert "Hình thành từ" in text(browser.get("/dia-ban/xa-hop-nhat-90009/?ngay=2026-06-01"))
    browser.post(f"/dia-ban/thay-doi/{made.uuid}/rut/", {"reason": "nhập nhầm"})
    assert not Place.objects.filter(slug="xa-hop-nhat-90009").exists()
    assert "nhập nhầm" in text(browser.get(f"/dia-ban/thay-doi/{made.uuid}/"))


def test_a_refused_change_keeps_what_was_typed_and_says_why(cast: Cast, at: dict[str, Place]) -> None:
    browser, address = cast.client(cast.administrator), "/dia-ban/thay-doi/moi/"
    page = text(browser.post(address, told(at["xa-mot"]) | {"buoc": "xem"}))
    assert "ít nhất hai địa bàn" in page
    assert "Hợp Nhất" in page
    page = text(browser.post(address, told(at["xa-mot"], at["xa-hai"]) | {"buoc": "xem", "tu-ngay": "mai"}))
    assert "Hãy ghi ngày có hiệu lực" in page


def test_a_split_asks_where_each_facility_goes(cast: Cast, at: dict[str, Place]) -> None:
    browser, address = cast.client(cast.administrator), "/dia-ban/thay-doi/moi/"
    form = told(at["xa-mot"]) | {"loai": "split", "ten-1": "Tây", "loai-dv-1": "xã", "phan-0": "60", "phan-1": "40%"}
    page = text(browser.post(address, form | {"buoc": "xem"}))
    assert f'name="ve-{at["cho-mot"].pk}"' in page
    page = text(browser.post(address, form | {"buoc": "xem", f"ve-{at['cho-mot'].pk}": "-2"}))
    assert "60%" in page
    browser.post(address, form | {"buoc": "ghi", f"ve-{at['cho-mot'].pk}": "-2"})
    assert [str(each.share) for each in BoundaryChange.objects.get().successions.order_by("pk")] == [
        "0.600000", "0.400000"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["merge", "split", "transfer", "rename", "found", "close"])
def test_each_kind_of_change_has_its_form(cast: Cast, at: dict[str, Place], kind: str) -> None:
    page = text(cast.client(cast.administrator).get(f"/dia-ban/thay-doi/moi/?loai={kind}&noi=xa-mot"))
    assert 'name="van-ban"' in page


def test_places_are_offered_as_one_types_and_ticked_when_chosen(cast: Cast, at: dict[str, Place]) -> None:
    browser = cast.client(cast.administrator)
    offered = text(browser.get("/dia-ban/goi-y/?tim=xa+mot&sua=1"))
    assert 'data-code="xa-mot"' in offered
    assert 'value="xa-mot" checked' in text(browser.get("/dia-ban/chon/?chon=xa-mot"))
    assert text(browser.get("/dia-ban/chon/?chon=xa-mot&noi=xa-mot")) == ""


def test_a_change_is_shown_only_to_whom_it_touches(cast: Cast, at: dict[str, Place]) -> None:
    browser = cast.client(cast.administrator)
    browser.post("/dia-ban/thay-doi/moi/", told(at["xa-mot"], at["xa-hai"]) | {"buoc": "ghi"})
    uuid = BoundaryChange.objects.get().uuid
    assert official(cast, at["xa-mot"]).get(f"/dia-ban/thay-doi/{uuid}/").status_code == 200
    assert cast.client(cast.specialist_elsewhere).get(f"/dia-ban/thay-doi/{uuid}/").status_code == 404


def test_a_head_of_division_changes_only_what_is_below_the_division(cast: Cast, at: dict[str, Place]) -> None:
    give_role(None, cast.newcomer, at["tinh-b"], Role.HEAD)
    browser = cast.client(cast.newcomer)
    page = text(browser.post("/dia-ban/thay-doi/moi/", told(at["xa-mot"], at["xa-hai"]) | {"buoc": "ghi"}))
    assert "Chưa chọn địa bàn nào" in page
    assert not BoundaryChange.objects.exists()


# Roles.


def test_roles_are_given_and_taken_with_dates_and_reason(cast: Cast, at: dict[str, Place]) -> None:
    browser, user = cast.client(cast.administrator), cast.newcomer
    address = f"/nguoi-dung/{user.username}/vai-tro/"
    given = {
        "noi-ma": "xa-mot", "role": "commune", "valid_from": "01/01/2026", "valid_to": "01/01/2027",
        "acting_for": cast.director.username, "act": "Quyết định số 7/QĐ-SCT",
    }  # fmt: skip
    assert browser.post(address, given).status_code == 302
    held = PlaceRole.objects.get(user=user)
    assert (held.acting_for, held.act, f"{held.valid_to}") == (cast.director, "Quyết định số 7/QĐ-SCT", "2027-01-01")
    assert "thay cho" in text(browser.get(address))
    assert "Hãy ghi số văn bản" in text(browser.post(address, given | {"act": ""}))
    assert "Ngày hết hiệu lực" in text(browser.post(address, given | {"valid_to": "01/01/2025"}))
    browser.post(f"{address}{held.pk}/thu/", {"reason": "hết nhiệm vụ"})
    assert not PlaceRole.objects.filter(user=user).exists()
    assert AuditRecord.objects.get(action="places.role.taken").reason == "hết nhiệm vụ"
    assert cast.client(cast.director).get(address).status_code == 403


# The register.


def test_a_facility_is_added_and_mended_with_the_attributes_of_its_kind(cast: Cast, at: dict[str, Place]) -> None:
    browser = cast.client(cast.administrator)
    assert "Chợ" in text(browser.get("/dia-ban/them/"))
    typed = {
        "loai": "market", "noi-ma": "xa-hai", "name": "Chợ Hai", "tt-area": "1.234,5", "tt-planned": "có",
        "tt-grade": "hạng 2", "latitude": "22,66", "longitude": "106,25", "since": "05/03/2021",
    }  # fmt: skip
    answer = browser.post("/dia-ban/them/?loai=market", typed)
    made = Place.objects.get(name="Chợ Hai")
    assert answer.headers["Location"] == f"/dia-ban/{made.slug}/"
    assert made.attributes == {"area": "1234.5", "planned": True, "grade": "hạng 2"}
    page = text(browser.get(f"/dia-ban/{made.slug}/"))
    assert "1.234,5" in page
    assert "22,66" in page
    assert "1.234,5" in text(browser.get(f"/dia-ban/{made.slug}/sua/"))
    browser.post(f"/dia-ban/{made.slug}/sua/", typed | {"tt-area": "2.000", "reason": "đo lại"})
    made.refresh_from_db()
    assert made.attributes["area"] == "2000"
    edited = AuditRecord.objects.get(action="places.place.edited")
    assert (edited.reason, list(edited.details["changed"])) == ("đo lại", ["attributes"])
    assert "đã có “Chợ Hai”" in text(browser.post("/dia-ban/them/", typed))


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("tt-area", "1.5", "chưa phải số"), ("latitude", "48,85", "không ở trong Việt Nam"),
        ("tt-grade", "hạng 9", "không nằm trong"), ("since", "31/02/2021", "chưa phải ngày"),
        ("since", "01/01/2001", "chưa có ngày"), ("noi-ma", "cho-mot", "không phải đơn vị hành chính"),
        ("noi-ma", "", "Chưa chọn xã"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_at_its_field(
    cast: Cast, at: dict[str, Place], field: str, typed: str, says: str
) -> None:
    form = {"loai": "market", "noi-ma": "xa-hai", "name": "Chợ Hai", "latitude": "22", "longitude": "106", field: typed}
    page = text(cast.client(cast.administrator).post("/dia-ban/them/", form))
    assert says in page or (field == "tt-grade" and 'class="wrong"' in page)
    assert not Place.objects.filter(name="Chợ Hai").exists()


def test_a_facility_is_linked_to_another(cast: Cast, at: dict[str, Place]) -> None:
    browser = cast.client(cast.administrator)
    browser.post("/dia-ban/cho-mot/lien-ket/", {"toi-ma": "xa-hai", "role": "phục vụ"})
    link = at["cho-mot"].links.get()
    assert "Phục vụ" in text(browser.get("/dia-ban/cho-mot/"))
    browser.post("/dia-ban/cho-mot/lien-ket/", {"bo": link.pk})
    assert not at["cho-mot"].links.exists()


# Many at once.

HEAD = ["Mã", "Tên", "Xã, phường", "Có từ ngày", "Vĩ độ", "Kinh độ", "Diện tích", "Hạng", "Ghi gì đó"]
ROWS = [
    HEAD,
    ["C1", "Chợ Xuân", "xã Hai", "05/03/2021", "22,66", "106,25", "1.200", "hạng 2", ""],
    ["C2", "Chợ Hạ", "90003", "", "", "", "", "", "x"],
    ["C3", "Chợ Thu", "xã Không Có", "", "22,66", "", "nhiều", "hạng 9", ""],
    ["C4", "Chợ Xuân", "Hai", "", "", "", "", "", ""],
]


def test_a_trial_lists_every_trouble_with_its_cell_and_the_rest_is_written(cast: Cast, at: dict[str, Place]) -> None:
    kind = PlaceKind.objects.get(code="market")
    trial = imports.try_rows(cast.administrator, kind, ROWS)
    assert {trouble.cell for trouble in trial.troubles} == {"C4", "E4", "G4", "H4", "B5"}
    assert trial.unknown == ["Ghi gì đó"]
    assert imports.write_rows(cast.administrator, trial) == 2
    spring = Place.objects.get(name="Chợ Xuân")
    assert spring.attributes == {"area": "1200", "grade": "hạng 2"}
    assert {row.ancestor.slug for row in spring.above.all()} == {"xa-hai", "tinh-a"}
    again = imports.try_rows(cast.administrator, kind, ROWS)
    assert (again.to_write, again.same) == (0, 2)
    mended = [HEAD, ["C1", "Chợ Xuân Mới", "xã Ba", *[""] * 6]]
    changed = imports.try_rows(cast.administrator, kind, mended)
    assert len(changed.changed) == 1
    imports.write_rows(cast.administrator, changed)
    spring.refresh_from_db()
    assert spring.name == "Chợ Xuân Mới"
    assert {row.ancestor.slug for row in spring.above.all()} == {"xa-ba", "tinh-a"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_can_be_brought_in_again(cast: Cast, at: dict[str, Place], form: str) -> None:
    browser = cast.client(cast.administrator)
    sent = io.BytesIO(sheets.as_workbook(ROWS[:3], "Chợ") if form == "xlsx" else sheets.as_csv(ROWS[:3]))
    sent.name = f"cho.{form}"
    page = text(browser.post("/dia-ban/nap/", {"loai": "market", "tep": sent}))
    assert "Ghi 2 dòng đúng" in page
    kept = sheets.as_csv(ROWS[:3]).decode("utf-8-sig")
    assert browser.post("/dia-ban/nap/", {"loai": "market", "bang": kept, "buoc": "ghi"}).status_code == 302
    out = browser.get(f"/dia-ban/xuat.{form}/?loai=market")
    rows = sheets.read_rows(f"x.{form}", out.content)
    assert len(rows) == 4
    again = imports.try_rows(cast.administrator, PlaceKind.objects.get(code="market"), rows)
    assert (again.to_write, again.same, again.troubles) == (0, 3, [])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00", b"a;b\n1;2"])
def test_a_file_that_is_no_table_is_refused_in_words(cast: Cast, content: bytes) -> None:
    sent = io.BytesIO(content)
    sent.name = "la.csv"
    page = text(cast.client(cast.administrator).post("/dia-ban/nap/", {"loai": "market", "tep": sent}))
    assert "note bad" in page or "Thiếu cột" in page or "không có dòng nào" in page


def test_a_head_brings_in_only_for_the_communes_below(cast: Cast, at: dict[str, Place]) -> None:
    give_role(None, cast.newcomer, at["tinh-b"], Role.HEAD)
    trial = imports.try_rows(cast.newcomer, PlaceKind.objects.get(code="market"), ROWS[:3])
    assert trial.to_write == 0
    assert {trouble.cell for trouble in trial.troubles} == {"C2", "C3"}


def test_a_formula_in_a_name_stays_text(cast: Cast) -> None:
    assert b"'=1+1" in sheets.as_csv([["=1+1"]])


def test_a_place_that_was_typed_but_not_chosen_is_the_one_of_that_name_or_is_asked_for(cast: Cast) -> None:
    browser, told = cast.client(cast.administrator), {"loai": "market", "name": "Chợ Mẫu"}
    assert cast.commune.name == "Xã Nhà"
    page = browser.post("/dia-ban/them/?loai=market", told | {"noi": "Xã Chưa Có"}).content.decode()
    assert "Chưa chọn xã, phường" in page
    assert 'value="Xã Chưa Có"' in page
    assert browser.post("/dia-ban/them/?loai=market", told | {"noi": "Xã Nhà"}).status_code == 302
    change = {
        "loai": "merge", "noi": [cast.commune.slug, cast.other_commune.slug], "ten-0": "Hợp Nhất",
        "tu-ngay": "01/01/2020", "van-ban": "Nghị quyết mẫu", "buoc": "xem",
    }  # fmt: skip
    page = browser.post("/dia-ban/thay-doi/moi/", change | {"cap-tren": "Tỉnh Chưa Có"}).content.decode()
    assert "Chưa rõ “Tỉnh Chưa Có” là nơi nào" in page
    assert "Xem trước: " in browser.post("/dia-ban/thay-doi/moi/", change | {"cap-tren": "Cao Bằng"}).content.decode()


def test_a_rename_keeps_the_word_before_the_name_where_none_is_typed(cast: Cast) -> None:
    change = {
        "loai": "rename", "noi": cast.home.slug, "ten-0": "Tên Mới", "tu-ngay": "01/01/2026",
        "van-ban": "Nghị quyết mẫu", "buoc": "xem",
    }  # fmt: skip
    assert "tỉnh Tên Mới" in cast.client(cast.administrator).post("/dia-ban/thay-doi/moi/", change).content.decode()
