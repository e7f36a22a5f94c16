# SPDX-License-Identifier: Apache-2.0
"""The whole way with no mouse: only keys that no Vietnamese input method eats."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bamsat.rooms.documents.models import Document, FigureState
from tests.browser.conftest import Visit
from tests.browser.report import FIGURES
from tests.browser.test_whole_way import sent
from tests.cast import Cast

pytestmark = [pytest.mark.browser]


def states() -> list[str]:
    return list(Document.objects.get().figures.order_by("ordinal").values_list("state", flat=True))


def test_figures_are_judged_one_after_the_other(office: Cast, visit: Callable[..., Visit]):
    person = sent(visit, how="file")
    keys = person.page.keyboard
    keys.press("Alt+ArrowDown")
    person.opened(1)
    keys.press("Control+Enter")
    person.opened(2)
    keys.press("Alt+Delete")
    person.opened(3)
    keys.press("F2")
    person.page.wait_for_selector("#so-3 form.mend #chi-tieu-3:focus")
    keys.press("Escape")
    person.page.wait_for_selector("#so-3 dl.facts")
    keys.press("Alt+ArrowUp")
    person.opened(2)
    assert states()[:3] == [FigureState.ACCEPTED, FigureState.REJECTED, FigureState.WAITING]


def test_accept_all_by_keys_asks_first(office: Cast, visit: Callable[..., Visit]):
    person = sent(visit, how="file")
    person.page.keyboard.press("Control+Alt+Enter")
    person.page.wait_for_selector(".ask")
    person.page.keyboard.press("Escape")
    person.page.wait_for_selector(".ask", state="detached")
    assert set(states()) == {FigureState.WAITING}
    person.page.keyboard.press("Control+Alt+Enter")
    person.page.wait_for_selector(".ask")
    person.page.keyboard.press("Control+Enter")
    person.page.wait_for_selector("ul.said")
    assert states() == [FigureState.ACCEPTED] * FIGURES


def test_what_was_checked_is_approved_by_keys(office: Cast, visit: Callable[..., Visit]):
    person = sent(visit, how="file", who="chuyen-vien")
    person.page.keyboard.press("Control+Alt+Enter")
    person.page.wait_for_selector(".ask")
    person.page.keyboard.press("Control+Enter")
    person.page.wait_for_selector("ul.said")
    assert states() == [FigureState.CHECKED] * FIGURES
    head = visit()
    head.sign_in("truong-phong")
    head.go(f"/van-ban/{Document.objects.get().uuid}/")
    keys = head.page.keyboard
    keys.press("Alt+ArrowDown")
    head.opened(1)
    keys.press("Control+Enter")
    head.opened(2)
    keys.press("Control+Alt+Enter")
    head.page.wait_for_selector(".ask")
    keys.press("Control+Enter")
    head.page.wait_for_selector("ul.said")
    assert states() == [FigureState.ACCEPTED] * FIGURES


def test_letters_are_only_letters(office: Cast, visit: Callable[..., Visit]):
    """What a Telex user types does nothing to the figures; "?" asks for the keys only outside a field."""
    person = sent(visit, how="file")
    page = person.page
    page.keyboard.press("Alt+ArrowDown")
    person.opened(1)
    page.keyboard.type("nhận sửa bỏ adehjknrsx 12345")
    assert set(states()) == {FigureState.WAITING}
    page.keyboard.press("?")
    page.wait_for_selector("details.keys[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("details.keys:not([open])")
    page.keyboard.press("Control+k")
    page.keyboard.type("?")
    assert page.input_value("input[type=search]") == "?"
    assert page.locator("details.keys[open]").count() == 0


def test_a_word_being_composed_is_not_searched_yet(office: Cast, visit: Callable[..., Visit]):
    person = visit()
    person.sign_in("chuyen-vien")
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url) if "/tim/" in request.url else None)
    person.page.evaluate("""() => {
        const field = document.querySelector('input[type=search]');
        field.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
        field.value = 'xuât';
        field.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
    }""")
    person.page.wait_for_timeout(400)
    assert asked == []
    person.page.evaluate("""() => {
        const field = document.querySelector('input[type=search]');
        field.value = 'xuất';
        field.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true, data: 'xuất'}));
    }""")
    person.page.wait_for_timeout(400)
    assert len(asked) == 1


def test_the_focus_is_always_seen(office: Cast, visit: Callable[..., Visit]):
    person = visit()
    person.sign_in("chuyen-vien")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.className") == "skip"
    person.page.keyboard.press("Enter")
    assert person.page.evaluate("document.activeElement.id") == "noi-dung"
    person.go("/")
    seen = 0
    for _step in range(15):
        person.page.keyboard.press("Tab")
        at = person.page.evaluate(
            "[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]"
        )
        if at[0] == "BODY":
            break
        assert at[1] == "solid", person.page.evaluate("document.activeElement.outerHTML")
        seen += 1
    assert seen > 8
