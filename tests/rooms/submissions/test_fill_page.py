# SPDX-License-Identifier: Apache-2.0
"""The page on which a return is filled, and what it says after each saving."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord, User
from bamsat.rooms.submissions.filling.actions import Change, open_return, save_cells
from bamsat.rooms.submissions.models import Channel, FormVersion, Origin, Remark, Reminder, Return, ReturnState
from tests import build
from tests.cast import Cast

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def form(cast: Cast) -> FormVersion:
    return build.form()


@pytest.fixture
def sent(cast: Cast, form: FormVersion) -> Return:
    return open_return(cast.commune_official, form.form, cast.commune, OCTOBER)


def address(sent: Return) -> str:
    return f"/phieu/{sent.uuid}/"


def saved(client: Client, sent: Return, *changes: dict[str, Any], **more: Any) -> Any:
    answer = client.post(
        f"/phieu/{sent.uuid}/luu/", json.dumps({"changes": changes, "revision": sent.revision} | more),
        content_type="application/json",
    )  # fmt: skip
    return answer.json()


def typed(key: str, text: str, seen: int = 0, **more: Any) -> dict[str, Any]:
    return {"key": key, "text": text, "seen": seen} | more


def write(user: User, sent: Return, **texts: str) -> Return:
    changes = [Change(f"{row}.now", text) for row, text in texts.items()]
    return save_cells(user, sent, changes).sent_return


class TestOpening:
    def test_a_form_is_opened_for_a_place_and_a_period(self, cast: Cast, form: FormVersion):
        client = cast.client(cast.commune_official)
        told = {"bieu": form.form.code, "noi": cast.commune.slug, "ky": "2026-10"}
        answer = client.post("/phieu/mo/", told)
        made = Return.objects.get()
        assert answer["Location"] == address(made)
        assert (made.place, made.period, made.state) == (cast.commune, "2026-10", ReturnState.DRAFT)
        assert client.post("/phieu/mo/", told)["Location"] == address(made)

    def test_nobody_opens_it_for_somebody_elses_place(self, cast: Cast, form: FormVersion):
        client = cast.client(cast.commune_official)
        told = {"bieu": form.form.code, "noi": cast.other_commune.slug, "ky": "2026-10"}
        assert client.post("/phieu/mo/", told).status_code == 404
        assert not Return.objects.exists()

    def test_a_period_that_the_form_does_not_have_is_refused_in_words(self, cast: Cast, form: FormVersion):
        client = cast.client(cast.commune_official)
        told = {"bieu": form.form.code, "noi": cast.commune.slug, "ky": "2026"}
        answer = client.post("/phieu/mo/", told, follow=True)
        assert "không có kỳ 2026" in answer.content.decode()

    def test_who_may_not_fill_it_is_led_to_reading_it(self, cast: Cast, sent: Return):
        answer = cast.client(cast.facility_clerk).get(address(sent))
        assert (answer.status_code, answer["Location"]) == (302, f"/phieu/{sent.uuid}/xem/")

    def test_a_return_that_was_sent_is_read_not_filled(self, cast: Cast, sent: Return):
        Return.objects.filter(pk=sent.pk).update(state=ReturnState.SENT)
        answer = cast.client(cast.commune_official).get(address(sent))
        assert answer["Location"] == f"/phieu/{sent.uuid}/xem/"


class TestTable:
    def test_it_names_columns_by_the_period(self, cast: Cast, sent: Return):
        page = cast.client(cast.commune_official).get(address(sent)).content.decode()
        for said in (
            "Tháng 10/2025 thực hiện",
            "Tháng 9/2026 thực hiện",
            "Tháng 10/2026 ước",
            "triệu đồng",
            "Hạn: 17:00",
        ):
            assert said in page

    def test_a_total_says_what_it_lacks(self, cast: Cast, sent: Return):
        write(cast.commune_official, sent, food="3.164,0", clothing="441,5")
        page = cast.client(cast.commune_official).get(address(sent)).content.decode()
        assert "3.605,5" in page
        assert "máy cộng, còn 10 ô chưa có số" in page

    def test_every_cell_is_named_for_who_does_not_see(self, cast: Cast, sent: Return):
        page = cast.client(cast.commune_official).get(address(sent)).content.decode()
        assert 'aria-label="Hàng may mặc, Tháng 10/2026 ước, triệu đồng"' in page

    def test_it_speaks_english_too(self, cast: Cast, sent: Return):
        client = cast.client(cast.commune_official)
        client.post("/ngon-ngu/", {"language": "en", "next": "/"})
        page = client.get(address(sent)).content.decode()
        assert "October 2026, estimate" in page
        assert "Clothing" in page

    def test_remarks_and_reminders_stand_where_one_fills(self, cast: Cast, sent: Return):
        Return.objects.filter(pk=sent.pk).update(state=ReturnState.RETURNED)
        Remark.objects.create(sent_return=sent, key="food.now", text="Thiếu hai chợ", by=cast.specialist)
        Remark.objects.create(sent_return=sent, text="Xem lại cả biểu", by=cast.specialist)
        Reminder.objects.create(
            form=sent.form, place=sent.place, period=sent.period, channel=Channel.PAGE, on="2026-10-18", by=cast.head
        )
        page = cast.client(cast.commune_official).get(address(sent)).content.decode()
        for said in ("Thiếu hai chợ", "Xem lại cả biểu", "Phiếu được trả lại", "Trưởng phòng nhắc gửi"):
            assert said in page


class TestSaving:
    def test_the_answer_holds_totals_and_what_is_left(self, cast: Cast, sent: Return):
        told = saved(cast.client(cast.commune_official), sent, typed("food.now", "100"), typed("clothing.now", "20,5"))
        assert told["computed"]["goods.now"] == "120,5"
        assert told["cells"]["food.now"]["n"] == 1
        assert told["next"].startswith("Tới ô trống")
        assert not told["ready"]
        assert "2/22 ô xong" in told["tally"]

    def test_an_error_offers_the_mended_value_at_its_row(self, cast: Cast, sent: Return):
        told = saved(cast.client(cast.commune_official), sent, typed("household.now", "1,234.5"))
        assert told["marked"] == {"household.now": "bad"}
        assert "Đổi thành 1.234,5" in told["mends"]["household"]
        assert told["next"] == "Tới ô cần sửa (1)"
        assert told["first"] == "household.now"

    def test_blank_cells_are_named_once_they_are_asked_for(self, cast: Cast, sent: Return):
        client = cast.client(cast.commune_official)
        assert saved(client, sent)["mends"] == {}
        told = saved(client, sent, missing=True)
        assert len(told["mends"]) == 22
        assert "Ghi 0" in told["mends"]["food"]

    def test_a_reason_ends_the_question_and_shows(self, cast: Cast, sent: Return):
        client = cast.client(cast.commune_official)
        told = saved(client, sent, typed("food.now", "", why="Chợ chưa báo số"))
        assert "Chợ chưa báo số" in told["mends"]["food"]
        assert "21 ô trống" in told["tally"]

    def test_what_somebody_else_wrote_meanwhile_is_not_written_over(self, cast: Cast, sent: Return):
        write(cast.specialist, sent, clothing="441,5")
        told = saved(cast.client(cast.commune_official), sent, typed("clothing.now", "450"))
        assert told["conflicts"] == {"clothing.now": 1}
        assert "Chuyên viên tổng hợp vừa sửa ô này thành 441,5" in told["mends"]["clothing"]
        assert "Giữ số của tôi: 450" in told["mends"]["clothing"]
        sent.refresh_from_db()
        assert sent.texts["clothing.now"] == "441,5"

    def test_who_knows_of_the_other_value_may_write_over_it(self, cast: Cast, sent: Return):
        write(cast.specialist, sent, clothing="441,5")
        told = saved(cast.client(cast.commune_official), sent, typed("clothing.now", "450", seen=1))
        assert told["conflicts"] == {}
        sent.refresh_from_db()
        assert sent.texts["clothing.now"] == "450"

    def test_cells_that_others_filled_come_along(self, cast: Cast, sent: Return):
        write(cast.specialist, sent, clothing="441,5")
        told = saved(cast.client(cast.commune_official), sent, typed("food.now", "9"))
        assert told["stale"]
        assert told["cells"]["clothing.now"]["t"] == "441,5"

    def test_sending_the_same_again_changes_nothing(self, cast: Cast, sent: Return):
        """An answer that was lost on the way is asked for again."""
        client = cast.client(cast.commune_official)
        saved(client, sent, typed("food.now", "9"))
        told = saved(client, sent, typed("food.now", "9"))
        assert (told["conflicts"], told["cells"]["food.now"]["n"]) == ({}, 1)
        assert AuditRecord.objects.filter(action="submissions.return.saved").count() == 1

    def test_a_cell_that_is_no_more_keeps_nothing_back(self, cast: Cast, sent: Return):
        told = saved(cast.client(cast.commune_official), sent, typed("gone~x.now", "1"), typed("food.now", "2"))
        assert told["gone"] == ["gone~x.now"]
        assert told["cells"]["food.now"]["t"] == "2"

    def test_that_a_value_is_last_periods_is_believed_when_it_is(self, cast: Cast, form: FormVersion, sent: Return):
        before = open_return(cast.commune_official, form.form, cast.commune, OCTOBER.before())
        write(cast.commune_official, before, food="77", clothing="8")
        Return.objects.filter(pk=before.pk).update(state=ReturnState.SENT)
        client = cast.client(cast.commune_official)
        saved(client, sent, typed("food.now", "77", origin="last"), typed("clothing.now", "9", origin="last"))
        sent.refresh_from_db()
        assert (sent.cells["food.now"]["o"], sent.cells["food.now"]["src"]) == (Origin.LAST, "tháng 9/2026")
        assert sent.cells["clothing.now"]["o"] == Origin.TYPED

    def test_a_reason_leaves_where_the_value_came_from(self, cast: Cast, sent: Return):
        save_cells(cast.commune_official, sent, [Change("food.now", "5", 0, Origin.BELOW, src="cộng 1/2 nơi")])
        saved(cast.client(cast.commune_official), sent, typed("food.now", "5", seen=1, why="đúng"))
        sent.refresh_from_db()
        assert (sent.cells["food.now"]["o"], sent.cells["food.now"]["src"]) == (Origin.BELOW, "cộng 1/2 nơi")

    def test_nonsense_is_answered_in_peace(self, cast: Cast, sent: Return):
        client = cast.client(cast.commune_official)
        for body in ("", "[]", '{"changes": 7}', '{"changes": [1, {"key": 2}]}', '{"revision": "x"}', "\x00"):
            answer = client.post(f"/phieu/{sent.uuid}/luu/", body, content_type="application/json")
            assert answer.status_code == 200, body

    def test_what_was_sent_is_no_longer_saved_and_says_why(self, cast: Cast, sent: Return):
        Return.objects.filter(pk=sent.pk).update(state=ReturnState.SENT)
        answer = cast.client(cast.commune_official).post(
            f"/phieu/{sent.uuid}/luu/",
            json.dumps({"changes": [typed("food.now", "1")]}),
            content_type="application/json",
        )
        assert answer.status_code == 409
        assert "Đã gửi" in answer.json()["error"]

    def test_somebody_elsewhere_neither_reads_nor_saves(self, cast: Cast, sent: Return):
        client = cast.client(cast.specialist_elsewhere)
        assert client.get(f"/phieu/{sent.uuid}/luu/").status_code == 404
        answer = client.post(f"/phieu/{sent.uuid}/luu/", "{}", content_type="application/json")
        assert answer.status_code == 404


class TestWithoutScripts:
    def test_the_whole_table_is_saved_by_a_button(self, cast: Cast, sent: Return):
        client = cast.client(cast.commune_official)
        client.post(address(sent), {"luu": "1", "thay": "{}", "o:food.now": "12", "ghi-chu": "số ước"})
        sent.refresh_from_db()
        assert (sent.texts["food.now"], sent.note) == ("12", "số ước")

    def test_a_mended_value_is_taken_by_its_button(self, cast: Cast, sent: Return):
        client = cast.client(cast.commune_official)
        client.post(address(sent), {"doi": "food.now=1.234,5", "thay": "{}", "o:food.now": "1,234.5"})
        sent.refresh_from_db()
        assert sent.texts["food.now"] == "1.234,5"

    def test_a_conflict_comes_back_with_both_values(self, cast: Cast, sent: Return):
        write(cast.specialist, sent, food="441,5")
        client = cast.client(cast.commune_official)
        page = client.post(address(sent), {"luu": "1", "thay": "{}", "o:food.now": "12"}).content.decode()
        assert "Giữ số kia: 441,5" in page
        assert "Giữ số của tôi: 12" in page
        sent.refresh_from_db()
        assert sent.texts["food.now"] == "441,5"
        client.post(address(sent), {"doi": "food.now=12", "thay": '{"food.now": 1}', "o:food.now": "12"})
        sent.refresh_from_db()
        assert sent.texts["food.now"] == "12"

    def test_sending_goes_to_what_is_missing(self, cast: Cast, sent: Return):
        answer = cast.client(cast.commune_official).post(address(sent), {"gui": "1", "thay": "{}", "o:food.now": "12"})
        assert answer["Location"].startswith(f"{address(sent)}?trong=1#loi-")
        sent.refresh_from_db()
        assert sent.state == ReturnState.DRAFT

    def test_a_full_return_is_sent(self, cast: Cast, sent: Return):
        told = {f"o:{key}": "10" for key in keys_to_type(sent)}
        answer = cast.client(cast.commune_official).post(address(sent), {"gui": "1", "thay": "{}", **told})
        assert answer["Location"] == f"/phieu/{sent.uuid}/xem/"
        sent.refresh_from_db()
        assert sent.state == ReturnState.SENT


def keys_to_type(sent: Return) -> list[str]:
    return [f"{row.code}.now" for row in sent.version.parsed.rows if not row.formula]


def test_what_was_sent_last_period_stands_beside_the_cell_before_it_is_approved(
    cast: Cast, form: FormVersion, sent: Return
):
    before = open_return(cast.commune_official, form.form, cast.commune, OCTOBER.before())
    write(cast.commune_official, before, food="1.310,4")
    client = cast.client(cast.commune_official)
    assert "chờ duyệt" not in client.get(address(sent)).content.decode()
    Return.objects.filter(pk=before.pk).update(state=ReturnState.SENT)
    page = client.get(address(sent)).content.decode()
    assert '1.310,4<small class="sub" title="phiếu tháng 9/2026, chưa duyệt">chờ duyệt</small>' in page


def test_an_empty_form_costs_as_few_questions_as_a_full_one(
    cast: Cast, sent: Return, django_assert_max_num_queries: Any
):
    client = cast.client(cast.commune_official)
    client.get(address(sent))
    with django_assert_max_num_queries(24):
        client.get(address(sent))
    write(cast.commune_official, sent, **{row.code: "10" for row in sent.version.parsed.rows if not row.formula})
    client.get(address(sent))  # what was typed is checked against the ledger once
    with django_assert_max_num_queries(24):
        client.get(address(sent))


def test_what_is_typed_is_only_ever_text(cast: Cast, sent: Return):
    evil = '"><script>alert(1)</script>'
    write(cast.commune_official, sent, food=evil)
    save_cells(cast.commune_official, sent, [Change("clothing.now", "5", 0, Origin.LAST, why=evil, src=evil)])
    client = cast.client(cast.commune_official)
    page = client.get(address(sent)).content.decode()
    told = saved(client, sent, typed("food.now", evil + "1"))
    assert "<script>alert" not in page + "".join(told["mends"].values())
