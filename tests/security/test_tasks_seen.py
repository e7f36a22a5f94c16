# SPDX-License-Identifier: Apache-2.0
"""A task tells of itself, and of nothing behind it that its reader may not open: tasks, registers, targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from bamsat.core.terms.directive import Condition
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.documents.models import Direction, Record
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from bamsat.rooms.tasks import actions, actions_drafts
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.models import Kind, Step, Task
from bamsat.rooms.tasks.reminding import chased_by
from tests import build
from tests.cast import Cast
from tests.rooms.tasks.told import DUE, TODAY, body, task
from tests.security.world import body_of

pytestmark = pytest.mark.django_db

HIDDEN = "Việc của riêng Sở"


def of_the_commune(cast: Cast, **asked: object) -> Task:
    """A task of the office at home that the commune's committee leads."""
    made = task(cast, what="Rà soát chợ trên địa bàn xã", **asked)
    actions.assign(cast.director, made, body("ubnd-xa-nha", "UBND Xã Nhà", cast.commune), today=TODAY)
    return made


def record(cast: Cast, holder: object, symbol: str = "715/UBND-KT") -> Record:
    return Record.objects.create(
        direction=Direction.ISSUED, holder=holder, symbol=symbol, key=symbol.lower(), subject="Trích yếu kín",
        dated=TODAY, year=2026, number=symbol.partition("/")[0],
    )  # fmt: skip


@pytest.fixture
def limited(cast: Cast) -> User:
    """Works at home for exports alone."""
    build.catalogue()
    field = IndicatorSet.objects.create(code="chi-xuat-khau", name_vi="Chỉ xuất khẩu")
    SetMember.objects.create(set=field, indicator=Indicator.objects.get(code="exports"), order=1)
    user = accounts.create_user("chi-xuat-khau", "Chuyên viên xuất khẩu", password="mat-khau-thu")
    give_role(None, user, cast.home, Role.SPECIALIST, sets=[field])
    return user


def test_a_part_does_not_tell_the_words_of_the_task_above_it(cast: Cast):
    above = task(cast, what=HIDDEN)
    part = of_the_commune(cast, parent=above)
    client = cast.client(cast.commune_official)
    assert client.get(reverse("tasks:task", args=[above.uuid])).status_code == 404
    for address in (reverse("tasks:list"), reverse("tasks:board"), reverse("tasks:task", args=[part.uuid]),
                    reverse("tasks:calendar") + "?thang=2026-09"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert HIDDEN not in body_of(answer), address
        assert str(above.uuid) not in body_of(answer), address


def test_filters_offer_only_what_the_tasks_of_the_reader_have(cast: Cast):
    build.catalogue()
    exports = Indicator.objects.get(code="exports")
    hidden = task(cast, what=HIDDEN, indicators=(exports,))
    unit = body("phong-kin", "Phòng của Sở", cast.other_commune)
    actions.assign(cast.director, hidden, unit, today=TODAY)
    of_the_commune(cast)
    page = cast.client(cast.commune_official).get(reverse("tasks:list"))
    assert exports not in page.context["indicators"]
    assert unit not in page.context["units"]


def test_the_list_names_no_document_of_anothers_register(cast: Cast):
    kept = record(cast, cast.home)
    of_the_commune(cast)
    page = cast.client(cast.commune_official).get(reverse("tasks:list") + f"?van-ban={kept.uuid}")
    assert "715/UBND-KT" not in body_of(page)
    assert "Trích yếu kín" not in body_of(page)


def reader_elsewhere(cast: Cast) -> User:
    """Works at home, and may see the figures, not the papers, of the office elsewhere."""
    user = accounts.create_user("hai-vai", "Hai vai", password="mat-khau-thu")
    give_role(None, user, cast.home, Role.SPECIALIST)
    give_role(None, user, cast.elsewhere, Role.READER)
    return user


def test_a_record_of_an_office_whose_papers_one_does_not_read_serves_for_nothing(cast: Cast):
    user, kept = reader_elsewhere(cast), record(cast, cast.elsewhere)
    with pytest.raises(BamsatError):
        actions.create(user, cast.home, TaskAsked(what="Việc", begins=TODAY, due=DUE, record=kept), today=TODAY)
    own = task(cast)
    actions.assign(cast.director, own, None, (), cast.specialist, today=TODAY)
    with pytest.raises(BamsatError):
        actions.report_done(user, own, TODAY, "xong", record=kept, today=TODAY)
    said = {"what": "Việc", "begins": "01/09/2026", "time": "date", "due": "30/09/2026", "record": "715/UBND-KT",
            "kind": "task", "c_measure": "level"}  # fmt: skip
    answer = cast.client(user).post(reverse("tasks:new"), said)
    assert answer.status_code == 422
    assert "record" in answer.context["form"].errors


def test_who_leads_a_task_from_below_does_not_rewrite_it(cast: Cast):
    draft = of_the_commune(cast, kind=Kind.DRAFT, drafted="Quyết định", issued_by="UBND tỉnh")
    before = Step.objects.count()
    with pytest.raises(BamsatError):
        actions.change(cast.commune_official, draft, TaskAsked(what="Viết lại", begins=TODAY, due=DUE), today=TODAY)
    with pytest.raises(BamsatError):
        actions_drafts.describe(
            cast.commune_official, draft, actions_drafts.About("Nghị quyết", "HĐND tỉnh", "", None), today=TODAY
        )
    client = cast.client(cast.commune_official)
    sent = client.post(reverse("tasks:draft_step", args=[draft.uuid, "thong-tin"]), {"drafted": "Nghị quyết"})
    assert sent.status_code in (403, 404, 422)
    assert Step.objects.count() == before
    draft.refresh_from_db()
    assert (draft.drafted, draft.what) == ("Quyết định", "Rà soát chợ trên địa bàn xã")


def test_who_leads_a_task_from_below_writes_nothing_into_the_register(cast: Cast):
    draft = of_the_commune(cast, kind=Kind.DRAFT, drafted="Quyết định", issued_by="UBND tỉnh")
    record(cast, cast.home, "99/QĐ-UBND")
    passing = actions_drafts.Passing("issued", TODAY, "100/QĐ-UBND")
    actions_drafts.pass_on(cast.commune_official, draft, passing, today=TODAY)
    assert not Record.objects.filter(symbol="100/QĐ-UBND").exists()


def test_chasing_tells_of_no_task_that_stays_hidden(cast: Cast, limited: User):
    condition = Condition("industrial_output", None, "level", ">=", Decimal(5_318_270_000_000), "VND", "2026")
    hidden = task(cast, what=HIDDEN, condition=condition, due=date(2026, 9, 2))
    open_ = task(cast, what="Việc chung", due=date(2026, 9, 2))
    for each in (hidden, open_):
        actions.assign(cast.director, each, None, (), cast.specialist, today=TODAY)
    client = cast.client(limited)
    assert client.get(reverse("tasks:task", args=[hidden.uuid])).status_code == 404
    page = client.get(reverse("tasks:chase"))
    assert "Việc chung" in body_of(page)
    assert HIDDEN not in body_of(page)
    assert client.post(reverse("tasks:remind"), {"muc": str(hidden.uuid)}).status_code == 404


def test_the_amount_of_a_target_is_told_to_who_sees_the_target(cast: Cast, limited: User):
    """A task for a gap bears the target's amount in its condition; serving exports too opens it to who works there."""
    output, exports = (Indicator.objects.get(code=code) for code in ("industrial_output", "exports"))
    plan = plans.record_plan(
        cast.specialist, cast.home, "01/NQ-HĐND", "Hội đồng nhân dân tỉnh", date(2025, 12, 10), "Kế hoạch", "2026"
    )
    target = plans.set_target(cast.specialist, plan, output, level="5318270000000 đồng")[0]
    condition = Condition("industrial_output", None, "level", ">=", target.amount, target.series.unit, "2026")
    made = task(cast, what="Thu hẹp khoảng cách", target=target, condition=condition, indicators=(output, exports))
    actions.assign(cast.director, made, body("ubnd-xa-nha", "UBND Xã Nhà", cast.commune), today=TODAY)
    address = reverse("tasks:task", args=[made.uuid])
    assert "5.318" in body_of(cast.client(cast.specialist).get(address))
    for user in (limited, cast.commune_official):
        answer = cast.client(user).get(address)
        assert answer.status_code == 200
        assert "5.318" not in body_of(answer)
    mending = cast.client(limited).get(reverse("tasks:change", args=[made.uuid]))
    assert "5.318" not in body_of(mending)


def test_reporting_assigning_anew_and_closing_is_still_ones_own_report(cast: Cast):
    made = task(cast)
    actions.assign(cast.director, made, None, (), cast.director, today=TODAY)
    assert cast.deputy.pk
    actions.report_done(cast.director, made, TODAY, "xong", today=TODAY)
    with pytest.raises(BamsatError):
        actions.close(cast.director, made, today=TODAY)
    actions.return_(cast.director, made, "xem lại", today=TODAY)
    actions.assign(cast.director, made, None, (), cast.specialist, today=TODAY)
    actions.report_done(cast.director, made, TODAY, "xong", today=TODAY)
    with pytest.raises(BamsatError):
        actions.close(cast.director, made, today=TODAY)
    actions.close(cast.deputy, made, today=TODAY)
    actions.reopen(cast.director, made, "mở lại", today=TODAY)
    with pytest.raises(BamsatError):
        actions.close(cast.director, made, today=TODAY)


def test_a_role_that_ends_today_opens_nothing(cast: Cast):
    made = task(cast)
    user = accounts.create_user("het-han", "Hết hạn", password="mat-khau-thu")
    give_role(None, user, cast.home, Role.SPECIALIST, valid_from=date(2020, 1, 1), valid_to=timezone.localdate())
    client = cast.client(user)
    for address in (reverse("tasks:list"), reverse("tasks:task", args=[made.uuid]), reverse("tasks:export_xlsx")):
        assert client.get(address).status_code in (403, 404)
    assert chased_by(user, TODAY, calendar(2024, 2028)) == []
