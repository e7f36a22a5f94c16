# SPDX-License-Identifier: Apache-2.0
"""Where a place came from, what became of it, and its figures restated along the way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bamsat.core.ledger.amounts import Amount
from bamsat.core.ledger.boundaries import Boundaries
from bamsat.core.ledger.outcomes import Restated
from bamsat.rooms.places.actions_changes import apply
from bamsat.rooms.places.changes import Begin, Change
from bamsat.rooms.places.models import ChangeKind, Place
from bamsat.rooms.places.territory import continued_by, made_of, since, steps_for
from tests.build import place
from tests.cast import Cast
from tests.rooms.places.grow import ACT, DAY, merge, tree

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 1)


def test_a_place_knows_what_became_of_it_through_several_changes(cast: Cast) -> None:
    at = tree()
    apply(None, merge(at["xa-mot"], at["xa-hai"]))
    first = Place.objects.get(slug="xa-hop-nhat")
    made = apply(None, merge(first, at["xa-ba"], name="Lớn", on=LATER))
    last = Place.objects.get(slug="xa-lon")
    assert [(part.old, part.new, part.on) for part in continued_by(at["xa-mot"])] == [
        (at["xa-mot"], first, DAY), (first, last, LATER)
    ]  # fmt: skip
    assert {part.old.slug for part in made_of(last)} == {"xa-mot", "xa-hai", "xa-ba", "xa-hop-nhat"}
    assert made_of(last)[0].change == str(made.uuid)
    assert continued_by(last) == made_of(at["xa-ba"]) == []


def test_what_a_receiver_gave_away_before_is_none_of_it(cast: Cast) -> None:
    at = tree()
    part = Change(ChangeKind.TRANSFER, DAY, ACT, (at["xa-hai"].pk,), into=at["xa-ba"].pk, share=Decimal("0.5"))
    apply(None, part)
    apply(None, merge(at["xa-mot"], into=at["xa-hai"], on=LATER))
    assert [step.new.slug for step in continued_by(at["xa-mot"])] == ["xa-hai"]
    assert {step.old.slug for step in made_of(at["xa-ba"])} == {"xa-hai"}


def test_provinces_merged_in_2025_are_restated_through_the_shipped_successions(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    new = place("tuyen-quang")
    with django_assert_max_num_queries(5):
        steps = steps_for(new.pk)
        known = since(steps, new.pk)
    old = {step.old for step in steps}
    assert old == {place("ha-giang").pk, place("tuyen-quang-den-2025").pk}
    boundaries = Boundaries(steps, since=known)
    values = {pk: Amount.exactly(value) for pk, value in zip(sorted(map(int, map(str, old))), (10, 20), strict=True)}
    merged = boundaries.restate(new.pk, values, as_of=date(2024, 12, 31), on=date(2025, 7, 1))
    assert isinstance(merged, Restated)
    assert merged.amount.value == 30


def test_a_split_made_on_the_page_divides_what_came_before(cast: Cast) -> None:
    at = tree()
    parts = (Begin("Đông", word="xã", share=Decimal("0.7")), Begin("Tây", word="xã", share=Decimal("0.3")))
    apply(None, Change(ChangeKind.SPLIT, DAY, ACT, (at["xa-hai"].pk,), begins=parts))
    east = place("xa-dong")
    steps = steps_for(east.pk)
    boundaries = Boundaries(steps, since=since(steps, east.pk))
    found = boundaries.restate(east.pk, {at["xa-hai"].pk: Amount.exactly(100)}, as_of=DAY - timedelta(days=1), on=DAY)
    assert isinstance(found, Restated)
    assert found.amount.value == 70
