# SPDX-License-Identifier: Apache-2.0
"""The watched folder takes whatever lies in it: nothing hangs it, nothing in it is lost, and no secret paper stays."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.desk import watched
from bamsat.rooms.documents.models import Document, State
from tests.cast import Cast
from tests.rooms.desk.test_follow import folder, put, run  # noqa: F401 - a fixture
from tests.rooms.documents.test_refused import MARKED, OPEN, TELLING, everything_kept

pytestmark = pytest.mark.django_db

REFUSED, DONE = watched.REFUSED, watched.DONE


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir() if each.is_file()) if path.is_dir() else []


def test_a_secret_paper_leaves_done_under_its_own_name(cast: Cast, folder: Path, settings: LazySettings):  # noqa: F811
    """Nothing of it is kept, so that the name in the database no longer leads to the file."""
    put(folder / "ke-hoach-kho-xang.txt", "\n".join(MARKED))
    put(folder / "cao-bang" / "ke-hoach-mo.txt", "\n".join(OPEN))
    run(cast, folder)
    assert names(folder / DONE) == []
    assert "ke-hoach-kho-xang.txt" in names(folder / REFUSED)
    assert names(folder / "cao-bang" / DONE) == ["ke-hoach-mo.txt"]
    kept = everything_kept(Path(settings.BAMSAT_DATA))
    assert [words for words in ("ke-hoach-kho-xang",) if words in kept] == []
    assert Document.objects.filter(state=State.REFUSED).count() == 1


def test_the_same_secret_paper_again_is_put_aside_at_once_and_told_without_its_words(
    cast: Cast,
    folder: Path,  # noqa: F811
    settings: LazySettings,
):
    for name in ("mot.txt", "hai.txt"):
        put(folder / name, "\n".join(MARKED))
        run(cast, folder)
    put(folder / "ba.txt", "\n".join(MARKED))
    put(folder / "bon.txt", "\n".join(MARKED))
    run(cast, folder)
    assert names(folder / DONE) == []
    notes = "".join((folder / REFUSED / name).read_text() for name in names(folder / REFUSED) if watched.NOTE in name)
    assert notes
    trail = str(list(AuditRecord.objects.values_list("details", "reason")))
    assert [words for words in TELLING if words in notes + trail] == []
    assert [words for words in TELLING if words in everything_kept(Path(settings.BAMSAT_DATA))] == []


def test_pipes_links_and_odd_names_hang_nothing_and_stop_nobody(cast: Cast, folder: Path, tmp_path: Path):  # noqa: F811
    outside = put(tmp_path / "ngoai.txt", "mật khẩu của máy")
    os.mkfifo(folder / "ong.txt")
    (folder / "lien-ket.txt").symlink_to(outside)
    (folder / "vong.txt").symlink_to(folder / "vong.txt")
    (folder / "lien-ket-thu-muc").symlink_to(tmp_path, target_is_directory=True)
    (folder / "thu muc").mkdir()
    put(folder / "dong\nmoi\x1b[2J.txt")
    Path(os.fsdecode(os.fsencode(folder) + b"/x\xff\xfe.txt")).write_text("BÁO CÁO khác", encoding="utf-8")
    put(folder / ("d" * 250 + ".txt"), "BÁO CÁO dài")
    put(folder / "tot.txt", "BÁO CÁO tốt")
    found = run(cast, folder)["receive"]
    assert found.counts["received"] == 4
    assert outside.exists()
    assert not Document.objects.filter(name__contains="\n").exists()
    assert not Document.objects.filter(text__contains="mật khẩu của máy").exists()
    assert not [name for name in names(folder) if name.endswith(".txt")]


def test_what_is_said_of_odd_names_can_be_written_and_stays_on_its_line(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
):  # fmt: skip
    """A folder without a right to write: the file stays, and its name is told as plain words."""
    put(folder / "dong\nmoi.txt")
    Path(os.fsdecode(os.fsencode(folder) + b"/x\xff.txt")).write_text("BÁO CÁO khác", encoding="utf-8")

    def refuses(*_said: Any, **_more: Any) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(watched, "_move", refuses)
    faults = run(cast, folder)["receive"].faults
    assert len(faults) == 2
    for fault in faults:
        assert "\n" not in fault
        fault.encode()
    assert len(names(folder)) == 2


def test_a_file_put_in_the_place_of_one_that_was_read_is_not_moved_unread(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
):  # fmt: skip
    put(folder / "bc.txt", "BÁO CÁO thứ nhất")
    real = watched.receive

    def meanwhile(*said: Any) -> Document:
        document = real(*said)
        put(folder / "moi", "BÁO CÁO thứ hai").replace(folder / "bc.txt")
        return document

    monkeypatch.setattr(watched, "receive", meanwhile)
    assert run(cast, folder)["receive"].counts["later"] == 1
    assert (folder / "bc.txt").read_text() == "BÁO CÁO thứ hai"
    monkeypatch.setattr(watched, "receive", real)
    run(cast, folder)
    assert Document.objects.count() == 2


def test_a_file_that_is_gone_when_it_is_looked_at_stops_nobody(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
):  # fmt: skip
    put(folder / "con.txt")
    real = watched._files
    gone = watched.Found(folder / "het.txt")
    monkeypatch.setattr(watched, "_files", lambda path: [gone, *real(path)])
    found = run(cast, folder)["receive"]
    assert (found.faults, found.counts["received"]) == ((), 1)


def test_an_office_of_another_and_a_way_out_of_the_folder_are_refused(cast: Cast, folder: Path):  # noqa: F811
    for name in ("lang-son", "..."):
        (folder / name).mkdir()
        put(folder / name / "x.txt", f"BÁO CÁO {name}")
    run(cast, folder)
    assert not Document.objects.exists()
    assert (folder / "lang-son" / REFUSED / "x.txt").exists()


def test_the_command_prints_names_that_no_terminal_can_show(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
):  # fmt: skip
    Path(os.fsdecode(os.fsencode(folder) + b"/x\xff.txt")).write_text("", encoding="utf-8")
    out = StringIO()
    call_command("follow", folder=folder, user=cast.specialist.username, address="", stdout=out, stderr=out)
    out.getvalue().encode()
