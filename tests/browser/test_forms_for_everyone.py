# SPDX-License-Identifier: Apache-2.0
"""Forms and returns for people who listen, see little, use a phone or read English."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.browser import kept_forms
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.test_english import SAID, vietnamese_messages
from tests.cast import Cast

pytestmark = pytest.mark.browser


def walk(person: Visit, pages: Iterable[str]) -> dict[str, list[tuple[str, list[str]]]]:
    """What axe finds on each page; none is wider than the screen, none has two filled buttons."""
    found = {}
    for address in pages:
        answer = person.page.goto(person.base + address)
        assert answer is not None
        assert answer.status == 200, address
        found[address] = person.violations()
        assert person.fits(), address
        assert person.page.locator(".btn.main:visible").count() < 2, address
    return {address: rules for address, rules in found.items() if rules}


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone-dark"])
def test_axe_finds_nothing_where_returns_are_checked_chased_and_defined(
    office: Cast, visit: Callable[..., Visit], size: dict[str, int], dark: bool
):
    pages = kept_forms.addresses(office)
    person = visit(size=size, dark=dark)
    person.sign_in(office.head.username)
    assert walk(person, pages) == {}


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, True), (PHONE, False)], ids=["desktop-dark", "phone"])
def test_axe_finds_nothing_where_a_commune_fills_its_forms(
    office: Cast, visit: Callable[..., Visit], size: dict[str, int], dark: bool
):
    pages = kept_forms.to_fill(office)
    person = visit(size=size, dark=dark)
    person.sign_in(office.commune_official.username)
    assert walk(person, pages) == {}


@pytest.mark.parametrize("who", ["head", "commune_official"])
def test_the_pages_of_forms_speak_english(office: Cast, visit: Callable[..., Visit], who: str):
    pages = kept_forms.addresses(office) if who == "head" else kept_forms.to_fill(office)
    person, vietnamese, left = visit(size=PHONE), vietnamese_messages(), {}
    person.sign_in(getattr(office, who).username)
    person.page.click("text=English")
    for address in pages:
        person.go(address)
        assert person.page.get_attribute("html", "lang") == "en"
        assert person.fits(), address
        if found := vietnamese & set(person.page.evaluate(SAID)):
            left[address] = found
    assert left == {}
