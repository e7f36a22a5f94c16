# SPDX-License-Identifier: Apache-2.0
"""Forms and returns for people who listen, see little, use a phone or read English."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import kept_forms
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.test_english import SAID, vietnamese_messages
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone-dark"])
def test_axe_finds_nothing_where_returns_are_checked_chased_and_defined(
    office: Cast, visit: Callable[..., Visit], size: dict[str, int], dark: bool
):
    pages = kept_forms.addresses(office)
    person = visit(size=size, dark=dark)
    person.sign_in(office.head.username)
    assert person.walk(pages) == {}


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, True), (PHONE, False)], ids=["desktop-dark", "phone"])
def test_axe_finds_nothing_where_a_commune_fills_its_forms(
    office: Cast, visit: Callable[..., Visit], size: dict[str, int], dark: bool
):
    pages = kept_forms.to_fill(office)
    person = visit(size=size, dark=dark)
    person.sign_in(office.commune_official.username)
    assert person.walk(pages) == {}


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
