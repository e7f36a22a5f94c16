# SPDX-License-Identifier: Apache-2.0
"""Figures of several places for the tests of rankings and maps, written through the product's own actions."""

from __future__ import annotations

from typing import Any

from bamsat.core.terms.figure import Figure
from bamsat.rooms.accounts.models import User
from bamsat.rooms.figures.actions import accept_all
from tests import build
from tests.build import stated

BILLION = 10**9


def months(area: str, year: int, values: list[int | None], **more: Any) -> list[Figure]:
    """Industrial output of a place, in billions, month by month; None where a month was not reported."""
    told = enumerate(values, start=1)
    return [
        stated(value * BILLION, area=area, period=f"{year}-{month:02}", **more)
        for month, value in told
        if value is not None
    ]


def plan(area: str, year: int, value: int, **more: Any) -> Figure:
    return stated(value * BILLION, area=area, period=str(year), status="target", **more)


def recorded(user: User, figures: list[Figure]) -> None:
    done = accept_all(user, build.document(user, figures, area=None, period=None))
    assert not done.left, done.left
