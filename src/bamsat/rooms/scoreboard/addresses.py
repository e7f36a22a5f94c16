# SPDX-License-Identifier: Apache-2.0
"""Addresses that a board needs once a row: worked out once a page's worth, not by the router forty times."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from django.urls import NoReverseMatch, get_script_prefix, reverse

_CODE, _PLACE = "ma-chi-tieu", "noi-dung"
_SAFE = "/~:@!$&'()*+,;="  # what Django leaves as it is in a path


def address_in_series(code: str, slug: str) -> str:
    """The page of a series, where its months stand."""
    return _pattern("figures:series", 2, get_script_prefix()).replace(_CODE, quote(code, _SAFE)).replace(_PLACE, slug)


def why_address(code: str) -> str:
    """Where it is told why a number is what it is; nothing where no page tells it."""
    return _pattern("scoreboard:why", 1, get_script_prefix()).replace(_CODE, quote(code, _SAFE))


@lru_cache(maxsize=8)
def _pattern(route: str, parts: int, _prefix: str) -> str:
    try:
        return reverse(route, args=[_CODE, _PLACE][:parts])
    except NoReverseMatch:
        return ""
