# SPDX-License-Identifier: Apache-2.0
"""What documents ask: shown with its words, accepted as it is or mended, dismissed with a reason, taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from bamsat.core.terms.directive import Condition
from bamsat.rooms.documents.models import ProposalState
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.models import Task
from tests import build
from tests.rooms.tasks.told import DUE, body, proposal

pytestmark = pytest.mark.django_db
LIST = "/nhiem-vu/de-xuat/"


def state_of(found):
    found.refresh_from_db()
    return found.state


def test_a_proposal_shows_its_words_and_all_that_was_understood(cast):
    build.catalogue()
    found = proposal(
        cast, supporting=("Sở Tài chính",), product="Kế hoạch", said_by="Chủ tịch UBND tỉnh", inferred=("due",),
        indicators=("industrial_output",), at="đoạn 3",
        condition=Condition("industrial_output", None, "plan_ratio", ">=", Decimal(60), "%", "2026-01/2026-09"),
    )  # fmt: skip
    page = cast.client(cast.specialist).get(LIST).content.decode()
    for told in (found.text, "Sở Công Thương", "Sở Tài chính", f"{DUE:%d/%m/%Y}", "Kế hoạch", "Chủ tịch UBND tỉnh",
                 "≥ 60%", "suy ra từ ngày văn bản", "trước 30/9/2026"):  # fmt: skip
        assert told in page, told
    assert f"/van-ban/{found.document.uuid}/#:~:text=" in page


def test_one_press_makes_a_task_as_the_machine_understood_it(cast):
    found = proposal(cast)
    answer = cast.client(cast.specialist).post(reverse("tasks:accept", args=[found.uuid]), {"trang": "2"})
    assert answer.url == f"{LIST}?trang=2"
    assert state_of(found) == ProposalState.ACCEPTED
    assert Task.objects.get().words == found.text


def test_a_proposal_is_mended_before_it_is_accepted(cast):
    lead = body("so-thu", "Sở Công Thương tỉnh Cao Bằng", cast.home)
    found = proposal(cast)
    client = cast.client(cast.specialist)
    address = reverse("tasks:proposal", args=[found.uuid])
    page = client.get(address).content.decode()
    assert f"{DUE:%d/%m/%Y}" in page
    assert f'<option value="{lead.pk}" selected>' in page
    said = {"what": "Lập kế hoạch khuyến công", "begins": "01/09/2026", "time": "date", "due": "15/10/2026",
            "c_measure": "level", "c_comparison": ">="}  # fmt: skip
    answer = client.post(address, said)
    made = Task.objects.get()
    assert answer.url == reverse("tasks:task", args=[made.uuid])
    assert (made.what, made.due, made.words) == ("Lập kế hoạch khuyến công", date(2026, 10, 15), found.text)


def test_what_is_mended_wrongly_is_said_at_its_field(cast):
    found = proposal(cast)
    address = reverse("tasks:proposal", args=[found.uuid])
    answer = cast.client(cast.specialist).post(
        address,
        {"what": "", "begins": "hôm qua", "time": "date", "due": "", "record": "9/XX-YY", "indicator": "chỉ tiêu lạ"},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    for told in ("Hãy ghi việc phải làm", "Ngày viết như 31/12/2026.", "Hãy ghi ngày hết hạn", "Sổ văn bản chưa có",
                 "Không rõ"):  # fmt: skip
        assert told in page, told
    assert state_of(found) == ProposalState.WAITING


def test_a_dismissal_needs_a_reason_and_is_taken_back(cast):
    found, client = proposal(cast), cast.client(cast.specialist)
    page = client.post(reverse("tasks:dismiss", args=[found.uuid]), {"reason": " "}, follow=True).content.decode()
    assert "Hãy ghi vì sao bỏ qua" in page
    assert state_of(found) == ProposalState.WAITING
    page = client.post(
        reverse("tasks:dismiss", args=[found.uuid]), {"reason": "của Sở khác"}, follow=True
    ).content.decode()  # fmt: skip
    assert state_of(found) == ProposalState.DISMISSED
    assert "“của Sở khác”" in page
    assert reverse("tasks:take_back", args=[found.uuid]) in page
    client.post(reverse("tasks:take_back", args=[found.uuid]))
    assert state_of(found) == ProposalState.WAITING


def test_several_are_accepted_or_dismissed_at_once(cast):
    document = build.document(cast.specialist)
    found = [proposal(cast, document, n) for n in range(1, 5)]
    client = cast.client(cast.specialist)
    keys = [str(each.uuid) for each in found]
    page = client.post(reverse("tasks:many"), {"viec": "nhan", "de-xuat": keys[:2]}, follow=True).content.decode()
    assert "Đã nhận 2 đề xuất thành nhiệm vụ." in page
    assert "một lý do cho tất cả" in _dismissed(client, keys[2:], "")
    assert "Đã bỏ qua 2 đề xuất." in _dismissed(client, keys[2:], "không thuộc Sở")
    assert [state_of(each) for each in found] == ["accepted", "accepted", "dismissed", "dismissed"]
    assert "Chưa chọn đề xuất nào" in client.post(reverse("tasks:many"), {"viec": "nhan"}, follow=True).content.decode()


def _dismissed(client, keys, reason):
    said = {"viec": "bo-qua", "de-xuat": [*keys, "không phải mã"], "reason": reason}
    return client.post(reverse("tasks:many"), said, follow=True).content.decode()


def test_a_proposal_that_somebody_accepted_meanwhile_leads_to_its_task(cast):
    found = proposal(cast)
    made = actions.accept(cast.head, found)
    client = cast.client(cast.specialist)
    assert client.get(reverse("tasks:proposal", args=[found.uuid])).url == reverse("tasks:task", args=[made.uuid])
    page = client.post(reverse("tasks:accept", args=[found.uuid]), follow=True).content.decode()
    assert "đã thành nhiệm vụ" in page
    assert Task.objects.count() == 1


@pytest.mark.parametrize("who", ["specialist_elsewhere", "commune_official", "reader"])
def test_nobody_decides_on_what_they_may_not_read(cast, who):
    found = proposal(cast)
    client = cast.client(getattr(cast, who))
    for route in ("accept", "dismiss", "take_back", "proposal"):
        answer = client.post(reverse(f"tasks:{route}", args=[found.uuid]), {"reason": "x"})
        assert answer.status_code in (403, 404), route
    assert state_of(found) == ProposalState.WAITING


def test_a_task_quotes_its_document_at_the_words_to_who_may_read_it(cast):
    build.catalogue()
    made = actions.accept(cast.specialist, proposal(cast))
    page = cast.client(cast.specialist).get(reverse("tasks:task", args=[made.uuid])).content.decode()
    assert f"/van-ban/{made.instruction.document.uuid}/#:~:text=" in page
    actions.assign(cast.director, made, body("ubnd-xa", "UBND Xã Nhà", cast.commune))
    told = cast.client(cast.commune_official).get(reverse("tasks:task", args=[made.uuid])).content.decode()
    assert made.words in told
    assert str(made.instruction.document.uuid) not in told
