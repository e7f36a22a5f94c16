# SPDX-License-Identifier: Apache-2.0
"""Checking that a worker does: returns that were sent together."""

from __future__ import annotations

from django_tasks import task

from bamsat.rooms.submissions.checking_kept import keep_of


@task()
def check_later(uuids: list[str]) -> int:
    """Keep what the check says of these returns; how many are still with who checks them."""
    return keep_of(uuids)
