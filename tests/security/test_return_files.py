# SPDX-License-Identifier: Apache-2.0
"""Files beside returns: whose they are, what they are called, what they may be; hostile workbooks are in
test_hostile_returns.py."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bamsat.core.terms.period import Period
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.submissions.files import actions as actions_files
from bamsat.rooms.submissions.files import actions_many as actions_files_many
from bamsat.rooms.submissions.files.bundles import blank, workbook_of
from bamsat.rooms.submissions.filling.actions import open_return
from bamsat.rooms.submissions.models import Batch, Return
from tests import build
from tests.cast import Cast
from tests.rooms.submissions.spoiled import Book

pytestmark = pytest.mark.django_db
OCTOBER = Period.month(2026, 10)
PDF = b"%PDF-1.4 ban da ky"
REFUSED = {
    "a.html": b"<html><script>alert(1)</script>", "a.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "a.pdf": b"<script>%PDF-1.4</script>", "b.pdf": b"PK\x03\x04 %PDF-1.4", "a.exe": b"MZ\x90", "empty.pdf": b"",
}  # fmt: skip


@pytest.fixture
def sent(cast: Cast) -> Return:
    return open_return(cast.commune_official, build.form().form, cast.commune, OCTOBER)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_paper_is_not_attached_whatever_it_says_of_itself(cast: Cast, sent: Return, name: str):
    file = SimpleUploadedFile(name, REFUSED[name], content_type="application/pdf")
    client = cast.client(cast.commune_official)
    client.raise_request_exception = False
    assert client.post(f"/phieu/{sent.uuid}/tep/kem/", {"tep": file}).status_code in (302, 422)
    assert not sent.attachments.exists()


def test_an_attached_file_is_a_download_whose_name_leads_nowhere_and_breaks_no_header(cast: Cast, sent: Return):
    name = '../../etc/a\r\nSet-Cookie: x=1"<script>.pdf'
    kept = actions_files.attach(cast.commune_official, sent, name, PDF)
    assert "/" not in kept.name
    assert "\n" not in kept.name
    answer = cast.client(cast.specialist).get(f"/phieu/{sent.uuid}/tep/kem/{kept.uuid}/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    page = cast.client(cast.specialist).get(f"/phieu/{sent.uuid}/tep/").content.decode()
    assert "<script>.pdf" not in page


def test_nobody_else_finds_an_attached_file_not_even_by_a_return_of_their_own(cast: Cast, sent: Return):
    kept = actions_files.attach(cast.commune_official, sent, "a.pdf", PDF)
    beside = cast._at(cast.other_commune, Role.COMMUNE, "can-bo-xa-ben", "Cán bộ xã bên")
    own = open_return(beside, sent.form, cast.other_commune, OCTOBER)
    for user in (beside, cast.specialist_elsewhere, cast.facility_clerk, cast.reader, cast.api_client, cast.newcomer):
        client = cast.client(user)
        for of in (sent, own):
            for end in ("", "go/"):
                for send in (client.get, client.post):
                    answer = send(f"/phieu/{of.uuid}/tep/kem/{kept.uuid}/{end}")
                    assert answer.status_code in (403, 404, 405), (user, of, end)
    assert sent.attachments.filter(removed_at=None).count() == 1


def test_a_workbook_fills_no_place_that_its_sender_does_not_fill(cast: Cast, sent: Return):
    version = sent.version
    other = Book(workbook_of(blank(version, cast.other_commune, OCTOBER)), ["food.now"]).saved()
    client = cast.client(cast.commune_official)
    file = SimpleUploadedFile("bieu.xlsx", other)
    assert client.post(f"/phieu/{sent.uuid}/tep/nap/", {"tep": file}).status_code == 422
    batch = actions_files_many.run(actions_files_many.receive(cast.commune_official, [("b.xlsx", other)], now=True))
    assert batch.files.get().filled is None
    assert not Return.objects.filter(place=cast.other_commune).exists()
    sent.refresh_from_db()
    assert sent.cells == {}


def test_a_file_chosen_by_hand_goes_nowhere_else_either(cast: Cast, sent: Return):
    batch = actions_files_many.receive(cast.commune_official, [("a.csv", b"a;b\n1;2\n")], now=True)
    file = batch.files.get()
    client = cast.client(cast.commune_official)
    client.raise_request_exception = False
    for place, period in ((cast.other_commune.slug, "2026-10"), ("cao-bang", "2026-10"), ("", "9999-12"), ("%", "x")):
        told = {"bieu": sent.form.code, "noi": place, "ky": period}
        assert client.post(f"/bieu-mau/nap/{batch.uuid}/tep/{file.pk}/", told).status_code == 302
    assert Batch.objects.get(pk=batch.pk).files.get().report == {}
    for user in (cast.specialist, cast.specialist_elsewhere, cast.facility_clerk):
        assert cast.client(user).get(f"/bieu-mau/nap/{batch.uuid}/").status_code == 404
        assert cast.client(user).post(f"/bieu-mau/nap/{batch.uuid}/tep/{file.pk}/", told).status_code == 404


def test_an_archive_in_an_archive_is_not_opened(cast: Cast, sent: Return):
    good = Book(workbook_of(sent), ["food.now"]).saved()
    content = good
    for name in ("trong.xlsx", "giua.zip"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, content)
        content = out.getvalue()
    batch = actions_files_many.run(actions_files_many.receive(cast.commune_official, [("a.zip", content)], now=True))
    assert [file.filled for file in batch.files.all()] == [None]


def test_blank_forms_come_for_ones_own_places_only(cast: Cast, sent: Return):
    assert cast.other_commune.pk
    client = cast.client(cast.commune_official)
    at = f"/bieu-mau/nap/bieu-trong/{sent.form.code}/?ky=2026-10"
    assert client.get(f"{at}&noi={cast.other_commune.slug}").status_code == 404
    with zipfile.ZipFile(io.BytesIO(b"".join(client.get(at).streaming_content))) as archive:  # type: ignore[attr-defined]
        assert all("xa-ben" not in name for name in archive.namelist())
    assert cast.client(cast.specialist_elsewhere).get(f"{at}&noi={cast.commune.slug}").status_code == 404


def test_a_name_that_a_spreadsheet_would_run_is_text_in_what_goes_out(cast: Cast, sent: Return):
    evil = "=cmd|' /C calc'!A1"
    Place.objects.filter(pk=sent.place_id).update(name=evil)
    sent.form.name_vi = evil
    sent.form.save()
    sent = Return.objects.select_related("form", "place", "version").get(pk=sent.pk)
    with zipfile.ZipFile(io.BytesIO(workbook_of(sent))) as book:
        for name in book.namelist():
            assert "<f>cmd" not in book.read(name).decode(errors="replace"), name
    text = cast.client(cast.specialist).get("/tinh-hinh-gui/?tep=csv&theo=place").content.decode("utf-8-sig")
    assert not any(line.startswith(("=", '"=')) for line in text.splitlines())
