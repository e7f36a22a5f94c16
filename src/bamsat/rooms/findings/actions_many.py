# SPDX-License-Identifier: Apache-2.0
"""Several findings at once: each is changed by its own action, and what was left is told with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.findings import actions
from bamsat.rooms.findings.models import Finding
from bamsat.rooms.findings.queries import findings

if TYPE_CHECKING:
    from uuid import UUID

    from bamsat.rooms.accounts.models import User

MOST = 100  # of one press: a page with its notes


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that was left as it was, and why."""

    finding: Finding
    why: BamsatError


@dataclass(frozen=True, slots=True)
class Many:
    done: Sequence[Finding]
    left: Sequence[Left]


def assign_many(user: User, keys: Iterable[UUID], to: User | None, due: date | None) -> Many:
    return _each(user, keys, lambda finding: actions.assign(user, finding, to, due))


def accept_many(user: User, keys: Iterable[UUID], reason: str) -> Many:
    """Leave them all as they are, for one reason."""
    return _each(user, keys, lambda finding: actions.accept_as_is(user, finding, reason))


def _each(user: User, keys: Iterable[UUID], act: Callable[[Finding], Finding]) -> Many:
    found = findings(user).filter(uuid__in=list(keys)[:MOST]).select_related("place", "document__holder")
    done, left = [], []
    for finding in found.defer("document__text", "document__layout"):
        try:
            done.append(act(finding))
        except BamsatError as error:
            left.append(Left(finding, error))
    return Many(done, left)
