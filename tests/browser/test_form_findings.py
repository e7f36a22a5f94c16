# SPDX-License-Identifier: Apache-2.0
"""What cannot all be true in a return, told in a real browser while one types, mended by its button, and read by who
checks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bamsat.rooms.submissions.checking_kept import keep_of
from bamsat.rooms.submissions.checking_lately import forget
from bamsat.rooms.submissions.filling.actions import Change, open_return, save_cells
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.models import FormVersion, Return
from tests import build
from tests.browser.conftest import PHONE, Visit
from tests.browser.filled import OCTOBER, is_saved, opened, text
from tests.cast import Cast

pytestmark = [pytest.mark.browser]
COLUMNS: list[dict[str, Any]] = [
    {"code": "now", "name": "Tháng này", "decimals": 3},
    {"code": "grew", "name": "Tăng trưởng so với cùng kỳ", "unit": "%", "base": "year_ago"},
]
ROWS: list[dict[str, Any]] = [
    {
        "code": "trade_total",
        "name": "Tổng kim ngạch",
        "indicator": "trade_total",
        "unit": "triệu USD",
        "optional": True,
    },
    {"code": "exports", "name": "Xuất khẩu", "indicator": "exports", "unit": "triệu USD", "optional": True},
    {"code": "imports", "name": "Nhập khẩu", "indicator": "imports", "unit": "triệu USD", "optional": True},
    {"code": "goods", "name": "Hàng giám sát", "indicator": "supervised_goods", "unit": "triệu USD", "optional": True},
]
PARTS = {"exports.now": "337,887", "imports.now": "178,925", "goods.now": "260,980"}


@pytest.fixture
def version(office: Cast) -> FormVersion:
    forget()
    return build.form("xnk-thu", columns=COLUMNS, rows=ROWS, rules=[])


@pytest.fixture
def sent(office: Cast, version: FormVersion) -> Return:
    """Exports, imports and supervised goods are there; their total is still to be typed."""
    sent = open_return(office.commune_official, version.form, office.commune, OCTOBER)
    return save_cells(office.commune_official, sent, [Change(key, told) for key, told in PARTS.items()]).sent_return


def test_a_total_that_does_not_add_up_is_told_under_its_cell_and_mended_by_the_button(
    sent: Return, visit: Callable[..., Visit]
):
    person = visit()
    page = opened(person, sent)
    page.focus('[data-key="trade_total.now"]')
    page.keyboard.type("877,792")
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-mend-of="trade_total.now"]')
    said = page.inner_text('[data-mend-of="trade_total.now"]')
    assert "877,792" in said
    assert "Đổi thành 777,792" in said
    assert page.get_attribute('[data-key="trade_total.now"]', "aria-invalid") == "true"
    assert page.inner_text("#gui").startswith("Tới ô cần sửa")
    person.picture("form-finding")
    assert person.violations() == []
    page.click('[data-mend-of="trade_total.now"] button[data-text]')
    page.wait_for_selector('[data-mend-of="trade_total.now"]', state="detached")
    is_saved(page)
    assert text(page, "trade_total.now") == "777,792"
    assert page.inner_text("#gui") == "Gửi"


def test_it_is_told_and_mended_without_scripts_too(sent: Return, office: Cast, visit: Callable[..., Visit]):
    save_cells(office.commune_official, sent, [Change("trade_total.now", "877,792")])
    person = visit(scripts=False)
    page = opened(person, sent)
    assert "877,792" in page.inner_text('[data-mend-of="trade_total.now"]')
    person.follow('[data-mend-of="trade_total.now"] button[name="doi"]')
    assert text(page, "trade_total.now") == "777,792"
    assert page.query_selector('[data-mend-of="trade_total.now"]') is None


def test_who_checks_reads_the_sentence_and_sends_it_back_with_it(
    sent: Return, office: Cast, visit: Callable[..., Visit]
):
    mended = [Change("trade_total.now", "877,792", why="số đúng")]
    save_cells(office.commune_official, sent, mended)
    assert actions_many.send_many(office.commune_official, [sent.pk]).done
    keep_of([str(sent.uuid)])
    assert office.specialist.username
    person = visit(PHONE)
    person.sign_in("chuyen-vien")
    person.go(f"/phieu/{sent.uuid}/xem/")
    page = person.page
    assert "877,792" in page.inner_text(".flow-note")
    person.picture("form-finding-review")
    assert person.fits()
    page.click(".flow-note a[data-said]")
    assert "877,792" in page.input_value('#phieu-tra-lai input[name="y-kien"]')
    assert page.input_value('#phieu-tra-lai select[name="o"]') == "trade_total.now"
