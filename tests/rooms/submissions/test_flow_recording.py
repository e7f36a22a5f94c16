# SPDX-License-Identifier: Apache-2.0
"""What an approval writes into the ledger: exact numbers, totals, replacements and withdrawals."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.ledger import drift
from bamsat.rooms.figures.models import Entry, Intake, IntakeState, Latest, Series, Withdrawal
from bamsat.rooms.figures.pending import pending
from bamsat.rooms.submissions.filling.actions import Change, open_return, save_cells
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.flow.beside_ledger import drafts
from bamsat.rooms.submissions.flow.recording import entries_of
from bamsat.rooms.submissions.grids import grid_of
from bamsat.rooms.submissions.models import Return
from tests import build

pytestmark = pytest.mark.django_db

OCTOBER = "2026-10"
ROWS = [
    {"code": "total", "name": "Tổng", "indicator": "retail_services", "unit": "triệu đồng", "formula": "sum(parts)"},
    {"code": "goods", "level": 1, "name": "Bán lẻ", "indicator": "retail_goods", "unit": "triệu đồng"},
    {"code": "travel", "level": 1, "name": "Lữ hành", "indicator": "travel_services", "unit": "triệu đồng"},
]
FULL = {"goods.now": "1.234,5", "travel.now": "20"}


@pytest.fixture
def form(cast):
    return build.form("ban-le-gon", rows=ROWS, rules=[])


def approved(cast, form, texts=None, month=OCTOBER):
    return build.sent(
        cast.commune_official, form, cast.commune, month, FULL if texts is None else texts, until="approved",
        by=cast.head,
    )  # fmt: skip


def standing():
    return {row.entry.cell: row.entry for row in Latest.objects.select_related("entry__series")}


def test_numbers_are_exact_in_base_units_with_half_of_their_last_digit(cast, form):
    approved(cast, form)
    goods = standing()["goods.now"]
    assert (goods.amount, goods.low, goods.high) == (1_234_500_000, 1_234_450_000, 1_234_550_000)
    assert (goods.kind, goods.vintage, goods.period) == ("estimate", "estimate", OCTOBER)
    assert (goods.series.place, goods.series.provider) == (cast.commune, "commune")


def test_a_total_is_recorded_when_it_lacks_nothing(cast, form):
    approved(cast, form)
    assert standing()["total.now"].amount == 1_254_500_000


def test_a_total_that_lacks_a_part_is_not(cast, form):
    approved(cast, form, {"goods.now": "5"})
    assert set(standing()) == {"goods.now"}


def test_what_is_not_approved_is_not_in_the_ledger(cast, form):
    build.sent(cast.commune_official, form, cast.commune, OCTOBER, FULL, until="checked", by=cast.specialist)
    assert not Entry.objects.exists()
    assert not Series.objects.filter(place=cast.commune).exists()


def test_an_intake_says_which_return_was_approved_by_whom_with_the_digest_of_its_cells(cast, form):
    sent = approved(cast, form)
    assert (sent.intake.format, sent.intake.state, sent.intake.by) == ("form", IntakeState.DONE, cast.head)
    assert sent.intake.sha256 == actions_flow.digest(FULL)
    assert (sent.intake.written, sent.intake.unchanged) == (3, 0)
    assert {entry.intake for entry in Entry.objects.all()} == {sent.intake}


def test_a_column_that_is_not_recorded_stays_in_the_return(cast):
    plain = build.form("khong-ghi", rows=ROWS, rules=[], columns=[
        {"code": "now", "name": "Kỳ này", "fill": "typed", "record": False},
    ])  # fmt: skip
    approved(cast, plain)
    assert not Entry.objects.exists()


def test_a_known_value_is_not_recorded_again_but_a_typed_one_in_its_place_is(cast, form):
    approved(cast, form, month="2026-09")
    columns = [
        {"code": "last", "name": "Kỳ trước", "fill": "known_or_typed", "period": "previous", "kind": "estimate"},
        {"code": "now", "name": "Kỳ này", "fill": "typed", "kind": "estimate"},
    ]
    both = build.form("hai-cot", rows=ROWS[1:], rules=[], columns=columns)
    approved(cast, both, {"goods.now": "1.300", "travel.now": "22", "travel.last": "21"})
    september = {row.entry.cell: row.entry.amount for row in Latest.objects.filter(period="2026-09")}
    assert september == {"goods.now": 1_234_500_000, "travel.last": 21_000_000, "total.now": 1_254_500_000}


# Approved again.


def corrected(cast, sent, *changes):
    actions_flow.unlock(cast.head, sent, "Nhầm đơn vị")
    save_cells(cast.commune_official, sent, changes)
    actions_flow.send(cast.commune_official, sent)
    return actions_many.approve(cast.head, sent)


def test_a_correction_replaces_what_changed_with_the_reason_and_leaves_the_rest(cast, form):
    sent = approved(cast, form)
    first = standing()
    again = corrected(cast, sent, Change("goods.now", "1.300"))
    now = standing()
    assert now["travel.now"] == first["travel.now"]
    assert (now["goods.now"].replaces, now["goods.now"].reason) == (first["goods.now"], "Mở lại: Nhầm đơn vị")
    assert now["total.now"].amount == 1_320_000_000
    assert (again.intake.written, again.intake.unchanged) == (2, 1)
    assert again.intake.options["before"] == [sent.intake.pk]
    assert not drift()


def test_a_cell_that_became_blank_is_withdrawn_whatever_it_said_before(cast, form):
    sent = approved(cast, form)
    corrected(cast, sent, Change("travel.now", "30"))
    corrected(cast, Return.objects.get(pk=sent.pk), Change("travel.now", "", why="chưa thu thập được"))
    assert set(standing()) == {"goods.now"}
    assert Withdrawal.objects.count() == 4  # both values of the cell and both totals
    assert not drift()


def test_a_value_from_elsewhere_stands_again_when_the_return_takes_its_own_back(cast, form):
    other = build.form("ban-le-gon-2", rows=ROWS[1:], rules=[])
    approved(cast, other, {"goods.now": "1.100", "travel.now": "20"})
    sent = approved(cast, form)
    corrected(cast, sent, Change("goods.now", "", why="chưa thu thập được"))
    assert standing()["goods.now"].amount == 1_100_000_000


def test_the_entries_of_a_return_are_found_by_cell(cast, form):
    sent = approved(cast, form)
    again = corrected(cast, sent, Change("goods.now", "1.300"))
    found = entries_of(Return.objects.select_related("intake", "version").get(pk=again.pk))
    assert {key: entry.amount for key, entry in found.items()} == {
        "goods.now": 1_300_000_000, "travel.now": 20_000_000, "total.now": 1_320_000_000,
    }  # fmt: skip


# Beside the ledger.


def test_a_draft_stands_beside_the_ledger_as_a_draft(cast, form):
    build.sent(cast.commune_official, form, cast.commune, OCTOBER, FULL, until="checked", by=cast.specialist)
    found = {each.indicator: each for each in pending(cast.specialist, cast.commune, ["retail_goods"])}
    assert found["retail_goods"].value == 1_234_500_000
    assert "Đã kiểm tra" in found["retail_goods"].label


def test_a_draft_of_another_period_or_place_is_not_shown(cast, form):
    build.sent(cast.commune_official, form, cast.commune, OCTOBER, FULL)
    assert not list(drafts(cast.specialist, cast.commune, None, "2026-09"))
    assert not list(drafts(cast.specialist, cast.other_commune))
    assert not list(drafts(cast.specialist_elsewhere, cast.commune))


def test_an_approved_return_is_no_draft(cast, form):
    approved(cast, form)
    assert not list(drafts(cast.specialist, cast.commune))


def test_a_number_of_the_ledger_says_which_return_it_came_from(cast, form):
    sent = approved(cast, form)
    origin = Intake.objects.get().origin
    assert "ban-le-gon, Xã Nhà, tháng 10/2026" in origin.words
    assert str(sent.uuid) in origin.address


# What was typed is what is known the next month.


numbers = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(goods=numbers, travel=numbers)
def test_what_was_typed_and_approved_is_what_the_next_month_knows(cast, form, goods, travel):
    texts = {"goods.now": format_number(goods), "travel.now": format_number(travel)}
    month = next(_months)
    draft = open_return(cast.commune_official, form.form, cast.commune, _period(month))
    # They leap from month to month, which would be asked about.
    explained = [Change(key, text, why="số đúng") for key, text in texts.items()]
    save_cells(cast.commune_official, draft, explained)
    approved(cast, form, texts, f"{month // 12}-{month % 12 + 1:02d}")
    after = month + 1
    following = open_return(cast.commune_official, form.form, cast.commune, _period(after))
    known = {key: each.value for key, each in grid_of(following).known.items()}
    assert known["goods.previous"] == goods
    assert known["travel.previous"] == travel
    assert known["total.previous"] == goods + travel


def _period(month):
    return Period(month, month)


_months = iter(range(2021 * 12, 2080 * 12, 3))


def test_whole_units_are_exact_and_others_stand_for_all_that_rounds_to_them(cast):
    rows = [{"code": "power", "name": "Điện", "indicator": "electricity_output", "unit": "kWh"}]
    form = build.form("dien-gon", rows=rows, rules=[])
    approved(cast, form, {"power.now": "1.200"})
    entry = standing()["power.now"]
    assert entry.amount == entry.low == entry.high == Decimal(1200)
