# SPDX-License-Identifier: Apache-2.0
"""A merge of communes and a plan divided into months, entered with no mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.places.models import BoundaryChange, Place
from tests.browser.conftest import Visit
from tests.cast import Cast

pytestmark = [pytest.mark.browser]


def picked(person: Visit, typed: str, slug: str) -> None:
    """Type a name into the field that has the focus, and take what it offers first."""
    person.page.keyboard.type(typed, delay=10)
    person.page.wait_for_selector(f"[role=option][aria-selected=true][data-code={slug}]")
    person.page.keyboard.press("Enter")
    person.page.wait_for_selector(f"#noi-{slug}:checked")


def test_two_communes_are_merged(office: Cast, visit: Callable[..., Visit]):
    assert office.administrator
    assert (office.commune.name, office.other_commune.name) == ("Xã Nhà", "Xã Bên")
    person = visit()
    page, keys = person.page, person.page.keyboard
    person.sign_in("quan-tri")
    person.go("/dia-ban/thay-doi/")
    person.tab_to("a[href$='?loai=merge']")
    keys.press("Enter")
    page.wait_for_url("**/moi/?loai=merge")
    person.tab_to("#tim-noi")
    picked(person, "xa nha", "xa-nha")
    picked(person, "xa ben", "xa-ben")
    person.tab_to("#ten-0")
    keys.type("Hợp Nhất")
    keys.press("Tab")
    keys.type("xã")
    person.tab_to("#tu-ngay")
    keys.type("01/01/2020")
    person.tab_to("#van-ban")
    keys.type("Nghị quyết mẫu")
    keys.press("Enter")
    page.wait_for_selector(".sides")
    assert "xã Hợp Nhất" in page.inner_text(".sides section:last-child")
    assert "hết hiệu lực" in page.inner_text(".sides section:first-child")
    assert not BoundaryChange.objects.exists()
    person.picture("merge-preview")
    keys.press("Control+s")
    assert "Đã ghi thay đổi" in person.said()
    made = Place.objects.get(name="Hợp Nhất")
    assert sorted(each.slug for each in Place.objects.filter(ended=date(2020, 1, 1))) == ["xa-ben", "xa-nha"]
    person.go(f"/dia-ban/{made.slug}/")
    assert "Xã Nhà" in page.inner_text("main")
    assert "Xã Bên" in page.inner_text("main")


def test_a_target_is_divided_into_months(office: Cast, visit: Callable[..., Visit]):
    plan = plans.record_plan(
        office.specialist, office.home, number="01/NQ-HĐND", issuer="Hội đồng nhân dân tỉnh", title="Kế hoạch mẫu",
        issued_on=date(2020, 12, 10), period="2021",
    )  # fmt: skip
    indicator = indicator_coded("industrial_output")
    assert indicator
    target = plans.set_target(office.specialist, plan, indicator, level="79.770 tỷ đồng")[0]
    person = visit()
    page, keys = person.page, person.page.keyboard
    person.sign_in("chuyen-vien")
    person.go(f"/so-lieu/ke-hoach/{plan.uuid}/chia/{target.uuid}/thang/")
    person.tab_to("[name^=so-]")
    keys.type("6.770")
    page.wait_for_selector("[data-left] .doubt")
    assert page.inner_text("[data-left]") == "còn thiếu 73.000 tỷ đồng"
    person.tab_to("#cach", back=True)
    keys.press("Home")
    assert page.input_value("#cach") == "equal"
    person.tab_to("button[name=thu]")
    keys.press("Enter")
    page.wait_for_selector("[data-left] .good")
    assert page.inner_text("[data-sum]") == "79.770"
    assert page.inner_text("[data-left]") == "khớp tổng"
    person.tab_to("button[name=ghi]")
    keys.press("Enter")
    assert "cộng lại đúng bằng tổng" in person.said()
    parts = Entry.objects.exclude(pk=target.pk)
    assert parts.count() == 12
    assert sum(part.amount for part in parts) == target.amount
