# SPDX-License-Identifier: Apache-2.0
"""Work that a worker does: mailing reminders."""

from __future__ import annotations

from django_tasks import task

from bamsat.rooms.submissions.month.mails import send_reminders


@task()
def mail_later(reminders: list[int], address: str) -> int:
    """Mail these reminders, one mail a person; how many mails went out. The same again mails only what failed."""
    return send_reminders(reminders, address)
