# SPDX-License-Identifier: Apache-2.0
"""The page that holds a file against the ledger: remarks beside the words, nothing kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.actions import accept
from bamsat.rooms.places.models import Role
from tests import build
from tests.build import stated
from tests.cast import Cast
from tests.rooms.reports.test_lint import word

pytestmark = pytest.mark.django_db
PAGE = "/bao-cao/soat/"


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def sent(client: Client, content: bytes, name: str = "bao-cao.docx", **more: str):
    return client.post(PAGE, {"tep": SimpleUploadedFile(name, content), **more})


def test_a_file_comes_back_with_each_remark_beside_its_words_and_is_not_kept(cast: Cast) -> None:
    entry = accept(cast.head, build.figure(cast.specialist, stated(5300 * 10**9)))
    before = Document.objects.count()
    text = "Năm 2021, giá trị sản xuất công nghiệp đạt 5.300 triệu đồng; kim ngạch xuất khẩu đạt 242 triệu USD."
    page = sent(cast.client(cast.specialist), word(text)).content.decode()
    assert "<mark>5.300 triệu đồng</mark>" in page
    assert "<mark>242 triệu USD</mark>" in page
    assert f"/{entry.uuid}/" in page
    assert "0/2 số" in page
    assert Document.objects.count() == before


def test_a_file_in_which_all_is_traced_says_so(cast: Cast) -> None:
    accept(cast.head, build.figure(cast.specialist, stated(5300 * 10**9)))
    page = sent(cast.client(cast.specialist), word("Năm 2021, giá trị sản xuất công nghiệp đạt 5.300 tỷ đồng."))
    assert "1/1 số" in page.content.decode()
    assert "Không có điều gì phải sửa" in page.content.decode()


def test_words_of_the_file_are_shown_as_words(cast: Cast) -> None:
    text = "Năm 2021, <script>alert(1)</script> kim ngạch xuất khẩu đạt 242 triệu USD."
    page = sent(cast.client(cast.specialist), word(text)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("name", "content"), [("x.docx", b"PK\x03\x04 hong"), ("x.docx", b"a"), ("x.pdf", b"%PDF-1.7")]
)
def test_a_file_that_cannot_be_read_is_refused_in_words(cast: Cast, name: str, content: bytes) -> None:
    answer = sent(cast.client(cast.specialist), content, name)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_file_over_the_limit_is_refused_before_it_is_read(cast: Cast, settings) -> None:
    settings.BAMSAT_UPLOAD_LIMIT = 1_048_576
    answer = sent(cast.client(cast.specialist), b"x" * 1_048_577)
    assert answer.status_code in (413, 422)


def test_no_file_is_asked_for_again(cast: Cast) -> None:
    assert cast.client(cast.specialist).post(PAGE).status_code == 422


def test_who_writes_for_two_places_chooses_one(cast: Cast) -> None:
    build.role(cast.specialist, "lang-son", Role.SPECIALIST)
    client = cast.client(cast.specialist)
    assert "như tệp ghi" in client.get(PAGE).content.decode()
    page = sent(client, word("Năm 2021, kim ngạch xuất khẩu đạt 242 triệu USD."), noi="lang-son")
    assert "có trong sổ của Lạng Sơn" in page.content.decode()


def test_remarks_are_said_in_english_too(cast: Cast, settings) -> None:
    client = cast.client(cast.specialist)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = sent(client, word("Năm 2021, kim ngạch xuất khẩu đạt 242 triệu USD."))
    assert "is not in the ledger" in answer.content.decode()
