# SPDX-License-Identifier: Apache-2.0
"""Rows that the sender adds by code, removes and puts back; cells that hold words, dates and choices."""

from __future__ import annotations

import pytest

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Code
from bamsat.rooms.submissions.filling.actions import Change, open_return, save_cells
from bamsat.rooms.submissions.models import Return
from tests import build
from tests.cast import Cast

ROWS = [
    {"code": "trade", "name": {"vi": "Hàng hóa qua cửa khẩu"}, "indicator": "exports", "unit": "triệu USD",
     "pick": ["partner"], "optional": True},
    {"code": "gates", "name": {"vi": "Số cửa khẩu"}, "indicator": "exports", "unit": "cửa khẩu", "columns": ["now"]},
]  # fmt: skip
COLUMNS = [
    {"code": "now", "name": {"vi": "Tháng {month}/{year}"}, "fill": "typed"},
    {"code": "open", "name": {"vi": "Mở cửa"}, "fill": "typed", "type": "yes_no", "record": False},
    {"code": "kind", "name": {"vi": "Loại"}, "fill": "typed", "type": "choice", "choices": ["chính", "phụ"],
     "record": False},
    {"code": "since", "name": {"vi": "Từ ngày"}, "fill": "typed", "type": "date", "record": False},
]  # fmt: skip


@pytest.fixture
def sent(cast: Cast) -> Return:
    form = build.form(code="bien-mau", rows=ROWS, columns=COLUMNS, rules=[])
    return open_return(cast.commune_official, form.form, cast.commune, Period.month(2026, 10))


@pytest.fixture
def country(sent: Return) -> Code:
    return Code.objects.filter(codelist__code="partner", name_vi="Trung Quốc").latest("codelist__version")


def test_a_row_is_added_by_its_code(cast: Cast, sent: Return, country: Code):
    client = cast.client(cast.commune_official)
    told = {"dong": "trade", "ma-partner": country.code, "ten-partner": "Trung Quốc"}
    answer = client.post(f"/phieu/{sent.uuid}/them-dong/", told)
    assert answer["Location"].endswith(f"#dong-trade~{country.code}")
    page = client.get(f"/phieu/{sent.uuid}/").content.decode()
    assert f'data-row="trade~{country.code}"' in page
    assert "Trung Quốc" in page


def test_a_name_that_was_typed_in_full_is_taken_for_its_code(cast: Cast, sent: Return, country: Code):
    client = cast.client(cast.commune_official)
    client.post(f"/phieu/{sent.uuid}/them-dong/", {"dong": "trade", "ten-partner": "trung quoc"})
    sent.refresh_from_db()
    assert sent.picks == [["trade", [country.code]]]


def test_a_name_of_no_code_is_refused_in_words(cast: Cast, sent: Return):
    client = cast.client(cast.commune_official)
    answer = client.post(f"/phieu/{sent.uuid}/them-dong/", {"dong": "trade", "ten-partner": "Nước lạ"}, follow=True)
    assert "không có trong danh mục" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.picks == []


def test_codes_are_offered_as_one_types(cast: Cast, sent: Return):
    client = cast.client(cast.commune_official)
    page = client.get(f"/phieu/{sent.uuid}/danh-muc/partner/?tim=trung").content.decode()
    assert 'role="option"' in page
    assert "Quốc" in page
    assert client.get(f"/phieu/{sent.uuid}/danh-muc/vsic/?tim=a").status_code == 404
    assert cast.client(cast.specialist_elsewhere).get(f"/phieu/{sent.uuid}/danh-muc/partner/").status_code == 404


def test_a_removed_row_is_put_back_with_what_was_typed_in_it(cast: Cast, sent: Return, country: Code):
    client = cast.client(cast.commune_official)
    client.post(f"/phieu/{sent.uuid}/them-dong/", {"dong": "trade", "ma-partner": country.code})
    key = f"trade~{country.code}.now"
    save_cells(cast.commune_official, sent, [Change(key, "12,5")])
    page = client.post(f"/phieu/{sent.uuid}/bo-dong/", {"dong": f"trade~{country.code}"}, follow=True)
    assert "Đã bỏ dòng “Trung Quốc”." in page.content.decode()
    assert "Hoàn tác lần vừa rồi" in page.content.decode()
    sent.refresh_from_db()
    assert (sent.picks, sent.cells) == ([], {})
    client.post(f"/phieu/{sent.uuid}/hoan-tac/")
    sent.refresh_from_db()
    assert sent.texts == {key: "12,5"}


def test_cells_of_words_have_lists_and_dates(cast: Cast, sent: Return, country: Code):
    client = cast.client(cast.commune_official)
    client.post(f"/phieu/{sent.uuid}/them-dong/", {"dong": "trade", "ma-partner": country.code})
    row = f"trade~{country.code}"
    told = [Change(f"{row}.open", "CO"), Change(f"{row}.kind", "Phu"), Change(f"{row}.since", "31/02/2026")]
    save_cells(cast.commune_official, sent, told)
    page = client.get(f"/phieu/{sent.uuid}/").content.decode()
    assert '<option value="có" selected>' in page
    assert '<option value="phụ" selected>' in page
    assert "không phải ngày" in page
