# SPDX-License-Identifier: Apache-2.0
"""The way of a return: who sends, checks, sends back, approves and unlocks it, and what stands against it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.models import PlaceRole, Role
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.submissions.filling.actions import Change, Refused, open_return, save_cells
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.flow.errors import NotReady, Stale
from bamsat.rooms.submissions.models import Remark, Return, ReturnState, Step
from tests import build

pytestmark = pytest.mark.django_db

OCTOBER = "2026-10"
ROWS = [
    {"code": "total", "name": "Tổng", "indicator": "retail_services", "unit": "triệu đồng", "formula": "sum(parts)"},
    {"code": "goods", "level": 1, "name": "Bán lẻ", "indicator": "retail_goods", "unit": "triệu đồng"},
    {"code": "travel", "level": 1, "name": "Lữ hành", "indicator": "travel_services", "unit": "triệu đồng"},
]
FULL = {"goods.now": "1.234,5", "travel.now": "20"}


@pytest.fixture
def form(cast):
    return build.form("ban-le-gon", rows=ROWS, rules=[])


@pytest.fixture
def sent(cast, form):
    return build.sent(cast.commune_official, form, cast.commune, OCTOBER, FULL)


def again(sent: Return) -> Return:
    return Return.objects.get(pk=sent.pk)


# Sending.


def test_a_return_with_nothing_left_to_mend_is_sent_and_its_cells_are_kept(cast, sent):
    step = sent.steps.get(after=ReturnState.SENT)
    assert (sent.state, sent.sent_by) == (ReturnState.SENT, cast.commune_official)
    assert step.cells == FULL
    assert step.sha256 == actions_flow.digest(FULL)


def test_it_is_not_sent_while_a_cell_is_blank_without_a_reason_and_says_which(cast, form):
    draft = build.sent(cast.commune_official, form, cast.commune, OCTOBER, {"goods.now": "5"}, until="draft")
    with pytest.raises(NotReady, match="Lữ hành") as refused:
        actions_flow.send(cast.commune_official, draft)
    assert [found.key for found in refused.value.findings] == ["travel.now"]
    assert again(draft).state == ReturnState.DRAFT


def test_it_is_not_sent_with_a_number_that_the_ledger_cannot_keep(cast, form):
    many_digits = {"goods.now": "1,12345678901", "travel.now": "1"}
    draft = build.sent(cast.commune_official, form, cast.commune, OCTOBER, many_digits, until="draft")
    with pytest.raises(NotReady, match="chính xác"):
        actions_flow.send(cast.commune_official, draft)


def test_the_first_sending_tells_whether_it_was_in_time(cast, sent):
    first = sent.sent_at
    actions_flow.send_back(cast.specialist, sent, [("goods.now", "Xem lại đơn vị")])
    actions_flow.send(cast.commune_official, sent)
    assert again(sent).sent_at == first


def test_nobody_of_another_place_sends_it(cast, form):
    draft = build.sent(cast.commune_official, form, cast.commune, OCTOBER, FULL, until="draft")
    elsewhere = build.role(cast.newcomer, cast.other_commune.slug, Role.COMMUNE)
    with pytest.raises(NotAllowed):
        actions_flow.send(elsewhere, draft)


def test_the_sender_takes_it_back_while_nobody_has_checked_and_it_does_not_count_as_sent(cast, sent):
    taken = actions_flow.take_back(cast.commune_official, sent)
    assert (taken.state, taken.sent_at) == (ReturnState.DRAFT, None)


def test_a_checked_return_is_not_taken_back(cast, sent):
    actions_flow.check(cast.specialist, sent)
    with pytest.raises(Refused):
        actions_flow.take_back(cast.commune_official, sent)


def test_taking_back_a_correction_lets_its_remarks_stand_again(cast, sent):
    actions_flow.send_back(cast.specialist, sent, [("goods.now", "Xem lại đơn vị")])
    actions_flow.send(cast.commune_official, sent)
    taken = actions_flow.take_back(cast.commune_official, sent)
    assert taken.state == ReturnState.RETURNED
    assert taken.sent_at is not None
    assert Remark.objects.get(sent_return=sent).answered_at is None


# Checking and sending back.


def test_a_specialist_checks_and_nothing_is_in_the_ledger_yet(cast, sent):
    actions_flow.check(cast.specialist, sent)
    assert again(sent).state == ReturnState.CHECKED
    assert not Entry.objects.exists()


def test_the_commune_does_not_check_its_own_return(cast, sent):
    with pytest.raises(NotAllowed):
        actions_flow.check(cast.commune_official, sent)


def test_an_office_elsewhere_does_not_check_it(cast, sent):
    with pytest.raises(NotAllowed):
        actions_flow.check(cast.specialist_elsewhere, sent)


def test_only_the_roles_that_the_form_names_check(cast):
    form = build.form("ban-le-truong-phong", rows=ROWS, rules=[], checks=["head"])
    sent = build.sent(cast.commune_official, form, cast.commune, OCTOBER, FULL)
    with pytest.raises(NotAllowed, match="lãnh đạo phòng"):
        actions_flow.check(cast.specialist, sent)
    actions_flow.check(cast.head, sent)


def test_a_role_for_another_field_does_not_check(cast, sent):
    role = PlaceRole.objects.get(user=cast.specialist)
    role.sets.add(IndicatorSet.objects.exclude(pk=sent.form.set_id).first())
    with pytest.raises(NotAllowed):
        actions_flow.check(cast.specialist, sent)


def test_it_goes_back_with_remarks_at_cells_and_can_be_filled_again(cast, sent):
    actions_flow.send_back(cast.specialist, sent, [("goods.now", "Gấp mười lần tháng trước?")], "Xem lại giúp")
    assert again(sent).state == ReturnState.RETURNED
    assert set(sent.remarks.values_list("key", "text")) == {
        ("goods.now", "Gấp mười lần tháng trước?"), ("", "Xem lại giúp"),
    }  # fmt: skip
    save_cells(cast.commune_official, sent, [Change("goods.now", "123,4")])


def test_it_does_not_go_back_without_a_word(cast, sent):
    with pytest.raises(Refused, match="ý kiến"):
        actions_flow.send_back(cast.specialist, sent, [("goods.now", "  ")])


def test_a_remark_stands_at_a_cell_of_the_form(cast, sent):
    with pytest.raises(Refused, match=r"goods\.no"):
        actions_flow.send_back(cast.specialist, sent, [("goods.no", "Sai")])


def test_a_checked_return_is_sent_back_by_an_approver_only(cast, sent):
    actions_flow.check(cast.specialist, sent)
    with pytest.raises(NotAllowed):
        actions_flow.send_back(cast.specialist, sent, [], "Nhầm")
    actions_flow.send_back(cast.head, sent, [], "Nhầm")


def test_sending_again_answers_the_remarks(cast, sent):
    actions_flow.send_back(cast.specialist, sent, [("goods.now", "Sai")])
    actions_flow.send(cast.commune_official, sent)
    assert not Remark.objects.filter(answered_at=None).exists()


def test_who_checked_takes_that_back(cast, sent):
    actions_flow.check(cast.specialist, sent)
    with pytest.raises(NotAllowed, match="Chuyên viên tổng hợp"):
        actions_flow.uncheck(cast.head, sent)
    assert actions_flow.uncheck(cast.specialist, sent).state == ReturnState.SENT


# Approving.


def test_a_head_approves_a_checked_return_into_the_ledger(cast, sent):
    actions_flow.check(cast.specialist, sent)
    done = actions_many.approve(cast.head, sent)
    assert (done.state, done.approved_by) == (ReturnState.APPROVED, cast.head)
    assert set(Entry.objects.values_list("cell", flat=True)) == {"goods.now", "travel.now", "total.now"}


def test_a_head_who_may_check_approves_a_sent_return_and_both_steps_are_kept(cast, sent):
    actions_many.approve(cast.head, sent)
    assert list(sent.steps.values_list("before", "after"))[-2:] == [("sent", "checked"), ("checked", "approved")]


def test_a_specialist_does_not_approve(cast, sent):
    actions_flow.check(cast.specialist, sent)
    with pytest.raises(NotAllowed, match="không duyệt"):
        actions_many.approve(cast.specialist, sent)
    assert not Entry.objects.exists()


def test_who_sent_it_does_not_approve_it(cast, form):
    sent = build.sent(cast.head, form, cast.commune, OCTOBER, FULL, until="checked", by=cast.specialist)
    with pytest.raises(NotAllowed, match="bốn mắt"):
        actions_many.approve(cast.head, sent)
    actions_many.approve(cast.director, sent)


def test_an_administrator_may_send_and_approve(cast, form):
    sent = build.sent(cast.administrator, form, cast.commune, OCTOBER, FULL)
    assert actions_many.approve(cast.administrator, sent).state == ReturnState.APPROVED


def test_an_acting_head_approves_and_the_step_and_the_trail_say_for_whom(cast, sent):
    PlaceRole.objects.create(
        user=cast.specialist, place=cast.home, role=Role.HEAD, acting_for=cast.head, act="Quyết định 12/QĐ-SCT",
        valid_from=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip
    actions_many.approve(cast.specialist, sent)
    assert sent.steps.get(after=ReturnState.APPROVED).acting_for == cast.head
    record = AuditRecord.objects.get(action="submissions.return.approved")
    assert record.details["acting_for"] == cast.head.username


def test_acting_ends_with_its_last_day(cast, sent):
    PlaceRole.objects.create(
        user=cast.specialist, place=cast.home, role=Role.HEAD, acting_for=cast.head,
        valid_to=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        actions_many.approve(cast.specialist, sent)


def test_a_draft_is_not_approved(cast, form):
    draft = build.sent(cast.commune_official, form, cast.commune, OCTOBER, FULL, until="draft")
    with pytest.raises(Refused, match="Đang nhập"):
        actions_many.approve(cast.head, draft)


# Two at once.


def test_the_second_who_decides_is_told_who_was_first(cast, sent):
    seen = sent.revision
    actions_flow.send_back(cast.head, sent, [], "Nhầm kỳ", seen)
    with pytest.raises(Stale, match="Trưởng phòng"):
        actions_flow.check(cast.specialist, sent, seen)


def test_who_sends_while_a_colleague_typed_is_told_which_cell_changed(cast, form):
    draft = build.sent(cast.commune_official, form, cast.commune, OCTOBER, FULL, until="draft")
    save_cells(cast.specialist, draft, [Change("goods.now", "99")])
    with pytest.raises(Stale, match=r"goods\.now"):
        actions_flow.send(cast.commune_official, draft, draft.revision)
    assert again(draft).texts["goods.now"] == "99"


# Unlocking.


def test_unlocking_wants_a_reason_and_leaves_the_ledger_alone(cast, sent):
    actions_many.approve(cast.head, sent)
    with pytest.raises(Refused, match="lý do"):
        actions_flow.unlock(cast.head, sent, " ")
    actions_flow.unlock(cast.head, sent, "Nhầm đơn vị")
    assert again(sent).state == ReturnState.RETURNED
    assert Entry.objects.filter(withdrawal=None, latest__isnull=False).count() == 3
    assert sent.steps.get(unlocked=True).reason == "Nhầm đơn vị"


def test_only_an_approver_unlocks(cast, sent):
    actions_many.approve(cast.head, sent)
    with pytest.raises(NotAllowed):
        actions_flow.unlock(cast.specialist, sent, "Nhầm")


def test_every_step_is_in_the_trail_and_the_trail_holds(cast, sent):
    actions_flow.check(cast.specialist, sent)
    actions_many.approve(cast.head, sent)
    actions_flow.unlock(cast.head, sent, "Nhầm")
    told = AuditRecord.objects.filter(object_type="submissions.return").values_list("action", flat=True)
    assert [each.rpartition(".")[2] for each in told] == [
        "opened", "saved", "sent", "checked", "approved", "unlocked",
    ]  # fmt: skip
    assert audit.verify() is None


# Many.


@pytest.fixture
def three(cast, form):
    months = ("2026-08", "2026-09", OCTOBER)
    return [build.sent(cast.commune_official, form, cast.commune, month, FULL) for month in months]


def test_many_are_checked_but_not_one_that_its_sender_had_to_explain(cast, form, three):
    odd = build.sent(cast.commune_official, form, cast.commune, "2026-07", {"goods.now": "5"})
    done = actions_many.check_many(cast.specialist, [each.pk for each in (*three, odd)])
    assert [each.pk for each in done.done] == [each.pk for each in three]
    assert [(left.sent, "giải thích" in left.vi) for left in done.left] == [(odd, True)]


def test_many_are_approved_each_on_its_own_merits(cast, form, three):
    mine = build.sent(cast.head, form, cast.commune, "2026-07", FULL)
    done = actions_many.approve_many(cast.head, [each.pk for each in (*three, mine)])
    assert len(done.done) == 3
    assert "bốn mắt" in done.left[0].vi
    assert Entry.objects.count() == 9
    record = AuditRecord.objects.get(action="submissions.returns.approved")
    assert (record.details["count"], record.details["written"]) == (3, 9)


def test_many_are_sent_and_what_is_to_be_mended_is_told_of_the_others(cast, form):
    good, bad = (
        build.sent(cast.commune_official, form, cast.commune, month, texts, until="draft")
        for month, texts in (("2026-08", FULL), ("2026-09", {"goods.now": "x12"}))
    )
    done = actions_many.send_many(cast.commune_official, [good.pk, bad.pk])
    assert [each.pk for each in done.done] == [good.pk]
    assert "phải sửa" in done.left[0].vi
    assert again(good).steps.get(after=ReturnState.SENT).cells == FULL


def test_two_forms_that_say_one_figure_are_approved_one_after_the_other(cast, form):
    other = build.form("ban-le-gon-2", rows=ROWS, rules=[])
    both = [
        build.sent(cast.commune_official, each, cast.commune, OCTOBER, texts)
        for each, texts in ((form, FULL), (other, FULL | {"goods.now": "99"}))
    ]
    done = actions_many.approve_many(cast.head, [each.pk for each in both])
    assert len(done.done) == 2
    assert Entry.objects.get(cell="goods.now", latest__isnull=False).amount == 99_000_000


def test_a_return_that_changed_while_many_were_prepared_is_left_with_the_name_of_who_did(cast, three, monkeypatch):
    real = actions_many._Approval.prepare

    def meanwhile(self, returns):
        actions_flow.send_back(cast.director, three[1], [], "Nhầm kỳ")
        return real(self, returns)

    monkeypatch.setattr(actions_many._Approval, "prepare", meanwhile)
    done = actions_many.approve_many(cast.head, [each.pk for each in three])
    assert len(done.done) == 2
    assert "Giám đốc Sở" in done.left[0].vi
    assert again(three[1]).state == ReturnState.RETURNED


def test_steps_of_many_keep_what_was_sent(cast, three):
    actions_many.approve_many(cast.head, [each.pk for each in three])
    assert {step.sha256 for step in Step.objects.exclude(sha256="")} == {actions_flow.digest(FULL)}


def test_a_return_is_opened_once(cast, form):
    october = Period.parse(OCTOBER)
    first = open_return(cast.commune_official, form.form, cast.commune, october)
    assert open_return(cast.specialist, form.form, cast.commune, october) == first
