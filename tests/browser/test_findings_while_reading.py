# SPDX-License-Identifier: Apache-2.0
"""A document that contradicts itself: seen beside its words, mended with one button, left as it is for a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bamsat.rooms.documents.actions import receive
from bamsat.rooms.documents.models import Document
from bamsat.rooms.findings.models import Finding, Severity, State
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.cast import Cast

pytestmark = [pytest.mark.browser]

# 530 over 470 is 12,77 percent more, and not 17,27; the three parts of trade are not their total.
TEXT = (
    "Sở Công Thương tỉnh Cao Bằng\n\nBáo cáo kết quả công tác năm 2021\n\n"
    "Năm 2021, kim ngạch nhập khẩu năm 2020 đạt 470,0 triệu USD. "
    "Kim ngạch nhập khẩu năm 2021 đạt 530,0 triệu USD, tăng 17,27% so với năm 2020.\n\n"
    "Giá trị sản xuất công nghiệp năm 2021 đạt 5.300 tỷ đồng, tăng 12,77% so với năm 2020.\n"
)


@pytest.fixture
def document(office: Cast) -> Document:
    found = receive(office.specialist, "bao-cao.txt", TEXT.encode())
    found.refresh_from_db()
    assert Finding.objects.filter(document=found, severity=Severity.ERROR, state=State.OPEN).count() == 1
    return found


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, False), (DESKTOP, True)])
def test_axe_finds_nothing(document: Document, visit: Callable[..., Visit], size: dict[str, int], dark: bool):
    person = visit(size=size, dark=dark)
    person.sign_in("truong-phong")
    ordinal = document.figures.get(measure="growth", indicator="imports").ordinal
    for number, rest in enumerate(("", f"?so={ordinal}", f"?so={ordinal}&sua=1", "?hoi=nhan-het")):
        person.go(f"/van-ban/{document.uuid}/{rest}")
        person.page.evaluate("document.querySelectorAll('.reading details').forEach((one) => { one.open = true })")
        assert person.violations() == []
        assert person.fits()
        person.picture(f"mau-thuan-{size['width']}-{'toi' if dark else 'sang'}-{number}")


def test_one_button_mends_the_figure_and_everything_that_said_otherwise(
    document: Document, visit: Callable[..., Visit]
):
    person = visit()
    person.sign_in("truong-phong")
    growth = document.figures.get(measure="growth", indicator="imports")
    person.go(f"/van-ban/{document.uuid}/")
    assert person.page.locator(".fg.is-bad").count() == 3
    person.page.click(f'.fg[data-so="{growth.ordinal}"]')
    person.opened(growth.ordinal)
    person.page.click(f"#so-{growth.ordinal} .finding .btn >> text=Sửa thành 12,77%")
    person.page.wait_for_selector(".finding:not(.ok)", state="detached")
    person.opened(growth.ordinal)
    assert person.page.locator(".fg.is-bad").count() == 0
    assert "Mâu thuẫn" not in person.page.inner_text("#tien-do")
    growth.refresh_from_db()
    assert growth.value_text == "12.77"
    person.picture("mau-thuan-da-sua")


def test_the_finding_above_the_list_is_mended_with_another_card_open(document: Document, visit: Callable[..., Visit]):
    person = visit()
    person.sign_in("truong-phong")
    growth = document.figures.get(measure="growth", indicator="imports")
    other = document.figures.get(indicator="imports", period="2020")
    person.go(f"/van-ban/{document.uuid}/?so={other.ordinal}")
    person.page.click(f"#phat-hien .btn >> text=Sửa số {growth.ordinal} thành 12,77%")
    person.opened(growth.ordinal)
    assert person.page.locator(".fig.open").count() == 1
    assert person.page.locator(".finding:not(.ok)").count() == 0
    assert person.page.locator(".fg.is-bad").count() == 0


def test_without_scripts_the_figures_are_left_as_they_are_for_a_reason(document: Document, visit: Callable[..., Visit]):
    person = visit(scripts=False)
    person.sign_in("truong-phong")
    growth = document.figures.get(measure="growth", indicator="imports")
    person.go(f"/van-ban/{document.uuid}/?so={growth.ordinal}")
    person.page.click("text=Để nguyên các số, ghi lý do")
    person.page.fill("input[name=ly-do]", "Cục Thống kê công bố như vậy")
    person.follow("button >> text=Để nguyên")
    assert "Đã để nguyên" in person.said()
    assert person.page.locator(".fg.is-bad").count() == 0
    assert Finding.objects.get(document=document, severity=Severity.ERROR).state == State.ACCEPTED
