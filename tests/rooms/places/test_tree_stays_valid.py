# SPDX-License-Identifier: Apache-2.0
"""Whatever changes are made in whatever order, the tree is a tree on every day, and taking them back restores it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bamsat.rooms.places.actions_changes import apply, undo
from bamsat.rooms.places.ancestors import rebuild_ancestors
from bamsat.rooms.places.changes import Begin, Change, ChangeRefused
from bamsat.rooms.places.models import Ancestor, ChangeKind, Place, PlaceVersion, Succession
from bamsat.rooms.places.shipped import load_kinds
from tests.cast import Cast
from tests.rooms.places.grow import ACT, DAY, tree

pytestmark = pytest.mark.django_db

numbers = st.integers(min_value=0, max_value=11)
days = st.integers(min_value=-3, max_value=8).map(lambda step: DAY + timedelta(days=step))
told = st.tuples(st.sampled_from(ChangeKind.values), days, numbers, numbers, numbers, st.booleans())


def change_of(kind: str, on: date, first: int, second: int, third: int, flag: bool, serial: int) -> Change:
    """A change told with little care: many are refused, as people's first tries are."""
    every = list(Place.objects.filter(pk__gte=LOWEST[0]).order_by("pk").values_list("pk", flat=True))
    one, two, three = (every[number % len(every)] for number in (first, second, third))
    new = Begin(f"Nơi {serial}", word="xã", kind="commune")
    half = Decimal("0.5") if flag else None
    halves = (Begin(f"Đông {serial}", share=half), Begin(f"Tây {serial}", share=half))
    return {
        ChangeKind.MERGE: Change(kind, on, ACT, (one, two), begins=(new,), parent=None)
        if flag
        else Change(kind, on, ACT, (one,), into=two),
        ChangeKind.SPLIT: Change(
            kind, on, ACT, (one,), begins=halves[: 1 + flag], keeps=not flag, moves={three: -1, two: -2}
        ),
        ChangeKind.TRANSFER: Change(kind, on, ACT, (one,), parent=two)
        if flag
        else Change(kind, on, ACT, (one,), into=two, share=Decimal("0.3"), moves={three: two}),
        ChangeKind.RENAME: Change(kind, on, ACT, (one,), begins=(Begin(f"Tên {serial}"),)),
        ChangeKind.FOUND: Change(kind, on, ACT, begins=(new,), parent=one),
        ChangeKind.CLOSE: Change(kind, on, ACT, (one,), into=two if flag else None),
    }[ChangeKind(kind)]


LOWEST = [0]


def picture_of_all() -> list[object]:
    return [
        sorted(map(str, PlaceVersion.objects.values_list("place", "name", "parent", "valid_from", "valid_to"))),
        sorted(map(str, Succession.objects.values_list("old", "new", "on", "share"))),
        sorted(map(str, Place.objects.values_list("slug", "name", "ended"))),
    ]


def check_every_day() -> None:
    """One version a day at most; parents stand as long as their children; no circles; shares make one whole."""
    versions = list(PlaceVersion.objects.filter(place__gte=LOWEST[0]))
    for step in range(-5, 12):
        day = DAY + timedelta(days=step)
        standing = [version for version in versions if version.holds_on(day)]
        assert max(Counter(version.place_id for version in standing).values()) == 1
        above = {version.place_id: version.parent_id for version in standing}
        for place, parent in above.items():
            seen = {place}
            while parent is not None:
                assert parent in above
                assert parent not in seen
                seen.add(parent)
                parent = above[parent]
    parts: dict[tuple[int, date], list[Decimal | None]] = {}
    for step in Succession.objects.filter(old__gte=LOWEST[0]):
        parts.setdefault((step.old_id, step.on), []).append(step.share)
    assert all(None in shares or sum(each or 0 for each in shares) == 1 for shares in parts.values())


def check_ancestors() -> None:
    fields = ("place", "ancestor", "valid_from", "valid_to")
    kept = sorted(map(str, Ancestor.objects.values_list(*fields)))
    rebuild_ancestors()
    assert kept == sorted(map(str, Ancestor.objects.values_list(*fields)))


@pytest.fixture
def _only_this_tree(db: None) -> None:
    """Without the units that the product ships: the table of ancestors is written anew for every example."""
    load_kinds()
    for model in (Ancestor, Succession, PlaceVersion, Place):
        model.objects.all().delete()
    LOWEST[0] = min(place.pk for place in tree().values())


@pytest.mark.usefixtures("_only_this_tree")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(told, min_size=1, max_size=7))
def test_random_changes_keep_the_tree_a_tree_on_every_day(asked: list[tuple[str, date, int, int, int, bool]]) -> None:
    with transaction.atomic():
        for serial, one in enumerate(asked):
            before = picture_of_all()
            try:
                with transaction.atomic():
                    apply(None, change_of(*one, serial=serial))
            except ChangeRefused:
                assert picture_of_all() == before
        check_every_day()
        check_ancestors()
        transaction.set_rollback(True)


def test_changes_taken_back_last_first_restore_every_state(cast: Cast) -> None:
    LOWEST[0] = min(place.pk for place in tree().values())
    made = []
    asked = [
        (ChangeKind.RENAME, DAY, 2, 0, 0, True), (ChangeKind.SPLIT, DAY, 3, 0, 0, True),
        (ChangeKind.TRANSFER, DAY + timedelta(days=1), 4, 1, 0, True),
        (ChangeKind.MERGE, DAY + timedelta(days=2), 2, 4, 0, False), (ChangeKind.FOUND, DAY, 0, 0, 0, True),
    ]  # fmt: skip
    for serial, one in enumerate(asked):
        state = picture_of_all()
        made.append((apply(None, change_of(*one, serial=serial)), state))
    check_every_day()
    for change, state in reversed(made):
        undo(cast.administrator, change, "thử lại")
        assert picture_of_all() == state
    check_ancestors()
