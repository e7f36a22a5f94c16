# SPDX-License-Identifier: Apache-2.0
"""The pages and the command of bulk imports."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from bamsat.rooms.figures import intake_actions
from bamsat.rooms.figures.models import Entry, Intake, IntakeState
from tests import build
from tests.cast import Cast
from tests.rooms.figures.test_intake import FOUR, HEAD, checked, written


@pytest.fixture
def cast(cast: Cast) -> Cast:
    build.catalogue()
    return cast


def sent(client: Client, text: str, **more: str) -> Intake:
    file = SimpleUploadedFile("so-lieu.csv", text.encode())
    answer = client.post("/so-lieu/nap/gui/", {"file": file, "provider": "department", "kind": "actual"} | more)
    assert answer.status_code == 302, answer.content.decode()
    return Intake.objects.get()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_sent_seen_confirmed_and_listed(cast: Cast) -> None:
    client = cast.client(cast.head)
    intake = sent(client, FOUR + "không có;Cao Bằng;2021;%;1\n")
    page = client.get(f"/so-lieu/nap/{intake.uuid}/").content.decode()
    assert "4 số mới sẽ vào sổ" in page
    assert "dòng 6" in page
    assert client.post(f"/so-lieu/nap/{intake.uuid}/ghi/").status_code == 422
    client.post(f"/so-lieu/nap/{intake.uuid}/ghi/", {"bo-dong-loi": "co"})
    assert Entry.objects.count() == 4
    assert "Đã ghi 4 số vào sổ" in client.get(f"/so-lieu/nap/{intake.uuid}/").content.decode()
    assert "so-lieu.csv" in client.get("/so-lieu/nap/").content.decode()


def test_findings_come_as_a_file_that_runs_no_formula(cast: Cast) -> None:
    intake = checked(cast.head, HEAD + "=HYPERLINK();Cao Bằng;2021;%;1\nexports;Cao Bằng;2021;triệu USD;x y\n")
    answer = cast.client(cast.head).get(f"/so-lieu/nap/{intake.uuid}/xem-thu.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.count("\n") == 3
    assert "dòng 2,lỗi,Chưa có chỉ tiêu," in text


def test_somebody_elses_import_is_not_there(cast: Cast) -> None:
    intake = checked(cast.specialist, FOUR)
    client = cast.client(cast.specialist_elsewhere)
    assert client.get(f"/so-lieu/nap/{intake.uuid}/").status_code == 404
    assert client.post(f"/so-lieu/nap/{intake.uuid}/ghi/").status_code == 403
    assert client.post(f"/so-lieu/nap/{intake.uuid}/trinh/").status_code == 404
    assert cast.client(cast.director).get(f"/so-lieu/nap/{intake.uuid}/").status_code == 200
    assert cast.client(cast.director).post(f"/so-lieu/nap/{intake.uuid}/ghi/").status_code == 403
    assert cast.client(cast.clerk).get("/so-lieu/nap/").status_code == 403


def test_an_import_that_was_not_written_can_be_dropped(cast: Cast) -> None:
    client = cast.client(cast.head)
    intake = checked(cast.head, FOUR)
    client.post(f"/so-lieu/nap/{intake.uuid}/bo/")
    intake.refresh_from_db()
    assert intake.state == IntakeState.DROPPED
    done = written(cast.head, FOUR)
    with pytest.raises(intake_actions.IntakeRefused):
        intake_actions.drop(cast.head, done)


def test_progress_is_a_fragment_until_there_is_something_to_see(cast: Cast) -> None:
    client = cast.client(cast.head)
    intake = checked(cast.head, FOUR)
    assert client.get(f"/so-lieu/nap/{intake.uuid}/tien-do/")["HX-Refresh"] == "true"
    Intake.objects.update(state=IntakeState.WRITING, read=2)
    assert "2/4" in client.get(f"/so-lieu/nap/{intake.uuid}/tien-do/").content.decode()


def test_the_sheet_to_fill_is_read_back(cast: Cast) -> None:
    answer = cast.client(cast.head).get("/so-lieu/nap/mau/")
    assert ".xlsx" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    assert sheet is not None
    row = next(r for r in range(1, 200) if sheet.cell(r, 2).value == "Kim ngạch xuất khẩu")
    sheet.cell(row, 4, 12.5)
    out = io.BytesIO()
    book.save(out)
    intake = written(cast.head, out.getvalue(), "mau.xlsx")
    assert (intake.written, intake.left) == (1, 0)
    assert Entry.objects.get().series.place == cast.home


def test_the_command_imports_after_a_dry_run(cast: Cast, tmp_path: Path) -> None:
    assert cast.administrator
    file = tmp_path / "so-lieu.csv"
    file.write_text(FOUR, encoding="utf-8")
    out = io.StringIO()
    call_command("import_figures", str(file), dry_run=True, stdout=out)
    assert not Entry.objects.exists()
    call_command("import_figures", str(file), yes=True, stdout=out)
    assert Entry.objects.count() == 4
    assert "mới 4" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("import_figures", str(tmp_path / "khong-co.csv"), yes=True, stdout=out)
