# SPDX-License-Identifier: Apache-2.0
"""Several people decide on the same returns at the same moment: each is approved once, and nobody sees a crash."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.figures.ledger import drift
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.models import Return, ReturnState, Step
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [{"code": "goods", "name": "Bán lẻ", "indicator": "retail_goods", "unit": "triệu đồng"}]


def test_approvers_and_a_checker_at_once_lose_nothing_and_approve_nothing_twice(cast):
    form = build.form("mot-dong", rows=ROWS, rules=[], name_vi="Một dòng")
    months = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 9)]
    ids = [build.sent(cast.commune_official, form, cast.commune, month, {"goods.now": "5"}).pk for month in months]
    heads = [cast.head, cast.deputy, cast.director]
    for head in heads:
        build.role(head, cast.home.slug, "specialist")

    def approve(user):
        try:
            return len(actions_many.approve_many(user, ids).done)
        finally:
            connection.close()

    def send_back(pk):
        try:
            actions_flow.send_back(cast.specialist, Return.objects.get(pk=pk), [], "Xem lại")
        except BamsatError:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(4) as pool:
        approving = [pool.submit(approve, head) for head in heads]
        returning = [pool.submit(send_back, pk) for pk in ids[::4]]
        approved = sum(each.result() for each in approving)
        returned = sum(each.result() for each in returning)

    assert Return.objects.filter(state=ReturnState.APPROVED).count() == approved
    assert Return.objects.filter(state=ReturnState.RETURNED).count() == returned
    assert approved + returned == len(ids)
    assert Step.objects.filter(after=ReturnState.APPROVED).count() == Entry.objects.count() == approved
    assert not drift()
    assert audit.verify() is None
