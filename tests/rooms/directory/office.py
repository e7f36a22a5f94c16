# SPDX-License-Identifier: Apache-2.0
"""A department with its divisions and posts, made through the directory's own actions."""

from __future__ import annotations

from datetime import date

from bamsat.rooms.directory.actions import add_body
from bamsat.rooms.directory.models import Body, Post
from bamsat.rooms.places.models import Place
from tests.cast import Cast


def day(text: str) -> date:
    """A day as people write it: 01/07/2025."""
    number, month, year = map(int, text.split("/"))
    return date(year, month, number)


def department(cast: Cast, place: Place | None = None) -> Body:
    """The department of the home province, with a director and deputies' posts."""
    place = place or cast.home
    return add_body(
        None, kind="department", name=f"Sở Công Thương tỉnh {place.name}", place=place, short_name="SCT",
        usual_posts=True,
    )  # fmt: skip


def division(parent: Body, name: str = "Phòng Quản lý công nghiệp", since: str | None = None) -> Body:
    return add_body(
        None, kind="division", name=name, place=parent.place, parent=parent, usual_posts=True,
        valid_from=day(since) if since else None,
    )  # fmt: skip


def committee(parent: Body, name: str = "Ban Chỉ đạo phục hồi sản xuất") -> Body:
    return add_body(None, kind="steering_committee", name=name, place=parent.place, parent=parent)


def post(body: Body, title: str) -> Post:
    return body.posts.get(title=title)
