# SPDX-License-Identifier: Apache-2.0
"""The pages of the month, the year, and who has sent; who sees what of them."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from bamsat.core.terms.period import Period
from bamsat.rooms.places.models import Place
from bamsat.rooms.submissions.models import FormVersion, Return
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db

OCTOBER = Period.month(2026, 10)


@pytest.fixture(autouse=True)
def _monday(cast: Cast, monkeypatch: Any) -> None:
    """It is Monday, 19 October 2026; the retail form of communes is the only one."""
    monday = timezone.make_aware(datetime(2026, 10, 19, 9))
    monkeypatch.setattr("bamsat.rooms.desk.views.timezone.now", lambda: monday)
    build.forms()
    FormVersion.objects.exclude(form__code="ban-le-thang").update(in_use=False)
    assert cast.commune.pk
    assert cast.other_commune.pk


def shown(client: Client, where: str = "/") -> str:
    return " ".join(client.get(where).content.decode().split())


def a_return(place: Place, state: str, filled: int = 24) -> Return:
    version = build.form()
    return Return.objects.create(
        form=version.form, version=version, place=place, period=OCTOBER.code, first_month=OCTOBER.first,
        last_month=OCTOBER.last, state=state, filled=filled, asked=24,
        due=timezone.make_aware(datetime(2026, 10, 20, 17)),
    )  # fmt: skip


def entries(page: str) -> list[str]:
    return re.findall(r'<a href="[^"]+"(?: aria-current="page")?>([^<]+?)(?: <span|</a>)', page.split('class="nav"')[1])


def test_the_month_says_in_a_sentence_what_matters(cast: Cast):
    page = shown(cast.client(cast.specialist))
    assert "Hôm nay thứ Hai, 19/10/2026. 1 biểu đến hạn ngày mai, 2 nơi chưa gửi." in page
    assert "Đôn đốc 2 nơi chưa gửi" in page
    assert "Hạn ngày mai" in page
    assert "còn 1 ngày làm việc" in page
    assert 'aria-label="Lịch tháng 10/2026: đến hạn ngày 20"' in page


def test_the_month_names_who_has_not_sent(cast: Cast):
    a_return(cast.commune, "draft", 9)
    page = shown(cast.client(cast.specialist))
    assert "Ai chưa gửi: Bán lẻ hàng hóa và dịch vụ tiêu dùng tháng 10/2026" in page
    assert "0 đã gửi, 0 trả lại, 1 đang nhập, 1 chưa mở; cộng 2 nơi" in page
    assert "Đang nhập 9/24 ô" in page


def test_each_button_of_the_month_leads_to_a_page(cast: Cast):
    a_return(cast.commune, "sent")
    client = cast.client(cast.specialist)
    for where in ("/", "/?thang=2026-09", "/?thang=2026-11", "/?thang=mua-xuan", "/tinh-hinh-gui/nam/2026/"):
        page = shown(client, where)
        for address in set(re.findall(r'(?:class="btn[^"]*"|rel="[a-z]+") href="([^"]+)"', page)):
            assert client.get(address.replace("&amp;", "&") if address[0] == "/" else f"/{address}").status_code == 200


def test_a_commune_official_sees_three_entries_and_what_the_commune_owes(cast: Cast):
    page = shown(cast.client(cast.commune_official))
    assert entries(page)[:3] == ["Tháng này", "Biểu mẫu", "Số liệu"]
    for hidden in ("Văn bản đang chờ", "Bảng điểm", "Ai chưa gửi", "Đôn đốc", "Xã Bên"):
        assert hidden not in page, hidden
    assert "Xã Nhà" in page
    assert '<input type="hidden" name="bieu" value="ban-le-thang">' in page


def test_the_button_of_a_sender_opens_the_return(cast: Cast):
    client = cast.client(cast.commune_official)
    page = shown(client)
    found = re.search(r'<form method="post" action="(/phieu/mo/)">(.*?)</form>', page)
    assert found
    fields = dict(re.findall(r'name="(bieu|noi|ky)" value="([^"]+)"', found[2]))
    assert client.post(found[1], fields, follow=True).status_code == 200
    assert Return.objects.get().place == cast.commune
    assert "Đã mở, chưa nhập" in shown(client)


def test_a_facility_and_an_official_may_not_look_at_who_has_sent(cast: Cast):
    for who in (cast.commune_official, cast.facility_clerk, cast.reader):
        assert cast.client(who).get("/tinh-hinh-gui/").status_code == 403


def test_a_reader_finds_a_month_without_forms(cast: Cast):
    assert "Không có biểu nào đến hạn trong tháng 10/2026." in shown(cast.client(cast.reader))


def test_the_year_counts_what_came(cast: Cast):
    a_return(cast.commune, "approved")
    page = shown(cast.client(cast.specialist), "/tinh-hinh-gui/nam/2026/")
    assert page.count('class="ch cal low"') == 12
    assert "<span>1/2</span>" in page


def test_who_has_sent_is_a_matrix_whose_cells_lead_on(cast: Cast):
    sent = a_return(cast.commune, "sent")
    client = cast.client(cast.specialist)
    asked = {"tu": "2026-09", "den": "2026-10"}
    page = " ".join(client.get("/tinh-hinh-gui/", asked).content.decode().split())
    assert "/don-doc/bieu/ban-le-thang/?ky=2026-10" in page
    assert "1/2" in page
    places = client.get("/tinh-hinh-gui/", asked | {"theo": "place", "bieu": "ban-le-thang"}).content.decode()
    assert f"/phieu/{sent.uuid}/xem/" in places
    for more in ({"loai": "market"}, {"noi": "xa-ben"}, {"theo": "kind"}, {"theo": "period"}, {"bieu": "khong-co"}):
        assert client.get("/tinh-hinh-gui/", asked | more).status_code == 200


def test_who_has_sent_leaves_the_house_as_a_file(cast: Cast):
    a_return(cast.commune, "sent")
    client = cast.client(cast.specialist)
    asked = {"tu": "2026-10", "den": "2026-10", "theo": "place"}
    rows = list(
        csv.reader(io.StringIO(client.get("/tinh-hinh-gui/", asked | {"tep": "csv"}).content.decode("utf-8-sig")))
    )
    assert [row[:2] for row in rows[1:]] == [["Xã Bên", "Chưa mở"], ["Xã Nhà", "Đã gửi"]]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/tinh-hinh-gui/", asked | {"tep": "xlsx"}).content))
    assert [cell.value for cell in book.active[3]][:2] == ["Xã Nhà", "Đã gửi"]
    assert book.active.cell(3, 3).value == 1


def test_the_pages_of_the_month_are_there_in_english(cast: Cast):
    a_return(cast.commune, "draft", 3)
    client = cast.client(cast.specialist)
    client.cookies["django_language"] = "en"
    for where in (
        "/",
        "/tinh-hinh-gui/",
        "/tinh-hinh-gui/nam/2026/",
        "/don-doc/",
        "/don-doc/bieu/ban-le-thang/?ky=2026-10",
    ):
        assert client.get(where).status_code == 200, where
