# SPDX-License-Identifier: Apache-2.0
"""What tests of filling a return in a browser share: opening its page, cells, pasting, what was kept."""

from __future__ import annotations

from playwright.sync_api import Page

from bamsat.core.terms.period import Period
from bamsat.rooms.submissions.filling.actions import Change, open_return, save_cells
from bamsat.rooms.submissions.models import Return, ReturnState
from tests import build
from tests.browser.conftest import Visit
from tests.cast import Cast

OCTOBER = Period.month(2026, 10)


def retail_of_october(office: Cast) -> Return:
    """The monthly retail form of a commune, where the month before is known."""
    form = build.form()
    before = open_return(office.commune_official, form.form, office.commune, OCTOBER.before())
    rows = [row.code for row in form.parsed.rows if not row.formula]
    save_cells(office.commune_official, before, [Change(f"{row}.now", "1.310,4") for row in rows])
    Return.objects.filter(pk=before.pk).update(state=ReturnState.SENT)
    return open_return(office.commune_official, form.form, office.commune, OCTOBER)


def rows(sent: Return) -> list[str]:
    return [row.code for row in sent.version.parsed.rows if not row.formula]


def opened(person: Visit, sent: Return, username: str = "can-bo-xa") -> Page:
    person.sign_in(username)
    person.go(f"/phieu/{sent.uuid}/")
    return person.page


def text(page: Page, key: str) -> str:
    return page.input_value(f'[data-key="{key}"]')


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.key || ''"))


def is_saved(page: Page) -> None:
    page.wait_for_selector("#da-luu.good")


def kept(sent: Return) -> dict[str, str]:
    sent.refresh_from_db()
    return sent.texts


def paste(page: Page, block: str) -> None:
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', how));
        }""",
        block,
    )
