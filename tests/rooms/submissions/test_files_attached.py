# SPDX-License-Identifier: Apache-2.0
"""Files that go with a return, and who may do what with its files."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bamsat.core.terms.errors import FileUnreadable
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.submissions.files.actions import attach, remove_attachment, take_file
from bamsat.rooms.submissions.files.bundles import workbook_of
from bamsat.rooms.submissions.filling.actions import Refused, open_return
from bamsat.rooms.submissions.models import Return, ReturnState
from tests import build
from tests.cast import Cast
from tests.rooms.submissions.spoiled import Book

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def sent(cast: Cast) -> Return:
    version = build.form()
    return open_return(cast.commune_official, version.form, cast.commune, Period.month(2026, 10))


@pytest.mark.django_db
def test_a_signed_pdf_is_kept_and_comes_back_as_a_download(sent: Return, cast: Cast) -> None:
    client = cast.client(cast.commune_official)
    file = SimpleUploadedFile("Biểu đã ký.pdf", PDF)
    client.post(reverse("submissions:attach", args=[sent.uuid]), {"tep": file, "da-ky": "co"})
    found = sent.attachments.get()
    assert (found.name, found.signed, found.size) == ("Biểu đã ký.pdf", True, len(PDF))
    response = client.get(reverse("submissions:attachment", args=[sent.uuid, found.uuid]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/octet-stream")
    assert AuditRecord.objects.filter(action="submissions.attachment.added").count() == 1


@pytest.mark.django_db
def test_the_same_bytes_are_attached_once(sent: Return, cast: Cast) -> None:
    assert attach(cast.commune_official, sent, "a.pdf", PDF) == attach(cast.commune_official, sent, "b.pdf", PDF)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [b"<html><script>1</script></html>", b"MZ\x90", b"PK\x03\x04 zip", b"<svg/> %PDF-1.7", b"van ban"]
)
def test_anything_but_pdf_or_pictures_is_refused_by_its_bytes(data: bytes, sent: Return, cast: Cast) -> None:
    with pytest.raises(FileUnreadable, match="không phải PDF hay ảnh"):
        attach(cast.commune_official, sent, "ban-ky.pdf", data)
    assert not sent.attachments.exists()


@pytest.mark.django_db
def test_a_removed_file_is_gone_from_the_page_and_stays_in_the_trail(sent: Return, cast: Cast) -> None:
    found = attach(cast.commune_official, sent, "a.pdf", PDF)
    remove_attachment(cast.commune_official, found)
    client = cast.client(cast.commune_official)
    assert client.get(reverse("submissions:attachment", args=[sent.uuid, found.uuid])).status_code == 404
    assert AuditRecord.objects.filter(action="submissions.attachment.removed").count() == 1


@pytest.mark.django_db
def test_after_sending_a_file_is_removed_with_a_reason_only(sent: Return, cast: Cast) -> None:
    found = attach(cast.commune_official, sent, "a.pdf", PDF)
    Return.objects.filter(pk=sent.pk).update(state=ReturnState.SENT)
    sent.refresh_from_db()
    found.sent_return = sent
    with pytest.raises(Refused, match="lý do"):
        remove_attachment(cast.commune_official, found)
    remove_attachment(cast.commune_official, found, "nhầm tệp")


@pytest.mark.django_db
def test_nobody_else_sees_or_changes_the_files_of_a_return(sent: Return, cast: Cast) -> None:
    found = attach(cast.commune_official, sent, "a.pdf", PDF)
    elsewhere = cast.specialist_elsewhere
    client = cast.client(elsewhere)
    for name in ("files", "workbook", "xml"):
        assert client.get(reverse(f"submissions:{name}", args=[sent.uuid])).status_code == 404
    assert client.get(reverse("submissions:attachment", args=[sent.uuid, found.uuid])).status_code == 404
    for name in ("workbook_in", "xml_in", "attach"):
        answer = client.post(reverse(f"submissions:{name}", args=[sent.uuid]), {"tep": SimpleUploadedFile("a", PDF)})
        assert answer.status_code == 404
    for refused in (lambda: attach(elsewhere, sent, "b.pdf", PDF), lambda: remove_attachment(elsewhere, found),
                    lambda: take_file(elsewhere, sent, "a.xlsx", b"x")):  # fmt: skip
        with pytest.raises(NotAllowed):
            refused()
    assert cast.client(cast.reader).get(reverse("submissions:files", args=[sent.uuid])).status_code == 403


@pytest.mark.django_db
def test_a_sent_return_takes_no_file(sent: Return, cast: Cast) -> None:
    data = workbook_of(sent)
    Return.objects.filter(pk=sent.pk).update(state=ReturnState.SENT)
    with pytest.raises(Refused, match="Đã gửi"):
        take_file(cast.commune_official, sent, "a.xlsx", data)


@pytest.mark.django_db
def test_the_page_tells_what_was_taken_and_what_was_not_by_cell(sent: Return, cast: Cast) -> None:
    book = Book(workbook_of(sent), ["food.now", "cars.now"])
    book.sheet[book.place("cars.now")] = "1,234.5"
    client = cast.client(cast.commune_official)
    page = client.get(reverse("submissions:files", args=[sent.uuid]))
    assert "Nạp vào phiếu" in page.content.decode()
    file = SimpleUploadedFile("thang-10.xlsx", book.saved())
    answer = client.post(reverse("submissions:workbook_in", args=[sent.uuid]), {"tep": file})
    shown = answer.content.decode()
    assert "Đã nhập 2 ô từ tệp." in shown
    assert book.at("cars.now") in shown
    assert "1.234,5" in shown
    download = client.get(reverse("submissions:workbook", args=[sent.uuid]))
    assert download["Content-Disposition"] == 'attachment; filename="ban-le-thang_xa-nha_2026-10.xlsx"'
    assert client.get(reverse("submissions:attachment", args=[sent.uuid, UUID(int=1)])).status_code == 404


@pytest.mark.django_db
def test_an_unreadable_file_is_told_on_the_page(sent: Return, cast: Cast) -> None:
    client = cast.client(cast.commune_official)
    file = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken")
    answer = client.post(reverse("submissions:workbook_in", args=[sent.uuid]), {"tep": file})
    assert answer.status_code == 422
    assert "bị hỏng" in answer.content.decode()
