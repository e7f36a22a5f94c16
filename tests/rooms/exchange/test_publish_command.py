# SPDX-License-Identifier: Apache-2.0
"""bamsat publish on the terminal: a folder that is complete or as it was, errors that say what to do, and --verify."""

from __future__ import annotations

import fcntl
import importlib.util
import io
import json
import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bamsat.core.compare.published import opened
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.exchange import actions, folder, manifest
from bamsat.rooms.figures.actions import accept
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _figure(cast: Cast) -> None:
    build.catalogue()
    accept(cast.director, build.figure(cast.director, stated(100)))


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("publish", *words, stdout=out)
    return out.getvalue()


def left(tmp_path: Path) -> set[str]:
    return {path.name for path in tmp_path.iterdir()} - {"data"}


def test_it_says_how_much_was_published_and_the_digest(tmp_path: Path) -> None:
    said = run(str(tmp_path / "cong-bo"))
    read = manifest.read(tmp_path / "cong-bo")
    assert read is not None
    assert "1 số, 1 chuỗi" in said
    assert "1 figures" in said
    assert said.splitlines()[-1] == read.digest
    assert left(tmp_path) == {"cong-bo"}


def test_an_earlier_publication_gives_way_as_a_whole(cast: Cast, tmp_path: Path) -> None:
    run(str(tmp_path / "cong-bo"))
    accept(cast.director, build.figure(cast.director, stated(90, period="2019")))
    run(str(tmp_path / "cong-bo"))
    assert opened(tmp_path / "cong-bo").execute("SELECT year FROM observations ORDER BY 1").fetchall() == [
        (2019,),
        (2021,),
    ]
    assert left(tmp_path) == {"cong-bo"}


@pytest.mark.parametrize("name", ["so-tay.ipynb", "observations/year=2021/them.parquet"])
def test_a_folder_with_anything_of_others_is_left_alone(tmp_path: Path, name: str) -> None:
    run(str(tmp_path / "cong-bo"))
    (tmp_path / "cong-bo" / name).write_text("của tôi")
    with pytest.raises(CommandError, match="chọn một thư mục khác"):
        run(str(tmp_path / "cong-bo"))
    assert (tmp_path / "cong-bo" / name).read_text() == "của tôi"
    (tmp_path / "tep").write_text("một tệp")
    with pytest.raises(CommandError, match="Choose another folder"):
        run(str(tmp_path / "tep"))
    assert left(tmp_path) == {"cong-bo", "tep"}


def test_an_empty_folder_is_filled_and_one_without_its_parent_refused(tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    run(str(tmp_path / "trong"))
    assert opened(tmp_path / "trong").execute("SELECT count(*) FROM observations").fetchone() == (1,)
    with pytest.raises(CommandError, match="Hãy tạo thư mục đó trước"):
        run(str(tmp_path / "khong" / "co"))


def test_a_full_disk_leaves_nothing_and_the_earlier_publication_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(str(tmp_path / "cong-bo"))
    before, trail = manifest.listed(tmp_path / "cong-bo"), AuditRecord.objects.count()

    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(pq.ParquetWriter, "write_table", full)
        with pytest.raises(CommandError, match=r"No space left on device(.|\n)*Nothing was published"):
            run(str(tmp_path / "cong-bo"))
    with monkeypatch.context() as broken:
        broken.setattr(folder, "put_in_place", full)
        broken.setattr(actions, "put_in_place", full)
        with pytest.raises(CommandError, match="Chưa công bố gì"):
            run(str(tmp_path / "cong-bo"))
    assert manifest.listed(tmp_path / "cong-bo") == before
    assert AuditRecord.objects.count() == trail
    assert left(tmp_path) == {"cong-bo"}


def test_a_rename_that_fails_brings_the_earlier_publication_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(str(tmp_path / "cong-bo"))
    before, rename = manifest.listed(tmp_path / "cong-bo"), Path.rename

    def refuses(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuses)
    with pytest.raises(CommandError, match="Device or resource busy"):
        run(str(tmp_path / "cong-bo"))
    assert manifest.listed(tmp_path / "cong-bo") == before
    assert left(tmp_path) == {"cong-bo"}


def test_a_run_that_was_killed_leaves_nothing_that_the_next_one_does_not_clear(tmp_path: Path) -> None:
    run(str(tmp_path / "cong-bo"))
    (tmp_path / "cong-bo").rename(tmp_path / ".cong-bo.before")  # between its two renames
    (tmp_path / ".cong-bo.part" / "observations").mkdir(parents=True)
    (tmp_path / ".cong-bo.part" / "observations" / "dang-do").write_text("nửa chừng")
    with pytest.raises(CommandError, match="Không có địa bàn"):
        run(str(tmp_path / "cong-bo"), "--place", "atlantis")
    assert left(tmp_path) == {"cong-bo"}
    run(str(tmp_path / "cong-bo"))
    assert manifest.troubles(tmp_path / "cong-bo", _manifest(tmp_path / "cong-bo")) == []


def test_two_at_once_do_not_write_to_one_folder(tmp_path: Path) -> None:
    part = tmp_path / ".cong-bo.part"
    part.mkdir()
    (part / "cua-lan-kia").write_text("")
    held = os.open(part, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(CommandError, match="Đang có một lần công bố khác"):
        run(str(tmp_path / "cong-bo"))
    assert (part / "cua-lan-kia").exists()
    os.close(held)
    run(str(tmp_path / "cong-bo"))
    assert left(tmp_path) == {"cong-bo"}


def test_stopping_it_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pq.ParquetWriter, "write_table", stopped)
    with pytest.raises(CommandError, match="Đã dừng") as told:
        run(str(tmp_path / "cong-bo"))
    assert told.value.returncode == 130
    assert left(tmp_path) == set()


def test_a_day_that_cannot_be_read_is_refused_with_an_example(tmp_path: Path) -> None:
    for day in ("hôm qua", "31/02/2025", "2025-13-01"):
        with pytest.raises(CommandError, match="Hãy viết như 15/8/2025"):
            run(str(tmp_path / "cong-bo"), "--known", day)
    assert left(tmp_path) == set()


def test_without_what_writes_parquet_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pyarrow" else find(name))
    with pytest.raises(CommandError, match=r"pip install 'bamsat\[web,scale\]'") as told:
        run(str(tmp_path / "cong-bo"))
    assert told.value.returncode == 2
    assert left(tmp_path) == set()


def test_a_publication_is_verified_file_by_file_and_in_the_trail(tmp_path: Path) -> None:
    run(str(tmp_path / "cong-bo"))
    assert "Nhật ký: công bố lúc" in run("--verify", str(tmp_path / "cong-bo"))
    (tmp_path / "cong-bo" / "series.parquet").write_bytes(b"PAR1")
    (tmp_path / "cong-bo" / "codes.parquet").unlink()
    (tmp_path / "cong-bo" / "them.txt").write_text("thêm")
    with pytest.raises(CommandError) as told:
        run("--verify", str(tmp_path / "cong-bo"))
    for line in ("series.parquet: altered", "codes.parquet: missing", "them.txt: added later"):
        assert line in str(told.value)


def test_a_list_that_was_altered_with_its_files_is_not_in_the_trail(tmp_path: Path) -> None:
    run(str(tmp_path / "cong-bo"))
    (tmp_path / "cong-bo" / "series.parquet").write_bytes(b"PAR1")
    told = json.loads((tmp_path / "cong-bo" / "manifest.json").read_text(encoding="utf-8"))
    files = manifest.listed(tmp_path / "cong-bo")
    told["files"]["series.parquet"] = {
        "sha256": files["series.parquet"].sha256,
        "bytes": files["series.parquet"].bytes,
    }
    (tmp_path / "cong-bo" / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(CommandError, match=r"manifest\.json: the digest does not fit"):
        run("--verify", str(tmp_path / "cong-bo"))
    told["digest"] = manifest.digest_of(files)
    (tmp_path / "cong-bo" / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    assert "no such publication" in run("--verify", str(tmp_path / "cong-bo"))


@pytest.mark.parametrize("content", [None, "không phải JSON", "[]", "{}", '{"format": "bamsat-publication-1"}'])
def test_what_is_no_publication_cannot_be_verified(tmp_path: Path, content: str | None) -> None:
    (tmp_path / "gi-do").mkdir()
    if content is not None:
        (tmp_path / "gi-do" / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=r"manifest\.json"):
        run("--verify", str(tmp_path / "gi-do"))


def _manifest(where: Path) -> manifest.Manifest:
    read = manifest.read(where)
    assert read is not None
    return read
