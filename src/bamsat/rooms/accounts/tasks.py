# SPDX-License-Identifier: Apache-2.0
"""Work that a worker does: walking along the trail."""

from __future__ import annotations

from django_tasks import task

from .actions_trail import finish_check
from .models import TrailCheck


@task()
def check_later(pk: int) -> bool:
    """Make the walk that was asked for; whether the trail holds."""
    return finish_check(TrailCheck.objects.get(pk=pk)).holds
