# SPDX-License-Identifier: Apache-2.0
"""What a record keeps: every database gives it back as it was, and it stays small."""

import json
import math
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.kept import MOST_IN_ALL, MOST_ITEMS, MOST_LETTERS, kept, kept_text, written
from bamsat.rooms.accounts.models import AuditRecord
from tests.cast import Cast

texts = st.text(st.characters(exclude_categories=[]), max_size=40)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | texts | st.dates() | st.uuids(),
    lambda inside: st.lists(inside) | st.dictionaries(texts, inside) | st.tuples(inside) | st.sets(st.integers()),
    max_leaves=30,
)


@given(st.dictionaries(texts, anything, max_size=8))
def test_whatever_is_told_can_be_written_and_comes_back_the_same(details):
    found = kept(details)
    assert json.loads(written(found)) == found
    assert "\0" not in written(found)
    written(found).encode("utf-8")
    assert len(written(found)) <= MOST_IN_ALL


def test_a_long_list_is_cut_and_its_digest_stands_for_the_rest():
    found = kept({"entries": [str(number) for number in range(100_000)]})
    assert len(found["entries"]) == MOST_ITEMS + 1
    assert found["entries"][-1]["count"] == 100_000
    assert found != kept({"entries": [str(number) for number in range(99_999)] + ["khác"]})


def test_long_texts_and_many_of_them_are_cut():
    assert len(kept_text("x" * 1_000_000)) < MOST_LETTERS + 200
    found = kept({f"name-{number}": "y" * MOST_LETTERS for number in range(500)})
    assert len(written(found)) <= MOST_IN_ALL


@pytest.mark.parametrize(
    "value",
    [
        1e22,
        -0.0,
        math.inf,
        Decimal("1E+30"),
        10**30,
        date(2025, 7, 1),
        UUID(int=7),
        (1, 2),
        {3, 1},
        "a\0b",
        "\ud800",
        b"x",
    ],
)
def test_odd_values_keep_the_chain_whole_in_the_database(cast: Cast, value: object):
    audit.record(cast.clerk, "thu.gia.tri", cast.clerk, value=value, inside=[{"deep": value}])
    assert audit.verify() is None
    assert AuditRecord.objects.latest("pk").details["inside"]
