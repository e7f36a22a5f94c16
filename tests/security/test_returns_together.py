# SPDX-License-Identifier: Apache-2.0
"""Saving while it is sent, approving while it is unlocked: somebody is told, nothing is lost, nobody sees a crash."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.figures.ledger import drift
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.submissions.filling import actions as actions_fill
from bamsat.rooms.submissions.filling.actions import Change
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.models import Return, ReturnState, Step
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [{"code": "goods", "name": "Bán lẻ", "indicator": "retail_goods", "unit": "triệu đồng"}]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each gave or was told; whatever else is raised, is raised here."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        except BamsatError as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(run, act) for act in acts]]


def one_row(cast: Cast, period: str, until: str) -> Return:
    form = build.form("mot-dong", rows=ROWS, rules=[], name_vi="Một dòng")
    return build.sent(cast.commune_official, form, cast.commune, period, {"goods.now": "5"}, until=until)


@pytest.mark.parametrize("turn", range(3))
def test_what_is_saved_while_it_is_sent_is_in_what_was_sent_or_told(cast: Cast, turn: int):
    sent = one_row(cast, "2026-09", "draft")
    user = cast.commune_official
    one, other = at_once(
        lambda: actions_fill.save_cells(user, sent, [Change("goods.now", f"7{turn}")]),
        lambda: actions_flow.send(user, sent),
    )
    assert not isinstance(other, BamsatError)
    kept = Return.objects.get(pk=sent.pk)
    wanted = "5" if isinstance(one, BamsatError) else f"7{turn}"
    assert kept.texts["goods.now"] == Step.objects.get(sent_return=sent, after=ReturnState.SENT).cells["goods.now"]
    assert kept.texts["goods.now"] == wanted
    assert audit.verify() is None


def test_two_who_save_one_cell_lose_nothing(cast: Cast):
    sent = one_row(cast, "2026-09", "draft")
    seen = sent.cells["goods.now"]["n"]
    found = at_once(*[
        lambda text=text: actions_fill.save_cells(cast.commune_official, sent, [Change("goods.now", text, seen)])
        for text in ("8", "9", "10")
    ])  # fmt: skip
    assert sorted(len(each.conflicts) for each in found) == [0, 1, 1]
    written = next(each for each in found if each.keys)
    assert Return.objects.get(pk=sent.pk).texts == written.sent_return.texts


def test_approving_unlocking_and_sending_back_at_once_leave_one_way(cast: Cast):
    sent = one_row(cast, "2026-09", "checked")
    at_once(
        lambda: actions_many.approve(cast.head, sent),
        lambda: actions_many.approve_many(cast.director, [sent.pk]),
        lambda: actions_flow.unlock(cast.head, sent, "sai số"),
        lambda: actions_flow.send_back(cast.director, sent, [], "xem lại"),
    )
    steps = list(Step.objects.filter(sent_return=sent).order_by("pk").values_list("before", "after"))
    assert all(earlier[1] == later[0] for earlier, later in pairwise(steps))
    assert Return.objects.get(pk=sent.pk).state == steps[-1][1]
    assert Entry.objects.count() == sum(after == ReturnState.APPROVED for _before, after in steps) <= 1
    assert drift() == []
    assert audit.verify() is None
