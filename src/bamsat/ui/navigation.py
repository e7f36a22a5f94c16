# SPDX-License-Identifier: Apache-2.0
"""The side bar: the seven entries in the order of the flow, and the pages below each. A page that does not exist, or
that the user may not use, is not shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ENTRIES = (
    ("home", gettext_noop("Tháng này")),
    ("documents:list", gettext_noop("Văn bản")),
    ("submissions:list", gettext_noop("Biểu mẫu")),
    ("figures:list", gettext_noop("Số liệu")),
    ("scoreboard:table", gettext_noop("Bảng điểm")),
    ("tasks:list", gettext_noop("Nhiệm vụ")),
    ("reports:list", gettext_noop("Báo cáo")),
)
TABS = {
    "documents:list": (
        ("documents:list", gettext_noop("Đang đọc")),
        ("documents:register", gettext_noop("Sổ văn bản")),
    ),
    "submissions:list": (
        ("submissions:list", gettext_noop("Phiếu")),
        ("submissions:overview", gettext_noop("Tình hình gửi")),
        ("submissions:forms", gettext_noop("Định nghĩa biểu")),
        ("submissions:batches", gettext_noop("Nạp tệp")),
    ),
    "figures:list": (
        ("figures:list", gettext_noop("Chuỗi số liệu")),
        ("findings:list", gettext_noop("Phát hiện")),
        ("figures:plans", gettext_noop("Kế hoạch")),
        ("figures:intakes", gettext_noop("Nạp số liệu")),
        ("places:list", gettext_noop("Địa bàn")),
        ("catalogue:index", gettext_noop("Danh mục")),
        ("directory:list", gettext_noop("Danh bạ")),
    ),
    "scoreboard:table": (
        ("scoreboard:table", gettext_noop("Bảng điểm")),
        ("situation:list", gettext_noop("Tình hình")),
    ),
    "tasks:list": (
        ("tasks:list", gettext_noop("Danh sách")),
        ("tasks:proposals", gettext_noop("Đề xuất")),
        ("tasks:board", gettext_noop("Bảng việc")),
        ("tasks:calendar", gettext_noop("Lịch")),
        ("tasks:drafts", gettext_noop("Tham mưu")),
        ("tasks:programmes", gettext_noop("Chương trình")),
    ),
    "reports:list": (
        ("reports:list", gettext_noop("Báo cáo")),
        ("reports:plans", gettext_noop("Kế hoạch báo cáo")),
        ("reports:lint", gettext_noop("Soát tệp")),
        ("reports:templates", gettext_noop("Mẫu Word")),
    ),
}
# Pages of an entry that no tab leads to.
ALSO = {"home": ("/don-doc/", "/tinh-hinh-gui/nam/"), "submissions:list": ("/phieu/",)}
ADMINISTRATION = (
    ("accounts:people", gettext_noop("Người dùng")),
    ("accounts:trail", gettext_noop("Nhật ký")),
)

# Rooms say how many things wait behind an entry, and who may use a view; `ui` asks without knowing them.
Counter = Callable[[Any], int]
waiting: dict[str, Counter] = {}
may_use: list[Callable[[Any, tuple[str, ...]], bool]] = []
# Entries that a user may open but has no use for; the side bar leaves them out.
of_no_use: list[Callable[[Any, str], bool]] = []


@dataclass(frozen=True, slots=True)
class Entry:
    address: str
    name: str
    waiting: int
    current: bool


def entries(user: Any, path: str) -> list[Entry]:
    """The side bar, with what waits for this user; the current entry is the one that holds the nearest address."""
    found = _shown(user, ENTRIES)
    holds = {
        route: [address, *(a for _r, _n, a in _shown(user, TABS.get(route, ()))), *ALSO.get(route, ())]
        for route, _n, address in found
    }
    fitting = [address for under in holds.values() for address in under if is_under(path, address)]
    nearest = max(fitting, key=len, default="")
    return [
        Entry(address, name, waiting[route](user) if route in waiting else 0, nearest in holds[route])
        for route, name, address in found
    ]


def tabs(user: Any, path: str) -> list[Entry]:
    """The pages beside the current one, where it is one of several below an entry; else nothing."""
    if any(is_under(path, address) for under in ALSO.values() for address in under):
        return []
    for group in TABS.values():
        found = _shown(user, group)
        fitting = [address for _route, _name, address in found if is_under(path, address)]
        if fitting and len(found) > 1:
            nearest = max(fitting, key=len)
            return [Entry(address, name, 0, address == nearest) for _route, name, address in found]
    return []


def administration(user: Any, path: str) -> list[Entry]:
    return [Entry(address, name, 0, is_under(path, address)) for _r, name, address in _shown(user, ADMINISTRATION)]


def _shown(user: Any, group: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    found = [(route, _(name), address_of(route)) for route, name in group]
    return [
        (route, name, address)
        for route, name, address in found
        if address and _allowed(user, address) and not any(rule(user, route) for rule in of_no_use)
    ]


def _allowed(user: Any, address: str) -> bool:
    who = _who_may(address)
    return all(rule(user, who) for rule in may_use)


@lru_cache(maxsize=256)
def _who_may(address: str) -> tuple[str, ...]:
    """What the view of an entry declares; the same as long as the server runs."""
    return getattr(resolve(address).func, "who_may", ())


def address_of(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def is_under(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
