# SPDX-License-Identifier: Apache-2.0
"""Every view says who may use it; a test of the house fails on one that does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from bamsat.core.terms.errors import BamsatError

if TYPE_CHECKING:
    from .models import User

View = TypeVar("View", bound=Callable[..., Any])

# A room above says who else administers or reads the trail, and tells users' roles in words; this room knows no places.
also_administers: list[Callable[[User], bool]] = []
also_reads_trail: list[Callable[[User], bool]] = []
roles_in_words: list[Callable[[Sequence[User]], dict[int, list[str]]]] = []


class NotAdministrator(BamsatError, PermissionDenied):
    """Only an administrator does this; a view that does not catch it answers 403."""

    def __init__(self) -> None:
        super().__init__(
            vi="Chỉ quản trị được làm việc này. Hãy nhờ quản trị của đơn vị.",
            en="Only an administrator does this. Ask the administrator of your office.",
        )


def declare(view: View, who: tuple[str, ...]) -> View:
    """Write on a view who may use it: "anyone", "signed in", or roles at a place."""
    view.who_may = who  # type: ignore[attr-defined]
    return view


def anyone(view: View) -> View:
    """The page needs no sign-in."""
    return declare(login_not_required(view), ("anyone",))


def signed_in(view: View) -> View:
    """Everybody who has signed in may use the page (the middleware has already asked them to)."""
    return declare(view, ("signed in",))


def administrator(view: View) -> View:
    """Only administrators may use the page; anybody else who signed in gets the page that says so.

    "people" is the function by which a room above knows who they are, and so to whom its menus show the page.
    """

    return _guarded(view, only_administrators, ("administrator", "people"))


def reader_of_trail(view: View) -> View:
    """Administrators, and whoever a room above lets see what everybody did, use the page."""
    return _guarded(view, only_readers_of_trail, ("administrator", "people"))


def _guarded(view: View, check: Callable[[Any], None], who: tuple[str, ...]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check(request.user)
        answer: HttpResponseBase = view(request, *args, **kwargs)
        return answer

    return declare(guarded, who)  # type: ignore[return-value]


def is_administrator(user: Any) -> bool:
    """Whether the user runs the installation: a superuser, or whoever a room above says does."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    return bool(user.is_superuser) or any(says(user) for says in also_administers)


def only_administrators(by: Any) -> None:
    if not is_administrator(by):
        raise NotAdministrator


def only_readers_of_trail(by: Any) -> None:
    if not is_administrator(by) and not (by.is_active and any(says(by) for says in also_reads_trail)):
        raise NotAdministrator


def roles_of(users: Sequence[User]) -> dict[int, list[str]]:
    """What each of these users may do, in the words of the rooms that know."""
    told: dict[int, list[str]] = {}
    for say in roles_in_words:
        for user, words in say(users).items():
            told.setdefault(user, []).extend(words)
    return told


def only_equals(by: User, user: User) -> None:
    """Who administers by a role does not lay hands on a superuser: that would be a way to become one."""
    if user.is_superuser and not by.is_superuser:
        raise NotAdministrator
