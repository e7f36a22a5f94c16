# SPDX-License-Identifier: Apache-2.0
"""A view does one action and says so, or says why not."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.places.queries import NotAllowed
from bamsat.ui import words


def done(request: HttpRequest, act: Callable[[], object], said: str, back: str) -> HttpResponse:
    """Do it and say so, or say why not; either way the page one came from comes next."""
    try:
        act()
    except NotAllowed:
        raise  # 403, with its sentence
    except BamsatError as trouble:
        messages.error(request, words.told(trouble))
    else:
        messages.success(request, said)
    return redirect(back)
