# SPDX-License-Identifier: Apache-2.0
"""Checking that a worker does: returns that were sent together, and the ledger after returns were approved."""

from __future__ import annotations

from collections.abc import Iterable

from django_tasks import task

from bamsat.rooms.figures import ledger_tasks
from bamsat.rooms.submissions.checking_kept import keep_of
from bamsat.rooms.submissions.models import Return


@task()
def check_later(uuids: list[str]) -> int:
    """Keep what the check says of these returns; how many are still with who checks them."""
    return keep_of(uuids)


def check_ledger_later(returns: Iterable[Return]) -> None:
    """Have the ledger of their places checked in the years that these returns report, once they are approved."""
    touched: dict[int, set[int]] = {}
    for sent in returns:
        touched.setdefault(sent.place_id, set()).add(sent.span.end_year)
    ledger_tasks.check_later(touched)
