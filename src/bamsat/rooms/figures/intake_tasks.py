# SPDX-License-Identifier: Apache-2.0
"""Work on bulk imports that a worker does: the dry run, and the writing."""

from __future__ import annotations

from django_tasks import task

from bamsat.rooms.figures.intake.running import check, write
from bamsat.rooms.figures.models import Intake


@task()
def check_later(uuid: str) -> str:
    """The dry run of an import; the same again gives the same report."""
    return check(Intake.objects.get(uuid=uuid)).state


@task()
def write_later(uuid: str) -> str:
    """Write what is not written yet; the same again does nothing to an import that is done."""
    return write(Intake.objects.get(uuid=uuid)).state
