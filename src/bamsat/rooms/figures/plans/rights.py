# SPDX-License-Identifier: Apache-2.0
"""Who speaks for a whole plan, beyond the targets of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bamsat.rooms.figures.models import Entry, Plan
from bamsat.rooms.figures.scopes import condition
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def for_whole(user: User, plan: Plan) -> None:
    """Who plans for some indicator sets alone does not supersede or take back a plan that has targets of others."""
    covered = condition(user, Function.PLAN, through="series__")
    standing = Entry.objects.filter(plan=plan, withdrawal=None)
    if covered is not None and standing.exclude(pk__in=standing.filter(covered).values("pk")).exists():
        raise NotAllowed(
            vi=f"Kế hoạch {plan} có chỉ tiêu ngoài các bộ chỉ tiêu anh/chị được giao. Hãy nhờ người phụ trách chung.",
            en=f"Plan {plan} has targets outside your indicator sets. Ask whoever is in charge of all of them.",
        )
