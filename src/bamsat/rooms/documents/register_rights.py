# SPDX-License-Identifier: Apache-2.0
"""Who may write in the register of an office, and what is said to whom may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed, writing_scope
from bamsat.rooms.places.rights import Function, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def may_register(user: User | AnonymousUser, place: Place, function: str = Function.REGISTER) -> bool:
    return sees_everything(user) or writing_scope(user, function).filter(pk=place.pk).exists()


def ask(user: User | AnonymousUser, place: Place, *functions: str) -> None:
    """Stop whoever holds none of these functions (REGISTER, if none is named) at the place."""
    if not any(may_register(user, place, function) for function in functions or (Function.REGISTER,)):
        raise NotAllowed(
            vi=f"Anh/chị không giữ sổ văn bản của {place.name}. Hãy nhờ văn thư của đơn vị hoặc quản trị.",
            en=f"You do not keep the register of {place.name}. Ask its clerk, or an administrator for a role.",
        )
