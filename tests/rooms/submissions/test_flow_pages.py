# SPDX-License-Identifier: Apache-2.0
"""Pages of returns on their way: the list with its tabs, the return as it is read, and the buttons on it."""

import re

import pytest
from django.urls import reverse

from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.models import Role
from bamsat.rooms.submissions.filling.actions import Change, save_cells
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.flow.queues import waiting_count
from bamsat.rooms.submissions.models import Attachment, Return, ReturnState
from tests import build

pytestmark = pytest.mark.django_db

OCTOBER = "2026-10"
ROWS = [
    {"code": "total", "name": "Tổng", "indicator": "retail_services", "unit": "triệu đồng", "formula": "sum(parts)"},
    {"code": "goods", "level": 1, "name": "Bán lẻ", "indicator": "retail_goods", "unit": "triệu đồng"},
    {"code": "travel", "level": 1, "name": "Lữ hành", "indicator": "travel_services", "unit": "triệu đồng"},
]
FULL = {"goods.now": "1.234,5", "travel.now": "20"}
LIST = "/bieu-mau/"


@pytest.fixture
def form(cast):
    return build.form("ban-le-gon", rows=ROWS, rules=[], name_vi="Bán lẻ gọn")


@pytest.fixture
def sent(cast, form):
    return build.sent(cast.commune_official, form, cast.commune, OCTOBER, FULL)


def read(cast, user, sent):
    return cast.client(user).get(reverse("submissions:review", args=[sent.uuid]))


def press(cast, user, sent, what, **said):
    return cast.client(user).post(reverse(f"submissions:{what}", args=[sent.uuid]), said, follow=True)


def buttons(page):
    return re.findall(r'formaction="[^"]*/([a-z-]+)/"', page.content.decode())


def again(sent):
    return Return.objects.get(pk=sent.pk)


# The list.


def test_the_list_opens_at_what_waits(cast, sent):
    page = cast.client(cast.specialist).get(LIST).content.decode()
    assert "1 phiếu đã gửi, chờ kiểm tra." in page
    assert "Xã Nhà" in page


def test_the_side_bar_counts_what_waits_for_whom(cast, form, sent):
    assert [waiting_count(user) for user in (cast.specialist, cast.head, cast.commune_official)] == [1, 1, 0]
    actions_flow.check(cast.specialist, sent)
    assert [waiting_count(user) for user in (cast.specialist, cast.head)] == [0, 1]
    actions_flow.send_back(cast.head, sent, [], "Nhầm")
    assert [waiting_count(user) for user in (cast.specialist, cast.head, cast.commune_official)] == [0, 0, 1]


def test_an_office_elsewhere_sees_none_of_it(cast, sent):
    assert "Xã Nhà" not in cast.client(cast.specialist_elsewhere).get(LIST).content.decode()
    assert read(cast, cast.specialist_elsewhere, sent).status_code == 404


def test_a_reader_has_no_list(cast):
    assert cast.client(cast.reader).get(LIST).status_code == 403


def test_it_is_searched_without_accents_and_filtered_by_period(cast, form, sent):
    build.sent(cast.specialist, form, cast.other_commune, "2026-09", FULL)
    client = cast.client(cast.specialist)
    page = client.get(LIST, {"tim": "xa ben"}).content.decode()
    assert "Xã Bên" in page
    assert "Xã Nhà</a>" not in page
    page = client.get(LIST, {"ky": OCTOBER}).content.decode()
    assert "Xã Nhà</a>" in page
    assert "Xã Bên</a>" not in page
    assert "Không có phiếu nào như vậy" in client.get(LIST, {"tim": "xã lạ"}).content.decode()


def test_all_of_a_tab_are_approved_at_once_and_the_others_say_why_not(cast, form):
    months = ("2026-07", "2026-08", "2026-09")
    for month in months:
        build.sent(cast.commune_official, form, cast.commune, month, FULL, until="checked", by=cast.specialist)
    client = cast.client(cast.head)
    page = client.get(LIST)
    assert "Duyệt 3 phiếu" in page.content.decode()
    address = reverse("submissions:many") + "?tat-ca=1"
    page = client.post(address, {"muc": "duyet", "viec": "approve", "ky": "2026-07"}, follow=True).content.decode()
    assert "Đã duyệt 1 phiếu vào sổ." in page
    client.post(address, {"muc": "duyet", "viec": "approve"})
    assert Return.objects.filter(state=ReturnState.APPROVED).count() == 3
    assert Entry.objects.count() == 9


def test_chosen_ones_are_checked_and_one_that_needs_a_look_is_left(cast, form, sent):
    odd = build.sent(cast.commune_official, form, cast.commune, "2026-09", {"goods.now": "5"})
    client = cast.client(cast.specialist)
    assert "Kiểm tra xong 1 phiếu" in client.get(LIST).content.decode()
    chosen = {"muc": "kiem-tra", "viec": "check", "phieu": [str(sent.uuid), str(odd.uuid), "không phải mã"]}
    page = client.post(reverse("submissions:many"), chosen, follow=True).content.decode()
    assert "Đã kiểm tra xong 1 phiếu." in page
    assert "1 phiếu để lại" in page
    assert "giải thích" in page
    assert again(odd).state == ReturnState.SENT


def test_nothing_chosen_is_said(cast, sent):
    page = cast.client(cast.specialist).post(
        reverse("submissions:many"), {"muc": "kiem-tra", "viec": "check"}, follow=True
    )
    assert "Chưa chọn phiếu nào" in page.content.decode()


def test_a_return_of_another_office_is_not_reached_through_many(cast, sent):
    client = cast.client(cast.specialist_elsewhere)
    client.post(reverse("submissions:many"), {"muc": "tat-ca", "viec": "check", "phieu": [str(sent.uuid)]})
    assert again(sent).state == ReturnState.SENT


# The return as it is read.


def test_who_may_do_what_is_a_button(cast, sent):
    assert buttons(read(cast, cast.commune_official, sent)) == ["lay-lai"]
    assert buttons(read(cast, cast.specialist, sent)) == ["kiem-tra"]
    assert buttons(read(cast, cast.head, sent)) == ["kiem-tra", "duyet"]
    actions_flow.check(cast.specialist, sent)
    assert buttons(read(cast, cast.specialist, sent)) == ["bo-kiem-tra"]
    assert buttons(read(cast, cast.head, sent)) == ["duyet"]


def test_the_page_is_checked_and_goes_on_to_the_next_that_waits_with_a_way_back(cast, form, sent):
    later = build.sent(cast.commune_official, form, cast.commune, "2026-09", FULL)
    page = press(cast, cast.specialist, sent, "check", lan=sent.revision)
    assert page.redirect_chain[-1][0] == reverse("submissions:review", args=[later.uuid])
    assert "Lấy lại bước kiểm tra" in page.content.decode()
    press(cast, cast.specialist, sent, "uncheck", lan=again(sent).revision)
    assert again(sent).state == ReturnState.SENT


def test_next_and_previous_that_wait_are_a_key_away(cast, form, sent):
    later = build.sent(cast.commune_official, form, cast.commune, "2026-09", FULL)
    page = read(cast, cast.specialist, sent).content.decode()
    assert f'href="{reverse("submissions:review", args=[later.uuid])}" rel="next" data-keys="Alt+Down"' in page
    page = read(cast, cast.specialist, later).content.decode()
    assert 'rel="prev" data-keys="Alt+Up"' in page


def test_it_is_sent_back_with_remarks_at_cells_without_any_script(cast, sent):
    page = cast.client(cast.specialist).get(reverse("submissions:review", args=[sent.uuid]), {"o": "goods.now"})
    assert '<option value="goods.now" selected>' in page.content.decode()
    said = {"o": ["goods.now", ""], "y-kien": ["Xem lại đơn vị", ""], "ly-do": "", "lan": sent.revision}
    press(cast, cast.specialist, sent, "send_back", **said)
    assert list(sent.remarks.values_list("key", "text")) == [("goods.now", "Xem lại đơn vị")]
    assert "Xem lại đơn vị" in read(cast, cast.commune_official, sent).content.decode()


def test_a_refusal_keeps_what_was_written(cast, sent):
    actions_flow.send_back(cast.head, sent, [], "Nhầm kỳ")
    actions_flow.send(cast.commune_official, sent)
    said = {"o": ["goods.now"], "y-kien": ["Xem lại đơn vị"], "ly-do": "", "lan": sent.revision}
    page = press(cast, cast.specialist, sent, "send_back", **said)
    assert page.status_code == 422
    text = page.content.decode()
    assert "Cán bộ xã" in text
    assert "Xem lại đơn vị" in text


def test_a_correction_shows_what_differs_from_the_sending_before(cast, sent):
    actions_flow.send_back(cast.specialist, sent, [("goods.now", "Xem lại đơn vị")])
    save_cells(cast.commune_official, sent, [Change("goods.now", "1.300")])
    actions_flow.send(cast.commune_official, sent)
    page = read(cast, cast.specialist, sent).content.decode()
    assert "1 ô khác lần gửi trước." in page
    assert "lần trước 1.234,5" in page
    assert "Ý kiến lần trước" in page


def test_what_the_sender_explained_stands_under_its_row(cast, form):
    odd = build.sent(cast.commune_official, form, cast.commune, OCTOBER, {"goods.now": "5"})
    page = read(cast, cast.specialist, odd).content.decode()
    assert "Nơi gửi: “chưa thu thập được”" in page


def test_files_that_go_with_it_are_listed(cast, sent):
    told = {"name": "ban-ky.pdf", "sha256": "0" * 64, "size": 1200, "signed": True, "by": cast.commune_official}
    file = Attachment.objects.create(sent_return=sent, **told)
    page = read(cast, cast.specialist, sent).content.decode()
    assert reverse("submissions:attachment", args=[sent.uuid, file.uuid]) in page
    assert "bản đã ký" in page


def test_all_returns_are_filtered_by_step(cast, form, sent):
    client = cast.client(cast.specialist)
    assert "Xã Nhà</a>" in client.get(LIST, {"muc": "tat-ca", "buoc": "sent"}).content.decode()
    assert "Xã Nhà</a>" not in client.get(LIST, {"muc": "tat-ca", "buoc": "approved"}).content.decode()


def test_after_approval_its_numbers_lead_to_the_ledger_and_back(cast, sent):
    actions_many.approve(cast.head, sent)
    page = read(cast, cast.commune_official, sent).content.decode()
    entry = Entry.objects.get(cell="goods.now")
    address = reverse("figures:entry", args=[entry.uuid])
    assert address in page
    assert reverse("submissions:review", args=[sent.uuid]) in cast.client(cast.specialist).get(address).content.decode()


def test_a_reader_sees_an_approved_return_but_not_how_it_was_talked_about(cast, sent):
    actions_flow.send_back(cast.specialist, sent, [("goods.now", "Xem lại đơn vị")])
    actions_flow.send(cast.commune_official, sent)
    assert read(cast, cast.reader, sent).status_code == 404
    actions_many.approve(cast.head, sent)
    page = read(cast, cast.reader, sent)
    assert "1.234,5" in page.content.decode()
    assert "Xem lại đơn vị" not in page.content.decode()
    assert not buttons(page)


def test_it_is_unlocked_with_a_reason_and_says_that_the_ledger_stays(cast, sent):
    actions_many.approve(cast.head, sent)
    assert press(cast, cast.head, sent, "unlock", **{"ly-do": " "}).status_code == 422
    page = press(cast, cast.head, sent, "unlock", **{"ly-do": "Nhầm đơn vị"}).content.decode()
    assert "Số trong sổ vẫn là số của lần duyệt trước" in page
    assert "Nhầm đơn vị" in page


@pytest.mark.parametrize("what", ["send", "take_back", "check", "uncheck", "send_back", "approve", "unlock"])
def test_nothing_is_done_by_who_does_not_see_the_return(cast, sent, what):
    stranger = build.role(cast.newcomer, cast.elsewhere.slug, Role.HEAD)
    assert press(cast, stranger, sent, what, **{"ly-do": "thử"}).status_code == 404
    assert again(sent).state == ReturnState.SENT
