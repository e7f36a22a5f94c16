# SPDX-License-Identifier: Apache-2.0
"""Many files of returns at once: each return filled once, each trouble told at its file, nothing done twice."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.submissions.files import actions_many as many
from bamsat.rooms.submissions.files.bundles import blank, workbook_of
from bamsat.rooms.submissions.filling.actions import Change, Refused, open_return, save_cells, typed_keys
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Batch, BatchState, FormVersion, Origin, Return, ReturnState
from tests import build
from tests.cast import Cast
from tests.rooms.submissions.spoiled import Book

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    assert cast.commune.pk
    assert cast.other_commune.pk
    return build.form()


def filled(version: FormVersion, place: object, keys: list[str] | None = None) -> bytes:
    wanted = list(typed_keys(definition_of(version), ())) if keys is None else keys
    return Book(workbook_of(blank(version, place, OCTOBER)), wanted).saved()  # type: ignore[arg-type]


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("__MACOSX/._rac", b"x")
        archive.writestr("thu-muc/~$khoa.xlsx", b"x")
        for name, data in files.items():
            archive.writestr(f"thu-muc/{name}.xlsx", data)
    return out.getvalue()


def errors(batch: Batch) -> dict[str, str]:
    return {each.name: each.report["error"]["vi"] for each in batch.files.all() if "error" in each.report}


@pytest.mark.django_db
def test_an_archive_of_forms_fills_the_returns_of_all_places(cast: Cast, version: FormVersion) -> None:
    data = zipped(a=filled(version, cast.commune), b=filled(version, cast.other_commune, ["food.now"]))
    batch = many.run(many.receive(cast.specialist, [("thang-10.zip", data)], now=True))
    assert (batch.state, batch.total) == (BatchState.READ, 2)
    assert errors(batch) == {}
    one = Return.objects.get(place=cast.commune)
    assert (one.state, one.filled, one.asked, one.changed_by) == (ReturnState.DRAFT, 22, 22, cast.specialist)
    assert one.cells["food.now"]["o"] == Origin.EXCEL
    assert one.cells["food.now"]["src"].startswith("a.xlsx, ")
    assert [step.after for step in one.steps.all()] == [ReturnState.DRAFT]
    assert Return.objects.get(place=cast.other_commune).filled == 1
    record = AuditRecord.objects.get(action="submissions.batch.filled")
    assert (record.details["files"], record.details["cells"]) == (2, 23)
    assert audit.verify() is None


@pytest.mark.django_db
def test_running_a_batch_again_changes_nothing(cast: Cast, version: FormVersion) -> None:
    batch = many.run(many.receive(cast.specialist, [("a.xlsx", filled(version, cast.commune))], now=True))
    before = list(Return.objects.values()), AuditRecord.objects.count()
    many.run(batch)
    assert (list(Return.objects.values()), AuditRecord.objects.count()) == before


@pytest.mark.django_db
def test_a_return_that_is_there_is_filled_by_the_rules_of_a_saving(cast: Cast, version: FormVersion) -> None:
    sent = open_return(cast.commune_official, version.form, cast.commune, OCTOBER)
    save_cells(cast.commune_official, sent, [Change("food.now", "7"), Change("cars.now", "8", why="đúng")])
    data = filled(version, cast.commune, ["food.now"])
    many.run(many.receive(cast.specialist, [("a.xlsx", data)], now=True))
    now = Return.objects.get(pk=sent.pk)
    assert (now.texts["food.now"], now.texts["cars.now"]) == ("10,5", "8")
    assert (now.cells["food.now"]["n"], now.cells["food.now"]["by"]) == (2, cast.specialist.pk)
    assert now.cells["cars.now"]["why"] == "đúng"
    assert (now.revision, now.filled) == (2, 2)


@pytest.mark.django_db
def test_one_bad_file_costs_only_itself(cast: Cast, version: FormVersion) -> None:
    uploads = [("hong.xlsx", b"PK\x03\x04"), ("a.xlsx", filled(version, cast.commune)), ("chu.txt", b"khong phai bieu")]
    batch = many.run(many.receive(cast.specialist, uploads, now=True))
    assert set(errors(batch)) == {"hong.xlsx", "chu.txt"}
    assert Return.objects.get(place=cast.commune).filled == 22


@pytest.mark.django_db
def test_two_files_of_one_return_are_told_apart(cast: Cast, version: FormVersion) -> None:
    data = filled(version, cast.commune)
    batch = many.run(many.receive(cast.specialist, [("a.xlsx", data), ("b.xlsx", data)], now=True))
    assert list(errors(batch)) == ["b.xlsx"]
    assert "Cùng phiếu với tệp “a.xlsx”" in errors(batch)["b.xlsx"]


@pytest.mark.django_db
def test_a_sent_return_and_a_place_of_others_are_refused(cast: Cast, version: FormVersion) -> None:
    mine, other = filled(version, cast.commune), filled(version, cast.other_commune)
    sent = open_return(cast.commune_official, version.form, cast.commune, OCTOBER)
    Return.objects.filter(pk=sent.pk).update(state=ReturnState.SENT)
    batch = many.run(many.receive(cast.commune_official, [("a.xlsx", mine), ("b.xlsx", other)], now=True))
    assert "Đã gửi" in errors(batch)["a.xlsx"]
    assert "không nhập biểu" in errors(batch)["b.xlsx"]
    assert not Return.objects.filter(place=cast.other_commune).exists()


@pytest.mark.django_db
def test_who_fills_nothing_sends_no_files(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        many.receive(cast.reader, [("a.xlsx", b"x")])
    with pytest.raises(Refused, match="Chưa chọn tệp"):
        many.receive(cast.specialist, [])


@pytest.mark.django_db
def test_those_without_trouble_are_sent_at_once_if_so_wished(cast: Cast, version: FormVersion) -> None:
    wrong = Book(workbook_of(blank(version, cast.other_commune, OCTOBER)), ["food.now"])
    wrong.sheet[wrong.place("food.now")] = "1,234.5"
    uploads = [("a.xlsx", filled(version, cast.commune)), ("b.xlsx", wrong.saved())]
    batch = many.run(many.receive(cast.specialist, uploads, send=True, now=True))
    assert Return.objects.get(place=cast.commune).state == ReturnState.SENT
    assert Return.objects.get(place=cast.other_commune).state == ReturnState.DRAFT
    assert batch.state == BatchState.READ


@pytest.mark.django_db
def test_what_is_not_recognised_is_told_and_chosen_by_hand(
    cast: Cast, version: FormVersion, django_capture_on_commit_callbacks: object
) -> None:
    book = Book(workbook_of(blank(version, cast.commune, OCTOBER)), ["food.now"])
    book.unmerge()
    book.sheet.delete_rows(1, 8)
    del book.book["_bamsat"]
    batch = many.run(many.receive(cast.specialist, [("la.xlsx", book.saved())], now=True))
    file = batch.files.get()
    assert file.report["unknown"]
    client = cast.client(cast.specialist)
    page = client.get(reverse("submissions:batch", args=[batch.uuid])).content.decode()
    assert "Chưa nhận ra" in page
    told = {"bieu": version.form.code, "noi": cast.commune.name, "ky": "2026-10"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(reverse("submissions:batch_choose", args=[batch.uuid, file.pk]), told)
    assert Return.objects.get(place=cast.commune).texts == {"food.now": "10,5"}


@pytest.mark.django_db
def test_a_file_without_memory_is_recognised_by_its_titles(cast: Cast, version: FormVersion) -> None:
    book = Book(workbook_of(blank(version, cast.commune, OCTOBER)), ["food.now"])
    del book.book["_bamsat"]
    batch = many.run(many.receive(cast.specialist, [("a.xlsx", book.saved())], now=True))
    assert errors(batch) == {}
    assert Return.objects.get(place=cast.commune).period == "2026-10"


@pytest.mark.django_db
def test_the_pages_tell_how_far_a_batch_is(
    cast: Cast, version: FormVersion, django_capture_on_commit_callbacks: object
) -> None:
    client = cast.client(cast.specialist)
    assert client.get(reverse("submissions:batches")).status_code == 200
    file = SimpleUploadedFile("a.xlsx", filled(version, cast.commune))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = client.post(reverse("submissions:batches"), {"tep": [file]})
    page = client.get(answer["Location"]).content.decode()
    assert "Xã Nhà, tháng 10/2026: 22 ô" in page
    assert "Không tệp nào cần sửa." in page
    uuid = Batch.objects.get().uuid
    assert client.get(reverse("submissions:batch_progress", args=[uuid]))["HX-Refresh"] == "true"
    assert cast.client(cast.head).get(reverse("submissions:batch", args=[uuid])).status_code == 404
    assert client.get(reverse("submissions:batch", args=[uuid]) + "?loc=can-sua").status_code == 200


@pytest.mark.django_db
def test_blank_forms_of_all_places_come_packed(cast: Cast, version: FormVersion) -> None:
    client = cast.client(cast.specialist)
    address = reverse("submissions:form_workbooks", args=[version.form.code])
    answer = client.get(address + "?ky=2026-10")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert len(archive.namelist()) == 2
        assert archive.testzip() is None
    one = client.get(address + "?ky=2026-10&noi=xa-nha")
    assert one["Content-Disposition"] == 'attachment; filename="ban-le-thang_xa-nha_2026-10.xlsx"'
    assert client.get(address + "?ky=2026-Q3").status_code == 404
    assert client.get(address + "?ky=2026-10&noi=lang-son").status_code == 404
    assert not Return.objects.exists()
