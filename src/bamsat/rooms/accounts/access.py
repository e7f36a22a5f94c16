# SPDX-License-Identifier: Apache-2.0
"""Every view says who may use it; a test of the house fails on one that does not."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

View = TypeVar("View", bound=Callable[..., Any])


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
