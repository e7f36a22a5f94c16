# SPDX-License-Identifier: Apache-2.0
"""The side bar: the seven entries in the order of the flow. An entry whose page does not exist is not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ENTRIES = (
    ("home", gettext_noop("Việc đang chờ")),
    ("documents:list", gettext_noop("Văn bản")),
    ("submissions:list", gettext_noop("Biểu mẫu")),
    ("figures:list", gettext_noop("Số liệu")),
    ("desk:scoreboard", gettext_noop("Bảng điểm")),
    ("tasks:list", gettext_noop("Nhiệm vụ")),
    ("reports:list", gettext_noop("Báo cáo")),
)

# Rooms say how many things wait behind an entry; `ui` asks without knowing them.
Counter = Callable[[Any], int]
waiting: dict[str, Counter] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    address: str
    name: str
    waiting: int
    current: bool


def entries(user: Any, path: str) -> list[Entry]:
    """The entries that exist, with what waits for this user; the current one is the longest address that fits."""
    found = [(route, _(name), address_of(route)) for route, name in ENTRIES]
    there = [(route, name, address) for route, name, address in found if address]
    fitting = [address for _route, _name, address in there if is_under(path, address)]
    current = max(fitting, key=len, default="")
    return [
        Entry(address, name, waiting[route](user) if route in waiting else 0, address == current)
        for route, name, address in there
    ]


def address_of(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def is_under(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
