# SPDX-License-Identifier: Apache-2.0
"""Bulk imports: the dry run says what would happen, the writing does that, twice is once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.figures import actions, intake_actions, ledger
from bamsat.rooms.figures.intake import bulk
from bamsat.rooms.figures.intake.heads import Options
from bamsat.rooms.figures.intake.running import check, write
from bamsat.rooms.figures.models import Entry, Intake, IntakeState, Latest, Series
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.cast import Cast

HEAD = "Chỉ tiêu;Địa bàn;Kỳ;Đơn vị;Giá trị\n"
FOUR = HEAD + (
    "Giá trị sản xuất công nghiệp;Cao Bằng;2021;tỷ đồng;5.300,5\n"
    "Giá trị sản xuất công nghiệp;cao-bang;T7/2021;tỷ đồng;440\n"
    "exports;Cao Bằng;quý III/2021;triệu USD;12,25\n"
    "IIP;Tỉnh Cao Bằng;6 tháng 2021;%;104,2\n"
)


@pytest.fixture
def cast(cast: Cast) -> Cast:
    build.catalogue()
    return cast


def checked(user: object, text: str | bytes, name: str = "so-lieu.csv", **options: str) -> Intake:
    content = text.encode() if isinstance(text, str) else text
    return check(intake_actions.receive(user, name, content, Options(**options), now=True))  # type: ignore[arg-type]


def written(user: object, text: str | bytes, name: str = "so-lieu.csv", **choices: object) -> Intake:
    intake = checked(user, text, name)
    assert intake.state == IntakeState.CHECKED, intake.error_vi
    intake_actions.confirm(user, intake, now=True, leave_out=True, **choices)  # type: ignore[arg-type]
    return write(intake)


def kinds(intake: Intake) -> dict[str, int]:
    counts: dict[str, int] = intake.report["counts"]
    return counts


def test_a_dry_run_writes_nothing_to_the_ledger(cast: Cast) -> None:
    intake = checked(cast.head, FOUR)
    assert intake.state == IntakeState.CHECKED, intake.error_vi
    assert intake.report["first"] == []
    assert (intake.rows, intake.report["new"]) == (4, 4)
    assert not Entry.objects.exists()
    assert not Series.objects.exists()


def test_rows_become_entries_with_their_cell_and_their_import(cast: Cast) -> None:
    intake = written(cast.head, FOUR)
    assert (intake.state, intake.written, intake.left) == (IntakeState.DONE, 4, 0)
    first = Entry.objects.get(period="2021")
    assert (first.amount, first.low, first.high) == (
        Decimal(5_300_500_000_000), Decimal(5_300_450_000_000), Decimal(5_300_550_000_000),
    )  # fmt: skip
    assert (first.cell, first.intake, first.by) == ("dòng 2", intake, cast.head)
    assert set(Entry.objects.values_list("period", flat=True)) == {"2021", "2021-07", "2021-Q3", "2021-01/2021-06"}
    assert Latest.objects.count() == 4
    assert ledger.drift() == []
    assert audit.verify() is None


def test_the_digest_of_a_batch_is_that_of_its_entries(cast: Cast) -> None:
    intake = written(cast.head, FOUR)
    record = AuditRecord.objects.get(action="figures.intake.batch")
    told = [(entry.uuid.hex, entry.value) for entry in Entry.objects.filter(intake=intake).order_by("pk")]
    assert record.details["sha256"] == bulk.digest(told)
    assert record.details["written"] == 4


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    written(cast.head, FOUR)
    again = written(cast.head, FOUR)
    assert (again.written, again.unchanged) == (0, 4)
    assert Entry.objects.count() == 4


def test_another_value_is_a_conflict_that_shows_both(cast: Cast) -> None:
    written(cast.head, FOUR)
    intake = checked(cast.head, FOUR.replace("5.300,5", "5.310"))
    assert (intake.report["conflict"], intake.report["unchanged"]) == (1, 3)
    assert intake.report["first"] == [["conflict", "dòng 2", {"text": "5.310", "near": "5.300,5"}]]


def test_a_conflict_is_kept_replaced_or_put_beside_as_chosen(cast: Cast) -> None:
    written(cast.head, FOUR)
    changed = FOUR.replace("5.300,5", "5.310")
    assert written(cast.head, changed).written == 0
    intake = written(cast.head, changed, on_conflict="replace", reason="Số điều chỉnh của Cục Thống kê")
    assert (intake.written, intake.unchanged) == (1, 3)
    new = Entry.objects.get(intake=intake)
    assert new.replaces is not None
    assert new.replaces.amount == Decimal(5_300_500_000_000)
    assert new.reason == "Số điều chỉnh của Cục Thống kê"
    assert Latest.objects.get(period="2021").entry == new
    third = written(cast.head, changed.replace("5.310", "5.311"), on_conflict="vintage", reason="Bản chính thức")
    assert Entry.objects.get(intake=third).vintage == "official"
    assert written(cast.head, changed.replace("5.310", "5.311"), on_conflict="vintage", reason="x").written == 0
    assert ledger.drift() == []


def test_replacing_needs_a_reason_and_errors_need_a_word(cast: Cast) -> None:
    written(cast.head, FOUR)
    intake = checked(cast.head, FOUR.replace("5.300,5", "5.310") + "không có;Cao Bằng;2021;%;1\n")
    with pytest.raises(intake_actions.IntakeRefused, match="lý do"):
        intake_actions.confirm(cast.head, intake, on_conflict="replace", leave_out=True, now=True)
    with pytest.raises(intake_actions.IntakeRefused, match="1 dòng lỗi"):
        intake_actions.confirm(cast.head, intake, now=True)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Giá trị sản xuất công nghiêp hóa;Cao Bằng;2021;tỷ đồng;1", "indicator_near"),
        ("zzzzzzzz;Cao Bằng;2021;tỷ đồng;1", "indicator"),
        ("exports;Cao Bẳngg;2021;triệu USD;1", "place_near"),
        ("exports;;2021;triệu USD;1", "place_missing"),
        ("exports;Cao Bằng;năm nào;triệu USD;1", "period"),
        ("exports;Cao Bằng;2021;triệu USD;một nghìn", "number"),
        ("exports;Cao Bằng;2021;triệu qzx;1", "unit"),
        ("exports;Cao Bằng;2021;nghìn tấn;1", "unit_family"),
        ("exports;Cao Bằng;2021;;1", "unit_missing"),
        ("exports;Cao Bằng;2021;tỷ đồng;1", "unit_other"),
        ("exports;Lạng Sơn;2021;triệu USD;1", "rights"),
        ("exports;Cao Bằng;2021;nghìn tỷ USD;99999999999", "number_large"),
    ],
)
def test_every_trouble_is_said_at_its_cell(cast: Cast, row: str, kind: str) -> None:
    intake = checked(cast.head, HEAD + row + "\n")
    assert kinds(intake) == {kind: 1}
    assert intake.report["first"][0][1] == "dòng 2"


def test_a_place_that_ended_takes_no_later_figures(cast: Cast) -> None:
    text = HEAD + "exports;Hà Giang;2024;triệu USD;1\nexports;ha-giang;2025;triệu USD;1\n"
    intake = checked(cast.administrator, text)
    assert kinds(intake) == {"ended": 1}
    assert "Tuyên Quang" in intake.report["first"][0][2]["near"]
    assert intake.report["new"] == 1


def test_a_name_means_the_place_of_its_time(cast: Cast) -> None:
    written(cast.administrator, HEAD + "exports;Tuyên Quang;2024;triệu USD;1\nexports;Tuyên Quang;2026;triệu USD;2\n")
    before, after = Entry.objects.order_by("pk")
    assert "Tuyên Quang" in before.series.place.name
    assert "Tuyên Quang" in after.series.place.name


def test_two_rows_of_one_key_in_a_file_are_found(cast: Cast) -> None:
    text = HEAD + (
        "exports;Cao Bằng;2021;triệu USD;1\nXuất khẩu;cao-bang;năm 2021;nghìn USD;1.000\n"
        "exports;Cao Bằng;2021;triệu USD;3\nexports;Cao Bằng;2022;triệu USD;3\n"
    )
    intake = checked(cast.head, text)
    assert kinds(intake) == {"again": 1, "twice": 1}
    assert (intake.report["new"], intake.report["left"], intake.report["again"]) == (2, 1, 1)
    assert written(cast.head, text).written == 2
    assert Entry.objects.get(period="2021").amount == Decimal(1_000_000)


def test_who_may_not_import_sends_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        checked(cast.clerk, FOUR)


def test_a_number_changed_after_the_dry_run_is_left_alone(cast: Cast) -> None:
    written(cast.head, FOUR)
    intake = checked(cast.head, FOUR.replace("5.300,5", "5.310"))
    actions.replace(cast.head, Entry.objects.get(period="2021"), "5.400", "Số mới hơn", unit="tỷ đồng")
    intake_actions.confirm(cast.head, intake, on_conflict="replace", reason="Thay", now=True)
    done = write(intake)
    assert (done.written, done.left) == (0, 1)


def test_after_a_withdrawal_the_line_goes_on(cast: Cast) -> None:
    written(cast.head, FOUR)
    actions.withdraw(cast.head, Entry.objects.get(period="2021"), "Nhầm")
    intake = written(cast.head, FOUR)
    assert (intake.written, intake.unchanged) == (1, 3)
    assert Entry.objects.get(intake=intake).replaces is not None
    assert ledger.drift() == []
