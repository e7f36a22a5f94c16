# SPDX-License-Identifier: Apache-2.0
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.ledger.vintages import Recorded, Withdrawn, as_of, order, replay

START = datetime(2025, 1, 1)


@st.composite
def logs(draw):
    """Entries and withdrawals as a ledger writes them: time never goes back, some events share a moment."""
    log, at, written = [], START, 0
    for _ in range(draw(st.integers(0, 30))):
        at += timedelta(seconds=draw(st.integers(0, 2)))
        if written and draw(st.booleans()):
            log.append(Withdrawn(draw(st.integers(1, written)), at))
        else:
            written += 1
            log.append(Recorded(written, draw(st.sampled_from("abc")), at))
    return log


@given(logs(), st.integers(-1, 61))
def test_what_was_known_at_a_moment_is_the_log_replayed_until_then(log, seconds):
    moment = START + timedelta(seconds=seconds)
    assert as_of(log, moment) == replay(event for event in log if event.at <= moment)


@given(logs())
def test_what_was_known_does_not_change_with_what_came_later(log):
    for event in log:
        earlier = [other for other in log if other.at <= event.at]
        assert as_of(log, event.at) == as_of(earlier, event.at)


@given(logs(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(log, random):
    rows = list(log)
    random.shuffle(rows)
    assert as_of(rows, START + timedelta(seconds=30)) == as_of(log, START + timedelta(seconds=30))


def test_the_one_before_stands_again_after_a_withdrawal():
    log = [Recorded(1, "k", START), Recorded(2, "k", START), Recorded(3, "k", START), Withdrawn(2, START)]
    assert replay(log) == {"k": 3}
    assert replay([*log, Withdrawn(3, START)]) == {"k": 1}
    assert replay([*log, Withdrawn(3, START), Withdrawn(3, START)]) == {"k": 1}


def test_official_comes_before_preliminary_and_what_happened_before_plans():
    shown = [("forecast", "official"), ("plan", "official"), ("actual", "estimate"), ("actual", "preliminary")]
    assert sorted(shown, key=lambda pair: order(*pair)) == [
        ("actual", "preliminary"), ("actual", "estimate"), ("plan", "official"), ("forecast", "official"),
    ]  # fmt: skip
