# SPDX-License-Identifier: Apache-2.0
"""The audit trail on its page, as a file, and by the command."""

import csv
import hashlib
import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts import actions_trail, audit, queries, trail_words, triggers
from bamsat.rooms.accounts.models import AuditRecord, TrailCheck
from bamsat.rooms.accounts.queries import Asked
from tests.cast import Cast

TRAIL = "/nhat-ky/"


@pytest.fixture
def rows(cast: Cast) -> list[AuditRecord]:
    """A hundred and twenty records, one a day up to today, by two people about two kinds of thing."""
    people, home = [cast.specialist, cast.clerk, cast.administrator], cast.home
    start, day = AuditRecord.objects.count(), timezone.now() - timedelta(days=120)
    for number in range(120):
        by, thing = people[number % 2], home if number % 2 else people[1]
        with pytest.MonkeyPatch.context() as clock:
            clock.setattr(audit.timezone, "now", lambda at=day + timedelta(days=number): at)
            audit.record(by, f"thu.viec.{number % 3}", thing, f"lý do số {number}", number=number)
    return list(AuditRecord.objects.order_by("pk")[start:])


@pytest.fixture
def boss(cast: Cast) -> Client:
    return cast.client(cast.administrator)


def numbers(part: queries.Part) -> list[int]:
    return [row.details["number"] for row in part.rows if "number" in row.details]


def forge(row: AuditRecord, **fields: object) -> None:
    triggers.remove(connection)
    AuditRecord.objects.filter(pk=row.pk).update(**fields)
    triggers.install(connection)


def test_pages_go_back_without_gaps_or_doubles(rows: list[AuditRecord]):
    seen, before = [], None
    while True:
        part = queries.part(Asked(), before)
        seen += numbers(part)
        before = part.older
        if before is None:
            break
    assert seen == list(range(119, -1, -1))


def test_each_condition_narrows(cast: Cast, rows: list[AuditRecord]):
    def ask(**conditions: object) -> set[int]:
        return set(numbers(queries.part(Asked(**conditions))))  # type: ignore[arg-type]

    assert ask(who="chuyen-vien") == set(range(20, 120, 2))
    assert ask(who="van thu") == set(range(21, 121, 2))
    assert ask(who="không ai") == set()
    assert ask(action="thu.viec.1") == set(range(1, 120, 3))
    assert ask(kind="places.place", object_id=str(cast.home.pk), action="thu.viec.0") == set(range(3, 120, 6))
    assert ask(words="ly do so 77") == {77}
    day = timezone.localtime(rows[60].at).date()
    assert ask(since=day, until=day) == {60}
    assert ask(since=day, until=day + timedelta(days=2), who="van-thu") == {61}
    assert ask(since=day + timedelta(days=400)) == set()


def test_words_are_looked_for_a_stretch_at_a_time(rows: list[AuditRecord], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queries, "LOOKED_THROUGH", 50)
    first = queries.part(Asked(words="so 77"))
    assert numbers(first) == [77]
    assert first.looked_back_to == rows[70].at
    second = queries.part(Asked(words="so 77"), first.older)
    assert numbers(second) == []
    assert second.looked_back_to == rows[20].at
    # Of the digit alone the keys of people and places may speak too.
    assert numbers(queries.part(Asked(words="ly do 7}"), second.older)) == [17, 7]


@pytest.mark.parametrize("said", ["Đặng Ước ở Ý Yên", "ĐẶNG ƯỚC Ở Ý YÊN", "đ\u0103\u0323ng ước ở ý yên"])
def test_words_are_found_however_they_are_written(cast: Cast, said: str):
    row = audit.record(cast.clerk, "thu.viec", None, said)
    assert queries.has_words(row, fold("dang uoc ở Ý yen").split())
    assert not queries.has_words(row, ["khac"])


def test_no_page_counts_the_whole_trail(boss: Client, rows: list[AuditRecord]):
    with CaptureQueriesContext(connection) as asked:
        assert boss.get(TRAIL).status_code == 200
    assert not [query for query in asked.captured_queries if "COUNT(" in query["sql"] and "auditrecord" in query["sql"]]
    assert len(asked) < 30


def test_the_page_tells_actions_and_objects_in_words_of_both_languages(cast: Cast, boss: Client):
    from bamsat.rooms.places.actions import give_role

    give_role(cast.administrator, cast.newcomer, cast.home, "reader")
    audit.record(cast.clerk, "chua.ai.dat_ten", cast.home, "<script>alert(1)</script>", list=["a", "b"])
    page = boss.get(TRAIL).content.decode()
    assert all(word in page for word in ("Giao vai trò", "Tạo người dùng", "Đăng nhập", "chua.ai.dat_ten", "Cao Bằng"))
    assert "<script>alert" not in page
    boss.post(reverse("accounts:language"), {"language": "en", "next": "/"})
    assert "Role given" in boss.get(TRAIL).content.decode()


def test_a_day_that_cannot_be_read_says_how_to_write_it(boss: Client):
    page = boss.get(TRAIL, {"tu": "hôm qua", "truoc": "x"}).content.decode()
    assert "05/07/2025" in page


@pytest.mark.parametrize(
    "odd", [{"ma": "a" * 500}, {"loai": "không.có"}, {"truoc": "-1"}, {"tim": "%_'\""}, {"ai": "'"}]
)
def test_odd_conditions_find_nothing_and_break_nothing(boss: Client, odd: dict[str, str]):
    assert boss.get(TRAIL, odd).status_code == 200


def test_the_file_has_the_chosen_rows_with_digests_that_can_be_recomputed(boss: Client, rows: list[AuditRecord]):
    answer = boss.get(reverse("accounts:export_trail"), {"viec": "thu.viec.0"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    assert [json.loads(line["details"])["number"] for line in told] == list(range(0, 120, 3))
    line, row = told[0], rows[0]
    at = datetime.fromisoformat(line["at"]).astimezone(row.at.tzinfo).isoformat()
    again = [
        at, row.by_id, line["action"], line["object_type"], line["object_id"], line["reason"],
        json.loads(line["details"]),
    ]  # fmt: skip
    written = json.dumps(again, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256((line["previous_digest"] + written).encode()).hexdigest() == line["digest"]
    last = AuditRecord.objects.latest("pk")
    assert (last.action, last.details) == ("accounts.trail.exported", {"viec": "thu.viec.0"})


def test_a_spreadsheet_takes_no_cell_for_a_formula(cast: Cast):
    row = audit.record(cast.clerk, "thu.viec", cast.home, '=HYPERLINK("http://x")')
    assert "'=HYPERLINK" in "".join(trail_words.csv_lines([row]))


def test_checking_says_when_it_was_done_and_what_it_found(boss: Client, rows: list[AuditRecord]):
    assert "Chưa kiểm tra lần nào" in boss.get(TRAIL).content.decode()
    page = boss.post(reverse("accounts:check_trail"), follow=True).content.decode()
    assert "Nguyên vẹn" in page
    check = TrailCheck.objects.get()
    last = AuditRecord.objects.latest("pk")
    assert (last.action, last.details["head"], last.details["count"]) == (
        "accounts.trail.verified", check.head, check.count,
    )  # fmt: skip
    forge(rows[50], reason="khác")
    page = boss.post(reverse("accounts:check_trail"), follow=True).content.decode()
    assert "Không nguyên vẹn" in page
    assert f"dòng số {rows[50].pk}" in page


def test_a_cut_off_end_shows_on_the_page_because_the_last_head_is_remembered(boss: Client, rows: list[AuditRecord]):
    boss.post(reverse("accounts:check_trail"))
    triggers.remove(connection)
    AuditRecord.objects.filter(pk__gte=rows[100].pk).delete()
    triggers.install(connection)
    assert audit.walk().holds
    assert "phần cuối đã bị cắt" in boss.post(reverse("accounts:check_trail"), follow=True).content.decode()


def test_a_check_under_way_is_not_begun_twice(cast: Cast):
    first = actions_trail.begin_check(cast.administrator)
    assert actions_trail.begin_check(cast.administrator) == first
    assert actions_trail.finish_check(first).holds
    assert actions_trail.finish_check(first) == first
    assert actions_trail.begin_check(cast.administrator) != first


def test_the_command_says_how_many_and_the_head(rows: list[AuditRecord], capsys: pytest.CaptureFixture[str]):
    call_command("trail", "verify")
    said = capsys.readouterr().out
    assert rows[-1].digest in said
    assert str(AuditRecord.objects.count()) in said
    audit.record(None, "thu.viec", None)
    call_command("trail", "verify", "--head", rows[-1].digest.upper())


def test_the_command_names_the_first_broken_row(rows: list[AuditRecord]):
    forge(rows[70], reason="khác")
    forge(rows[60], details={})
    with pytest.raises(CommandError, match=f"bản ghi {rows[60].pk} "):
        call_command("trail", "verify")


def test_the_command_sees_a_cut_off_end_when_it_is_told_the_head(rows: list[AuditRecord]):
    head = rows[-1].digest
    triggers.remove(connection)
    AuditRecord.objects.filter(pk__gt=rows[-9].pk).delete()
    triggers.install(connection)
    call_command("trail", "verify")
    with pytest.raises(CommandError, match="bị cắt"):
        call_command("trail", "verify", "--head", head)


def test_the_command_writes_the_whole_trail(rows: list[AuditRecord], tmp_path: Path):
    file = tmp_path / "nhat-ky.csv"
    call_command("trail", "export", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    told = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert [line["digest"] for line in told] == list(
        AuditRecord.objects.order_by("pk").values_list("digest", flat=True)
    )
    with pytest.raises(CommandError, match="thư mục khác"):
        call_command("trail", "export", str(tmp_path / "không" / "có.csv"))


def test_every_action_has_its_words_in_both_languages():
    for code, names in shipped("actions.yml").items():
        assert set(names) == {"vi", "en"}, code
        assert all(names.values()), code
