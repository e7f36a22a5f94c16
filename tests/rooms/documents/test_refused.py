# SPDX-License-Identifier: Apache-2.0
"""Papers marked secret: refused as soon as they are read, and nothing of them is kept."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import translation

from bamsat.core.terms.directive import Letterhead
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents import reading
from bamsat.rooms.documents.actions import read_again, read_document, receive
from bamsat.rooms.documents.models import Document, ReadFigure, Record, State
from bamsat.rooms.documents.refusing import SecretRefused
from tests import build
from tests.cast import Cast
from tests.core.read.loaders import specimens

pytestmark = pytest.mark.django_db

OPEN = [
    "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 15/KH-UBND",
    "Cao Bằng, ngày 05 tháng 3 năm 2026",
    "KẾ HOẠCH",
    "Bảo vệ kho dự trữ xăng dầu",
    "Kho dự trữ 5.300 tấn xăng dầu đặt tại xóm Nà Lủng.",
]
MARKED = [OPEN[0], "MẬT", *OPEN[1:]]
TELLING = ("Nà Lủng", "Bảo vệ kho", "15/KH-UBND", "ke-hoach-kho-xang")


def as_txt(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def as_docx(lines: list[str]) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def as_pdf(lines: list[str]) -> bytes:
    return specimens.pdf([[(60, 780 - 20 * at, line) for at, line in enumerate(lines)]])


FORMS: dict[str, Callable[[list[str]], bytes]] = {"txt": as_txt, "docx": as_docx, "pdf": as_pdf}


def everything_kept(folder: Path) -> str:
    """All that the database and the disk hold, as one text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("documents_", "accounts_audit", "django_tasks")):
                cursor.execute(f'SELECT * FROM "{table}"')
                told += [str(row) for row in cursor.fetchall()]
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return "\n".join(told) + repr(files)


def marked(user: object, name: str = "ke-hoach-kho-xang.txt", text: str = "") -> Document:
    """A document whose reading found a mark, stored as the worker stores it."""
    found = build.received(user, text or "\n".join(MARKED), name)  # type: ignore[arg-type]
    source = build.Source("x", "txt", "\n".join(MARKED), (), attributes={"title": "Bảo vệ kho dự trữ xăng dầu"})
    head = Letterhead(type="Kế hoạch", symbol="15/KH-UBND", issuer="UBND tỉnh Cao Bằng", secrecy="mat")
    reading.store(found, build.Reading(source, (build.stated("5300"),), (), "Cao Bằng", "2026", head))
    found.refresh_from_db()
    return found


def test_nothing_of_it_is_kept_but_its_digest(cast: Cast, settings: LazySettings) -> None:
    document = marked(cast.specialist)
    assert (document.state, document.name, document.text) == (State.REFUSED, "Văn bản không nhận.txt", "")
    assert "không được lưu trên máy có nối mạng" in document.error_vi
    assert "networked machine" in document.error_en
    assert not document.path.exists()
    assert not ReadFigure.objects.exists()
    assert not Record.objects.exists()
    kept = everything_kept(Path(settings.BAMSAT_DATA))
    assert [words for words in TELLING if words in kept] == []
    assert AuditRecord.objects.get(action="documents.document.refused").details == {}


def test_the_same_bytes_are_refused_at_once_whoever_sends_them(cast: Cast, settings: LazySettings) -> None:
    document = marked(cast.specialist)
    for user in (cast.specialist, cast.specialist_elsewhere):
        with pytest.raises(SecretRefused):
            receive(user, "ten-khac.txt", "\n".join(MARKED).encode())
    assert Document.objects.get() == document
    assert [path for path in (Path(settings.BAMSAT_DATA) / "files").rglob("*") if path.is_file()] == []
    assert AuditRecord.objects.filter(action="documents.document.refused", details__again=True).count() == 2


def test_another_office_that_sent_the_same_bytes_before_loses_them_too(cast: Cast, settings: LazySettings) -> None:
    other = build.received(cast.specialist_elsewhere, "\n".join(MARKED), "ke-hoach-kho-xang.txt")
    marked(cast.specialist)
    assert read_document(other).state == State.REFUSED
    assert everything_kept(Path(settings.BAMSAT_DATA)).count("ke-hoach-kho-xang") == 0


def test_one_that_an_earlier_version_read_loses_what_was_read(cast: Cast, settings: LazySettings) -> None:
    text = "\n".join(MARKED)
    other = build.received(cast.specialist_elsewhere, text, "ke-hoach-kho-xang.txt")
    source = build.Source("x", "txt", text, (), attributes={})
    head = Letterhead(type="Kế hoạch", symbol="15/KH-UBND", issuer="UBND tỉnh Cao Bằng", subject="Bảo vệ kho")
    reading.store(other, build.Reading(source, (build.stated("5300"),), (), "Lạng Sơn", "2026", head))
    assert Record.objects.exists()
    marked(cast.specialist)
    assert [words for words in TELLING if words in everything_kept(Path(settings.BAMSAT_DATA))] == []
    assert not Record.objects.exists()


def test_it_is_not_read_again(cast: Cast) -> None:
    document = marked(cast.specialist)
    with pytest.raises(BamsatError):
        read_again(cast.specialist, document)
    assert read_document(document).state == State.REFUSED


def test_the_pages_say_why_in_both_languages_and_offer_no_file(cast: Cast) -> None:
    document = marked(cast.specialist)
    client = cast.client(cast.specialist)
    page = client.get(f"/van-ban/{document.uuid}/").content.decode()
    assert "Mật, Tối mật, Tuyệt mật" in page
    assert "văn thư bảo mật" in page
    assert "Mở tệp gốc" not in page
    with translation.override("en"):
        assert "confidential clerk" in document.error
    assert "Không nhận" in client.get("/van-ban/").content.decode()
    assert client.get(f"/van-ban/{document.uuid}/tep-goc/").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_real_file_with_the_mark_is_refused(cast: Cast, settings: LazySettings, form: str) -> None:
    document = receive(cast.specialist, f"ke-hoach-kho-xang.{form}", FORMS[form](MARKED))
    document.refresh_from_db()
    assert (document.state, document.name) == (State.REFUSED, f"Văn bản không nhận.{form}")
    assert [words for words in TELLING if words in everything_kept(Path(settings.BAMSAT_DATA))] == []


@pytest.mark.parametrize("form", FORMS)
def test_words_about_secrets_are_no_mark(cast: Cast, form: str) -> None:
    said = "Các đơn vị bảo mật thông tin, giữ bí mật nhà nước, không gửi văn bản mật qua thư điện tử; nuôi ong lấy mật."
    document = receive(cast.specialist, f"ke-hoach.{form}", FORMS[form]([*OPEN, said]))
    document.refresh_from_db()
    assert document.state == State.READ
    assert document.path.exists()


def test_the_upload_page_tells_and_keeps_nothing(cast: Cast, settings: LazySettings) -> None:
    client = cast.client(cast.specialist)
    file = SimpleUploadedFile("ke-hoach-kho-xang.txt", as_txt(MARKED))
    first = client.post("/van-ban/gui/", {"tep": file}, follow=True).content.decode()
    assert "đóng dấu chỉ độ mật" in first
    file.seek(0)
    again = client.post("/van-ban/gui/", {"tep": file}, headers={"accept": "application/json"})
    assert (again.status_code, "đã bị từ chối" in json.loads(again.content)["message"]) == (422, True)
    assert [words for words in TELLING if words in everything_kept(Path(settings.BAMSAT_DATA))] == []
