# SPDX-License-Identifier: Apache-2.0
"""The whole loop: what lies in the folder is received once, what is due is told once, a second run changes nothing."""

from __future__ import annotations

import fcntl
import os
import time
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.desk import follow as loop
from bamsat.rooms.desk import watched
from bamsat.rooms.desk.follow import AlreadyRunning, Round, follow, last_run
from bamsat.rooms.documents.models import Document
from bamsat.rooms.tasks import actions_assign
from bamsat.rooms.tasks.models import Reminder, Task
from tests import build
from tests.cast import Cast
from tests.rooms.tasks import told

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(datetime(2026, 9, 29, 7, 30))
REPORT = "BÁO CÁO\nGiá trị sản xuất công nghiệp tỉnh Cao Bằng năm 2021 đạt 5.300 tỷ đồng.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(watched, "QUIET", 0.0)
    (tmp_path / "vao" / "cao-bang").mkdir(parents=True)
    return tmp_path / "vao"


def put(path: Path, text: str = REPORT) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def run(cast: Cast, folder: Path | None, dry: bool = False) -> dict[str, Any]:
    return {one.step: one for one in follow(Round(NOW, cast.specialist, folder, dry=dry))}


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def a_day_of_work(cast: Cast, folder: Path) -> None:
    build.forms()
    assert cast.commune.pk
    put(folder / "bc-nam.txt")
    put(folder / "cao-bang" / "bc-khac.txt", REPORT.replace("5.300", "5.400"))
    task = told.task(cast)
    actions_assign.assign(cast.director, task, None, (), cast.specialist, today=told.TODAY)
    standing = told.task(cast, what="Báo cáo tháng", time="standing", due=None, begins=date(2026, 1, 1))
    Task.objects.filter(pk=standing.pk).update(rule={"frequency": "month", "deadline": {"day": 30}})


def test_a_second_run_changes_no_table(cast: Cast, folder: Path):
    a_day_of_work(cast, folder)
    first = run(cast, folder)
    assert not [one.faults for one in first.values() if one.faults]
    assert first["receive"].counts["received"] == 2
    assert first["read"].counts["read"] == 2
    assert first["tasks"].counts["on_page"] >= 1
    assert {path.name for path in (folder / "done").iterdir()} == {"bc-nam.txt"}
    assert {path.name for path in (folder / "cao-bang" / "done").iterdir()} == {"bc-khac.txt"}
    before = rows()
    second = run(cast, folder)
    assert rows() == before
    assert not any(one.changed for one in second.values())
    assert AuditRecord.objects.filter(action="desk.follow.ran").count() == 1
    assert Reminder.objects.count() == before["tasks.Reminder"]
    assert last_run() is not None


def test_a_trial_says_what_it_would_do_and_does_nothing(cast: Cast, folder: Path):
    a_day_of_work(cast, folder)
    assert cast.specialist.pk
    before = rows()
    found = run(cast, folder, dry=True)
    assert found["receive"].counts["ready"] == 2
    assert found["tasks"].counts["on_page"] >= 1
    assert rows() == before
    assert (folder / "bc-nam.txt").exists()
    assert last_run() is None


def test_the_same_bytes_are_one_document(cast: Cast, folder: Path):
    put(folder / "a.txt")
    run(cast, folder)
    put(folder / "a.txt")
    assert run(cast, folder)["receive"].counts["again"] == 1
    assert Document.objects.count() == 1
    assert {path.name for path in (folder / "done").iterdir()} == {"a.txt", "a (2).txt"}


def test_what_is_refused_says_why_beside_it(cast: Cast, folder: Path, tmp_path: Path):
    (folder / "khong-co").mkdir()
    (folder / "lang-son").mkdir()
    put(folder / "khong-co" / "x.txt")
    put(folder / "lang-son" / "y.txt")
    put(folder / "rong.txt", "")
    outside = put(tmp_path / "mat.txt", "không được đọc")
    (folder / "lien-ket.txt").symlink_to(outside)
    assert run(cast, folder)["receive"].counts == {"received": 0, "again": 0, "refused": 4, "later": 0}
    for path, why in (
        (folder / "khong-co" / "refused" / "x.txt", "khong-co"),
        (folder / "lang-son" / "refused" / "y.txt", "vai trò"),
        (folder / "refused" / "rong.txt", "rỗng"),
        (folder / "refused" / "lien-ket.txt", "liên kết"),
    ):
        assert why in path.with_name(path.name + watched.NOTE).read_text(encoding="utf-8")
    assert outside.read_text(encoding="utf-8") == "không được đọc"
    assert not Document.objects.exists()


def test_hidden_and_half_written_files_are_left_alone(cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch):
    for name in (".an.txt", "~$bc.docx", "bc.docx.part", "bc.tmp", "Thumbs.db"):
        put(folder / name)
    assert run(cast, folder)["receive"].counts["received"] == 0
    monkeypatch.setattr(watched, "QUIET", 60.0)
    put(folder / "moi.txt")
    assert run(cast, folder)["receive"].counts["later"] == 1
    assert watched.look(folder, time.time() + 61)[0][0].path.name == "moi.txt"


def test_a_fault_in_one_step_stops_no_other(cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch):
    put(folder / "a.txt")

    def broken(_today: date) -> list[Task]:
        raise RuntimeError

    monkeypatch.setattr(loop, "start_due", broken)
    found = run(cast, folder)
    assert found["start"].faults
    assert found["read"].counts["read"] == 1
    assert "tasks" in found


def test_a_second_run_at_once_is_turned_away(cast: Cast, settings: Any):
    settings.BAMSAT_DATA.mkdir(parents=True, exist_ok=True)
    with open(settings.BAMSAT_DATA / "follow.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(AlreadyRunning):
            run(cast, None)
        with pytest.raises(SystemExit) as ended:
            call_command("follow", stdout=StringIO(), stderr=StringIO())
    assert ended.value.code == 3


def test_the_command_tells_each_step_in_one_line(cast: Cast, folder: Path):
    put(folder / "a.txt")
    assert cast.specialist.pk
    out = StringIO()
    call_command("follow", folder=folder, user="chuyen-vien", stdout=out)
    assert [line.split(":")[0] for line in out.getvalue().splitlines()] == [
        "Nhận", "Đọc", "Kiểm tra", "Đề xuất", "Bắt đầu", "Nhắc gửi biểu", "Nhắc nhiệm vụ", "Gửi thư",
    ]  # fmt: skip
    out = StringIO()
    call_command("follow", "--lang", "en", stdout=out)
    assert out.getvalue().startswith("Receive: no folder is watched.")


def test_a_folder_without_an_account_is_no_use(cast: Cast, folder: Path):
    with pytest.raises(CommandError, match="BAMSAT_WATCH_USER"):
        call_command("follow", folder=folder, user="khong-co")
    assert os.listdir(folder) == ["cao-bang"]
