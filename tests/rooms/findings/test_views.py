# SPDX-License-Identifier: Apache-2.0
"""The inbox and one finding's page: what is shown to whom, and what is done from there."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bamsat.core.check.model import Finding as Found
from bamsat.core.check.model import Repair, Report, Stated
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.findings.actions import Stands, keep
from bamsat.rooms.findings.listing import Filters
from bamsat.rooms.findings.models import Finding, Origin, State
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db

LIST = "/phat-hien/"
REPAIR = Repair(
    "1", "digits", Decimal(5430) * 10**9, Decimal(5420) * 10**9, Decimal(5440) * 10**9, "5.430 tỷ đồng",
    "Đổi 5.300 thành 5.430 tỷ đồng.", "Make it 5.430 tỷ đồng.",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def found(cast: Cast, says: str = "5.300 tỷ đồng và +12,77% không thể cùng đúng.", **changes: Any) -> Finding:
    figures = [
        stated(5300 * 10**9, number="5.300 tỷ đồng", lower=Decimal("5299.5") * 10**9, upper=Decimal("5300.5") * 10**9),
        stated(4815 * 10**9, number="4.815 tỷ đồng", period="2020"), growth("12.77", number="12,77%"),
    ]  # fmt: skip
    return build.finding(build.document(cast.specialist, figures), says, **{"repair": REPAIR} | changes)


def question(cast: Cast, says: str = "Số của hai tháng giống hệt nhau.", **changes: Any) -> Finding:
    return found(cast, says, **{"outcome": "cannot_tell", "severity": "question", "rule": "copied"} | changes)


def note(cast: Cast, says: str = "Chưa có số gốc của năm 2019.") -> Finding:
    return found(cast, says, outcome="cannot_tell", severity="note", rule="no_base", repair=None)


def page(cast: Cast, address: str = LIST, user: Any = None) -> str:
    answer = cast.client(user or cast.specialist).get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def at(finding: Finding) -> str:
    return f"{LIST}{finding.uuid}/"


# The inbox.


def test_the_loudest_come_first_and_notes_are_folded_at_the_foot(cast: Cast):
    asked, wrong, unsure = question(cast), found(cast), note(cast)
    found(cast, "Khớp.", outcome="holds", severity="fine", repair=None)
    said = page(cast)
    places = [said.index(each.vi) for each in (wrong, asked, unsure)]
    assert places == sorted(places)
    assert said.index("finding-notes") < places[2]
    assert "Khớp." not in said
    assert "Đang chờ xem: 1 chỗ các số không thể cùng đúng, 1 chỗ đáng hỏi." in said
    assert f'href="{at(wrong)}"' in said


def test_an_empty_inbox_says_what_to_do(cast: Cast):
    said = page(cast)
    assert "Không còn phát hiện nào chờ xem." in said
    assert "Gửi văn bản vào để đọc" in said


def test_what_waits_is_counted_beside_the_figures(cast: Cast):
    found(cast), question(cast), note(cast)
    said = page(cast, "/so-lieu/")
    assert re.search(r'Số liệu <span class="n">2<', said)
    assert f'<a href="{LIST}"' in said


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("?tim=giong het", ["copied"]), ("?tim=GIỐNG HỆT", ["copied"]), ("?tim=cao bang", ["copied", "growth"]),
        ("?tim=khong-co", []), ("?luat=growth", ["growth"]), ("?noi=cao-bang", ["copied", "growth"]),
        ("?noi=lang-son", []), ("?ky=2021", ["copied", "growth"]), ("?ky=2019", []), ("?nguon=form", []),
        ("?nguon=document", ["copied", "growth"]), ("?ai=chua", ["copied"]), ("?ai=da", ["growth"]),
        ("?ai=toi", ["growth"]), ("?muc=note", ["no_base"]), ("?muc=error", ["growth"]), ("?tt=explained", []),
        ("?tt=moi", ["copied", "growth"]), ("?tt=xyz&muc=abc", ["copied", "growth"]),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(cast: Cast, asked: str, seen: list[str]):
    question(cast), note(cast)
    mine = found(cast)
    Finding.objects.filter(pk=mine.pk).update(assignee=cast.specialist)
    said = cast.client(cast.specialist).get(LIST + asked).context
    assert sorted(row.finding.rule for section in said["sections"] for row in section.rows) == seen


def test_a_finding_that_is_done_leaves_the_inbox_and_is_found_by_its_state(cast: Cast):
    wrong = found(cast)
    cast.client(cast.specialist).post(f"{at(wrong)}de-nguyen/", {"reason": "Số chính thức đã công bố"})
    assert wrong.vi not in page(cast)
    assert wrong.vi in page(cast, f"{LIST}?tt=accepted")


def test_the_number_of_questions_does_not_grow_with_the_findings(cast: Cast):
    def questions(address: str) -> int:
        client = cast.client(cast.specialist)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    one = found(cast)
    note(cast)
    before, page_before = questions(LIST), questions(at(one))
    for number in range(6):
        found(cast, f"Phát hiện {number}"), note(cast, f"Ghi chú {number}")
    assert questions(LIST) == before
    assert questions(at(one)) <= page_before
    assert before < 40


def test_a_page_is_found_by_an_index_and_not_sorted(cast: Cast):
    rows = Filters().rows(cast.administrator, "error").values_list("pk", flat=True)[:50]
    plan = rows.explain()
    if connection.vendor == "sqlite":
        assert "USING COVERING INDEX finding_inbox (state=? AND severity=?)" in plan
        assert "TEMP B-TREE" not in plan


def test_the_pages_go_through_one_severity_after_another(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bamsat.rooms.findings.views.A_PAGE", 2)
    asked, wrong = [question(cast, f"Hỏi {n}") for n in range(3)], [found(cast, f"Sai {n}") for n in range(3)]
    client = cast.client(cast.specialist)
    pages = [client.get(f"{LIST}?trang={number}").context["sections"] for number in (1, 2, 3)]
    shown = [row.finding for sections in pages for section in sections for row in section.rows]
    assert shown == [*reversed(wrong), *reversed(asked)]
    assert [len(sections) for sections in pages] == [1, 2, 1]


def test_the_list_comes_in_pages(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bamsat.rooms.findings.views.A_PAGE", 2)
    for number in range(5):
        found(cast, f"Phát hiện {number}")
    assert "Trang 1/3" in page(cast)
    last = page(cast, f"{LIST}?trang=3")
    assert "Phát hiện 0" in last
    assert "Phát hiện 4" not in last


def test_who_has_nothing_to_do_with_the_place_sees_nothing(cast: Cast):
    wrong = found(cast)
    assert wrong.vi not in page(cast, user=cast.specialist_elsewhere)
    stranger = cast.client(cast.specialist_elsewhere)
    assert stranger.get(at(wrong)).status_code == 404
    for what in ("giao", "giai-trinh", "de-nguyen", "mo-lai"):
        assert stranger.post(f"{at(wrong)}{what}/", {"reason": "x"}).status_code == 404
    wrong.refresh_from_db()
    assert wrong.state == State.OPEN


# Several at once.


def test_several_are_given_to_somebody_with_a_date(cast: Cast):
    chosen, other = [found(cast), question(cast)], note(cast)
    due = timezone.localdate() + timedelta(days=3)
    said = {"viec": "assign", "phat-hien": [each.uuid for each in chosen], "to": cast.head.pk, "due": f"{due:%d/%m/%Y}"}
    answer = cast.client(cast.specialist).post(f"{LIST}nhieu/", said, follow=True)
    assert "Đã giao 2 phát hiện." in answer.content.decode()
    assert set(Finding.objects.filter(assignee=cast.head, due=due)) == set(chosen)
    other.refresh_from_db()
    assert other.assignee is None


def test_several_are_left_as_they_are_for_one_reason(cast: Cast):
    chosen = [found(cast), question(cast)]
    said = {"viec": "accept", "phat-hien": [each.uuid for each in chosen], "reason": "Theo niên giám", "luat": ""}
    answer = cast.client(cast.specialist).post(f"{LIST}nhieu/", said, follow=True)
    assert "Đã để nguyên 2 phát hiện." in answer.content.decode()
    assert set(Finding.objects.filter(state=State.ACCEPTED, reason="Theo niên giám")) == set(chosen)
    assert AuditRecord.objects.filter(action="findings.finding.accepted").count() == 2


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"viec": "accept", "reason": ""}, "Hãy ghi lý do"), ({"viec": "assign", "to": ""}, "Hãy chọn người được giao"),
        ({"viec": "assign", "to": "khong", "due": "mai"}, "Ngày viết như 31/12/2026"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_done(cast: Cast, said: dict[str, str], told: str):
    wrong = found(cast)
    answer = cast.client(cast.specialist).post(f"{LIST}nhieu/", said | {"phat-hien": wrong.uuid}, follow=True)
    assert told in answer.content.decode()
    answer = cast.client(cast.specialist).post(f"{LIST}nhieu/", said, follow=True)
    assert "Chưa chọn phát hiện nào" in answer.content.decode()
    wrong.refresh_from_db()
    assert wrong.state == State.OPEN


def test_what_could_not_be_done_is_told_with_the_reason(cast: Cast):
    gone = found(cast)
    Finding.objects.filter(pk=gone.pk).update(state=State.GONE)
    said = {"viec": "accept", "phat-hien": gone.uuid, "reason": "Theo niên giám"}
    told = cast.client(cast.specialist).post(f"{LIST}nhieu/", said, follow=True).content.decode()
    assert "1 phát hiện để lại:" in told
    assert "không còn" in told


# One finding.


def test_the_page_says_the_sentence_the_sum_the_figures_and_the_repair(cast: Cast):
    wrong = found(cast)
    said = cast.client(cast.specialist).get(at(wrong)).content.decode()
    for words in (wrong.vi, wrong.calc, REPAIR.vi, "Sửa thành 5.430 tỷ đồng", "5.299,5\xa0–\u2060\xa05.300,5 tỷ đồng",
                  "tăng trưởng", "đáng ngờ nhất", "cách nhau 119 tỷ đồng"):  # fmt: skip
        assert words in said, words
    document = wrong.document
    assert document
    assert f"/van-ban/{document.uuid}/?so=1#so-1" in said
    assert f"/van-ban/{document.uuid}/?so=1&amp;sua=1" in said


def test_a_repair_leads_to_the_correction_with_the_number_typed(cast: Cast):
    wrong = found(cast)
    client = cast.client(cast.specialist)
    repair = client.get(at(wrong)).context["repairs"][0]
    assert 'name="value" value="5.430"' in client.get(repair.address).content.decode()


def test_the_english_page_says_the_english_sentence(cast: Cast):
    wrong = found(cast, "Ba số không thể cùng đúng.")
    Finding.objects.filter(pk=wrong.pk).update(en="These three cannot all be true.")
    client = cast.client(cast.specialist)
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    told = client.get(at(wrong)).content.decode()
    assert "These three cannot all be true." in told
    assert REPAIR.en in told


def test_the_english_page_calls_figures_by_their_english_names(cast: Cast):
    asked, client = found(cast), cast.client(cast.specialist)
    assert "Industrial production value" not in page(cast, f"{LIST}{asked.uuid}/")
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    shown = client.get(f"{LIST}{asked.uuid}/").content.decode()
    assert "Industrial production value, growth" in shown
    assert "Giá trị sản xuất công nghiệp" not in shown


def test_why_it_cannot_be_told_and_what_follows_is_said(cast: Cast):
    asked = question(cast, because=("hedge", "Văn bản không nói kỳ gốc."))
    Finding.objects.filter(pk=asked.pk).update(
        data=asked.data | {"bounds": [{"vi": "Kế hoạch: 305,9 – 306,2 triệu USD.", "en": "", "low": "1", "high": "2"}]}
    )
    said = page(cast, at(asked))
    for words in ("số viết ước chừng", "Văn bản không nói kỳ gốc.", "Kế hoạch: 305,9 – 306,2 triệu USD."):
        assert words in said


def test_a_finding_is_given_explained_left_and_opened_again_and_all_is_kept(cast: Cast):
    wrong, client = found(cast), cast.client(cast.specialist)
    client.post(f"{at(wrong)}giao/", {"to": cast.head.pk, "due": ""})
    cast.client(cast.head).post(f"{at(wrong)}giai-trinh/", {"reason": "Theo số của Thống kê tỉnh"})
    wrong.refresh_from_db()
    assert (wrong.state, wrong.assignee) == (State.EXPLAINED, cast.head)
    client.post(f"{at(wrong)}de-nguyen/", {"reason": "Đồng ý"})
    client.post(f"{at(wrong)}mo-lai/")
    wrong.refresh_from_db()
    assert wrong.state == State.OPEN
    said = page(cast, at(wrong))
    steps = ["Giao việc</b>: Trưởng phòng", "Theo số của Thống kê tỉnh", "“Đồng ý”", "<b>Mở lại"]
    assert [said.index(step) for step in steps] == sorted(said.index(step) for step in steps)


def test_after_one_is_explained_the_next_comes_within_the_same_filters(cast: Cast):
    later, first = found(cast, "Sau"), found(cast, "Trước")
    answer = cast.client(cast.specialist).post(f"{at(first)}giai-trinh/?luat=growth", {"reason": "Đã hỏi"})
    assert answer["Location"] == f"{at(later)}?luat=growth"
    said = page(cast, f"{at(later)}?luat=growth")
    assert f'href="{LIST}?luat=growth"' in said


def test_next_and_previous_follow_the_order_of_the_inbox(cast: Cast):
    asked, old, new = question(cast), found(cast, "Cũ"), found(cast, "Mới")
    order = [new, old, asked]
    for position, each in enumerate(order):
        said = cast.client(cast.specialist).get(at(each)).context
        assert said["before"] == (order[position - 1] if position else None)
        assert said["after"] == (order[position + 1] if position < 2 else None)


@pytest.mark.parametrize(
    ("what", "said", "told"),
    [
        ("giai-trinh", {"reason": " "}, "Hãy ghi lý do"), ("de-nguyen", {}, "Hãy ghi lý do"),
        ("giao", {"to": ""}, "Hãy chọn người được giao"),
        ("giao", {"to": "khong", "due": "32/13/2026"}, "Ngày viết như"),
        ("giao", {"to": "khong", "due": "01/01/2020", "nguoi": "x"}, "đã qua"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_in_its_place_and_changes_nothing(cast: Cast, what: str, said: dict[str, str], told: str):
    wrong = found(cast)
    answer = cast.client(cast.specialist).post(f"{at(wrong)}{what}/", said)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    wrong.refresh_from_db()
    assert (wrong.state, wrong.assignee) == (State.OPEN, None)


def test_who_only_reads_is_offered_nothing_to_decide(cast: Cast):
    wrong = found(cast)
    said = page(cast, at(wrong), cast.clerk)
    assert "Để nguyên" not in said
    assert "Sửa thành" not in said
    assert cast.client(cast.clerk).post(f"{at(wrong)}de-nguyen/", {"reason": "x"}).status_code == 403
    Finding.objects.filter(pk=wrong.pk).update(assignee=cast.clerk)
    assert "Ghi giải trình" in page(cast, at(wrong), cast.clerk)


def test_people_are_offered_who_can_see_the_finding(cast: Cast):
    wrong = found(cast)
    assert cast.head.pk
    assert cast.specialist_elsewhere.pk
    form = cast.client(cast.specialist).get(at(wrong)).context["assign_form"]
    names = [str(name) for _key, name in form.fields["to"].choices]
    assert "Trưởng phòng" in names
    assert "Chuyên viên Sở khác" not in names


def test_a_finding_that_is_no_more_is_shown_without_acts(cast: Cast):
    wrong = found(cast)
    Finding.objects.filter(pk=wrong.pk).update(state=State.CORRECTED)
    said = page(cast, at(wrong))
    assert "Đã sửa số" in said
    assert "Sửa thành" not in said
    assert "Ghi giải trình" not in said


def test_figures_of_a_return_lead_to_their_rows_and_its_sender_explains(cast: Cast):
    sent = build.sent(cast.commune_official, build.form(), cast.commune, "2026-10", {"food.now": "731,25"})
    cell = Stated("food.now", stated(731, number="731,25", label="Lương thực"), "Phiếu")
    repair = Repair("food.now", "scale", Decimal(73), None, None, "73,125", "Có thể là 73,125.", "")
    says = ("Gấp ba tháng trước.", "Three times as much.")
    said = Found("cannot_tell", "question", "history", ("food.now",), *says, repairs=(repair,))
    keep(
        Report((said,), (cell,)), origin=Origin.FORM, about=sent.uuid, place=cast.commune, period="2026-10",
        parts={"food.now": Stands(cell="food.now", label="Lương thực", source="Bán lẻ hàng hóa")},
    )  # fmt: skip
    asked = Finding.objects.get(vi="Gấp ba tháng trước.")
    assert "Bán lẻ hàng hóa" in page(cast)
    told = page(cast, at(asked))
    assert f"/phieu/{sent.uuid}/xem/#dong-food" in told
    assert f"/phieu/{sent.uuid}/#dong-food" in told
    official = cast.client(cast.commune_official)
    assert "Gấp ba tháng trước." in official.get(LIST).content.decode()
    assert official.post(f"{at(asked)}giai-trinh/", {"reason": "Có hội chợ"}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == State.EXPLAINED
