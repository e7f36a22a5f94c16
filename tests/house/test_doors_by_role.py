# SPDX-License-Identifier: Apache-2.0
"""Every address walked by every role: what a view declares is what it keeps to, and none is silent."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bamsat.rooms.accounts.access import is_administrator
from bamsat.rooms.places.models import Role
from bamsat.rooms.places.rights import FUNCTIONS, Function, holds
from tests.cast import Cast

pytestmark = pytest.mark.walk

ROLES = {
    "administrator": Role.ADMIN, "director": Role.DIRECTOR, "deputy": Role.DEPUTY, "head": Role.HEAD,
    "specialist": Role.SPECIALIST, "clerk": Role.CLERK, "commune_official": Role.COMMUNE,
    "facility_clerk": Role.FACILITY, "reader": Role.READER, "api_client": Role.API, "newcomer": None,
}  # fmt: skip
KNOWN_WORDS = {"anyone", "signed in", "administrator", *Function.values}
NOWHERE: dict[str, Any] = {
    "uuid": UUID(int=7), "slug": "khong-co", "int": 987_654, "str": "khong-co", "path": "khong-co",
}  # fmt: skip


@cache
def routes() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Name, address with parameters that lead nowhere, and what the view declares."""
    return tuple(walked())


def walked(resolver: URLResolver | None = None, within: str = "") -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                yield from walked(entry, f"{within}{entry.namespace}:" if entry.namespace else within)
            continue
        name = within + str(entry.name)
        yield name, reverse(name, kwargs=parameters(entry)), tuple(getattr(entry.callback, "who_may", ()))


def parameters(entry: URLPattern) -> dict[str, Any]:
    kinds = {name: type(converter).__name__.removesuffix("Converter").lower() for name, converter in
             entry.pattern.converters.items()}  # fmt: skip
    return {name: NOWHERE[{"string": "str"}.get(kind, kind)] for name, kind in kinds.items()}


def test_no_view_is_silent_about_who_may_use_it():
    assert [name for name, _address, who in routes() if not who] == []
    assert {word for _name, _address, who in routes() for word in who} <= KNOWN_WORDS


def test_every_role_is_in_the_table_of_functions():
    assert set(FUNCTIONS) == set(Role.values)
    assert all(held <= set(Function.values) for held in FUNCTIONS.values())


@pytest.mark.django_db
@pytest.mark.parametrize("who", ROLES)
def test_a_role_enters_what_it_may_and_nothing_else(cast: Cast, who: str):
    user = getattr(cast, who)
    for name, address, declared in routes():
        if name == "accounts:logout":
            continue
        client = cast.client(user)
        lets_in = may(user, declared)
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            assert answer.status_code < 500, (name, method)
            if not lets_in:
                assert answer.status_code == 403, (name, method, answer.status_code)
            elif method == "get":
                assert answer.status_code != 403, (name, method)


@pytest.mark.django_db
def test_nobody_enters_without_signing_in(client: Client):
    for name, address, declared in routes():
        if "anyone" in declared:
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            assert answer.status_code == 302, (name, method)
            assert answer["Location"].startswith("/dang-nhap/"), name


def may(user: Any, declared: tuple[str, ...]) -> bool:
    if "administrator" in declared:
        return is_administrator(user)
    functions = [word for word in declared if word in Function.values]
    return not functions or holds(user, *functions)
