# SPDX-License-Identifier: Apache-2.0
"""Whatever a file holds: the ledger after it is what a plain model says, twice is once, and a cut changes nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bamsat.core.terms.numbers import format_number
from bamsat.rooms.figures import intake_actions, ledger
from bamsat.rooms.figures.intake import running, writing
from bamsat.rooms.figures.intake.writing import Overtaken, Writer
from bamsat.rooms.figures.models import Entry, Intake, IntakeState, Latest
from tests import build
from tests.cast import Cast
from tests.rooms.figures.test_intake import HEAD, checked

Key = tuple[str, str]
PERIODS = {"2021": "2021", "T7/2021": "2021-07", "07/2021": "2021-07", "quý III/2021": "2021-Q3", "hôm qua": ""}
CODES = {"exports": "exports", "Kim ngạch xuất khẩu": "exports", "imports": "imports", "không có gì": ""}
UNITS = {"triệu USD": 10**6, "USD": 1, "nghìn USD": 1000, "tấn": 0}

values = st.one_of(
    st.decimals(min_value=-(10**6), max_value=10**6, places=2), st.integers(-(10**6), 10**6).map(Decimal)
)
rows = st.lists(
    st.tuples(st.sampled_from(list(CODES)), st.sampled_from(list(PERIODS)), st.sampled_from(list(UNITS)), values),
    max_size=25,
)
slowly = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def cast(cast: Cast) -> Cast:
    build.catalogue()
    assert cast.head  # before any example, each of which takes back what it wrote
    return cast


def text_of(told: list[tuple[str, str, str, Decimal]]) -> str:
    lines = (f"{code};Cao Bằng;{period};{unit};{format_number(value)}" for code, period, unit, value in told)
    return HEAD + "".join(f"{line}\n" for line in lines)


def model(
    ledger_before: dict[Key, Decimal], told: list[tuple[str, str, str, Decimal]], replaces: bool
) -> dict[Key, Decimal]:
    """The first row of a key counts; what is in the ledger is replaced only if so chosen."""
    after, seen = dict(ledger_before), set()
    for code, period, unit, value in told:
        key = (CODES[code], PERIODS[period])
        if not all(key) or not UNITS[unit] or key in seen:
            continue
        seen.add(key)
        if replaces or key not in after:
            after[key] = value * UNITS[unit]
    return after


def standing() -> dict[Key, Decimal]:
    rows = Latest.objects.select_related("entry__series__indicator")
    return {(row.series.indicator.code, row.period): row.entry.amount for row in rows}


def brought(user: Any, text: str, on_conflict: str) -> Intake:
    intake = checked(user, text)
    assert intake.state == IntakeState.CHECKED, intake.error_vi
    before = Entry.objects.count()
    intake_actions.confirm(user, intake, on_conflict=on_conflict, reason="Điều chỉnh", leave_out=True, now=True)
    done = running.write(intake)
    assert Entry.objects.count() - before == done.written
    assert done.written + done.unchanged + done.left == done.rows
    expected = intake.report["new"] + (intake.report["conflict"] if on_conflict == "replace" else 0)
    assert (done.written, done.unchanged) == (expected, intake.report["unchanged"])
    return done


@slowly
@given(first=rows, second=rows, replaces=st.booleans())
def test_the_ledger_is_what_a_plain_model_says(cast: Cast, first: list[Any], second: list[Any], replaces: bool) -> None:
    with transaction.atomic():
        choice = "replace" if replaces else "keep"
        brought(cast.head, text_of(first), "keep")
        expected = model({}, first, False)
        assert standing() == expected
        brought(cast.head, text_of(second), choice)
        expected = model(expected, second, replaces)
        assert standing() == expected
        if replaces:
            assert brought(cast.head, text_of(second), choice).written == 0
        assert standing() == expected
        assert ledger.drift() == []
        transaction.set_rollback(True)


class Cut(Exception):
    """The worker is gone."""


@slowly
@given(told=rows, size=st.integers(1, 9), at=st.integers(0, 6))
def test_an_import_cut_after_any_batch_ends_as_one_that_was_not(
    cast: Cast, told: list[Any], size: int, at: int
) -> None:
    with transaction.atomic():
        intake = checked(cast.head, text_of(told))
        intake_actions.confirm(cast.head, intake, leave_out=True, now=True)
        batches = 0

        def stop(_counts: writing.Counts) -> None:
            nonlocal batches
            batches += 1
            if batches > at:
                raise Cut

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writing, "_FIRST", size)
            patch.setattr(writing, "_SMALLEST", size)
            patch.setattr(writing, "_LARGEST", size)
            for on_batch in (stop, None):
                try:
                    running.write(intake, on_batch)
                except Cut:
                    continue
        intake.refresh_from_db()
        assert (intake.state, intake.read) == (IntakeState.DONE, len(told))
        assert standing() == model({}, told, False)
        assert intake.written == Entry.objects.count()
        transaction.set_rollback(True)


@slowly
@given(told=rows, at=st.integers(0, 25))
def test_a_file_parted_at_any_row_gives_the_same_ledger(cast: Cast, told: list[Any], at: int) -> None:
    with transaction.atomic():
        brought(cast.head, text_of(told[:at]), "keep")
        brought(cast.head, text_of(told[at:]), "keep")
        assert standing() == model({}, told, False)
        transaction.set_rollback(True)


def test_a_second_worker_stops_where_the_first_has_been(cast: Cast) -> None:
    intake = checked(cast.head, text_of([("exports", "2021", "USD", Decimal(1))]))
    intake_actions.confirm(cast.head, intake, now=True)
    intake.refresh_from_db()
    late = Writer(intake, running._source(intake), intake.read)
    running.write(Intake.objects.get())
    with pytest.raises(Overtaken):
        late.run()
    assert Entry.objects.count() == 1
