# SPDX-License-Identifier: Apache-2.0
"""The forms that the product ships: complete, naming only what the catalogue knows, loaded once."""

from decimal import Decimal

import pytest

from bamsat.core.forms.definition import Definition
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.models import Latest
from bamsat.rooms.submissions.defining.naming import unknown_names
from bamsat.rooms.submissions.defining.shipped import load_forms, shipped_forms
from bamsat.rooms.submissions.due import due_of
from bamsat.rooms.submissions.grids import grid_of
from bamsat.rooms.submissions.models import Form, FormVersion
from bamsat.rooms.submissions.period_words import filled
from tests import build

pytestmark = pytest.mark.django_db

CODES = [said["code"] for said in shipped_forms()]
OCTOBER = Period.month(2026, 10)
OF_A_FREQUENCY = {
    "month": OCTOBER, "quarter": Period.months(2026, 10, 12), "half": Period.months(2026, 7, 12),
    "nine_months": Period.months(2026, 1, 9), "year": Period.year(2026),
}  # fmt: skip


def definition(code: str) -> Definition:
    return build.form(code).parsed


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_form_names_only_what_the_catalogue_knows(code):
    assert unknown_names(definition(code)) == []


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_form_says_by_what_right_it_asks(code):
    said = next(each for each in shipped_forms() if each["code"] == code)
    assert said["basis"]
    assert said["set"]
    assert said["by_practice"] == ("thông lệ" in said["basis"])


@pytest.mark.parametrize("code", CODES)
def test_every_name_of_a_shipped_form_is_said_in_english_too(code):
    found = definition(code)
    names = [each.name for each in (*found.columns, *found.rows)] + [rule.message for rule in found.rules]
    assert all(name.en for name in names)


@pytest.mark.parametrize("code", CODES)
def test_heads_of_a_shipped_form_leave_no_placeholder(code):
    found = definition(code)
    period = OF_A_FREQUENCY[found.frequency]
    heads = [filled(each.name, period, english) for each in found.columns for english in (False, True)]
    assert not [head for head in heads if "{" in head]


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_form_falls_due_after_its_period_began(code):
    found = definition(code)
    period = OF_A_FREQUENCY[found.frequency]
    due = due_of(found, period)
    assert due is not None
    assert due.year * 12 + due.month - 1 >= period.last


def test_the_return_on_markets_is_that_of_the_circular():
    version = build.form("bieu-10-sct-bct")
    found = version.parsed
    assert version.form.number == "Biểu 10/SCT-BCT"
    assert not version.form.by_practice
    assert [(each.number, each.name.vi) for each in found.columns] == [
        ("1", "Tổng số"), ("2", "Hạng 1"), ("3", "Hạng 2"), ("4", "Hạng 3"), ("5", "Chợ trong quy hoạch"),
        ("6", "Chợ đầu mối"),
    ]  # fmt: skip
    assert [row.number for row in found.rows if row.level == 0] == [str(number) for number in range(1, 9)]
    assert len(found.parts(found.row("operators"))) == 5
    assert due_of(found, Period.year(2025)).date().isoformat() < "2026-03-15"


def test_loading_the_forms_again_changes_nothing():
    build.forms()
    assert load_forms()["versions"] == 0


def test_a_changed_shipped_form_becomes_a_new_version_and_the_old_one_stays():
    old = build.form()
    FormVersion.objects.filter(pk=old.pk).update(definition=old.definition | {"frequency": "quarter"})
    assert load_forms()["versions"] == 1
    assert build.form().number == old.number + 1
    assert build.form().parsed.frequency == "month"
    old.refresh_from_db()
    assert old.definition["frequency"] == "quarter"


def test_a_form_that_an_office_changed_is_left_alone():
    mine = build.form("ban-le-thang", frequency="quarter", name_vi="Của Sở", shipped=False)
    load_forms()
    assert build.form() == mine
    assert Form.objects.get(code="ban-le-thang").name_vi == "Của Sở"


def test_a_form_of_a_test_is_in_use_and_sent_by_communes():
    version = build.form()
    assert version.in_use
    assert version.parsed.senders == ("commune",)
    mine = build.form("rieng", frequency="quarter")
    assert Form.objects.get(code="rieng").versions.get() == mine
    assert mine.parsed.frequency == "quarter"


def test_ratios_of_the_index_reach_the_ledger_with_the_period_they_are_compared_with(cast):
    texts = {"iip.to_previous": "101,2", "iip.to_year_ago": "106,2", "iip.to_date_ratio": "105,9"}
    build.sent(cast.specialist, build.form("iip-thang"), cast.home, "2026-10", texts, until="approved")
    rows = Latest.objects.filter(series__indicator__code="iip", series__place=cast.home, series__provider="statistics")
    assert {(row.period, row.base, row.entry.amount) for row in rows} == {
        ("2026-10", "2026-09", Decimal("101.2")), ("2026-10", "2025-10", Decimal("106.2")),
        ("2026-01/2026-10", "2025-01/2025-10", Decimal("105.9")),
    }  # fmt: skip
    grid = build.sent(cast.specialist, build.form("luoi-thang"), cast.home, "2026-10", until="draft")
    assert grid_of(grid).sheet.cell("iip", "to_year_ago").value == Decimal("106.2")
