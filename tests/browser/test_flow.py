# SPDX-License-Identifier: Apache-2.0
"""A return on its way in a real browser: sent, returned with a remark at a cell, corrected, checked, approved."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from bamsat.rooms.figures.models import Entry, Latest
from bamsat.rooms.submissions.filling.actions import asked_keys
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Return, ReturnState
from tests import build
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.cast import Cast

pytestmark = [pytest.mark.browser]


def a_draft(office: Cast) -> Return:
    """October, filled but for the first cell; September approved, so that the past stands beside it."""
    form = build.form()
    keys = asked_keys(definition_of(form), ())
    texts = {key: f"{100 + 7 * at},5" for at, key in enumerate(keys)}
    build.sent(office.commune_official, form, office.commune, "2026-09", texts, until="approved", by=office.head)
    texts = {key: f"{103 + 7 * at},5" for at, key in enumerate(keys) if key != "food.now"}
    return build.sent(office.commune_official, form, office.commune, "2026-10", texts, until="draft")


def goes_to(one: Visit, sent: Return, end: str = "xem/") -> None:
    one.go(f"/phieu/{sent.uuid}/{end}")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_sent_returned_with_a_remark_at_a_cell_corrected_checked_and_approved(
    office: Cast, visit: Callable[..., Visit], size: dict[str, int]
):
    draft = a_draft(office)
    where = "rong" if size == DESKTOP else "hep"
    commune, specialist, head = visit(size), visit(size), visit(size)

    # Sent by the commune.
    commune.sign_in(office.commune_official.username)
    goes_to(commune, draft, "")
    commune.page.fill("input[data-key='food.now']", "300")
    commune.page.keyboard.press("Control+Enter")
    commune.page.wait_for_url("**/xem/")
    assert "Đã gửi" in commune.said()

    # Returned by the specialist with a remark at the cell that was clicked.
    specialist.sign_in(office.specialist.username)
    specialist.go("/bieu-mau/")
    assert "1 phiếu đã gửi, chờ kiểm tra." in specialist.page.inner_text("main")
    assert specialist.violations() == []
    assert specialist.fits()
    specialist.picture(f"phieu-danh-sach-{where}")
    specialist.page.click(f"a[href='/phieu/{draft.uuid}/xem/']")
    specialist.page.click("a[data-remark='food.now']")
    assert specialist.page.evaluate("document.activeElement.name") == "y-kien"
    specialist.page.keyboard.type("Gấp ba tháng trước, xem lại đơn vị")
    specialist.picture(f"phieu-y-kien-{where}")
    assert specialist.violations() == []
    assert specialist.fits()
    specialist.page.click("#phieu-tra-lai button:text-is('Trả lại')")
    assert "Đã trả lại" in specialist.said()
    assert Entry.objects.filter(period="2026-10").count() == 0

    # Corrected by the commune, which sees the remark at the row.
    goes_to(commune, draft, "")
    assert "Gấp ba tháng trước" in commune.page.inner_text("main")
    commune.page.fill("input[data-key='food.now']", "103")
    commune.page.keyboard.press("Control+Enter")
    commune.page.wait_for_url("**/xem/")

    # Checked by the keyboard, approved by the head.
    goes_to(specialist, draft)
    assert "1 ô khác lần gửi trước." in specialist.page.inner_text("main")
    assert "lần trước 300" in specialist.page.inner_text("main")
    specialist.picture(f"phieu-da-sua-{where}")
    specialist.page.keyboard.press("Control+Enter")
    assert "Đã kiểm tra xong" in specialist.said()
    head.sign_in(office.head.username)
    head.go("/bieu-mau/")
    head.picture(f"phieu-cho-duyet-{where}")
    head.page.click(f"a[href='/phieu/{draft.uuid}/xem/']")
    assert head.violations() == []
    head.picture(f"phieu-duyet-{where}")
    head.page.click("button:has-text('Duyệt')")
    assert "Đã duyệt vào sổ" in head.said()
    standing = Latest.objects.select_related("entry__series").get(period="2026-10", entry__cell="food.now")
    assert standing.entry.amount == Decimal(103_000_000)

    # The number leads to its entry.
    goes_to(commune, draft)
    assert commune.fits()
    commune.picture(f"phieu-da-duyet-{where}")
    commune.page.click("#dong-food td.in a")
    commune.page.wait_for_url("**/but-toan/**")
    assert Return.objects.get(pk=draft.pk).state == ReturnState.APPROVED


def test_a_remark_needs_no_script(office: Cast, visit: Callable[..., Visit]):
    draft = a_draft(office)
    sent = build.sent(office.commune_official, draft.version, office.commune, "2026-11", {"food.now": "103"})
    one = visit(scripts=False)
    one.sign_in(office.specialist.username)
    goes_to(one, sent)
    one.follow("#dong-food a")
    assert one.page.input_value("#phieu-tra-lai select") == "food.now"
    one.page.fill("#phieu-tra-lai input[name='y-kien']", "Xem lại đơn vị")
    one.follow("#phieu-tra-lai button:text-is('Trả lại')")
    assert "Đã trả lại" in one.said()


def test_24_are_checked_in_a_row_by_two_keys(office: Cast, visit: Callable[..., Visit]):
    form = build.form()
    keys = asked_keys(definition_of(form), ())
    texts = dict.fromkeys(keys, "10")
    for month in ("2026-07", "2026-08", "2026-09"):
        build.sent(office.commune_official, form, office.commune, month, texts)
    one = visit()
    one.sign_in(office.specialist.username)
    one.go("/bieu-mau/")
    one.page.click("table a")
    one.page.wait_for_selector("h1:has-text('tháng 9/2026')")
    one.page.keyboard.press("Alt+ArrowDown")
    one.page.wait_for_selector("h1:has-text('tháng 8/2026')")
    one.page.keyboard.press("Alt+ArrowUp")
    one.page.wait_for_selector("h1:has-text('tháng 9/2026')")
    for following in ("tháng 8/2026", "tháng 7/2026"):
        one.page.keyboard.press("Control+Enter")
        one.page.wait_for_selector(f"h1:has-text('{following}')")
    assert Return.objects.filter(state=ReturnState.CHECKED).count() == 2
    one.page.click("button:has-text('Lấy lại bước kiểm tra')")
    one.page.wait_for_selector("ul.said:has-text('Đã lấy lại')")
    assert Return.objects.filter(state=ReturnState.CHECKED).count() == 1
