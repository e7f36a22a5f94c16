# SPDX-License-Identifier: Apache-2.0
"""Killed while it writes, the product goes on as if nothing had been; two hundred such points are in `make bench`."""

import os

import pytest
from django.db import connection

from bench.ledger_kill import started


@pytest.mark.django_db
def test_ten_kills_leave_nothing_half_written_and_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        monkeypatch.delenv("BAMSAT_DATABASE_URL", raising=False)
    assert (connection.vendor == "postgresql") == ("BAMSAT_DATABASE_URL" in os.environ)
    found = started([], points=10, seed=1945)
    assert found["wrong"] == []
    assert found["killed"] >= 5
    assert set(found["whole"]) == {"import", "replace", "merge"}
