# SPDX-License-Identifier: Apache-2.0
"""A real Chromium on the product as served. A page that writes an error to the console fails its test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import build
from tests.cast import Cast

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
RULES = Path(AXE_FILE_PATH).read_text("utf-8")
# Pictures are kept where somebody wants to look at them: BAMSAT_PICTURES=folder make test
PICTURES = os.environ.get("BAMSAT_PICTURES")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """One person at one screen."""

    page: Page
    base: str
    troubles: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        self.page.goto(self.base + address)

    def follow(self, selector: str) -> None:
        """Click what leads to another page, and wait until that page is whole: without scripts nothing else tells."""
        self.page.click(selector)
        self.page.wait_for_load_state()

    def sign_in(self, username: str) -> None:
        self.go("/dang-nhap/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", "mat-khau-thu")
        self.page.click("main button")
        self.page.wait_for_url(self.base + "/")

    def opened(self, ordinal: int) -> None:
        """Wait until the card of this figure is open and has the focus."""
        self.page.wait_for_selector(f"#so-{ordinal}.open :focus")

    def tab_to(self, selector: str, back: bool = False) -> None:
        """Go by the Tab key alone until what the selector names has the focus."""
        for _step in range(80):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"Tab never reaches {selector}")

    def said(self) -> str:
        """What the page says has just been done."""
        self.page.wait_for_selector("ul.said")
        return self.page.inner_text("ul.said")

    def violations(self) -> list[tuple[str, list[str]]]:
        """What axe finds wrong for people who do not see or point. Its source is evaluated: the page's policy
        refuses a script that is not its own."""
        self.page.evaluate(RULES)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found["violations"]]

    def walk(self, addresses: Iterable[str]) -> dict[str, list[tuple[str, list[str]]]]:
        """What axe finds on each page, where it finds anything; none is wider than the screen, none has two filled
        buttons."""
        found = {}
        for address in addresses:
            answer = self.page.goto(self.base + address)
            assert answer is not None
            assert answer.status == 200, address
            if rules := self.violations():
                found[address] = rules
            assert self.fits(), address
            assert self.page.locator(".btn.main:visible").count() < 2, address
        return found

    def fits(self) -> bool:
        """Nothing reaches over the right edge of the screen."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    def picture(self, name: str) -> None:
        if PICTURES:
            self.page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Callable[..., Visit]]:
    """Opens a browser window: visit(width=..., scripts=False, dark=True)."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def opened(size: dict[str, int] = DESKTOP, scripts: bool = True, dark: bool = False) -> Visit:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="vi-VN",
        )
        contexts.append(context)
        made = Visit(context.new_page(), live_server.url)
        made.page.on("console", lambda said: made.troubles.append(said.text) if said.type == "error" else None)
        made.page.on("pageerror", lambda error: made.troubles.append(str(error)))
        made.page.on(
            "response",
            lambda answer: made.troubles.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
        )
        visits.append(made)
        return made

    yield opened
    troubles = [trouble for made in visits for trouble in made.troubles]
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def office(transactional_db: None) -> Cast:
    """The cast with the catalogue that the product ships."""
    cast = Cast()
    build.catalogue()
    assert cast.specialist.pk
    assert cast.head.pk
    return cast
