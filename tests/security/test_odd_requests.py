# SPDX-License-Identifier: Apache-2.0
"""What no form of ours would send is refused in words, on both databases, and never as a fault."""

import io
import json
import logging

import pytest
from django.db import DataError

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.actions import read_document, receive
from bamsat.rooms.documents.models import FigureState, State
from tests import build
from tests.cast import Cast

HTMX = {"HX-Request": "true"}
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "address",
    [
        "/tim/?tim=%00", "/van-ban/?tim=a%00", "/so-lieu/?tim=%00", "/so-lieu/?noi=%00", "/bang-diem/?noi=%00",
        "/danh-muc/goi-y/?tim=%00", "/so-lieu/a%00b/cao-bang/", "/so-lieu/exports/cao-bang/?gia=%00&phan-to=%00",
    ],
)  # fmt: skip
def test_a_nul_in_an_address_is_not_understood(cast: Cast, address: str):
    build.catalogue()
    assert cast.client(cast.specialist).get(address).status_code == 400


def test_a_nul_in_a_reason_or_in_a_file_is_left_out(cast: Cast):
    build.catalogue()
    figure = build.figure(cast.specialist)
    client = cast.client(cast.specialist)
    client.post(f"/van-ban/{figure.document.uuid}/so/1/bo/", {"ly-do": "số\0 trang"})
    figure.refresh_from_db()
    assert (figure.state, figure.rejected_because) == (FigureState.REJECTED, "số trang")
    text = "Xin chào các bạn. " * 400 + "\0 Xuất khẩu năm 2021 đạt 5\0 triệu USD, nhập khẩu đạt 6 triệu USD."
    document = read_document(receive(cast.specialist, "bc.txt", text.encode()))
    assert document.state == State.READ
    assert "\0" not in document.text
    assert len(document.text) == len(text)


@pytest.mark.parametrize("period", ["0000", "9999", "0001-01", "99999", "2021-13", "2021/0000", "-1", "٢٠٢١"])
def test_years_that_no_calendar_has_break_nothing(cast: Cast, period: str):
    build.catalogue()
    document = build.document(cast.specialist, [build.stated("5")])
    client = cast.client(cast.specialist)
    client.post(f"/van-ban/{document.uuid}/so/1/sua/", {"period": period, "area": "Cao Bằng", "nhan": "1"})
    for page in ("/", "/bang-diem/", "/so-lieu/", "/so-lieu/industrial_output/cao-bang/", f"/van-ban/{document.uuid}/"):
        assert client.get(page).status_code == 200
    assert client.get("/bang-diem/", {"ky": period, "noi": "cao-bang"}).status_code in (200, 404)


@pytest.mark.parametrize("value", ["9" * 60, "9" * 30 + " tỷ", "0," + "3" * 50])
def test_a_number_that_would_have_to_be_rounded_is_refused(cast: Cast, value: str):
    build.catalogue()
    document = build.document(cast.specialist, [build.stated("5")])
    answer = cast.client(cast.specialist).post(f"/van-ban/{document.uuid}/so/1/sua/", {"value": value}, headers=HTMX)
    assert "chữ số" in answer.content.decode()
    assert document.figures.get().value_text == "5"


def test_a_document_with_numbers_of_eighty_digits_is_read_without_them(cast: Cast):
    text = f"Sản lượng xi măng năm 2021 đạt {'9' * 80} tấn. Than đạt 5 tấn."
    document = read_document(receive(cast.specialist, "bc.txt", text.encode()))
    assert document.state == State.READ
    assert all(len(figure.value_text) <= 60 for figure in document.figures.all())


def test_numbers_too_large_for_any_table_are_no_page(cast: Cast):
    document = build.document(cast.specialist, [build.stated("5")])
    client = cast.client(cast.specialist)
    for ordinal in ("0", "9" * 30, "9" * 5000):
        assert client.get(f"/van-ban/{document.uuid}/so/{ordinal}/").status_code == 404
    assert client.get(f"/van-ban/{document.uuid}/", {"so": "9" * 30}).status_code == 200
    assert client.get("/van-ban/", {"trang": "9" * 30}).status_code == 200


def test_names_that_people_add_are_shown_as_words_everywhere(cast: Cast):
    build.catalogue()
    document = build.document(cast.specialist, [build.stated("5"), build.growth("3")], title=MARKUP)
    client = cast.client(cast.head)
    sent = {
        "indicator": f"product:{MARKUP}", "segment": MARKUP, "unit": MARKUP, "value": "7", "area": "Cao Bằng",
    }  # fmt: skip
    client.post(f"/van-ban/{document.uuid}/so/1/sua/", sent | {"nhan": "1"})
    figure = document.figures.get(ordinal=1)
    assert figure.state == FigureState.ACCEPTED
    entry = figure.entries.get() if hasattr(figure, "entries") else figure.entry_set.get()
    client.post(f"/so-lieu/but-toan/{entry.uuid}/rut/", {"reason": MARKUP})
    client.post(f"/van-ban/{document.uuid}/so/2/bo/", {"ly-do": MARKUP})
    client.post(f"/van-ban/{document.uuid}/so/1/nhan/")
    code = Indicator.objects.get(code__startswith="product:<").code
    pages = [
        "/", "/van-ban/", "/so-lieu/", "/bang-diem/", f"/van-ban/{document.uuid}/", f"/van-ban/{document.uuid}/?so=1",
        f"/van-ban/{document.uuid}/?so=2", f"/so-lieu/but-toan/{entry.uuid}/", "/danh-muc/goi-y/?tim=img",
        f"/danh-muc/goi-y/?tim={MARKUP}x", f"/tim/?tim={MARKUP}", "/tim/?tim=onerror",
    ]  # fmt: skip
    for page in pages:
        for headers in ({}, HTMX):
            answer = client.get(page, headers=headers)
            assert answer.status_code == 200, page
            assert "<img src" not in answer.content.decode(), page
    series = client.get("/so-lieu/" + code + "/cao-bang/", {"phan-to": MARKUP})
    assert "<img src" not in series.content.decode()
    admin = cast.client(cast.administrator)
    for page in ("catalogue/indicator/", "figures/entry/", "accounts/auditrecord/", "documents/document/"):
        assert MARKUP not in admin.get(f"/quan-tri/{page}").content.decode()


def test_an_indicators_name_cannot_lead_a_link_elsewhere(cast: Cast):
    build.catalogue()
    document = build.document(cast.specialist, [build.stated("5", indicator="product:a/../../../../dang-xuat")])
    client = cast.client(cast.specialist)
    answer = client.post(f"/van-ban/{document.uuid}/so/1/nhan/", headers=HTMX).content.decode()
    assert "không có trong danh mục" in answer
    assert not Indicator.objects.filter(code__contains="..").exists()
    for page in ("/", "/so-lieu/"):
        assert "/../" not in client.get(page).content.decode()


def test_asking_to_read_again_a_hundred_times_queues_once(cast: Cast):
    document = build.received(cast.specialist)
    client, before = cast.client(cast.specialist), AuditRecord.objects.count()
    for _ in range(5):
        client.post(f"/van-ban/{document.uuid}/doc-lai/")
    assert AuditRecord.objects.count() == before


def test_an_answer_for_the_script_tells_no_more_than_its_sentence(cast: Cast):
    client = cast.client(cast.clerk)
    answer = client.post("/van-ban/gui/", {"tep": io.BytesIO(b"")}, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert set(json.loads(answer.content)) == {"message"}
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_log_lines_hold_no_names_values_or_words(cast: Cast, caplog: pytest.LogCaptureFixture):
    build.catalogue()
    log = logging.getLogger("bamsat")
    log.addHandler(caplog.handler)
    logging.getLogger("bamsat.requests").addHandler(caplog.handler)
    client = cast.client(cast.specialist)
    with caplog.at_level(logging.INFO):
        client.post("/van-ban/gui/", {"tep": io.BytesIO(b"Xuat khau mat dat 987654 trieu USD nam 2021.")})
        client.get("/tim/", {"tim": "bí mật"})
        client.get("/khong-co/bi-mat/")
        client.post("/dang-nhap/", {"username": "bi-mat", "password": "bi-mat"})
    log.removeHandler(caplog.handler)
    logging.getLogger("bamsat.requests").removeHandler(caplog.handler)
    told = caplog.text + "".join(json.dumps(getattr(record, "line", {})) for record in caplog.records)
    assert '"route"' in told
    for word in ("mat", "mật", "987654", cast.specialist.username, "bc.txt"):
        assert word not in told.replace("format", "").replace("material", "")


def test_what_the_database_cannot_hold_is_the_senders_mistake(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    def no_room(*_: object, **__: object) -> None:
        raise DataError("value too long: bí mật")

    monkeypatch.setattr("bamsat.rooms.desk.queries.home", no_room)
    answer = cast.client(cast.specialist).get("/")
    assert answer.status_code == 400
    assert "bí mật" not in answer.content.decode()
