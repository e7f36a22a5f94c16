# SPDX-License-Identifier: Apache-2.0
"""The list of documents, sending files in, and the file itself."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bamsat.rooms.documents.models import Document, State
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.specialist)


def file(
    name: str = "bao-cao.txt", content: bytes = "Giá trị sản xuất đạt 5.300 tỷ đồng.".encode()
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_who_has_not_signed_in_is_asked_to(client: Client):
    assert Client().get("/van-ban/").headers["Location"].startswith("/dang-nhap/")


def test_an_empty_list_says_what_to_do(client: Client):
    shown = client.get("/van-ban/").content.decode()
    assert "Chưa có văn bản nào. Kéo tệp Word, PDF hoặc Excel vào đây." in shown


def test_a_file_sent_by_the_script_is_answered_with_its_address(client: Client):
    answer = client.post("/van-ban/gui/", {"tep": file()}, headers={"accept": "application/json"})
    document = Document.objects.get()
    assert answer.json() == {"message": "đã nhận", "address": f"/van-ban/{document.uuid}/"}
    again = client.post("/van-ban/gui/", {"tep": file()}, headers={"accept": "application/json"})
    assert again.json()["message"] == "đã nhận trước đây"


def test_a_refused_file_says_why_in_the_language_of_the_page(client: Client):
    refused = client.post("/van-ban/gui/", {"tep": file(content=b"")}, headers={"accept": "application/json"})
    assert refused.status_code == 422
    assert "rỗng" in refused.json()["message"]
    client.cookies["django_language"] = "en"
    refused = client.post("/van-ban/gui/", {"tep": file(content=b"")}, headers={"accept": "application/json"})
    assert "empty" in refused.json()["message"]


def test_a_plain_form_sends_several_files_at_once(client: Client):
    answer = client.post(
        "/van-ban/gui/", {"tep": [file("a.txt"), file("b.txt", "Xuất khẩu tăng 2%.".encode())]}, follow=True
    )
    assert Document.objects.count() == 2
    assert "Đã nhận 2 tệp." in answer.content.decode()


def test_a_plain_form_without_a_file_says_so(client: Client):
    assert "Chưa chọn tệp nào." in client.post("/van-ban/gui/", follow=True).content.decode()


def test_a_line_asks_again_until_its_document_is_read(cast: Cast, client: Client):
    waiting = build.received(cast.specialist)
    address = f"/van-ban/{waiting.uuid}/trang-thai/"
    line = client.get(address).content.decode()
    assert "every 1s" in line
    assert "Chờ đọc" in line
    Document.objects.update(state=State.READ)
    assert "every 1s" not in client.get(address).content.decode()


def test_a_document_that_cannot_be_read_shows_the_reason_and_can_be_read_again(cast: Cast, client: Client):
    document = build.received(cast.specialist)
    Document.objects.update(state=State.FAILED, error_vi="Tệp bị cắt giữa chừng.", error_en="The file is cut off.")
    assert "Tệp bị cắt giữa chừng." in client.get("/van-ban/").content.decode()
    line = client.post(f"/van-ban/{document.uuid}/doc-lai/", headers={"hx-request": "true"}).content.decode()
    assert "Tệp bị cắt" not in line


def test_filters_narrow_the_list(cast: Cast, client: Client):
    build.document(cast.specialist, title="Báo cáo tháng 8")
    build.document(cast.specialist, title="Báo cáo quý III")
    shown = client.get("/van-ban/?tim=tháng 8").content.decode()
    assert "Báo cáo tháng 8" in shown
    assert "Báo cáo quý III" not in shown
    assert "Không có văn bản nào khớp." in client.get("/van-ban/?trang-thai=failed").content.decode()
    assert client.get("/van-ban/?trang-thai=la&trang=xyz").status_code == 200


def test_the_original_comes_as_a_download_that_runs_nowhere(cast: Cast, client: Client):
    document = build.received(cast.specialist, "<script>alert(1)</script>", "trang.html")
    answer = client.get(f"/van-ban/{document.uuid}/tep-goc/")
    assert b"".join(answer) == b"<script>alert(1)</script>"  # type: ignore[arg-type]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("page", ["", "tep-goc/", "trang-thai/"])
def test_another_office_does_not_learn_that_a_document_exists(cast: Cast, page: str):
    document = build.document(cast.specialist)
    assert cast.client(cast.specialist_elsewhere).get(f"/van-ban/{document.uuid}/{page}").status_code == 404


def test_a_name_is_shown_as_text(cast: Cast, client: Client):
    build.received(cast.specialist, name="<img src=x onerror=alert(1)>.txt")
    shown = client.get("/van-ban/").content.decode()
    assert "<img" not in shown
    assert "&lt;img" in shown
