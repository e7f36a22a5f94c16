# SPDX-License-Identifier: Apache-2.0
"""The pages that a department keeps, in English: names stay as they are, what the program says is English."""

from collections.abc import Callable

import polib
import pytest

from bamsat.settings import PACKAGE
from tests.browser import kept
from tests.browser.conftest import Visit
from tests.cast import Cast

pytestmark = pytest.mark.browser

SAID = """() => { for (const e of document.querySelectorAll("[lang=vi]")) e.remove();
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), said = [];
    while (nodes.nextNode()) said.push(nodes.currentNode.textContent.replace(/\\s+/g, " ").trim());
    for (const e of document.querySelectorAll("[placeholder], [aria-label], [title]"))
        said.push(e.getAttribute("placeholder"), e.getAttribute("aria-label"), e.getAttribute("title"));
    return said.filter(Boolean); }"""


def vietnamese_messages() -> set[str]:
    """What the program says in Vietnamese, where English says something else."""
    catalogue = polib.pofile(str(PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    return {" ".join(each.msgid.split()) for each in catalogue if each.msgstr and each.msgstr != each.msgid}


def test_the_pages_of_a_department_speak_english(office: Cast, visit: Callable[..., Visit]):
    assert office.administrator
    addresses = kept.addresses(office)
    person, vietnamese = visit(), vietnamese_messages()
    person.sign_in("quan-tri")
    person.page.click("text=English")
    left = {}
    for address in addresses:
        person.go(address)
        assert person.page.get_attribute("html", "lang") == "en"
        if found := vietnamese & set(person.page.evaluate(SAID)):
            left[address] = found
    assert left == {}
