# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from bamsat.core.act.calendar import Calendar
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue import actions_rows, pages, workdays
from bamsat.rooms.catalogue.models import DayOff
from bamsat.rooms.catalogue.queries import calendar, special_days
from bamsat.rooms.catalogue.tables import DAYS, PROVIDERS, written
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    build.catalogue()


def says(cast: Cast, day: str, working: str, name: str = "Theo quyết định của tỉnh") -> DayOff:
    cells = {"day": day, "name_vi": name, "working": working, "act": "12/QĐ-UBND"}
    row: DayOff = actions_rows.add_row(cast.administrator, DAYS, cells)
    return row


def test_a_friday_swapped_for_a_saturday_is_off_and_the_saturday_worked():
    found = calendar(2025, 2025)
    assert not found.is_working(date(2025, 5, 2))
    assert found.is_working(date(2025, 4, 26))
    assert not found.is_working(date(2025, 4, 27))
    assert found.next_working(date(2025, 4, 29)) == date(2025, 5, 5)


def test_tet_follows_the_lunar_calendar():
    found = calendar(2026, 2026)
    assert found.last_working_before(date(2026, 2, 17)) == date(2026, 2, 13)
    assert found.next_working(date(2026, 2, 13)) == date(2026, 2, 23)
    assert not found.is_working(date(2026, 4, 27))  # the Hùng Kings' day falls on a Sunday


def test_a_decision_that_came_after_the_package_is_shipped_as_a_row():
    found = calendar(2026, 2026)
    assert not found.is_working(date(2026, 1, 2))
    assert found.is_working(date(2026, 1, 10))
    assert DayOff.objects.get(day=date(2026, 1, 2)).shipped


def test_the_table_has_the_last_word_both_ways(cast: Cast):
    assert calendar(2027, 2027).is_working(date(2027, 6, 1))
    says(cast, "01/06/2027", "nghỉ")
    assert not calendar(2027, 2027).is_working(date(2027, 6, 1))
    says(cast, "24/11/2027", "làm việc")
    assert calendar(2027, 2027).is_working(date(2027, 11, 24))
    says(cast, "05/06/2027", "True")
    assert calendar(2027, 2027).is_working(date(2027, 6, 5))
    says(cast, "26/04/2025", "nghỉ")
    assert not calendar(2025, 2025).is_working(date(2025, 4, 26))


def test_a_day_entered_by_mistake_is_made_a_working_day_again(cast: Cast):
    row = says(cast, "01/06/2027", "nghỉ")
    cells = {column.code: written(column, row) for column in DAYS.fields} | {"working": "làm việc"}
    actions_rows.change_row(cast.administrator, DAYS, row, cells, "ghi nhầm ngày")
    assert calendar(2027, 2027).is_working(date(2027, 6, 1))
    trail = list(
        AuditRecord.objects.filter(object_type="catalogue.dayoff").order_by("pk").values_list("action", flat=True)
    )
    assert trail == ["catalogue.row.added", "catalogue.row.changed"]


def test_the_calendar_is_kept_until_a_table_changes(cast: Cast, django_assert_num_queries):  # type: ignore[no-untyped-def]
    calendar(2026, 2027)
    with django_assert_num_queries(1):
        kept = calendar(2026, 2027)
    actions_rows.add_row(cast.administrator, PROVIDERS, {"code": "bank", "name_vi": "Ngân hàng"})
    again = calendar(2026, 2027)
    assert again == kept
    assert again is not kept


def test_days_of_several_years_are_days_of_each():
    both = calendar(2025, 2026)
    assert both == Calendar(
        calendar(2025, 2025).off | calendar(2026, 2026).off, calendar(2025, 2025).working | calendar(2026, 2026).working
    )


def test_every_special_day_has_a_name_in_both_languages():
    named = {one.day: one.name for one in special_days(2025, 2026)}
    assert named[date(2026, 2, 17)] == "Tết Nguyên Đán"
    assert named[date(2026, 1, 2)] == "Nghỉ hoán đổi dịp Tết Dương lịch"
    with override("en"):
        named = {one.day: one.name for one in special_days(2025, 2026)}
    assert named[date(2026, 2, 17)] == "Lunar New Year"
    assert named[date(2026, 1, 2)] == "Day off swapped at New Year"


def test_a_year_is_known_with_what_the_table_says_of_it():
    this, following = pages.known_years(DAYS, date(2026, 10, 19))
    assert (this.year, this.off, this.worked, following.year) == (2026, 14, 2, 2027)
    assert [(one.weekday, one.day.day) for one in this.days][:3] == [("Thứ Năm", 1), ("Thứ Sáu", 2), ("Thứ Bảy", 10)]
    assert [one.stated is not None for one in this.days][:4] == [False, True, True, False]
    assert pages.known_years(PROVIDERS, date(2026, 10, 19)) == []


def test_the_page_shows_what_is_known_of_this_year_and_the_next(cast: Cast):
    year = timezone.localdate().year
    says(cast, f"02/06/{year}", "nghỉ")
    page = cast.client(cast.specialist).get(reverse("catalogue:rows", args=["lich-lam-viec"])).content.decode()
    for said in (f"Lịch năm {year}", f"Lịch năm {year + 1}", f"30/04/{year}", "Giao thừa Tết Nguyên Đán", "lịch chung"):
        assert said in page
    assert f'<a href="/danh-muc/lich-lam-viec/{year}-06-02/">12/QĐ-UBND</a>' in page
    assert "Thêm ngày nghỉ" not in page
    other = cast.client(cast.specialist).get(reverse("catalogue:rows", args=["nguon"])).content.decode()
    assert "Lịch năm" not in other


def test_a_day_is_added_and_changed_on_pages_by_an_administrator(cast: Cast):
    client = cast.client(cast.administrator)
    address = reverse("catalogue:add", args=["lich-lam-viec"])
    assert "làm việc" in client.get(address).content.decode().lower()
    sent = {"day": "01/06/2027", "name_vi": "Nghỉ theo quyết định của tỉnh", "working": "False", "act": "12/QĐ-UBND"}
    done = client.post(address, sent)
    assert done.url == "/danh-muc/lich-lam-viec/2027-06-01/"
    page = client.get(done.url).content.decode()
    assert "01/06/2027" in page
    assert "Nghỉ" in page
    changing = reverse("catalogue:change", args=["lich-lam-viec", "2027-06-01"])
    assert client.get(changing).status_code == 200
    assert client.post(changing, sent | {"working": "True", "reason": "ghi nhầm"}).status_code == 302
    assert DayOff.objects.get(day=date(2027, 6, 1)).working


@pytest.mark.parametrize("key", ["2027-06-01", "2027-13-01", "01/06/2027", "hôm nay", "20270601"])
def test_a_day_without_a_row_has_no_page(cast: Cast, key: str):
    assert cast.client(cast.specialist).get(f"/danh-muc/lich-lam-viec/{key}/").status_code == 404


def test_a_day_that_cannot_be_taken_says_why(cast: Cast):
    with pytest.raises(actions_rows.RowRefused, match="không phải ngày"):
        says(cast, "31/06/2027", "nghỉ")
    with pytest.raises(actions_rows.RowRefused, match="1900 đến 2100"):
        says(cast, "01/06/0207", "nghỉ")
    with pytest.raises(actions_rows.RowRefused, match="Không có lựa chọn"):
        says(cast, "01/06/2027", "nửa ngày")
    assert workdays.calendar(2027, 2027).is_working(date(2027, 6, 1))


def test_the_list_is_narrowed_to_days_that_are_worked(cast: Cast):
    found = pages.listed(DAYS, "", {"working": "True"})
    assert [row.day for row in found] == [date(2026, 1, 10)]
    assert pages.choices_of(DAYS, "working") == [("False", "Nghỉ"), ("True", "Làm việc")]
