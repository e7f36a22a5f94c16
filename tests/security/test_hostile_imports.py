# SPDX-License-Identifier: Apache-2.0
"""Files of figures that mean harm: each ends as a refusal or as findings, and the ledger is as it was."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings

from bamsat.rooms.figures import intake_actions
from bamsat.rooms.figures.intake.running import check
from bamsat.rooms.figures.models import Entry, Intake, IntakeState, Series
from tests import build
from tests.cast import Cast
from tests.security.workbooks import HOSTILE, workbook

pytestmark = pytest.mark.django_db
HEAD = "Chỉ tiêu;Địa bàn;Kỳ;Đơn vị;Giá trị\n"
ROW = "exports;Cao Bằng;{};triệu USD;{}\n"


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def checked(cast: Cast, content: bytes, name: str) -> Intake:
    intake = check(intake_actions.receive(cast.specialist, name, content, now=True))
    assert intake.state in (IntakeState.CHECKED, IntakeState.REFUSED)
    assert "Chương trình gặp lỗi" not in intake.error_vi, intake.error_vi
    assert not Entry.objects.exists()
    assert not Series.objects.exists()
    return intake


FILES: dict[str, Callable[[], bytes]] = {
    "columns.csv": lambda: b";".join(b"%d" % n for n in range(1_000_000)),
    "line.csv": lambda: HEAD.encode() + b"x" * 20_000_000,
    "line-of-numbers.csv": lambda: b"1," * 8_000_000,
    "quote.csv": lambda: HEAD.encode() + b'"' + b"a\n" * 2_000_000,
    "nul.csv": lambda: HEAD.encode() + b"exports;Cao B\0ang;2021;USD;5\n" * 10,
    "boms.csv": lambda: b"\xef\xbb\xbf" * 3 + HEAD.encode("utf-16") + HEAD.encode(),
    "utf16.csv": lambda: (HEAD + ROW.format("2021", "5")).encode("utf-16")[:-1],
    "formula.csv": (HEAD + ROW.format("2021", "=cmd|' /C calc'!A0") + ROW.format("=1+1", "+1+1")).encode,
    "bytes.csv": lambda: bytes(range(256)) * 4_000,
    "returns.csv": lambda: b"\r" * 3_000_000,
    "doctype.xml": lambda: b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a period="2021">&d;</a>',
    "external.xml": lambda: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a period="2021">&x;</a>',
    "deep.xml": lambda: b"<a>" * 300_000,
    "wide.xml": lambda: b"<a " + b" ".join(b'b%d="1"' % n for n in range(50_000)) + b"/>",
    "text.xml": lambda: b"<a><b period='2021'>" + b"1" * 5_000_000 + b"</b></a>",
    "broken.xml": lambda: b"<a><b></a>",
    **{f"{name}.xlsx": make for name, make in HOSTILE.items()},
    "slip.xlsx": lambda: workbook("<row/>", extra={"../../../etc/passwd": b"x", "/tmp/y": b"y"}),
    "not-a.xlsx": lambda: b"PK\x03\x04" + b"\0" * 1000,
    "old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_or_told_and_nothing_reaches_the_ledger(cast: Cast, name: str):
    intake = checked(cast, FILES[name](), name)
    assert intake.error_vi or intake.report["new"] == 0


@pytest.mark.parametrize("value", [
    "NaN", "Infinity", "-Infinity", "1e400", "1E5", "0x10", "٥", "--5", "5-", "1_000", "9" * 400, "0," + "1" * 400, "",
    "\u202e5", "5\u200b", "½", "=1+1", "#REF!", "1/0", "true",
])  # fmt: skip
def test_a_value_that_is_no_number_is_told_at_its_cell(cast: Cast, value: str):
    intake = checked(cast, (HEAD + ROW.format("2021", value)).encode(), "so.csv")
    told = intake.report
    assert told["new"] + told["left"] + told["blank"] == 1
    if value in ("Infinity", "-Infinity", "1e400", "0x10", "9" * 400, "#REF!", "1/0", "true", "--5"):
        assert told["left"] == 1, told["counts"]


@pytest.mark.parametrize("period", [
    "0000", "9999", "-2021", "2021-13", "2021-00", "T13/2021", "quý V/2021", "2022/2021", "99999", "31/02/2025", "²",
    "2021" * 100, "\u202e1202",
])  # fmt: skip
def test_a_period_that_no_calendar_has_is_told_or_kept_in_order(cast: Cast, period: str):
    intake = checked(cast, (HEAD + ROW.format(period, "5")).encode(), "so.csv")
    assert intake.report["new"] + intake.report["left"] == 1
    if period not in ("2021-00", "31/02/2025", "\u202e1202"):  # read as a year, a month, a period turned round
        assert intake.report["left"] == 1, intake.report["counts"]


def test_what_is_larger_than_may_be_sent_is_refused_before_it_is_kept(cast: Cast):
    client = cast.client(cast.specialist)
    with override_settings(BAMSAT_UPLOAD_LIMIT=1_000):
        file = io.BytesIO(b"x" * 5_000)
        file.name = "so.csv"
        assert client.post("/so-lieu/nap/gui/", {"file": file}).status_code == 413
    assert not Intake.objects.exists()


def test_the_name_of_a_file_never_leads_anywhere(cast: Cast, settings: object):
    before = set(Path(settings.BAMSAT_DATA).rglob("*"))  # type: ignore[attr-defined]
    for name in (
        "../../../../tmp/bi-danh.csv",
        "..\\..\\a.csv",
        "/etc/passwd",
        "a\r\nSet-Cookie: x=y.csv",
        "\u202evsc.a",
    ):
        file = io.BytesIO(HEAD.encode() + name.encode())
        file.name = name
        client = cast.client(cast.specialist)
        assert client.post(
            "/so-lieu/nap/gui/", {"file": file, "kind": "actual", "provider": "department"}
        ).status_code in (302, 422)
    kept = set(Path(settings.BAMSAT_DATA).rglob("*")) - before  # type: ignore[attr-defined]
    assert all(path.is_dir() or len(path.name) == 62 for path in kept if "files" in path.parts), kept
    assert not Intake.objects.filter(name__contains="/").exists()
