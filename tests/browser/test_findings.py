# SPDX-License-Identifier: Apache-2.0
"""Findings with no mouse: from the inbox to the worst of them, given to somebody, explained, left as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from bamsat.core.check.model import Repair
from bamsat.rooms.findings.models import Finding, State
from tests import build
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.cast import Cast

pytestmark = [pytest.mark.browser]

LIST = "/phat-hien/"
BILLION = 10**9


def wrong(office: Cast, says: str = "Ba số không thể cùng đúng.", **changes: object) -> Finding:
    figures = [
        build.stated(5300 * BILLION, number="5.300 tỷ đồng", label="Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ"),
        build.stated(4815 * BILLION, number="4.815 tỷ đồng", period="2020"), build.growth("12.77", number="12,77%"),
    ]  # fmt: skip
    value = Decimal(5430 * BILLION)
    repair = Repair("1", "digits", value, value, value + BILLION, "5.430 tỷ đồng", "Đổi thành 5.430.", "Make it 5.430.")
    return build.finding(build.document(office.specialist, figures), says, repair, **changes)


def inbox(office: Cast) -> list[Finding]:
    """A question, then two errors, and something that could not be told."""
    asked = wrong(office, "Số của hai tháng giống hệt nhau.", outcome="cannot_tell", severity="question", rule="copied")
    first = wrong(office, "Sai thứ nhất.")
    wrong(office, "Chưa có số gốc.", outcome="cannot_tell", severity="note", rule="no_base")
    return [wrong(office, "Sai thứ hai."), first, asked]


def opened(person: Visit, summary: str) -> None:
    """Open what is folded by its summary, by keys alone."""
    person.tab_to(f"{summary} > summary")
    person.page.keyboard.press("Enter")


def test_the_worst_is_opened_given_explained_and_the_next_left_as_it_is(office: Cast, visit: Callable[..., Visit]):
    worst, second, asked = inbox(office)
    person = visit()
    person.sign_in("chuyen-vien")
    person.go(LIST)
    keys, page = person.page.keyboard, person.page
    keys.press("Alt+ArrowDown")
    keys.press("Alt+ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == second.vi
    keys.press("Alt+ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == worst.vi
    keys.press("Enter")
    page.wait_for_url(f"**{LIST}{worst.uuid}/")
    opened(person, ".finding-acts details:nth-of-type(1)")
    person.tab_to("#giao-cho")
    keys.press("T")  # of Trưởng phòng: a choice takes letters
    person.tab_to("#giao-han")
    due = timezone.localdate() + timedelta(days=2)
    keys.type(f"{due:%d/%m/%Y}")
    keys.press("Control+Enter")
    assert "Đã giao cho Trưởng phòng." in person.said()
    opened(person, ".finding-acts details:nth-of-type(2)")
    person.tab_to("#giai-trinh")
    keys.type("Theo số của Thống kê tỉnh")
    keys.press("Control+Enter")
    page.wait_for_url(f"**{LIST}{second.uuid}/")
    opened(person, ".finding-acts details:nth-of-type(3)")
    person.tab_to("#de-nguyen")
    keys.type("Hai phạm vi khác nhau")
    keys.press("Control+Enter")
    page.wait_for_url(f"**{LIST}{asked.uuid}/")
    for each in (worst, second):
        each.refresh_from_db()
    assert (worst.state, worst.assignee, worst.due) == (State.EXPLAINED, office.head, due)
    assert (second.state, second.reason) == (State.ACCEPTED, "Hai phạm vi khác nhau")


def test_from_a_finding_keys_go_to_the_next_and_to_the_correction(office: Cast, visit: Callable[..., Visit]):
    worst, second, _asked = inbox(office)
    person = visit()
    person.sign_in("chuyen-vien")
    person.go(f"{LIST}{worst.uuid}/")
    person.page.keyboard.press("Alt+ArrowDown")
    person.page.wait_for_url(f"**{LIST}{second.uuid}/")
    person.page.keyboard.press("Alt+ArrowUp")
    person.page.wait_for_url(f"**{LIST}{worst.uuid}/")
    person.page.keyboard.press("F2")
    person.page.wait_for_url("**/van-ban/**")
    assert person.page.input_value("#value-1") == "5.430"


def test_several_are_left_as_they_are_by_keys(office: Cast, visit: Callable[..., Visit]):
    inbox(office)
    person = visit()
    person.sign_in("chuyen-vien")
    person.go(LIST)
    keys = person.page.keyboard
    opened(person, ".finding-ask:nth-of-type(2)")
    person.tab_to("#ly-do-chung")
    keys.type("Theo niên giám")
    for _box in range(2):
        person.tab_to("[name=phat-hien]:not(:checked)")
        keys.press("Space")
    person.tab_to("#ly-do-chung", back=True)
    keys.press("Control+Enter")
    assert "Đã để nguyên 2 phát hiện." in person.said()
    assert Finding.objects.filter(state=State.ACCEPTED, reason="Theo niên giám").count() == 2


def test_without_scripts_the_same_is_done_by_plain_forms(office: Cast, visit: Callable[..., Visit]):
    worst, *_others = inbox(office)
    person = visit(scripts=False)
    person.sign_in("chuyen-vien")
    person.go(LIST)
    person.follow(f"th a:has-text('{worst.vi}')")
    person.page.click("text=Giải trình")
    person.page.fill("#giai-trinh", "Đã hỏi nơi gửi")
    person.follow("text=Ghi giải trình")
    worst.refresh_from_db()
    assert worst.state == State.EXPLAINED


# Words that do not lie in a box of their own, or that reach over the drawing.
ASTRAY = """() => {
  const astray = [];
  for (const drawing of document.querySelectorAll("svg.finding-tied, svg.finding-axis")) {
    if (!drawing.getClientRects().length) continue;
    const room = drawing.getBoundingClientRect();
    const boxes = [...drawing.querySelectorAll("rect.figure, rect.relation")].map((box) => box.getBoundingClientRect());
    for (const text of drawing.querySelectorAll("text")) {
      const words = text.getBoundingClientRect();
      const inside = (box) => words.left >= box.left && words.right <= box.right && words.top >= box.top - 1
        && words.bottom <= box.bottom + 1;
      if (words.left < room.left - 1 || words.right > room.right + 1 || (boxes.length && !boxes.some(inside)))
        astray.push(text.textContent);
    }
  }
  return astray;
}"""


@pytest.mark.parametrize("size", [DESKTOP, {"width": 1201, "height": 800}, {"width": 801, "height": 800}, PHONE])
def test_the_words_of_the_picture_stay_in_their_boxes(office: Cast, visit: Callable[..., Visit], size: dict[str, int]):
    worst, *_others = inbox(office)
    person = visit(size=size)
    person.sign_in("chuyen-vien")
    person.go(f"{LIST}{worst.uuid}/")
    assert person.page.locator("svg.finding-tied:visible").count() == 1
    assert person.page.evaluate(ASTRAY) == []
    assert person.fits()
