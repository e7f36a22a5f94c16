# SPDX-License-Identifier: Apache-2.0
"""When the line is cut or the sign-in has run out, the page says so and keeps what was there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bamsat.rooms.figures.models import Entry
from tests.browser.conftest import Visit
from tests.browser.test_whole_way import sent
from tests.cast import Cast

pytestmark = [pytest.mark.browser]


def test_a_cut_line_is_told_and_the_card_stays(office: Cast, visit: Callable[..., Visit]):
    person = sent(visit, how="file")
    page = person.page
    page.click("#cau-1")
    person.opened(1)
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#trouble >> text=Mất mạng")
    assert page.locator("#so-1.open").count() == 1
    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    person.opened(2)
    assert page.locator("#trouble").is_hidden()
    assert Entry.objects.count() == 1
    person.troubles.clear()  # the browser notes the cut line


def test_who_has_been_signed_out_is_asked_to_sign_in_again(office: Cast, visit: Callable[..., Visit]):
    person = sent(visit, how="file")
    person.page.context.clear_cookies(name="sessionid")
    person.page.click("#cau-1")
    person.page.wait_for_url("**/dang-nhap/**")
    assert "van-ban" in person.page.url
    person.troubles.clear()
