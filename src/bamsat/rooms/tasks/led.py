# SPDX-License-Identifier: Apache-2.0
"""The programmes that a committee of the directory leads, for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from bamsat.rooms.directory.led import Led
from bamsat.rooms.directory.models import Body
from bamsat.rooms.tasks.drafting_page import counts_words
from bamsat.rooms.tasks.programmes import programmes
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def programmes_of(user: User | AnonymousUser, body: Body) -> list[Led]:
    """Those that the user may see."""
    return [
        Led(
            one.task.what, reverse("tasks:task", args=[one.task.uuid]),
            words.period(one.span.code) if one.span else "", counts_words(one.counts), one.line.shape, one.line.word,
        )
        for one in programmes(user, timezone.localdate(), body)
    ]  # fmt: skip
