# SPDX-License-Identifier: Apache-2.0
"""More of a return filled in a browser: numbers as the server has them, rows that are added, English."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from bamsat.core.forms.cells import read_typed
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.submissions.filling.actions import open_return
from bamsat.rooms.submissions.models import Return
from tests import build
from tests.browser.conftest import Visit
from tests.browser.filled import OCTOBER, opened, retail_of_october
from tests.cast import Cast

pytestmark = [pytest.mark.browser]
TYPED = [
    "", " ", "0", "-", "–", "12", "1.234", "1.234,5", "0,05", ",5", "1 234 567", "1.234.567,89", "-5", "−1,7", "(12,5)",
    "+3", "1,234.5", "1,234,567", "12.5", "7,357", "…", "chưa có", "abc", "12a", "01.234", "5-7", "1.2345,6", "00012",
    "123456789012345678", "1234567890123456789", "1.23", "12,", "-", "x",
]  # fmt: skip


@pytest.fixture
def sent(office: Cast) -> Return:
    """The monthly retail form of a commune, where the month before is known."""
    return retail_of_october(office)


def test_the_page_reads_numbers_as_the_server_does(sent: Return, visit: Callable[..., Visit]):
    """What the page cannot read it leaves to the server; what it reads has the same value, and is written the same."""
    page = opened(visit(), sent)
    read = page.evaluate(
        """(texts) => texts.map((text) => {
            const {value, blank} = Entry.numbers.read(text);
            return value ? Entry.numbers.written(value, 4) : blank ? 'blank' : '';
        })""",
        TYPED,
    )
    for text_, said in zip(TYPED, read, strict=True):
        known = read_typed(text_)
        if known.value is not None:
            assert said == format_number(known.value, 4), text_
        else:
            assert said in ("", "blank"), text_


def test_ratios_are_exact_to_the_last_digit(sent: Return, visit: Callable[..., Visit]):
    page = opened(visit(), sent)
    for over, under in ((1, 3), (2, 3), (5, 8), (-1, 8), (10**17 + 1, 7), (1, 16), (-5, 2)):
        said = page.evaluate(
            """([over, under]) => {
                const { plain, by, written } = Entry.numbers;
                return written(by(plain(over), plain(under)), 2);
            }""",
            [str(over), str(under)],
        )
        assert said == format_number(Decimal(over) / Decimal(under), 2)


def test_a_row_is_added_by_typing_its_names_and_taken_away_and_put_back(
    office: Cast, sent: Return, visit: Callable[..., Visit]
):
    form = build.form("xnk-cua-khau-thang", senders={"kinds": ["commune"]}).form
    trade = open_return(office.commune_official, form, office.commune, OCTOBER)
    person = visit()
    page = opened(person, trade)
    fields = page.locator(".add-row").first
    for name, text_ in (("ten-commodity", "ca phe"), ("ten-partner", "trung quoc")):
        fields.locator(f"[name={name}]").focus()
        page.keyboard.type(text_)
        page.wait_for_selector("[role=option][aria-selected=true]:visible")
        page.keyboard.press("Enter")
    fields.locator("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("tr[data-row*='~'] .cell")
    assert "Trung Quốc" in page.inner_text("tr[data-row*='~'] th")
    cell = page.locator("tr[data-row*='~'] .cell").first
    cell.fill("12,5")
    assert person.violations() == []
    page.click("tr[data-row*='~'] th button")
    page.wait_for_selector("text=Hoàn tác lần vừa rồi")
    assert page.locator("tr[data-row*='~']").count() == 0
    page.click("text=Hoàn tác lần vừa rồi")
    page.wait_for_selector("tr[data-row*='~'] .cell")
    assert page.locator("tr[data-row*='~'] .cell").first.input_value() == "12,5"


def test_the_page_speaks_english_while_one_types(office: Cast, sent: Return, visit: Callable[..., Visit]):
    person = visit()
    person.sign_in("can-bo-xa")
    page = person.page
    page.click(".top .lang, .top button:has-text('English')")
    person.go(f"/phieu/{sent.uuid}/")
    page.focus('[data-key="food.now"]')
    page.keyboard.type("1,234.5")
    page.keyboard.press("Control+s")
    page.wait_for_selector('[data-mend-of="food.now"]')
    assert "here a dot separates thousands" in page.inner_text('[data-mend-of="food.now"]')
