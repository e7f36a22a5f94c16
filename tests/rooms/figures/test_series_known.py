# SPDX-License-Identifier: Apache-2.0
"""What was known when: asking for a day and replaying everything that happened until it give the same ledger."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from bamsat.core.ledger import vintages
from bamsat.core.ledger.vintages import Event, Recorded, Withdrawn
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.actions import accept, accept_all, replace, withdraw
from bamsat.rooms.figures.histories import Asked, history
from bamsat.rooms.figures.ledger import key_of
from bamsat.rooms.figures.models import Entry, Latest, Series
from bamsat.rooms.figures.queries import as_of, standing
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.mark.parametrize("seed", range(4))
def test_as_of_any_moment_and_a_replay_until_then_give_the_same_ledger(cast: Cast, seed: int) -> None:
    choose, log = random.Random(seed), list[Event]()
    for _ in range(25):
        happened(cast, choose, log)
    series = list(Series.objects.all())
    for until, event in enumerate(log, start=1):
        stood = {key_of(entry): entry.pk for entry in as_of(event.at, series)}
        assert stood == vintages.replay(log[:until]) == vintages.as_of(log, event.at)
    now = {key_of(entry): entry.pk for entry in standing(series)}
    assert now == vintages.replay(log) == {key_of(row): row.entry_id for row in Latest.objects.all()}


def happened(cast: Cast, choose: random.Random, log: list[Event]) -> None:
    """A figure accepted, an entry replaced, or one withdrawn; written in the log as the core knows it."""
    standing_now = list(Latest.objects.order_by("pk"))
    what = choose.choice(("accept", "replace", "withdraw", "replace")) if standing_now else "accept"
    if what == "withdraw":
        withdrawal = withdraw(cast.head, choose.choice(standing_now).entry, "nhầm")
        log.append(Withdrawn(withdrawal.entry_id, withdrawal.at))
        return
    value = choose.randint(1, 10**6)
    if what == "replace":
        made = replace(cast.head, choose.choice(standing_now).entry, Decimal(value), "đính chính")
    else:
        period, status = str(choose.randint(2015, 2021)), choose.choice(("actual", "estimate"))
        taken = {(row.period, row.kind) for row in standing_now}
        if (period, status) in taken:
            return
        made = accept(cast.head, build.figure(cast.specialist, stated(value, period=period, status=status)))
    log.append(Recorded(made.pk, key_of(made), made.recorded_at))


def test_a_series_and_a_scoreboard_can_be_seen_as_they_were_known_on_a_day(cast: Cast) -> None:
    first = accept(cast.head, build.figure(cast.specialist, stated(100)))
    replace(cast.head, first, Decimal(200), "đính chính")
    indicator = Indicator.objects.get(code="industrial_output")
    told = history(cast.specialist, indicator, cast.home, Asked(known=first.recorded_at))
    assert [row.level and row.level.value for row in told.rows] == [100]
    client, eve = cast.client(cast.specialist), timezone.localdate() - timedelta(days=1)
    for address in ("/so-lieu/industrial_output/cao-bang/", "/bang-diem/", f"/so-lieu/but-toan/{first.uuid}/"):
        today = client.get(f"{address}?biet={timezone.localdate():%d/%m/%Y}").content.decode()
        assert "chỉ có những gì sổ biết đến hết ngày" in today
        assert "Hãy viết như 31/12/2025" in client.get(f"{address}?biet=hôm-qua").content.decode()
    page = client.get(f"/so-lieu/industrial_output/cao-bang/?biet={eve.isoformat()}").content.decode()
    assert "Chưa có số nào được nhận." in page
    assert client.get(f"/so-lieu/but-toan/{first.uuid}/?biet={eve.isoformat()}").status_code == 404


def test_entries_read_as_of_a_moment_are_those_of_the_asked_periods(cast: Cast) -> None:
    accept_all(cast.head, build.document(cast.specialist, [stated(1), stated(2, period="2020")]))
    series = list(Series.objects.all())
    assert [entry.period for entry in as_of(timezone.now(), series, ["2020"])] == ["2020"]
    assert [entry.period for entry in standing(series, ["2020"])] == ["2020"]
    assert standing([]) == []
    assert Entry.objects.count() == 2
